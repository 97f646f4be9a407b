"""The 廃棄簿 (D-01): which files go, until when they were kept, who made, checked, approved and carried out the list.

No names of persons stand on it: the paper outlives the files.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from desktop.domain.clock import japan_day
from desktop.domain.disposal import (
    STATE_LABELS,
    DisposalDecision,
    DisposalForm,
    DisposalItemRow,
    DisposalListRow,
    DisposalState,
)
from desktop.domain.forms import Stamp
from desktop.domain.imprint import Imprint
from desktop.domain.seals import hex_groups
from desktop.reports.blocks import (
    Beside,
    Cell,
    Column,
    Grid,
    Note,
    OfficeName,
    Said,
    Space,
    Stamps,
    Table,
    Title,
)
from desktop.reports.form import FormKind
from desktop.reports.page import Align
from desktop.reports.setter import Block
from desktop.reports.type_styles import HEADING

_STAMP = 22.0
_LABEL_WIDTH = 42.0
_ROW = 6.8
_GROUPS_A_LINE = 8
_NO_DAY = "－"
_COLUMNS = (
    Column("番号", 12, Align.RIGHT),
    Column("ケース番号", 36),
    Column("保存区分", 48),
    Column("保護開始", 26),
    Column("廃止", 26),
    Column("保存期限", 26),
)


def _lay_out(form: DisposalForm) -> Iterator[Block]:
    row = form.row
    yield Title(has_office=False)
    number = Said(_number(form), HEADING, label="番号")
    yield Beside([OfficeName(), number], [Stamps(tuple(_stamps(row)), side=_STAMP)], share=0.45)
    yield Space(2)
    yield Grid(
        [
            [Cell("作成日", form.imprint.day(row.as_of))],
            [Cell("状態", STATE_LABELS[row.state])],
            [Cell("世帯数", f"{len(row.items):,}世帯")],
            [Cell("内容の照合値", _hash(row), height=12)],
        ],
        label_width=_LABEL_WIDTH,
    )
    yield Note(form.imprint.say(DISPOSAL_LIST.code, "hash"))
    yield Space(3)
    cells = [_cells(form.imprint, n, item) for n, item in enumerate(row.items, start=1)]
    yield Table(_COLUMNS, cells, row=_ROW, head=_ROW)


def _number(form: DisposalForm) -> str:
    return f"第{form.row.number}号"


def _hash(row: DisposalListRow) -> str:
    groups = hex_groups(bytes.fromhex(row.content_hash)).split(" ")
    lines = [groups[i : i + _GROUPS_A_LINE] for i in range(0, len(groups), _GROUPS_A_LINE)]
    return "\n".join(" ".join(line) for line in lines)


def _cells(imprint: Imprint, number: int, item: DisposalItemRow) -> tuple[str, ...]:
    days = (item.protected_from, item.closed_on, item.kept_until)
    label = item.retention_label or item.retention_class
    return (f"{number:,}", item.case_number, label, *(_day(imprint, day) for day in days))


def _stamps(row: DisposalListRow) -> Iterator[Stamp]:
    """The four acts as the database has them; empty where one has not been done."""
    yield _stamp("作成", row.drawn_up_by, row.drawn_up_at)
    for number, label in ((1, "点検"), (2, "承認")):
        step = next(
            (
                s
                for s in row.steps
                if s.number == number and s.decision is DisposalDecision.APPROVED
            ),
            None,
        )
        yield _stamp(label, step.by if step else "", step.at if step else None)
    done = row.state is DisposalState.CARRIED_OUT
    yield _stamp("廃棄", row.closed_by if done else "", row.closed_at if done else None)


def _stamp(label: str, name: str, at: datetime | None) -> Stamp:
    return Stamp(position_label=label, name=name, stamped_on=japan_day(at) if at else None)


def _day(imprint: Imprint, day: date | None) -> str:
    return imprint.day(day, is_short=True) or _NO_DAY


DISPOSAL_LIST: FormKind[DisposalForm] = FormKind(
    code="D-01",
    title="廃棄簿",
    edition="第2版",
    lay_out=_lay_out,
    subject=_number,
)
