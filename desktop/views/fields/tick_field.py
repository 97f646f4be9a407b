"""A yes or no by one tick, with a line beneath that says when it is meant."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from desktop.override import override
from desktop.views.fields.field import Field
from desktop.views.fields.notes import Note

_MNEMONIC = re.compile(r"\(&.\)")


class TickField(Field[bool]):
    """`label` stands beside the box with its key (`危険の兆候あり(&W)`); `meaning` wraps beneath it and is read out too."""

    def __init__(self, label: str, meaning: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(_MNEMONIC.sub("", label), parent=parent)
        self._box = QCheckBox(label)
        self._place(self._box)
        self._meaning = Note()
        self._meaning.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._box.setToolTip(meaning)
        self._box.setWhatsThis(meaning)
        self._lines.insertWidget(1, self._meaning)
        self._meaning.say(
            meaning
        )  # in its place: shown before, it would be a window of its own for a moment
        self._box.clicked.connect(self._was_edited)

    def is_ticked(self) -> bool:
        """What the box says just now."""
        return self._box.isChecked()

    @override
    def show_value(self, value: bool | None) -> None:
        self._box.setChecked(bool(value))
        self.clear_error()

    @override
    def editor(self) -> QCheckBox:
        return self._box

    @override
    def set_read_only(self, *, read_only: bool) -> None:
        self._box.setEnabled(not read_only)

    @override
    def _read(self) -> bool:
        return self._box.isChecked()
