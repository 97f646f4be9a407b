"""就労支援参加同意書 (S-08): signed by the person alone, and only where he or she agrees."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.support_plan_forms import ConsentLine, ConsentSheet
from desktop.domain.support_plans import CONSENT_MOVE, CONSENT_WAY
from desktop.reports.blocks import (
    Cell,
    Column,
    Grid,
    Heading,
    Note,
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
_RECORDED = (Column("支援事業と相手", 6), Column("共有する情報", 5), Column("本人の答え", 4))
_PROGRAMMES = (Column("支援事業", 5), Column("実施する者", 3), Column("内容", 7))


def _lay_out(sheet: ConsentSheet) -> Iterator[Block]:
    imprint, day = sheet.imprint, sheet.imprint.day
    code = CONSENT_SHEET.code
    yield Title(has_office=False)
    yield Said(f"{imprint.style.signatory or imprint.office_name}　{imprint.label(code, 'あて')}")
    yield Space(2)
    yield Grid(
        [
            [_cell("氏名", sheet.name), _cell("生年月日", day(sheet.birth_date))],
            [_cell("ケース番号", sheet.case_number)],
            [_cell("期間", f"{day(sheet.starts_on)} から {day(sheet.ends_on)} まで")],
        ],
        label_width=_LABEL,
    )
    yield Space(3)
    yield Said(imprint.say(code, "asking"), below=2)
    yield Table(
        _PROGRAMMES,
        [(each.label, each.carrier, each.note) for each in sheet.programmes],
        row=9.0,
        blank=0 if sheet.programmes else 2,
    )
    yield Space(3)
    yield Heading("情報の共有")
    yield Said(imprint.say(code, "sharing"), below=2)
    if sheet.recorded:
        yield Heading("これまでの本人の答え")
        yield Table(_RECORDED, [_said(sheet, line) for line in sheet.recorded])
        yield Space(3)
    yield Heading("同意の撤回")
    yield Said(imprint.say(code, "rights"), below=2)
    yield Grid(
        [
            [_cell("説明した職員", sheet.caseworker), _cell("電話", sheet.phone)],
            [_cell("問い合わせ先", sheet.contact)],
        ],
        label_width=_LABEL,
    )
    yield Note(imprint.say(code, "check"))
    yield Signature("署名")


def _said(sheet: ConsentSheet, line: ConsentLine) -> tuple[str, str, str]:
    matter = f"{line.partner}への情報共有" if line.partner else "事業への参加"
    day = sheet.imprint.day(line.said_on, is_short=True)
    answer = f"{CONSENT_MOVE[line.move]}　{day}\n{CONSENT_WAY[line.way]}"
    return f"{line.programme}\n{matter}", line.shared, answer


def _cell(label: str, value: str) -> Cell:
    return Cell(label, value, height=_ROW, style=BODY)


CONSENT_SHEET: FormKind[ConsentSheet] = FormKind(
    code="S-08",
    title="支援事業参加同意書",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda sheet: sheet.case_number,
)
