"""Explanations and the answer 見直し不要 on the section: by keyboard, beneath the policy, listed beside it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.domain.support_policies import ExplanationInput, Understanding
from tests.support.desk import later
from tests.support.factories import CLOCK
from tests.support.policies import written
from tests.support.typing_in import commit_text

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def typed(qtbot, words: str) -> None:
    """Into whatever has the keyboard, then on to the next field."""
    focused = QApplication.focusWidget()
    assert focused is not None
    commit_text(focused, words)
    qtbot.keyClick(focused, Key.Key_Tab)


def approved(bench):
    return bench.approved(written(bench.desk, bench.office.household_id))


def test_an_explanation_is_recorded_by_keyboard_and_listed(make_section, bench, qtbot):
    policy_id = approved(bench)
    section = make_section()
    assert "説明まで、あと30日" in section.shelf.explained.text()
    assert "まだ記録されていません" in section.reader.toPlainText()
    qtbot.keyClick(section.shelf.table, Key.Key_S)
    panel = section.reading.explanation
    assert panel.to_whom.editor().hasFocus()
    for words in ("世帯主", "自宅", "一部"):
        typed(qtbot, words)
    commit_text(panel.said.editor(), "通院の話は分かった。")
    qtbot.keyClick(panel.said.editor(), Key.Key_S, CTRL)
    (found,) = bench.desk.policies.answered(policy_id).explanations
    assert (found.to_whom, found.place, found.said) == ("世帯主", "自宅", "通院の話は分かった。")
    assert found.understanding is Understanding.PARTLY
    assert section.reading.panel is None
    assert section.shelf.table.hasFocus()
    assert "世帯主（自宅）　［一部理解した］" in section.reader.toPlainText()
    assert "説明しました（一部理解した）" in section.shelf.explained.text()
    assert bench.said == ["説明を記録しました。"]


def test_who_disagrees_without_words_is_asked_for_them_beside_the_field(make_section, bench, qtbot):
    policy_id = approved(bench)
    section = make_section()
    qtbot.keyClick(section.shelf.table, Key.Key_S)
    panel = section.reading.explanation
    panel.to_whom.show_value("世帯主")
    panel.understanding.show_value(Understanding.DISAGREED)
    panel.hand_in()
    assert "本人の言葉のまま" in panel.said.error()
    assert panel.said.editor().hasFocus()
    assert bench.desk.policies.answered(policy_id).explanations == ()
    panel.said.insert("働けと言われるのはつらい。")
    panel.hand_in()
    assert "納得していません" in section.shelf.explained.text()
    assert "働けと言われるのはつらい。" in section.reader.toPlainText()


def test_what_is_missing_is_said_and_nothing_is_stored(make_section, bench, qtbot):
    policy_id = approved(bench)
    section = make_section()
    qtbot.keyClick(section.shelf.table, Key.Key_S)
    panel = section.reading.explanation
    qtbot.keyClick(panel.to_whom.editor(), Key.Key_S, CTRL)
    assert panel.to_whom.error()
    assert panel.understanding.error()
    assert bench.desk.policies.answered(policy_id).explanations == ()


def test_an_explanation_that_is_overdue_says_by_how_much(make_section, bench):
    approved(bench)
    clock = later(CLOCK, days=35)
    section = make_section(bench.office.desk(bench.office.caseworker, clock), clock=clock)
    assert "5日過ぎています" in section.shelf.explained.text()


def test_esc_closes_at_once_but_asks_before_words_are_lost(make_section, bench, qtbot):
    approved(bench)
    section = make_section()
    qtbot.keyClick(section.shelf.table, Key.Key_S)
    panel = section.reading.explanation
    qtbot.keyClick(panel.to_whom.editor(), Key.Key_Escape)
    assert panel.isHidden()
    qtbot.keyClick(section.shelf.table, Key.Key_S)
    commit_text(panel.to_whom.editor(), "世帯主")
    assert section.has_unsaved()
    bench.dialogs.answer = False
    qtbot.keyClick(panel.to_whom.editor(), Key.Key_Escape)
    assert panel.isVisible()
    assert "消して閉じますか" in bench.dialogs.asked[-1]
    bench.dialogs.answer = True
    qtbot.keyClick(panel.to_whom.editor(), Key.Key_Escape)
    assert section.reading.panel is None
    assert not section.has_unsaved()


def test_a_half_filled_form_keeps_the_editor_away(make_section, bench, qtbot):
    approved(bench)
    section = make_section()
    qtbot.keyClick(section.shelf.table, Key.Key_S)
    commit_text(section.reading.explanation.to_whom.editor(), "世帯主")
    section.write_new()
    assert section.editor is None
    assert "まだ記録していません" in section.messages.text()


def test_no_review_is_recorded_listed_and_says_that_the_day_stays(make_section, bench, qtbot):
    approved(bench)
    section = make_section()
    before = section.shelf.due.text()
    qtbot.keyClick(section.shelf.table, Key.Key_N)
    panel = section.reading.no_review
    for words in ("短期の入院", "R6.9.20"):
        typed(qtbot, words)
    commit_text(panel.reason.editor(), "課題も取組も変わらない。")
    qtbot.keyClick(panel.reason.editor(), Key.Key_S, CTRL)
    text = section.reader.toPlainText()
    assert "R6.9.20　短期の入院" in text
    assert "課題も取組も変わらない。" in text
    assert "期日は動きません" in text
    assert section.shelf.due.text() == before


def test_an_event_that_is_known_is_filled_in(make_section, bench):
    approved(bench)
    section = make_section()
    section.answer_no_review("担当の変更", date(2024, 9, 1))
    panel = section.reading.no_review
    assert panel.what.entered() == "担当の変更"
    assert panel.happened_on.entered() == date(2024, 9, 1)
    assert panel.reason.editor().hasFocus()


def test_who_may_not_write_records_nothing(make_section, bench, qtbot):
    approved(bench)
    section = make_section(bench.office.desk(bench.office.head))
    assert section.shelf.explain_button.isHidden()
    qtbot.keyClick(section.shelf.table, Key.Key_S)
    section.answer_no_review()
    assert section.reading.panel is None


def test_a_draft_is_not_explained(make_section, bench):
    bench.desk.policies.save(written(bench.desk, bench.office.household_id))
    section = make_section()
    assert section.shelf.explain_button.isHidden()
    assert section.shelf.no_review_button.isHidden()
    assert section.shelf.explained.isHidden()


def test_an_earlier_policy_keeps_its_own_answers(make_section, bench, qtbot):
    first = approved(bench)
    bench.desk.policies.explain(
        ExplanationInput(
            policy_id=first,
            explained_on=date(2024, 10, 1),
            understanding=Understanding.UNDERSTOOD,
            to_whom="世帯主",
        )
    )
    bench.approved(bench.desk.policies.blank(bench.office.household_id))
    section = make_section()
    assert "説明まで" in section.shelf.explained.text()
    assert "［理解した］" not in section.reader.toPlainText()
    qtbot.keyClick(section.shelf.table, Key.Key_Down)
    assert "［理解した］" in section.reader.toPlainText()
