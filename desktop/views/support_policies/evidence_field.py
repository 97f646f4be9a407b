"""The evidence of an issue: sentences of the record, word for word."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from desktop.domain.support_policies import Evidence
from desktop.override import override
from desktop.views.paragraph import Paragraph
from desktop.views.records.composite_field import CompositeField
from desktop.views.support_policies.tab_order import leave_out
from desktop.views.widgets import named


class EvidenceRow(QWidget):
    """One quotation, with the way to its entry and the way out."""

    def __init__(self, evidence: Evidence) -> None:
        super().__init__()
        self.evidence = evidence
        self.quote = named(Paragraph(), "evidence_quote")
        self.open = named(QToolButton(), "evidence_open")
        self.remove = named(QToolButton(), "evidence_remove")
        for button, text, what in (
            (self.open, "記録へ", "この文の記録を開きます"),
            (self.remove, "外す", "この根拠を外します"),
        ):
            button.setText(text)
            button.setProperty("flat", True)
            button.setToolTip(what)
            button.setAccessibleName(f"{text}：{evidence.quote}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.quote, 1)
        row.addWidget(self.open, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)
        self.quote.say(f"「{evidence.quote}」")


class EvidenceField(CompositeField[tuple[Evidence, ...]]):
    """`pick_wanted` asks for the list of sentences, `entry_wanted` carries the id of an entry to be shown."""

    pick_wanted = Signal()
    entry_wanted = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._rows: list[EvidenceRow] = []
        self._places = QVBoxLayout()
        self._places.setSpacing(4)
        self.pick_button = named(QPushButton("記録の文を根拠に引く（Ctrl+R）"), "evidence_pick")
        self.pick_button.clicked.connect(self.pick_wanted)
        below = QHBoxLayout()
        below.addWidget(self.pick_button)
        below.addStretch(1)
        self.inside.addLayout(self._places)
        self.inside.addLayout(below)
        self.focus_at(self.pick_button)

    def rows(self) -> list[EvidenceRow]:
        """The quotations shown."""
        return list(self._rows)

    @property
    def stops(self) -> list[QWidget]:
        """Where Tab stops, in the order of reading."""
        rows = [stop for row in self._rows for stop in (row.open, row.remove)]
        return [*rows, self.pick_button]

    def take(self, evidence: Evidence) -> None:
        """One more quotation, as if a person had typed it."""
        self._show(evidence)
        self._was_edited()

    @override
    def show_value(self, value: tuple[Evidence, ...] | None) -> None:
        for row in self.rows():
            self._drop(row)
        for evidence in value or ():
            self._show(evidence)
        self.clear_error()

    @override
    def _read(self) -> tuple[Evidence, ...] | None:
        return tuple(row.evidence for row in self._rows) or None

    def _show(self, evidence: Evidence) -> None:
        row = EvidenceRow(evidence)
        row.open.clicked.connect(lambda: self.entry_wanted.emit(evidence.entry_id))
        row.remove.clicked.connect(lambda: self._remove(row))
        self._rows.append(row)
        self._places.addWidget(row)
        leave_out((row.open, row.remove))

    def _remove(self, row: EvidenceRow) -> None:
        self._drop(row)
        self.pick_button.setFocus()
        self._was_edited()

    def _drop(self, row: EvidenceRow) -> None:
        self._rows.remove(row)
        self._places.removeWidget(row)
        row.hide()
        row.deleteLater()
