"""The tree of a portal as people read it: groups, sections, and the pages of small sections."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count
from django.db.models.functions import Substr
from wagtail.models import Page

from sitepages.frame.record import Place
from sitepages.out.here import Here
from sitepages.vocabulary import sections, words

#: A section with no more records than these shows them; the longest title shown; the most pages beside
#: the sections, and the most portals below.
FEW, LONGEST_TITLE, MOST_PAGES, MOST_PORTALS = 8, 160, 60, 200


@dataclass
class Branch:
    """One entry: where it leads, what it holds, how many records it has."""

    title: str
    url: str = ""
    number: int = 0
    below: list[Branch] = field(default_factory=list)


def tree_of(here: Here) -> dict[str, Any]:
    """Everything a portal shows, in two queries however much that is."""
    frame = here.frame
    places = [place for place in frame.places if place.live and frame.is_open(place.path)]
    held = _held(here)
    small = [place.path for place in places if 0 < held.get(place.path, 0) <= FEW]
    records = _records(here, small)
    branches = {
        place.path: Branch(
            place.title[:LONGEST_TITLE],
            place.url,
            held.get(place.path, 0),
            records.get(place.path, []),
        )
        for place in places
    }
    grouped = _groups(places, branches)
    rest = [branches[place.path] for place in places if not place.section][:MOST_PAGES]
    portals = [
        Branch(body.display_name, f"{body.site.root_url}/")
        for body in frame.subportals[:MOST_PORTALS]
        if body.is_in_force(here.today)
    ]
    return {"groups": grouped, "rest": rest, "portals": portals, "address": here.address("/so-do-cong/")}


def _held(here: Here) -> dict[str, int]:
    """How many public records stand under each page of the menu, by path."""
    home = here.frame.home
    rows = here.public(Page.objects.filter(depth=home.depth + 2)).order_by()
    rows = rows.annotate(place=Substr("path", 1, len(home.path) + Page.steplen))
    return dict(rows.values_list("place").annotate(number=Count("pk")))


def _records(here: Here, paths: list[str]) -> dict[str, list[Branch]]:
    """The records of small sections, in the order of the tree."""
    found: dict[str, list[Branch]] = {}
    if not paths:
        return found
    end = len(here.frame.home.path) + Page.steplen
    rows = here.public(Page.objects.annotate(place=Substr("path", 1, end)).filter(place__in=paths))
    rows = rows.filter(depth=here.frame.home.depth + 2).order_by("path")
    for page in rows.only("path", "title", "url_path")[: FEW * len(paths)]:
        found.setdefault(page.path[:end], []).append(Branch(page.title[:LONGEST_TITLE], here.path_of(page)))
    return found


def _groups(places: list[Place], branches: dict[str, Branch]) -> list[Branch]:
    """The sections under the names of their groups, in the order of the vocabulary."""
    by_section = {place.section: place for place in places if place.section}
    names = words("section_groups")
    groups = {code: Branch(word.name) for code, word in names.items()}
    other = Branch("")
    for section in sections().values():
        kind = {"articles": "articles", "map": "map"}.get(section.kind, section.code)
        place = by_section.get(kind)
        if place is not None:
            groups.get(section.group, other).below.append(branches[place.path])
    return [group for group in [*groups.values(), other] if group.below]
