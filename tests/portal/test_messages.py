"""The Vietnamese catalogue is complete, and the tool that keeps it does what it says."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import polib
import pytest
from django.core.management import CommandError, call_command

from portal import messages_tool
from portal.messages_tool import Message
from portal.settings.env import ROOT

pytestmark = pytest.mark.unit

PYTHON = """
from django.utils.translation import gettext as _, ngettext, pgettext
TITLE = _("Title")
LONG = _("Two "
         "halves")
COUNT = ngettext("%(n)s page", "%(n)s pages", 2)
MAY = pgettext("month", "May")
OTHER = other("not a message")
"""
TEMPLATE = """<p>
    it's {% translate "It's a title" %}
   {% blocktranslate count n=total trimmed %}
     one page
   {% plural %} {{ n }} pages
   {% endblocktranslate %}
 {{ value|default:_("nothing") }}
"""


def _catalogue(**texts: str) -> polib.POFile:
    catalogue = polib.POFile()
    catalogue.extend(polib.POEntry(msgid=msgid, msgstr=text) for msgid, text in texts.items())
    return catalogue


def _messages(*msgids: str) -> dict[messages_tool.Key, Message]:
    return {(msgid, ""): Message(msgid, files={"portal/apps.py"}) for msgid in msgids}


def test_the_catalogue_is_complete() -> None:
    catalogue = messages_tool.read(messages_tool.catalogue_path(ROOT))
    assert messages_tool.problems(catalogue, messages_tool.extract(ROOT)) == []


def test_messages_of_python(tmp_path: Path) -> None:
    path = tmp_path / "views.py"
    path.write_text(PYTHON, encoding="utf-8")
    found = {(message.msgid, message.plural, message.context) for message in messages_tool.messages_in(path)}
    assert found == {
        ("Title", "", ""),
        ("Two halves", "", ""),
        ("%(n)s page", "%(n)s pages", ""),
        ("May", "", "month"),
    }


def test_messages_of_a_template(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(TEMPLATE, encoding="utf-8")
    found = {(message.msgid, message.plural) for message in messages_tool.messages_in(path)}
    assert found == {("It's a title", ""), ("one page", "%(n)s pages"), ("nothing", "")}


def test_an_update_keeps_translations_and_drops_what_is_gone() -> None:
    new = messages_tool.updated(_catalogue(Title="Tiêu đề", Gone="Đã bỏ"), _messages("Title", "Added"))
    assert [(entry.msgid, entry.msgstr) for entry in new] == [("Added", ""), ("Title", "Tiêu đề")]
    assert new[0].occurrences == [("portal/apps.py", "")]


def test_a_fragment_fills_only_known_messages() -> None:
    catalogue = _catalogue(Title="", Body="Nội dung")
    assert messages_tool.merge(catalogue, _catalogue(Title="Tiêu đề", Other="Khác", Body="")) == 1
    assert {entry.msgid: entry.msgstr for entry in catalogue} == {"Title": "Tiêu đề", "Body": "Nội dung"}


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ({"msgid": "Known", "msgstr": ""}, "not translated: 'Known'"),
        ({"msgid": "Known", "msgstr": "Biết", "flags": ["fuzzy"]}, "fuzzy: 'Known'"),
    ],
)
def test_an_incomplete_entry_is_named(entry: dict[str, str], problem: str) -> None:
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(**entry))
    assert messages_tool.problems(catalogue, _messages("Known")) == [problem]


def test_missing_stale_and_damaged_messages_are_named() -> None:
    catalogue = _catalogue(**{"%(n)s days": "%(m)s ngày", "Stale": "Cũ"})
    assert messages_tool.problems(catalogue, _messages("%(n)s days", "Absent")) == [
        "not in the catalogue: 'Absent'",
        "no longer in the source: 'Stale'",
        "placeholders differ: '%(n)s days' → '%(m)s ngày'",
    ]


def test_check_fails_when_a_message_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages_tool, "extract", lambda root: _messages("A text nobody wrote"))
    with pytest.raises(CommandError, match="A text nobody wrote"):
        call_command("update_messages", check=True, stdout=StringIO())


def test_a_compiled_catalogue_speaks_vietnamese(tmp_path: Path) -> None:
    path = tmp_path / "django.po"
    messages_tool.updated(_catalogue(Title="Tiêu đề"), _messages("Title")).save(str(path))
    compiled = polib.mofile(str(messages_tool.compile_catalogue(path)))
    assert [(entry.msgid, entry.msgstr) for entry in compiled] == [("Title", "Tiêu đề")]
