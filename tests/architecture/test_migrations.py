"""House rules about migrations: nothing is lost, and groups belong to provisioning."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.sources import migration_files, name, tree

pytestmark = pytest.mark.unit

NEEDS_A_REASON = {"RemoveField", "DeleteModel", "RenameModel", "AlterField"}
ALLOWED = re.compile(r"# allow: (?P<operation>\w+) because \w+")
LONGEST = 400
MIGRATIONS = migration_files()


def test_there_are_migrations() -> None:
    assert MIGRATIONS


@pytest.mark.parametrize("path", MIGRATIONS, ids=name)
def test_what_loses_data_gives_a_reason(path: Path) -> None:
    allowed = {match["operation"] for match in ALLOWED.finditer(path.read_text(encoding="utf-8"))}
    used = {node.attr for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)}
    assert used & NEEDS_A_REASON <= allowed, "write: # allow: <operation> because <reason>"


@pytest.mark.parametrize("path", MIGRATIONS, ids=name)
def test_no_migration_touches_groups(path: Path) -> None:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("get_model"):
            asked = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
            assert asked not in (["auth", "Group"], ["auth.Group"]), "groups are made by provision_portal"
        if isinstance(node, ast.ImportFrom):
            assert (node.module or "") != "django.contrib.auth.models" or "Group" not in {
                n.name for n in node.names
            }


@pytest.mark.parametrize("path", [path for path in MIGRATIONS if "0001" not in path.stem], ids=name)
def test_a_later_migration_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST
