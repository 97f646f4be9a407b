"""就労阻害要因: one line for each barrier, or the tick that somebody was asked and has none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from desktop.domain.assessment_forms import NO_BARRIER, AssessmentTables
from desktop.domain.assessments import Barrier, Barriers
from desktop.domain.errors import ValidationError
from desktop.override import override
from desktop.viewmodels.assessments_text import SENSITIVE, barrier_choice, is_sensitive
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.field import Field
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.month_field import MonthField
from desktop.views.fields.text_field import TextField
from desktop.views.support_policies.choice_row import labelled, side_by_side, stacked
from desktop.views.support_policies.lines_field import LineEditor, LinesField
from desktop.views.widgets import named

_LONGEST = 500


class BarrierLine(LineEditor[Barrier]):
    """A line that is not touched keeps the day on which it was found out; a touched one is of today."""

    def __init__(self, given: Barrier, tables: AssessmentTables, today: Callable[[], date]) -> None:
        super().__init__("barrier")
        self._tables, self._today = tables, today
        self._as_of = given.as_of
        self.kind = ChoiceField("阻害要因", _kinds(tables, given.code), required=True)
        self.state = ChoiceField("状態", _states(tables, given.state), required=True)
        self.expected_on = MonthField("解消する月", today=today)
        self.evidence = TextField("根拠", characters=13, longest=_LONGEST)
        self.action = TextField("すること", characters=13, longest=_LONGEST)
        self.partner = TextField("相談先", characters=13, longest=_LONGEST)
        self._lay_out()
        self._show(given)
        for field in self.fields():
            field.edited.connect(self._was_edited)
        self.kind.edited.connect(self._take_partner)
        self.kind.editor().currentIndexChanged.connect(self._mark)
        self._mark()

    @override
    def fields(self) -> Sequence[Field[Any]]:
        return (
            *(self.kind, self.state, self.expected_on),
            *(self.evidence, self.action, self.partner),
        )

    @override
    def main_field(self) -> Field[str]:
        return self.kind

    @override
    def entered(self) -> Barrier | None:
        if self._is_empty():
            return None
        reader = FormReader()
        code = reader.read("code", self.kind)
        state = reader.read("state", self.state)
        expected_on = reader.read("expected_on", self.expected_on)
        evidence = reader.read("evidence", self.evidence)
        action = reader.read("action", self.action)
        partner = reader.read("partner", self.partner)
        reader.finish()
        return Barrier(
            code=code or "",
            state=Barriers(state or Barriers.UNKNOWN),
            as_of=self._as_of,
            expected_on=expected_on,
            evidence=evidence or "",
            action=action or "",
            partner=partner or "",
        )

    def _is_empty(self) -> bool:
        texts = (self.expected_on, self.evidence, self.action, self.partner)
        worded = any(field.editor().text().strip() for field in texts)
        return not worded and not self.kind.editor().currentText().strip()

    def _was_edited(self) -> None:
        self._as_of = self._today()
        self.edited.emit()

    def _take_partner(self) -> None:
        """Who is usually asked stands ready where nobody is named."""
        kind = self._tables.barriers.get(self.kind.editor().currentData() or "")
        if kind is not None and not self.partner.editor().text().strip():
            self.partner.show_value(kind.partner)

    def _mark(self) -> None:
        code = self.kind.editor().currentData() or ""
        self.kind.show_note(SENSITIVE if is_sensitive(self._tables, code) else "")

    def _show(self, given: Barrier) -> None:
        self.kind.show_value(given.code or None)
        self.state.show_value(given.state)
        self.expected_on.show_value(given.expected_on)
        self.evidence.show_value(given.evidence or None)
        self.action.show_value(given.action or None)
        self.partner.show_value(given.partner or None)

    def _lay_out(self) -> None:
        rows = [labelled(field.name, field) for field in self.fields()]
        both = stacked((side_by_side(rows[:3]), side_by_side(rows[3:])))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, self.fontMetrics().height() // 2)
        row.addWidget(both, 1)
        row.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)


class BarriersField(LinesField[Barrier]):
    """「なし」 and lines exclude each other: the tick is offered while there is no line, lines while it is not set."""

    def __init__(self, today: Callable[[], date]) -> None:
        self._tables: AssessmentTables | None = None
        self._today = today
        super().__init__(
            "就労阻害要因",
            "要因を加える(&J)",
            blank=lambda: Barrier(code="", state=Barriers.UNKNOWN, as_of=today()),
            make=self._line,
        )
        self.none = named(QCheckBox("なし（たずねて確かめた）"), "no_barrier")
        self._none_as_of = today()
        self.inside.insertWidget(0, self.none)
        self.none.clicked.connect(self._ticked)

    def use(self, tables: AssessmentTables) -> None:
        """Offer the office's list of the day."""
        self._tables = tables

    @property
    @override
    def stops(self) -> list[QWidget]:
        return [self.none, *super().stops]

    @override
    def show_value(self, value: tuple[Barrier, ...] | None) -> None:
        lines = tuple(b for b in value or () if b.code != NO_BARRIER)
        none = next((b for b in value or () if b.code == NO_BARRIER), None)
        self._none_as_of = none.as_of if none else self._today()
        self.none.setChecked(none is not None and not lines)
        super().show_value(lines)
        self._offer()

    @override
    def add_line(self) -> None:
        if not self.none.isChecked():
            super().add_line()
            self._offer()

    @override
    def _read(self) -> tuple[Barrier, ...] | None:
        if self.none.isChecked():
            return (Barrier(code=NO_BARRIER, state=Barriers.NONE, as_of=self._none_as_of),)
        read = super()._read()
        codes = [barrier.code for barrier in read or ()]
        if len(set(codes)) != len(codes):
            raise ValidationError("同じ阻害要因が二つあります。一つにしてください。")
        return read

    @override
    def _was_edited(self) -> None:
        self._offer()
        super()._was_edited()

    def _ticked(self) -> None:
        self._none_as_of = self._today()
        self._was_edited()

    def _offer(self) -> None:
        self.none.setEnabled(not self.lines())
        self.add_button.setEnabled(not self.none.isChecked())

    def _line(self, given: Barrier) -> LineEditor[Barrier]:
        if self._tables is None:
            raise RuntimeError("the office's list is not known yet")
        return BarrierLine(given, self._tables, self._today)


def _kinds(tables: AssessmentTables, given: str) -> list[Choice]:
    codes = [code for code in tables.barriers if code != NO_BARRIER]
    if given and given not in codes:
        codes.append(given)
    return [Choice(code=code, label=barrier_choice(tables, code)) for code in codes]


def _states(tables: AssessmentTables, given: Barriers) -> list[Choice]:
    offered = [s for s in Barriers if s is not Barriers.NONE or given is Barriers.NONE]
    return [Choice(code=state, label=tables.label(state)) for state in offered]
