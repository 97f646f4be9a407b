"""病状照会書・回答書 (S-07): the office's questions to a doctor, and a sheet for the answers in the doctor's own words."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.medical_forms import EnquirySheet
from desktop.reports.blocks import (
    Envelope,
    Grid,
    Heading,
    Letterhead,
    LongText,
    NewSheet,
    Note,
    Said,
    Signature,
    Space,
    Title,
)
from desktop.reports.form import FormKind
from desktop.reports.medical.parts import LABEL, answer_rows, cell, contact_grid
from desktop.reports.setter import Block


def _lay_out(sheet: EnquirySheet) -> Iterator[Block]:
    say, day = sheet.imprint.say, sheet.imprint.day
    to = "　".join(filter(None, (sheet.institution, sheet.doctor)))
    yield Envelope("", "", to, "先生" if sheet.doctor else "御中")
    yield Letterhead(sheet.written_on)
    yield Title(has_office=False, text="病状照会書")
    yield Said(say(ENQUIRY_SHEET.code, "asking"), below=3)
    yield Grid(
        [
            [cell("お名前", sheet.name), cell("生年月日", day(sheet.birth_date))],
            [cell("回答の期限", day(sheet.reply_by))],
        ],
        label_width=LABEL,
    )
    yield Heading("お聞きしたいこと")
    for number, question in enumerate(sheet.questions, start=1):
        yield Said(question.label, bullet=f"{number}　")
    yield Space(2)
    yield Heading("本人の同意")
    yield Said(sheet.consent, below=2)
    yield Said(say(ENQUIRY_SHEET.code, "use"), bullet="・", below=3)
    yield contact_grid(sheet.contact, sheet.caseworker, sheet.phone)
    yield from _answers(sheet)


def _answers(sheet: EnquirySheet) -> Iterator[Block]:
    """A sheet of its own to be sent back."""
    yield NewSheet()
    yield Title(has_office=False, text="回答書")
    yield Said(sheet.imprint.say(ENQUIRY_SHEET.code, "answering"), below=3)
    yield Grid(
        [[cell("お名前", sheet.name), cell("ケース番号", sheet.case_number)]], label_width=LABEL
    )
    yield Space(2)
    yield from answer_rows(sheet.questions, gap=0.8)
    yield LongText("そのほか", lines=2, label_width=18.0)
    yield Note(sheet.imprint.say(ENQUIRY_SHEET.code, "as_given"))
    yield Grid([[cell("医療機関", ""), cell("記入した日", "")]], label_width=LABEL)
    yield Signature("医師の署名")


ENQUIRY_SHEET: FormKind[EnquirySheet] = FormKind(
    code="S-07",
    title="病状照会書・回答書",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda sheet: sheet.case_number,
)
