"""Sets one form: blocks from top to bottom over as many sheets as it takes, then what stands on every sheet.

What a cell cannot hold in readable type goes to a sheet of its own (別紙), named in the cell; nothing is ever cut.
Every text is cleaned of what has no ink, and what no font draws as written is noted with the place it stands in.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from desktop.domain.imprint import Imprint
from desktop.reports.characters import clean
from desktop.reports.fonts import FontRole
from desktop.reports.missing_log import MissingLog
from desktop.reports.page import Align, Sheet, Style
from desktop.reports.paper_size import PaperSize
from desktop.reports.text_encoder import TextEncoder
from desktop.reports.type_styles import (
    ASCENT,
    FLOOR,
    HEADING,
    LEADING,
    MARK,
    SMALL,
    TRAINING,
    VALUE,
)

_STEP = 0.25
#: A text on one line may be this much smaller before it is broken into several.
_ONE_LINE = 0.8
_TIGHT = 1.25
_TRAINING = "研修用"
#: Parts of the line that these may take at the foot of a sheet.
_SUBJECT, _PRINTED_BY, _ISSUE = 0.25, 0.3, 0.2


class Block(Protocol):
    """A part of a form that can set itself at the place where the setter stands."""

    def set(self, setter: Setter) -> None:
        """Draw itself and move `setter.y` (millimetres) below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Around:
    """What stands around every sheet: of what it is, which form, when and by whom it was printed."""

    subject: str
    what: str
    when: str


