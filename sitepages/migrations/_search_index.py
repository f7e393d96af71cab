"""The database's own text index over ``SearchEntry.words``: FTS5 on SQLite, GIN on PostgreSQL.

The words are cut by us and separated by single spaces, so both hold the same. SQLite rebuilds a table when a
column changes and drops its triggers: a later migration that alters sitepages_searchentry ends with ``install``.
``manage.py index_search`` installs it anew as well.
"""

from typing import Any

TABLE = "sitepages_searchentry"
FTS = "sitepages_searchwords"

#: ``detail=none`` keeps which rows hold a word and not where: half the size; phrases are looked up in the text.
_SQLITE = (
    f"""CREATE VIRTUAL TABLE {FTS} USING fts5(words, content='{TABLE}', content_rowid='place',
        tokenize="ascii tokenchars '_'", detail=none, columnsize=0)""",
    f"""CREATE TRIGGER {FTS}_added AFTER INSERT ON {TABLE} BEGIN
        INSERT INTO {FTS} (rowid, words) VALUES (new.place, new.words);
    END""",
    f"""CREATE TRIGGER {FTS}_removed AFTER DELETE ON {TABLE} BEGIN
        INSERT INTO {FTS} ({FTS}, rowid, words) VALUES ('delete', old.place, old.words);
    END""",
    f"""CREATE TRIGGER {FTS}_changed AFTER UPDATE OF place, words ON {TABLE} BEGIN
        INSERT INTO {FTS} ({FTS}, rowid, words) VALUES ('delete', old.place, old.words);
        INSERT INTO {FTS} (rowid, words) VALUES (new.place, new.words);
    END""",
    f"INSERT INTO {FTS} ({FTS}) VALUES ('rebuild')",
)
_SQLITE_GONE = (
    *(f"DROP TRIGGER IF EXISTS {FTS}_{name}" for name in ("added", "removed", "changed")),
    f"DROP TABLE IF EXISTS {FTS}",
)

_VECTOR = "array_to_tsvector(string_to_array({0}words, ' '))"

#: Entries that hold what is asked, newest first, at most so many. Time is gone through backwards in months, then
#: in years, each asked of the index by its mark: a word that stands everywhere costs what one month costs. What
#: adds 0 and the settings below keep the planner from reading and cutting whole texts instead.
_FUNCTION = f"""
CREATE OR REPLACE FUNCTION sitepages_search(
    asked tsquery, lowest bigint, highest bigint, most integer, months integer, years integer
) RETURNS TABLE (place bigint, page_id bigint, authority_id bigint, kind text, section text, year integer,
    title_words text) AS $$
DECLARE
    upper_end bigint := highest;
    lower_end bigint;
    day date;
    span tsquery;
    steps integer := 0;
    wanted integer := most;
    found_now integer;
BEGIN
    LOOP
        SELECT date '0001-01-01' + ((e.place >> 40)::integer - 1) INTO day FROM {TABLE} e
            WHERE e.place BETWEEN lowest AND upper_end ORDER BY e.place DESC LIMIT 1;
        EXIT WHEN NOT FOUND;
        IF steps < months THEN
            lower_end := date_trunc('month', day)::date - date '0001-01-01' + 1;
            span := ('_m' || to_char(day, 'YYYYMM'))::tsquery && asked;
        ELSIF steps < months + years THEN
            lower_end := date_trunc('year', day)::date - date '0001-01-01' + 1;
            span := ('_y' || to_char(day, 'YYYY'))::tsquery && asked;
        ELSE
            lower_end := 0;
            span := asked;
        END IF;
        lower_end := lower_end << 40;
        RETURN QUERY SELECT e.place, e.page_id::bigint, e.authority_id::bigint, e.kind::text, e.section::text,
                e.year::integer, e.title_words
            FROM {TABLE} e
            WHERE {_VECTOR.format("e.")} @@ span AND e.place + 0 BETWEEN lowest AND upper_end
            ORDER BY e.place + 0 DESC LIMIT wanted;
        GET DIAGNOSTICS found_now = ROW_COUNT;
        wanted := wanted - found_now;
        EXIT WHEN wanted <= 0;
        upper_end := lower_end - 1;
        steps := steps + 1;
    END LOOP;
END
$$ LANGUAGE plpgsql STABLE ROWS 100
    SET enable_seqscan = off SET jit = off SET plan_cache_mode = force_generic_plan
"""
_POSTGRESQL = (
    f"CREATE INDEX {FTS} ON {TABLE} USING gin (({_VECTOR.format('')})) WITH (fastupdate = off)",
    _FUNCTION,
)
_POSTGRESQL_GONE = (
    "DROP FUNCTION IF EXISTS sitepages_search(tsquery, bigint, bigint, integer, integer, integer)",
    f"DROP INDEX IF EXISTS {FTS}",
)


def _run(editor: Any, statements: tuple[str, ...]) -> None:
    with editor.connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def install(apps: Any, editor: Any) -> None:
    """Make the index and what keeps it, from what the table holds; safe to repeat."""
    remove(apps, editor)
    _run(editor, _POSTGRESQL if editor.connection.vendor == "postgresql" else _SQLITE)


def remove(apps: Any, editor: Any) -> None:
    _run(editor, _POSTGRESQL_GONE if editor.connection.vendor == "postgresql" else _SQLITE_GONE)
