"""毎月の書類 in a household's file: the papers with the words of their reasons. On both databases."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.errors import NotPermittedError
from desktop.domain.support_groups import SupportGroup
from desktop.views.monthly_papers.file_monthly_papers import FileMonthlyPapers
from tests.support.desk import small_office
from tests.support.monthly_papers import AUGUST, a_missing, a_receipt, decide_group
from tests.support.qt import InlineRunner


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def desk(office):
    return office.desk(office.caseworker)


@pytest.fixture
def make_view(qtbot, look, office, desk):
    def make():
        view = FileMonthlyPapers(
            office.household_id, desk.monthly_papers, InlineRunner(), look=look
        )
        qtbot.addWidget(view)
        view.show()
        view.activate()
        return view

    return make


def cells(model, row):
    return [model.index(row, column).data() for column in range(model.columnCount())]


def test_papers_are_told_with_the_words_of_their_reasons(office, desk, make_view):
    decide_group(office, SupportGroup.ALONE, since=date(2024, 8, 5))
    desk.monthly_papers.explain(a_missing(office, AUGUST))
    desk.monthly_papers.explain(
        a_missing(office, AUGUST, reason="reading", words="", help_missing="一緒に書く。")
    )
    desk.monthly_papers.receive(a_receipt(office))
    view = make_view()
    assert [line.cell.due.month.month for line in view.lines.rows()] == [10, 9, 8]
    assert cells(view.lines, 1) == [
        *("R6.9", "架空 花子", "求職活動報告", "● 受領", "R6.10.10", "R6.10.1", "6-0001", ""),
    ]
    assert cells(view.lines, 2)[-1] == "読み書き・日本語"
    view.table.select_row(2)
    name = office.caseworker.name
    assert view.words.words == (
        f"理由：読み書き・日本語（R6.10.1 {name}）　足りない支援：一緒に書く。\n"
        f"理由：用紙がない（R6.10.1 {name}）　用紙を渡した。"
    )


def test_without_a_group_a_sentence_says_what_it_takes(make_view):
    said = make_view().empty_sentence()
    assert "支援区分が決まるか" in said
    assert "「毎月の書類」（Ctrl+Shift+B）" in said


def test_where_papers_are_taken_in_stands_beneath(office, make_view):
    decide_group(office, SupportGroup.ALONE)
    view = make_view()
    assert view.where.isVisible()
    assert "Ctrl+Shift+B" in view.where.words


def test_another_team_opens_nothing(office, desk):
    decide_group(office, SupportGroup.ALONE)
    desk.monthly_papers.explain(a_missing(office, AUGUST))
    with pytest.raises(NotPermittedError):
        office.desk(office.outsider).monthly_papers.of_household(office.household_id)
