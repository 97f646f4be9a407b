"""手取り試算 (S-36): what remains in hand of the pay, line by line, for the person to take along.

It says 試算 in large letters and that the decision is another paper. It carries no group, no motivation and no case
number beside the footer's.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.work_estimates import EstimateLine, UsedParameter, yen
from desktop.domain.work_estimates_forms import HandSheet
from desktop.reports.blocks import Cell, Column, Grid, Heading, Note, Said, Space, Table, Tag, Title
from desktop.reports.fonts import FontRole
from desktop.reports.form import FormKind
from desktop.reports.page import Align, Style
from desktop.reports.setter import Block
from desktop.reports.type_styles import BODY

_TEXT = Style(FontRole.GOTHIC, 11)
_SMALL = Style(FontRole.GOTHIC, 8.5)
_ROW = 7.6
_LINES = (
    Column("項目", 45, Align.LEFT, _TEXT),
    Column("計算", 95, Align.LEFT, _TEXT),
    Column("金額", 30, Align.RIGHT, _TEXT),
)
_USED = (
    Column("使った値", 58, Align.LEFT, _SMALL),
    Column("内容", 46, Align.LEFT, _SMALL),
    Column("いつから", 24, Align.LEFT, _SMALL),
    Column("出典", 42, Align.LEFT, _SMALL),
)
_UNCONFIRMED = "【未確認】"


def _lay_out(sheet: HandSheet) -> Iterator[Block]:
    imprint, estimate = sheet.imprint, sheet.estimate
    yield Title()
    yield Tag("試算", width=40, height=12)
    yield Space(3)
    yield Grid(
        [
            [Cell("お名前", sheet.name, height=_ROW, style=BODY)],
            [Cell("対象の月", imprint.month(sheet.month), height=_ROW, style=BODY)],
            [
                Cell("働いた収入", yen(sheet.gross), height=_ROW, style=BODY),
                Cell("手元に残る額", _amount(estimate.amount), height=_ROW, style=BODY),
            ],
        ],
        label_width=34,
    )
    yield Space(4)
    yield Said(imprint.say(HAND_SHEET.code, "intro"), below=3)
    for refusal in estimate.refusals:
        yield Said(refusal, below=3)
    yield Table(
        _LINES, [_line(line) for line in estimate.lines], row=_ROW, empty="計算できません。"
    )
    yield Space(2)
    for name in ("decision", "declare", "ask"):
        yield Said(imprint.say(HAND_SHEET.code, name), bullet="・")
    yield Space(2)
    yield Grid(
        [
            [Cell("担当", "　".join(filter(None, (sheet.contact, sheet.caseworker))), height=_ROW)],
            [Cell("電話", sheet.phone, height=_ROW)],
        ],
        label_width=34,
    )
    yield Space(2)
    yield Heading("計算に使った値")
    yield Table(_USED, [_used(sheet, each) for each in estimate.used], row=5.5, empty="なし")
    yield Note(f"{estimate.version}　{imprint.day(estimate.on)}の値による試算")


def _amount(amount: int | None) -> str:
    return "計算できません" if amount is None else yen(amount)


def _line(line: EstimateLine) -> tuple[str, str, str]:
    return line.label, line.formula, "" if line.amount is None else yen(line.amount)


def _used(sheet: HandSheet, each: UsedParameter) -> tuple[str, str, str, str]:
    mark = "" if each.confirmed else _UNCONFIRMED
    since = sheet.imprint.day(each.valid_from, is_short=True)
    return f"{mark}{each.label}", each.value, since, each.source


HAND_SHEET: FormKind[HandSheet] = FormKind(
    code="S-36",
    title="手取り試算",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda sheet: sheet.case_number,
)
