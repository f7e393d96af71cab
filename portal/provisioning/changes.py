"""A list of what was changed, and the one helper that writes only what differs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import models


@dataclass
class Changes:
    """What provisioning did, in words; its length is the number of changes."""

    lines: list[str] = field(default_factory=list)

    def add(self, line: str) -> None:
        self.lines.append(line)

    def __len__(self) -> int:
        return len(self.lines)

    def agree(
        self, model: type[models.Model], key: dict[str, Any], values: dict[str, Any], label: str
    ) -> Any:
        """Make the row found by ``key`` hold ``values``; one line when it had to be made or changed."""
        manager = model._default_manager
        row = manager.filter(**key).first()
        if row is None:
            row = manager.create(**key, **values)
            self.add(f"+ {label}")
            return row
        differing = [name for name, value in values.items() if getattr(row, name) != value]
        if differing:
            for name in differing:
                setattr(row, name, values[name])
            row.save(update_fields=differing)
            self.add(f"~ {label} ({', '.join(differing)})")
        return row
