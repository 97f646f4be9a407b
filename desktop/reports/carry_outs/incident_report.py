"""漏えい等事案報告 (K-29): what happened, whom it concerns, what was done, and until when the law wants to be told.

The items are those of the report to the commission (個人情報の保護に関する法律施行規則8条1項).
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.carry_out_forms import IncidentReport
from desktop.domain.clock import JAPAN
from desktop.domain.forms import Stamp
from desktop.domain.leaks import INCIDENT_TEXTS
from desktop.reports.blocks import (
    Beside,
    Cell,
    Grid,
    LongText,
    Note,
    OfficeName,
    Space,
    Stamps,
    Title,
    checks,
)
from desktop.reports.form import FormKind
from desktop.reports.setter import Block

_LABEL_WIDTH = 40.0
_LINES = {"summary": 4, "harm": 2, "publication": 2, "remark": 2}


def _lay_out(report: IncidentReport) -> Iterator[Block]:
    imprint, incident = report.imprint, report.incident
    given = incident.given
    yield Title(has_office=False)
    stamps = [Stamp(position_label=label, name="", stamped_on=None) for label in report.stamps]
    yield Beside([OfficeName()], [Stamps(stamps)], share=0.55)
    yield Space(2)
    at = given.found_at.astimezone(JAPAN)
    written = imprint.day(incident.reported_at.astimezone(JAPAN).date())
    is_needed = [("要", given.is_reportable), ("不要", not given.is_reportable)]
    is_meant = [("あり", given.is_malicious), ("なし", not given.is_malicious)]
    yield Grid(
        [
            [Cell("報告者", incident.reported_by), Cell("報告日", written)],
            [
                Cell("発覚日時", f"{imprint.day(at.date())} {at:%H:%M}"),
                Cell("持出しの番号", incident.carry_label or "－"),
            ],
            [
                Cell("本人の数", f"{given.persons:,}人"),
                Cell("不正の目的のおそれ", checks(is_meant)),
            ],
            [Cell("委員会への報告", checks(is_needed))],
            [
                Cell("速報の期限", imprint.day(incident.quick_due_on)),
                Cell("速報した日", imprint.day(given.quick_reported_on)),
            ],
            [
                Cell("確報の期限", imprint.day(incident.full_due_on)),
                Cell("確報した日", imprint.day(given.full_reported_on)),
            ],
        ],
        label_width=_LABEL_WIDTH - 6,
    )
    yield Space(3)
    for name, label in INCIDENT_TEXTS:
        yield LongText(label, getattr(given, name), lines=_LINES.get(name, 3), label_width=46)
    yield Note(imprint.say(INCIDENT_REPORT.code, "terms"))


INCIDENT_REPORT: FormKind[IncidentReport] = FormKind(
    code="K-29",
    title="漏えい等事案報告書",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda report: report.incident.carry_label,
)
