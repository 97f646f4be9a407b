from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt

from desktop.domain.approvals import Move
from desktop.domain.ids import new_id
from desktop.domain.policy_duties import Outcome, ResultInput
from desktop.domain.support_policies import PolicyState, Standing
from desktop.views.requests import FileRequest
from tests.support.desk import later
from tests.support.factories import CLOCK, TODAY
from tests.support.policies import evidence_of, issue, recorded, written

Key = Qt.Key


def texts(section):
    model = section.shelf.model
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_an_empty_file_says_what_to_do(make_section):
    section = make_section()
    assert "まだありません" in section.empty_sentence()
    assert "Ctrl+N" in section.empty_sentence()
    assert section.new_button.hasFocus()


def test_who_may_not_write_is_not_told_to(make_section, bench):
    section = make_section(bench.office.desk(bench.office.head))
    assert "Ctrl+N" not in section.empty_sentence()
    assert section.new_button.isHidden()
    section.write_new()
    assert section.editor is None


def test_the_list_says_kind_state_and_days(make_section, bench):
    bench.approved(written(bench.desk, bench.office.household_id))
    bench.desk.policies.save(written(bench.desk, bench.office.household_id))
    section = make_section()
    assert texts(section) == [
        ["R6.10.1", "定期", "下書き", "―", "―"],
        ["R6.10.1", "新規", "有効", "R6.10.1", "R7.10.1"],
    ]
    assert "今日決裁されました" in section.shelf.due.text()


def test_a_policy_that_is_overdue_says_since_when(make_section, bench):
    bench.approved(written(bench.desk, bench.office.household_id))
    clock = later(CLOCK, days=380)
    section = make_section(bench.office.desk(bench.office.caseworker, clock), clock=clock)
    assert "15日過ぎています" in section.shelf.due.text()


def test_the_text_is_read_at_the_right_and_follows_the_arrows(make_section, bench, qtbot):
    first = written(bench.desk, bench.office.household_id, issue("家計の見通しがない"))
    bench.approved(first)
    bench.desk.policies.save(written(bench.desk, bench.office.household_id, issue("食事が偏る")))
    section = make_section()
    assert "食事が偏る" in section.reader.toPlainText()
    qtbot.keyClick(section.shelf.table, Key.Key_Down)
    assert "家計の見通しがない" in section.reader.toPlainText()
    assert "■ 日常生活自立" in section.reader.toPlainText()


def test_evidence_leads_to_its_entry_by_keyboard(make_section, bench, qtbot):
    household_id = bench.office.household_id
    recorded(bench.desk, household_id, "薬が半分残っていた。")
    quoted = evidence_of(bench.desk, household_id, "薬が半分残っていた。")
    bench.desk.policies.save(written(bench.desk, household_id, issue(evidence=(quoted,))))
    section = make_section()
    section.reader.setFocus()
    qtbot.keyClick(section.reader, Key.Key_Tab)
    qtbot.keyClick(section.reader, Key.Key_Return)
    assert bench.asked == [
        FileRequest(household_id=household_id, section="chronicle", entry_id=quoted.entry_id)
    ]


def test_enter_writes_on_an_own_draft_only(make_section, bench, qtbot):
    bench.approved(written(bench.desk, bench.office.household_id))
    bench.desk.policies.save(written(bench.desk, bench.office.household_id))
    section = make_section()
    qtbot.keyClick(section.shelf.table, Key.Key_Down)
    qtbot.keyClick(section.shelf.table, Key.Key_Return)
    assert section.editor is None
    qtbot.keyClick(section.shelf.table, Key.Key_Up)
    qtbot.keyClick(section.shelf.table, Key.Key_Return)
    assert section.editor is not None
    assert section.shelf.isHidden()


def test_w_takes_back_what_nobody_has_stamped(make_section, bench, qtbot):
    saved = bench.desk.policies.save(written(bench.desk, bench.office.household_id))
    bench.desk.policies.submit(saved.policy_id, saved.version)
    section = make_section()
    qtbot.keyClick(section.shelf.table, Key.Key_W)
    assert bench.newest().state is PolicyState.DRAFT
    assert "引き戻しました" in bench.said[-1]
    assert not section.shelf.write_button.isHidden()


