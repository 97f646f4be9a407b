"""毎月の書類 by keyboard, over real services on both databases."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt, Signal
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget

from desktop.domain.declarations import CellState
from desktop.domain.ids import new_id
from desktop.domain.income_months import Earned, IncomeSource
from desktop.domain.monthly_paper_forms import PersonFormKind
from desktop.domain.monthly_papers import INCOME_COLUMN, SAFETY_TASK
from desktop.domain.support_groups import SupportGroup
from desktop.models.todos import TodoText
from desktop.viewmodels.monthly_papers import source_to_note
from desktop.views.monthly_papers.monthly_papers_screen import MonthlyPapersScreen
from tests.support import declarations as declaring
from tests.support.desk import small_office
from tests.support.factories import CLOCK
from tests.support.monthly_papers import (
    AUGUST,
    JULY,
    REPORT,
    SEPTEMBER,
    SLIP,
    a_receipt,
    cell_of,
    decide_group,
    due,
    give_work,
    grid_of,
)
from tests.support.papers import a_paper
from tests.support.qt import InlineRunner
from tests.support.screens import shown

K, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
S = CellState


class Paper(QWidget):
    """A way to paper that remembers what it was asked to draw."""

    begun = Signal()
    left = Signal()
    noted = Signal(str)
    is_unrecorded = False

    def __init__(self, screen) -> None:
        super().__init__(screen)
        self.drawn: list[tuple[object, ...]] = []

    def draw(self, ids, mark, households) -> None:
        self.drawn.append((tuple(ids), mark, households))
        self.begun.emit()


class Chooser:
    """Remembers what cards or forms were asked for."""

    def __init__(self) -> None:
        self.asked: list[Any] = []
        self.language = ""

    def choose(self, wanted, language=""):
        self.asked.append(wanted)
        self.language = language
        return tuple(new_id() for _ in wanted) if isinstance(wanted, tuple) else (new_id(),)


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def desk(office):
    """The head searches for work (G3), works a little and declares every month."""
    person = office.desk(office.caseworker)
    decide_group(office, SupportGroup.ALONE)
    give_work(office, date(2024, 5, 1))
    person.declarations.set_duty(declaring.a_duty(office, JULY))
    return person


@pytest.fixture
def choosers():
    return Chooser(), Chooser()


@pytest.fixture
def make_screen(qtbot, look, choosers):
    def make(desk):
        screen = MonthlyPapersScreen(
            desk.monthly_papers,
            desk.declarations,
            desk.staff,
            CLOCK,
            InlineRunner(),
            look=look,
            incomes=desk.income_months,
            cards=(choosers[0], cast("Any", Paper)),
            forms=(choosers[1], cast("Any", Paper)),
        )
        return shown(qtbot, screen)

    return make


@pytest.fixture
def screen(make_screen, desk):
    made = make_screen(desk)
    go_to(made, REPORT)
    return made


def go_to(screen, paper):
    codes = [column.code for column in screen.panel.model.grid.columns]
    screen.panel.table.go_to(0, codes.index(paper))


def press(qtbot, screen, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(screen.panel.table, key, modifier)


def said(screen):
    return screen.panel.table.currentIndex().data()


def test_the_grid_shows_last_month_s_papers_and_the_cell_in_words(screen):
    QAbstractItemModelTester(
        screen.panel.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    model = screen.panel.model
    assert screen.shown.text() == "令和6年9月分"
    assert [model.headerData(n, Qt.Orientation.Horizontal) for n in range(3)] == [
        *("収入申告", "求職活動報告", "給与明細")
    ]
    assert model.head_of(0)[1:] == ("架空 花子", "G3")
    assert said(screen) == "・期限前"
    assert (
        "架空 花子　求職活動報告　令和6年9月分　期限 R6.10.10　期限前" in screen.panel.words.words
    )
    assert screen.panel.count.text().startswith("1人　書類 3件　受領 0件")


def test_one_key_receives_and_one_takes_it_back(screen, desk, qtbot):
    with qtbot.waitSignal(screen.announced) as told:
        press(qtbot, screen, K.Key_R)
    assert "6-0001" in told.args[0]
    assert (said(screen), cell_of(desk).state) == ("●受領", S.RECEIVED)
    with qtbot.waitSignal(screen.announced) as told:
        press(qtbot, screen, K.Key_Z)
    assert "受領書類に残っています" in told.args[0]
    assert cell_of(desk).is_open
    assert desk.papers.pool().total == 1


def test_arrows_move_and_what_came_at_the_counter_stands_there(screen, office, desk, qtbot):
    desk.papers.receive(a_paper(office.household_id, kind="pay_slip"))
    screen.reload()
    press(qtbot, screen, K.Key_Right)
    assert said(screen) == "●受領"
    assert "種類と日付から" in screen.panel.words.words


def test_the_same_sheet_is_linked_as_income_declaration(screen, desk, qtbot):
    press(qtbot, screen, K.Key_R)
    press(qtbot, screen, K.Key_Left)
    press(qtbot, screen, K.Key_R)
    assert not screen.panel.offer.isHidden()
    qtbot.keyClick(screen.panel.offer.paper.editor().lineEdit(), K.Key_Return)
    assert cell_of(desk, SEPTEMBER, INCOME_COLUMN).state is S.RECEIVED
    assert desk.papers.pool().total == 1


def test_a_struck_declaration_asks_for_its_reason(screen, desk, qtbot):
    go_to(screen, INCOME_COLUMN)
    press(qtbot, screen, K.Key_R)
    press(qtbot, screen, K.Key_Z)
    form = screen.panel.strike
    assert screen.has_unsaved()
    form.reason.show_value("取り違え")
    qtbot.keyClick(form.reason.editor(), K.Key_Return)
    assert cell_of(desk, SEPTEMBER, INCOME_COLUMN).is_open


def test_a_reason_is_noted_and_escape_leaves_it(screen, desk, qtbot):
    press(qtbot, screen, K.Key_M)
    form = screen.panel.why
    qtbot.keyClick(form.reason.editor(), K.Key_Escape)
    assert form.isHidden()
    press(qtbot, screen, K.Key_M)
    form.reason.show_value("no_form")
    form.words.show_value("用紙を渡した。")
    qtbot.keyClick(form.words.editor(), K.Key_Return)
    assert (said(screen), cell_of(desk).missing.reason) == ("△理由あり", "用紙がない")
    assert "用紙を渡した。" not in screen.panel.words.words


def test_two_months_running_ask_for_the_help_that_is_missing(screen, desk, qtbot):
    press(qtbot, screen, K.Key_Left, CTRL)
    assert screen.shown.text() == "令和6年8月分"
    assert said(screen) == "▲未提出・2か月"
    press(qtbot, screen, K.Key_M)
    form = screen.panel.why
    assert "足りない支援は何かを聞いてください" in form.heading.text()
    form.reason.show_value("reading")
    form.help_missing.show_value("書くのを手伝う。")
    qtbot.keyClick(form.help_missing.editor(), K.Key_Return)
    assert cell_of(desk, AUGUST).missing.asked_help


def test_nobody_reached_makes_a_safety_check_and_says_so(screen, office, qtbot):
    press(qtbot, screen, K.Key_M)
    screen.panel.why.reason.show_value("not_reached")
    with qtbot.waitSignal(screen.announced) as told:
        qtbot.keyClick(screen.panel.why.words.editor(), K.Key_Return)
    assert "安否確認" in told.args[0]
    with office.work() as session:
        assert [text.text for text in session.query(TodoText)] == [SAFETY_TASK]


def test_ticks_become_one_card_a_person(screen, choosers, qtbot):
    press(qtbot, screen, K.Key_Left, CTRL)
    assert not screen.panel.cards_button.isEnabled()
    press(qtbot, screen, K.Key_A)
    assert said(screen) == "✓未提出・2か月"
    press(qtbot, screen, K.Key_Space)
    press(qtbot, screen, K.Key_P)
    ((wishes,),) = choosers[0].asked
    assert [wish.due.paper for wish in wishes] == [INCOME_COLUMN, "pay_slip"]
    assert len(screen.cards_paper.drawn) == 1


def test_forms_are_made_for_the_row_or_blank(screen, choosers, qtbot):
    press(qtbot, screen, K.Key_F)
    form = screen.panel.forms
    qtbot.keyClick(form.kind.editor().lineEdit(), K.Key_Return)
    (asked,) = choosers[1].asked
    assert (asked.kind, asked.month) == (PersonFormKind.SEARCH_REPORT, SEPTEMBER)
    assert [wish.is_short for wish in asked.people] == [True]
    screen.forms_paper.left.emit()
    press(qtbot, screen, K.Key_F)
    form.way.show_value("blank")
    qtbot.keyClick(form.kind.editor().lineEdit(), K.Key_Return)
    assert choosers[1].asked[1].people == ()


def test_months_to_come_are_not_offered(screen, qtbot):
    press(qtbot, screen, K.Key_Right, CTRL)
    press(qtbot, screen, K.Key_Right, CTRL)
    assert screen.shown.text() == "令和6年10月分"
    assert not screen.after_button.isEnabled()


def test_enter_opens_the_file(screen, office, qtbot):
    with qtbot.waitSignal(screen.file_requested) as asked:
        press(qtbot, screen, K.Key_Return)
    assert asked.args[0].household_id == office.household_id


def test_what_somebody_else_took_in_meanwhile_is_said_and_shown(screen, office, desk, qtbot):
    desk.monthly_papers.receive(a_receipt(office))
    press(qtbot, screen, K.Key_M)
    screen.panel.why.reason.show_value("forgot")
    qtbot.keyClick(screen.panel.why.words.editor(), K.Key_Return)
    assert "すでに受領しています" in screen.messages.text()
    assert said(screen) == "●受領"


def test_without_anything_asked_for_a_sentence_says_why(make_screen, office):
    made = make_screen(office.desk(office.caseworker))
    assert "支援区分が決まるか" in made.panel.empty_sentence()


def test_the_words_of_cards_are_chosen_and_say_where_nobody_confirmed_them(screen, choosers, qtbot):
    languages = screen.panel.languages
    labels = [languages.itemText(place) for place in range(languages.count())]
    assert labels[0] == "はがきの言葉：いつもの文"
    assert "English（英語）・未確認" in labels
    languages.setCurrentIndex(languages.findData("en"))
    press(qtbot, screen, K.Key_Left, CTRL)
    press(qtbot, screen, K.Key_A)
    press(qtbot, screen, K.Key_P)
    assert (screen.panel.language(), choosers[0].language) == ("en", "en")


def test_one_key_more_notes_what_a_paper_says_was_earned(screen, desk, office, qtbot):
    go_to(screen, SLIP)
    panel = screen.panel
    assert not panel.earn_button.isEnabled()  # it has not come
    press(qtbot, screen, K.Key_R)
    assert panel.earn_button.isEnabled()
    press(qtbot, screen, K.Key_N)
    assert panel.earn.isVisible()
    assert "架空 花子　令和6年9月分の就労収入" in panel.earn.heading.text()
    qtbot.keyClicks(panel.earn.gross.editor(), "82000")
    with qtbot.waitSignal(screen.announced):
        qtbot.keyClick(panel.earn.gross.editor(), K.Key_Return)
    (row,) = desk.income_months.of_household(office.household_id).months
    assert (row.month, row.earned) == (SEPTEMBER, Earned(gross=82_000))
    assert row.read_from is IncomeSource.PAY_SLIP
    assert "総支給額 82,000円、収入認定額 未入力" in panel.words.words
    assert not panel.earn_button.isEnabled()  # a correction belongs to the file
    go_to(screen, REPORT)
    assert "総支給額" not in panel.words.words
    assert not panel.earn_button.isEnabled()


def test_a_declaration_brings_an_income_too_and_wrong_amounts_are_said(screen, desk, office, qtbot):
    go_to(screen, INCOME_COLUMN)
    press(qtbot, screen, K.Key_R)
    press(qtbot, screen, K.Key_N)
    form = screen.panel.earn
    form.act()
    assert form.gross.error()
    form.gross.show_value(0)
    form.recognised.show_value(1)
    form.act()
    assert "総支給額まで" in form.recognised.error()
    form.recognised.show_value(0)
    form.act()
    (row,) = desk.income_months.of_household(office.household_id).months
    assert (row.earned, row.read_from) == (
        Earned(gross=0, recognised=0),
        IncomeSource.DECLARATION,
    )


def test_who_writes_no_records_notes_no_income(desk, office):
    desk.monthly_papers.receive(a_receipt(office, due=due(office, paper=SLIP)))
    grid = grid_of(desk)
    at = [column.code for column in grid.columns].index(SLIP)
    (row,) = grid.rows
    assert source_to_note(grid, row, at, office.caseworker) is IncomeSource.PAY_SLIP
    assert source_to_note(grid, row, at, office.records) is None
    assert source_to_note(grid, None, at, office.caseworker) is None
