"""Registers what the pages add to the admin."""

from sitepages.admin import guards

guards.register()
