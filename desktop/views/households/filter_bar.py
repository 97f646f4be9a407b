"""What the household list is filtered by."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QWidget

from desktop.domain.households import HouseholdFilter, HouseholdState, HouseholdType
from desktop.domain.labels import HOUSEHOLD_STATE, HOUSEHOLD_TYPE
from desktop.domain.office import DistrictRow, SignedInStaff
from desktop.override import override
from desktop.views.two_rows import TwoRows
from desktop.views.widgets import named

_DEBOUNCE_MS = 150
_BOX_CHARACTERS = 12
_RUNNING = (HouseholdState.RECEIVING, HouseholdState.SUSPENDED, HouseholdState.APPLYING)
_STATES: tuple[tuple[str, tuple[HouseholdState, ...]], ...] = (
    ("廃止以外", _RUNNING),
    *((label, (state,)) for state, label in HOUSEHOLD_STATE.items()),
    ("すべて", tuple(HouseholdState)),
)


class FilterBar(QWidget):
    """A box for any word, and three choices. `changed` after a pause in typing, at once after a choice."""

    changed = Signal()
    left_downwards = Signal()
    entered = Signal()

    def __init__(self, staff: SignedInStaff, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = named(QLineEdit(), "household_filter")
        self.box.setPlaceholderText("氏名・番号・住所・生年月日")
        self.box.setClearButtonEnabled(True)
        self.district = named(QComboBox(), "district_filter")
        self.household_type = named(QComboBox(), "type_filter")
        self.state = named(QComboBox(), "state_filter")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_DEBOUNCE_MS)
        self._own = tuple(sorted(staff.own_district_ids))
        self._fill()
        self._build()
        self._connect()

    def given(self) -> HouseholdFilter:
        """What is set now."""
        household_type: HouseholdType | None = self.household_type.currentData()
        return HouseholdFilter(
            text=self.box.text(),
            district_ids=self._district_ids(),
            household_types=(household_type,) if household_type else (),
            states=_STATES[self.state.currentIndex()][1],
        )

    def show_districts(self, districts: tuple[DistrictRow, ...]) -> None:
        """Offer the office's districts."""
        for row in districts:
            caseworker = f"（{row.caseworker}）" if row.caseworker else "（欠員）"
            self.district.addItem(f"{row.code} {row.name}{caseworker}", row.district_id)

    def widen(self) -> None:
        """Look in all districts, all types and all states for what was typed."""
        self.district.setCurrentIndex(self.district.findData(None))
        self.household_type.setCurrentIndex(0)
        self.state.setCurrentIndex(self.state.count() - 1)

    def is_narrowed(self) -> bool:
        """Whether a choice leaves something out."""
        given = self.given()
        return bool(given.district_ids or given.household_types) or len(given.states) < len(
            HouseholdState
        )

    def _district_ids(self) -> tuple[UUID, ...]:
        chosen = self.district.currentData()
        if chosen is None:
            return ()
        return self._own if chosen == "own" else (chosen,)

    def _fill(self) -> None:
        if self._own:
            self.district.addItem("担当地区", "own")
        self.district.addItem("すべて", None)
        self.household_type.addItem("すべて", None)
        for household_type, label in HOUSEHOLD_TYPE.items():
            self.household_type.addItem(label, household_type)
        for label, _ in _STATES:
            self.state.addItem(label)

    def _build(self) -> None:
        self.box.setMinimumWidth(self.fontMetrics().horizontalAdvance("国") * _BOX_CHARACTERS)
        self.district.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.district.setMinimumContentsLength(8)
        search = _labelled({"検索(&F)": self.box})
        choices = _labelled(
            {"地区(&D)": self.district, "類型(&T)": self.household_type, "状態(&S)": self.state}
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(TwoRows(search, choices, first_stretches=True))

    def _connect(self) -> None:
        self.box.textChanged.connect(self._pause.start)
        self.box.returnPressed.connect(self.entered)
        self.box.installEventFilter(self)
        self._pause.timeout.connect(self.changed)
        for choice in (self.district, self.household_type, self.state):
            choice.currentIndexChanged.connect(self.changed)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_PageDown}:
                self.left_downwards.emit()
                return True
            if event.key() == Qt.Key.Key_Escape and self.box.text():
                self.box.clear()
                return True
        return super().eventFilter(watched, event)


def _labelled(fields: Mapping[str, QWidget]) -> QWidget:
    part = QWidget()
    layout = QHBoxLayout(part)
    layout.setContentsMargins(0, 0, 0, 0)
    for text, field in fields.items():
        label = QLabel(text)
        label.setBuddy(field)
        field.setAccessibleName(text.split("(", maxsplit=1)[0])
        layout.addWidget(label)
        layout.addWidget(field, 1)
    return part
