"""関係先 of one household: whom to ring, how and when, and whom nobody rings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.domain.liaisons import FileLiaisons, Liaison
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.viewmodels.liaisons import liaison_columns, told, warning_text
from desktop.viewmodels.rows import RowTableModel
from desktop.views.activities.act_section import ActSection
from desktop.views.dialogs import Dialogs
from desktop.views.liaisons.liaison_form import LiaisonForm
from desktop.views.liaisons.ports import LiaisonsOfFiles
from desktop.views.look import Look
from desktop.views.paragraph import Paragraph
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_WIDTHS = {0: 8, 1: 10, 2: 11, 3: 7, 4: 7, 5: 4}
_STRETCH = 1
_MOST_ROWS = 10
_EMPTY = (
    "この世帯の関係先はまだありません。親族・家主・病院・民生委員などを「関係先を足す（N）」で残します。"
    "連絡してはいけない相手も、ここに「連絡しない」として残します。"
)
_EMPTY_TO_READ = "この世帯の関係先の記録はありません。"
_KEPT = "関係先を保存しました。"


class FileLiaisonsView(ActSection):
    """Arrow keys go through the liaisons. N adds one, E changes it, X says that nobody rings it, Z ends it."""

    def __init__(
        self,
        household_id: UUID,
        liaisons: LiaisonsOfFiles,
        runner: JobRunner,
        *,
        look: Look,
        dialogs: Dialogs,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(runner, dialogs=dialogs, parent=parent)
        self.setObjectName("file_liaisons")
        self._household_id, self._liaisons = household_id, liaisons
        self._found: FileLiaisons | None = None
        self.nothing = named(Paragraph(), "no_liaisons")
        self.model: RowTableModel[Liaison] = RowTableModel(
            liaison_columns(today),
            key=lambda x: x.liaison_id,
            brush_of=look.brush_of,
            parent=self,
        )
        self.table = named(
            TableView(self.model, name="関係先", characters=_WIDTHS, stretch=_STRETCH), "liaisons"
        )
        self.warning = named(Paragraph(tone="error"), "liaison_warning")
        self.words = named(Paragraph(), "liaison_words")
        self.new_button = named(QPushButton("関係先を足す（N）"), "new_liaison")
        self.change_button = named(QPushButton("書き直す（E）"), "change_liaison")
        self.bar_button = named(QPushButton("連絡しない・解く（X）"), "bar_liaison")
        self.end_button = named(QPushButton("終わりにする（Z）"), "end_liaison")
        self.form = LiaisonForm(household_id, today)
        self._lay_out()

    @override
    def reload(self) -> None:
        """Ask for the liaisons again."""
        self.run(lambda: self._liaisons.of_household(self._household_id), self._show)

    @override
    def focus_first(self) -> None:
        """Begin in the list, or with somebody new where there is nobody."""
        if self.pages.currentWidget() is self.list_page:
            wanted = self.table if self.model.rowCount() else self.new_button
            wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, found: FileLiaisons) -> None:
        self._found = found
        place = max(self.table.current_row(), 0)
        self.model.set_rows(found.liaisons)
        self.table.show_all_rows(_MOST_ROWS)
        self.table.setVisible(bool(found.liaisons))
        self.table.select_row(min(place, len(found.liaisons) - 1))
        self.nothing.say("" if found.liaisons else _EMPTY if found.may_write else _EMPTY_TO_READ)
        self.new_button.setVisible(found.may_write)
        self._say()
        if self.new_button.hasFocus():  # it was the first place while nothing was there yet
            self.focus_first()

    def _say(self) -> None:
        chosen, found = self._chosen(), self._found
        self.warning.say(warning_text(chosen) if chosen else "")
        earlier = found.earlier.get(chosen.liaison_id, ()) if found and chosen else ()
        self.words.say(told(chosen, earlier) if chosen else "")
        may = found is not None and found.may_write and chosen is not None
        for button in (self.change_button, self.bar_button, self.end_button):
            button.setVisible(may)

    def _chosen(self) -> Liaison | None:
        return self.model.row_at(self.table.currentIndex())

    def _begin(self) -> None:
        if self._found is not None:
            self.open_form(self.form)
            self.form.begin(self._found)

    def _go_on(self, ready: Callable[[FileLiaisons, Liaison], None]) -> None:
        chosen = self._chosen()
        if self._found is not None and chosen is not None:
            self.open_form(self.form)
            ready(self._found, chosen)

    def _lay_out(self) -> None:
        for part in (self.nothing, self.table, self.acts, self.warning, self.words):
            self.list_page.add_part(part)
        self.list_page.add_part(QWidget(), 1)
        self.add_act("N", self.new_button, self._begin)
        self.add_act("E", self.change_button, lambda: self._go_on(self.form.change))
        self.add_act("X", self.bar_button, lambda: self._go_on(self.form.bar_it))
        self.add_act("Z", self.end_button, lambda: self._go_on(self.form.end))
        for button in (self.change_button, self.bar_button, self.end_button):
            button.hide()
        self.add_form(self.form, lambda: self._liaisons.keep, _KEPT)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._say())