def test_taking_back_what_was_stamped_says_why_not(make_section, bench, qtbot):
    saved = bench.desk.policies.save(written(bench.desk, bench.office.household_id))
    bench.desk.policies.submit(saved.policy_id, saved.version)
    section = make_section()
    bench.decide(bench.office.desk(bench.office.supervisor))
    qtbot.keyClick(section.shelf.table, Key.Key_W)
    assert section.messages.text()
    assert bench.newest().state is PolicyState.SUBMITTED


def test_d_lays_it_beside_the_earlier_one_and_esc_leads_back(make_section, bench, qtbot):
    household_id = bench.office.household_id
    bench.approved(written(bench.desk, household_id, issue("服薬"), issue("買い物")))
    blank = bench.desk.policies.blank(household_id)
    one, two = blank.issues
    bench.desk.policies.save(
        replace(
            blank,
            issues=(
                replace(one, fact="薬は残っていない。"),
                replace(two, standing=Standing.ENDED, result="自分で行ける。"),
                issue("住まい"),
            ),
        )
    )
    section = make_section()
    qtbot.keyClick(section.shelf.table, Key.Key_D)
    shown = section.difference.comparison
    for said in (
        "［変更あり］　1．世帯全体　健康（日常生活自立）　服薬",
        "［終了］　2．世帯全体　健康（日常生活自立）　買い物",
        "［新しい課題］　3．世帯全体",
        "［変更なし］　世帯",
    ):
        assert said in shown.text.toPlainText()
    assert "飲み忘れ" not in shown.text.toPlainText().split("［終了］")[0]
    shown.whole.click()
    assert "飲み忘れ" in shown.text.toPlainText().split("［終了］")[0]
    qtbot.keyClick(shown.text, Key.Key_Escape)
    assert section.reader.isVisible()
    assert section.shelf.table.hasFocus()


def test_any_earlier_policy_can_be_chosen(make_section, bench):
    household_id = bench.office.household_id
    bench.approved(written(bench.desk, household_id, issue("一つ目の方針")))
    bench.approved(written(bench.desk, household_id, issue("二つ目の方針")))
    bench.desk.policies.save(written(bench.desk, household_id, issue("三つ目の方針")))
    section = make_section()
    section.compare()
    view = section.difference
    assert view.earlier.count() == view.later.count() == 3
    assert "二つ目の方針" in view.comparison.text.toPlainText()
    view.earlier.setCurrentIndex(2)
    view.earlier.activated.emit(2)
    assert "一つ目の方針" in view.comparison.text.toPlainText()
    assert "二つ目の方針" not in view.comparison.text.toPlainText()


def test_two_versions_of_one_policy_can_be_compared(make_section, bench):
    given = written(bench.desk, bench.office.household_id, issue("一つ目"))
    bench.desk.policies.save(given)
    bench.desk.policies.save(replace(given, shown_version=1, situation="転居した。"))
    section = make_section()
    section.compare()
    view = section.difference
    assert ["第1版" in view.earlier.currentText(), "第2版" in view.later.currentText()] == [
        True
    ] * 2
    shown = view.comparison.text.toPlainText()
    assert "転居した。" in shown
    assert "［変更なし］　1．" in shown


def test_the_only_policy_has_nothing_to_be_compared_with(make_section, bench, qtbot):
    bench.approved(written(bench.desk, bench.office.household_id))
    section = make_section()
    assert section.shelf.compare_button.isHidden()
    qtbot.keyClick(section.shelf.table, Key.Key_D)
    assert not section.difference.isVisible()


def test_why_it_was_returned_stands_above_the_form(make_section, bench, qtbot):
    saved = bench.desk.policies.save(written(bench.desk, bench.office.household_id))
    bench.desk.policies.submit(saved.policy_id, saved.version)
    supervisor = bench.office.desk(bench.office.supervisor)
    bench.decide(supervisor, move=Move.RETURN, text="本人の希望を聞いてください。")
    section = make_section()
    assert texts(section)[0][2] == "差戻し"
    qtbot.keyClick(section.shelf.table, Key.Key_Return)
    assert "本人の希望を聞いてください。" in section.editor.notice.text()


