"""Puts a purpose that the policy, a promise or a paper gives into the subject of an entry."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton

from desktop.domain.briefs import PURPOSE, Purpose
from desktop.views.widgets import named

_MOST = 9


class PurposeButton(QPushButton):
    """A menu of the most urgent purposes, by their digits; `chosen` carries the words. Hidden where there are none."""

    chosen = Signal(str)

    def __init__(self, purposes: Sequence[Purpose]) -> None:
        super().__init__("方針・約束から目的を入れる(&U)")
        named(self, "insert_purpose")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        menu = QMenu(self)
        for number, purpose in enumerate(purposes[:_MOST], start=1):
            words = purpose.text.replace("&", "&&").replace("\n", " ")
            action = menu.addAction(f"&{number}　{PURPOSE[purpose.kind]}：{words}")
            action.triggered.connect(lambda _=False, text=purpose.text: self.chosen.emit(text))
        self.setMenu(menu)
        self.setVisible(bool(purposes))
