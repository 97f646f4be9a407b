"""The households of one handover: whom to meet first and why, both confirmations, the entry, the faults."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.domain.handover_order import Fault, HandoverLine
from desktop.domain.handovers import HandoverRow, HandoverSide
from desktop.override import override
from desktop.viewmodels.handovers import (
    fault_columns,
    heading_words,
    leaving_words,
    line_columns,
    why_words,
)
from desktop.views.effort.lists import ListOf, in_a_row, key_of
from desktop.views.handovers.fitting import rows_that_fit
from desktop.views.handovers.ports import KeepsHandovers
from desktop.views.look import Look
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.paragraph import Paragraph
from desktop.views.requests import FileRequest
from desktop.views.screen import ScreenView
from desktop.views.widgets import named

_WIDTHS = {0: 6, 1: 6, 2: 12, 3: 2, 4: 2, 5: 6, 6: 3, 7: 6, 8: 4}
_FAULT_WIDTHS = {0: 4, 1: 20, 2: 12}
_STRETCH, _FAULT_STRETCH, _MOST_LINES, _MOST_FAULTS = 2, 1, 12, 5
#: 担当者変更のお知らせ.
_LETTER = "L-02"
_CONFIRMED = "引継ぎを確認しました。"
_DRAFTED = "確認し、「担当引継」の下書きを作りました。"
_MADE, _THERE = (
    "「担当引継」の下書きを作りました。",
    "この世帯には、もう「担当引継」の記録があります。",
)
_NEXT = "前任の差戻し {}件の次へ（F）"
_ASKED = "{}さんに頼みました。"
_CONFIRM = {
    HandoverSide.GIVEN: "引き継いだと確認する（Y）",
    HandoverSide.TAKEN: "引き受けたと確認する（Y）",
}


class HouseholdPanel(QWidget):
    """Y confirms on the own side, N makes the entry's draft, F goes to what came back to a predecessor, A asks for it, Enter opens the file, X ticks a fault off, K and L draw forms, P the sheets of all, Esc goes back.

    `sheets_wanted` carries the handover and the ids of the household at hand or of all, in their order.
    """

    left = Signal()
    sheets_wanted = Signal(object, object)

    def __init__(
        self,
        screen: ScreenView,
        port: KeepsHandovers,
        today: Callable[[], date],
        *,
        look: Look,
    ) -> None:
        super().__init__()
        self._screen, self._port, self._today = screen, port, today
        self._row: HandoverRow | None = None
        self.heading = named(Paragraph(), "handover_heading")
        self.lines: ListOf[HandoverLine] = ListOf(
            *(look, line_columns(today)),
            name="handover_lines",
            label="引き継ぐ世帯。上から順に会います",
            widths=_WIDTHS,
            stretch=_STRETCH,
            key=lambda line: line.household_id,
        )
        self.leaving = named(Paragraph(), "handover_leaving")
        self.why = named(Paragraph(), "handover_why")
        self.faults: ListOf[Fault] = ListOf(
            *(look, fault_columns()),
            name="handover_faults",
            label="総点検の項目",
            widths=_FAULT_WIDTHS,
            stretch=_FAULT_STRETCH,
            key=lambda fault: fault.fault_id,
        )
        self.confirm_button = named(QPushButton(_CONFIRM[HandoverSide.TAKEN]), "confirm_handover")
        self.entry_button = named(QPushButton("記録の下書きを作る（N）"), "draft_handover_entry")
        self.open_button = named(QPushButton("ファイルを開く（Enter）"), "open_file")
        self.tick_button = named(QPushButton("点検を済みにする（X）"), "tick_fault")
        self.ask_button = named(QPushButton("差戻しのことを頼む（A）"), "ask_for_returned")
        self.next_button = named(QPushButton(_NEXT.format(0)), "next_returned")
        self.sheet_button = named(QPushButton("引継票を印刷（K）"), "print_handover_sheet")
        self.sheets_button = named(QPushButton("全世帯の引継票（P）"), "print_all_sheets")
        self.letter_button = named(QPushButton("担当者変更のお知らせ（L）"), "print_new_caseworker")
        self.back_button = named(QPushButton("一覧に戻る（Esc）"), "leave_handover")
        self._lay_out()
        self._connect()

    def show_handover(self, row: HandoverRow) -> None:
        """Show the households of this one."""
        self._row = row
        self.heading.say(heading_words(row))
        side = self._side()
        self.confirm_button.setVisible(side is not None)
        self.entry_button.setVisible(side is HandoverSide.TAKEN)
        if side is not None:
            self.confirm_button.setText(_CONFIRM[side])
        self.reload()

    def reload(self) -> None:
        """Read the households again."""
        row = self._row
        if row is not None:
            self._read_leaving()
            self._screen.run(lambda: self._port.households(row.handover_id), self._show)

    def focus_first(self) -> None:
        """Begin with whom to meet first."""
        self.lines.view.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_rows()

    def _fit_rows(self) -> None:
        self.lines.view.show_all_rows(rows_that_fit(self.lines.view, self.height(), _MOST_LINES))

    def line(self) -> HandoverLine | None:
        """The household at hand."""
        return self.lines.row()

    def _side(self) -> HandoverSide | None:
        row = self._row
        return None if row is None or row.is_undone else row.side

    def _read_leaving(self) -> None:
        """Whoever leaves is told first what is to be finished; nobody else is concerned by it."""
        row = self._row
        if row is None or self._side() is not HandoverSide.GIVEN:
            self.leaving.say("")
            return
        self._screen.run(
            lambda: self._port.leaving(row.handover_id),
            lambda left: self.leaving.say(leaving_words(left, row, self._today())),
        )

    def _show(self, lines: tuple[HandoverLine, ...]) -> None:
        self.lines.show(lines)
        self._fit_rows()
        self._read_faults()

    def _read_faults(self) -> None:
        row, line = self._row, self.line()
        self.why.say(why_words(line))
        if row is None or line is None or not line.faults:
            self._show_faults(())
            return
        household_id = line.household_id
        self._screen.run(
            lambda: self._port.faults(row.handover_id, household_id), self._show_faults
        )

    def _show_faults(self, faults: tuple[Fault, ...]) -> None:
        self.faults.show(faults)
        self.faults.view.show_all_rows(_MOST_FAULTS)
        self.faults.view.setVisible(bool(faults))
        self._say()

    def _say(self) -> None:
        line, fault = self.line(), self.faults.row()
        row, side = self._row, self._side()
        begun = row is not None and row.has_begun(self._today())
        is_open = (
            line is not None
            and (line.given_at if side is HandoverSide.GIVEN else line.taken_at) is None
        )
        self.confirm_button.setEnabled(is_open and (begun or side is HandoverSide.GIVEN))
        self.entry_button.setEnabled(line is not None and begun and not line.has_entry)
        for button in (self.open_button, self.sheet_button, self.letter_button):
            button.setEnabled(line is not None)
        self.sheets_button.setEnabled(line is not None)
        is_asker = side is not HandoverSide.GIVEN  # who leaves finishes the own ones on the desk
        count = sum(len(each.returned) for each in self.lines.model.rows()) if is_asker else 0
        self.next_button.setText(_NEXT.format(count))
        self.next_button.setVisible(count > 0)
        self.ask_button.setVisible(is_asker and line is not None and bool(line.returned))
        self.tick_button.setEnabled(fault is not None and fault.ticked_at is None)
        self.tick_button.setVisible(bool(self.faults.model.rows()))

    def _confirm(self) -> None:
        row, line, side = self._row, self.line(), self._side()
        if row is None or line is None or side is None or not self.confirm_button.isEnabled():
            return
        household_id = line.household_id
        self._screen.run(
            lambda: self._port.confirm(row.handover_id, household_id, side),
            lambda drafted: self._did(_DRAFTED if drafted else _CONFIRMED, goes_on=True),
        )

    def _draft(self) -> None:
        row, line = self._row, self.line()
        if row is None or line is None or not self._is_usable(self.entry_button):
            return
        household_id = line.household_id
        self._screen.run(
            lambda: self._port.draft_entry(row.handover_id, household_id),
            lambda made: self._did(_MADE if made else _THERE),
        )

    def _go_to_returned(self) -> None:
        """The next household with something that came back to a predecessor; from the last one to the first."""
        rows, at = self.lines.model.rows(), self.lines.view.current_row()
        places = [place for place, line in enumerate(rows) if line.returned]
        if places:
            self.lines.view.select_row(next((p for p in places if p > at), places[0]))

    def _ask(self) -> None:
        row, line = self._row, self.line()
        if row is None or line is None or not self._is_usable(self.ask_button):
            return
        household_id = line.household_id
        self._screen.run(
            lambda: self._port.ask_for_returned(row.handover_id, household_id),
            lambda who: self._did(_ASKED.format(who)),
        )

    def _tick(self) -> None:
        fault = self.faults.row()
        if fault is not None and self._is_usable(self.tick_button):
            fault_id = fault.fault_id
            self._screen.run(
                lambda: self._port.tick(fault_id), lambda _: self._did("点検を済みにしました。")
            )

    def _is_usable(self, button: QPushButton) -> bool:
        return button.isEnabled() and not button.isHidden()

    def _did(self, said: str, *, goes_on: bool = False) -> None:
        """Say it, go on to the next household, read anew."""
        self._screen.messages.clear()
        self._screen.announced.emit(said)
        place = self.lines.view.current_row()
        if goes_on and place + 1 < len(self.lines.model.rows()):
            self.lines.view.select_row(place + 1)
        self.reload()

    def _open(self) -> None:
        line = self.line()
        if line is not None:
            self._screen.file_requested.emit(FileRequest(household_id=line.household_id))

    def _write_letter(self) -> None:
        """The letter is drawn in the household's file, where it is issued and kept."""
        line = self.line()
        if line is not None:
            request = FileRequest(household_id=line.household_id, section="forms", form=_LETTER)
            self._screen.file_requested.emit(request)

    def _draw_one(self) -> None:
        line = self.line()
        if self._row is not None and line is not None and self._is_usable(self.sheet_button):
            self.sheets_wanted.emit(self._row, (line.household_id,))

    def _draw_all(self) -> None:
        if self._row is not None and self._is_usable(self.sheets_button):
            ids = tuple(line.household_id for line in self.lines.model.rows())
            self.sheets_wanted.emit(self._row, ids)

    def _lay_out(self) -> None:
        page = FollowingScroll(gap=8)
        buttons = in_a_row(
            *(self.confirm_button, self.entry_button, self.open_button),
            *(
                self.next_button,
                self.ask_button,
                self.tick_button,
                self.sheet_button,
                self.sheets_button,
            ),
            *(self.letter_button, self.back_button),
        )
        for part in (
            *(self.heading, self.leaving, self.lines.view),
            *(self.why, buttons, self.faults.view),
        ):
            page.add_part(part)
        page.add_part(QWidget(), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(page)
        self.faults.view.hide()

    def _connect(self) -> None:
        self.lines.view.selectionModel().currentRowChanged.connect(lambda *_: self._read_faults())
        self.faults.view.selectionModel().currentRowChanged.connect(lambda *_: self._say())
        self.lines.view.row_opened.connect(lambda *_: self._open())
        self.open_button.clicked.connect(lambda *_: self._open())
        for key, button, act in (
            ("Y", self.confirm_button, self._confirm),
            ("N", self.entry_button, self._draft),
            ("F", self.next_button, self._go_to_returned),
            ("A", self.ask_button, self._ask),
            ("X", self.tick_button, self._tick),
            ("K", self.sheet_button, self._draw_one),
            ("P", self.sheets_button, self._draw_all),
            ("L", self.letter_button, self._write_letter),
            ("Esc", self.back_button, self.left.emit),
        ):
            key_of(self, key, act)
            button.clicked.connect(lambda *_, act=act: act())
