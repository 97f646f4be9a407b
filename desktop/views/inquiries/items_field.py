"""Several items of a list, ticked by Space."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from desktop.domain.errors import ValidationError
from desktop.override import override
from desktop.views.fields.choice_field import Choice
from desktop.views.fields.field import Field

_CODE = Qt.ItemDataRole.UserRole
_MOST_ROWS = 6


class ItemsField(Field[tuple[str, ...]]):
    """Codes of the items ticked, in the order of the list; None where none is. Space ticks, arrow keys go on.

    `when_empty` stands in the list while nothing is offered.
    """

    def __init__(
        self,
        name: str,
        *,
        when_empty: str,
        required: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, required=required, parent=parent)
        self._when_empty = when_empty
        self._list = QListWidget()
        self._list.setTabKeyNavigation(False)
        self._list.setWordWrap(True)
        self._place(self._list, stretches=True)
        self._list.itemChanged.connect(lambda _: self._was_edited())
        self.set_choices(())

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer other items; what is ticked stays if it is among them."""
        ticked = set(self._ticked())
        self._list.blockSignals(True)
        self._list.clear()
        for choice in choices:
            item = QListWidgetItem(choice.label)
            item.setData(_CODE, choice.code)
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled
                | Qt.ItemFlag.ItemIsSelectable
                | Qt.ItemFlag.ItemIsUserCheckable
            )
            item.setCheckState(_state(choice.code in ticked))
            self._list.addItem(item)
        self._list.blockSignals(False)
        if choices:
            self._list.setCurrentRow(0)
        else:
            waiting = QListWidgetItem(self._when_empty)
            waiting.setFlags(Qt.ItemFlag.NoItemFlags)
            self._list.addItem(waiting)
        rows = min(max(len(choices), 2), _MOST_ROWS)
        height = max(self._list.sizeHintForRow(0), self.fontMetrics().height() * 3 // 2)
        self._list.setFixedHeight(rows * height + 2 * self._list.frameWidth() + 4)

    def labels(self) -> tuple[str, ...]:
        """What is offered."""
        return tuple(item.text() for item in self._items())

    def ticked(self) -> tuple[str, ...]:
        """What is ticked now; nothing is judged."""
        return self._ticked()

    @override
    def show_value(self, value: tuple[str, ...] | None) -> None:
        self._list.blockSignals(True)
        for item in self._items():
            item.setCheckState(_state(item.data(_CODE) in (value or ())))
        self._list.blockSignals(False)
        self.clear_error()

    @override
    def editor(self) -> QListWidget:
        return self._list

    @override
    def set_read_only(self, *, read_only: bool) -> None:
        self._list.setEnabled(not read_only)

    @override
    def _read(self) -> tuple[str, ...] | None:
        return self._ticked() or None

    @override
    def _present(self, value: tuple[str, ...] | None) -> tuple[str, ...] | None:
        if value is None and self.required:
            raise ValidationError(f"{self.name}を選んでください。")
        return value

    def _ticked(self) -> tuple[str, ...]:
        return tuple(
            str(item.data(_CODE))
            for item in self._items()
            if item.checkState() == Qt.CheckState.Checked
        )

    def _items(self) -> list[QListWidgetItem]:
        every = (self._list.item(row) for row in range(self._list.count()))
        return [item for item in every if item.data(_CODE) is not None]


def _state(is_on: bool) -> Qt.CheckState:  # noqa: FBT001 - one answer into another
    return Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked
