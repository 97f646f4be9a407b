from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.viewmodels.columns import Column
from desktop.viewmodels.windowed_rows import PAGE_ROWS, WindowedTableModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    id: int
    text: str = "本文"


class Loader:
    def __init__(self) -> None:
        self.requests: list[tuple[int, tuple[int, ...]]] = []

    def __call__(self, first, ids):
        self.requests.append((first, ids))


@pytest.fixture
def loader():
    return Loader()


@pytest.fixture
def model(qapp, loader):
    columns = [
        Column[Line](header="番号", text=lambda row: str(row.id)),
        Column[Line](header="本文", text=lambda row: row.text),
    ]
    model = WindowedTableModel(columns, key=lambda row: row.id, request_page=loader)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_ids(range(1000))
    yield model
    del tester


def look(model, row):
    return model.index(row, 0).data()


def load(model, first):
    model.page_loaded(first, [Line(id=number) for number in range(first, first + PAGE_ROWS)])


def asked(qtbot, loader, first):
    qtbot.waitUntil(lambda: first in [request[0] for request in loader.requests])


def test_all_rows_are_counted_before_any_is_loaded(model):
    assert model.rowCount() == 1000
    assert look(model, 500) == "…"
    assert model.row_at(model.index(500, 0)) is None
    assert model.id_at(model.index(500, 0)) == 500


def test_a_page_that_is_looked_at_is_asked_for_once(model, loader, qtbot):
    look(model, 401)
    look(model, 402)
    asked(qtbot, loader, 400)
    look(model, 403)
    load(model, 400)
    assert look(model, 401) == "401"
    assert model.row_at(model.index(402, 0)) == Line(id=402)
    assert [request for request in loader.requests if request[0] == 400] == [
        (400, tuple(range(400, 600)))
    ]


def test_pages_only_passed_by_are_not_asked_for(model, loader, qtbot):
    for row in (250, 450, 650, 850):
        look(model, row)
    asked(qtbot, loader, 800)
    assert [request[0] for request in loader.requests] == [400, 600, 800]


def test_views_hear_of_loaded_rows(model, qtbot):
    with qtbot.waitSignal(model.dataChanged) as change:
        load(model, 200)
    assert [index.row() for index in change.args[:2]] == [200, 399]


def test_a_late_answer_to_an_older_list_is_dropped(model):
    model.set_ids(range(5000, 6000))
    load(model, 0)
    assert look(model, 0) == "…"


def test_a_row_that_vanished_meanwhile_is_blank(model):
    model.page_loaded(0, [Line(id=1)])
    assert look(model, 1) == "1"
    assert look(model, 0) == ""


def test_a_failed_page_can_be_asked_for_again(model, loader, qtbot):
    look(model, 200)
    asked(qtbot, loader, 200)
    loader.requests.clear()
    model.page_failed(200)
    look(model, 200)
    asked(qtbot, loader, 200)


def test_the_same_ids_again_read_the_rows_anew(model, qtbot):
    load(model, 0)
    with qtbot.waitSignal(model.dataChanged):
        model.set_ids(range(1000))
    assert look(model, 0) == "…"


def test_memory_is_bounded(model):
    model.set_ids(range(100 * PAGE_ROWS))
    for page in range(100):
        load(model, page * PAGE_ROWS)
    loaded = [page for page in range(100) if look(model, page * PAGE_ROWS) != "…"]
    assert len(loaded) == 20
    assert loaded[-19:] == list(range(81, 100))  # the model tester keeps looking at page 0


def test_sorting_is_asked_of_the_database(model, qtbot):
    with qtbot.waitSignal(model.sort_requested) as wish:
        model.sort(1, Qt.SortOrder.DescendingOrder)
    assert wish.args == [1, False]


def test_ids_are_found(model):
    assert model.index_of(700).row() == 700
    assert not model.index_of(1000).isValid()


def test_an_empty_list_is_fine(model):
    model.set_ids([])
    assert model.rowCount() == 0
    model.set_ids([])
