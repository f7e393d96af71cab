"""Pictures, files and portal texts stay within the unit that owns the collection or the site."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sitepages.models import PortalDocument, PortalImage, SiteSettings
from tests.compliance.admin.rows import digests
from tests.sitepages.places import ROLES, WRITERS, Place, Places, png, refused

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def thumbnails() -> Iterator[None]:
    """Wagtail leaves the files of fresh thumbnails to the collector: let it come before the next test."""
    yield
    gc.collect()


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.usefixtures("thumbnails")
@pytest.mark.parametrize("role", ROLES)
def test_nothing_is_put_into_or_taken_from_another_unit_s_collection(role: str, places: Places) -> None:
    client, theirs, own = places.trang.people[role], places.glar, places.trang
    before = digests(own.unit)
    collection = theirs.unit.collection_id
    for kind, item, name, content, label in (
        ("images", theirs.image, "a.png", png(), "image"),
        ("docs", theirs.document, "a.pdf", b"%PDF-1.4", "document"),
    ):
        for address in (f"wagtail{kind}:add", f"wagtail{kind}:add_multiple", f"wagtail{kind}_chooser:create"):
            prefix = f"{label}-chooser-upload-" if "chooser" in address else ""
            data = {
                f"{prefix}title": "Chen",
                f"{prefix}file": SimpleUploadedFile(name, content),
                f"{prefix}collection": collection,
            }
            if "multiple" in address:
                data = {
                    "title": "Chen",
                    "files[]": SimpleUploadedFile(name, content),
                    "collection": collection,
                }
            assert client.post(reverse(address), data).status_code in (200, 302, 400, 403)
        for address in (f"wagtail{kind}:edit", f"wagtail{kind}:delete"):
            url = reverse(address, args=[item.pk])
            assert refused(client.get(url))
            assert refused(client.post(url, {"title": "Chiếm", "collection": own.unit.collection_id}))
        meta = type(item)._meta
        for action in ("delete", "add_tags", "add_to_collection"):
            url = reverse("wagtail_bulk_action", args=[meta.app_label, meta.model_name, action])
            client.post(f"{url}?id={item.pk}", {"collection": own.unit.collection_id, "tags": "x"})
    assert digests(own.unit) == before
    for model in (PortalImage, PortalDocument):
        assert not model.objects.filter(title="Chen").exclude(collection=own.unit.collection).exists()


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.usefixtures("thumbnails")
@pytest.mark.parametrize("role", WRITERS)
def test_one_s_own_collection_is_open(role: str, places: Places) -> None:
    own, client = places.trang, places.trang.people[role]
    for kind, name, content, model in (
        ("images", "b.png", png(), PortalImage),
        ("docs", "b.pdf", b"%PDF-1.4", PortalDocument),
    ):
        data = {
            "title": "Của mình",
            "alt_text": "Một ô màu",
            "file": SimpleUploadedFile(name, content),
            "collection": own.unit.collection_id,
        }
        assert client.post(reverse(f"wagtail{kind}:add"), data).status_code == 302
        assert model.objects.get(title="Của mình").collection == own.unit.collection


# --- Portal texts -------------------------------------------------------------------------------------


def texts_form(slogan: str) -> dict[str, Any]:
    names = [field.name for field in SiteSettings._meta.fields if field.name not in ("id", "site")]
    colours = {"main_colour": "#8f1d1d", "accent_colour": "#8a5a00", "slogan": slogan}
    drawn = {
        "drawn_sections": ["news"],
        "drawn_units": [],
        "drawn_days": "30",
        "drawn_items": "6",
        "drawn_per_unit": "2",
    }
    return {**dict.fromkeys(names, ""), **colours, **drawn, "task_links-count": "0"}


def texts_url(place: Place) -> str:
    return reverse("wagtailsettings:edit", args=["sitepages", "sitesettings", place.unit.site_id])


@pytest.mark.parametrize("role", ROLES)
def test_portal_texts_of_another_unit_are_closed(role: str, places: Places) -> None:
    client, before = places.trang.people[role], digests(places.trang.unit)
    assert refused(client.get(texts_url(places.glar)))
    assert refused(client.post(texts_url(places.glar), texts_form("Chiếm")))
    client.post(
        f"{texts_url(places.trang)}?site={places.glar.unit.site_id}",
        {**texts_form("Chiếm"), "site": places.glar.unit.site_id},
    )
    assert digests(places.trang.unit) == before


def test_the_board_keeps_its_own_portal_texts(places: Places) -> None:
    assert refused(places.trang.people["officer"].get(texts_url(places.trang)))
    board = places.trang.people["board"]
    assert board.get(texts_url(places.trang)).status_code == 200
    assert board.post(texts_url(places.trang), texts_form("Vì dân")).status_code == 302
    assert SiteSettings.objects.get(site=places.trang.unit.site).slogan == "Vì dân"
