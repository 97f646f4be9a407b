"""自立活動確認書 (S-12): agreed activities and the office's help, month by month. Not a contract; signed only where agreed."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.support_plan_forms import ConfirmationSheet
from desktop.reports.blocks import (
    Cell,
    Column,
    Grid,
    Heading,
    LongText,
    Said,
    Signature,
    Space,
    Table,
    Title,
)
from desktop.reports.form import FormKind
from desktop.reports.setter import Block
from desktop.reports.type_styles import BODY

_ROW, _LABEL = 9.0, 34.0
_MONTHS = (Column("月", 3), Column("したこと（日・内容）", 8), Column("一緒に確かめた日", 4))


def _lay_out(sheet: ConfirmationSheet) -> Iterator[Block]:
    imprint, day = sheet.imprint, sheet.imprint.day
    code = CONFIRMATION_SHEET.code
    yield Title()
    yield Said(imprint.say(code, "asking"), below=2)
    yield Grid(
        [
            [_cell("氏名", sheet.name), _cell("生年月日", day(sheet.birth_date))],
            [_cell("ケース番号", sheet.case_number), _cell("見直しの日", day(sheet.review_on))],
            [_cell("期間", f"{day(sheet.starts_on)} から {day(sheet.ends_on)} まで")],
        ],
        label_width=_LABEL,
    )
    yield Space(2)
    yield LongText("めざすこと", sheet.long_goal, lines=2, label_width=_LABEL)
    yield Space(2)
    yield Heading("本人が取り組むこと")
    for each in sheet.activities:
        yield Said(each, bullet="・")
    yield Space(2)
    yield Heading("福祉事務所などが手伝うこと")
    for each in sheet.help:
        yield Said(each, bullet="・")
    yield Space(2)
    yield Said(imprint.say(code, "monthly"), below=2)
    yield Table(_MONTHS, [(imprint.month(month), "", "") for month in sheet.months], row=12.0)
    yield Space(2)
    yield Said(imprint.say(code, "rights"), below=2)
    yield Grid(
        [
            [_cell("担当", sheet.caseworker), _cell("電話", sheet.phone)],
            [_cell("問い合わせ先", sheet.contact)],
        ],
        label_width=_LABEL,
    )
    yield Signature("本人の署名")
    yield Signature("福祉事務所の署名")


def _cell(label: str, value: str) -> Cell:
    return Cell(label, value, height=_ROW, style=BODY)


CONFIRMATION_SHEET: FormKind[ConfirmationSheet] = FormKind(
    code="S-12",
    title="自立活動確認書",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda sheet: sheet.case_number,
)
