"""The acts on an entry: none before one was read, and as low as the width at hand allows."""

from __future__ import annotations

from desktop.viewmodels.records_actions import EntryAction
from desktop.views.records.action_bar import ActionBar

_WIDE, _NARROW = 2000, 200


def test_the_bar_is_as_high_as_its_buttons_flow_at_its_width(qtbot):
    bar = ActionBar()
    qtbot.addWidget(bar)
    bar.resize(_WIDE, 10)
    assert bar.minimumSizeHint().height() == 0
    bar.offer(list(EntryAction))
    bar.show()
    lines = bar.minimumSizeHint().height()
    bar.resize(_NARROW, 10)
    assert bar.minimumSizeHint().height() > 2 * lines
    assert bar.minimumSizeHint().width() < _WIDE / 2
