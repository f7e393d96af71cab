"""What a comment on a draft asks for: only the text is needed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sitepages.forms_guard import GuardedForm, stamp
from sitepages.text import nfc

SHORTEST, LONGEST = 10, 5000


class CommentForm(GuardedForm):
    """A comment. No file is taken, and neither name nor contact is needed."""

    text = forms.CharField(
        label=_("Your comment"),
        min_length=SHORTEST,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8, "class": "filters__input"}),
        help_text=_("Name the article or clause of the draft that you mean. At most 5000 characters."),
        error_messages={
            "required": _("Write your comment."),
            "min_length": _("Write a sentence at least."),
            "max_length": _("Shorten the comment to 5000 characters."),
        },
    )
    name = forms.CharField(
        label=_("Name of person or organisation (may be left empty)"),
        required=False,
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name", "class": "filters__input"}),
        help_text=_("Never published."),
    )
    contact = forms.CharField(
        label=_("Telephone or e-mail (may be left empty)"),
        required=False,
        max_length=150,
        widget=forms.TextInput(attrs={"class": "filters__input"}),
        help_text=_("Only for questions about your comment; never published."),
    )

    field_order = ["text", "name", "contact"]

    def clean_text(self) -> str:
        text = nfc(str(self.cleaned_data["text"])).strip()
        if len(text) < SHORTEST:
            raise forms.ValidationError(_("Write a sentence at least."))
        return text

    def renew(self) -> None:
        """A fresh time for the form shown again: correcting a slip is not being too slow."""
        said: Any = self.data
        self.data = said = said.copy()
        if "opened" not in said or self.non_field_errors():
            said["opened"] = stamp(self.purpose)
