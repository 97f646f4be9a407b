"""アセスメントを書く: by keyboard, with the proposal beside it. On both databases."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.domain.assessment_forms import NO_BARRIER
from desktop.domain.assessments import (
    AssessmentKind,
    Barriers,
    Comment,
    Health,
    HealthSource,
    Motivation,
    Said,
    Scope,
)
from desktop.domain.errors import UnavailableError
from tests.support.assessments import assessment, barrier
from tests.support.factories import TODAY, days_ago
from tests.support.typing_in import commit_text

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def view(office, screens):
    view = screens.file(office.caseworker)
    view.acts.press("N")
    return view


def choose(field, code):
    """Choose as somebody does who picks from the list."""
    field.show_value(code)
    field.edited.emit()


def newest(office):
    desk = office.desk(office.caseworker)
    return desk.groups.of_household(office.household_id).people[0].newest


def answer(view):
    """Able, no barrier, wants to work."""
    fields = view.form.fields
    choose(fields.scope, Scope.IN)
    choose(fields.health, Health.ABLE)
    choose(fields.health_source, HealthSource.TREATING)
    fields.health_on.show_value(days_ago(10))
    fields.barriers.none.click()
    choose(fields.motivation, Motivation.WISHES)
    fields.motivation_on.show_value(days_ago(3))
    commit_text(fields.motivation_words.editor(), "「働きたい」と話した")


def test_the_proposal_changes_with_every_answer(view):
    form = view.form
    assert form.isVisibleTo(view)
    assert form.fields.made_on.entered() == TODAY
    assert form.proposal.group.words == "G0　評価対象外"  # 74 years old
    assert "年齢から選びました" in form.page.notes["scope"].words
    choose(form.fields.scope, Scope.IN)
    assert form.proposal.group.words == "GX　まだ分からない（確認中）"
    assert "健康と仕事についての医学的な意見" in form.proposal.words()
    answer(view)
    assert form.proposal.group.words == "G2　稼働能力あり・支援が要る"
    assert "求職登録に同行する" in form.proposal.reason.words
    assert form.proposal.rule.words == "規則 R11（判定表 H12.4.1から）"
    assert "決めるのは会議・査察指導員です" in form.proposal.words()
    choose(form.fields.motivation, Motivation.WAVERS)
    assert form.proposal.group.words.startswith("G1c")
    assert "本人の言葉：「働きたい」と話した" in form.proposal.reason.words


def test_ctrl_s_stores_what_was_entered(qtbot, office, screens, view):
    answer(view)
    assert view.has_unsaved()
    qtbot.keyClick(view.form, Key.Key_S, CTRL)
    assert screens.said == ["アセスメントを保存しました。区分はまだ決まっていません。"]
    assert not view.has_unsaved()
    assert not view.form.isVisibleTo(view)
    found = newest(office)
    assert found.given.health is Health.ABLE
    assert [b.code for b in found.given.barriers] == [NO_BARRIER]
    assert found.given.motivation_words == "「働きたい」と話した"
    assert found.proposal.rule.code == "R11"


def test_errors_stand_at_their_fields_and_what_was_typed_stays(qtbot, office, screens, view):
    fields = view.form.fields
    choose(fields.scope, Scope.IN)
    choose(fields.health, Health.RECOVERING)
    choose(fields.motivation, Motivation.WAVERS)
    commit_text(fields.job.editor(), "内職")
    qtbot.keyClick(view.form, Key.Key_S, CTRL)
    assert "だれの意見" in fields.health_source.error()
    assert "再判断が見込まれる月" in fields.rejudge_on.error()
    assert "意向には" in fields.motivation_words.error()
    assert fields.job.editor().toPlainText() == "内職"
    assert view.has_unsaved()
    assert newest(office) is None
    assert view.form.save_button.isEnabled()


def test_a_lost_server_leaves_the_form_as_it_is(monkeypatch, screens, view):
    answer(view)

    class Lost:
        def save(self, given):
            raise UnavailableError("データベースにつながりません。")

    monkeypatch.setattr(view, "_ports", type("Ports", (), {"assessments": Lost(), "groups": None}))
    view.form.hand_in()
    assert "つながりません" in view.messages.text()
    assert view.form.isVisibleTo(view)
    assert view.has_unsaved()
    assert view.stores_unsaved()


def test_a_closing_tab_stores_first(office, view):
    assert not view.stores_unsaved()
    answer(view)
    closed = []
    view.store_unsaved(lambda: closed.append(newest(office) is not None))
    assert closed == [True]


def test_a_tab_that_could_not_store_does_not_close_later(office, view):
    view.form.fields.made_on.editor().setText("？")
    view.form.fields.made_on.edited.emit()
    closed = []
    view.store_unsaved(lambda: closed.append(True))
    answer(view)
    view.form.fields.made_on.show_value(TODAY)
    view.form.hand_in()
    assert newest(office) is not None
    assert closed == []


def test_esc_asks_before_something_typed_is_lost(qtbot, screens, view):
    commit_text(view.form.fields.wishes.editor(), "昼の仕事")
    screens.dialogs.answer = False
    qtbot.keyClick(view.form, Key.Key_Escape)
    assert screens.dialogs.asked == ["書きかけのアセスメントがあります。保存してから閉じますか。"]
    assert view.form.isVisibleTo(view)
    assert view.form.fields.wishes.editor().toPlainText() == "昼の仕事"


def test_an_untouched_form_closes_without_a_question(qtbot, screens, view):
    qtbot.keyClick(view.form, Key.Key_Escape)
    assert not view.form.isVisibleTo(view)
    assert screens.dialogs.asked == []


def test_none_and_barriers_exclude_each_other(qtbot, view):
    barriers = view.form.fields.barriers
    barriers.none.click()
    assert not barriers.add_button.isEnabled()
    assert [b.code for b in barriers.entered()] == [NO_BARRIER]
    barriers.none.click()
    barriers.add_line()
    assert not barriers.none.isEnabled()
    line = barriers.lines()[0]
    choose(line.kind, "BF02")
    choose(line.state, Barriers.PASSING)
    assert "◆ 配慮が要る要因" in line.kind._note.text()
    assert "医療機関" in line.partner.entered()
    line.expected_on.show_value(TODAY)
    found = barriers.entered()
    assert [(b.code, b.state, b.as_of) for b in found] == [("BF02", Barriers.PASSING, TODAY)]
    qtbot.keyClick(line.kind.editor(), Key.Key_Delete, Qt.KeyboardModifier.AltModifier)
    assert barriers.entered() is None
    assert barriers.none.isEnabled()


def test_the_same_barrier_twice_is_said_at_once(view):
    barriers = view.form.fields.barriers
    for _ in range(2):
        barriers.add_line()
        choose(barriers.lines()[-1].kind, "BF17")
    view.form.hand_in()
    assert "同じ阻害要因" in barriers.error()


def test_what_the_group_needs_opens_by_itself_and_the_rest_by_a_key(view):
    folded = view.form.page.folded

    def shown():
        return {name for name, part in folded.items() if part.isVisibleTo(view)}

    assert shown() == set()
    assert view.form.fields.safety.isVisibleTo(view)
    answer(view)
    assert shown() == {"resources", "wishes", "market"}
    view.form.page.more_button.click()
    assert shown() == set(folded)
    assert not view.form.page.more_button.isVisibleTo(view)
    # The button that had the keyboard is gone; the first of what was opened has it.
    assert view.form.fields.life.isAncestorOf(QApplication.focusWidget())


def test_where_everything_is_done_alone_the_proposal_names_the_will(view):
    answer(view)
    choose(view.form.fields.drive_said, {f"E{n:02}": Said.YES for n in range(1, 9)})
    said = view.form.proposal.words()
    assert "G2" in said
    assert "（本人の意向：働きたいが、行動はこれから）" in said


def test_safety_is_said_at_the_side_while_it_is_typed(view):
    commit_text(view.form.fields.safety.editor(), "家を出されることがある")
    assert "査察指導員が保留を解くまで支援・指導は止まります" in view.form.proposal.words()


def test_it_begins_as_the_newest_was_answered(office, screens):
    given = assessment(
        office,
        barriers=(barrier("BF17", Barriers.MINOR, as_of=days_ago(40), evidence="自転車のみ"),),
        wishes="昼の仕事",
        comment=Comment.AGREED,
        comment_on=TODAY,
        comment_words="よい",
        asks_anyway=True,
    )
    office.desk(office.caseworker).assessments.save(given)
    view = screens.file(office.caseworker)
    view.acts.press("N")
    fields = view.form.fields
    assert fields.kind.entered() == AssessmentKind.PERIODIC
    assert fields.scope.entered() == Scope.OUT
    assert "前回と違います" in view.form.page.notes["scope"].words
    assert fields.wishes.entered() == "昼の仕事"
    assert fields.comment.entered() == Comment.NOT_SHOWN
    assert fields.drive_said.entered()["E03"] is Said.NO
    line = fields.barriers.lines()[0]
    assert line.entered().as_of == days_ago(40)
    choose(line.state, Barriers.PASSING)
    assert line.entered().as_of == TODAY
    assert "回答" in view.form.earlier.toPlainText()


def test_the_check_list_is_answered_by_arrow_keys(qtbot, view):
    choose(view.form.fields.scope, Scope.IN)
    row = view.form.fields.drive_said.rows[0]
    row.stop.setFocus()
    assert row.said == Said.UNKNOWN
    qtbot.keyClick(row.stop, Key.Key_Left)
    assert row.said == Said.NO
    assert view.has_unsaved()
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    assert view.form.fields.drive_said.rows[1].isAncestorOf(QApplication.focusWidget())


def test_tab_goes_through_the_form_in_the_order_of_the_paper(qtbot, view):
    fields = view.form.fields
    fields.barriers.add_line()
    fields.kind.editor().setFocus()
    for wanted in (fields.made_on, fields.scope, fields.asks_anyway, fields.work, fields.job):
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert wanted is focused or wanted.isAncestorOf(focused)
    fields.rejudge_on.editor().setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    assert fields.health_words.isAncestorOf(QApplication.focusWidget())
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    assert fields.barriers.isAncestorOf(QApplication.focusWidget())
