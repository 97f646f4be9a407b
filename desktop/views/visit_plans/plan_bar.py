"""Above the plans: whose district, which year or month, and whether later changes show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QPushButton, QWidget

from desktop.domain.office import DistrictRow
from desktop.domain.visit_plans import PLAN_STATE, PlanKind, PlanState
from desktop.views.flow_layout import FlowLayout
from desktop.views.widgets import low_for_width, named

_WORDS = {PlanKind.YEAR: "年度", PlanKind.MONTH: "月"}


class PlanBar(QWidget):
    """The district, the span with the ways before and after it, and the tick for the plan as approved."""

    def __init__(self) -> None:
        super().__init__()
        self.district = named(QComboBox(), "plan_district")
        self.before_button = named(QPushButton(), "year_before")
        self.after_button = named(QPushButton(), "year_after")
        self.span = named(QLabel(), "year_shown")
        self.approved = named(QCheckBox("承認した計画だけを表示（Ctrl+E）"), "as_approved")
        self.district.setAccessibleName("地区")
        self.district.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        label = QLabel("地区(&T)")
        label.setBuddy(self.district)
        low_for_width(self)
        self._row = FlowLayout(self)
        for widget in (
            *(label, self.district, self.before_button, self.span, self.after_button),
            self.approved,
        ):
            self.add(widget)
        self.approved.hide()
        self.name_span(PlanKind.YEAR, "")

    def offer(self, districts: Sequence[DistrictRow], states: Mapping[UUID, PlanState]) -> None:
        """The districts to choose from, each with the state of its yearly plan."""
        self.district.clear()
        for place, district in enumerate(districts):
            self.district.addItem("")
            self.name_district(place, district, states.get(district.district_id))

    def name_district(self, place: int, district: DistrictRow, state: PlanState | None) -> None:
        """Say how far the yearly plan of a district is."""
        said = PLAN_STATE[state] if state else "計画なし"
        who = district.caseworker or district.name
        self.district.setItemText(place, f"{district.code} {who}（{said}）")

    def add(self, widget: QWidget) -> None:
        """Put one more to the end of the row."""
        self._row.addWidget(widget)

    def name_span(self, kind: PlanKind, title: str) -> None:
        """Say which year or month is shown."""
        self.span.setText(title)
        for button, word, key in (
            (self.before_button, "前", "Ctrl+←"),
            (self.after_button, "次", "Ctrl+→"),
        ):
            button.setText(f"{word}へ（{key}）")
            button.setAccessibleName(f"{word}の{_WORDS[kind]}へ")
