"""Somebody stored a newer version: mine and the stored one beside each other, and three ways on."""

from __future__ import annotations

from enum import Enum

from PySide6.QtWidgets import QWidget

from desktop.domain.records import Entry, EntryInput
from desktop.viewmodels.records_difference import compare, input_parts, stored_parts
from desktop.viewmodels.records_text import instant_text
from desktop.views.look import Look
from desktop.views.records.conflict_frame import ConflictFrame
from desktop.views.records.side_by_side import SideBySide

_SENTENCE = (
    "この記録は別の画面で先に更新されました。入力した文章は残っています。"
    "どちらを選んでも、保存済みの版は履歴に残ります。"
)


class Resolution(Enum):
    """How a person settles a conflict."""

    BOTH = "両方の文章を残す"
    MINE = "自分の文章にする"
    STORED = "保存されている文章にする"


class ConflictPanel(ConflictFrame):
    """The default keeps both texts. `resolved` carries the Resolution."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        comparison = SideBySide(look)
        super().__init__(comparison, Resolution.BOTH, _SENTENCE, parent)
        self.comparison = comparison

    def show_conflict(self, mine: EntryInput, stored: Entry) -> None:
        """Show the stored text at the left, mine at the right."""
        when = instant_text(stored.recorded_at)
        self.comparison.show_parts(
            f"保存されている文章（第{stored.version}版、{when} に書き始めた記録）",
            "自分の文章（まだ保存していません）",
            compare(stored_parts(stored), input_parts(mine)),
        )
        self.begin()
