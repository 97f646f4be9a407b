"""A section of a household's acts: a list that arrow keys go through, words about the one chosen, forms behind it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.viewmodels.columns import Column, Row
from desktop.viewmodels.rows import RowTableModel
from desktop.views.activities.act_section import ActSection, MakesPaper
from desktop.views.dialogs import Dialogs
from desktop.views.look import Look
from desktop.views.paragraph import Paragraph
from desktop.views.table_view import TableView
from desktop.views.widgets import named


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedActs(Generic[Row]):
    """What a list of acts is called and how it looks; widths are in characters."""

    name: str
    columns: Sequence[Column[Row]]
    key: Callable[[Row], Hashable]
    told: Callable[[Row], str]
    widths: dict[int, int]
    stretch: int
    most_rows: int
    empty: str
    empty_to_read: str


class ActList(ActSection, Generic[Row]):
    """N notes a new act; what else may be done with the one chosen is the section's own `_offer`."""

    def __init__(
        self,
        runner: JobRunner,
        listed: ListedActs[Row],
        new_button: QPushButton,
        *,
        look: Look,
        dialogs: Dialogs,
        make_paper: MakesPaper,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(runner, dialogs=dialogs, make_paper=make_paper, parent=parent)
        self._listed, self.may_write = listed, False
        self.nothing = named(Paragraph(), "no_acts")
        self.model: RowTableModel[Row] = RowTableModel(
            listed.columns, key=listed.key, brush_of=look.brush_of, parent=self
        )
        self.table = named(
            TableView(
                self.model, name=listed.name, characters=listed.widths, stretch=listed.stretch
            ),
            "acts",
        )
        self.words = named(Paragraph(), "act_words")
        self.new_button = new_button
        for part in (self.nothing, self.table, self.acts, self.words):
            self.list_page.add_part(part)
        self.list_page.add_part(QWidget(), 1)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._choose())

    @override
    def focus_first(self) -> None:
        """Begin in the list, or with a new act where there is none."""
        if self.pages.currentWidget() is self.list_page:
            wanted = self.table if self.model.rowCount() else self.new_button
            wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_rows(self, rows: Sequence[Row], *, may_write: bool) -> None:
        """Show what there is; the place in the list stays."""
        listed, self.may_write = self._listed, may_write
        place = max(self.table.current_row(), 0)
        self.model.set_rows(rows)
        self.table.show_all_rows(listed.most_rows)
        self.table.setVisible(bool(rows))
        self.table.select_row(min(place, len(rows) - 1))
        self.nothing.say("" if rows else listed.empty if may_write else listed.empty_to_read)
        self.new_button.setVisible(may_write)
        self._choose()

    def chosen(self) -> Row | None:
        """The act that the cursor is on."""
        return self.model.row_at(self.table.currentIndex())

    def _choose(self) -> None:
        row = self.chosen()
        self.words.say(self._listed.told(row) if row is not None else "")
        self._offer(row)

    def _offer(self, row: Row | None) -> None:
        """Show the buttons of what may be done with the act chosen."""
        raise NotImplementedError
