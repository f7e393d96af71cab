"""The portals in other languages: a front page and a few sections beside each, made once from data."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from wagtail.models import Locale, Page

from portal.provisioning.changes import Changes
from portal.provisioning.inputs import Code, InputError, Text, read_toml
from sitepages import tongues
from sitepages.models import Authority, SectionPage, SiteSettings
from sitepages.queries import section_page

FILE = "languages.toml"
#: What stands in the portal's texts beside the Vietnamese, and what it is made of.
_TEXTS = ("organisation", "parent_organisation", "owner")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SectionInput(_Strict):
    """A section in another language: whose translation it is, and what it says at first."""

    section: str
    title: Text
    slug: Code
    text: tuple[str, ...] = ()


class LanguageInput(_Strict):
    """One language and the patterns its portals are made of."""

    code: str = Field(pattern=r"^[a-z]{2}$")
    name: str
    organisation: str
    above: str = ""
    title: str
    introduction: str = ""
    kinds: dict[str, str] = {}
    names: dict[str, str] = {}
    sections: tuple[SectionInput, ...] = ()

    def name_of(self, unit: Authority) -> str:
        """What a body is called in the language."""
        kind = self.kinds.get(unit.kind, "")
        return self.names.get(unit.code) or self.name.format(name=unit.name, kind=kind).strip()

    def above_of(self, unit: Authority) -> str:
        """What the body over it is called."""
        return self.name_of(unit.parent) if unit.parent else self.above


class _Languages(_Strict):
    languages: tuple[LanguageInput, ...] = ()


def read_languages(folder: Path) -> tuple[LanguageInput, ...]:
    """What `languages.toml` asks for; nothing where there is no such file."""
    path = folder / FILE
    if not path.exists():
        return ()
    try:
        found = _Languages.model_validate(read_toml(path)).languages
        for each in found:
            for text in (
                each.title,
                each.introduction,
                *(one for part in each.sections for one in part.text),
            ):
                text.format(name="", above="")
            each.name.format(name="", kind="")
            each.organisation.format(name="")
    except (ValidationError, KeyError, IndexError, ValueError) as error:
        raise InputError([f"{FILE}: {error}"]) from None
    unknown = [each.code for each in found if each.code not in tongues.others()]
    if unknown:
        raise InputError(
            [_("%(file)s: the settings know no language “%(code)s”.") % {"file": FILE, "code": unknown[0]}]
        )
    return found


def provide_languages(folder: Path, changes: Changes) -> None:
    """Front pages and sections that are not there yet; what is there stays as it is."""
    for language in read_languages(folder):
        locale, made = Locale.all_objects.get_or_create(language_code=language.code)
        if made:
            changes.add(f"+ language {language.code}")
        units = Authority.objects.filter(site__isnull=False).select_related("site__root_page", "parent")
        for unit in units:
            _provide(language, locale, unit, changes)


def _provide(language: LanguageInput, locale: Locale, unit: Authority, changes: Changes) -> None:
    words = {"name": language.name_of(unit), "above": language.above_of(unit)}
    source = unit.portal.root_page
    home: Any = Page.objects.filter(translation_key=source.translation_key, locale=locale).first()
    if home is None:
        home = Page.get_first_root_node().add_child(
            instance=source.specific_class(
                title=language.title.format(**words),
                introduction=language.introduction.format(**words),
                slug=f"{unit.code}-{language.code}",
                locale=locale,
                translation_key=source.translation_key,
            )
        )
        _fill_texts(language, unit, words)
        field = f"name_{language.code}"
        if hasattr(unit, field):
            Authority.objects.filter(Q(pk=unit.pk) & Q(**{field: ""})).update(**{field: words["name"][:200]})
        changes.add(f"+ front page of {unit.code} in {language.code}")
    originals = {entry.section: section_page(unit, entry.section) for entry in language.sections}
    keys = [page.translation_key for page in originals.values() if page is not None]
    there = set(Page.objects.filter(translation_key__in=keys, locale=locale).values_list("translation_key"))
    taken = set(home.get_children().values_list("slug", flat=True))
    for entry in language.sections:
        original = originals[entry.section]
        if original is None or (original.translation_key,) in there or entry.slug in taken:
            continue
        page: Any = SectionPage(
            title=entry.title,
            slug=entry.slug,
            section=entry.section,
            show_in_menus=True,
            locale=locale,
            translation_key=original.translation_key,
        )
        page.body = [
            ("paragraph", f"<p>{escape(text.format(**words), quote=False)}</p>") for text in entry.text
        ]
        home.add_child(instance=page)
        changes.add(f"+ section {entry.section} of {unit.code} in {language.code}")


def _fill_texts(language: LanguageInput, unit: Authority, words: dict[str, str]) -> None:
    """What header and footer say, where nobody has said it yet in this language."""
    said = language.organisation.format(name=words["name"])
    over = language.organisation.format(name=words["above"]) if words["above"] else ""
    values = dict(zip(_TEXTS, (said, over, said), strict=True))
    for name, value in values.items():
        field = f"{name}_{language.code}"
        if hasattr(SiteSettings, field):
            empty = Q(site=unit.site) & Q(**{field: ""})
            SiteSettings.objects.filter(empty).update(**{field: value[:255]})
