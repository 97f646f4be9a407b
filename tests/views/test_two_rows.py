from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from desktop.views.two_rows import TwoRows


def test_stands_side_by_side_or_one_below_the_other_as_the_width_allows(qtbot, look):
    # In a window without a layout, which would not let the test make it narrow.
    window = QWidget()
    rows = TwoRows(QLabel("世帯主の氏名とケース番号"), QLabel("地区と担当者の氏名"), parent=window)
    qtbot.addWidget(window)
    window.show()
    rows.resize(800, 40)
    assert not rows.is_stacked
    rows.resize(200, 40)
    assert rows.is_stacked
    assert rows.sizeHint().height() > 2 * QLabel("地").sizeHint().height()
