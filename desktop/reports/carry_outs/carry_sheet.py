"""携行票 (K-09): what a caseworker takes along instead of a file. Whoever finds it learns neither who nor why.

Three households stand on a sheet: number and initials, boxes to tick, room to write. It is destroyed when the record is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from unicodedata import east_asian_width

from desktop.domain.carry_out_forms import CarrySheet, SheetItem
from desktop.domain.carry_outs import HOUSEHOLDS_A_SHEET
from desktop.reports.blocks import (
    BarCode,
    Beside,
    Cell,
    Grid,
    NewSheet,
    Said,
    Space,
    Title,
    Together,
    checks,
)
from desktop.reports.fonts import FontRole
from desktop.reports.form import FormKind
from desktop.reports.page import Style
from desktop.reports.setter import Block
from desktop.reports.type_styles import NAME, VALUE

_TICKS = Style(FontRole.GOTHIC, 8)
_WRITE, _LOW = 20.0, 7.0
#: Halves of a full-width character that stand beside each other in a row of boxes.
_TICKS_A_LINE = 104
_LABEL_WIDTH = 20.0
#: What one household takes; three of them and the head fill a sheet.
_ITEM = 68.0
_TIME = "　　　：　　　～　　　：　　　"


def _lay_out(sheet: CarrySheet) -> Iterator[Block]:
    yield Title(has_office=False)
    on = sheet.imprint.day(sheet.on)
    yield Beside(
        [
            Said(f"番号　{sheet.label}", NAME, label="番号"),
            Said(f"{on}　担当　{sheet.caseworker}", VALUE, label="担当"),
            Said(f"枚数　計 {sheet.sheets} 枚（用紙を含む）", VALUE, label="枚数"),
        ],
        [BarCode(sheet.digits, height=10)],
        share=0.6,
        height=24,
    )
    for place, item in enumerate(sheet.items):
        if place and place % HOUSEHOLDS_A_SHEET == 0:
            yield NewSheet()
        yield Together(_ITEM, tuple(_household(sheet, item, place + 1)))
        yield Space(2.5)
    yield Together(
        _LOW,
        [
            Grid(
                [
                    [
                        Cell("返却・廃棄", "□返却　□廃棄　　　月　　日", share=1.3, style=VALUE),
                        Cell("枚数", "　　　　枚", label_width=14),
                        Cell("確認（本人以外）", label_width=28),
                    ]
                ],
                label_width=_LABEL_WIDTH,
            )
        ],
    )


def _household(sheet: CarrySheet, item: SheetItem, place: int) -> Iterator[Block]:
    who = "　".join(filter(None, (item.case_number, item.initials)))
    where = [Cell("場所", item.place, label_width=12)] if item.place else []
    yield Grid(
        [
            [Cell(f"{place}", who, label_width=8, style=NAME), *where, Cell("時刻", _TIME)],
            [Cell("目的", _boxes(item.purposes), height=15, style=_TICKS)],
            [Cell("確認", _boxes((word, False) for word in item.checks), height=12, style=_TICKS)],
            [
                Cell("宿題", f"約束 {item.promises}件", share=0.8, style=VALUE),
                Cell("申告書", "□有　□無", share=0.8, style=VALUE),
                Cell("会った人", label_width=16),
            ],
            [Cell("メモ", height=_WRITE)],
            [Cell("結果", _boxes((code, False) for code in sheet.results), style=_TICKS)],
        ],
        label_width=14,
    )


def _boxes(options: Iterable[tuple[str, bool]]) -> str:
    """Boxes to tick in lines that end between two of them: a box at one line's end belongs to no word."""
    lines = [""]
    for option in options:
        box = checks([option])
        if lines[-1] and _width(lines[-1]) + _width(box) > _TICKS_A_LINE:
            lines.append(box)
        else:
            lines[-1] += f"　{box}" if lines[-1] else box
    return "\n".join(lines)


def _width(text: str) -> int:
    """Width in halves of a full-width character."""
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in text)


CARRY_SHEET: FormKind[CarrySheet] = FormKind(
    code="K-09",
    title="携行票",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda sheet: sheet.label,
)
