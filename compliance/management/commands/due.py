"""Print the day a record must be published by, with its rule and how it was counted."""

import datetime
import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from compliance.catalogue.loader import load_catalogue
from compliance.presentation import law_text, requirement_name, term_in_words
from compliance.queries.dues import DueAnswer, NotBoundError, due_answer, kinds_of


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("section", help="code of the section, for example directives")
        parser.add_argument("--trigger", required=True, help="YYYY-MM-DD: issue, approval, period end …")
        parser.add_argument("--tier", required=True, help="province, department, district or commune")
        parser.add_argument("--kind", default="", help="kind of record; the body's own when left out")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        section, kind = options["section"], options["kind"]
        try:
            trigger = datetime.date.fromisoformat(options["trigger"])
        except ValueError:
            text = _("--trigger: “%(text)s” is not a date. Write it as 2021-07-29.")
            raise CommandError(text % {"text": options["trigger"]}) from None
        try:
            known = kinds_of(section)
            if kind and kind not in known:
                text = _("--kind: “%(kind)s” is not known here. Known kinds: %(known)s.")
                raise CommandError(text % {"kind": kind, "known": ", ".join(known) or "–"})
            answer = due_answer(section, kind, trigger, options["tier"])
        except NotBoundError:
            text = _("The duty “%(section)s” does not bind the tier “%(tier)s” on %(day)s.")
            details = {"section": section, "tier": options["tier"], "day": f"{trigger:%d/%m/%Y}"}
            raise CommandError(text % details) from None
        except KeyError:
            text = _("There is no section “%(section)s”. Known sections: %(known)s.")
            codes = ", ".join(load_catalogue().codes)
            raise CommandError(text % {"section": section, "known": codes}) from None
        except OverflowError:
            raise CommandError(_("--trigger: the date is too far away to count from.")) from None
        shown = _as_dict(answer)
        if options["json"]:
            self.stdout.write(json.dumps(shown, ensure_ascii=False, indent=2))
            return
        self.stdout.write(f"{requirement_name(answer.requirement)}: {shown['due'] or '–'}")
        self.stdout.write(shown["explanation"])
        self.stdout.write(f"{shown['rule']} · {shown['law']}")


def _as_dict(answer: DueAnswer) -> dict[str, Any]:
    first = answer.terms[0] if answer.terms else None
    none = _("The law in force gives no time for this; publish at once.")
    return {
        "due": first.due.isoformat() if first else None,
        "rule": answer.rule,
        "law": law_text(answer.bases),
        "explanation": term_in_words(first) if first else none,
        "limits": [
            {"due": term.due.isoformat(), "rule": term.limit.code, "law": law_text(term.limit.bases)}
            for term in answer.terms
        ],
        "other_channels": [law_text(limit.bases) for limit in answer.elsewhere],
    }
