"""The list of a file's sections: its order, its keys, and the menu that stands for it in little room."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from desktop.views.households.section_groups import SectionGroup
from desktop.views.households.section_list import SectionLine
from desktop.views.households.section_pages import SectionPages

K, M = Qt.Key, Qt.KeyboardModifier
SECTIONS = (
    ("history", "経過", SectionGroup.HISTORY),
    ("overview", "概要", SectionGroup.HOUSEHOLD),
    ("chronicle", "記録", SectionGroup.RECORDS),
    ("members", "世帯員", SectionGroup.HOUSEHOLD),
)


@pytest.fixture
def pages(qtbot, look):
    pages = SectionPages()
    qtbot.addWidget(pages)
    for key, title, group in SECTIONS:
        pages.add(SectionLine(key=key, title=title, group=group), QLineEdit(title))
    pages.show_key("overview")
    pages.resize(1200, 700)
    pages.show()
    with qtbot.waitActive(pages):
        pages.activateWindow()
    return pages


def texts(pages):
    return [pages.list.item(row).text() for row in range(pages.list.count())]


def test_sections_stand_under_their_headings_in_the_order_of_the_groups(pages):
    assert pages.order() == ["overview", "members", "chronicle", "history"]
    assert texts(pages) == [
        *("世帯", "1  概要", "2  世帯員"),
        *("記録と方針", "3  記録"),
        *("履歴と保存", "4  経過"),
    ]


def test_the_page_belongs_to_the_line(pages):
    for key, title in zip(pages.order(), pages.titles(), strict=True):
        pages.show_key(key)
        assert pages.page().text() == title


def test_alt_and_its_digit_and_control_and_page_keys_go_to_a_section(pages, qtbot):
    qtbot.keyClick(pages, K.Key_3, M.AltModifier)
    assert pages.page().text() == "記録"
    qtbot.keyClick(pages, K.Key_PageDown, M.ControlModifier)
    assert pages.page().text() == "経過"
    qtbot.keyClick(pages, K.Key_PageDown, M.ControlModifier)
    assert pages.page().text() == "概要"
    qtbot.keyClick(pages, K.Key_PageUp, M.ControlModifier)
    assert pages.page().text() == "経過"


def test_arrows_go_through_the_list_past_its_headings_and_enter_opens(pages, qtbot):
    qtbot.keyClick(pages, K.Key_L, M.ControlModifier | M.ShiftModifier)
    assert pages.list.hasFocus()
    for _ in range(2):
        qtbot.keyClick(pages.list, K.Key_Down)
    assert pages.page().text() == "概要"  # only Enter reads another section
    assert pages.list.currentItem().text() == "3  記録"
    qtbot.keyClick(pages.list, K.Key_Return)
    assert pages.page().text() == "記録"


def test_the_line_at_the_front_is_marked_again_when_the_keyboard_leaves(pages, qtbot):
    pages.go_to_list()
    qtbot.keyClick(pages.list, K.Key_Down)
    pages.page().setFocus()
    assert pages.list.currentItem().text() == "1  概要"


def test_enter_on_the_section_at_the_front_goes_into_it(pages, qtbot):
    pages.go_to_list()
    with qtbot.waitSignal(pages.changed):
        qtbot.keyClick(pages.list, K.Key_Return)


def test_in_little_room_a_menu_takes_the_place_of_the_list(pages, qtbot):
    pages.resize(760, 600)
    QApplication.processEvents()
    assert not pages.list.isVisible()
    assert pages.menu.text().startswith("概要")
    assert not pages.unfold.isVisible()
    pages.go_to_list()
    menu = pages.findChild(QMenu)
    assert menu.isVisible()
    next(a for a in menu.actions() if a.data() == "chronicle").trigger()
    menu.close()
    assert pages.page().text() == "記録"
    assert pages.menu.accessibleName() == "ファイルの項目：記録"
    pages.resize(1200, 600)
    QApplication.processEvents()
    assert pages.list.isVisible()
    assert not pages.menu.isVisible()


def test_large_type_leaves_the_room_to_the_section(pages, look):
    look.set_zoom(200)
    QApplication.processEvents()
    assert not pages.list.isVisible()
    look.zoom_reset()
    QApplication.processEvents()
    assert pages.list.isVisible()


def test_the_list_is_folded_and_unfolded(pages, qtbot):
    qtbot.mouseClick(pages.fold, Qt.MouseButton.LeftButton)
    assert not pages.list.isVisible()
    qtbot.mouseClick(pages.unfold, Qt.MouseButton.LeftButton)
    assert pages.list.isVisible()
    assert pages.list.hasFocus()


def test_the_list_does_not_hold_the_window_open(pages):
    assert (
        pages.minimumSizeHint().width() < pages.list.width() + pages.pages.minimumSizeHint().width()
    )


def test_list_and_keys_are_said_to_screen_readers(pages):
    assert pages.list.accessibleName() == "ファイルの項目"
    said = Qt.ItemDataRole.AccessibleTextRole
    assert pages.list.item(1).data(said) == "概要（Alt+1）"


def test_a_section_higher_than_the_window_scrolls(pages, qtbot):
    least = pages.minimumSizeHint().height()
    pages.page().setMinimumHeight(2000)
    pages.show_key("members")
    qtbot.waitUntil(lambda: pages.pages.minimumSizeHint().height() < 2000)
    pages.show_key("overview")
    qtbot.waitUntil(lambda: pages.pages.minimumSizeHint().height() >= 2000)
    assert pages.minimumSizeHint().height() == least
