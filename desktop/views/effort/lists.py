"""The tables of 業務と成果: a list under one heading, made anew where its columns change, and rows of inputs."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import ValidationError
from desktop.viewmodels.columns import Column
from desktop.viewmodels.rows import RowTableModel
from desktop.views.fields.field import Field
from desktop.views.fields.form_reader import FormReader
from desktop.views.flow_layout import FlowLayout
from desktop.views.look import Look
from desktop.views.table_view import TableView
from desktop.views.widgets import keep_height_for_width, named

Row = TypeVar("Row")


class ListOf(Generic[Row]):
    """A table over rows; `view` is the widget."""

    def __init__(
        self,
        look: Look,
        columns: Sequence[Column[Row]],
        *,
        name: str,
        label: str,
        widths: Mapping[int, int],
        stretch: int,
        key: Callable[[Row], Hashable] | None = None,
    ) -> None:
        self._look, self._key = look, key
        self.model: RowTableModel[Row] = RowTableModel(columns, key=key, brush_of=look.brush_of)
        self.view = named(
            TableView(self.model, name=label, characters=widths, stretch=stretch), name
        )
        self.model.setParent(self.view)

    def show(self, rows: Sequence[Row]) -> None:
        """Show these rows, the first one current if none was."""
        place = max(self.view.current_row(), 0)
        self.model.set_rows(rows)
        self.view.select_row(min(place, len(rows) - 1))

    def use_columns(
        self, columns: Sequence[Column[Row]], widths: Mapping[int, int], stretch: int
    ) -> None:
        """Show other columns."""
        self.model = RowTableModel(
            columns, key=self._key, brush_of=self._look.brush_of, parent=self.view
        )
        self.view.show_model(self.model, widths, stretch)

    def row(self) -> Row | None:
        """The row at hand."""
        return self.model.row_at(self.view.currentIndex())


def read_all(*fields: Field[Any]) -> tuple[Any, ...] | None:
    """What the fields say; None where one of them cannot be, which then says so itself."""
    reader = FormReader()
    found = tuple(reader.read(f"field{at}", field) for at, field in enumerate(fields))
    try:
        reader.finish()
    except ValidationError:
        return None
    return found


def in_a_row(*widgets: QWidget) -> QWidget:
    """The widgets beside one another, in further rows where there is no room."""
    bar = QWidget()
    keep_height_for_width(bar)
    layout = FlowLayout(bar)
    for widget in widgets:
        layout.addWidget(widget)
    return bar


def key_of(parent: QWidget, keys: str, act: Callable[[], object]) -> None:
    """A key that acts while the widget or something in it has the keyboard."""
    shortcut = QShortcut(QKeySequence(keys), parent)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.setAutoRepeat(False)
    shortcut.activated.connect(act)
