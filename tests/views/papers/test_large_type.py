"""受領書類 in large type: no wider than the room beside the menu, and what has the keyboard is in view."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt

from desktop.views.papers.following_scroll import FollowingScroll
from tests.support.fakes_papers import LINES
from tests.views.papers.filing import file_one

#: What a window of 1,280 px (150 %) and of 1,366 px (200 %) has beside its menu.
ROOM = {150: 1060, 200: 1090}
LOW = 668
CTRL = Qt.KeyboardModifier.ControlModifier


def shown_in(widget, scroll):
    """Whether a widget is seen whole."""
    place = QRect(widget.mapTo(scroll.viewport(), QPoint(0, 0)), widget.size())
    return scroll.viewport().rect().contains(place)


@pytest.fixture
def low(screen, look, qtbot):
    look.set_zoom(200)
    screen.resize(ROOM[200], LOW)
    qtbot.waitUntil(lambda: screen.form.width() < ROOM[200])
    assert (screen.width(), screen.height()) == (ROOM[200], LOW)
    return screen


@pytest.mark.parametrize("zoom", ROOM)
def test_a_paper_just_taken_in_asks_for_no_wider_window(screen, qtbot, look, zoom):
    file_one(screen, qtbot)
    qtbot.waitUntil(screen.attach_button.isVisible)
    look.set_zoom(zoom)
    assert screen.form.print_button.isVisible()
    assert screen.minimumSizeHint().width() <= ROOM[zoom]


@pytest.mark.parametrize("zoom", ROOM)
def test_online_applications_ask_for_no_wider_window(screen, qtbot, look, zoom):
    qtbot.keyClick(screen, Qt.Key.Key_I, CTRL)
    qtbot.waitUntil(lambda: screen.applications is not None and screen.applications.isVisible())
    look.set_zoom(zoom)
    assert screen.applications.minimumSizeHint().width() <= ROOM[zoom] - 32
    assert screen.minimumSizeHint().width() <= ROOM[zoom]


def test_the_fields_stand_in_the_columns_that_the_room_allows(screen, look, qtbot):
    grid = screen.form.grid
    assert grid.columns() == 4
    for zoom, columns in ((150, 3), (200, 2)):
        look.set_zoom(zoom)
        screen.resize(ROOM[zoom], LOW)
        qtbot.waitUntil(lambda columns=columns: grid.columns() == columns)
    look.set_zoom(100)
    screen.resize(1250, 760)
    qtbot.waitUntil(lambda: grid.columns() == 4)


def test_nothing_scrolls_where_there_is_room(screen, qtbot):
    bar = screen.findChild(FollowingScroll).verticalScrollBar()
    qtbot.waitUntil(lambda: screen.form.grid.columns() == 4)
    assert bar.maximum() == 0
    assert shown_in(screen.pool.acts, screen.findChild(FollowingScroll))


def test_the_pool_keeps_three_rows_in_a_low_window(low, qtbot):
    table = low.pool.table
    low.pool.focus_list()
    scroll = low.findChild(FollowingScroll)
    qtbot.waitUntil(lambda: shown_in(table, scroll))
    assert len(LINES) >= 3
    assert table.viewport().height() >= 3 * table.rowHeight(0)


def test_what_has_the_keyboard_is_seen_in_a_low_window(low, qtbot):
    scroll, form, acts = low.findChild(FollowingScroll), low.form, low.pool.acts
    fields = (form.kind, form.person_id, form.from_whom, form.note, form.sheets)
    editors = [form.household.box, *(field.editor() for field in fields)]
    for widget in (*editors, acts.reason, low.pool.table, form.household.box, low.pool.filter):
        widget.setFocus()
        qtbot.waitUntil(lambda widget=widget: widget.hasFocus() and shown_in(widget, scroll))


def test_the_order_of_the_keyboard_stays_in_two_columns(low, qtbot):
    form = low.form
    form.household.choice.setFocus()
    for field in (form.kind, form.person_id, form.from_whom, form.note, form.sheets):
        low.focusWidget().focusNextChild()
        assert field.isAncestorOf(low.focusWidget())
