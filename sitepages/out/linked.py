"""What pages are, in the words of schema.org. Read from what the page and its frame hold: no query."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils import timezone

from sitepages.out.here import Here, updated
from sitepages.out.summary import shortened
from sitepages.registers.force import State
from sitepages.registers.shown import figures_in

Data = dict[str, Any]
LONGEST_NAME, LONGEST_HEADLINE = 250, 110
_FORCE = {
    State.IN_FORCE: "InForce",
    State.PARTLY: "PartiallyInForce",
    State.COMING: "NotInForce",
    State.EXPIRED: "NotInForce",
    State.REPLACED: "NotInForce",
}


def linked_data(page: Any, here: Here, *, address: str, summary: str, picture: Any = None) -> Data:
    """The page, the way to it, and whose it is."""
    kind = page._meta.model_name
    if page.pk == here.frame.home.pk:
        graph = [_body(here), _site(here)]
    else:
        graph = [_trail(page, here)]
        make = _BY_MODEL.get(kind)
        made = make(page, here) if make is not None else None
        if made is not None:
            shared: Data = {"url": address, "description": summary, "inLanguage": "vi"}
            if made["@type"] in ("Event", "GovernmentService"):
                del shared["inLanguage"]
            if picture is not None and picture.is_large:
                shared["image"] = {
                    "@type": "ImageObject",
                    "url": picture.url,
                    "width": picture.width,
                    "height": picture.height,
                }
            graph.append(_filled({**made, **shared}))
    return {"@context": "https://schema.org", "@graph": graph}


def _filled(data: Data) -> Data:
    return {name: value for name, value in data.items() if value not in (None, "", [], {})}


def _day(moment: Any) -> str | None:
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else None


def _name(text: str) -> str:
    return shortened(text, LONGEST_NAME)


def _body_id(here: Here) -> Data:
    return {"@id": here.address("/#body")}


def _body(here: Here) -> Data:
    """The body whose portal it is, as its settings and its unit say."""
    frame, texts = here.frame, here.frame.texts
    unit = frame.authority
    above = unit.parent if unit is not None else None
    return _filled(
        {
            "@type": "GovernmentOrganization",
            **_body_id(here),
            "name": _name(texts.organisation or (unit.full_name or unit.display_name if unit else here.name)),
            "url": here.address("/"),
            "logo": here.address(frame.crest.url) if frame.crest else None,
            "address": texts.address,
            "telephone": texts.phone,
            "faxNumber": texts.fax,
            "email": texts.email,
            "parentOrganization": _filled(
                {
                    "@type": "GovernmentOrganization",
                    "name": _name(above.full_name or above.display_name),
                    "url": f"{above.site.root_url}/" if above.site else None,
                }
            )
            if above is not None
            else None,
        }
    )


def _site(here: Here) -> Data:
    target = here.address(f"{reverse('search')}?q={{search_term_string}}")
    return {
        "@type": "WebSite",
        "@id": here.address("/#site"),
        "url": here.address("/"),
        "name": _name(here.name),
        "inLanguage": "vi",
        "publisher": _body_id(here),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": target},
            "query-input": "required name=search_term_string",
        },
    }


def _trail(page: Any, here: Here) -> Data:
    """From the front page by the section to the page."""
    steps = [(here.name, here.address("/"))]
    holder = here.frame.holder(page.path)
    if holder is not None and holder.path != page.path:
        steps.append((holder.title, here.address(holder.url)))
    steps.append((page.title, here.address(here.path_of(page))))
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": _name(name), "item": address}
            for number, (name, address) in enumerate(steps, start=1)
        ],
    }


def _organisation(name: str) -> Data | None:
    return {"@type": "GovernmentOrganization", "name": _name(name)} if name else None


def _publisher(here: Here) -> Data:
    return {
        "@type": "GovernmentOrganization",
        **_body_id(here),
        "name": _name(here.frame.texts.organisation or here.name),
        "url": here.address("/"),
    }


def _article(page: Any, here: Here) -> Data:
    office = page.office.full_name if page.office_id else ""
    return {
        "@type": "NewsArticle",
        "headline": shortened(page.title, LONGEST_HEADLINE),
        "datePublished": _day(page.first_published_at),
        "dateModified": _day(updated(page)) if page.first_published_at else None,
        "author": _organisation(office) or _publisher(here),
        "publisher": _publisher(here),
        "isAccessibleForFree": True,
    }


def _legislation(page: Any, here: Here) -> Data:
    entry = getattr(page, "register_entry", None)
    force = _FORCE.get(entry.state_on(here.today)) if entry is not None else None
    return {
        "@type": "Legislation",
        "name": _name(page.title),
        "legislationIdentifier": page.number,
        "legislationType": page.type_name,
        "legislationDate": page.issue_date.isoformat() if page.issue_date else None,
        "legislationDateVersion": page.effective_date.isoformat() if page.effective_date else None,
        "legislationPassedBy": _organisation(page.issuer),
        "legislationLegalForce": f"https://schema.org/{force}" if force else None,
        "datePublished": _day(page.first_published_at),
    }


def _event(page: Any, here: Here) -> Data | None:
    if page.kind != "event" or not page.starts_at:
        return None  # an announcement
    return {
        "@type": "Event",
        "name": _name(page.title),
        "startDate": _day(page.starts_at),
        "endDate": _day(page.ends_at),
        "location": {"@type": "Place", "name": _name(page.place), "address": _name(page.place)}
        if page.place
        else None,
        "organizer": _publisher(here),
    }


def _procedure(page: Any, here: Here) -> Data | None:
    if page.section != "admin_procedures" or page.kind_code == "announcement":
        return None
    details = page.details or {}
    address = str(details.get("national_portal_url", ""))
    return {
        "@type": "GovernmentService",
        "name": _name(str(details.get("name", "")) or page.title),
        "identifier": str(details.get("procedure_code", "")),
        "serviceType": str(details.get("field", "")),
        "provider": _publisher(here),
        "serviceOperator": _organisation(str(details.get("office", ""))),
        "availableChannel": {"@type": "ServiceChannel", "serviceUrl": address}
        if address.startswith(("https://", "http://"))
        else None,
    }


def _budget(page: Any, here: Here) -> Data | None:
    tables = figures_in(page)
    if not tables:
        return None
    return {
        "@type": "Dataset",
        "name": _name(page.title),
        "temporalCoverage": str(page.fiscal_year),
        "creator": _publisher(here),
        "datePublished": _day(page.first_published_at),
        "isAccessibleForFree": True,
        "distribution": [
            _filled(
                {
                    "@type": "DataDownload",
                    "name": _name(str(caption or "")),
                    "encodingFormat": "text/csv",
                    "contentUrl": here.address(reverse("registers:table", args=[page.pk, number])),
                }
            )
            for number, caption in tables[:20]
        ],
    }


_BY_MODEL: dict[str, Callable[[Any, Here], Data | None]] = {
    "articlepage": _article,
    "legaldocumentpage": _legislation,
    "eventpage": _event,
    "disclosurepage": _procedure,
    "budgetdisclosurepage": _budget,
}
