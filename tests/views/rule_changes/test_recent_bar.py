"""最近変わりました over a window of fakes: where it stands, that it is read once, and the cards it marks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from desktop.views.navigation import SCREENS
from tests.support.help_packages import ShippedHelp
from tests.support.rule_changes import NoNewChanges, a_change

TWO = tuple(screen for screen in SCREENS if screen.key in ("households", "masters"))
READ = (Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)


def touching(version=1):
    """A change that touches the list of households and one card of the help."""
    change = a_change("trial-lists", version=version)
    return NoNewChanges(replace(change, where=("screen:households",), cards=("telephone",)))


@pytest.fixture
def opened(qtbot, office_windows):
    def open_with(version=1):
        window = office_windows.open(
            TWO, {}, help_cards=ShippedHelp(), rule_changes=touching(version)
        )
        with qtbot.waitActive(window):
            window.activateWindow()
        return window

    return open_with


def test_it_stands_over_what_is_touched_alone(opened):
    window = opened()
    assert window.recent_bar.isVisible()
    assert "最近変わりました（改正の窓 Shift+F1）：例：みなの改正" in window.recent_bar.words.text()
    window.tabs.show_screen("masters")
    assert window.recent_bar.isHidden()
    window.tabs.show_screen("households")
    assert window.recent_bar.isVisible()


def test_what_was_read_is_not_shown_again_until_a_new_version(opened, qtbot):
    window = opened()
    qtbot.keyClick(window, *READ)
    assert window.recent_bar.isHidden()
    assert opened().recent_bar.isHidden()
    again = opened(version=2)
    assert again.recent_bar.isVisible()
    again.recent_bar.read_button.click()
    assert again.recent_bar.isHidden()


def test_the_cards_it_is_about_are_marked(opened, qtbot):
    window = opened()
    qtbot.keyClick(window, Qt.Key.Key_F1)
    panel = window.help_panel
    lines = [panel.list.item(row).text() for row in range(panel.list.count())]
    marked = [line for line in lines if line.startswith("▲")]
    assert marked == ["▲変更　相談先　担当のいない電話を受ける"]
    panel.list.setCurrentRow(lines.index(marked[0]))
    assert "例：みなの改正" in panel.text.toPlainText()
