"""個別支援計画 in a household's file, by keys and clicks, over real services on both databases."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QPushButton

from desktop.domain.assessments import Health
from desktop.domain.support_groups import SupportGroup
from desktop.domain.support_plans import ConsentMove, GoalResult, NextCourse, PlanState, StepStatus
from desktop.views.approvals.review_card import ReviewCardView
from tests.support.assessments import assessment, decision
from tests.support.effort import decided as in_group
from tests.support.factories import TODAY
from tests.support.grades import decided
from tests.support.support_plans import approved, next_version, participation, plan
from tests.support.typing_in import commit_text

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def buttons(view):
    found = view.acts.findChildren(QPushButton)
    return [button.text().split("（")[0] for button in found if button.isVisibleTo(view)]


def of_person(office):
    desk = office.desk(office.caseworker)
    return desk.support_plans.of_household(office.household_id).people[0]


def standing(office, **changes):
    """An approved plan."""
    worker, supervisor = office.desk(office.caseworker), office.desk(office.supervisor)
    return approved(worker, supervisor, plan(office, **changes))


def fill(view):
    """A wish, one goal, one step."""
    form = view.form
    commit_text(form.wish.editor(), "昼の仕事がしたい")
    goal = form.goals.lines()[0]
    goal.what.show_value("週1回相談する")
    goal.due_on.show_value(TODAY)
    form.steps.add_line()
    step = form.steps.lines()[0]
    step.action.show_value("求職登録をする")
    step.due_on.show_value(TODAY)


def test_where_nothing_is_written_it_says_what_to_do(office, screens):
    view = screens.file(office.caseworker)
    QAbstractItemModelTester(view.people.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert "「計画を書く」（N）で、本人の希望から書き始めます" in view.reading.nothing.words
    assert buttons(view) == ["計画を書く", "事業に参加"]
    reader = screens.file(office.records)
    assert buttons(reader) == []


def test_a_plan_is_written_saved_and_handed_in_by_keys(qtbot, office, screens):
    view = screens.file(office.caseworker)
    qtbot.keyClick(view.people.table, Key.Key_N)
    assert view.form.wish.editor().hasFocus()
    fill(view)
    assert view.has_unsaved()
    qtbot.keyClick(view.form.wish.editor(), Key.Key_S, CTRL)
    assert screens.said == ["下書きを保存しました。同意を確かめ、「決裁に出す」で提出します。"]
    assert not view.has_unsaved()
    assert "昼の仕事がしたい" in view.reading.text.toPlainText()
    qtbot.keyClick(view.people.table, Key.Key_T)
    assert of_person(office).in_hand.state is PlanState.SUBMITTED
    assert "引き戻す" in buttons(view)
    assert "計画を変更" not in buttons(view)
    qtbot.keyClick(view.people.table, Key.Key_W)
    assert of_person(office).in_hand.state is PlanState.WITHDRAWN


def test_what_a_plan_lacks_is_said_when_it_is_handed_in(qtbot, office, screens):
    view = screens.file(office.caseworker)
    view.acts.write.click()
    commit_text(view.form.wish.editor(), "昼の仕事がしたい")
    view.form.hand_in()
    qtbot.keyClick(view.people.table, Key.Key_T)
    assert "短期目標" in view.messages.text()
    assert of_person(office).in_hand.state is PlanState.DRAFT


def test_a_step_that_names_no_goal_is_refused_beside_its_field(qtbot, office, screens):
    view = screens.file(office.caseworker)
    view.acts.write.click()
    fill(view)
    view.form.steps.lines()[0].goal.show_value("3")
    view.form.hand_in()
    assert "合う短期目標がありません" in view.form.steps.error()
    assert of_person(office).plans == ()


def test_help_beside_a_goal_follows_its_kind(office, screens):
    view = screens.file(office.caseworker)
    view.acts.write.click()
    goal = view.form.goals.lines()[0]
    assert "求職登録" in goal.help.words
    goal.reliance.show_value("daily")
    goal.reliance.edited.emit()
    assert "予約日に受診" in goal.help.words


def test_a_change_is_the_next_version_and_keeps_the_steps_stems(qtbot, office, screens):
    first = standing(office)
    view = screens.file(office.caseworker)
    assert "計画を変更" in buttons(view)
    qtbot.keyClick(view.people.table, Key.Key_N)
    assert view.form.title.text() == f"個別支援計画を書く（第2版）：{of_person(office).name}"
    view.form.long_goal.show_value("週25時間")
    view.form.steps.add_line()
    view.form.steps.lines()[-1].action.show_value("面接の練習")
    view.form.hand_in()
    found = of_person(office)
    stems = [step.stem_id for step in found.in_hand.given.steps]
    assert stems[:2] == [step.step_id for step in first.steps]
    assert stems[2] == found.in_hand.given.steps[2].step_id
    assert found.in_force.given == first


def test_consent_is_noted_from_the_list(qtbot, office, screens):
    standing(office)
    view = screens.file(office.caseworker)
    qtbot.keyClick(view.people.table, Key.Key_C)
    assert view.consent.move_.editor().hasFocus()
    view.consent.copy.editor().click()
    view.consent.hand_in()
    found = of_person(office).in_force.consent
    assert (found.said_on, found.copy_given) == (TODAY, True)
    assert screens.said == ["本人の答えを記録しました。"]


def test_steps_and_reviews_are_noted(qtbot, office, screens):
    given = standing(office)
    view = screens.file(office.caseworker)
    qtbot.keyClick(view.people.table, Key.Key_J)
    view.step.status.show_value(StepStatus.DONE)
    view.step.hand_in()
    assert "達成・一部達成" in view.step.done_on.error()
    view.step.done_on.show_value(TODAY)
    view.step.hand_in()
    assert of_person(office).in_force.results[given.steps[0].stem_id].status is StepStatus.DONE
    qtbot.keyClick(view.people.table, Key.Key_R)
    view.review.results[0].show_value(GoalResult.PARTLY)
    view.review.words[0].show_value("続いている")
    view.review.hand_in()
    (review,) = of_person(office).in_force.reviews
    assert review.given.next_course is NextCourse.GO_ON
    assert [(g.result, g.words) for g in review.given.goals] == [(GoalResult.PARTLY, "続いている")]
    assert "一部達成" in view.reading.text.toPlainText()


def test_a_plan_ends_with_its_outcome(qtbot, office, screens):
    standing(office)
    view = screens.file(office.caseworker)
    qtbot.keyClick(view.people.table, Key.Key_E)
    view.end.summary.show_value("パートが決まった")
    view.end.hand_in()
    assert view.end.outcome.error()
    view.end.outcome.show_value("O02")
    view.end.hand_in()
    found = of_person(office)
    assert (found.in_force, found.plans[0].end.given.outcome) == (None, "O02")
    assert "計画を書く" in buttons(view)


def test_tab_comes_from_the_last_field_to_the_buttons_of_the_panel(qtbot, office, screens):
    standing(office)
    view = screens.file(office.caseworker)
    for letter, panel in ((Key.Key_E, view.end), (Key.Key_P, view.take_part)):
        qtbot.keyClick(view.people.table, letter)
        last = list(panel.fields().values())[-1].editor()
        last.setFocus()
        for button in (panel.leave_button, panel.record_button):
            qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
            assert button.hasFocus()


def test_taking_part_begins_and_ends(qtbot, office, screens):
    view = screens.file(office.caseworker)
    qtbot.keyClick(view.people.table, Key.Key_P)
    view.take_part.programme.show_value("employment")
    view.take_part.consent_on.show_value(None)
    view.take_part.hand_in()
    assert "同意が要ります" in view.take_part.consent_on.error()
    view.take_part.consent_on.show_value(TODAY)
    view.take_part.hand_in()
    assert "被保護者就労支援事業" in view.reading.parts.words
    qtbot.keyClick(view.people.table, Key.Key_Q)
    view.leave.outcome.show_value("O12")
    view.leave.hand_in()
    (row,) = of_person(office).participations
    assert (row.ended_on, row.outcome) == (TODAY, "O12")


def test_consents_to_taking_part_and_to_sharing_are_noted_and_taken_back(qtbot, office, screens):
    desk = office.desk(office.caseworker)
    desk.participations.begin(participation(office))
    view = screens.file(office.caseworker)
    panel = view.part_consent

    def answer(about: str, move: ConsentMove, shared: str | None = None) -> None:
        qtbot.keyClick(view.people.table, Key.Key_A)
        panel.partner.show_value(about)
        panel.move_.show_value(move)
        assert panel.shared.isVisible() == (about != "*" and move is ConsentMove.GIVEN)
        panel.shared.show_value(shared)
        panel.hand_in()

    qtbot.keyClick(view.people.table, Key.Key_A)
    assert panel.which.editor().hasFocus()
    assert "同意した" in panel.hint.text()
    panel.hand_in()
    assert panel.move_.error() != ""  # nothing is answered in the person's place
    answer("hw1", ConsentMove.GIVEN)
    assert "共有する情報を入力してください" in panel.shared.error()
    panel.leave_button.click()
    answer("hw1", ConsentMove.GIVEN, "職歴と希望")
    assert "情報共有：同意1" in view.reading.parts.words
    assert "共有する情報：職歴と希望" in view.reading.text.toPlainText()
    answer("hw1", ConsentMove.TAKEN_BACK)
    assert "情報共有：撤回1" in view.reading.parts.words
    assert office.caseworker.name in view.reading.text.toPlainText()
    answer("*", ConsentMove.TAKEN_BACK)
    assert "同意が撤回されています。参加は自動では終わりません" in view.reading.parts.words
    (row,) = of_person(office).participations
    assert row.ended_on is None


def test_what_is_typed_can_be_saved_on_leaving(qtbot, office, screens):
    view = screens.file(office.caseworker)
    view.acts.write.click()
    fill(view)
    assert view.stores_unsaved()
    stored = []
    view.store_unsaved(lambda: stored.append(True))
    assert stored
    assert of_person(office).in_hand.given.wish == "昼の仕事がしたい"


def test_a_colleague_reads_a_draft_and_writes_on(office, screens):
    given = plan(office)
    office.desk(office.caseworker).support_plans.save(given)
    view = screens.file(office.supervisor)
    assert "決裁に出す" not in buttons(view)
    assert "計画を変更" in buttons(view)
    view.show_entry(given.plan_id)
    assert given.wish in view.reading.text.toPlainText()


def test_a_group_stands_in_the_office_only_and_only_a_decided_one(office, screens):
    made = assessment(office)
    office.desk(office.caseworker).assessments.save(made)
    view = screens.file(office.caseworker)
    group = view.people.model.columnCount() - 1
    assert view.people.model.index(0, group).data() == ""
    given = decision(office, made, SupportGroup.WITH_HELP)
    office.desk(office.supervisor).groups.decide(given)
    view.reload()
    assert view.people.model.index(0, group).data()


def test_the_approver_reads_it_with_its_questions(office, qtbot, look):
    first = standing(office)
    worker = office.desk(office.caseworker)
    change = next_version(first, 1, wish="夜の仕事はしたくない")
    worker.support_plans.save(change)
    worker.support_plans.submit(change.plan_id, office.household_id)
    supervisor = office.desk(office.supervisor)
    card = supervisor.approvals.card(supervisor.approvals.queue()[0].approval_id)
    view = ReviewCardView(look)
    qtbot.addWidget(view)
    view.show_card(card)
    shown = view.entry.toPlainText()
    assert "有効な版から変わるところ" in shown
    assert shown.split("有効な版から変わるところ\n")[1].split("\n")[0] == "本人の希望"
    assert "夜の仕事はしたくない" in shown
    decided(supervisor)


@pytest.mark.parametrize("width", [700, 1250])
def test_it_fits_at_any_width(office, screens, width):
    standing(office)
    view = screens.file(office.caseworker, width=width)
    view.acts.write.click()
    assert view.form.page.horizontalScrollBar().maximum() == 0


def test_who_of_g1a_can_take_part_is_marked_by_keyboard(qtbot, office, screens):
    in_group(office, SupportGroup.RECOVERY, health=Health.RECOVERING, rejudge_on=TODAY)
    view = screens.file(office.caseworker)
    assert "参加できる人の印" in buttons(view)
    qtbot.keyClick(view.people.table, Key.Key_M)
    view.mark.hand_in()
    assert view.mark.reason.error() != ""
    commit_text(view.mark.reason.editor(), "午前の講座なら通える")
    view.mark.hand_in()
    assert "参加できる人の印：あり" in view.reading.parts.words
    assert of_person(office).can_join
