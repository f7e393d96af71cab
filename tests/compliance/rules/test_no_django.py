"""The rules and the catalogue are plain Python, and speak English."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit

ROOT = Path(__file__).parents[3]
FORBIDDEN = {"django", "wagtail", "modelcluster", "wagtail_modeladmin", "sitepages", "portal"}
ROOMS = ("compliance/rules", "compliance/catalogue", "compliance/probe")
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).glob("*.py"))


def test_neither_django_nor_wagtail_is_loaded() -> None:
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in MODULES]
    names = [name.removesuffix(".__init__") for name in names]
    loaded = "{module.partition('.')[0] for module in sys.modules}"
    code = f"import sys, {', '.join(names)}\nprint(sorted({loaded} & {FORBIDDEN}))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_no_vietnamese_in_the_code(path: Path) -> None:
    text = unicodedata.normalize("NFD", path.read_text(encoding="utf-8"))
    assert not [char for char in text if unicodedata.combining(char) or char in "đĐ₫"]
