"""Registers what the portal as a whole adds to the admin."""

from wagtail import hooks

from portal import interface, people

hooks.register("before_edit_user", people.guard_superusers)
hooks.register("before_delete_user", people.guard_superusers)
hooks.register("before_bulk_action", people.guard_superusers_in_bulk)
hooks.register("register_admin_urls", interface.urls)
hooks.register("register_help_menu_item", interface.item)
