"""The words of Wagtail's that our catalogue translates are still Wagtail's own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import wagtail
import wagtail_modeladmin

from portal.messages_tool import messages_in
from portal.wagtail_words import WORDS

pytestmark = pytest.mark.unit

_PLACE = re.compile(r"%\((\w+)\)s")


def test_wagtail_still_says_each_of_them() -> None:
    roots = [Path(each.__file__).parent for each in (wagtail, wagtail_modeladmin)]
    found = [
        path.read_text(encoding="utf-8")
        for pattern in ("*.html", "*.py")
        for root in roots
        for path in root.rglob(pattern)
        if "tests" not in path.parts and "test" not in path.parts
    ]
    said = "\n".join(found)
    source = Path(__file__).parents[2] / "portal" / "wagtail_words.py"
    messages = list(messages_in(source))
    assert {each.msgid for each in messages} >= set(WORDS)
    for message in messages:
        for text in filter(None, (message.msgid, message.plural)):
            in_template = _PLACE.sub(r"{{ \1 }}", text)
            assert text in said or in_template in said, text
