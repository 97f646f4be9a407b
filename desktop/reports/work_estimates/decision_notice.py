"""Notices of what was decided about an application: 就労活動促進費 (S-25D, month by month), 就労自立給付金 (S-26D) and 進学・就職準備給付金 (S-27D), granted or refused.

The decision is the benefit system's, as it was recorded here; no estimate stands on it. Without the office's notice of
appeal rights (教示) it comes out as a draft (案) alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from desktop.domain.work_estimates import yen
from desktop.domain.work_estimates_forms import DecisionNotice
from desktop.reports.blocks import (
    Cell,
    Envelope,
    Grid,
    Letterhead,
    LongText,
    Said,
    Space,
    Title,
    checks,
)
from desktop.reports.form import FormKind
from desktop.reports.setter import Block
from desktop.reports.type_styles import BODY

_ROW, _LABEL = 9.0, 38.0


def _lay_out(code: str) -> Callable[[DecisionNotice], Iterator[Block]]:
    def lay(notice: DecisionNotice) -> Iterator[Block]:
        imprint = notice.imprint
        yield Envelope(notice.postal_code, notice.address, notice.name)
        yield Letterhead(notice.written_on, imprint.document_number)
        yield Title(has_office=False)
        yield Space(3)
        yield Said(imprint.say(code, "refused" if notice.is_refused else "granted"), below=3)
        decided = checks(
            [("支給します", not notice.is_refused), ("支給しません（却下）", notice.is_refused)]
        )
        amount = "" if notice.amount is None else yen(notice.amount)
        yield Grid(
            [
                [_cell("申請した日", imprint.day(notice.asked_on))],
                [_cell("決定した日", imprint.day(notice.decided_on))],
                [_cell("決定の内容", decided)],
                [_cell("支給する額", amount)]
                if not notice.is_refused
                else [_cell("支給する額", "なし")],
                [_cell(_ABOUT[code], _about(code, notice))],
                *([[_cell("活動の確認", notice.counted)]] if notice.counted else []),
            ],
            label_width=_LABEL,
        )
        yield Space(3)
        yield LongText("決定の理由", notice.reason, lines=4, label_width=_LABEL, style=BODY)
        yield Space(3)
        yield LongText("教示", imprint.style.appeal, lines=5, label_width=_LABEL)
        yield Space(3)
        yield Grid(
            [[_cell("問い合わせ", "　".join(filter(None, (notice.contact, notice.phone))))]],
            label_width=_LABEL,
        )

    return lay


def _about(code: str, notice: DecisionNotice) -> str:
    imprint = notice.imprint
    return (imprint.month if code == _JOB_SEARCH else imprint.day)(notice.about_on)


def _cell(label: str, value: str) -> Cell:
    return Cell(label, value, height=_ROW, style=BODY)


_JOB_SEARCH, _INDEPENDENCE, _STUDY_OR_WORK = "S-25D", "S-26D", "S-27D"
#: What the day is that the application is about.
_ABOUT = {
    _JOB_SEARCH: "対象の月",
    _INDEPENDENCE: "保護が終わった日",
    _STUDY_OR_WORK: "入学・就職の日",
}
JOB_SEARCH_NOTICE: FormKind[DecisionNotice] = FormKind(
    code=_JOB_SEARCH,
    title="就労活動促進費決定通知書",
    edition="第1版",
    lay_out=_lay_out(_JOB_SEARCH),
    subject=lambda notice: notice.case_number,
)
INDEPENDENCE_NOTICE: FormKind[DecisionNotice] = FormKind(
    code=_INDEPENDENCE,
    title="就労自立給付金決定通知書",
    edition="第1版",
    lay_out=_lay_out(_INDEPENDENCE),
    subject=lambda notice: notice.case_number,
)
STUDY_OR_WORK_NOTICE: FormKind[DecisionNotice] = FormKind(
    code=_STUDY_OR_WORK,
    title="進学・就職準備給付金決定通知書",
    edition="第1版",
    lay_out=_lay_out(_STUDY_OR_WORK),
    subject=lambda notice: notice.case_number,
)
