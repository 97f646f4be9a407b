"""Letters of guidance to the person: 指導指示書 (K-15) and 弁明通知書 (K-16). Complete on paper; no support group, no code of motivation."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.guidance_papers import HearingNotice, InstructionLetter
from desktop.reports.blocks import (
    Cell,
    Column,
    CutLine,
    Envelope,
    Grid,
    Heading,
    Letterhead,
    LongText,
    Said,
    Signature,
    Space,
    Table,
    Title,
    Together,
)
from desktop.reports.form import FormKind
from desktop.reports.setter import Block
from desktop.reports.type_styles import BODY

_LABEL = 34.0
_ROW = 9.0
#: Height of the receipt: it is cut off in one piece.
_RECEIPT = 42.0


def _letter(form: InstructionLetter) -> Iterator[Block]:
    imprint, code = form.imprint, INSTRUCTION_LETTER.code
    yield Envelope(form.postal_code, form.address, form.name)
    yield Letterhead(form.written_on, imprint.document_number)
    yield Title(has_office=False)
    yield Space(3)
    yield Said(imprint.say(code, "asking"), below=3)
    yield Table(
        [
            Column("番号", 1.2),
            Column("すること", 7),
            Column("期限", 3),
            Column("確認の方法", 4),
        ],
        [
            (str(item.number), item.action, imprint.day(item.due_on), item.measure)
            for item in form.items
        ],
        row=10.0,
    )
    yield Space(3)
    yield LongText("指導指示の理由", form.reason, lines=3, label_width=_LABEL)
    yield LongText("根拠の条文", form.articles, lines=1, label_width=_LABEL)
    yield LongText("受けられる支援", form.help, lines=2, label_width=_LABEL)
    yield LongText("問い合わせ先", form.contact, lines=1, label_width=_LABEL)
    yield Space(3)
    yield Heading("この文書について")
    for name in ("only", "reasons", "next", "hearing", "ask"):
        yield Said(imprint.say(code, name), bullet="・")
    yield Together(_RECEIPT, list(_receipt(form)))


def _receipt(form: InstructionLetter) -> Iterator[Block]:
    yield CutLine()
    yield Heading("受領書")
    yield Said(form.imprint.say(INSTRUCTION_LETTER.code, "receipt"), below=2)
    yield Signature("受け取った日・署名", width=110)


def _notice(form: HearingNotice) -> Iterator[Block]:
    imprint, code = form.imprint, HEARING_NOTICE.code
    yield Envelope(form.postal_code, form.address, form.name)
    yield Letterhead(form.written_on, imprint.document_number)
    yield Title(has_office=False)
    yield Space(3)
    yield Said(imprint.say(code, "asking"), below=3)
    yield Grid(
        [
            [Cell("弁明の日", imprint.day(form.hearing_on), height=_ROW, style=BODY)],
            [Cell("時刻", form.time, height=_ROW, style=BODY)],
            [Cell("場所", form.place, height=_ROW, style=BODY)],
        ],
        label_width=_LABEL,
    )
    yield Space(3)
    yield LongText("予定している処分", form.intended, lines=1, label_width=_LABEL)
    yield LongText("その理由", form.reason, lines=3, label_width=_LABEL)
    for number, item in enumerate(form.items):
        label = "履行されていない項目" if number == 0 else ""
        yield LongText(label, item, lines=1, label_width=_LABEL)
    yield LongText("問い合わせ先", form.contact, lines=1, label_width=_LABEL)
    yield Space(3)
    for name in ("statement", "helper", "papers", "absent", "other_day"):
        yield Said(imprint.say(code, name), bullet="・")


INSTRUCTION_LETTER: FormKind[InstructionLetter] = FormKind(
    code="K-15",
    title="指導指示書",
    edition="第1版",
    lay_out=_letter,
    subject=lambda form: form.case_number,
)
HEARING_NOTICE: FormKind[HearingNotice] = FormKind(
    code="K-16",
    title="弁明の機会の通知書",
    edition="第1版",
    lay_out=_notice,
    subject=lambda form: form.case_number,
)
