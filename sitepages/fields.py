"""Fields of our own."""

from __future__ import annotations

from typing import Any

from wagtail.fields import StreamField


class BodyField(StreamField):
    """A StreamField whose block definitions stay out of migrations.

    A block's change is a change of code, not of the table; values round-trip all the same.
    """

    def __init__(self, block_types: Any = (), **kwargs: Any) -> None:
        super().__init__(list(block_types) if isinstance(block_types, tuple) else block_types, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs
