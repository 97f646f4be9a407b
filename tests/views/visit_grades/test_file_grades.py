"""訪問格付 in a household's file and its review card, by keys and clicks. On both databases."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.domain.approvals import Move
from desktop.domain.visit_grades import GradeState
from desktop.models.ledger import AddressPeriod, VisitGradePeriod
from tests.support.factories import add, days_ago
from tests.support.grades import decided, proposal
from tests.support.typing_in import commit_text

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def of_ledger(office, code="D", since=100):
    with office.work() as session:
        add(
            session,
            VisitGradePeriod(
                office_id=office.caseworker.office_id,
                household_id=office.household_id,
                grade=code,
                valid_from=days_ago(since),
            ),
        )


def moved(office, on=40):
    owner = {"office_id": office.caseworker.office_id, "household_id": office.household_id}
    with office.work() as session:
        add(session, AddressPeriod(**owner, address="架空町1", valid_from=days_ago(900)))
        add(session, AddressPeriod(**owner, address="架空町2", valid_from=days_ago(on)))


def buttons(view):
    every = (view.new_button, view.keep_button, view.withdraw_button)
    return [button.text() for button in every if button.isVisibleTo(view)]


def row_texts(view, row=0):
    return [view.model.index(row, column).data() for column in range(view.model.columnCount())]


def test_without_a_grade_it_says_what_to_do(office, screens):
    view = screens.file(office.caseworker)
    assert "Nを押すと、格付を提案できます" in view.present.text()
    assert buttons(view) == ["格付を提案（N）"]
    assert buttons(screens.file(office.records)) == []


def test_the_present_grade_stands_above_its_history(office, screens):
    of_ledger(office)
    view = screens.file(office.caseworker)
    QAbstractItemModelTester(view.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert (
        "今の格付は「D（6か月に1回）」です。訪問は年2回、間隔は6か月までです。"
        in view.present.text()
    )
    assert "法定の下限は年2回です" in view.present.text()
    assert row_texts(view)[:4] == ["D", "年2回", "R6.6.23", "◎ 今の格付（台帳）"]


def test_a_grade_is_proposed_and_approved_by_keys(qtbot, office, screens):
    of_ledger(office)
    view = screens.file(office.caseworker)
    qtbot.keyClick(view.table, Key.Key_N)
    form = view.form
    assert form.isVisibleTo(view)
    form.grade.show_value("A")
    assert "虐待・暴力のおそれ" in form.criteria.words
    form.reason_code.show_value("other")
    commit_text(form.reason.editor(), "就労指導を密に行うため。")
    qtbot.keyClick(form, Key.Key_Return, CTRL)
    assert screens.said == ["格付の提案を出しました。査察指導員の承認を待ちます。"]
    assert row_texts(view)[0] == "A"
    assert row_texts(view)[3] == "決裁待ち"
    assert buttons(view) == ["提案を引き戻す（W）"]

    pane = screens.reviews(office.supervisor)
    text = pane.card.entry.toPlainText()
    for part in ("今の格付", "D（6か月に1回）", "A（毎月）　年12回", "就労指導を密に行うため。"):
        assert part in text
    qtbot.keyClick(pane.queue, Key.Key_A)
    view.reload()
    assert row_texts(view)[3] == "◎ 今の格付"
    assert "今の格付は「A（毎月）」です。" in view.present.text()


def test_under_the_floor_the_form_asks_for_the_exception(qtbot, office, screens):
    view = screens.file(office.caseworker)
    view.new_button.click()
    form = view.form
    assert not form.exception.isVisibleTo(form)
    form.grade.show_value("E")
    assert "法定の下限（年2回" in form.hint.words
    assert form.exception.isVisibleTo(form)
    form.reason_code.show_value("other")
    commit_text(form.reason.editor(), "ほかの専門職が毎月訪問している。")
    qtbot.keyClick(form, Key.Key_Return, CTRL)
    assert "例外を選んで" in form.exception.error()
    form.exception.show_value("programme")
    form.act_button.click()
    assert "理由を入力" in form.exception_reason.error()
    commit_text(form.exception_reason.editor(), "健康管理支援員が毎月報告している。")
    form.act_button.click()
    assert row_texts(view)[3] == "決裁待ち"
    pane = screens.reviews(office.supervisor)
    assert "法定の下限（年2回）を下回ります" in pane.card.side.toPlainText()
    assert "健康管理支援員が毎月報告している。" in pane.card.entry.toPlainText()


def test_an_event_is_answered_by_one_key_and_a_reason(qtbot, office, screens):
    of_ledger(office)
    moved(office)
    view = screens.file(office.caseworker)
    assert view.asked.text() == (
        "格付の見直しを確かめるきっかけが1件あります。うち1件は期限を過ぎています。"
    )
    assert view.event_table.hasFocus()
    qtbot.keyClick(view.event_table, Key.Key_K)
    assert view.kept.isVisibleTo(view)
    commit_text(view.kept.reason.editor(), "暮らしは変わらない。")
    qtbot.keyClick(view.kept, Key.Key_S, CTRL)
    assert screens.said == ["「格付はそのまま」と記録しました。"]
    assert view.event_table.isHidden()
    assert view.kept.isHidden()


def test_an_event_becomes_the_reason_of_a_proposal(qtbot, office, screens):
    of_ledger(office)
    moved(office)
    view = screens.file(office.caseworker)
    qtbot.keyClick(view.event_table, Key.Key_N)
    assert view.form.reason_code.editor().currentData() == "moved"


def test_a_proposal_is_taken_back_and_given_up(qtbot, office, screens):
    office.desk(office.caseworker).grades.propose(proposal(office))
    assert buttons(screens.file(office.supervisor)) == []
    view = screens.file(office.caseworker)
    qtbot.keyClick(view.table, Key.Key_W)
    assert screens.said == ["格付の提案を引き戻しました。"]
    assert row_texts(view)[3] == "引戻し"
    qtbot.keyClick(view.table, Key.Key_N)
    commit_text(view.form.reason.editor(), "書きかけ")
    assert view.has_unsaved()
    qtbot.keyClick(view.form, Key.Key_Escape)
    assert screens.dialogs.asked
    assert not view.has_unsaved()


def test_why_it_was_returned_stands_beneath(office, screens):
    office.desk(office.caseworker).grades.propose(proposal(office))
    decided(office.desk(office.supervisor), Move.RETURN, "訪問の記録を先に出してください。")
    view = screens.file(office.caseworker)
    assert view.model.row_at(view.table.currentIndex()).state is GradeState.RETURNED
    assert "差戻しの理由：訪問の記録を先に出してください。" in view.words.words
    assert buttons(view) == ["格付を提案（N）"]


@pytest.mark.parametrize("key", [Key.Key_N, Key.Key_K, Key.Key_W])
def test_who_only_reads_presses_keys_in_vain(qtbot, office, screens, key):
    of_ledger(office)
    moved(office)
    view = screens.file(office.records)
    qtbot.keyClick(view.event_table, key)
    assert not view.form.isVisibleTo(view)
    assert view.kept.isHidden()
