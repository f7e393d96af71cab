"""What a host asks of robots is kept, on every hop."""

from __future__ import annotations

from typing import Any

import pytest

from compliance.probe.robots import Robots
from tests.compliance.probe.site import Site, serving

pytestmark = pytest.mark.unit


def robots(site: Site, text: str | bytes, **more: Any) -> None:
    site.page("/robots.txt", text, **{"kind": "text/plain", **more})


@pytest.mark.parametrize(
    "text",
    [
        "User-agent: *\nDisallow: /kin/\n",
        "User-agent: PortalProbe\nDisallow: /kin\n\nUser-agent: *\nAllow: /\n",
        "\ufeffUser-agent: *\r\nDisallow: /*/van-ban$\r\nDisallow: /kin/van-ban\r\n",
        "rubbish\x00\nUSER-AGENT: *\nDISALLOW: /\n",
    ],
)
def test_what_is_forbidden_is_not_asked(text: str, site: Site, fetcher: Any) -> None:
    robots(site, text)
    assert fetcher().get(site.page("/kin/van-ban", "x")).error == "robots"
    assert site.asked == ["/robots.txt"]


def test_the_more_special_rule_wins(site: Site, fetcher: Any) -> None:
    robots(site, "User-agent: *\nDisallow: /kin/\nAllow: /kin/mo\n")
    assert fetcher().get(site.page("/kin/mo", "x")).error == ""


def test_the_rules_are_asked_once(site: Site, fetcher: Any) -> None:
    robots(site, "User-agent: *\nDisallow: /x\n")
    reader = fetcher()
    for path in ("/a", "/b", "/x"):
        reader.get(site.page(path, "x"))
    assert site.asked == ["/robots.txt", "/a", "/b"]
    assert not reader.robots(site.url).allows(site.url + "/x", "PortalProbe")


@pytest.mark.parametrize(("status", "code"), [(404, ""), (403, ""), (500, "robots_unreachable")])
def test_no_rules_allow_all_and_a_failing_host_nothing(
    status: int, code: str, site: Site, fetcher: Any
) -> None:
    robots(site, "", status=status)
    assert fetcher().get(site.page("/a", "x")).error == code


@pytest.mark.parametrize("kind", ["application/octet-stream", "", "text/html"])
def test_rules_count_whatever_they_are_called(kind: str, site: Site, fetcher: Any) -> None:
    robots(site, "User-agent: *\nDisallow: /\n", kind=kind)
    assert fetcher().get(site.page("/a", "x")).error == "robots"


def test_endless_rules_allow_nothing(site: Site, fetcher: Any) -> None:
    site.endless("/robots.txt")
    assert fetcher().get(site.page("/a", "x")).error == "robots_unreachable"


def test_a_page_in_place_of_rules_forbids_nothing(site: Site, fetcher: Any) -> None:
    robots(site, "<html><body>Không tìm thấy</body></html>", kind="text/html")
    assert fetcher().get(site.page("/a", "x")).error == ""


def test_the_host_one_is_sent_to_has_rules_of_its_own(site: Site, fetcher: Any) -> None:
    with serving() as other:
        robots(other, "User-agent: *\nDisallow: /\n")
        other.page("/tin", "x")
        answer = fetcher().get(site.redirect("/a", other.url + "/tin"))
        assert (answer.error, other.asked) == ("robots", ["/robots.txt"])


def test_rules_may_lie_elsewhere(site: Site, fetcher: Any) -> None:
    site.redirect("/robots.txt", "/rules")
    site.page("/rules", "User-agent: *\nDisallow: /a\n", "text/plain")
    assert fetcher().get(site.page("/a", "x")).error == "robots"


def test_a_pause_that_is_no_number() -> None:
    for text in ("Crawl-delay: soon", "Crawl-delay: -3", "Crawl-delay: nan", ""):
        assert Robots.from_text(f"User-agent: *\n{text}\n").delay("PortalProbe") == 0


def test_sitemaps_are_named() -> None:
    assert Robots.from_text("Sitemap: https://glar.example.vn/s.xml").sitemaps() == [
        "https://glar.example.vn/s.xml"
    ]
