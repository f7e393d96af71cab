"""A draft of the report that the district's board really wrote in July 2021."""

from __future__ import annotations

import datetime

from django.contrib.auth import get_user_model
from django.utils import timezone

from compliance.models import ActivityReport, ReportSubscription
from compliance.queries.activity import activity
from compliance.reports.activity_begin import first_letter, first_text
from compliance.rules.stretches import Stretch
from compliance.services.activity import start_report
from sitepages.models import Authority

DAYS = Stretch(datetime.date(2021, 1, 1), datetime.date(2021, 6, 30))
DATED = datetime.date(2021, 7, 29)
_LETTER = {
    "number": "01/BC-BBT",
    "dated_on": DATED,
    "signing_authority": "KT. TRƯỞNG BAN",
    "signer_position": "PHÓ TRƯỞNG BAN THƯỜNG TRỰC",
    "signer_name": "Trịnh Thu Hà",
    "basis": "Căn cứ Quyết định số 93/QĐ-UBND ngày 15/01/2019 của Ủy ban nhân dân huyện Đak Đoa về việc "
    "kiện toàn Ban Biên tập, Tổ Thư ký Trang thông tin điện tử huyện.",
}


def load_report(district: Authority) -> ActivityReport:
    """The draft, and a regular report of each quarter for the board."""
    board = get_user_model().objects.get(username="bientap1")
    letter = {**first_letter(district), **_LETTER}
    data = activity(district, DAYS, on=DATED, today=timezone.localdate())
    report = start_report(
        district, DAYS, letter=letter, parts=first_text(data, letter), user=board, now=timezone.now()
    )
    every = ReportSubscription.objects.create(
        authority=district, every=ReportSubscription.Every.QUARTER, day=5, since=timezone.localdate()
    )
    every.recipients.add(board)
    return report
