"""The files the house rules speak about."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("portal", "compliance", "sitepages", "theme")


def python_files(*folders: str, migrations: bool = False) -> list[Path]:
    paths = (path for folder in folders or PACKAGES for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in paths if migrations or "migrations" not in path.parts)


def migration_files() -> list[Path]:
    return [
        path
        for path in python_files(migrations=True)
        if "migrations" in path.parts and path.stem != "__init__"
    ]


def templates() -> list[Path]:
    return sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.html"))


def text_files() -> Iterator[Path]:
    """Everything a person wrote: source, settings of tools, documents, fixtures."""
    suffixes = {".py", ".html", ".toml", ".md", ".css", ".js", ".csv", ".txt", ".po", ".yml", ".yaml"}
    for folder in (*PACKAGES, "tests", "docs", "fixtures", "requirements", ".ci", ".github", "deploy"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and (path.suffix in suffixes or not path.suffix):
                yield path
    for path in sorted(ROOT.iterdir()):
        if path.is_file() and (
            path.suffix in suffixes or path.name in {"Makefile", "Dockerfile", ".gitignore"}
        ):
            yield path


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
