"""The households of a new sheet: found by typing, in their order, each with what it is visited for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.carry_outs import CarryCandidate, CarryItem
from desktop.domain.errors import ValidationError
from desktop.viewmodels.carry_outs import ChosenHousehold, candidate_text, chosen_columns
from desktop.viewmodels.rows import RowTableModel
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.form_layout import FormLayout
from desktop.views.fields.notes import FieldError
from desktop.views.inquiries.items_field import ItemsField
from desktop.views.look import Look
from desktop.views.papers.folding_row import FlowingRow
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_WIDTHS = {0: 2, 1: 6, 2: 8, 3: 9}
_STRETCH = 4
_ROWS = 5


class HouseholdRows(QWidget):
    """Enter adds what was found; Del takes a row out, Ctrl+Up and Ctrl+Down move it. `changed` after each."""

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._candidates: dict[str, CarryCandidate] = {}
        self._rows: list[ChosenHousehold] = []
        self._purposes: dict[str, str] = {}
        self.finder = ChoiceField("加える世帯", ())
        self.add_button = named(QPushButton("加える（Enter）"), "add_household")
        self.remove_button = named(QPushButton("外す（Del）"), "remove_household")
        self.model: RowTableModel[ChosenHousehold] = RowTableModel(
            chosen_columns(self._purposes),
            key=lambda c: c.candidate.household_id,
            brush_of=look.brush_of,
            parent=self,
        )
        self.table = named(
            TableView(self.model, name="携行票の世帯", characters=_WIDTHS, stretch=_STRETCH),
            "carried_households",
        )
        self.purposes = ItemsField("訪問の目的", when_empty="世帯を加えると、ここで選べます。")
        self.with_place = named(QCheckBox("町名・号室を印刷する(&L)"), "with_place")
        self.error = FieldError()
        self._lay_out()
        self._connect()

    def offer(self, candidates: Sequence[CarryCandidate], purposes: dict[str, str]) -> None:
        """Begin with no household, these to choose from, and these purposes."""
        self._candidates = {str(c.household_id): c for c in candidates}
        self._purposes.clear()
        self._purposes.update(purposes)
        self._rows = []
        self.finder.set_choices(
            [
                Choice(code=code, label=candidate_text(c), kana=c.head_kana)
                for code, c in self._candidates.items()
            ]
        )
        self._show_rows(0)

    def offer_more(self, candidates: Sequence[CarryCandidate]) -> None:
        """Let these be added, too: households that were at hand elsewhere."""
        self._candidates.update({str(c.household_id): c for c in candidates})

    def items(self) -> tuple[CarryItem, ...]:
        """What was chosen, in its order."""
        return tuple(row.item for row in self._rows)

    def add(self, household_id: UUID, purposes: tuple[str, ...] = ()) -> None:
        """Put a household at the end; without purposes its own begin as those of the row before."""
        candidate = self._candidates.get(str(household_id))
        if candidate is None or household_id in {r.candidate.household_id for r in self._rows}:
            return
        known = tuple(code for code in purposes if code in self._purposes)
        before = known or (self._rows[-1].item.purposes if self._rows else ())
        item = CarryItem(household_id=household_id, purposes=before)
        self._rows.append(ChosenHousehold(place=0, candidate=candidate, item=item))
        self._show_rows(len(self._rows) - 1)
        self.changed.emit()

    def show_error(self, sentence: str) -> None:
        """Say beneath the list what is wrong with it."""
        self.error.say(sentence)

    def _add_found(self) -> None:
        try:
            code = self.finder.entered()
        except ValidationError:
            return  # the field says it
        if code is not None:
            self.add(UUID(code))
            self.finder.show_value(None)
            self.finder.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self) -> None:
        row = self.table.current_row()
        if 0 <= row < len(self._rows):
            del self._rows[row]
            self._show_rows(row)
            self.changed.emit()

    def _shift(self, by: int) -> None:
        row = self.table.current_row()
        if 0 <= row < len(self._rows) and 0 <= row + by < len(self._rows):
            self._rows[row], self._rows[row + by] = self._rows[row + by], self._rows[row]
            self._show_rows(row + by)

    def _show_rows(self, at: int) -> None:
        self._rows = [replace(row, place=n) for n, row in enumerate(self._rows, start=1)]
        self.model.set_rows(self._rows)
        self.table.select_row(min(at, len(self._rows) - 1))
        self.error.say("")
        self._show_current()

    def _show_current(self) -> None:
        row = self.model.row_at(self.table.currentIndex())
        choices = [Choice(code=code, label=said) for code, said in self._purposes.items()]
        self.purposes.set_choices(choices if row else ())
        self.purposes.show_value(row.item.purposes if row else None)
        self.remove_button.setEnabled(row is not None)
        may_tell = row is not None and not row.candidate.is_shielded
        self.with_place.setEnabled(may_tell)
        self.with_place.blockSignals(True)
        self.with_place.setChecked(row is not None and row.item.with_place)
        self.with_place.blockSignals(False)

    def _keep_current(self) -> None:
        at = self.table.current_row()
        if 0 <= at < len(self._rows):
            item = replace(
                self._rows[at].item,
                purposes=self.purposes.ticked(),
                with_place=self.with_place.isChecked(),
            )
            self._rows[at] = replace(self._rows[at], item=item)
            self.model.set_rows(self._rows)

    def _lay_out(self) -> None:
        self.table.setFixedHeight(self.fontMetrics().height() * 2 * (_ROWS + 1))
        find = FlowingRow()
        for widget in (self.finder, self.add_button, self.remove_button):
            find.add(widget)
        self.finder.editor().setMinimumWidth(self.fontMetrics().horizontalAdvance("国") * 22)
        label = QLabel("加える世帯（ケース番号・氏名・町名で探します）(&H)")
        label.setBuddy(self.finder.editor())
        self.finder.editor().setAccessibleName("加える世帯")
        ticks = QWidget()
        form = FormLayout(ticks, labels_above=True)
        form.setContentsMargins(0, 0, 0, 0)
        form.add_field("訪問の目的（矢印とSpaceで選びます）(&P)", self.purposes)
        beside = QVBoxLayout()
        beside.addWidget(ticks)
        beside.addWidget(self.with_place)
        beside.addStretch(1)
        middle = QHBoxLayout()
        middle.addWidget(self.table, 3)
        middle.addLayout(beside, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label)
        layout.addWidget(find)
        layout.addLayout(middle)
        layout.addWidget(self.error)

    def _connect(self) -> None:
        self.add_button.clicked.connect(self._add_found)
        self.remove_button.clicked.connect(self._remove)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_current())
        self.purposes.edited.connect(self._keep_current)
        self.with_place.toggled.connect(lambda *_: self._keep_current())
        for widget, key, act in (
            (self.finder, "Return", self._add_found),
            (self.finder, "Enter", self._add_found),
            (self.table, "Delete", self._remove),
            (self.table, "Ctrl+Up", lambda: self._shift(-1)),
            (self.table, "Ctrl+Down", lambda: self._shift(1)),
        ):
            shortcut = QShortcut(QKeySequence(key), widget)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
