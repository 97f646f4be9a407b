"""Chooses a mapping (対応表): one of those that come with the program, or any other file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from desktop.views.dialogs import Dialogs

_OTHER = "ほかの対応表のファイル…"


class MappingBox(QComboBox):
    """`changed` after every choice of a mapping."""

    changed = Signal()

    def __init__(self, dialogs: Dialogs) -> None:
        super().__init__()
        self._dialogs = dialogs
        self._chosen = -1
        self.setAccessibleName("対応表")
        self.activated.connect(self._activated)

    def show_mappings(self, mappings: Sequence[tuple[str, Path]]) -> None:
        """Offer the mappings that come with the program, and any other file."""
        self.blockSignals(True)
        self.clear()
        for name, path in mappings:
            self.addItem(name, path)
        self.addItem(_OTHER, None)
        self._chosen = 0 if mappings else -1
        self.setCurrentIndex(self._chosen)
        self.blockSignals(False)

    def given(self) -> Path | None:
        """The mapping; None until one is chosen."""
        mapping = self.currentData()
        return mapping if isinstance(mapping, Path) else None

    def _activated(self, place: int) -> None:
        if self.itemData(place) is not None:
            self._chosen = place
            self.changed.emit()
            return
        self.setCurrentIndex(self._chosen)
        self._dialogs.choose_file(self, "対応表", "対応表 (*.toml)", self._take)

    def _take(self, path: Path) -> None:
        place = self.count() - 1
        self.insertItem(place, path.name, path)
        self.setCurrentIndex(place)
        self._chosen = place
        self.changed.emit()
