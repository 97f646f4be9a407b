"""会議・支援区分: its papers, what a meeting hears of, and what other desks decide. On both databases."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.domain.conference_sheets import PackAsked
from desktop.domain.errors import NotPermittedError
from desktop.domain.support_groups import DecidedBy, SupportGroup
from desktop.services.printing import ConferencePrinting
from desktop.views.conferences.list_and_page import ListAndPage
from desktop.views.conferences.ports import ConferencePaper
from tests.reports.reading import page_texts
from tests.support.assessments import by_conference, called, decision, held
from tests.support.desk import later
from tests.support.factories import CLOCK

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
G2 = SupportGroup.WITH_HELP
LONG = "本人はすでに自分で応募を続けており、支援を望んでいない。"


@pytest.fixture
def matter(seats):
    """An open meeting with its minutes written."""
    return held(seats.caseworker, seats.supervisor, seats.assess())


def decided(seats):
    """Somebody whose group a meeting decided."""
    given = seats.assess()
    found = held(seats.caseworker, seats.supervisor, given)
    wanted = by_conference(seats.office, given, G2, found.matter_id)
    seats.supervisor.groups.decide(wanted)
    return found


def texts_of(screen, paper):
    view, _ = screen.pages.papers[paper]
    assert screen.pages.currentWidget() is view
    return "".join(page_texts(view.preview.run.rendered.data)).replace("\n", "")


def test_pack_and_minutes_are_printed_from_the_list_and_of_one_matter(qtbot, seats, matter):
    screen = seats.screen(seats.supervisor)
    table = screen.meetings.list.table
    qtbot.keyClick(table, K.Key_P)
    text = texts_of(screen, ConferencePaper.PACK)
    assert "R11" in text
    assert "架空 花子" in text
    screen.pages.papers[ConferencePaper.PACK][0].left.emit()
    assert screen.pages.is_working
    qtbot.keyClick(table, K.Key_M)
    text = texts_of(screen, ConferencePaper.MINUTES)
    for words in ("模擬 嘱託医", "主治医の意見を読み", "まだ決まっていません。", "案"):
        assert words in text.replace("　", " ")
    screen.pages.papers[ConferencePaper.MINUTES][0].left.emit()
    qtbot.keyClick(table, K.Key_Return)
    qtbot.keyClick(screen.meetings.board.table, K.Key_M)
    assert "変わりなしの報告" not in texts_of(screen, ConferencePaper.MINUTES)


def test_the_register_is_printed_as_it_is_narrowed(qtbot, seats):
    decided(seats)
    screen = seats.screen(seats.supervisor)
    screen.tabs.setCurrentIndex(2)
    qtbot.keyClick(screen.register.table, K.Key_P)
    text = texts_of(screen, ConferencePaper.REGISTER)
    assert "すべての区分" in text
    assert "架空 花子" in text


def test_a_meeting_hears_what_was_decided_from_the_list(qtbot, seats):
    matter = decided(seats)
    seats.supervisor.conferences.close(matter.conference_id)
    again = seats.assess()
    alone = decision(seats.office, again, G2, how=DecidedBy.SUPERVISOR, expires_on=None)
    office = seats.office
    office.desk(office.supervisor, later(CLOCK, days=1)).groups.decide(alone)
    called(seats.caseworker, again)
    screen = seats.screen(seats.supervisor)
    qtbot.keyClick(screen.meetings.list.table, K.Key_Return)
    side = screen.meetings.board.side
    assert side.digest.isVisibleTo(screen)
    (line,) = side.digest.lines
    assert "架空 花子" in line.words
    assert "G2" in line.words


def test_what_another_desk_decides_is_read_at_once_unless_somebody_writes(qtbot, seats, matter):
    screen = seats.screen(seats.supervisor)
    assert screen.meetings.list.model.rows()[0].decided == 0
    given = seats.caseworker.groups.matter(matter.matter_id).assessment.given
    seats.supervisor.groups.decide(by_conference(seats.office, given, G2, matter.matter_id))
    seats.changes.group_changed.emit(None, None)
    assert screen.meetings.list.model.rows()[0].decided == 1


def test_a_decision_is_told_to_the_open_files(qtbot, seats, matter):
    told = []
    seats.changes.group_changed.connect(lambda home, by: told.append(home))
    screen = seats.screen(seats.supervisor)
    board = screen.meetings.board
    qtbot.keyClick(screen.meetings.list.table, K.Key_Return)
    qtbot.keyClick(board.table, K.Key_Return)
    board.side.decision.reason.show_value(LONG)
    qtbot.keyClick(board.side.decision.reason.editor(), K.Key_Return, CTRL)
    assert told == [seats.office.household_id]


def test_whoever_prints_nothing_has_no_buttons_for_it(qtbot, seats, matter):
    head = seats.office.desk(seats.office.head)
    screen = seats.screen(head)
    buttons = (screen.meetings.list.pack_button, screen.meetings.list.minutes_button)
    assert all(button.isHidden() for button in buttons)
    qtbot.keyClick(screen.meetings.list.table, K.Key_P)
    assert screen.pages.papers == {}
    asked = PackAsked(conference_id=matter.conference_id)
    papers = ConferencePrinting(head.work, CLOCK, head.staff, head.groups.reading, head.groups)
    with pytest.raises(NotPermittedError):
        papers.pack(asked)


@pytest.mark.parametrize(("width", "is_stacked"), [(1280, False), (700, True)])
def test_where_there_is_little_room_the_list_stands_above_the_page(
    qtbot, seats, matter, width, is_stacked
):
    screen = seats.screen(seats.supervisor)
    screen.resize(width, 860)
    qtbot.keyClick(screen.meetings.list.table, K.Key_Return)
    (split,) = screen.meetings.board.findChildren(ListAndPage)
    qtbot.waitUntil(lambda: split.is_stacked is is_stacked)
    assert screen.meetings.board.table.isVisible()
    assert screen.meetings.board.side.isVisible()
