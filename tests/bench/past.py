"""The import of the past beside bare inserts of the same rows, and what memory it needs."""

from __future__ import annotations

import csv
import datetime
import random
import resource
import time
import uuid
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex
from wagtail.search.models import IndexEntry

from compliance.models import ArticleGrade, ImportedArticle, Observation
from compliance.services.past.check import Request
from compliance.services.past.run import import_file, mapping_of
from portal.provisioning.apply import provision
from sitepages.models import ArticlePage, Authority, Contribution
from tests.bench.duties import say

_HEAD = ["Đơn vị", "Ngày đăng", "Tiêu đề", "Thể loại", "Tác giả", "Hệ số", "Tóm tắt", "Nội dung"]
_WORDS = (
    "huyện tổ chức hội nghị triển khai công tác phòng chống dịch bệnh thăm tặng quà gia đình chính sách xã "
    "xây dựng nông thôn mới ban hành kế hoạch tuyên truyền phổ biến pháp luật học sinh giáo dục y tế"
).split()


def measure(sizes: tuple[int, ...] = (1_000, 10_000, 100_000)) -> None:
    """Import so many articles of about 2 KB each, one size after the other, and print ratios."""
    provision()
    unit = Authority.objects.get(parent__isnull=True)
    begin = datetime.datetime(1995, 1, 1, tzinfo=datetime.UTC)
    with TemporaryDirectory() as folder:
        for size in sizes:
            path = Path(folder) / f"{size}.csv"
            begin = _write(path, size, begin, unit.offices.first().full_name)
            before = _memory()
            with transaction.atomic():
                started = time.perf_counter()
                request = Request("articles", mapping_of(path, "articles"), unit, timezone.now())
                import_file(path, request)
                connection.check_constraints()
                ours = time.perf_counter() - started
            after = _memory()
            bare, copied, rows = _bare(size)
            say(f"Import of {size} articles ({path.stat().st_size >> 20} MB)")
            say(f"  import:       {ours:.1f} s, {size / ours:.0f} a second, all checks and indexes included")
            say(
                f"  bare INSERTs: {bare:.1f} s for the {rows} rows it made: the import is {ours / bare:.1f} x"
            )
            say(f"  bare COPY:    {copied:.1f} s: the import is {ours / copied:.1f} x")
            say(f"  peak memory:  {after} MB, {after - before} MB more than before")


def _write(path: Path, size: int, begin: datetime.datetime, office: str) -> datetime.datetime:
    """A file of made-up articles, eight hours apart at most; the moment after its last."""
    chosen = random.Random(size)
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(_HEAD)
        for number in range(size):
            begin += datetime.timedelta(minutes=97)
            words = " ".join(chosen.choices(_WORDS, k=10)).capitalize()
            body = "\n\n".join(" ".join(chosen.choices(_WORDS, k=80)) for _part in range(4))
            lead = " ".join(chosen.choices(_WORDS, k=25))
            rows.writerow(
                [office, f"{begin:%d/%m/%Y %H:%M}", words, "Tin", f"Người {number % 60}", "1,2", lead, body]
            )
    return begin


#: The tables an import fills, what of a row names its page, and what else must differ.
_TABLES: tuple[tuple[Any, str, tuple[str, ...]], ...] = (
    (Page, "id", ("path", "translation_key")),
    (ArticlePage, "page_ptr_id", ()),
    (Contribution, "article_id", ("id",)),
    (ImportedArticle, "article_id", ("id", "key")),
    (ArticleGrade, "article_id", ("id",)),
    (Observation, "page_id", ("id",)),
    (ReferenceIndex, "object_id", ("id",)),
    (IndexEntry, "object_id", ("id",)),
)


def _bare(size: int) -> tuple[float, float, int]:
    """Seconds to insert the newest rows of all tables again, by INSERT and by COPY, rolled back; how many."""
    newest = list(ArticlePage.objects.order_by("-pk").values_list("pk", flat=True)[:size])
    seconds, made = [], 0
    for way in (_by_insert, _by_copy):
        spent, made = 0.0, 0
        with transaction.atomic():
            for first in range(0, size, 1000):
                keys = newest[first : first + 1000]
                for model, key, others in _TABLES:
                    names, rows = _rows(model, key, keys, others)
                    started = time.perf_counter()
                    way(model._meta.db_table, names, rows)
                    spent += time.perf_counter() - started
                    made += len(rows)
            transaction.set_rollback(True)
        seconds.append(spent)
    return seconds[0], seconds[1], made


def _rows(
    model: Any, key: str, keys: list[int], others: tuple[str, ...]
) -> tuple[list[str], list[list[Any]]]:
    """The stored rows with keys, paths and addresses of their own."""
    wanted: list[Any] = [str(each) for each in keys] if key == "object_id" else keys
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {model._meta.db_table} WHERE {key} = ANY(%s)", [wanted])
        names = [column.name for column in cursor.description]
        rows = [list(row) for row in cursor.fetchall()]
    for row in rows:
        for name in (key, *others):
            place = names.index(name)
            row[place] = _another(row[place])
    return names, rows


def _another(value: Any) -> Any:
    if isinstance(value, int):
        return value + 500_000_000
    if isinstance(value, uuid.UUID):
        return uuid.uuid4()
    return str(int(value) + 500_000_000) if value.isdigit() and len(value) < 12 else f"z{value[1:]}"


def _by_insert(table: str, names: list[str], rows: list[list[Any]]) -> None:
    quoted = ", ".join(f'"{name}"' for name in names)
    places = ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({quoted}) VALUES ({places})", rows)


def _by_copy(table: str, names: list[str], rows: list[list[Any]]) -> None:
    quoted = ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({quoted}) FROM STDIN") as copy:  # type: ignore[attr-defined]
        for row in rows:
            copy.write_row(row)


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
