"""The form of a question: every field described, every fault told with what to do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.catalogue.questions import FormLimits, Handling
from compliance.services.question_files import Upload, kind_of
from compliance.templatetags.question_tags import subject_name
from sitepages.text import nfc

_PHONE = RegexValidator(
    r"^\+?[0-9][0-9 .()-]{7,18}\Z", gettext_lazy("Write the telephone with its digits, such as 0905 123 456.")
)
_MB = 1024 * 1024


class ManyFiles(forms.ClearableFileInput):
    """A field that takes several files."""

    allow_multiple_selected = True


class AskForm(forms.Form):
    """What a citizen fills in."""

    subject = forms.ChoiceField(
        label=gettext_lazy("Field"),
        error_messages={"required": gettext_lazy("Choose the field of the question.")},
    )
    topic = forms.CharField(
        label=gettext_lazy("Topic"),
        help_text=gettext_lazy("In one line: what is it about?"),
        error_messages={"required": gettext_lazy("Write the topic in one line.")},
    )
    text = forms.CharField(
        label=gettext_lazy("Your question"),
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text=gettext_lazy("What happened, where and when, and what you want to know."),
        error_messages={"required": gettext_lazy("Write your question.")},
    )
    files = forms.Field(  # type: ignore[assignment]
        required=False, label=gettext_lazy("Files (if needed)"), widget=ManyFiles()
    )
    name = forms.CharField(required=False, label=gettext_lazy("Your name (if you wish)"))
    email = forms.EmailField(
        required=False,
        max_length=254,
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy("The receipt and the answer are sent there."),
        error_messages={"invalid": gettext_lazy("Write the address in full, such as ten@example.vn.")},
    )
    phone = forms.CharField(
        required=False,
        max_length=20,
        validators=[_PHONE],
        label=gettext_lazy("Telephone"),
        help_text=gettext_lazy("Give an e-mail address, a telephone, or both, so that you can be reached."),
    )
    show_name = forms.BooleanField(
        required=False, label=gettext_lazy("My name may stand beside the question")
    )
    private = forms.BooleanField(
        required=False,
        label=gettext_lazy("Do not publish my question"),
        help_text=gettext_lazy("The answer then goes to you alone; you read it with your receipt code."),
    )
    consent = forms.BooleanField(
        label=gettext_lazy("I have read how my data is handled, and I agree to it"),
        error_messages={
            "required": gettext_lazy(
                "Without your consent the question cannot be kept. Mark the box to agree."
            )
        },
    )
    website = forms.CharField(required=False, label=gettext_lazy("Website (leave this empty)"))
    stamp = forms.CharField(required=False, widget=forms.HiddenInput())

    #: In the order of the page; the rest is hidden.
    PARTS = (
        ("question", ("subject", "topic", "text", "files")),
        ("asker", ("name", "email", "phone")),
        ("choices", ("show_name", "private", "consent")),
    )

    def __init__(self, *args: Any, handling: Handling, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "%s", **kwargs})
        self.limits: FormLimits = handling.form
        choices = [
            ("", _("Choose one")),
            *((each.code, subject_name(each.code)) for each in handling.subjects),
        ]
        self.fields["subject"].choices = choices  # type: ignore[attr-defined]
        for name, longest in (
            ("topic", self.limits.topic),
            ("text", self.limits.text),
            ("name", self.limits.name),
        ):
            field = self.fields[name]
            field.max_length = longest  # type: ignore[attr-defined]
            field.widget.attrs["maxlength"] = longest
            field.validators.append(_Longest(longest))
        self.fields["files"].help_text = _(
            "PDF, Word (.docx), JPG or PNG; up to %(count)s files of %(size)s MB each. No identity"
            " papers. The"
            " files are not published."
        ) % {"count": self.limits.files, "size": self.limits.megabytes}
        self.fields["files"].widget.attrs["accept"] = ".pdf,.docx,.jpg,.jpeg,.png"
        for name, word in (("name", "name"), ("email", "email"), ("phone", "tel"), ("website", "off")):
            self.fields[name].widget.attrs["autocomplete"] = word
        self.fields["website"].widget.attrs["tabindex"] = "-1"
        self.uploads: list[Upload] = []
        for name, field in self.fields.items():
            marks = [f"{name}-help"] if field.help_text else []
            if self.is_bound and name in self.errors:
                marks.append(f"{name}-error")
                field.widget.attrs["aria-invalid"] = "true"
            if marks:
                field.widget.attrs["aria-describedby"] = " ".join(marks)

    @property
    def parts(self) -> list[tuple[str, list[Any]]]:
        """The visible fields by part."""
        return [(part, [self[name] for name in names]) for part, names in self.PARTS]

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Every fault with the field it stands at, "" where it stands at none."""
        order = ["__all__", *self.fields]
        return [
            ("" if name == "__all__" else name, str(text))
            for name, texts in sorted(self.errors.items(), key=lambda item: order.index(item[0]))
            for text in texts
        ]

    def clean_topic(self) -> str:
        return _words(self.cleaned_data["topic"], _("Write the topic in words."))

    def clean_text(self) -> str:
        return _words(self.cleaned_data["text"], _("Write your question in words."))

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Leave this field empty and send the form again."))
        return ""

    def clean_files(self) -> None:
        given = [file for file in self.cleaned_data["files"] or [] if file]
        if len(given) > self.limits.files:
            raise forms.ValidationError(
                _("At most %(count)s files can be sent. Choose the most important ones.")
                % {"count": self.limits.files}
            )
        self.uploads = list(self._read(given))

    def _read(self, given: Iterable[Any]) -> Iterable[Upload]:
        for file in given:
            name = nfc(str(file.name))[:120]
            if file.size > self.limits.megabytes * _MB:
                raise forms.ValidationError(
                    _("“%(name)s” is larger than %(size)s MB. Make it smaller or send only the pages needed.")
                    % {"name": name, "size": self.limits.megabytes}
                )
            content = file.read()
            kind = kind_of(content)
            if not kind:
                raise forms.ValidationError(
                    _("“%(name)s” cannot be read as PDF, Word (.docx), JPG or PNG. Save it as one of these.")
                    % {"name": name}
                )
            yield Upload(name, kind, content)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not {"email", "phone"} & set(self.errors) and not (cleaned.get("email") or cleaned.get("phone")):
            self.add_error("email", _("Give an e-mail address or a telephone, so that you can be reached."))
        if cleaned.get("show_name") and not cleaned.get("name"):
            self.add_error(
                "name", _("Write your name, or take the mark from “My name may stand beside the question”.")
            )
        return cleaned


class _Longest:
    """A text that is too long, told with how much."""

    def __init__(self, longest: int) -> None:
        self.longest = longest

    def __call__(self, value: str) -> None:
        if len(value) > self.longest:
            raise forms.ValidationError(
                _(
                    "Too long: %(length)s characters, at most %(longest)s. Shorten it or send the rest"
                    " as a file."
                )
                % {"length": len(value), "longest": self.longest}
            )


def _words(text: str, message: str) -> str:
    clean = nfc(text).strip()
    if not any(char.isalnum() for char in clean):
        raise forms.ValidationError(message)
    return clean