class Setter:
    """The sheets of one form under way. `y` is how far down the last one is filled, in millimetres."""

    def __init__(
        self,
        encoder: TextEncoder,
        log: MissingLog,
        paper: PaperSize,
        imprint: Imprint,
        *,
        code: str,
        title: str,
        edition: str,
        subject: str,
        head: str | None = "",
        first_page: int = 1,
    ) -> None:
        """`subject` names the form among others of its kind: a case number; never a name.

        Further sheets carry `head`, the title where it is empty, nothing where it is None.
        """
        self.encoder = encoder
        self.paper = paper
        self.imprint = imprint
        self.code = code
        self.title = imprint.label(code, title)
        self.edition = edition
        self._head = imprint.label(code, head) if head else self.title
        self._has_head = head is not None
        self._first_page = first_page
        self._last: list[Callable[[int], None]] = []
        self.subject = clean(subject).replace("\n", " ")
        self.unread: dict[str, None] = {}
        self._log = log
        self._annexes: list[tuple[str, str]] = []
        self.sheets: list[Sheet] = [Sheet(encoder, paper)]
        self.y = paper.top
        #: What stands at the right already (決裁欄): text above this height ends before that place.
        self.beside = (0.0, paper.right)

    @property
    def sheet(self) -> Sheet:
        """The one that is being filled."""
        return self.sheets[-1]

    @property
    def left(self) -> float:
        """Where what is written begins."""
        return self.paper.left

    @property
    def right(self) -> float:
        """Where a line of text at this height ends."""
        below, right = self.beside
        return right if len(self.sheets) == 1 and self.y < below else self.paper.right

    @property
    def width(self) -> float:
        """Width of what is written on."""
        return self.paper.room

    def set(self, blocks: Iterable[Block]) -> None:
        """Set the blocks, what the cells could not hold, and what stands on every sheet."""
        for block in blocks:
            block.set(self)
        around = self._around()
        for number, (label, text) in enumerate(self._annexes, start=1):
            self._annex(f"別紙{number}　{label}", text, label, is_first=number == 1)
        total = self._first_page + len(self.sheets) - 1
        for draw in self._last:
            draw(total)
        for number, sheet in enumerate(self.sheets, start=self._first_page):
            self._surround(sheet, number, total, around)

    def at_last(self, draw: Callable[[int], None]) -> None:
        """Draw something when the number of the last page is known."""
        self._last.append(draw)

    def need(self, height: float) -> bool:
        """Begin a new sheet where so much does not fit on this one; whether one was begun."""
        if self.y + height <= self.paper.bottom:
            return False
        self.new_sheet()
        return True

    def new_sheet(self) -> None:
        """Begin a further sheet (続紙)."""
        self.sheets.append(Sheet(self.encoder, self.paper))
        self.y = self.paper.top

    def label(self, text: str) -> str:
        """A label as this office words it."""
        return self.imprint.label(self.code, text)

    def text(self, text: str, label: str, role: FontRole) -> str:
        """A value ready to be drawn, with what no font has noted under its label."""
        if self.encoder.fonts.draws(text, role):
            return text
        text = clean(text)
        self._log.check(f"{self.code} {self.subject} {label}".replace("  ", " "), text, role)
        return text

    def plate(self, key: Hashable, draw: Callable[[Sheet], None]) -> None:
        """Draw what is the same on every form of the kind: rules, shades, labels.

        `key` holds everything the drawing depends on, so that one drawing may serve a whole batch.
        """
        self.sheet.plate(key, draw)

    def line(self, x: float, y: float, text: str, style: Style, align: Align = Align.LEFT) -> None:
        """One line whose em box begins at `y`; aligned within what is written on."""
        width = self.paper.right - x
        self.sheet.aligned(x, y + style.em * ASCENT, width, text, style, align)

    def lines(self, text: str, style: Style, width: float, *, hang: bool = True) -> Sequence[str]:
        """A cleaned text in lines of a width in millimetres."""
        return self.encoder.lines(text, style.role, width / style.em, hang=hang)

    def running(
        self, text: str, style: Style, *, label: str, indent: float = 0.0, bullet: str = ""
    ) -> None:
        """A text of any length, over further sheets where it takes them."""
        text = self.text(text, label, style.role)
        left, leading = self.left + indent, style.em * LEADING
        hanging = self.sheet.measure(bullet, style)
        for number, line in enumerate(self.lines(text, style, self.right - left - hanging)):
            self.need(leading)
            if bullet and not number:
                self.line(left, self.y, bullet, style)
            self.line(left + hanging, self.y, line, style)
            self.y += leading

    def cell(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        text: str,
        style: Style,
        *,
        label: str,
        align: Align = Align.LEFT,
        padding: float = 1.5,
    ) -> None:
        """A value in its cell: in one line, else smaller and in several, else on a sheet of its own (別紙)."""
        text = self.text(text, label, style.role)
        inner = width - 2 * padding
        if "\n" not in text and self.sheet.measure(text, style) <= inner:
            baseline = y + (height - style.em) / 2 + style.em * ASCENT
            self.sheet.aligned(x + padding, baseline, inner, text, style, align)
            return
        lines, style = self._fitted(text, style, inner, height - 0.6) or self._annexed(
            label, text, style
        )
        leading = style.em * _TIGHT
        top = y + (height - leading * len(lines)) / 2 + (leading - style.em) / 2
        for number, line in enumerate(lines):
            baseline = top + number * leading + style.em * ASCENT
            self.sheet.aligned(x + padding, baseline, inner, line, style, align)

    def short(
        self, text: str, style: Style, width: float, *, label: str, floor: float = FLOOR
    ) -> tuple[str, Style]:
        """A value for one line of a width, in smaller type where it is long, else on a sheet of its own (別紙)."""
        text = self.text(text, label, style.role).replace("\n", " ")
        single = self.sheet.measure(text, style)
        if single <= width:
            return text, style
        size = style.size * width / single
        if size >= floor:
            return text, replace(style, size=size)
        (line,), style = self._annexed(label, text, style)
        return line, style

    def _fitted(
        self, text: str, style: Style, width: float, height: float
    ) -> tuple[Sequence[str], Style] | None:
        """First on one line down to four fifths, then on as many lines as it takes, down to the floor."""
        ems = self.encoder.measure(text, style.role)
        size = style.size * width / (ems * style.em) if ems else style.size
        if "\n" not in text and size >= max(style.size * _ONE_LINE, FLOOR):
            return [text], replace(style, size=min(size, style.size))
        while style.size >= FLOOR:
            most = int(height / (style.em * _TIGHT))
            if ems * style.em <= width * most * 1.1:
                lines = self.lines(text, style, width, hang=False)
                if len(lines) <= most:
                    return lines, style
            style = replace(style, size=style.size - _STEP)
        return None

    def _annexed(self, label: str, text: str, style: Style) -> tuple[Sequence[str], Style]:
        if (label, text) not in self._annexes:
            self._annexes.append((label, text))
        number = self._annexes.index((label, text)) + 1
        return [f"別紙{number}のとおり"], replace(style, size=max(FLOOR, SMALL.size))

    def _annex(self, heading: str, text: str, label: str, *, is_first: bool) -> None:
        """What a cell could not hold, beneath the one before where there is room."""
        height = HEADING.em * LEADING + 2
        self.y += height
        if is_first or self.y + height + 2 * VALUE.em * LEADING > self.paper.bottom:
            self.new_sheet()
        self.line(self.left, self.y, heading, HEADING)
        self.y += height
        self.running(text, VALUE, label=label)

    def _around(self) -> _Around:
        """The words of every sheet, cut to their places once."""
        room, imprint = self.paper.room, self.imprint
        subject, _ = self.short(self.subject, SMALL, room * _SUBJECT, label="整理番号")
        by, _ = self.short(imprint.printed_by, SMALL, room * _PRINTED_BY, label="出力者")
        issue, _ = self.short(imprint.issue_label, SMALL, room * _ISSUE, label="発行番号")
        return _Around(
            subject=subject,
            what="　".join(filter(None, (f"{self.code} {self.title} {self.edition}", issue))),
            when=f"出力日時 {imprint.printed_words}" + (f"　出力者 {by}" if by else ""),
        )

    def _surround(self, sheet: Sheet, number: int, total: int, around: _Around) -> None:
        """What stands on every sheet: marks, the head of a further sheet, the footer."""
        paper = self.paper
        right = self._mark(sheet)
        if number > 1 and self._has_head:
            head = f"{self._head}（続紙）　{around.subject}"
            sheet.text(paper.left, paper.top - 6, head, SMALL)
        if self.imprint.training:
            sheet.box(right - 22, paper.top - 13, 22, 8, 1.2)
            sheet.cell(
                *(right - 22, paper.top - 13, 22, 8), _TRAINING, TRAINING, align=Align.CENTRE
            )
        self._footer(sheet, number, total, around)

    def _mark(self, sheet: Sheet) -> float:
        """案 or 写 in a corner and behind everything, 研修用 behind everything; where the corner is free."""
        paper, mark = self.paper, self.imprint.mark
        across, down = paper.width / 210, paper.height / 297
        if self.imprint.training:
            for y in (118.0, 262.0):
                style = Style(FontRole.BOLD, 92 * min(across, down))
                sheet.background(58 * across, y * down, _TRAINING, style, (0.9397, 0.342))
        if not mark.is_shown:
            return paper.right
        signs = len(mark.value)
        style = Style(FontRole.BOLD, 230 * min(across, down) / (1 if signs == 1 else 0.7 * signs))
        x = (paper.width - style.em * signs) / 2
        sheet.background(x, paper.height / 2 + style.em * 0.35, mark.value, style, (1.0, 0.0))
        width = 5.0 + 6.0 * signs
        left = paper.right - width
        sheet.box(left, paper.top - 16, width, 11, 1.4)
        sheet.cell(*(left, paper.top - 16, width, 11), mark.value, MARK, align=Align.CENTRE)
        return left - 2

    def _footer(self, sheet: Sheet, number: int, total: int, around: _Around) -> None:
        paper, what, when = self.paper, around.what, around.when
        where = (paper.left, paper.footer, paper.room)
        page = "　".join(filter(None, (around.subject, f"{number}／{total}頁")))
        left, middle, right = (sheet.measure(text, SMALL) for text in (what, page, when))
        if max(left, right) + middle / 2 + 2 > paper.room / 2:
            # Small paper and long names: two lines.
            sheet.text(paper.left, paper.footer - 3.2, what, SMALL)
            sheet.aligned(paper.left, paper.footer - 3.2, paper.room, page, SMALL, Align.RIGHT)
        else:
            sheet.text(paper.left, paper.footer, what, SMALL)
            sheet.aligned(*where, page, SMALL, Align.CENTRE)
        sheet.aligned(*where, when, SMALL, Align.RIGHT)
