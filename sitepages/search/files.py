"""Keeps what was read in files, and brings the pages that offer them up to date."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Collection, Page, ReferenceIndex

from sitepages.models import DocumentText, PortalDocument
from sitepages.search.entries import index_ids
from sitepages.search.found import pages_with_file
from sitepages.search.reader import Reader, Reading
from sitepages.search.words import clean

State = DocumentText.State

#: A larger file is not read.
LARGEST = 60 * 1024 * 1024
_CHUNK = 1 << 20


def read_files(
    ids: Sequence[int], *, anew: bool = False, progress: Callable[[int], object] = lambda done: None
) -> int:
    """Read files that were not read as they are now; how many were. All in one process of its own."""
    changed = []
    with Reader() as reader:
        for number in ids:
            document = PortalDocument.objects.select_related("contents").filter(pk=number).first()
            if document is not None and (anew or not _is_read(document)):
                _keep(document, reader)
                changed.append(document.pk)
            progress(1)
    index_pages_of(changed)
    return len(changed)


def unread_files() -> list[int]:
    """Files not read yet, or replaced since."""
    rows = PortalDocument.objects.select_related("contents").only("pk", "file", "contents__file_name")
    return [row.pk for row in rows.order_by("pk").iterator(chunk_size=1000) if not _is_read(row)]


def index_pages_of(documents: Iterable[int]) -> None:
    """Write the entries of the pages that offer these files anew."""
    pages = dict.fromkeys(page for number in documents for page in pages_with_file(number))
    index_ids(pages)


def pages_of_collection(collection: Collection) -> list[int]:
    """Pages that refer to files of a collection and those under it."""
    below = Collection.objects.descendant_of(collection, inclusive=True)
    files = PortalDocument.objects.filter(collection__in=below).values_list("pk", flat=True)
    links = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(PortalDocument),
        to_object_id__in=[str(number) for number in files],
        base_content_type=ContentType.objects.get_for_model(Page),
    )
    return [int(number) for number in links.values_list("object_id", flat=True).distinct()]


def _is_read(document: PortalDocument) -> bool:
    contents: DocumentText | None = getattr(document, "contents", None)
    return contents is not None and contents.file_name == document.file.name


def _keep(document: PortalDocument, reader: Reader) -> None:
    size, digest, reading = None, "", Reading(State.BROKEN)
    try:
        with tempfile.TemporaryDirectory(prefix="portal-file-") as folder:
            path = Path(folder) / "file"
            size, digest = _copy(document, path)
            if size > LARGEST:
                reading = Reading(State.TOO_LARGE)
            else:
                reading = reader.read(path, document.file_extension.lower())
    except OSError:
        pass  # the file is gone from the store
    DocumentText.objects.update_or_create(
        document=document,
        defaults={
            "file_name": document.file.name,
            "digest": digest,
            "size": size,
            "state": reading.state,
            "pages": reading.pages,
            "text": " ".join(clean(reading.text).split()),
            "read_at": timezone.now(),
        },
    )


def _copy(document: PortalDocument, path: Path) -> tuple[int, str]:
    """Bring the file here; its size and SHA-256. No more is copied than would be read."""
    size, digest = 0, hashlib.sha256()
    with document.file.storage.open(document.file.name) as source, path.open("wb") as target:
        while size <= LARGEST and (some := source.read(_CHUNK)):
            size += len(some)
            digest.update(some)
            target.write(some)
    return size, digest.hexdigest()
