from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtTest import QAbstractItemModelTester

from desktop.viewmodels.rows import RIGHT, TONE_ROLE, Column, RowTableModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    number: int
    name: str
    overdue_days: int | None = None


ROWS = (
    Case(number=10, name="見本 花子", overdue_days=3),
    Case(number=9, name="架空 太郎"),
    Case(number=100, name="例示 次郎", overdue_days=40),
)
COLUMNS = (
    Column[Case](
        header="番号", text=lambda row: str(row.number), sort=lambda row: row.number, align=RIGHT
    ),
    Column[Case](header="氏名", text=lambda row: row.name, tooltip=lambda row: f"{row.name}さん"),
    Column[Case](
        header="超過",
        text=lambda row: "" if row.overdue_days is None else f"{row.overdue_days}日",
        sort=lambda row: row.overdue_days,
        tone=lambda row: "warning" if row.overdue_days else None,
    ),
)


@pytest.fixture
def model(qapp):
    brushes = {"warning": QBrush(QColor("red"))}
    model = RowTableModel(COLUMNS, key=lambda row: row.number, brush_of=brushes.get)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_rows(ROWS)
    yield model
    del tester


def numbers(model):
    return [row.number for row in model.rows()]


def test_cells_show_the_texts_of_the_columns(model):
    assert (model.rowCount(), model.columnCount()) == (3, 3)
    assert model.index(0, 1).data() == "見本 花子"
    assert model.index(2, 2).data() == "40日"
    assert model.headerData(1, Qt.Orientation.Horizontal) == "氏名"
    assert model.headerData(0, Qt.Orientation.Vertical) is None


def test_cells_answer_the_other_roles(model):
    assert model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole) == "見本 花子さん"
    assert model.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "氏名 見本 花子"
    assert model.data(model.index(0, 0), int(Qt.ItemDataRole.TextAlignmentRole)) == RIGHT
    assert model.index(0, 2).data(TONE_ROLE) == "warning"
    assert model.index(0, 2).data(Qt.ItemDataRole.ForegroundRole).color() == QColor("red")
    assert model.index(1, 2).data(Qt.ItemDataRole.ForegroundRole) is None
    assert model.index(0, 0).data(Qt.ItemDataRole.DecorationRole) is None


def test_sorting_uses_sort_values_and_puts_the_unknown_last(model):
    model.sort(0)
    assert numbers(model) == [9, 10, 100]
    model.sort(2, Qt.SortOrder.DescendingOrder)
    assert numbers(model) == [100, 10, 9]
    model.sort(2)
    assert numbers(model) == [10, 100, 9]
    model.sort(-1)
    assert numbers(model) == [10, 9, 100]


def test_sorting_stays_for_new_rows(model):
    model.sort(0)
    model.set_rows((*ROWS, Case(number=50, name="仮名 三子")))
    assert numbers(model) == [9, 10, 50, 100]


def test_a_held_index_follows_its_row(model):
    held = QPersistentModelIndex(model.index_of(100))
    model.sort(0)
    assert held.row() == 2
    model.set_rows([replace(row, name="改名") for row in ROWS])
    assert held.isValid()
    assert model.row_at(held).name == "改名"


def test_other_keys_reset_the_model(model):
    held = QPersistentModelIndex(model.index_of(100))
    model.set_rows(ROWS[:1])
    assert not held.isValid()
    assert not model.index_of(100).isValid()
