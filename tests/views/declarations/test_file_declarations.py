"""申告 in a household's file: the months with the words of their reasons, and the cycles. On both databases."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.views.declarations.file_declarations import FileDeclarations
from tests.support.declarations import a_duty, a_missing, a_receipt
from tests.support.desk import small_office
from tests.support.qt import InlineRunner

JULY, AUGUST = date(2024, 7, 1), date(2024, 8, 1)


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def desk(office):
    return office.desk(office.caseworker)


@pytest.fixture
def make_view(qtbot, look, office, desk):
    def make():
        view = FileDeclarations(office.household_id, desk.declarations, InlineRunner(), look=look)
        qtbot.addWidget(view)
        view.show()
        view.activate()
        return view

    return make


def cells(model, row):
    return [model.index(row, column).data() for column in range(model.columnCount())]


def test_months_and_cycles_are_told_with_their_words(office, desk, make_view):
    desk.declarations.set_duty(a_duty(office, JULY))
    desk.declarations.receive(a_receipt(office, AUGUST))
    desk.declarations.explain(a_missing(office, JULY))
    view = make_view()
    assert [line.cell.month.month for line in view.lines.rows()] == [11, 10, 9, 8, 7]
    assert cells(view.lines, 3) == [
        *("R6.8", "架空 花子", "収入申告", "収入 毎月", "● 受領"),
        *("R6.9.5", "R6.10.1", "6-0001", ""),
    ]
    view.table.select_row(4)
    name = office.caseworker.name
    assert view.words.words == (
        f"理由：給与明細などの入手待ち（R6.10.1 {name}）　給与明細は10日に出る。"
    )
    assert cells(view.duties, 0) == [
        *("架空 花子", "収入 毎月", "令和6年7月", "続いています", f"{name}（R6.10.1）"),
        "求職中のため。本人に説明した。",
    ]


def test_a_file_without_cycles_says_where_they_are_given(make_view):
    assert "Cを押すと決められます" in make_view().empty_sentence()
