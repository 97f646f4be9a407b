"""手引 (H-01): one card of the help on paper, as the office has it; nothing of a household stands on it."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.help_cards import CARD_KINDS
from desktop.domain.help_forms import CardLine, CardSheet, LineKind
from desktop.reports.blocks import Cell, Column, Grid, Heading, Note, Said, Space, Table, Tag, Title
from desktop.reports.form import FormKind
from desktop.reports.page import Align
from desktop.reports.setter import Block

_CODE = "H-01"
_LEVEL, _DEEPEST = 5.0, 4
_ROW = 6.6
#: A sheet has room for so many columns; a wider table is set row by row.
_MOST_COLUMNS = 8
_LONGEST_HEAD = 10
_TASKS = (
    Column("済", 10, Align.CENTRE),
    Column("いつまで（できごとから）", 42),
    Column("すること", 122),
)


def _lay_out(form: CardSheet) -> Iterator[Block]:
    yield Title()
    if not form.is_own and not form.is_checked:
        yield Tag("未確認")
        yield Note(form.imprint.say(_CODE, "unchecked"))
    yield Heading(form.title, place="題名")
    about = [[Cell("種類", CARD_KINDS[form.kind])]]
    if form.articles:
        about.append([Cell("根拠", "、".join(form.articles))])
    if form.origin:
        about.append([Cell("出どころ", form.origin)])
    yield Grid(about)
    yield Space(2)
    for line in form.lines:
        yield from _line(line)
    if form.tasks:
        yield Heading("すること")
        yield Table(
            _TASKS, [("□", f"{task.days:,}日後", task.text) for task in form.tasks], row=_ROW
        )
    if form.see:
        yield Note(f"あわせて：{'、'.join(form.see)}")
    if form.is_checked and not form.is_own:
        yield Note(form.imprint.say(_CODE, "checked"))


def _line(line: CardLine) -> Iterator[Block]:
    if line.text:
        indent = min(line.level, _DEEPEST) * _LEVEL
        match line.kind:
            case LineKind.HEADING:
                yield Heading(line.text, place="見出し")
            case LineKind.BULLET:
                yield Said(line.text, indent=indent, bullet="・")
            case LineKind.NUMBERED:
                yield Said(line.text, indent=indent, bullet=f"{line.number:,}．")
            case LineKind.TEXT:
                yield Said(line.text, indent=indent)
    if line.cells:
        yield from _table(line.cells)


def _table(cells: tuple[tuple[str, ...], ...]) -> Iterator[Block]:
    head, rest = cells[0], cells[1:]
    if len(head) > _MOST_COLUMNS:
        yield from (Said("　".join(row)) for row in cells)
        return
    # Labels are set in one line; what is too long for that is a row like others.
    is_short = bool(rest) and all(0 < len(cell) <= _LONGEST_HEAD for cell in head)
    labels = head if is_short else [""] * len(head)
    columns = [Column(label, share) for label, share in zip(labels, _shares(cells), strict=True)]
    if is_short:
        yield Table(columns, rest, row=_ROW)
    else:
        yield Table(columns, cells, row=_ROW, head=0.0)
    yield Space(3)


def _shares(cells: tuple[tuple[str, ...], ...]) -> list[float]:
    """Parts of the width by the longest text of each column, none less than a fifth of the widest."""
    longest = [max(len(row[place]) for row in cells) for place in range(len(cells[0]))]
    least = max(longest) / 5
    return [max(length, least, 1.0) for length in longest]


HELP_CARD: FormKind[CardSheet] = FormKind(
    code=_CODE,
    title="手引",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda _: "",
)
