"""Ruled grids of labels and values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from desktop.reports.page import Align, Sheet, Style
from desktop.reports.setter import Setter
from desktop.reports.type_styles import LABEL, SHADE, VALUE

#: Height of an ordinary row.
ROW = 7.0
_LABEL_PADDING = 1.2


def checks(options: Iterable[tuple[str, bool]]) -> str:
    """Check boxes as text: ■ 自発　□ 紹介. They wrap as all text does and are copied as what they are."""
    return "　".join(f"{'■' if is_on else '□'} {label}" for label, is_on in options)


@dataclass(frozen=True, slots=True)
class Cell:
    """A label and its value beside it; without a label the value has all the room.

    `share` is the cell's part of what its row's labels leave; an empty value is room for handwriting, as high as
    `height`. A vertical cell sets its label downwards. The highest cell makes the row.
    """

    label: str
    value: str = field(default="", repr=False)
    share: float = 1.0
    height: float = ROW
    label_width: float | None = None
    is_vertical: bool = False
    align: Align = Align.LEFT
    style: Style = VALUE


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells under one another, ruled all around; a row is never parted."""

    rows: Sequence[Sequence[Cell]]
    label_width: float = 30.0

    def set(self, setter: Setter) -> None:
        """Draw the rows; a further sheet begins between two of them."""
        for row in self.rows:
            height = max(cell.height for cell in row)
            setter.need(height)
            self._row(setter, row, height)
            setter.y += height

    def _row(self, setter: Setter, row: Sequence[Cell], height: float) -> None:
        widths = [self._label_width(cell) for cell in row]
        free = setter.width - sum(widths)
        shares = sum(cell.share for cell in row)
        x, y = setter.left, setter.y
        for cell, label_width in zip(row, widths, strict=True):
            width = label_width + free * cell.share / shares
            label = setter.label(cell.label) if cell.label else ""
            box = (x, y, width, height)
            setter.plate(
                ("cell", *box, label_width, label, cell.is_vertical),
                lambda sheet, box=box, label=label, cell=cell, wide=label_width: _frame(  # type: ignore[misc]
                    sheet, box, label, wide, is_vertical=cell.is_vertical
                ),
            )
            if cell.value:
                setter.cell(
                    *(x + label_width, y, width - label_width, height),
                    cell.value,
                    cell.style,
                    label=label,
                    align=cell.align,
                )
            x += width

    def _label_width(self, cell: Cell) -> float:
        if not cell.label:
            return 0.0
        return self.label_width if cell.label_width is None else cell.label_width


def _frame(
    sheet: Sheet,
    box: tuple[float, float, float, float],
    label: str,
    label_width: float,
    *,
    is_vertical: bool,
) -> None:
    x, y, width, height = box
    sheet.box(x, y, width, height)
    if not label:
        return
    sheet.fill(x, y, label_width, height, SHADE)
    sheet.rule(x + label_width, y, x + label_width, y + height, 0.3)
    if is_vertical:
        sheet.vertical_cell(x, y + 1, label_width, height - 2, label, LABEL)
    else:
        sheet.cell(x, y, label_width, height, label, LABEL, padding=_LABEL_PADDING)
