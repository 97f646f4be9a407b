"""文書廃棄: what waits is decided by keyboard, files go only after a question, and what is refused says why."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from typing_extensions import override

from desktop.domain.disposal import DisposalDecision, DisposalState
from desktop.domain.holds import HoldKind
from desktop.domain.roles import Role
from desktop.viewmodels.disposal import acts_for
from desktop.views.disposal.disposal_screen import DisposalScreen
from tests.support.fakes import CLOCK, TODAY, FakeDialogs, fake_id, make_staff
from tests.support.fakes_disposal import (
    CONFLICT,
    FakeDisposals,
    FakePaper,
    make_list,
    make_step,
)
from tests.support.qt import InlineRunner
from tests.support.screens import shown

CTRL = Qt.KeyboardModifier.ControlModifier
APPROVED, REJECTED = DisposalDecision.APPROVED, DisposalDecision.REJECTED


class Dialogs(FakeDialogs):
    """Chooses a file as well."""

    @override
    def choose_new_file(self, parent, title, name, kinds, on_chosen):
        self.asked.append(name)
        on_chosen(Path(name))


@pytest.fixture
def disposals():
    return FakeDisposals()


@pytest.fixture
def dialogs():
    return Dialogs()


@pytest.fixture
def paper():
    return FakePaper()


@pytest.fixture
def make_screen(qtbot, look, disposals, dialogs, paper):
    def make(login="sasatsu1", role=Role.SUPERVISOR):
        staff = make_staff(staff_id=fake_id(login), login=login, roles=frozenset({role}))
        screen = DisposalScreen(
            disposals, paper, staff, CLOCK, InlineRunner(), look=look, dialogs=dialogs
        )
        return shown(qtbot, screen)

    return make


def records(make_screen):
    return make_screen("kiroku1", Role.RECORDS_STAFF)


def cells(model, row):
    return [model.index(row, column).data() for column in range(model.columnCount())]


def tabs(screen):
    return [screen.tabs.tabText(place) for place in range(screen.tabs.count())]


def test_lists_are_shown_in_words(make_screen):
    screen = make_screen()
    assert cells(screen.lists.model, 1) == [
        "第3号",
        "R6.10.1",
        "2",
        "承認待ち",
        "記録 見本人",
        "査察 見本 R6.10.1",
        "",
        "",
    ]
    assert cells(screen.lists.item_model, 0) == [
        "00001",
        "保護廃止ケース",
        "H22.4.1",
        "H29.10.1",
        "R5.3.31",
    ]
    assert screen.lists.items_title.text() == "第4号の世帯（3世帯）"


def test_superiors_see_no_households_to_list(make_screen):
    assert tabs(make_screen()) == ["廃棄簿", "保留", "廃棄した世帯"]


def test_records_staff_see_all_three(make_screen):
    assert tabs(records(make_screen)) == ["廃棄簿", "対象の世帯", "保留", "廃棄した世帯"]


def test_a_supervisor_checks_with_one_key(make_screen, disposals, qtbot):
    screen = make_screen()
    assert screen.lists.decide_button.text() == "点検済みにする（Ctrl+Enter）"
    qtbot.keyClick(screen.lists.table, Qt.Key.Key_Return, CTRL)
    row = make_list(4, DisposalState.DRAWN_UP)
    assert disposals.done == [("decide", row.list_id, row.content_hash, APPROVED, "")]
    assert "承認待ち" in cells(screen.lists.model, 0)
    assert not screen.lists.decide_button.isEnabled()
    assert "課長または所長" in screen.lists.note.words


def test_a_head_approves_what_was_checked(make_screen, disposals, qtbot):
    screen = make_screen("shocho", Role.DIRECTOR)
    screen.lists.table.select_row(1)
    assert screen.lists.decide_button.text() == "承認する（Ctrl+Enter）"
    qtbot.mouseClick(screen.lists.decide_button, Qt.MouseButton.LeftButton)
    assert disposals.done[0][1] == fake_id("list 3")


def test_a_refusal_asks_for_its_reason(make_screen, disposals, qtbot):
    screen = make_screen()
    qtbot.mouseClick(screen.lists.reject_button, Qt.MouseButton.LeftButton)
    assert "理由" in screen.messages.text()
    assert screen.lists.reason.hasFocus()
    screen.lists.reason.setText("返還金の確認が要ります")
    qtbot.keyClick(screen.lists.reason, Qt.Key.Key_Return)
    assert disposals.done[0][3:] == (REJECTED, "返還金の確認が要ります")
    assert (screen.lists.reason.text(), screen.messages.text()) == ("", "")


def test_records_staff_carry_out_after_a_question(make_screen, disposals, dialogs, qtbot):
    screen = records(make_screen)
    assert not screen.lists.carry_out_button.isEnabled()
    screen.lists.table.select_row(2)
    qtbot.mouseClick(screen.lists.carry_out_button, Qt.MouseButton.LeftButton)
    assert "元には戻せません" in dialogs.asked[0]
    row = make_list(2, DisposalState.APPROVED)
    assert disposals.done == [("carry out", row.list_id, row.content_hash)]


def test_who_says_no_to_the_question_removes_nothing(make_screen, disposals, dialogs, qtbot):
    dialogs.answer = False
    screen = records(make_screen)
    screen.lists.table.select_row(2)
    qtbot.mouseClick(screen.lists.carry_out_button, Qt.MouseButton.LeftButton)
    assert disposals.done == []


def test_what_is_refused_says_why_and_can_be_tried_again(make_screen, disposals, qtbot):
    disposals.refusal = CONFLICT
    screen = records(make_screen)
    screen.lists.table.select_row(2)
    qtbot.mouseClick(screen.lists.carry_out_button, Qt.MouseButton.LeftButton)
    assert screen.messages.text() == CONFLICT.sentence
    assert screen.lists.carry_out_button.isEnabled()


def test_only_its_author_takes_a_list_back(make_screen, disposals, qtbot):
    screen = records(make_screen)
    assert screen.lists.decide_button.isHidden()
    qtbot.mouseClick(screen.lists.withdraw_button, Qt.MouseButton.LeftButton)
    assert disposals.done == [("withdraw", fake_id("list 4"))]
    other = make_screen("kiroku2", Role.RECORDS_STAFF)
    assert not other.lists.withdraw_button.isEnabled()


def test_households_that_may_go_are_ticked_and_listed(make_screen, disposals, qtbot):
    screen = records(make_screen)
    screen.tabs.setCurrentWidget(screen.candidates)
    screen.focus_first()
    assert screen.candidates.count.text() == "2世帯を選択中　廃止 4世帯"
    assert cells(screen.candidates.model, 3)[-1] == "保留（債務・不服申立など）があります。"
    qtbot.keyClick(screen.candidates.table, Qt.Key.Key_Space)
    assert screen.candidates.count.text().startswith("1世帯")
    qtbot.keyClick(screen.candidates.table, Qt.Key.Key_Return, CTRL)
    assert disposals.done == [("draw up", (fake_id("old 2"),))]
    assert screen.tabs.currentWidget() is screen.lists


def test_what_may_not_go_is_not_listed_even_when_ticked(make_screen, qtbot):
    screen = records(make_screen)
    screen.tabs.setCurrentWidget(screen.candidates)
    screen.candidates.table.select_row(3)
    qtbot.keyClick(screen.candidates.table, Qt.Key.Key_Space)
    assert fake_id("old 4") not in screen.candidates.ticked()


def fill_hold(screen, case_number="00002"):
    holds = screen.holds
    screen.tabs.setCurrentWidget(holds)
    holds.case_number.show_value(case_number)
    holds.kind.show_value("appeal")
    holds.reason.show_value("審査請求の裁決を待つため（架空）")
    return holds


def test_a_hold_is_set_by_case_number(make_screen, disposals, qtbot):
    screen = make_screen()
    holds = fill_hold(screen)
    assert screen.has_unsaved()
    qtbot.keyClick(holds.reason.editor(), Qt.Key.Key_Return, CTRL)
    ((what, given),) = disposals.done
    assert (what, given.household_id, given.kind) == ("hold", fake_id("00002"), HoldKind.APPEAL)
    assert (given.valid_from, given.valid_to) == (TODAY, None)
    assert not screen.has_unsaved()


def test_an_unknown_case_number_is_told_beside_the_field(make_screen, disposals, qtbot):
    screen = make_screen()
    holds = fill_hold(screen, "99")
    qtbot.mouseClick(holds.set_button, Qt.MouseButton.LeftButton)
    assert "このケース番号の世帯はありません" in holds.case_number.error()
    assert holds.set_button.isEnabled()
    assert disposals.done == []


def test_what_is_missing_is_told_at_once(make_screen, disposals, qtbot):
    screen = make_screen()
    screen.tabs.setCurrentWidget(screen.holds)
    qtbot.mouseClick(screen.holds.set_button, Qt.MouseButton.LeftButton)
    assert [
        bool(f.error()) for f in (screen.holds.case_number, screen.holds.kind, screen.holds.reason)
    ] == [True] * 3
    assert disposals.done == []


def test_a_superior_ends_a_hold_after_a_question(make_screen, disposals, dialogs, qtbot):
    screen = make_screen()
    screen.tabs.setCurrentWidget(screen.holds)
    qtbot.mouseClick(screen.holds.end_button, Qt.MouseButton.LeftButton)
    assert "00004" in dialogs.asked[0]
    assert disposals.done == [("end", fake_id("hold 4"))]
    assert "保留されている世帯はありません" in screen.holds.empty_sentence()


def test_records_staff_end_none(make_screen):
    assert records(make_screen).holds.end_button.isHidden()


def test_a_list_is_saved_as_pdf(make_screen, dialogs, paper, qtbot):
    screen = make_screen()
    with qtbot.waitSignal(screen.announced) as said:
        qtbot.mouseClick(screen.lists.paper_button, Qt.MouseButton.LeftButton)
    assert paper.saved == [(4, Path("廃棄簿_第4号.pdf"))]
    assert "2頁" in said.args[0]


def test_an_empty_office_says_what_to_do(make_screen, disposals):
    disposals.rows, disposals.closed, disposals.held, disposals.gone = [], [], [], []
    screen = records(make_screen)
    assert "対象の世帯" in screen.lists.empty_sentence()
    assert "台帳の取込" in screen.candidates.empty_sentence()
    assert "下で設定" in screen.holds.empty_sentence()
    assert "廃棄した世帯はまだありません" in screen.gone.empty_sentence()


def test_what_remains_of_files_is_shown(make_screen):
    screen = make_screen()
    assert cells(screen.gone.model, 0) == [
        "00008",
        "H22.4.1〜H29.10.1",
        "R5.3.31",
        "第1号",
        "R6.10.1",
        "1,234",
        "0001020304050607",
    ]
    assert cells(screen.gone.model, 1)[1] == "開始なし〜H29.10.1"


def staff(login, *roles):
    return make_staff(staff_id=fake_id(login), login=login, roles=frozenset(roles))


@pytest.mark.parametrize(
    ("state", "who", "words"),
    [
        (DisposalState.DRAWN_UP, staff("kiroku1", Role.RECORDS_STAFF), "査察指導員または課長"),
        (DisposalState.DRAWN_UP, staff("kiroku1", Role.SECTION_HEAD), "自分が作った"),
        (DisposalState.CHECKED, staff("sasatsu1", Role.SUPERVISOR), "課長または所長"),
        (DisposalState.CHECKED, staff("sasatsu1", Role.DIRECTOR), "点検した人"),
        (DisposalState.APPROVED, staff("kacho", Role.SECTION_HEAD), "二人の承認が済みました"),
    ],
)
def test_what_a_list_waits_for(state, who, words):
    acts = acts_for(make_list(1, state), who)
    assert words in acts.note
    assert not acts.may_decide


def test_the_reason_of_a_refused_list_stays_readable():
    refused = make_step(1, decision=REJECTED, reason="返還金の確認が要ります")
    row = make_list(1, DisposalState.REJECTED, steps=(refused,))
    assert "返還金の確認" in acts_for(row, staff("x", Role.RECORDS_STAFF)).note
