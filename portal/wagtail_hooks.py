"""Registers what the portal as a whole adds to the admin."""

from wagtail import hooks

from portal import people

hooks.register("before_edit_user", people.guard_superusers)
hooks.register("before_delete_user", people.guard_superusers)
hooks.register("before_bulk_action", people.guard_superusers_in_bulk)
