"""What the log calls the steps of duties and money."""

from django.utils.translation import gettext_lazy as _

ACTIONS = (
    ("compliance.open_period", _("Open pay period"), _("Opened the period")),
    ("compliance.refresh_period", _("Compute pay period"), _("Computed the lines anew")),
    ("compliance.approve_period", _("Approve pay period"), _("Approved the lines")),
    ("compliance.close_period", _("Close pay period"), _("Closed the period")),
    ("compliance.pay_period", _("Pay period"), _("Marked the period as paid")),
    ("compliance.reverse_article", _("Reverse payment"), _("Took back the payment of an article")),
    ("compliance.grade", _("Grade article"), _("Changed the coefficient")),
    ("compliance.declare", _("Declare that nothing arose"), _("Declared that nothing arose")),
    ("compliance.waive", _("Grant waiver"), _("Recorded a waiver")),
    ("compliance.withdraw", _("Take back"), _("Took the statement back")),
    ("compliance.draw_recheck", _("Draw for a second look"), _("Drew the confirmation to be checked again")),
    ("compliance.settle_recheck", _("Check again"), _("Checked the confirmation again")),
    ("compliance.set_rule", _("Set local rule"), _("Set a local rule")),
    ("compliance.change_rule", _("Change local rule"), _("Changed a local rule before it began")),
    ("compliance.end_rule", _("End local rule"), _("Gave the local rule its last day")),
    ("compliance.remove_rule", _("Remove local rule"), _("Removed a local rule before it began")),
    ("compliance.add_day", _("Add calendar day"), _("Added a day to the calendar")),
    ("compliance.remove_day", _("Remove calendar day"), _("Removed a day from the calendar before it came")),
    ("compliance.open_review", _("Open review"), _("Opened the review")),
    ("compliance.edit_review", _("Edit review"), _("Changed the settings of the review")),
    ("compliance.review_units", _("Choose units"), _("Changed the units under review")),
    ("compliance.import_review", _("Import review"), _("Imported marks from a file")),
    ("compliance.mark_review", _("Mark review"), _("Marked sections")),
    ("compliance.self_mark", _("Own marks"), _("Marked the own unit")),
    ("compliance.machine_marks", _("Machine marks"), _("Took the marks of the machine")),
    (
        "compliance.accept_machine",
        _("Accept machine marks"),
        _("Made marks of the machine the verifier's"),
    ),
    ("compliance.close_review", _("Close review"), _("Closed the review and froze its scores")),
    ("compliance.object", _("Object"), _("Objected to a mark")),
    ("compliance.answer_objection", _("Answer objection"), _("Answered an objection")),
    ("compliance.retry_mail", _("Try letter again"), _("Had the letter tried again")),
    ("compliance.issue_feed", _("Make calendar link"), _("Made a calendar link")),
    ("compliance.revoke_feed", _("Stop calendar link"), _("Stopped the calendar link")),
    ("compliance.import_past", _("Import the past"), _("Imported a file from before the system")),
    ("compliance.undo_past", _("Take import back"), _("Took an import back")),
    ("sitepages.confirm", _("Confirm page"), _("Confirmed the page as still correct")),
)


def register(actions: object) -> None:
    """Hook body: name every action for the log."""
    for action, label, message in ACTIONS:
        actions.register_action(action, label, message)  # type: ignore[attr-defined]
