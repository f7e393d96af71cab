"""The lines of credit in an article's form: who of this portal, under which name, for which office."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from sitepages.credits import MAKERS, PortalCredits, person_name
from sitepages.text import fold


class ContributorSelect(forms.Select):
    """A list of contributors that can be narrowed by typing; each option knows names and office."""

    template_name = "sitepages/admin/contributor_select.html"
    records: dict[int, Any] = {}

    class Media:
        js = ("sitepages/credits.js",)
        css = {"all": ("sitepages/credits.css",)}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        record = self.records.get(int(value)) if str(value).isdigit() else None
        if record is not None:
            pens = [pen.name for pen in record.pen_names.all()]
            option["attrs"] |= {
                "data-name": record.name,
                "data-office": str(record.office_id or ""),
                "data-pens": json.dumps(pens, ensure_ascii=False),
                "data-folded": fold(" ".join([record.name, *pens, str(record.office or "")])),
            }
        return option


class CreditRow:
    """Mixed into the form of one line; ``portal`` is set by the article's form."""

    portal: PortalCredits | None = None
    fields: dict[str, Any]
    instance: Any
    changed_data: list[str]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, known in (
            ("contributor", self.portal.contributors if self.portal else {}),
            ("office", self.portal.offices if self.portal else {}),
        ):
            if name in self.fields:
                field = self.fields[name]
                field.queryset = field.queryset.filter(pk__in=known)
                field.widget.choices = [("", "–"), *((pk, str(each)) for pk, each in known.items())]
        if "contributor" in self.fields:
            self.fields["contributor"].widget.records = self.portal.contributors if self.portal else {}
            self.fields["contributor"].error_messages["invalid_choice"] = _(
                "This contributor is not of this portal, or was none on the day of publication."
                " Choose another, or leave the list empty and write the name."
            )
        if "office" in self.fields:
            self.fields["office"].error_messages["invalid_choice"] = _(
                "This office is not of this portal, or was not in force on the day of publication."
            )
        if "name" in self.fields:
            self.fields["name"].required = False

    def clean_name(self) -> str:
        return person_name(self.cleaned_data.get("name") or "")  # type: ignore[attr-defined]

    def clean_pen_name(self) -> str:
        return person_name(self.cleaned_data.get("pen_name") or "")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()  # type: ignore[misc]
        person = cleaned.get("contributor")
        if person is not None:
            self._of_record(cleaned, person)
        elif not (cleaned.get("name") or "name" in self.errors or "contributor" in self.errors):  # type: ignore[attr-defined]
            self.add_error("name", _("Choose a contributor, or write the name of the person."))  # type: ignore[attr-defined]
        return cleaned

    def _of_record(self, cleaned: dict[str, Any], person: Any) -> None:
        """The name is the record's; the pen name one of the record's; the office theirs unless another is."""
        is_new = self.instance.pk is None or "contributor" in self.changed_data
        if is_new or not cleaned.get("name"):
            cleaned["name"] = person.name
        pens = {fold(pen.name): pen.name for pen in person.pen_names.all()}
        pen = cleaned.get("pen_name") or ""
        if pen and fold(pen) == fold(person.name):
            cleaned["pen_name"] = ""
        elif pen and (is_new or "pen_name" in self.changed_data):
            if fold(pen) not in pens:
                known = ", ".join(pens.values()) or "–"
                text = _(
                    "“%(pen)s” is no pen name of %(name)s. Known: %(known)s. Choose one of these, or have the"
                    " board add it to the contributor's record."
                )
                self.add_error("pen_name", text % {"pen": pen, "name": person.name, "known": known})  # type: ignore[attr-defined]
            else:
                cleaned["pen_name"] = pens[fold(pen)]
        if is_new and not cleaned.get("office") and "office" not in self.errors and self.portal:  # type: ignore[attr-defined]
            cleaned["office"] = self.portal.office_then(person)


def with_credits(formset: Any, authority: Any, article: Any) -> None:
    """Narrow a formset of credits to the article's portal, on its day of publication."""
    portal = None
    if authority is not None:
        moment = article.first_published_at or article.go_live_at
        rows = [each for each in article.contributions.all() if each.pk] if article.pk else []
        portal = PortalCredits(
            authority,
            timezone.localdate(moment) if moment else timezone.localdate(),
            (row.contributor_id for row in rows if row.contributor_id),
            (row.office_id for row in rows if row.office_id),
        )
    formset.form = type("CreditForm", (CreditRow, formset.form), {"portal": portal})


def check_credits(rows: Sequence[dict[str, Any]]) -> None:
    """ValidationError when lines of one article do not fit together."""
    if not rows:
        return
    faults = []
    total = sum((row.get("share") or Decimal(0) for row in rows), Decimal(0))
    if total != 100:
        text = _("The shares of the contributions add up to %(total)s %%. They must add up to 100 %%.")
        faults.append(text % {"total": total})
    credits = [(_who(row), row.get("role")) for row in rows]
    if len(credits) != len(set(credits)):
        faults.append(_("The same person is named twice in the same role. Merge the two lines."))
    if not any(row.get("role") in MAKERS for row in rows):
        faults.append(
            _("The contributions name an editor alone. Name who wrote, photographed, filmed or translated.")
        )
    if faults:
        raise ValidationError(faults)


def _who(row: dict[str, Any]) -> Any:
    person = row.get("contributor")
    return person.pk if person is not None else row.get("name")
