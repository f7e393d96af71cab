"""What addresses, parameters and fields of the published records mean, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SUMMARIES: Mapping[str, Promise] = {
    "portals": _("The units that have a portal, with its address, feed and sitemap"),
    "news": _("Articles of the portals, newest first"),
    "documents": _("Legal and administrative documents with their force today, files and links"),
    "schedules": _("The leaders' work schedules, week by week, newest first"),
}

PARAMETERS: Mapping[str, Promise] = {
    "kind": _("Only this kind: a genre of articles, a type of documents, by its code"),
    "topic": _("Only articles about this topic, by its code"),
    "section": _("Only documents of this section, by its code"),
    "year": _("Only what is of this year: published, issued, or the week's Monday"),
    "number": _("Only documents with exactly this number and symbol"),
    "force": _("Only documents that stand so today: coming, in_force, partly, expired or replaced"),
    "day": _("Only the week that holds this day, as YYYY-MM-DD"),
}

FIELDS: Mapping[str, Promise] = {
    "id": _("Number of the record; it stays when the address changes"),
    "title": _("Title"),
    "url": _("Address of the public page or file; empty where there is none"),
    "published_at": _("When it was first published"),
    "changed_at": _("When its public words last changed"),
    "kind": _("Code of the kind"),
    "kind_name": _("The kind in words"),
    "summary": _("What the article is about, in a sentence or two"),
    "topics": _("Codes of the topics"),
    "office": _("The office credited with the article"),
    "source": _("Where the text comes from, if not from the unit itself"),
    "copy_of": _("Address of the article this one is a copy of; count that one alone"),
    "number": _("Number and symbol of the document"),
    "abstract": _("Abstract of the document"),
    "issuer": _("The body that issued the document"),
    "signer": _("Who signed the document"),
    "issued": _("Date of issue"),
    "valid_from": _("The first day it holds"),
    "valid_to": _("The day from which it no longer holds; of rules, the last day they hold"),
    "note": _("Which parts, or what else is to be known"),
    "force": _("How the document stands today, by its own dates and by later documents"),
    "force_name": _("The same in words; empty for what has no force, such as a letter"),
    "files": _("Files of the document; in CSV their addresses"),
    "links": _("Links to other documents; in CSV the number of these links"),
    "direction": _("out: this document does it to the other; in: the other does it to this one"),
    "week_start": _("Monday of the week"),
    "week_end": _("Sunday of the week"),
    "day": _("Day of the item"),
    "time": _("Time of the item, HH:MM; empty for the whole day"),
    "leader": _("Who"),
    "content": _("What"),
    "place": _("Where"),
    "standing": _("Empty, postponed or cancelled"),
    "feed": _("Address of the feed of everything the portal publishes (Atom)"),
    "sitemap": _("Address of the sitemap"),
    "portal": _("Address of the portal"),
}

_SHARED = {
    "id": 812,
    "unit": "glar",
    "unit_name": "xã Glar",
    "published_at": "2021-03-04T09:00:00+07:00",
    "changed_at": "2021-03-04T09:00:00+07:00",
}

EXAMPLES: Mapping[str, dict[str, object]] = {
    "PortalOut": {
        "unit": "glar",
        "unit_name": "xã Glar",
        "full_name": "Ủy ban nhân dân xã Glar",
        "tier": "commune",
        "portal": "https://glar.example/",
        "feed": "https://glar.example/atom.xml",
        "sitemap": "https://glar.example/sitemap.xml",
    },
    "ArticleOut": {
        **_SHARED,
        "section": "news",
        "title": "Thổ cẩm Glar vào mùa đặt hàng",
        "url": "https://glar.example/tin-tuc/tho-cam-glar/",
        "kind": "news",
        "kind_name": "Tin",
        "summary": "Các tổ dệt nhận đơn hàng cho cuối năm.",
        "topics": ["kinh-te"],
        "office": "Ban biên tập xã Glar",
        "source": "",
        "copy_of": None,
    },
    "DocumentOut": {
        **_SHARED,
        "section": "directives",
        "title": "Quyết định về việc phân công nhiệm vụ",
        "url": "https://glar.example/chi-dao-dieu-hanh/12-qd-ubnd/",
        "number": "12/QĐ-UBND",
        "kind": "decision",
        "kind_name": "Quyết định",
        "abstract": "Về việc phân công nhiệm vụ",
        "issuer": "UBND xã Glar",
        "signer": "",
        "issued": "2021-03-01",
        "valid_from": "2021-03-01",
        "valid_to": None,
        "force": "in_force",
        "force_name": "Còn hiệu lực",
        "files": [{"title": "Bản ký", "url": "https://glar.example/documents/7/ban-ky.pdf"}],
        "links": [
            {
                "kind": "replaces",
                "direction": "out",
                "title": "Quyết định 3/QĐ-UBND năm 2018",
                "url": None,
                "valid_from": None,
                "note": "",
            }
        ],
    },
    "ScheduleOut": {
        **_SHARED,
        "section": "leaders_schedule",
        "title": "Lịch công tác tuần từ 08/03/2021",
        "url": "https://glar.example/lich-cong-tac/tuan-10/",
        "week_start": "2021-03-08",
        "week_end": "2021-03-14",
        "note": "",
        "items": [
            {
                "day": "2021-03-08",
                "time": "07:30",
                "leader": "Chủ tịch UBND xã",
                "content": "Giao ban đầu tuần",
                "place": "Phòng họp",
                "standing": "",
            }
        ],
    },
}
