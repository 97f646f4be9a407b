"""The line at the bottom is never wider than the window, and what was done can be read."""

from __future__ import annotations

import pytest

from desktop.domain.roles import Role
from desktop.domain.tick import TickAge
from desktop.views.status_line import StatusLine
from tests.support.fakes import TODAY, make_staff

LATE = TickAge(seconds=90_000, is_expected=True)
FRESH = TickAge(seconds=5, is_expected=True)


@pytest.fixture
def line(qtbot, look):
    staff = make_staff(roles=frozenset(Role), office_name="架空県東部広域福祉事務所")
    line = StatusLine(staff, TODAY)
    qtbot.addWidget(line)
    line.resize(1024, line.sizeHint().height())
    line.show()
    return line


@pytest.mark.parametrize("zoom", [100, 150])
def test_late_work_and_many_roles_ask_for_no_wider_window(line, look, zoom):
    line.show_tick(LATE)
    line.show_connected(is_connected=False)
    look.set_zoom(zoom)
    assert line.minimumSizeHint().width() <= 1024
    assert line.tick.isVisible()
    assert line.tick.toolTip().endswith("（システム担当者に連絡してください）")
    assert line.person.toolTip().startswith("担当 見本子（")


def test_what_was_done_takes_the_place_of_the_late_work_for_a_while(line):
    line.show_tick(LATE)
    line.announce("記録を保存しました。")
    assert not line.tick.isVisible()
    line.show_tick(LATE)
    assert not line.tick.isVisible()
    line.clearMessage()
    assert line.tick.isVisible()
    line.show_tick(FRESH)
    assert not line.tick.isVisible()


def test_what_was_done_is_read_also_in_a_narrow_window(line, look):
    look.set_zoom(150)
    line.announce("記録を保存しました。")
    room = line.day.mapTo(line, line.day.rect().topLeft()).x()
    assert room >= line.fontMetrics().horizontalAdvance("記録を保存しました。")
    assert line.connection.isVisible()
    line.clearMessage()
    assert line.person.isVisible()
    assert line.office.isVisible()


@pytest.mark.parametrize("zoom", [100, 150])
def test_late_work_is_read_in_a_narrow_window(qtbot, line, look, zoom):
    look.set_zoom(zoom)
    line.show_tick(LATE)
    qtbot.waitUntil(
        lambda: line.tick.width() >= line.fontMetrics().horizontalAdvance(line.tick.text())
    )
    assert line.tick.text().startswith("▲ 定期処理が止まっています")
    assert line.person.isVisible()
    line.show_tick(FRESH)
    assert line.office.isVisible()
