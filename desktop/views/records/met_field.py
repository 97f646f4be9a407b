"""Who was met: members of the file by check box, anybody else by name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from desktop.domain.households import Member
from desktop.domain.labels import RELATION
from desktop.domain.records import MetPerson
from desktop.override import override
from desktop.views.fields.line_edit import LineEdit
from desktop.views.records.composite_field import CompositeField

_COLUMNS = 2
_BACK = {Qt.Key.Key_Up, Qt.Key.Key_Left}
_ON = {Qt.Key.Key_Down, Qt.Key.Key_Right}
_SEPARATORS = re.compile("[、,，]")


class MetField(CompositeField[tuple[MetPerson, ...]]):
    """One stop for Tab: arrow keys go from member to member, Space ticks, Tab goes on to the others' names."""

    def __init__(
        self, name: str, members: Sequence[Member], *, parent: QWidget | None = None
    ) -> None:
        super().__init__(name, parent=parent)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 2, 0, 0)
        self._grid.setHorizontalSpacing(18)
        self._grid.setColumnStretch(_COLUMNS, 1)
        self._boxes: list[tuple[MetPerson, QCheckBox]] = []
        self.others = LineEdit()
        self.others.setPlaceholderText("そのほかの人（主治医、家主など）")
        self.others.setToolTip("何人かいるときは「、」で区切ります")
        self.others.setAccessibleName(f"{name}（そのほかの人）")
        self.others.textEdited.connect(self._was_edited)
        self.inside.addLayout(self._grid)
        self.inside.addWidget(self.others)
        for member in members:
            self._add(_met(member))
        self._lead_focus()

    @override
    def show_value(self, value: tuple[MetPerson, ...] | None) -> None:
        known = {met.person_id for met, _ in self._boxes}
        for met in value or ():
            if met.person_id is not None and met.person_id not in known:
                self._add(met)
        ticked = {met.person_id for met in value or ()}
        for met, box in self._boxes:
            box.setChecked(met.person_id in ticked)
        self.others.setText("、".join(m.label for m in value or () if m.person_id is None))
        self._lead_focus()
        self.clear_error()

    def boxes(self) -> list[QCheckBox]:
        """The members' check boxes."""
        return [box for _, box in self._boxes]

    def so_far(self) -> tuple[MetPerson, ...]:
        """Who is ticked or named at this moment; nothing is committed or checked."""
        members = [met for met, box in self._boxes if box.isChecked()]
        names = (name.strip() for name in _SEPARATORS.split(self.others.text()))
        return (*members, *(MetPerson(label=name) for name in names if name))

    @override
    def _read(self) -> tuple[MetPerson, ...] | None:
        self.others.commit()
        return self.so_far() or None

    def _add(self, met: MetPerson) -> None:
        box = QCheckBox(met.label)
        number = len(self._boxes)
        if number:
            box.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        box.installEventFilter(self)
        box.clicked.connect(self._was_edited)
        self._grid.addWidget(box, number // _COLUMNS, number % _COLUMNS)
        self._boxes.append((met, box))

    def _lead_focus(self) -> None:
        widgets: list[QWidget] = [*self.boxes(), self.others]
        self.focus_at(widgets[0])
        for before, after in pairwise(widgets):
            QWidget.setTabOrder(before, after)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = (event.key() in _ON) - (event.key() in _BACK)
            boxes = self.boxes()
            place = next((i for i, box in enumerate(boxes) if box is watched), -1)
            if step and 0 <= place + step < len(boxes):
                boxes[place + step].setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if step:
                return True
        return False


def _met(member: Member) -> MetPerson:
    relation = f"（{RELATION[member.relation]}）"
    return MetPerson(label=f"{member.name}{relation}", person_id=member.person_id)
