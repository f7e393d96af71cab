"""Bundles of rights, named by what they let people do; `plan` says which role holds which."""

from __future__ import annotations

# Wagtail asks its own models' rights, whatever our image and document models are called.
MEDIA_WRITE = (
    "wagtailimages.add_image",
    "wagtailimages.change_image",
    "wagtailimages.choose_image",
    "wagtaildocs.add_document",
    "wagtaildocs.change_document",
    "wagtaildocs.choose_document",
)
MEDIA_ADD = (
    "wagtailimages.add_image",
    "wagtailimages.choose_image",
    "wagtaildocs.add_document",
    "wagtaildocs.choose_document",
)

SEE_DUTIES = ("compliance.view_findingrecord",)
SEE_LETTERS = ("compliance.view_outgoingmail", "compliance.view_reminderstep")
SEE_COUNTS = ("sitepages.view_contribution",)
SEE_VISITS = ("sitepages.view_dailyvisits",)
#: Visits counted elsewhere, entered by hand.
KEEP_VISITS = (
    "sitepages.view_reportedvisits",
    "sitepages.add_reportedvisits",
    "sitepages.change_reportedvisits",
    "sitepages.delete_reportedvisits",
)
#: Who may be credited, and how much each office owes: the board's own lists.
KEEP_CREDITS = (
    "sitepages.view_contributor",
    "sitepages.add_contributor",
    "sitepages.change_contributor",
    "compliance.view_quota",
    "compliance.add_quota",
    "compliance.change_quota",
)
#: Words to everybody at the top of every page of one's portal.
KEEP_NOTICES = (
    "sitepages.view_notice",
    "sitepages.add_notice",
    "sitepages.change_notice",
    "sitepages.delete_notice",
)
#: The year's money by line, and what was spent of it.
SEE_BUDGET = ("compliance.view_royaltybudget", "compliance.view_spending")
#: A grade is proposed by one person ("change") and approved by another.
PROPOSE_GRADES = ("compliance.view_articlegrade", "compliance.change_articlegrade")
APPROVE_GRADES = ("compliance.approve_articlegrade",)
SEE_MONEY = (
    "compliance.view_payperiod",
    "compliance.view_royaltyentry",
    "compliance.view_royaltyrate",
    "compliance.view_remunerationterm",
    "compliance.view_remunerationentry",
    "compliance.view_payment",
    "compliance.view_ratemodifier",
)
KEEP_MONEY = (
    "compliance.add_remunerationterm",
    "compliance.change_remunerationterm",
    "compliance.add_payment",
    "compliance.change_payment",
    "compliance.add_payperiod",
    "compliance.change_payperiod",
    "compliance.add_royaltyrate",
    "compliance.change_royaltyrate",
    "compliance.add_royaltybudget",
    "compliance.change_royaltybudget",
    "compliance.add_ratemodifier",
    "compliance.change_ratemodifier",
    "compliance.add_spending",
    *SEE_BUDGET,
)

#: Tax codes, accounts and citizen numbers: for the accountant of the portal itself, for nobody above it.
KEEP_PAYEES = (
    "compliance.view_payee",
    "compliance.add_payee",
    "compliance.change_payee",
    "compliance.view_payeereading",
)

#: National data: opens the table only where it is held on the main portal.
KEEP_SALARIES = ("compliance.view_basesalary", "compliance.add_basesalary", "compliance.change_basesalary")

#: Articles alike: see the pairs, say that one is not counted or that a pair is no duplicate.
SEE_ALIKE = ("compliance.view_alikepair", "compliance.view_countexclusion")
JUDGE_ALIKE = ("compliance.change_alikepair", "compliance.change_countexclusion")

#: A unit's word about its own duties, and what others decided about them.
SEE_STATEMENTS = (
    "compliance.view_declaration",
    "compliance.view_waiver",
    "compliance.view_recheckitem",
)
DECLARE = ("compliance.add_declaration", "compliance.change_declaration")
#: To excuse a unit is for those above it, never for the unit itself.
EXCUSE = ("compliance.add_waiver", "compliance.change_waiver")
CHECK_AGAIN = ("compliance.change_recheckitem",)

#: Rules of this installation: these open them only where they are held on the main portal.
SEE_LOCAL_RULES = ("compliance.view_localrule", "compliance.view_calendarday")
KEEP_LOCAL_RULES = (
    "compliance.add_localrule",
    "compliance.change_localrule",
    "compliance.delete_localrule",
    "compliance.add_calendarday",
    "compliance.change_calendarday",
    "compliance.delete_calendarday",
)

#: Reviews belong to the whole installation: these too open them only where they are held on the main portal.
KEEP_REVIEWS = (
    "compliance.view_review",
    "compliance.add_review",
    "compliance.change_review",
    "compliance.close_review",
)
#: A unit's own column of a review: see it, mark oneself, object.
ANSWER_REVIEWS = ("compliance.view_reviewmark", "compliance.change_reviewmark", "compliance.add_objection")
#: Portals hosted elsewhere: national data likewise.
SEE_PROBES = ("compliance.view_probetarget",)
KEEP_PROBES = (*SEE_PROBES, "compliance.add_probetarget", "compliance.change_probetarget")

#: Comments on drafts: read, cut and published by the board of the draft's own portal.
KEEP_COMMENTS = ("sitepages.view_consultationcomment", "sitepages.change_consultationcomment")

#: Activity reports: who may see reads issued ones; who may change them reads drafts as well.
SEE_REPORTS = ("compliance.view_activityreport",)
KEEP_REPORTS = (
    *SEE_REPORTS,
    "compliance.add_activityreport",
    "compliance.change_activityreport",
    "compliance.issue_activityreport",
    "compliance.view_reportsubscription",
    "compliance.add_reportsubscription",
    "compliance.change_reportsubscription",
    "compliance.delete_reportsubscription",
)
#: Bring in articles, numbers and payments from before the system; one's own imports are seen with them.
IMPORT_PAST = ("compliance.view_importjob", "compliance.add_importjob", "compliance.change_importjob")
SEE_PAST_PAYMENTS = ("compliance.view_pastpayment",)

#: Questions of citizens: the unit's own alone. What one drafts another approves.
ANSWER_QUESTIONS = (
    "compliance.view_question",
    "compliance.change_question",
    "compliance.view_questionnotice",
)
APPROVE_QUESTIONS = (
    "compliance.approve_question",
    "compliance.view_questionreading",
    "compliance.add_questionnotice",
    "compliance.change_questionnotice",
)
