"""Registers what duties, counts and money add to the admin."""

from functools import partial

from wagtail import hooks

from compliance import log_actions
from compliance.admin import editor, home, ledger, menu, notices
from compliance.admin.activity import menu as activity
from compliance.admin.acts import menu as acts
from compliance.admin.alike import editor as alike_editor
from compliance.admin.alike import menu as alike
from compliance.admin.budget import menu as budget
from compliance.admin.credits import menu as credits
from compliance.admin.credits import own as own_articles
from compliance.admin.grading import menu as grading
from compliance.admin.past import menu as past
from compliance.admin.pay import menu as pay
from compliance.admin.questions import menu as questions
from compliance.admin.registers import menu as registers
from compliance.admin.reviews import menu as reviews
from compliance.admin.visits import menu as visits

for room in (pay, menu, acts, reviews, visits, alike, credits, activity, grading, budget, past, questions):
    hooks.register("register_admin_urls", room.urls)
for room in (pay, menu, acts, alike, credits, activity, grading, questions):
    hooks.register("insert_global_admin_css", room.style)
for room in (pay, menu, acts, visits, credits, activity, grading, notices, questions, registers):
    hooks.register("register_admin_viewset", partial(getattr, room, "VIEWSETS"))
hooks.register("construct_homepage_panels", home.add_panel)
hooks.register("construct_homepage_summary_items", home.add_summary)
hooks.register("register_admin_menu_item", pay.item)
hooks.register("register_admin_menu_item", menu.duties_item)
hooks.register("register_admin_menu_item", menu.calendar_item)
hooks.register("register_admin_menu_item", menu.letters_item)
hooks.register("register_admin_menu_item", menu.articles_item)
hooks.register("register_articles_menu_item", menu.counts_item)
hooks.register("register_articles_menu_item", menu.tallies_item)
hooks.register("register_admin_menu_item", menu.royalties_item)
hooks.register("register_log_actions", log_actions.register)
hooks.register("register_admin_viewset", editor.duty_page_viewsets, order=100)  # after the pages' own
hooks.register("register_admin_menu_item", acts.item)
hooks.register("register_admin_menu_item", reviews.item)
hooks.register("register_articles_menu_item", visits.item)
hooks.register("register_articles_menu_item", alike.topics_item)
hooks.register("register_articles_menu_item", alike.item)
hooks.register("after_create_page", alike_editor.warn)
hooks.register("after_edit_page", alike_editor.warn)
hooks.register("register_articles_menu_item", credits.overview_item)
hooks.register("register_admin_menu_item", credits.own_item)
hooks.register("register_admin_menu_item", credits.item)
hooks.register("construct_homepage_panels", own_articles.add_panel)
hooks.register("register_admin_menu_item", activity.item)
hooks.register("register_royalties_menu_item", grading.item)
hooks.register("register_royalties_menu_item", grading.percentages_item)
hooks.register("register_royalties_menu_item", budget.item)
hooks.register("register_admin_menu_item", notices.item)
hooks.register("register_admin_menu_item", past.item)
hooks.register("register_admin_menu_item", past.paid_item)
hooks.register("register_admin_menu_item", questions.item)
hooks.register("register_admin_menu_item", registers.item)
hooks.register("before_unpublish_page", registers.guard_unpublishing)
hooks.register("before_bulk_action", registers.guard_bulk)
ledger.register()
