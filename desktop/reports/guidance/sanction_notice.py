"""保護変更・停止・廃止決定通知書 (S-32): the decision, its first day, its reason with facts, the article, and how to appeal.

It comes out as a draft (案) until two people decided and the office entered its notice of appeal rights (教示). No support
group and no code of motivation stands on it.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.guidance import OUTCOME, Outcome
from desktop.domain.guidance_papers import Sanction, SanctionNotice
from desktop.reports.blocks import (
    Cell,
    Envelope,
    Grid,
    Letterhead,
    LongText,
    Said,
    Space,
    Title,
)
from desktop.reports.form import FormKind
from desktop.reports.setter import Block
from desktop.reports.type_styles import BODY

_LABEL, _ROW = 38.0, 9.0


def _lay_out(notice: SanctionNotice) -> Iterator[Block]:
    imprint, code = notice.imprint, SANCTION_NOTICE.code
    said = OUTCOME[Outcome(notice.decision)]
    yield Envelope(notice.postal_code, notice.address, notice.name)
    yield Letterhead(notice.written_on, imprint.document_number)
    yield Title(has_office=False, text=f"保護{said}決定通知書")
    yield Space(3)
    yield Said(imprint.say(code, notice.decision.value), below=3)
    yield Grid(
        [
            [_cell("決定の内容", f"保護の{said}")],
            [_cell("決定した日", imprint.day(notice.decided_on))],
            [_cell("いつから", imprint.day(notice.begins_on))],
            [_cell("根拠の条文", imprint.say(code, "articles"))],
        ],
        label_width=_LABEL,
    )
    yield Space(3)
    yield LongText("決定の理由（事実）", notice.reason, lines=4, label_width=_LABEL, style=BODY)
    letter = f"{imprint.day(notice.instructed_on)}の" if notice.instructed_on else ""
    for number, item in enumerate(notice.items):
        label = f"従わなかった指示（{letter}指導指示書）" if number == 0 else ""
        yield LongText(label, item, lines=1, label_width=_LABEL)
    yield LongText("弁明の機会", notice.heard, lines=1, label_width=_LABEL)
    yield Space(3)
    yield LongText("教示", imprint.style.appeal, lines=5, label_width=_LABEL)
    yield Space(3)
    if notice.decision is Sanction.SUSPEND:
        yield Said(imprint.say(code, "resume"), bullet="・")
    yield Said(imprint.say(code, "trouble"), bullet="・")
    yield Space(2)
    yield Grid([[_cell("問い合わせ", notice.contact)]], label_width=_LABEL)


def _cell(label: str, value: str) -> Cell:
    return Cell(label, value, height=_ROW, style=BODY)


SANCTION_NOTICE: FormKind[SanctionNotice] = FormKind(
    code="S-32",
    title="保護変更・停止・廃止決定通知書",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda notice: notice.case_number,
)
