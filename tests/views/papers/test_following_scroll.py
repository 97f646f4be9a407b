"""What holds parts that scroll asks for as much width as they need now, not as much as they once needed."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.views.papers.following_scroll import FollowingScroll

_WIDE, _NARROW = 1000, 100


def test_the_window_may_be_narrow_again_once_a_part_needs_less(qtbot):
    window, page, part, inner = QWidget(), FollowingScroll(), QWidget(), QWidget()
    QVBoxLayout(part).addWidget(inner)
    inner.setMinimumWidth(_WIDE)
    page.add_part(part)
    QVBoxLayout(window).addWidget(page)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.minimumSizeHint().width() > _WIDE)
    inner.setMinimumWidth(_NARROW)
    qtbot.waitUntil(lambda: window.minimumSizeHint().width() < _WIDE / 2)
