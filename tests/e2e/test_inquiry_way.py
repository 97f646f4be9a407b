"""An inquiry from the draft to the check, by the keys of everybody concerned: ask, approve, print, answer, check."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.domain.inquiries import InquiryState
from desktop.views.look import Look
from tests.support.desk import small_office
from tests.support.factories import TODAY
from tests.support.inquiries import newest
from tests.support.inquiry_screens import InquiryScreens
from tests.support.papers import a_paper
from tests.support.typing_in import commit_text
from tests.views.papers.filing import at_hand

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
S = InquiryState


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def screens(qtbot, qapp, office, tmp_path):
    return InquiryScreens(qtbot, Look(qapp), office, tmp_path)


def press(qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    """A key for whatever has the keyboard."""
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def choose(qtbot, field, text):
    """Type part of a choice into a field that has the keyboard, and go on by Enter."""
    line = at_hand(qtbot, field.editor()).lineEdit()
    line.selectAll()
    commit_text(line, text)
    qtbot.keyClick(line, Key.Key_Return)


def ask(qtbot, view):
    """The caseworker drafts an inquiry."""
    press(qtbot, Key.Key_N)
    form = view.form
    choose(qtbot, form.agency, "見本銀行")
    items = at_hand(qtbot, form.items.editor())
    qtbot.keyClick(items, Key.Key_Space)
    qtbot.keyClick(items, Key.Key_Tab)
    at_hand(qtbot, form.more.editor())
    press(qtbot, Key.Key_Tab)
    commit_text(at_hand(qtbot, form.purpose.editor()), "資産の状況を確かめるため。")
    press(qtbot, Key.Key_Tab)
    choose(qtbot, form.consent, "同意書あり")
    press(qtbot, Key.Key_Return, CTRL)


def test_an_inquiry_goes_its_whole_way_by_keys(qtbot, office, screens):
    author = screens.file(office.caseworker)
    ask(qtbot, author)
    caseworker = office.desk(office.caseworker)
    assert newest(caseworker, office).line.state is S.DRAFTED

    second = screens.file(office.supervisor)
    press(qtbot, Key.Key_A)
    assert second.current().line.state is S.APPROVED

    register = screens.register(office.records)
    press(qtbot, Key.Key_P)
    qtbot.keyClick(register.letters_paper.preview, Key.Key_S, CTRL)
    assert screens.dialogs.path.read_bytes().startswith(b"%PDF")
    assert newest(caseworker, office).line.sent_on == TODAY

    paper = a_paper(office.household_id, kind="other")
    caseworker.papers.receive(paper)
    author = screens.file(office.caseworker)
    press(qtbot, Key.Key_K)
    at_hand(qtbot, author.step.answered_on.editor())
    press(qtbot, Key.Key_Tab)
    choose(qtbot, author.step.paper_id, "6-0001")
    commit_text(at_hand(qtbot, author.step.words.editor()), "普通預金1口座、残高1,200円。")
    press(qtbot, Key.Key_Return, CTRL)
    line = author.current().line
    assert (line.state, line.answered_on, line.paper_label) == (S.ANSWERED, TODAY, "6-0001")

    press(qtbot, Key.Key_C)
    commit_text(at_hand(qtbot, author.step.words.editor()), "申告のとおり。")
    press(qtbot, Key.Key_Return, CTRL)
    found = newest(caseworker, office)
    assert [step.state for step in found.steps] == [
        *(S.DRAFTED, S.APPROVED, S.SENT, S.ANSWERED, S.CHECKED),
    ]
    assert [step.by for step in found.steps] == [
        *(office.caseworker.name, office.supervisor.name, office.records.name),
        *(office.caseworker.name, office.caseworker.name),
    ]
    assert caseworker.inquiries.open_lines() == ()
