"""The form of one dated row, generated from the fields of its table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.masters import MasterInput, MasterRow, MasterTable
from desktop.views.fields.date_field import DateField
from desktop.views.fields.field import Field
from desktop.views.fields.form_layout import FormLayout
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.text_field import TextField
from desktop.views.masters.value_fields import YesNoField, make_field
from desktop.views.widgets import named


@dataclass(frozen=True, slots=True, kw_only=True)
class RowDraft:
    """What a form begins with: a new key, a change of a key, or the end of a key."""

    key: str = ""
    value: Mapping[str, object] | None = None
    ends: bool = False


class MasterForm(QScrollArea):
    """Key, day, values, source and whether the source was checked. `edited` when a person changed something."""

    edited = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._table: MasterTable | None = None
        self._ends = False
        self._values: dict[str, Field[Any]] = {}
        self.key = TextField("項目", required=True)
        self.valid_from = DateField("から", today=today, required=True)
        self.source = TextField("根拠", required=True)
        self.confirmed = YesNoField("確認", "原典で確認した")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_row(self, table: MasterTable, row: MasterRow) -> None:
        """Show a stored row, not to be changed."""
        content = self._build(table, ends=row.is_retired, reads=True)
        self.key.show_value(row.key)
        self.valid_from.show_value(row.valid_from)
        self.source.show_value(row.source or None)
        self.confirmed.show_value(row.confirmed)
        self._show_values(row.value)
        for field in self._all():
            field.set_read_only(read_only=True)
        self.setWidget(content)

    def begin(self, table: MasterTable, draft: RowDraft) -> None:
        """Begin a row from today on; the key of an existing one stays."""
        content = self._build(table, ends=draft.ends)
        self.key.show_value(draft.key or None)
        self.key.set_read_only(read_only=bool(draft.key))
        self.valid_from.show_value(self._today())
        self._show_values(draft.value or {})
        self.setWidget(content)
        first: list[Field[Any]] = [self.key] if not draft.key else list(self._values.values())
        (first or [self.valid_from])[0].setFocus()

    def given(self) -> MasterInput:
        """What was entered. ValidationError, shown beside each field, when something cannot be read."""
        if self._table is None:
            raise AssertionError
        reader = FormReader()
        key = reader.read("key", self.key)
        valid_from = reader.read("valid_from", self.valid_from)
        value = {name: reader.read(name, field) for name, field in self._values.items()}
        source = reader.read("source", self.source)
        confirmed = reader.read("confirmed", self.confirmed)
        reader.finish()
        return MasterInput(
            table=self._table.name,
            key=key or "",
            valid_from=valid_from or self._today(),
            value=value,
            source=source or "",
            confirmed=bool(confirmed),
            is_retired=self._ends,
        )

    def show_errors(self, errors: Mapping[str, str]) -> str:
        """Put refusals beside their fields; return those that have no field here, joined."""
        places: dict[str, Field[Any]] = {
            "key": self.key,
            "valid_from": self.valid_from,
            "source": self.source,
            **self._values,
        }
        placed = [name for name in places if name in errors]
        for name in placed:
            places[name].show_error(errors[name])
        if placed:
            places[placed[0]].setFocus()
            self.ensureWidgetVisible(places[placed[0]])
        return "　".join(s for name, s in errors.items() if name not in places)

    def field(self, name: str) -> Field[Any]:
        """The field of a value."""
        return self._values[name]

    def _build(self, table: MasterTable, *, ends: bool, reads: bool = False) -> QWidget:
        self._table, self._ends = table, ends
        self.key = TextField(table.key_label, required=not reads)
        self.valid_from = DateField(
            "終わる日" if ends else "いつから", today=self._today, required=not reads
        )
        self.source = TextField("根拠", required=not reads)
        self.confirmed = YesNoField("確認", "原典で確認した")
        fields = () if ends else table.fields
        self._values = {
            field.name: make_field(
                replace(field, required=field.required and not reads), self._today
            )
            for field in fields
        }
        content = named(QWidget(), "master_fields")
        has_texts = any(field.lines > 1 for field in fields)
        form = FormLayout(labels_above=has_texts)
        if not has_texts:
            form.setRowWrapPolicy(FormLayout.RowWrapPolicy.WrapLongRows)
        for field in self._all():
            form.add_field(field.name, field)
            field.edited.connect(self.edited)
        outer = QVBoxLayout(content)
        outer.setContentsMargins(0, 0, 8, 0)
        outer.addLayout(form)
        outer.addStretch(1)
        return content

    def _all(self) -> list[Field[Any]]:
        return [self.key, self.valid_from, *self._values.values(), self.source, self.confirmed]

    def _show_values(self, value: Mapping[str, object]) -> None:
        for name, field in self._values.items():
            shown = value.get(name)
            field.show_value(None if shown in ("", []) else shown)
