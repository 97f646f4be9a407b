"""会議・支援区分 by keyboard: call, agenda, open, minutes, decide one by one, close; the lists beside it."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.domain.assessments import Barriers
from desktop.domain.conferences import MatterInput, MatterKind
from desktop.domain.ids import new_id
from desktop.domain.support_group_lists import UnchangedReport
from desktop.domain.support_groups import DecidedBy, SupportGroup
from tests.support.assessments import (
    assessment,
    barrier,
    by_conference,
    called,
    further_people,
    held,
)
from tests.support.factories import TODAY

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
G2, G3 = SupportGroup.WITH_HELP, SupportGroup.ALONE
LONG = "本人はすでに自分で応募を続けており、支援を望んでいない。"


def checked(model):
    return QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def decided(seats, group=G2, **changes):
    given = seats.assess(**changes)
    matter = held(seats.caseworker, seats.supervisor, given)
    decision = by_conference(seats.office, given, group, matter.matter_id)
    seats.supervisor.groups.decide(decision)
    return matter


def opened(qtbot, seats, desk):
    """The screen with the one meeting's one matter opened."""
    screen = seats.screen(desk)
    qtbot.keyClick(screen.meetings.list.table, K.Key_Return)
    qtbot.keyClick(screen.meetings.board.table, K.Key_Return)
    return screen, screen.meetings.board


@pytest.fixture
def matter(seats):
    """An open meeting with its minutes written."""
    return held(seats.caseworker, seats.supervisor, seats.assess())


def test_an_empty_office_says_what_to_do(seats):
    screen = seats.screen(seats.caseworker)
    assert "Nで会議の日を決める" in screen.meetings.list.words.words
    screen.tabs.setCurrentIndex(1)
    assert "区分が変わらない提案はありません" in screen.unchanged.hint.words
    screen.tabs.setCurrentIndex(2)
    assert "まだいません" in screen.register.words.words


def test_a_meeting_from_its_call_to_its_end_by_keyboard(qtbot, seats):
    given = seats.assess()
    screen = seats.screen(seats.supervisor)
    meetings = screen.meetings
    checked(meetings.list.model)
    qtbot.keyClick(meetings.list.table, K.Key_N)
    assert screen.has_unsaved()
    qtbot.keyClick(meetings.list.call.planned_on.editor(), K.Key_Return)
    assert [row.planned_on for row in meetings.list.model.rows()] == [TODAY]
    qtbot.keyClick(meetings.list.table, K.Key_A)
    checked(meetings.candidates.model)
    assert [r.assessment_id for r in meetings.candidates.model.rows()] == [given.assessment_id]
    assert "提案 G2 稼働能力あり・支援が要る" in meetings.candidates.words.words
    qtbot.keyClick(meetings.candidates.table, K.Key_Space)
    qtbot.keyClick(meetings.candidates.table, K.Key_Return)
    assert meetings.list.model.rows()[0].matters == 1
    qtbot.keyClick(meetings.list.table, K.Key_K)
    hold = meetings.list.hold
    assert "2人以上" in hold.said.words
    hold.outside.show_value("模擬　嘱託医")
    hold.role.show_value("嘱託医")
    qtbot.keyClick(hold.outside.editor(), K.Key_Return)
    qtbot.keyClick(hold.person.editor(), K.Key_Return, CTRL)
    assert meetings.list.model.rows()[0].held_on == TODAY
    qtbot.keyClick(meetings.list.table, K.Key_Return)
    board = meetings.board
    checked(board.model)
    assert "Enterで開きます" in board.side.hint.words
    qtbot.keyClick(board.table, K.Key_Return)
    board.side.minutes.discussion.show_value("本人の希望を確かめた。")
    qtbot.keyClick(board.side.minutes.discussion.editor(), K.Key_S, CTRL)
    assert board.side.minutes.stored.words_of("話し合ったこと") == "本人の希望を確かめた。"
    board.side.decision.reason.show_value("提案のとおり。")
    qtbot.keyClick(board.side.decision.reason.editor(), K.Key_Return, CTRL)
    assert board.model.rows()[0].decided is G2
    assert "すべて決まりました" in board.side.hint.words
    qtbot.keyClick(board.table, K.Key_Escape)
    qtbot.keyClick(meetings.list.table, K.Key_Z)
    assert meetings.list.model.rows()[0].closed_at is not None
    assert not screen.has_unsaved()


