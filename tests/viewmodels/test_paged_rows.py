from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush

from desktop.viewmodels.columns import RIGHT, Column
from desktop.viewmodels.paged_rows import PAGE_ROWS, PagedTableModel


@dataclass(frozen=True)
class Row:
    number: int


COLUMNS = (
    Column[Row](header="番号", text=lambda row: str(row.number), align=RIGHT),
    Column[Row](
        header="区分", text=lambda row: "奇" if row.number % 2 else "偶", tone=lambda _: "muted"
    ),
)


def page(number):
    return [Row(n) for n in range(number * PAGE_ROWS, (number + 1) * PAGE_ROWS)]


@pytest.fixture
def model(qapp):
    model = PagedTableModel(COLUMNS, brush_of=lambda _: QBrush(Qt.GlobalColor.gray))
    model.show_list(1000, page(0))
    return model


def test_keeps_the_rules_of_item_models(model, qtmodeltester):
    qtmodeltester.check(model)


def test_page_in_memory_is_shown_and_another_asked_for_once(qtbot, model):
    asked = []
    model.page_wanted.connect(lambda *given: asked.append(given))
    assert model.index(7, 0).data() == "7"
    with qtbot.waitSignal(model.page_wanted):
        assert model.index(450, 0).data() == "…"
        assert model.index(451, 0).data() == "…"
    assert asked == [(model.generation, 400)]
    model.page_loaded(model.generation, 400, page(2))
    assert model.index(450, 0).data() == "450"
    assert model.row_at(model.index(450, 0)) == Row(450)


def test_pages_passed_while_scrolling_are_not_asked_for(qtbot, model):
    model.show_list(110_000, page(0))
    asked = []
    model.page_wanted.connect(lambda _, offset: asked.append(offset))
    with qtbot.waitSignal(model.page_wanted):
        for row in range(1000, 101_000, 1000):
            model.index(row, 0).data()
    qtbot.waitUntil(lambda: len(asked) == 3)
    assert asked == [98_000, 99_000, 100_000]


def test_page_of_an_older_list_is_dropped(model):
    older = model.generation
    model.show_list(10, page(0)[:10])
    model.page_loaded(older, 0, page(4))
    assert model.index(0, 0).data() == "0"


def test_list_shown_before_it_was_counted_grows_at_its_end(qtbot, model, qtmodeltester):
    model.show_list(PAGE_ROWS, page(0))
    with qtbot.waitSignal(model.rowsInserted) as grown:
        model.lengthen(model.generation, 450)
    assert grown.args[1:] == [200, 449]
    assert model.rowCount() == 450
    assert model.index(7, 0).data() == "7"
    qtmodeltester.check(model)


def test_length_of_an_older_list_is_dropped(model):
    older = model.generation
    model.show_list(10, page(0)[:10])
    model.lengthen(older, 1000)
    assert model.rowCount() == 10


def test_page_that_failed_can_be_asked_for_again(qtbot, model):
    with qtbot.waitSignal(model.page_wanted):
        model.index(400, 0).data()
    model.page_failed(model.generation, 400)
    with qtbot.waitSignal(model.page_wanted):
        model.index(400, 0).data()


def test_list_that_shrank_meanwhile_shows_blanks(model):
    model.page_loaded(model.generation, 800, page(4)[:50])
    assert model.index(949, 0).data() == ""
    assert model.row_at(model.index(949, 0)) is None


def test_row_not_yet_loaded_has_neither_colour_nor_row(model):
    assert model.row_at(model.index(450, 0)) is None
    assert model.index(450, 1).data(Qt.ItemDataRole.ForegroundRole) is None
    assert model.index(4, 1).data(Qt.ItemDataRole.ForegroundRole).color() == Qt.GlobalColor.gray
    assert model.index(4, 0).data(Qt.ItemDataRole.TextAlignmentRole) == RIGHT
