"""Registers what duties, counts and money add to the admin."""

from wagtail import hooks

from compliance import log_actions
from compliance.admin import editor, home, ledger, menu
from compliance.admin.acts import menu as acts
from compliance.admin.past import menu as past
from compliance.admin.reviews import menu as reviews

hooks.register("construct_homepage_panels", home.add_panel)
hooks.register("construct_homepage_summary_items", home.add_summary)
hooks.register("register_admin_urls", menu.urls)
hooks.register("register_admin_menu_item", menu.duties_item)
hooks.register("register_admin_menu_item", menu.calendar_item)
hooks.register("register_admin_menu_item", menu.letters_item)
hooks.register("register_admin_menu_item", menu.counts_item)
hooks.register("register_admin_menu_item", menu.royalties_item)
hooks.register("insert_global_admin_css", menu.style)
hooks.register("register_log_actions", log_actions.register)
hooks.register("register_admin_viewset", lambda: menu.VIEWSETS)
hooks.register("register_admin_viewset", editor.duty_page_viewsets, order=100)  # after the pages' own
hooks.register("register_admin_urls", acts.urls)
hooks.register("register_admin_menu_item", acts.item)
hooks.register("register_admin_viewset", lambda: acts.VIEWSETS)
hooks.register("insert_global_admin_css", acts.style)
hooks.register("register_admin_urls", reviews.urls)
hooks.register("register_admin_menu_item", reviews.item)
hooks.register("register_admin_urls", past.urls)
hooks.register("register_admin_menu_item", past.item)
ledger.register()
