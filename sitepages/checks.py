"""House rules about pages, told by ``manage.py check``."""

from __future__ import annotations

from typing import Any

from django.core.checks import Error, register
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from wagtail.models import get_page_models

from sitepages.disclosures import disclosure, problems
from sitepages.vocabulary import sections, words


@register()
def page_types_are_complete(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Every page type has a template and a parent rule; every section names page types that exist
    and, where it takes disclosure records, says what they state."""
    found = [Error(f"disclosures.toml: {line}.", id="sitepages.E005") for line in problems()]
    ours = {model.__name__: model for model in get_page_models() if model._meta.app_label == "sitepages"}
    for name, model in ours.items():
        try:
            get_template(model.template)
        except TemplateDoesNotExist:
            found.append(Error(f"{name} has no template {model.template}.", id="sitepages.E001"))
        if model.parent_page_types is None:
            found.append(Error(f"{name} does not say where it may stand.", id="sitepages.E002"))
    for section in sections().values():
        found += [
            Error(f"Section {section.code} accepts {name}, which is no page type.", id="sitepages.E003")
            for name in section.accepts
            if name not in ours
        ]
        if "DisclosurePage" in section.accepts and disclosure(section.code) is None:
            found.append(Error(f"Section {section.code} is not in disclosures.toml.", id="sitepages.E004"))
        if section.group and section.group not in words("section_groups"):
            found.append(Error(f"Section {section.code} has no group {section.group}.", id="sitepages.E006"))
    return found