def test_after_a_decision_the_next_matter_is_opened(qtbot, seats, matter):
    (somebody,) = further_people(seats.office, 1)
    given = assessment(somebody)
    seats.caseworker.assessments.save(given)
    second = MatterInput(
        matter_id=new_id(),
        conference_id=matter.conference_id,
        kind=MatterKind.SUPPORT_GROUP,
        household_id=given.household_id,
        person_id=given.person_id,
        assessment_id=given.assessment_id,
    )
    seats.caseworker.conferences.add_matters([second])
    _, board = opened(qtbot, seats, seats.supervisor)
    first = board.side.paper.row.matter_id
    if board.side.minutes.is_open():
        board.side.minutes.discussion.show_value("話し合った。")
        board.side.minutes.save()
    board.side.decision.reason.show_value("提案のとおり。")
    qtbot.keyClick(board.side.decision.reason.editor(), K.Key_Return, CTRL)
    assert board.side.paper.row.matter_id != first
    assert board.model.row_at(board.table.currentIndex()).matter_id != first
    assert {row.decided for row in board.model.rows()} == {G2, None}


def test_a_closed_meeting_is_read_and_not_changed(qtbot, seats, matter):
    seats.supervisor.conferences.close(matter.conference_id)
    _, board = opened(qtbot, seats, seats.supervisor)
    assert board.side.minutes.stored.words_of("話し合ったこと")
    assert board.side.decision.note.words == "閉じた会議です。"


def test_the_board_reads_nothing_before_a_matter_is_opened(qtbot, seats, matter):
    asked: list[object] = []
    real = seats.supervisor.groups.matter
    screen = seats.screen(seats.supervisor)
    object.__setattr__(screen.meetings._ports, "groups", _Asked(real, asked))
    qtbot.keyClick(screen.meetings.list.table, K.Key_Return)
    assert asked == []
    qtbot.keyClick(screen.meetings.board.table, K.Key_Return)
    assert asked == [matter.matter_id]


class _Asked:
    """Remembers which matters were opened."""

    def __init__(self, real, asked):
        self._real, self._asked = real, asked

    def matter(self, matter_id):
        self._asked.append(matter_id)
        return self._real(matter_id)

    def unchanged_reported(self, _):
        return UnchangedReport(rows=(), labels={})


def test_the_matter_tells_the_proposal_its_rule_and_what_is_unknown(qtbot, seats):
    held(
        seats.caseworker,
        seats.supervisor,
        seats.assess(drive_said={}, wishes="事務の仕事がしたい"),
    )
    _, board = opened(qtbot, seats, seats.supervisor)
    digest = board.side.digest
    assert "規則" in digest.words_of("提案")
    assert digest.words_of("提案の理由")
    assert digest.words_of("まだ分からないこと") == "自分で活動できるか"
    assert "主治医" in digest.words_of("医学的な意見")
    assert digest.words_of("本人の希望") == "事務の仕事がしたい"
    assert digest.words_of("いまの区分") == "まだ決まっていません。"


def test_another_group_than_proposed_needs_a_long_reason_counted_live(qtbot, seats, matter):
    _, board = opened(qtbot, seats, seats.supervisor)
    form = board.side.decision
    assert form.count.words == "提案と同じ区分です。"
    form.group.show_value(G3.value)
    assert "いま0文字、あと20文字" in form.count.words
    qtbot.keyClicks(form.reason.editor(), "12345")
    assert "いま5文字、あと15文字" in form.count.words
    qtbot.keyClick(form.reason.editor(), K.Key_Return, CTRL)
    assert "20文字以上" in form.reason.error()
    assert board.model.rows()[0].decided is None
    form.reason.show_value(LONG)
    qtbot.keyClick(form.reason.editor(), K.Key_Return, CTRL)
    assert board.model.rows()[0].decided is G3


def test_the_next_review_follows_the_office_s_months_of_the_group(qtbot, seats, matter):
    _, board = opened(qtbot, seats, seats.supervisor)
    form = board.side.decision
    assert form.next_review_on.entered() == date(2025, 4, 1)
    form.group.show_value(G3.value)
    assert form.next_review_on.entered() == date(2025, 1, 1)


def test_who_may_not_open_a_meeting_is_told_who_does(seats):
    called(seats.caseworker, seats.assess())
    words = "開会は査察指導員か上位の職の人がします"
    assert words in seats.screen(seats.caseworker).meetings.list.words.words
    assert "Kで出席者を入れて開会します" in seats.screen(seats.supervisor).meetings.list.words.words


def test_no_barrier_is_said_once(qtbot, seats, matter):
    _, board = opened(qtbot, seats, seats.supervisor)
    assert board.side.digest.words_of("就労阻害要因") == "なし（たずねて確かめた）"


def test_a_caseworker_writes_minutes_and_does_not_decide(qtbot, seats, matter):
    _, board = opened(qtbot, seats, seats.caseworker)
    assert board.side.minutes.stored.words_of("話し合ったこと")
    assert not board.side.decision.is_open()
    assert "査察指導員か上位の職" in board.side.decision.note.words
    buttons = seats.screen(seats.caseworker).meetings.list
    assert not buttons.hold_button.isEnabled()
    assert not buttons.close_button.isEnabled()


