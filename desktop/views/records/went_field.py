"""Who of the staff went or spoke: oneself, and whoever came along."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from desktop.domain.errors import ValidationError
from desktop.domain.office import StaffRow
from desktop.override import override
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.records.composite_field import CompositeField
from desktop.views.widgets import named


class WentField(CompositeField[tuple[UUID, ...]]):
    """The chosen ones are buttons that take them away again; typing part of a name adds one."""

    def __init__(
        self, name: str, colleagues: Sequence[StaffRow], *, parent: QWidget | None = None
    ) -> None:
        super().__init__(name, parent=parent)
        self._names = {row.staff_id: row.name for row in colleagues}
        self._chosen: list[UUID] = []
        self._buttons = QHBoxLayout()
        choices = [
            Choice(code=str(row.staff_id), label=f"{row.name}（{row.role_label}）")
            for row in colleagues
        ]
        self.adding = named(ChoiceField("同行者を追加", choices), "went_add")
        self.adding.editor().activated.connect(self._add_chosen)
        self._buttons.addStretch(1)
        self.inside.addLayout(self._buttons)
        self.inside.addWidget(self.adding)
        self.focus_at(self.adding)

    @override
    def show_value(self, value: tuple[UUID, ...] | None) -> None:
        self._chosen = list(value or ())
        self._show_buttons()
        self.adding.show_value(None)
        self.clear_error()

    @override
    def _read(self) -> tuple[UUID, ...] | None:
        try:
            added = self.adding.entered()
        except ValidationError as error:
            raise ValidationError("同行者を一覧から選んでください。") from error
        found = [*self._chosen, UUID(added)] if added else self._chosen
        return tuple(dict.fromkeys(found)) or None

    def _add_chosen(self) -> None:
        added = self.adding.editor().currentData()
        if added and UUID(added) not in self._chosen:
            self._chosen.append(UUID(added))
            self._show_buttons()
            self._was_edited()
        self.adding.show_value(None)

    def _show_buttons(self) -> None:
        while self._buttons.count() > 1:
            item = self._buttons.takeAt(0)
            button = item.widget() if item is not None else None
            if button is not None:
                button.hide()
                button.deleteLater()
        for place, staff_id in enumerate(self._chosen):
            self._buttons.insertWidget(place, self._button(staff_id))

    def _button(self, staff_id: UUID) -> QToolButton:
        button = QToolButton()
        button.setText(f"{self._names.get(staff_id, '退職した職員')}　✕")
        button.setToolTip("外す")
        button.clicked.connect(lambda: self._take_away(staff_id))
        return button

    def _take_away(self, staff_id: UUID) -> None:
        self._chosen.remove(staff_id)
        self._show_buttons()
        self._was_edited()
