"""自走の確認項目: each item answered はい, いいえ or 不明 by arrow keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.assessments import SAID, DriveItem, Said
from desktop.override import override
from desktop.views.records.composite_field import CompositeField
from desktop.views.support_policies.tab_order import leave_out
from desktop.views.widgets import keep_height_for_width

_ESSENTIAL = "（必須の項目）"


class DriveRow(QWidget):
    """One item with its three answers beneath; arrow keys go through the answers."""

    answered = Signal()

    def __init__(self, item: DriveItem, said: Said) -> None:
        super().__init__()
        self.item = item
        self._group = QButtonGroup(self)
        self.buttons: dict[Said, QRadioButton] = {}
        essential = _ESSENTIAL if item.is_essential else ""
        label = QLabel(f"{item.label}{essential}")
        label.setWordWrap(True)
        answers = QHBoxLayout()
        for answer, words in SAID.items():
            button = QRadioButton(words)
            button.setAccessibleName(f"{item.label}　{words}")
            self._group.addButton(button)
            self.buttons[answer] = button
            answers.addWidget(button)
        answers.addStretch(1)
        self.buttons[said].setChecked(True)
        leave_out(self.buttons.values())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(label)
        layout.addLayout(answers)
        keep_height_for_width(self)
        self._group.buttonClicked.connect(lambda *_: self.answered.emit())
        self._group.buttonToggled.connect(self._toggled)

    @property
    def said(self) -> Said:
        """The answer."""
        return next(s for s, button in self.buttons.items() if button.isChecked())

    @property
    def stop(self) -> QWidget:
        """Where Tab stops: at the answer given."""
        return self.buttons[self.said]

    def _toggled(self, button: QRadioButton, is_checked: bool) -> None:  # noqa: FBT001 - Qt's signal
        if is_checked and button.hasFocus():
            self.answered.emit()


class DriveField(CompositeField[Mapping[str, Said]]):
    """The answers by the code of the item; who was not asked is 不明."""

    def __init__(self) -> None:
        super().__init__("自分で活動できるか")
        self.rows: list[DriveRow] = []
        self._items: tuple[DriveItem, ...] = ()

    def use(self, items: Sequence[DriveItem]) -> None:
        """Offer the office's list of the day."""
        self._items = tuple(items)

    @property
    def stops(self) -> list[QWidget]:
        """Where Tab stops."""
        return [row.stop for row in self.rows]

    @override
    def show_value(self, value: Mapping[str, Said] | None) -> None:
        for row in self.rows:
            self.inside.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [
            DriveRow(item, (value or {}).get(item.code, Said.UNKNOWN)) for item in self._items
        ]
        for row in self.rows:
            self.inside.addWidget(row)
            row.answered.connect(self._was_edited)
        self.clear_error()

    @override
    def _read(self) -> Mapping[str, Said] | None:
        return {row.item.code: row.said for row in self.rows}
