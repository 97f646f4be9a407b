"""The tab 二重確認 by keyboard: drawing, asking, answering without seeing, comparing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.domain.blind_checks import BlindItem
from tests.support.blind_checks import QUARTER, answers, asked, drawn
from tests.support.effort import decided

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def tab(qtbot, seats, desk):
    screen = seats.screen(desk)
    screen.tabs.setCurrentIndex(3)
    return screen, screen.blind


def choose(field, code):
    field.show_value(code)
    field.edited.emit()


def test_a_quarter_is_drawn_by_keyboard_and_says_how(qtbot, seats):
    decided(seats.office)
    _, panel = tab(qtbot, seats, seats.supervisor)
    assert "まだ抽出していません" in panel.draws.words
    qtbot.keyClick(panel.rows.view, K.Key_N)
    qtbot.keyClick(panel.drawing.wanted.editor(), K.Key_Return)
    QAbstractItemModelTester(panel.rows.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    (row,) = panel.rows.model.rows()
    assert row.name == "架空 花子"
    assert "1件から1件（乱数の種" in panel.draws.words
    qtbot.keyClick(panel.rows.view, K.Key_N)
    qtbot.keyClick(panel.drawing.wanted.editor(), K.Key_Return)
    assert panel.drawing.reason.error() != ""


def test_somebody_is_asked_and_it_is_taken_back(qtbot, seats):
    drawn(seats.office)
    screen, panel = tab(qtbot, seats, seats.supervisor)
    qtbot.keyClick(panel.rows.view, K.Key_A)
    panel.asking.second_id.show_value(str(seats.office.outsider.staff_id))
    qtbot.keyClick(panel.asking.second_id.editor(), K.Key_Return)
    (row,) = panel.rows.model.rows()
    assert (row.is_open, row.second) == (True, seats.office.outsider.name)
    qtbot.keyClick(panel.rows.view, K.Key_Return)
    assert "そろうと" in screen.messages.text()
    qtbot.keyClick(panel.rows.view, K.Key_W)
    panel.withdrawing.why.show_value("absent")
    qtbot.keyClick(panel.withdrawing.why.editor(), K.Key_Return)
    (row,) = panel.rows.model.rows()
    assert row.assignment_id is None


def test_the_second_answers_and_sees_nothing_of_the_first(qtbot, seats):
    asked(seats.office)
    screen, panel = tab(qtbot, seats, seats.office.desk(seats.office.outsider))
    assert "見えません" in panel.hint.words
    qtbot.keyClick(panel.rows.view, K.Key_Return)
    assert all(field.editor().currentData() is None for field in panel.form.fields.values())
    for item, code in zip(BlindItem, ("A1", "B2", "C0", "E9"), strict=True):
        choose(panel.form.fields[item], code)
    assert screen.has_unsaved()
    assert panel.form.anchors[BlindItem.MOTIVATION].words
    qtbot.keyClick(panel.form.words.editor(), K.Key_S, CTRL)
    assert panel.rows.model.rows() == ()
    assert not screen.has_unsaved()
    (row,) = seats.supervisor.blind_checks.board(QUARTER).rows
    assert row.differs == (BlindItem.DRIVE,)


def test_both_answers_beside_each_other(qtbot, seats):
    assignment_id = asked(seats.office)
    seats.office.desk(seats.office.outsider).blind_checks.answer(
        answers(seats.office, assignment_id)
    )
    _, panel = tab(qtbot, seats, seats.supervisor)
    assert [each.alike for each, _ in panel.agreement.model.rows()] == [1, 1, 1, 0]
    qtbot.keyClick(panel.rows.view, K.Key_Return)
    assert [row[0] for row in panel.both.model.rows()] == list(BlindItem)
    assert "応募" in panel.both_words.words
