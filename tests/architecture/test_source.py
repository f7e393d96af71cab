"""House rules about Python files: size, rooms, reasons, words."""

from __future__ import annotations

import ast
import re
import unicodedata
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, name, python_files, text_files, tree

pytestmark = pytest.mark.unit

LONGEST_SOURCE = 300
LONGEST_TEST = 400  # a table of cases may run on
LONGEST_HOOKS = 80
REASONS = {"slow import", "app ready", "optional dependency"}
INLINE = re.compile(r"#\s*noqa:[^#]*\bPLC0415\b(?P<rest>.*)$")
SPEAKS_IN_CODES = ("compliance/rules", "compliance/queries", "compliance/services")
MACHINE_PATH = re.compile(r"(?<![\w.}/-])/(?:root|home/\w+|Users/\w+|tmp|work|opt|mnt)/\w")

SOURCES = python_files()
TESTS = python_files("tests")
HOOKS = [path for path in SOURCES if path.name == "wagtail_hooks.py"]
INITS = [path for path in SOURCES if path.name == "__init__.py"]
TALKERS = python_files(*SPEAKS_IN_CODES)


@pytest.mark.parametrize("path", [*SOURCES, *TESTS], ids=name)
def test_a_file_is_short_enough_to_read(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    longest = LONGEST_TEST if path in TESTS else LONGEST_SOURCE
    assert lines <= longest, "divide it, or record in docs/decisions/ why it may be longer"


@pytest.mark.parametrize("path", HOOKS, ids=name)
def test_hook_files_only_register(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_HOOKS
    assert [ast.unparse(node) for node in tree(path).body if not _registers(node)] == []


def _registers(node: ast.stmt) -> bool:
    if isinstance(node, ast.FunctionDef):
        decorated = any("register" in ast.unparse(decorator) for decorator in node.decorator_list)
        return decorated and len(node.body) <= 2
    if isinstance(node, ast.For):
        return all(isinstance(step, ast.Expr) and "register" in ast.unparse(step) for step in node.body)
    return isinstance(node, ast.Import | ast.ImportFrom | ast.Expr)


@pytest.mark.parametrize("path", INITS, ids=name)
def test_packages_only_re_export(path: Path) -> None:
    for node in tree(path).body:
        docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        exported = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
        assert docstring or exported or isinstance(node, ast.ImportFrom), ast.unparse(node)


def test_inline_imports_give_one_of_three_reasons() -> None:
    wrong = []
    for path in [*SOURCES, *python_files("tests")]:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            match = INLINE.search(line)
            if match and match["rest"].strip().removeprefix("- ").strip() not in REASONS:
                wrong.append(f"{name(path)}:{number}: {line.strip()}")
    assert not wrong, f"allowed reasons: {sorted(REASONS)}"


@pytest.mark.parametrize("path", TALKERS, ids=name)
def test_rules_queries_and_services_speak_in_codes(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("đồng", "")  # the unit of money has no other name
    decomposed = unicodedata.normalize("NFD", text)
    assert not {char for char in decomposed if unicodedata.combining(char) or char in "đĐ"}


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    wrong = [
        f"{name(path)}:{number}: {line.strip()}"
        for path in text_files()
        if path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if MACHINE_PATH.search(line) or str(ROOT) in line
    ]
    assert not wrong
