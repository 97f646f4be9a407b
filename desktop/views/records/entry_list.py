"""The entries of a file one under the other, like the sheets of the paper file: any number opens at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from desktop.domain.records import Entry
from desktop.override import override
from desktop.viewmodels.records_chronicle import Chronicle, Hit
from desktop.views.look import Look
from desktop.views.records.entry_document import EntryWriter
from desktop.views.records.entry_layouts import EntryLayouts
from desktop.views.records.entry_painter import PADDING, SIDE, EntryPainter, RowMarks
from desktop.views.records.text_selection import TextSelection

_TRIES = 6
_STEP_LINES = 3
_PAGE = 0.9


class EntryList(QAbstractScrollArea):
    """Arrow keys go from entry to entry; text is selected with the mouse and copied with Ctrl+C.

    `current_changed` carries the row, `key_pressed` a letter typed on the current entry, `opened` is Enter.
    """

    current_changed = Signal(int)
    opened = Signal()
    key_pressed = Signal(str)

    def __init__(self, chronicle: Chronicle, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chronicle = chronicle
        self._look = look
        self._current = -1
        self._hits: dict[int, list[Hit]] = {}
        self._hit: Hit | None = None
        self._selection = TextSelection()
        self._painter = EntryPainter(look)
        self._layouts = self._make_layouts()
        self.setObjectName("entry_list")
        self.setAccessibleName("ケース記録の経過")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        look.changed.connect(self.lay_out_again)

    def show_rows(self, keep: UUID | None = None) -> None:
        """Show what the chronicle holds now, at the entry to keep or at the newest."""
        self._hits, self._hit = {}, None
        self._selection.clear()
        self._layouts = self._make_layouts()
        row = self._chronicle.row_of(keep) if keep else -1
        self._current = -1
        self.go_to(row if row >= 0 else len(self._chronicle.rows) - 1)

    def lay_out_again(self) -> None:
        """Lay everything out anew: another width, font or theme."""
        first = self._layouts.row_at(self._scrolled())
        offset = self._scrolled() - self._layouts.top(max(first, 0))
        self._layouts = self._make_layouts()
        self._scroll_to(lambda: self._layouts.top(max(first, 0)) + offset)

    @property
    def current(self) -> int:
        """The current row; -1 when there is none."""
        return self._current

    def current_entry(self) -> Entry | None:
        """The current entry."""
        return self._chronicle.rows[self._current] if self._current >= 0 else None

    def go_to(self, row: int) -> None:
        """Make a row the current one and show its beginning (of the last one: its end)."""
        if not 0 <= row < len(self._chronicle.rows):
            self._set_current(-1)
            self._scroll_to(lambda: 0)
            return
        self._set_current(row)
        is_last = row == len(self._chronicle.rows) - 1
        self._scroll_to(lambda: self._layouts.total if is_last else self._layouts.top(row))
        if is_last and self._layouts.top(row) < self._scrolled():
            self._scroll_to(lambda: self._layouts.top(row))

    def _shows_current(self, height: int) -> bool:
        """Whether the beginning of the current row, or its end, is in a viewport of this height."""
        if self._current < 0:
            return False
        top = self._layouts.top(self._current) - self._scrolled()
        bottom = top + self._layouts.height(self._current)
        return 0 <= top < height or 0 < bottom <= height

    def show_hits(self, hits: Sequence[Hit], current: Hit | None) -> None:
        """Mark what was searched for; the current place comes into view."""
        self._hits = {}
        for hit in hits:
            self._hits.setdefault(hit.row, []).append(hit)
        self._hit = current
        if current is not None:
            self._set_current(current.row)
            self._scroll_to(lambda: self._y_of(current) - self.viewport().height() // 3)
        self.viewport().update()

    def selected_text(self) -> str:
        """What is selected with the mouse, else the whole current entry."""
        if self._selection.is_empty:
            return self._chronicle.text(self._current).plain() if self._current >= 0 else ""
        cursor = self._selection.cursor(self._layouts.laid(self._selection.row).document)
        return cursor.selection().toPlainText()

    def _make_layouts(self) -> EntryLayouts:
        padding = self._look.px(PADDING)
        width = self.viewport().width() - 2 * self._look.px(SIDE)
        writer = EntryWriter(self._look.tokens, self.font())
        return EntryLayouts(self._chronicle, writer, width=width, padding=padding)

    def _scrolled(self) -> int:
        return self.verticalScrollBar().value()

    def _scroll_to(self, target: Callable[[], int]) -> None:
        """Scroll to a height that is asked for again after each layout, until nothing moves any more."""
        bar = self.verticalScrollBar()
        for _ in range(_TRIES):
            self._fit_bar()
            bar.setValue(target())
            if not self._layouts.settle(bar.value(), bar.value() + self.viewport().height()):
                break
        self._fit_bar()
        self.viewport().update()

    def _fit_bar(self) -> None:
        bar, page = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, self._layouts.total - page))
        bar.setPageStep(page)
        bar.setSingleStep(self.fontMetrics().height() * _STEP_LINES // 2)

    def _set_current(self, row: int) -> None:
        if row == self._current:
            return
        self._current = row
        self.setAccessibleDescription(self._chronicle.text(row).plain() if row >= 0 else "")
        self.viewport().update()
        self.current_changed.emit(row)

    def _y_of(self, hit: Hit) -> int:
        laid = self._layouts.laid(hit.row)
        block = laid.document.findBlock(laid.line_positions[hit.line])
        inside = laid.document.documentLayout().blockBoundingRect(block).top()
        return self._layouts.top(hit.row) + round(inside)

    def _step(self, direction: int) -> None:
        """On to the next entry, or a few lines further in one that is taller than the window."""
        bar = self.verticalScrollBar()
        top = self._layouts.top(self._current) - bar.value()
        bottom = top + self._layouts.height(self._current)
        is_cut = bottom > self.viewport().height() if direction > 0 else top < 0
        is_tall = self._layouts.height(self._current) > self.viewport().height()
        if is_cut and is_tall:
            bar.setValue(bar.value() + direction * _STEP_LINES * self.fontMetrics().lineSpacing())
        elif 0 <= self._current + direction < len(self._chronicle.rows):
            self._set_current(self._current + direction)
            self._show_whole(self._current)

    def _turn_page(self, direction: int) -> None:
        bar, page = self.verticalScrollBar(), self.viewport().height()
        bar.setValue(bar.value() + direction * round(page * _PAGE))
        self._set_current(self._layouts.row_at(bar.value() + page // 2))

    def _show_whole(self, row: int) -> None:
        """Scroll as little as needed to see the row, from its beginning if it is tall."""
        page = self.viewport().height()

        def target() -> int:
            top, height = self._layouts.top(row), self._layouts.height(row)
            lowest = top + height - page
            return min(top, max(lowest, self._scrolled()))

        self._scroll_to(target)

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        value = self._scrolled()
        if self._layouts.settle(value, value + self.viewport().height()):
            self._fit_bar()
        self.viewport().update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            was_new = event.oldSize().width() < 0
            self.lay_out_again()
            if was_new and self._current >= 0:
                self.go_to(self._current)
        else:
            had_current = self._shows_current(event.oldSize().height())
            self._fit_bar()
            if had_current and event.size().height() < event.oldSize().height():
                # A question came up beneath: what it is about stays in sight.
                self.go_to(self._current)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.selected_text())
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._current >= 0:
            self.opened.emit()
        elif key in {Qt.Key.Key_Down, Qt.Key.Key_Up} and self._current >= 0:
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in {Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}:
            self._turn_page(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self.go_to(0 if key == Qt.Key.Key_Home else len(self._chronicle.rows) - 1)
        elif event.text().isalnum() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            self.key_pressed.emit(event.text().upper())
        else:
            event.ignore()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        row, place = self._place_at(event.position().toPoint())
        self._set_current(row)
        self._selection.begin(row, place)
        self.viewport().update()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not event.buttons() & Qt.MouseButton.LeftButton or self._selection.row < 0:
            return
        point = event.position().toPoint()
        self._selection.extend(self._place_in(self._selection.row, point))
        self.viewport().update()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        row, place = self._place_at(event.position().toPoint())
        if row >= 0:
            self._selection.take_word(row, place, self._layouts.laid(row).document)
            self.viewport().update()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def _place_at(self, point: QPoint) -> tuple[int, int]:
        row = self._layouts.row_at(point.y() + self._scrolled())
        return (row, self._place_in(row, point)) if row >= 0 else (-1, 0)

    def _place_in(self, row: int, point: QPoint) -> int:
        left, top = self._origin(row)
        layout = self._layouts.laid(row).document.documentLayout()
        return layout.hitTest(QPointF(point) - QPointF(left, top), Qt.HitTestAccuracy.FuzzyHit)

    def _origin(self, row: int) -> tuple[int, int]:
        top = self._layouts.top(row) - self._scrolled() + self._look.px(PADDING)
        return self._look.px(SIDE), top

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(self._look.tokens.surface))
        rows = len(self._chronicle.rows)
        row = self._layouts.row_at(self._scrolled())
        end = self._scrolled() + self.viewport().height()
        while 0 <= row < rows and self._layouts.top(row) < end:
            self._painter.paint(
                painter, self._place_of(row), self._layouts.laid(row), self._marks(row)
            )
            row += 1

    def _place_of(self, row: int) -> QRect:
        top = self._layouts.top(row) - self._scrolled()
        return QRect(0, top, self.viewport().width(), self._layouts.height(row))

    def _marks(self, row: int) -> RowMarks:
        return RowMarks(
            hits=self._hits.get(row, ()),
            current_hit=self._hit,
            selection=self._selection if self._selection.row == row else None,
            is_current=row == self._current,
            has_focus=self.hasFocus(),
        )
