"""照会・調査 in a household's file, by keys. On both databases."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.domain.inquiries import Consent, InquiryState
from desktop.models.households import Household
from tests.support.inquiries import an_inquiry, newest
from tests.support.typing_in import commit_text

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
S = InquiryState


def shown_acts(view):
    buttons = (*view.acts.steps.values(), view.acts.print_button, view.acts.new_button)
    return [button.text() for button in buttons if button.isVisibleTo(view)]


@pytest.fixture
def asked(office):
    given = an_inquiry(office)
    office.desk(office.caseworker).inquiries.ask(given)
    return given.inquiry_id


def test_an_empty_file_says_which_key_begins(office, screens):
    view = screens.file(office.caseworker)
    assert "Nを押すと" in view.nothing.words
    assert shown_acts(view) == ["新しい照会（N）"]
    reader = screens.file(office.records)
    assert "N" not in reader.nothing.words
    assert shown_acts(reader) == []


def test_the_words_of_the_one_at_hand_stand_beneath(office, screens, asked):
    view = screens.file(office.caseworker)
    QAbstractItemModelTester(view.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    row = [view.model.index(0, column).data() for column in range(view.model.columnCount())]
    assert row == [
        *("照6-0001", "承認待ち", "見本銀行 事務集中部", "架空 花子", "預貯金の残高"),
        *("R6.10.1", "R6.10.31", ""),
    ]
    assert view.words.words.splitlines() == [
        "照会先：見本銀行 事務集中部（金融機関）　根拠：生活保護法第29条　同意書あり",
        "目的：資産の確認のため",
        "照会事項：照会日における預貯金等の口座の有無、種類、口座番号及び残高",
        f"R6.10.1　起案　{office.caseworker.name}",
    ]


def test_only_what_one_may_do_is_offered(office, screens, asked):
    author = screens.file(office.caseworker)
    assert shown_acts(author) == [
        *("取りやめ（X）", "依頼書の案を印刷（P）", "新しい照会（N）"),
    ]
    second = screens.file(office.supervisor)
    assert shown_acts(second)[:2] == ["承認（A）", "差戻し（R）"]
    head = screens.file(office.head)
    assert shown_acts(head) == ["承認（A）", "差戻し（R）"]


def test_a_refused_consent_is_pointed_out_to_whoever_approves(office, screens):
    office.desk(office.caseworker).inquiries.ask(an_inquiry(office, consent=Consent.REFUSED))
    view = screens.file(office.supervisor)
    assert view.warning.words == "本人が同意していない照会です。"


def test_a_protected_household_is_pointed_out(office, screens, asked):
    with office.work() as session:
        session.get_one(Household, office.household_id).is_shielded = True
    view = screens.file(office.caseworker)
    assert "依頼書に住所は印刷しません" in view.warning.words


def test_the_same_question_is_pointed_out_and_not_forbidden(qtbot, office, screens, asked):
    view = screens.file(office.caseworker)
    qtbot.keyClick(view.table, Key.Key_N)
    view.form.agency.show_value("pension_sample")
    assert view.form.hint.words == ""
    view.form.agency.show_value("bank_sample")
    assert "照6-0001" in view.form.hint.words
    view.form.consent.show_value("on_file")
    view.form.items.show_value(("bank_balance",))
    commit_text(view.form.purpose.editor(), "もう一度確かめる")
    qtbot.keyClick(view.form, Key.Key_Return, CTRL)
    assert newest(office.desk(office.caseworker), office).line.number == 2


def test_the_items_follow_the_agency(qtbot, office, screens):
    view = screens.file(office.caseworker)
    qtbot.keyClick(view.table, Key.Key_N)
    assert view.form.items.labels() == ()
    view.form.agency.show_value("pension_sample")
    assert [label.partition("：")[0] for label in view.form.items.labels()] == [
        "年金の額",
        "加入の記録",
    ]


def test_what_is_missing_is_said_beside_its_field(qtbot, office, screens):
    view = screens.file(office.caseworker)
    qtbot.keyClick(view.table, Key.Key_N)
    qtbot.keyClick(view.form, Key.Key_Return, CTRL)
    assert view.form.agency.error() == "照会先を入力してください。"
    assert view.form.purpose.error() == "目的を入力してください。"
    view.form.agency.show_value("bank_sample")
    view.form.consent.show_value("on_file")
    commit_text(view.form.purpose.editor(), "確かめる")
    qtbot.keyClick(view.form, Key.Key_Return, CTRL)
    assert view.form.items.error() == "照会事項を選ぶか、聞くことを書いてください。"
    assert view.model.rowCount() == 0


def test_half_a_form_is_not_thrown_away_unasked(qtbot, office, screens):
    view = screens.file(office.caseworker)
    screens.dialogs.answer = False
    qtbot.keyClick(view.table, Key.Key_N)
    commit_text(view.form.purpose.editor(), "確かめる")
    assert view.has_unsaved()
    qtbot.keyClick(view.form, Key.Key_Escape)
    assert len(screens.dialogs.asked) == 1
    assert view.form.isVisible()
    screens.dialogs.answer = True
    qtbot.keyClick(view.form, Key.Key_Escape)
    assert not view.has_unsaved()
    assert view.table.hasFocus()


def test_a_returned_one_is_written_anew_by_keys(qtbot, office, screens, asked):
    second = screens.file(office.supervisor)
    qtbot.keyClick(second.table, Key.Key_R)
    qtbot.keyClick(second.step, Key.Key_Return, CTRL)
    assert second.step.words.error() == "差戻しの理由を入力してください。"
    commit_text(second.step.words.editor(), "履歴も聞いてください。")
    qtbot.keyClick(second.step, Key.Key_Return, CTRL)
    author = screens.file(office.caseworker)
    assert "履歴も聞いてください。" in author.words.words
    qtbot.keyClick(author.table, Key.Key_E)
    assert author.form.purpose.entered() == "資産の確認のため"
    author.form.items.show_value(("bank_balance", "bank_history"))
    qtbot.keyClick(author.form, Key.Key_Return, CTRL)
    found = newest(office.desk(office.caseworker), office)
    assert [item.code for item in found.items] == ["bank_balance", "bank_history"]
    assert found.line.state is S.DRAFTED


def test_whoever_is_slower_is_told_and_shown_the_present(qtbot, office, screens, asked):
    view = screens.file(office.supervisor)
    office.desk(office.caseworker).inquiries.move(asked, 1, S.WITHDRAWN, "不要になった。")
    qtbot.keyClick(view.table, Key.Key_A)
    assert "別の職員が先に進めました" in view.messages.text()
    assert view.current().line.state is S.WITHDRAWN
    assert shown_acts(view) == ["新しい照会（N）"]


def test_a_draft_is_printed_as_a_draft(qtbot, office, screens, asked):
    view = screens.file(office.caseworker)
    qtbot.keyClick(view.table, Key.Key_P)
    assert view.paper.preview.isVisible()
    qtbot.keyClick(view.paper.preview, Key.Key_S, CTRL)
    assert screens.dialogs.path.read_bytes().startswith(b"%PDF")
    assert newest(office.desk(office.caseworker), office).line.state is S.DRAFTED
