"""Words of Wagtail's that everybody meets and its Vietnamese catalogue lacks; ours is asked first.

Named here for the catalogue alone: the text must be Wagtail's own to the letter.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop, ngettext_lazy

WORDS = (
    # The menu.
    gettext_noop("Images"),
    gettext_noop("Documents"),
    gettext_noop("Reports"),
    gettext_noop("Help"),
    gettext_noop("What's new in Wagtail %(version)s"),
    gettext_noop("Editor Guide"),
    gettext_noop("Shortcuts"),
    # The dashboard.
    gettext_noop("Search all pages…"),
    gettext_noop("Wagtail %(current_version)s editor guide"),
    # Lists and forms.
    gettext_noop("New: %(model_name)s"),
    gettext_noop("Create"),
    gettext_noop("Search…"),
    gettext_noop("Page %(page_num)s of %(total_pages)s"),
    gettext_noop("Page %(page_number)s of %(num_pages)s."),
    gettext_noop("Pagination"),
    gettext_noop("There are no results."),
    gettext_noop("Actions"),
    gettext_noop("Actions (footer)"),
    gettext_noop("More actions"),
    gettext_noop("More options for '%(title)s'"),
    gettext_noop("Move up"),
    gettext_noop("Move down"),
    gettext_noop("Show filters"),
    gettext_noop("Apply filters"),
    gettext_noop("Filter by"),
    gettext_noop("Clear"),
    gettext_noop("Updated"),
    gettext_noop("User"),
    gettext_noop("Usage"),
    gettext_noop("Toggle breadcrumbs"),
    gettext_noop("Breadcrumb"),
    gettext_noop("Toggle section"),
    # The editor of a page.
    gettext_noop("Editing %(page_type)s"),
    gettext_noop("Page title"),
    gettext_noop("The page title as you'd like it to be seen by the public"),
    gettext_noop("Promote"),
    gettext_noop("Live"),
    gettext_noop("Current page status:"),
    gettext_noop("Visible to all"),
    gettext_noop("Minimap"),
    gettext_noop("Side panels"),
    gettext_noop("Toggle side panel"),
    gettext_noop("You have <span>unsaved edits</span>"),
    gettext_noop("Save your changes before leaving"),
    gettext_noop("Saved"),
    # Translations of pages.
    gettext_noop("Translate"),
    gettext_noop("Translate page"),
    gettext_noop("Translate this page"),
    gettext_noop("Locale"),
    gettext_noop("Locales"),
    gettext_noop("Submit"),
    gettext_noop("All child pages will be created."),
    gettext_noop("The page '%(page_title)s' was successfully created in %(locales)s"),
    # Lists of wagtail_modeladmin.
    gettext_noop("Filter"),
    gettext_noop("By %(filter_title)s"),
    gettext_noop("Search for"),
    gettext_noop("Search %(name)s"),
    gettext_noop("%(result_count)s out of %(all_count)s"),
)
COUNTS = (
    ngettext_lazy(
        '%(total)s Page <span class="w-sr-only">created in %(site_name)s</span>',
        '%(total)s Pages <span class="w-sr-only">created in %(site_name)s</span>',
    ),
    ngettext_lazy(
        '%(total)s Image <span class="w-sr-only">created in %(site_name)s</span>',
        '%(total)s Images <span class="w-sr-only">created in %(site_name)s</span>',
    ),
    ngettext_lazy(
        '%(total)s Document <span class="w-sr-only">created in %(site_name)s</span>',
        '%(total)s Documents <span class="w-sr-only">created in %(site_name)s</span>',
    ),
)
