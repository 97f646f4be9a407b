"""Above the plans: whose district, which year or month, and whether later changes show."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QPushButton, QWidget

from desktop.domain.visit_plans import PlanKind
from desktop.views.records.flow_layout import FlowLayout
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

    def add(self, widget: QWidget) -> None:
        """Put one more to the end of the row."""
        self._row.addWidget(widget)

    def name_span(self, kind: PlanKind, title: str) -> None:
        """Say which year or month is shown."""
        self.span.setText(title)
        self.before_button.setText(f"前の{_WORDS[kind]}へ（Ctrl+←）")
        self.after_button.setText(f"次の{_WORDS[kind]}へ（Ctrl+→）")
