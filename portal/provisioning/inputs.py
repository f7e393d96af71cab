"""Read and check the fixtures that say which bodies and offices there are."""

from __future__ import annotations

import datetime
import re
import tomllib
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Annotated, Literal

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=50)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=255, strip_whitespace=True)]
Host = Annotated[
    str,
    StringConstraints(
        pattern=r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$", max_length=253
    ),
]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$")]


class InputError(Exception):
    """The fixtures cannot be used; ``problems`` says where and why, one line each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Dated(_Strict):
    code: Code
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None


class TierInput(_Strict):
    code: Code
    name: Text
    rank: int = Field(ge=1, le=20)


class AuthorityInput(_Dated):
    name: Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]
    kind: Annotated[str, StringConstraints(max_length=40, strip_whitespace=True)] = ""
    full_name: Text
    parent_organisation: str = ""
    tier: Code
    parent: Code | None = None
    successor: Code | None = None
    hostname: Host | None = None
    main_colour: Colour = "#8f1d1d"
    accent_colour: Colour = "#8a5a00"

    @property
    def display_name(self) -> str:
        return f"{self.kind} {self.name}".strip()


class OfficeInput(_Dated):
    authority: Code
    short_name: Text
    full_name: Text
    group: Literal["board", "collaborator"] = "board"
    order: int = Field(default=0, ge=0, le=1000)


class TierOfficeInput(_Strict):
    tier: Code
    code: Code
    short_name: Text
    full_name: Text
    group: Literal["board", "collaborator"] = "board"
    order: int = Field(default=0, ge=0, le=1000)


class Inputs(_Strict):
    """All that provisioning starts from."""

    tiers: tuple[TierInput, ...]
    authorities: tuple[AuthorityInput, ...]
    offices: tuple[OfficeInput, ...] = ()
    tier_offices: tuple[TierOfficeInput, ...] = ()

    def hostname(self, authority: AuthorityInput, main: str, pattern: str) -> str:
        if authority.hostname:
            return authority.hostname
        return pattern.format(code=authority.code) if authority.parent else main

    def all_offices(self) -> list[OfficeInput]:
        """Offices listed by name, and those every body of a tier has."""
        found = list(self.offices)
        listed = {(office.authority, office.code) for office in found}
        for authority in self.authorities:
            for office in self.tier_offices:
                if office.tier == authority.tier and (authority.code, office.code) not in listed:
                    found.append(
                        OfficeInput(
                            authority=authority.code,
                            code=office.code,
                            short_name=office.short_name.format(
                                kind=authority.kind, name=authority.name
                            ).strip(),
                            full_name=office.full_name.format(
                                kind=authority.kind, name=authority.name
                            ).strip(),
                            group=office.group,
                            order=office.order,
                        )
                    )
        return found


def read_toml(path: Path) -> dict[str, object]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise InputError([_("%(file)s: the file is missing.") % {"file": path.name}]) from None
    except UnicodeDecodeError:
        raise InputError([_("%(file)s: not UTF-8. Save the file as UTF-8.") % {"file": path.name}]) from None
    try:
        return tomllib.loads(unicodedata.normalize("NFC", text))
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        line = at[1] if at else "?"
        raise InputError(
            [_("%(file)s: cannot be read as TOML, line %(line)s.") % {"file": path.name, "line": line}]
        ) from None


def read_inputs(folder: Path, main_host: str, host_pattern: str) -> Inputs:
    """Read ``authorities.toml`` and ``offices.toml``; raise InputError naming every problem at once."""
    raw = {**read_toml(folder / "authorities.toml"), **read_toml(folder / "offices.toml")}
    try:
        inputs = Inputs.model_validate(raw)
    except ValidationError as error:
        raise InputError(
            [_located(raw, problem["loc"], problem["type"]) for problem in error.errors()]
        ) from None
    try:
        problems = [*_references(inputs), *_doubles(inputs, main_host, host_pattern), *_dates(inputs)]
    except (KeyError, IndexError, ValueError) as error:
        raise InputError(
            [_("A pattern with braces cannot be filled in: %(error)s.") % {"error": error}]
        ) from None
    if problems:
        raise InputError(problems)
    return inputs


def _located(raw: dict[str, object], location: tuple[int | str, ...], kind: str) -> str:
    place = " → ".join(str(part) for part in location)
    entry: object = raw
    for part in location[:2]:
        try:
            entry = entry[part]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            break
    code = entry.get("code", "?") if isinstance(entry, dict) else "?"
    return _("Entry “%(code)s” (%(place)s): %(message)s") % {
        "code": code,
        "place": place,
        "message": _fault(kind),
    }


def _fault(kind: str) -> str:
    """What is wrong with one value, by the kind of error of its check."""
    known = {
        "missing": _("this is missing."),
        "extra_forbidden": _("there is no such key."),
        "string_too_short": _("this is empty."),
        "string_too_long": _("this is too long."),
        "string_pattern_mismatch": _("this has a form that is not allowed."),
        "string_type": _("this must be text between quotes."),
    }
    return known.get(kind) or _("this value cannot be used.")


def _references(inputs: Inputs) -> list[str]:
    problems = []
    tiers = {tier.code for tier in inputs.tiers}
    codes = {authority.code for authority in inputs.authorities}
    mains = [authority.code for authority in inputs.authorities if authority.parent is None]
    if len(mains) != 1:
        problems.append(
            _("Exactly one authority must have no parent (the main portal); found: %(codes)s.")
            % {"codes": ", ".join(mains) or "0"}
        )
    for authority in inputs.authorities:
        if authority.tier not in tiers:
            problems.append(
                _("Authority “%(code)s”: unknown tier “%(other)s”.")
                % {"code": authority.code, "other": authority.tier}
            )
        for other in (authority.parent, authority.successor):
            if other is not None and (other not in codes or other == authority.code):
                problems.append(
                    _("Authority “%(code)s”: “%(other)s” is not another authority of the file.")
                    % {"code": authority.code, "other": other}
                )
    parents = {authority.code: authority.parent for authority in inputs.authorities}
    for authority in inputs.authorities:
        above, seen = authority.parent, {authority.code}
        while above in parents and above not in seen:
            seen.add(above)
            above = parents[above]
        if above in seen:
            problems.append(_("Authority “%(code)s” stands above itself.") % {"code": authority.code})
    problems += [
        _("Office “%(code)s”: unknown authority “%(other)s”.")
        % {"code": office.code, "other": office.authority}
        for office in inputs.offices
        if office.authority not in codes
    ]
    return problems


def _doubles(inputs: Inputs, main_host: str, host_pattern: str) -> list[str]:
    problems = []
    for code, count in Counter(authority.code for authority in inputs.authorities).items():
        if count > 1:
            problems.append(
                _("Authority “%(code)s” is listed %(count)s times.") % {"code": code, "count": count}
            )
    for name, count in Counter(authority.display_name for authority in inputs.authorities).items():
        if count > 1:
            problems.append(
                _("The name “%(name)s” is given to %(count)s authorities.") % {"name": name, "count": count}
            )
    hosts: dict[str, list[str]] = {}
    for authority in inputs.authorities:
        hosts.setdefault(inputs.hostname(authority, main_host, host_pattern), []).append(authority.code)
    for host, codes in hosts.items():
        if len(codes) > 1:
            problems.append(
                _(
                    "Host name “%(host)s” is given to several authorities: %(codes)s. "
                    "Each portal needs its own."
                )
                % {"host": host, "codes": ", ".join(codes)}
            )
    offices = inputs.all_offices()
    keys = [(office.authority, office.code) for office in offices]
    names = [(office.authority, office.full_name) for office in offices]
    for (authority_code, what), count in [*Counter(keys).items(), *Counter(names).items()]:
        if count > 1:
            problems.append(
                _("Office “%(what)s” of “%(code)s” is listed %(count)s times.")
                % {"what": what, "code": authority_code, "count": count}
            )
    return problems


def _dates(inputs: Inputs) -> list[str]:
    return [
        _("“%(code)s”: valid_to comes before valid_from.") % {"code": entry.code}
        for entry in (*inputs.authorities, *inputs.offices)
        if entry.valid_from and entry.valid_to and entry.valid_to < entry.valid_from
    ]
