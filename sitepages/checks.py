"""House rules about pages, told by ``manage.py check``."""

from __future__ import annotations

from typing import Any

from django.core.checks import Error, register
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from wagtail.models import get_page_models

from sitepages.vocabulary import sections


@register()
def page_types_are_complete(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Every page type has a template and a parent rule; every section names page types that exist."""
    problems = []
    ours = {model.__name__: model for model in get_page_models() if model._meta.app_label == "sitepages"}
    for name, model in ours.items():
        try:
            get_template(model.template)
        except TemplateDoesNotExist:
            problems.append(Error(f"{name} has no template {model.template}.", id="sitepages.E001"))
        if model.parent_page_types is None:
            problems.append(Error(f"{name} does not say where it may stand.", id="sitepages.E002"))
    for section in sections().values():
        problems += [
            Error(f"Section {section.code} accepts {name}, which is no page type.", id="sitepages.E003")
            for name in section.accepts
            if name not in ours
        ]
    return problems
