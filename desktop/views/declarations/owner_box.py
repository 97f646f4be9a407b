"""Whose board is looked at: one of the caseworkers that may be."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox

from desktop.domain.declarations import BoardOwner


class OwnerBox(QComboBox):
    """The caseworkers by name; `activated` is only said of a choice by hand."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("担当")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._owners: tuple[BoardOwner, ...] = ()

    def show_owners(self, owners: Sequence[BoardOwner]) -> None:
        """Offer these, and keep the one that was chosen where it is still among them."""
        before = self.chosen
        self._owners = tuple(owners)
        with QSignalBlocker(self):
            self.clear()
            self.addItems([owner.name for owner in self._owners])
            self.setCurrentIndex(self._owners.index(before) if before in self._owners else 0)

    @property
    def chosen(self) -> BoardOwner | None:
        """Whose board is wanted; None before anybody is offered."""
        place = self.currentIndex()
        return self._owners[place] if 0 <= place < len(self._owners) else None