def test_a_narrow_window_has_the_list_above_the_text(make_section, bench):
    bench.desk.policies.save(written(bench.desk, bench.office.household_id))
    section = make_section()
    assert section.shelf.x() < section.reader.mapTo(section, section.reader.rect().topLeft()).x()
    section.resize(700, 800)
    assert (
        section.reader.mapTo(section, section.reader.rect().topLeft()).x() <= section.shelf.width()
    )
    assert (
        section.reader.mapTo(section, section.reader.rect().topLeft()).y() > section.shelf.height()
    )


def test_the_text_is_asked_for_once_when_the_list_comes(make_section, bench):
    """The first row becomes the current one by itself; that is no choice of a person."""
    bench.approved(written(bench.desk, bench.office.household_id))
    section = make_section()
    asked: list[object] = []
    section.shelf.chosen.connect(asked.append)
    bench.desk.policies.save(written(bench.desk, bench.office.household_id, issue("二つ目")))
    section.reload()
    assert asked == []
    assert section.reader.toPlainText()


def test_the_editor_opens_at_a_given_issue_of_a_policy_to_write(make_section, bench):
    household_id = bench.office.household_id
    bench.approved(written(bench.desk, household_id, issue("一"), issue("二")))
    given = bench.desk.policies.blank(household_id)
    section = make_section()
    section.open_editor(given, given.issues[1].issue_id)
    form = section.editor.form
    assert form.issue.texts["text"].editor().toPlainText() == "二"
    assert form.issue.standing.isAncestorOf(section.focusWidget())
    assert not section.has_unsaved()


def test_the_editor_opens_at_the_household_where_no_issue_is_named(make_section, bench):
    bench.desk.policies.save(written(bench.desk, bench.office.household_id))
    section = make_section()
    section.open_editor(bench.desk.policies.draft(bench.policies[0].policy_id))
    assert section.editor.form.household.situation.editor().hasFocus()


def test_the_editor_opens_for_nobody_who_may_not_write(make_section, bench):
    given = bench.desk.policies.blank(bench.office.household_id)
    section = make_section(bench.office.desk(bench.office.head))
    section.open_editor(given)
    assert section.editor is None


def test_an_own_open_policy_is_written_on_instead_of_a_second_one(make_section, bench, qtbot):
    saved = bench.desk.policies.save(written(bench.desk, bench.office.household_id))
    section = make_section()
    qtbot.keyClick(section.shelf.table, Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    editor = section.editor
    assert editor.form.so_far().policy_id == saved.policy_id
    assert "その続きを開きました" in editor.messages.text()


def test_a_colleagues_open_policy_is_named_and_no_editor_opens(make_section, bench):
    bench.desk.policies.save(written(bench.desk, bench.office.household_id))
    section = make_section(bench.office.desk(bench.office.supervisor))
    section.write_new()
    assert section.editor is None
    assert f"{bench.office.caseworker.name}さん" in section.messages.text()


def test_results_are_read_at_their_action_and_k_leads_to_where_they_are_noted(
    make_section, bench, qtbot
):
    bench.approved(written(bench.desk, bench.office.household_id))
    duty = bench.desk.duties.duties(bench.office.household_id)[1]
    section = make_section()
    result = ResultInput(
        result_id=new_id(),
        duty_id=duty.duty_id,
        outcome=Outcome.PARTLY,
        happened_on=TODAY,
        text="残薬は3日分だった。",
    )
    bench.desk.duties.note(result)
    section._setting.changes.result_noted.emit(bench.office.household_id, None)
    lines = section.reader.toPlainText().splitlines()
    place = next(n for n, line in enumerate(lines) if "訪問のたびに残薬を数える" in line)
    assert "→ 一部済み（R6.10.1）：残薬は3日分だった。" in "\n".join(lines[place : place + 2])
    qtbot.keyClick(section.shelf.table, "k")
    assert bench.asked == [FileRequest(household_id=bench.office.household_id, section="brief")]


def test_results_belong_to_the_policy_in_force(make_section, bench):
    bench.desk.policies.save(written(bench.desk, bench.office.household_id))
    assert make_section().shelf.results_button.isHidden()
