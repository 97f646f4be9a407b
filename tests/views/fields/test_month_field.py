"""Months as people type them."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from desktop.domain.errors import ValidationError
from desktop.views.fields.month_field import MonthField

TODAY = date(2024, 10, 1)


@pytest.fixture
def field(qtbot):
    field = MonthField("解消する月", today=lambda: TODAY)
    qtbot.addWidget(field)
    return field


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ("R7.3", date(2025, 3, 1)),
        ("令和7年3月", date(2025, 3, 1)),
        ("2025/3", date(2025, 3, 1)),
        ("２０２５年３月", date(2025, 3, 1)),
        ("7.3", date(2025, 3, 1)),
        ("R7.3.15", date(2025, 3, 1)),
        ("12月", date(2024, 12, 1)),
        ("+3", date(2025, 1, 1)),
        ("-2", date(2024, 8, 1)),
    ],
)
def test_a_month_is_its_first_day(field, typed, month):
    field.editor().setText(typed)
    assert field.entered() == month


def test_it_is_shown_short_and_stepped_by_arrows(qtbot, field):
    field.show_value(date(2024, 12, 20))
    assert field.editor().text() == "R6.12"
    qtbot.keyClick(field.editor(), Qt.Key.Key_Up)
    assert field.editor().text() == "R7.1"
    qtbot.keyClick(field.editor(), Qt.Key.Key_Down)
    assert field.entered() == date(2024, 12, 1)


def test_what_is_no_month_is_said_beside_it(field):
    field.editor().setText("そのうち")
    with pytest.raises(ValidationError):
        field.entered()
    assert field.error()
