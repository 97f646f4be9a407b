"""Registers (日報・帳簿): a title, labelled lines, tables that go on over further sheets, and one footer on each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from desktop.domain.clock import JAPAN
from desktop.domain.era import DateStyle, format_date
from desktop.reports.fonts import FontRole
from desktop.reports.line_breaking import break_lines
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
_LINE = 5.4
_PADDING = 2.0
_GOES_ON = "（続き）"

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

    def described(self, label: str, text: str) -> None:
        """A label and, beside it, a text of any length, which goes on over further sheets and is never cut."""
        left, width = LEFT + LABEL_WIDTH, WIDTH - LABEL_WIDTH
        lines = self._broken(text or "―", width - 2 * _PADDING)
        self.need(_PADDING + min(len(lines), 2) * _LINE)
        while lines:
            room = max(int((BOTTOM - self.y - _PADDING) / _LINE), 1)
            here, lines = lines[:room], lines[room:]
            height = max(len(here) * _LINE + _PADDING, ROW)
            self.sheet.fill(LEFT, self.y, LABEL_WIDTH, height, SHADE)
            self.sheet.box(LEFT, self.y, WIDTH, height)
            self.sheet.cell(LEFT, self.y, LABEL_WIDTH, height, label, LABEL)
            for number, line in enumerate(here):
                self.sheet.text(left + _PADDING, self.y + (number + 0.8) * _LINE + 1, line, VALUE)
            self.y += height
            if lines:
                self.need(BOTTOM)
                label = label.removesuffix(_GOES_ON) + _GOES_ON

    def _broken(self, text: str, width: float) -> list[str]:
        advance = self._encoder.fonts.advances(VALUE.role).__getitem__
        return [line.text for line in break_lines(text, width / VALUE.em, advance)]

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

    def footers(self, form: str, printed_at: datetime, printed_by: str = "") -> None:
        """Form, page and time of printing, and by whom if a person did, on every sheet; to be called last."""
        instant = printed_at.astimezone(JAPAN)
        when = f"{format_date(instant.date(), DateStyle.LONG)} {instant:%H:%M}"
        who = f"　出力者 {printed_by}" if printed_by else ""
        for number, sheet in enumerate(self.sheets, start=1):
            pages = f"{number}／{len(self.sheets)}頁"
            sheet.text(LEFT, _FOOTER, form, SMALL)
            sheet.aligned(LEFT, _FOOTER, WIDTH, pages, SMALL, Align.CENTRE)
            sheet.aligned(LEFT, _FOOTER, WIDTH, f"出力日時 {when}{who}", SMALL, Align.RIGHT)

    def _row(self, columns: Columns, cells: tuple[str, ...], *, is_head: bool = False) -> None:
        x = LEFT
        for (_, width), value in zip(columns, cells, strict=True):
            if is_head:
                self.sheet.fill(x, self.y, width, ROW, SHADE)
            self.sheet.box(x, self.y, width, ROW)
            self.sheet.cell(x, self.y, width, ROW, value, LABEL if is_head else VALUE)
            x += width
        self.y += ROW
