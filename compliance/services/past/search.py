"""Search entries of many new pages at once, the same that indexing each of them makes.

On PostgreSQL the texts go in by COPY and one statement makes the vectors: the library's own way for several
pages sends an expression a word list a page, which takes most of an import's time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from modelsearch import index
from modelsearch.backends import get_search_backends
from wagtail.search.models import IndexEntry

from compliance.services.past.found import paragraphs
from compliance.services.past.spool import Spooled
from sitepages.models import ArticlePage

_FRESH = 1.0  # the length factor of an entry whose title was not measured yet


class _SearchValue(index.SearchField):
    """A field whose value is known."""

    def get_value(self, obj: Any) -> Any:
        return self.kwargs["known"]


class _AutocompleteValue(index.AutocompleteField):
    """The same for completing what is typed."""

    def get_value(self, obj: Any) -> Any:
        return self.kwargs["known"]


class _Indexed:
    """A page as the search index asks for it: it asks five times for each value."""

    def __init__(self, page: ArticlePage, row: Spooled, fields: Sequence[index.BaseField]) -> None:
        self.pk = page.pk
        self.fields: list[index.BaseField] = []
        body = [" ".join(part.split()) for part in paragraphs(row.data["body"])]
        for field in fields:
            name = field.field_name
            value = body if name == "body" else field.get_value(page)
            if isinstance(field, index.SearchField):
                self.fields.append(_SearchValue(name, boost=field.boost, known=value))
            else:
                self.fields.append(_AutocompleteValue(name, known=value))

    def get_search_fields(self) -> list[index.BaseField]:
        return self.fields


class SearchIndex:
    """Takes pages in batches; ``finish`` measures the titles once."""

    def __init__(self) -> None:
        kinds = (index.SearchField, index.AutocompleteField)
        self.fields = [each for each in ArticlePage.get_search_fields() if isinstance(each, kinds)]
        self.backends = [
            (backend, backend.get_index_for_model(ArticlePage)) for backend in get_search_backends()
        ]
        for _backend, entries in self.backends:
            entries._refresh_title_norms = lambda full=False: None

    def add(self, pages: Sequence[ArticlePage], rows: Sequence[Spooled]) -> None:
        """Entries of pages that have none yet."""
        known = [_Indexed(page, row, self.fields) for page, row in zip(pages, rows, strict=True)]
        for backend, entries in self.backends:
            if connection.vendor == "postgresql":
                _copy(backend, known)
            else:
                entries.add_items(ArticlePage, known)

    def finish(self) -> None:
        """What ranking needs of all titles together."""
        for _backend, entries in self.backends:
            type(entries)._refresh_title_norms(entries)


def _copy(backend: Any, pages: Sequence[_Indexed]) -> None:
    from modelsearch.backends.database.postgres import weights  # noqa: PLC0415 - optional dependency

    fields = pages[0].fields
    names = [f"f{number}" for number in range(len(fields))]
    vectors: dict[str, list[str]] = {"title": [], "autocomplete": [], "body": []}
    texts: dict[str, list[str]] = {"title": [], "body": []}
    for name, field in zip(names, fields, strict=True):
        if isinstance(field, index.AutocompleteField):
            vectors["autocomplete"].append(f"setweight(to_tsvector(%(completing)s::regconfig, {name}), 'D')")
        else:
            place = "title" if field.field_name == "title" else "body"
            weight = weights.get_weight(field.boost)
            vectors[place].append(f"setweight(to_tsvector(%(config)s::regconfig, {name}), '{weight}')")
            texts[place].append(f"nullif({name}, '')")
    parts = [" || ".join(each) or "''::tsvector" for each in vectors.values()]
    parts += [f"concat_ws(' ', {', '.join(each)})" for each in texts.values()]
    table = connection.ops.quote_name(IndexEntry._meta.db_table)
    with connection.cursor() as cursor:
        columns = "".join(f", {name} text" for name in names)
        cursor.execute(f"CREATE TEMPORARY TABLE import_texts (object_id text{columns})")
        with cursor.copy(f"COPY import_texts (object_id, {', '.join(names)}) FROM STDIN") as copy:
            for page in pages:
                copy.write_row([str(page.pk), *(_text(field.get_value(page)) for field in page.fields)])
        cursor.execute(
            f"INSERT INTO {table} (content_type_id, object_id, title_norm, title, autocomplete, body,"  # noqa: S608
            f" title_text, body_text) SELECT %(type)s, object_id, {_FRESH}, {', '.join(parts)}"
            " FROM import_texts",
            {
                "type": ContentType.objects.get_for_model(ArticlePage).pk,
                "config": backend.config or "simple",
                "completing": backend.autocomplete_config or "simple",
            },
        )
        cursor.execute("DROP TABLE import_texts")


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_text(each) for each in value).strip()
    return str(value).strip()
