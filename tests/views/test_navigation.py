"""What the registers of screens and of a file's sections promise."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QSettings
from PySide6.QtGui import QAction, QKeySequence

from desktop.domain.roles import Role
from desktop.views.file_sections import FILE_SECTIONS
from desktop.views.households.section_groups import SectionGroup
from desktop.views.navigation import SCREENS
from desktop.views.window import MainWindow
from tests.support.fakes import make_staff, make_workplace


def test_no_two_commands_of_the_window_share_a_key(qtbot, qapp, look, tmp_path):
    workplace = make_workplace(qapp, look=look, staff=make_staff(roles=frozenset(Role)))
    state = QSettings(str(tmp_path / "state.ini"), QSettings.Format.IniFormat)
    window = MainWindow(workplace, state)
    qtbot.addWidget(window)
    keys = Counter(
        key.toString() for action in window.findChildren(QAction) for key in action.shortcuts()
    )
    assert set(keys) >= {QKeySequence(screen.shortcut).toString() for screen in SCREENS}
    assert [key for key, count in keys.items() if count > 1] == []


def test_work_and_independence_stand_in_the_order_of_the_work():
    found = [s.title for s in FILE_SECTIONS if s.group is SectionGroup.EMPLOYMENT]
    assert found == [
        *("就労支援", "個別支援計画", "支援活動", "支援要請", "就労・定着", "就労収入"),
        *("毎月の書類", "通院・病状", "試算・給付", "稼働能力の活用", "指導・指示"),
    ]
