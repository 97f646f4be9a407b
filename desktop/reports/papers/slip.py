"""受付票・受領証 (U-01): the slip that stays with a paper, and the receipt for whoever brought it.

Each is half a sheet of A4. The receipt names no household and no kind of help: it may lie on a kitchen table.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from desktop.domain.clock import japan_day
from desktop.domain.imprint import Imprint
from desktop.domain.paper_slips import SLIP_PART, SlipForm, SlipPart
from desktop.domain.papers import PAPER_STATE, PaperState
from desktop.reports.blocks import (
    BarCode,
    Beside,
    Cell,
    Column,
    CutLine,
    Grid,
    Note,
    Said,
    Signature,
    Space,
    Table,
    Tag,
)
from desktop.reports.fonts import FontRole
from desktop.reports.form import FormKind
from desktop.reports.page import Style
from desktop.reports.paper_size import A4_HALF
from desktop.reports.setter import Block
from desktop.reports.type_styles import LABEL

_TITLE = Style(FontRole.BOLD, 18)
_NUMBER = Style(FontRole.BOLD, 30)
_LARGE = Style(FontRole.MINCHO, 12)
_ROW = 9.0
_LABEL_WIDTH = 40.0
_BY_HAND = 16.0
_REPRINT = "再発行"


def _lay_out(form: SlipForm) -> Iterator[Block]:
    yield Beside(tuple(_head(form)), [BarCode(form.slip.code, height=16)], share=0.6)
    yield from _receipt(form) if form.part is SlipPart.RECEIPT else _slip(form)
    if not form.is_beneath:
        yield CutLine(is_foot=True)


def _head(form: SlipForm) -> Iterator[Block]:
    title = form.imprint.label(PAPER_SLIP.code, SLIP_PART[form.part])
    yield Said("　".join(title), _TITLE, below=2)
    yield Said(form.imprint.label(PAPER_SLIP.code, "受領番号"), LABEL, below=0)
    number = Said(form.slip.label, _NUMBER, below=0)
    again = (Space(4), Tag(_REPRINT)) if form.is_reprint else ()
    yield Beside([number], again, share=0.55, height=0)


def _receipt(form: SlipForm) -> Iterator[Block]:
    """What the person takes home."""
    slip = form.slip
    name = Signature("", width=A4_HALF.room / 2, after="様")
    yield Beside([name], [], height=0)
    yield Said(_say(form, "thanks"), _LARGE, below=2)
    yield _rows(
        ("書類の種類", slip.kind_label),
        ("枚数", f"{slip.sheets:,}枚"),
        ("受け取った日", _day(form.imprint, slip.received_at)),
        ("受け取った者", f"{form.imprint.office_name}　{slip.received_by}"),
    )
    yield Note(_say(form, "ask"))


def _slip(form: SlipForm) -> Iterator[Block]:
    """What stays with the paper; a box for each state that is still to come, for a day and a stamp by hand."""
    slip = form.slip
    yield Space(2)
    yield _rows(
        ("書類の種類・枚数", f"{slip.kind_label}　{slip.sheets:,}枚"),
        ("ケース番号", slip.case_number),
        ("受領日・受領者", f"{_day(form.imprint, slip.received_at)}　{slip.received_by}"),
        ("担当", slip.owner or "未定"),
    )
    yield Space(4)
    states = [PAPER_STATE[state] for state in PaperState if state is not PaperState.RECEIVED]
    yield Table([Column(label, 1) for label in states], [], row=_BY_HAND, head=6, blank=1)
    yield Note(_say(form, "keep"))


def _rows(*rows: tuple[str, str]) -> Grid:
    cells = [[Cell(label, value, height=_ROW, style=_LARGE)] for label, value in rows]
    return Grid(cells, label_width=_LABEL_WIDTH)


def _say(form: SlipForm, name: str) -> str:
    return form.imprint.say(PAPER_SLIP.code, name)


def _day(imprint: Imprint, at: datetime) -> str:
    return imprint.day(japan_day(at))


PAPER_SLIP: FormKind[SlipForm] = FormKind(
    code="U-01",
    title="受付票・受領証",
    edition="第2版",
    lay_out=_lay_out,
    subject=lambda form: form.slip.label,
    paper=A4_HALF,
    is_beneath=lambda form: form.is_beneath,
)
