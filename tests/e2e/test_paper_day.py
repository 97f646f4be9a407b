"""A pay slip from the counter to its end, by the keys of everybody concerned."""

from __future__ import annotations

from typing import Any, cast

import pytest
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.papers import PaperState
from desktop.domain.search_words import directory_words
from desktop.domain.todos import TodoOrigin
from desktop.jobs.change_bus import ChangeBus
from desktop.models.households import Household, HouseholdKey
from desktop.services.todos import TodoService
from desktop.views.look import Look
from desktop.views.papers.papers_screen import PapersScreen
from tests.support import files as made_up
from tests.support.desk import small_office
from tests.support.factories import CLOCK
from tests.support.fakes_attachments import attach_setting
from tests.support.papers import a_paper, line_of
from tests.support.qt import InlineRunner
from tests.support.typing_in import commit_text
from tests.views.papers.filing import ENTER, at_hand, typed

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
def slip(tmp_path):
    path = tmp_path / "9月分.pdf"
    path.write_bytes(made_up.a_pdf(2))
    return path


@pytest.fixture
def pool_of(qtbot, qapp, office, slip):
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
            make_applications=cast("Any", NoSlips),
            setting=attach_setting(look, slip),
        )
        qtbot.addWidget(screen)
        screen.resize(1250, 760)
        screen.show()
        with qtbot.waitActive(screen):
            screen.activateWindow()
        screen.activate()
        return desk, screen

    return opened


def todos_of(desk):
    found = TodoService(desk.work, CLOCK, desk.staff, desk.records.reading).mine()
    return [row for row in found if row.origin is TodoOrigin.DECISION_DRAFT]


def findable(office):
    """Give the household the words by which the counter finds it; its case number."""
    with office.work() as session:
        found = session.get_one(Household, office.household_id)
        words = directory_words(found.case_number, found.head_name, found.head_kana)
        key = {"office_id": found.office_id, "household_id": found.id}
        session.add_all(HouseholdKey(**key, word=word) for word in words)
        return found.case_number


def take_in(qtbot, screen, case_number):
    """Somebody stands at the counter with a pay slip."""
    form = screen.form
    box = at_hand(qtbot, form.household.box)
    qtbot.keyClicks(box, case_number)
    qtbot.keyClick(box, ENTER)
    typed(qtbot, form.kind, "給与")
    typed(qtbot, form.person_id, "花子")
    typed(qtbot, form.from_whom, "本人")
    typed(qtbot, form.note, "")
    typed(qtbot, form.sheets, "2")
    qtbot.waitUntil(lambda: bool(form.last.text()))


def test_a_pay_slip_goes_from_the_counter_to_its_end(qtbot, office, pool_of):
    case_number = findable(office)
    _, counter = pool_of(office.caseworker)
    take_in(qtbot, counter, case_number)
    qtbot.keyClick(counter, Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(counter.attaching, Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(counter.attaching.choose_button, Key.Key_Escape)

    desk, screen = pool_of(office.caseworker)
    table = screen.pool.table
    qtbot.waitUntil(lambda: screen.pool.model.rowCount() == 1)
    table.setFocus()
    paper = screen.pool.current()
    (attached,) = desk.attachments.of_household(office.household_id)
    assert (attached.paper_id, attached.pages) == (paper.paper_id, 2)
    qtbot.keyClick(table, Key.Key_D)
    assert len(todos_of(desk)) == 1
    for state in (PaperState.CHECKED, PaperState.JUDGED, PaperState.DRAFTED):
        qtbot.keyClick(table, Key.Key_N)
        assert line_of(desk, paper.paper_id).state is state
    assert todos_of(desk) == []
    qtbot.keyClick(table, Key.Key_N)
    qtbot.keyClick(table, Key.Key_N)
    assert not desk.papers.pool().lines
    (in_file,) = desk.papers.of_household(office.household_id)
    assert [step.state for step in in_file.steps] == list(PaperState)
    assert in_file.from_whom == "本人"


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
