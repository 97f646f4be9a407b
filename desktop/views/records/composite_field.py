"""The base of fields that are made of several small widgets."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.override import override
from desktop.views.fields.field import Field, Value


class CompositeField(Field[Value]):
    """A field whose editor is a box of widgets; the first of them takes the focus."""

    def __init__(self, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(name, parent=parent)
        self._box = QWidget()
        self.inside = QVBoxLayout(self._box)
        self.inside.setContentsMargins(0, 0, 0, 0)
        self.inside.setSpacing(4)
        self._box.setAccessibleName(name)
        self._row.addWidget(self._box, 1)
        self._row.addWidget(self._note)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def focus_at(self, widget: QWidget) -> None:
        """The widget that the label's mnemonic and an error lead to."""
        self._box.setFocusProxy(widget)
        self.setFocusProxy(widget)

    @override
    def editor(self) -> QWidget:
        return self._box

    @override
    def set_read_only(self, *, read_only: bool) -> None:
        self._box.setEnabled(not read_only)
