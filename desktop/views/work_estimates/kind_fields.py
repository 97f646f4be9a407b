"""The fields of one kind of estimate, read into its question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from desktop.domain.errors import ValidationError
from desktop.domain.work_estimates_cases import EstimateInput
from desktop.views.fields.field import Field
from desktop.views.fields.form_layout import FormLayout
from desktop.views.fields.line_field import LineField
from desktop.views.support_policies.peeking import peek

#: What was entered by the names of the fields; None where nothing or nothing readable stands.
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class KindForm:
    """Labelled fields and ticks of a kind in the order of the keyboard, and the question they make."""

    fields: Callable[[Callable[[], date]], list[tuple[str, str, QWidget]]]
    make: Callable[[Values], EstimateInput]


class KindFields(QWidget):
    """`edited` whenever something was entered."""

    edited = Signal()

    def __init__(self, form: KindForm, today: Callable[[], date]) -> None:
        super().__init__()
        self._form, self._today = form, today
        self._widgets = dict[str, QWidget]()
        self._left_out: frozenset[str] = frozenset()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        inner = QWidget()
        fields = self._fields = FormLayout(inner, labels_above=True)
        fields.setContentsMargins(0, 0, 0, 0)
        for name, label, widget in form.fields(today):
            self._widgets[name] = widget
            widget.setObjectName(f"estimate_{name}")
            if isinstance(widget, QCheckBox):
                fields.addRow(widget)
                widget.toggled.connect(lambda *_: self.edited.emit())
            elif isinstance(widget, Field):
                fields.add_field(label, widget)
                widget.edited.connect(self.edited)
        layout.addWidget(inner)
        layout.addStretch(1)

    def begin(self, initial: Values) -> None:
        """Stand empty but for these values."""
        for name, widget in self._widgets.items():
            if isinstance(widget, QCheckBox):
                widget.setChecked(bool(initial.get(name)))
            elif isinstance(widget, Field):
                widget.show_value(initial.get(name))

    def leave_out(self, names: frozenset[str]) -> None:
        """Ask for everything but these: they are neither seen nor read."""
        if names == self._left_out:
            return
        self._left_out = names
        for name, widget in self._widgets.items():
            self._fields.setRowVisible(widget, name not in names)

    def given(self) -> EstimateInput | None:
        """The question; None while something that it needs is missing or cannot be read."""
        values = {name: _value(widget) for name, widget in self._asked().items()}
        needed = (n for n, w in self._asked().items() if isinstance(w, Field) and w.required)
        if any(values[name] is None for name in needed) or self._has_errors():
            return None
        return self._form.make(values)

    def show_missing(self) -> None:
        """Say beside each field what it needs, and go to the first."""
        first: QWidget | None = None
        for widget in self._asked().values():
            if isinstance(widget, Field):
                try:
                    widget.entered()
                except ValidationError:
                    first = first or widget
        if isinstance(first, Field):
            first.editor().setFocus()

    @property
    def is_composing(self) -> bool:
        """Whether an input method is at work: nothing is read until it is done."""
        lines = (w.editor() for w in self._widgets.values() if isinstance(w, LineField))
        return any(line.is_composing() for line in lines)

    def focus_first(self) -> None:
        """Go to the first field."""
        first = next(iter(self._widgets.values()))
        (first.editor() if isinstance(first, Field) else first).setFocus()

    def field(self, name: str) -> QWidget:
        """The field of a name."""
        return self._widgets[name]

    def peeked(self, name: str) -> Any:  # noqa: ANN401 - whatever the field holds
        """What stands in a field, without a word where it cannot be read."""
        widget = self._widgets[name]
        return peek(widget, None) if isinstance(widget, Field) else None

    def _asked(self) -> dict[str, QWidget]:
        return {n: w for n, w in self._widgets.items() if n not in self._left_out}

    def _has_errors(self) -> bool:
        return any(isinstance(w, Field) and w.error() for w in self._asked().values())


def _value(widget: QWidget) -> Any:  # noqa: ANN401 - whatever the field holds
    """What was entered; a field that nobody filled in is not accused while others are typed."""
    if isinstance(widget, QCheckBox):
        return widget.isChecked()
    if not isinstance(widget, Field):
        return None
    try:
        return widget.entered()
    except ValidationError:
        if isinstance(widget, LineField) and not widget.editor().text().strip():
            widget.clear_error()
        return None
