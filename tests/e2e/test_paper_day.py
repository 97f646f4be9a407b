"""A pay slip from the counter to its end, by the keys of everybody concerned."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.papers import PaperState
from desktop.jobs.change_bus import ChangeBus
from desktop.views.look import Look
from desktop.views.papers.papers_screen import PapersScreen
from tests.support.desk import small_office
from tests.support.fakes_attachments import attach_setting
from tests.support.papers import a_paper, line_of
from tests.support.qt import InlineRunner
from tests.support.typing_in import commit_text

Key = Qt.Key


class NoSlips(QWidget):
    """No printer at this counter."""

    begun = Signal()
    left = Signal()
    noted = Signal(str)
    is_unrecorded = False


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def pool_of(qtbot, qapp, office):
    look = Look(qapp)

    def opened(staff):
        desk = office.desk(staff)
        screen = PapersScreen(
            desk.papers,
            desk.attachments,
            desk.households,
            staff,
            InlineRunner(),
            changes=ChangeBus(),
            make_paper=cast("Any", NoSlips),
            setting=attach_setting(look, Path("slip.pdf")),
        )
        qtbot.addWidget(screen)
        screen.resize(1250, 760)
        screen.show()
        with qtbot.waitActive(screen):
            screen.activateWindow()
        screen.activate()
        return desk, screen

    return opened


def test_a_paper_of_the_counter_is_moved_on_and_settled_by_keys(qtbot, office, pool_of):
    counter = office.desk(office.records)
    given = a_paper(office.household_id)
    counter.papers.receive(given)
    desk, screen = pool_of(office.caseworker)
    table = screen.pool.table
    qtbot.waitUntil(lambda: screen.pool.model.rowCount() == 1)
    table.setFocus()
    before = line_of(desk, given.paper_id).state
    qtbot.keyClick(table, Key.Key_N)
    assert (before, line_of(desk, given.paper_id).state) == (
        PaperState.RECEIVED,
        PaperState.CHECKED,
    )
    qtbot.keyClick(table, Key.Key_S)
    reason = screen.pool.acts.reason
    qtbot.waitUntil(reason.hasFocus)
    qtbot.keyClick(reason, Key.Key_Return)
    assert line_of(desk, given.paper_id).state is PaperState.CHECKED
    commit_text(reason, "収入に変わりはない。")
    qtbot.keyClick(reason, Key.Key_Return)
    qtbot.waitUntil(lambda: screen.pool.model.rowCount() == 0)
    assert not desk.papers.pool().lines
