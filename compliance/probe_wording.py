"""Codes of the probe into words in the reader's language. Every error says what to do."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ERRORS: Mapping[str, Promise] = {
    "bad_url": _("This is no web address. Write it in full, for example: https://glar.gialai.gov.vn/tin-tuc"),
    "scheme": _("Only addresses beginning with http:// or https:// are read. Correct the address."),
    "credentials": _("The address holds a user name or password. Leave them out."),
    "port": _("Only the usual ports of http and https are read. Leave the port out of the address."),
    "no_address": _("The host name is not known. Check the spelling of the address, or try again later."),
    "private_address": _(
        "The address leads into an internal network and is not read. Give a public address."
    ),
    "connect": _("The server does not answer. Try again later, or ask the unit whether the portal is down."),
    "tls": _("The secure connection failed. Ask the unit to renew the certificate of its portal."),
    "timeout": _("The server did not answer in time. Try again later."),
    "too_slow": _("The page was sent too slowly and was given up. Look at it yourself."),
    "too_large": _("The page is too large and was given up. Look at it yourself, or give a smaller page."),
    "broken": _("The answer was cut short or garbled. Try again later."),
    "redirect_loop": _("The page sends its reader round in a circle. Tell the unit, or correct the address."),
    "too_many_redirects": _("The page sends its reader on too many times. Give the final address."),
    "robots": _("The portal forbids automatic reading of this page. Look at it yourself."),
    "robots_unreachable": _("The portal's rules for automatic readers cannot be read. Try again later."),
    "not_found": _("The page is not there. Look for the section yourself and correct the address."),
    "forbidden": _("The portal refuses to show the page. Look at it yourself."),
    "busy": _("The portal is busy or under maintenance. Try again later."),
    "server_error": _("The portal answered with an error of its own. Try again later, or tell the unit."),
    "status": _("The portal gave an unusual answer. Look at the page yourself."),
    "not_text": _("The address leads to a file and not to a page. Give the page that lists the files."),
    "encoding": _("The page is packed in a way that cannot be read. Look at it yourself."),
    "unreadable": _("The page cannot be read by machine. Look at it yourself."),
    "sent_home": _(
        "The address leads to the home page. Look for the section yourself and correct the address."
    ),
    "needs_script": _("The page only shows in a browser. Look at it yourself."),
    "undated": _("The page shows content without dates. Look at it yourself."),
    "out_of_time": _("There was no time left for this section. It is tried again in the next run."),
    "internal": _("The probe itself failed. Tell the administrator; the log says more."),
}

SOURCES: Mapping[str, Promise] = {
    "row": _("date beside the link"),
    "time": _("date marked up on the page"),
    "label": _("date of the page"),
    "meta": _("date in the page's data"),
    "json-ld": _("date in the page's data"),
    "feed": _("news feed"),
    "sitemap": _("last change in the sitemap"),
}

FUNCTIONS: Mapping[str, Promise] = {
    "search": _("Search"),
    "sitemap_html": _("Site map as a page"),
    "sitemap_xml": _("Site map as XML"),
    "rss": _("News feed (RSS)"),
    "print": _("Printing an article"),
    "save": _("Saving an article"),
    "mobile": _("Display on mobile devices"),
    "https": _("Secure connection (HTTPS)"),
    "ipv6": _("IPv6"),
    "unicode": _("Unicode text"),
    "alt_text": _("Text in place of pictures"),
    "headings": _("Order of headings"),
    "contrast": _("Contrast of text"),
    "satisfaction_rating": _("Rating of satisfaction"),
    "channel_list": _("List of information channels"),
    "visit_statistics": _("Visit statistics"),
    "domain_pattern": _("Domain name as prescribed"),
    "part_of_provincial_portal": _("Part of the provincial portal"),
}


def probe_error_label(code: str) -> str:
    """Why a section could not be judged, and what to do."""
    return _label(ERRORS, code)


def source_label(code: str) -> str:
    """Where a date was found."""
    return _label(SOURCES, code)


def function_label(code: str) -> str:
    """The name of a technical function of a portal."""
    return _label(FUNCTIONS, code)


def _label(table: Mapping[str, Promise], code: str) -> str:
    return str(table[code]) if code in table else code
