"""検診命令書・検診書・検診料請求書 (K-18): the order for the person, then a sheet each for the doctor's findings and fee.

What was tried otherwise stays in the file; no group and no motivation stands on any sheet.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.medical_forms import OrderSet
from desktop.reports.blocks import (
    Envelope,
    Grid,
    Letterhead,
    LongText,
    NewSheet,
    Note,
    Said,
    Signature,
    Space,
    Title,
    checks,
)
from desktop.reports.form import FormKind
from desktop.reports.medical.parts import LABEL, answer_rows, cell, contact_grid
from desktop.reports.setter import Block


def _lay_out(form: OrderSet) -> Iterator[Block]:
    day = form.imprint.day
    yield Envelope(form.postal_code, form.address, form.name)
    yield Letterhead(form.written_on, form.imprint.document_number)
    yield Title(has_office=False, text="検診命令書")
    yield Space(2)
    yield Said(_say(form, "order"), below=3)
    yield LongText("検診を受ける理由", form.reason, lines=3, label_width=LABEL)
    yield Grid(
        [
            [cell("検診を受けるところ", form.institution), cell("診療科", form.department)],
            [cell("場所", form.place)],
            [cell("受ける期限", day(form.due_on)), cell("持ち物", form.bring)],
            [cell("検査など", form.items)],
        ],
        label_width=LABEL,
    )
    yield Space(2)
    for name in ("fee", "cannot", "not_obeyed"):
        yield Said(_say(form, name), bullet="・")
    yield contact_grid(form.contact, form.caseworker, form.phone)
    if form.imprint.style.appeal:
        yield Note(form.imprint.style.appeal)
    yield from _findings(form)
    yield from _fee(form)


def _findings(form: OrderSet) -> Iterator[Block]:
    yield NewSheet()
    yield Title(has_office=False, text="検診書")
    yield Said(_say(form, "findings"), below=3)
    yield from _whose(form)
    yield Grid([[cell("検査など", form.items)]], label_width=LABEL)
    for label in ("病名", "症状・所見"):
        yield LongText(label, lines=2, label_width=LABEL)
    able = checks((word, False) for word in ("可", "軽労働", "不可"))
    yield Grid([[cell("稼働能力", able), cell("その期間", "")]], label_width=LABEL)
    yield Space(2)
    yield from answer_rows(form.questions, lines=1, gap=1.0)
    yield Grid([[cell("医療機関", ""), cell("検診した日", "")]], label_width=LABEL)
    yield Signature("医師の署名")


def _fee(form: OrderSet) -> Iterator[Block]:
    yield NewSheet()
    yield Title(has_office=False, text="検診料請求書")
    yield Said(_say(form, "fee_claim"), below=3)
    yield from _whose(form)
    yield Grid(
        [
            [cell("請求額", "　　　　　　　　円")],
            [cell("内訳", "")],
            [cell("検診した日", ""), cell("請求する日", "")],
            [cell("振込先", "")],
            [cell("医療機関の名称・所在地", "")],
        ],
        label_width=LABEL,
    )
    yield Signature("医療機関の代表者")


def _whose(form: OrderSet) -> Iterator[Block]:
    yield Grid(
        [
            [cell("お名前", form.name), cell("生年月日", form.imprint.day(form.birth_date))],
            [cell("ケース番号", form.case_number)],
        ],
        label_width=LABEL,
    )
    yield Space(2)


def _say(form: OrderSet, name: str) -> str:
    return form.imprint.say(ORDER_SET.code, name)


ORDER_SET: FormKind[OrderSet] = FormKind(
    code="K-18",
    title="検診命令書・検診書・検診料請求書",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda form: form.case_number,
)