def test_nobody_decides_on_the_own_assessment(qtbot, seats):
    given = assessment(seats.office)
    seats.supervisor.assessments.save(given)
    held(seats.caseworker, seats.supervisor, given)
    _, board = opened(qtbot, seats, seats.supervisor)
    assert "自分が書いたアセスメント" in board.side.decision.note.words


def test_an_old_assessment_and_an_open_question_of_safety_stop_it(qtbot, seats, matter):
    newer = seats.assess(safety="連絡が取れない")
    _, board = opened(qtbot, seats, seats.supervisor)
    assert "新しいアセスメント" in board.side.decision.note.words
    held(seats.caseworker, seats.supervisor, newer)
    screen = seats.screen(seats.supervisor)
    qtbot.keyClick(screen.meetings.list.table, K.Key_Return)
    qtbot.keyClick(screen.meetings.board.table, K.Key_Return)
    side = screen.meetings.board.side
    assert "安全の確認が先" in side.decision.note.words
    assert "連絡が取れない" in side.digest.words_of("安全")


def test_before_the_meeting_is_open_nothing_can_be_written(qtbot, seats):
    called(seats.caseworker, seats.assess())
    _, board = opened(qtbot, seats, seats.supervisor)
    assert not board.side.minutes.is_open()
    assert "会議を開くと" in board.side.minutes.note.words
    assert not board.side.decision.is_open()


def test_leaving_what_is_typed_asks_first(qtbot, seats, matter):
    screen, board = opened(qtbot, seats, seats.supervisor)
    board.side.decision.reason.show_value("書きかけ")
    assert screen.has_unsaved()
    seats.dialogs.answer = False
    qtbot.keyClick(board.table, K.Key_Escape)
    assert "保存していない" in seats.dialogs.asked[-1]


def test_the_supervisor_confirms_what_does_not_change_one_by_one(qtbot, seats):
    decided(seats)
    seats.assess()
    screen = seats.screen(seats.supervisor)
    screen.tabs.setCurrentIndex(1)
    panel = screen.unchanged
    checked(panel.model)
    assert len(panel.model.rows()) == 1
    assert panel.digest.lines == ()
    assert "いま G2 稼働能力あり・支援が要る → 提案 G2" in panel.hint.words
    qtbot.keyClick(panel.table, K.Key_Return)
    assert panel.digest.words_of("いまの区分").startswith("G2")
    panel.decision.reason.show_value("新しい事実はなく、提案も同じ。")
    qtbot.keyClick(panel.decision.reason.editor(), K.Key_Return, CTRL)
    assert panel.model.rows() == ()
    person = seats.supervisor.groups.of_household(seats.office.household_id).people[0]
    assert person.present.how == "査察指導員（変わりなし）"


def test_a_caseworker_reads_what_does_not_change(qtbot, seats):
    decided(seats)
    seats.assess()
    screen = seats.screen(seats.caseworker)
    screen.tabs.setCurrentIndex(1)
    qtbot.keyClick(screen.unchanged.table, K.Key_Return)
    assert not screen.unchanged.decision.is_open()


def test_the_register_is_narrowed_by_group_and_goes_to_the_file(qtbot, seats):
    decided(seats)
    screen = seats.screen(seats.caseworker)
    screen.tabs.setCurrentIndex(2)
    panel = screen.register
    checked(panel.model)
    (row,) = panel.model.rows()
    assert (row.group, row.how) == (G2, DecidedBy.CONFERENCE)
    assert "G2 1人" in panel.count.text()
    panel.overdue.setChecked(True)
    assert panel.model.rows() == ()
    assert "絞り込み" in panel.words.words
    panel.overdue.setChecked(False)
    panel.group.setCurrentIndex(panel.group.findData(G2))
    assert len(panel.model.rows()) == 1
    with qtbot.waitSignal(screen.file_requested) as asked:
        qtbot.keyClick(panel.table, K.Key_Return)
    assert asked.args[0].household_id == seats.office.household_id


def test_a_disputed_group_goes_onto_the_next_agenda(qtbot, seats):
    matter = decided(seats)
    seats.assess(barriers=(barrier("BF09", Barriers.LASTING),))
    seats.supervisor.conferences.close(matter.conference_id)
    screen = seats.screen(seats.supervisor)
    screen.tabs.setCurrentIndex(2)
    qtbot.keyClick(screen.register.table, K.Key_A)
    assert "先に「会議」で" in screen.messages.text()
    screen.tabs.setCurrentIndex(0)
    qtbot.keyClick(screen.meetings.list.table, K.Key_N)
    screen.meetings.list.call.act()
    screen.tabs.setCurrentIndex(2)
    qtbot.keyClick(screen.register.table, K.Key_A)
    screen.tabs.setCurrentIndex(0)
    assert screen.meetings.list.model.rows()[0].matters == 1
