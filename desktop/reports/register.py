"""Registers (日報・帳簿): a title, labelled lines, tables that go on over further sheets, and one footer on each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from desktop.domain.clock import JAPAN
from desktop.domain.era import DateStyle, format_date
from desktop.reports.fonts import FontRole
from desktop.reports.page import Align, Sheet, Style
from desktop.reports.text_encoder import TextEncoder

LEFT, RIGHT, BOTTOM = 18.0, 192.0, 278.0
WIDTH = RIGHT - LEFT
ROW = 6.8
LABEL_WIDTH = 42.0
SHADE = 0.93
HEADING = Style(FontRole.BOLD, 10.5)
LABEL = Style(FontRole.GOTHIC, 8.5)
VALUE = Style(FontRole.MINCHO, 10)
SMALL = Style(FontRole.GOTHIC, 7.5)
_TITLE = Style(FontRole.BOLD, 16)
_FOOTER = 287.0

#: Heading and width in millimetres of each column.
Columns = Sequence[tuple[str, float]]


class Register:
    """The sheets under way, and how far down the last one is filled (millimetres)."""

    def __init__(self, encoder: TextEncoder) -> None:
        self._encoder = encoder
        self.sheets = [Sheet(encoder)]
        self.y = 0.0

    @property
    def sheet(self) -> Sheet:
        """The one that is being filled."""
        return self.sheets[-1]

    def title(self, title: str, office_name: str) -> None:
        """What the form is and whose."""
        self.sheet.aligned(LEFT, 22, WIDTH, "　".join(title), _TITLE, Align.CENTRE)
        self.sheet.text(LEFT, 32, office_name, VALUE)

    def labelled(self, label: str, value: str, height: float = ROW) -> None:
        """One line of a label and its value."""
        self.sheet.fill(LEFT, self.y, LABEL_WIDTH, height, SHADE)
        self.sheet.box(LEFT, self.y, WIDTH, height)
        self.sheet.cell(LEFT, self.y, LABEL_WIDTH, height, label, LABEL)
        left, width = LEFT + LABEL_WIDTH, WIDTH - LABEL_WIDTH
        self.sheet.cell(left, self.y, width, height, value, VALUE, padding=4)
        self.y += height

    def table(self, columns: Columns, rows: Iterable[tuple[str, ...]]) -> None:
        """A table; its head stands again on each further sheet."""
        self._row(columns, tuple(label for label, _ in columns), is_head=True)
        for row in rows:
            if self.need(ROW):
                self._row(columns, tuple(label for label, _ in columns), is_head=True)
            self._row(columns, row)

    def need(self, height: float) -> bool:
        """Begin a new sheet where so much does not fit on this one; whether one was begun."""
        if self.y + height <= BOTTOM:
            return False
        self.sheets.append(Sheet(self._encoder))
        self.y = 20.0
        return True

    def footers(self, form: str, printed_at: datetime) -> None:
        """Form, page and time of printing on every sheet; to be called last."""
        instant = printed_at.astimezone(JAPAN)
        when = f"{format_date(instant.date(), DateStyle.LONG)} {instant:%H:%M}"
        for number, sheet in enumerate(self.sheets, start=1):
            pages = f"{number}／{len(self.sheets)}頁"
            sheet.text(LEFT, _FOOTER, form, SMALL)
            sheet.aligned(LEFT, _FOOTER, WIDTH, pages, SMALL, Align.CENTRE)
            sheet.aligned(LEFT, _FOOTER, WIDTH, f"出力日時 {when}", SMALL, Align.RIGHT)

    def _row(self, columns: Columns, cells: tuple[str, ...], *, is_head: bool = False) -> None:
        x = LEFT
        for (_, width), value in zip(columns, cells, strict=True):
            if is_head:
                self.sheet.fill(x, self.y, width, ROW, SHADE)
            self.sheet.box(x, self.y, width, ROW)
            self.sheet.cell(x, self.y, width, ROW, value, LABEL if is_head else VALUE)
            x += width
        self.y += ROW
