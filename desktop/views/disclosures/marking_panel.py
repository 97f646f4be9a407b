"""The parts of one request, the text of the one chosen, and what is decided about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.disclosures import DisclosureSheet
from desktop.domain.disclosures_marks import WITH_SPANS, MarkInput
from desktop.viewmodels.disclosures import Marking, PartRow, is_hidden, marks_text
from desktop.views.disclosures.keys import let_keys_act
from desktop.views.disclosures.mark_bar import MarkBar
from desktop.views.disclosures.part_list import PartList
from desktop.views.disclosures.part_text import PartTextView
from desktop.views.look import Look
from desktop.views.paragraph import Paragraph
from desktop.views.widgets import named

_TEXT_LINES = 7


class MarkingPanel(QWidget):
    """S strikes, X strikes what is selected, O leaves open, E the rest of the entry, U takes back, N goes on, F finds, A strikes every place.

    Enter goes into the text, Esc back. `marked` carries MarkInputs, `lifted` ids of marks.
    """

    marked = Signal(object)
    lifted = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet: DisclosureSheet | None = None
        self._may_mark = False
        self._goes_on = False
        self.parts = PartList(look)
        self.text = named(PartTextView(look), "part_text")
        self.marks = named(Paragraph(), "part_marks")
        self.bar = MarkBar()
        self._lay_out()
        self._connect()

    @property
    def waiting(self) -> int:
        """How many parts wait for a decision."""
        return self.parts.waiting

    def show_sheet(self, sheet: DisclosureSheet, *, may_mark: bool) -> None:
        """Show a request; after a decision that ended a waiting the next waiting part comes."""
        is_new = self._sheet is None or self._sheet.row.disclosure_id != sheet.row.disclosure_id
        self._sheet, self._may_mark = sheet, may_mark
        self.bar.setVisible(may_mark)
        self.parts.all_button.setVisible(may_mark)
        self.bar.show_reasons(sheet.reasons)
        if is_new and self.parts.is_finding:
            self.parts.leave_word()
        self.parts.show_sheet(sheet)
        if self._goes_on or is_new:
            self._goes_on = False
            self.parts.next_waiting()

    def focus_first(self) -> None:
        """Begin in the list."""
        self.parts.focus_list()

    def _show_part(self) -> None:
        row, sheet = self.parts.current(), self._sheet
        if row is None or sheet is None:
            self.text.show_part("", ())
            self.marks.say("")
        else:
            self.text.show_part(row.part.text, row.hidden())
            self.marks.say(marks_text(row, sheet.reasons))
            place = self.parts.place()
            if place:
                start, end = place
                self.text.show_place(start, start if is_hidden(row, start, end) else end)
        self._enable(row)

    def _enable(self, row: PartRow | None) -> None:
        may = self._may_mark and row is not None
        self.bar.whole_button.setEnabled(may)
        self.bar.leave_button.setEnabled(may)
        self.bar.entry_button.setEnabled(may and bool(self.parts.waiting_of_entry()))
        has_spans = row is not None and row.part.key.part in WITH_SPANS
        self.bar.span_button.setEnabled(may and has_spans and self.text.chosen() is not None)
        self.bar.lift_button.setEnabled(may and bool(row and row.marks))
        self.bar.next_button.setEnabled(may and bool(self.waiting))

    def _strike(self) -> None:
        row, marking = self._ready(self.bar.whole_button.isEnabled())
        if row is not None and marking is not None:
            self._send([marking.whole(row.part)], goes_on=row.waits)

    def _strike_span(self) -> None:
        span = self.text.chosen()
        row, marking = self._ready(self.bar.span_button.isEnabled() and span is not None)
        if row is not None and marking is not None and span is not None:
            self._send([marking.span(row.part, *span)])

    def _strike_found(self) -> None:
        places = self.parts.open_places()
        is_asked = self._may_mark and self.parts.is_finding and bool(places)
        _, marking = self._ready(is_asked)
        if marking is not None:
            spans = [f for f in places if f.part.key.part in WITH_SPANS]
            fields = {f.part.key: f.part for f in places if f.part.key.part not in WITH_SPANS}
            given = [marking.span(f.part, f.start, f.end) for f in spans]
            self._send([*given, *map(marking.whole, fields.values())])

    def _leave(self) -> None:
        row, sheet = self.parts.current(), self._sheet
        if self.bar.leave_button.isEnabled() and row is not None and sheet is not None:
            self._send([Marking(sheet=sheet, reason="").left(row.part)], goes_on=row.waits)

    def _leave_entry(self) -> None:
        sheet, rows = self._sheet, self.parts.waiting_of_entry()
        if self._may_mark and sheet is not None and rows:
            marking = Marking(sheet=sheet, reason="")
            self._send([marking.left(row.part) for row in rows], goes_on=True)

    def _lift(self) -> None:
        row = self.parts.current()
        if self.bar.lift_button.isEnabled() and row is not None:
            self.lifted.emit([mark.mark_id for mark in row.marks])

    def _ready(self, is_asked: bool) -> tuple[PartRow | None, Marking | None]:  # noqa: FBT001 - one of two guards
        """The part before the person and what a mark says; nothing where no reason is chosen."""
        row, sheet = self.parts.current(), self._sheet
        reason = self.bar.chosen_reason() if is_asked and row is not None else ""
        if not reason or sheet is None:
            return None, None
        return row, Marking(sheet=sheet, reason=reason, note=self.bar.words())

    def _send(self, given: Sequence[MarkInput], *, goes_on: bool = False) -> None:
        self._goes_on = goes_on and not self.parts.is_finding
        for button in (self.bar.whole_button, self.bar.span_button, self.bar.leave_button):
            button.setEnabled(False)
        self.marked.emit(list(given))

    def _take_text(self) -> None:
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        self.text.setFixedHeight(self.fontMetrics().height() * _TEXT_LINES)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.parts, 1)
        layout.addWidget(self.text)
        layout.addWidget(self.marks)
        layout.addWidget(self.bar)

    def _connect(self) -> None:
        bar, parts = self.bar, self.parts
        parts.chosen.connect(self._show_part)
        self.text.selectionChanged.connect(lambda: self._enable(self.parts.current()))
        self.text.left.connect(parts.focus_list)
        bar.left.connect(parts.focus_list)
        acts = {
            "S": self._strike,
            "X": self._strike_span,
            "O": self._leave,
            "E": self._leave_entry,
            "U": self._lift,
            "N": parts.next_waiting,
            "F": parts.take_word,
        }
        for button, key in (
            (bar.whole_button, "S"),
            (bar.span_button, "X"),
            (bar.leave_button, "O"),
            (bar.entry_button, "E"),
            (bar.lift_button, "U"),
            (bar.next_button, "N"),
        ):
            button.clicked.connect(lambda *_, key=key: acts[key]())
        parts.all_button.clicked.connect(lambda *_: self._strike_found())
        for table in (parts.table, parts.found_table):
            let_keys_act(table, {**acts, "A": self._strike_found})
            table.row_opened.connect(lambda *_: self._take_text())
        let_keys_act(parts.found_table, {"Escape": parts.leave_word})
        let_keys_act(parts.word, {"Escape": parts.leave_word})
        let_keys_act(self.text, acts)
