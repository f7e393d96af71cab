"""Registers what the pages add to the admin."""

from wagtail import hooks

from sitepages.admin import chooser, credits, editor, files_only, guards, links, translations
from sitepages.admin.listings import ArticleListing
from sitepages.admin.sending import access as sending_access
from sitepages.admin.sending import guards as sending_guards
from sitepages.admin.sending import menu as sending
from sitepages.visits import seen

hooks.register("before_delete_page", guards.refuse_deletion)
hooks.register("before_move_page", guards.refuse_move)
hooks.register("before_bulk_action", guards.refuse_bulk_deletion)
hooks.register("after_copy_page", guards.remember_originals)
hooks.register("before_publish_page", guards.refuse_own_publication)
hooks.register("before_edit_page", editor.say_who_approves)
hooks.register("before_edit_page", translations.hint_older_translation)
hooks.register("register_rich_text_features", links.register, order=100)  # after Wagtail's own
hooks.register("after_create_page", credits.warn_of_ended_offices)
hooks.register("after_edit_page", credits.warn_of_ended_offices)
hooks.register("after_create_page", files_only.warn)
hooks.register("after_edit_page", files_only.warn)
hooks.register("construct_page_chooser_queryset", chooser.only_what_may_be_seen)
hooks.register("register_admin_viewset", editor.page_viewsets)
hooks.register("construct_page_action_menu", guards.only_through_approval)
hooks.register("construct_settings_menu", guards.hide_redirects)
hooks.register("register_admin_viewset", lambda: ArticleListing("articles"))
hooks.register("on_serve_page", seen.note_page, order=1000)  # innermost: after every lock on a page
hooks.register("register_admin_urls", sending.urls)
hooks.register("register_log_actions", sending.log_actions)
hooks.register("register_page_header_buttons", sending_access.buttons)
hooks.register("before_edit_page", sending_guards.show_origin, order=-10)
hooks.register("before_delete_page", sending_guards.refuse_change, order=-10)
hooks.register("before_move_page", sending_guards.refuse_change, order=-10)
hooks.register("before_unpublish_page", sending_guards.refuse_change, order=-10)
hooks.register("before_copy_page", sending_guards.refuse_change, order=-10)
hooks.register("before_convert_alias_page", sending_guards.refuse_change, order=-10)
hooks.register("before_bulk_action", sending_guards.refuse_bulk_change, order=-10)
hooks.register("after_unpublish_page", sending_guards.tell_of_copies)
