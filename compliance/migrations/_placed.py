"""Triggers that keep ``compliance_placedarticle``: a row for each published article, whoever writes.

Each event gathers the articles it touched and states their rows anew, by the rule of ``rules/counting.py``.
The rows of the pages are locked first: of two transactions that touch one article, the later sees both.
"""

from typing import Any

_PLACES = """
SELECT a.page_ptr_id, a.office_id, (p.first_published_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date,
    p.live AND p.alias_of_id IS NULL AND a.repost_of_id IS NULL AND a.office_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM compliance_countexclusion x
        WHERE x.article_id = a.page_ptr_id AND x.withdrawn_at IS NULL)
FROM sitepages_articlepage a JOIN wagtailcore_page p ON p.id = a.page_ptr_id
WHERE p.first_published_at IS NOT NULL"""

_TOUCHED = {
    "compliance_place_page": """
        SELECT array_agg(n.id) FROM rows_new n JOIN rows_old o USING (id)
        WHERE (n.live, n.alias_of_id IS NULL, n.first_published_at)
            IS DISTINCT FROM (o.live, o.alias_of_id IS NULL, o.first_published_at)""",
    "compliance_place_changed": """
        SELECT array_agg(n.page_ptr_id) FROM rows_new n JOIN rows_old o USING (page_ptr_id)
        WHERE (n.office_id, n.repost_of_id) IS DISTINCT FROM (o.office_id, o.repost_of_id)""",
    "compliance_place_new": "SELECT array_agg(n.page_ptr_id) FROM rows_new n",
    "compliance_place_gone": "SELECT array_agg(o.page_ptr_id) FROM rows_old o",
    "compliance_place_excluded": "SELECT array_agg(n.article_id) FROM rows_new n",
    "compliance_place_moved": "SELECT array_agg(n.article_id) FROM (TABLE rows_new UNION ALL TABLE rows_old) n",
    "compliance_place_included": "SELECT array_agg(o.article_id) FROM rows_old o",
}
_NEW, _OLD = "REFERENCING NEW TABLE AS rows_new", "REFERENCING OLD TABLE AS rows_old"
_BOTH = "REFERENCING NEW TABLE AS rows_new OLD TABLE AS rows_old"
_EVENTS = (
    ("compliance_place_page", "UPDATE", "wagtailcore_page", _BOTH),
    ("compliance_place_changed", "UPDATE", "sitepages_articlepage", _BOTH),
    ("compliance_place_new", "INSERT", "sitepages_articlepage", _NEW),
    ("compliance_place_gone", "DELETE", "sitepages_articlepage", _OLD),
    ("compliance_place_excluded", "INSERT", "compliance_countexclusion", _NEW),
    ("compliance_place_moved", "UPDATE", "compliance_countexclusion", _BOTH),
    ("compliance_place_included", "DELETE", "compliance_countexclusion", _OLD),
)
_PLACE = f"""
CREATE OR REPLACE FUNCTION compliance_place(touched integer[]) RETURNS void AS $$
BEGIN
  IF touched IS NULL THEN RETURN; END IF;
  PERFORM 1 FROM wagtailcore_page WHERE id = ANY(touched) ORDER BY id FOR NO KEY UPDATE;
  DELETE FROM compliance_placedarticle WHERE article_id = ANY(touched);
  INSERT INTO compliance_placedarticle (article_id, office_id, day, counts)
    {_PLACES} AND p.id = ANY(touched);
END $$ LANGUAGE plpgsql;
"""
#: What of drafts is looked for by the day they were worked on.
_DRAFTS = "wagtailcore_page (latest_revision_created_at) WHERE first_published_at IS NULL"


def _trigger(name: str, event: str, table: str, tables: str) -> str:
    return f"""
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$
BEGIN
  PERFORM compliance_place(({_TOUCHED[name]}));
  RETURN NULL;
END $$ LANGUAGE plpgsql;
DROP TRIGGER IF EXISTS {name} ON {table};
CREATE TRIGGER {name} AFTER {event} ON {table} {tables}
  FOR EACH STATEMENT EXECUTE FUNCTION {name}();
"""


def install(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(_PLACE)
        for each in _EVENTS:
            schema_editor.execute(_trigger(*each))
        schema_editor.execute(f"CREATE INDEX IF NOT EXISTS portal_drafts ON {_DRAFTS}")
        schema_editor.execute("DELETE FROM compliance_placedarticle")
        schema_editor.execute(
            f"INSERT INTO compliance_placedarticle (article_id, office_id, day, counts) {_PLACES}"
        )


def remove(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for name, _event, table, _tables in _EVENTS:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}()")
        schema_editor.execute("DROP FUNCTION IF EXISTS compliance_place(integer[])")
        schema_editor.execute("DROP INDEX IF EXISTS portal_drafts")
