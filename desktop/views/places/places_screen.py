"""位置参照情報: an administrator takes the public points in; caseworkers see how near their addresses were found."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from desktop.domain.errors import UserError
from desktop.domain.office import SignedInStaff
from desktop.domain.places import FilePreview, PlacedHousehold, TownImport
from desktop.domain.roles import Permission
from desktop.jobs.runner import JobRunner, Lane
from desktop.override import override
from desktop.viewmodels.places import (
    error_lines,
    household_columns,
    household_key,
    household_line,
    import_columns,
    levels_line,
    preview_lines,
)
from desktop.viewmodels.rows import RowTableModel
from desktop.views.dialogs import Dialogs
from desktop.views.look import Look
from desktop.views.paragraph import Paragraph
from desktop.views.requests import FileRequest
from desktop.views.screen import ScreenView
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_HELP = "訪問の移動時間は、住所の町丁目・大字の代表点から見込みます。家そのものの位置は持ちません。"
_NO_IMPORT = (
    "まだ取り込まれていません。国土交通省の位置参照情報（大字・町丁目レベル）のCSVを、"
    "システム管理者がここで取り込みます。取り込むまで、移動時間は決まった分数で見込みます。"
)
_CONFIRM = (
    "{name} の{count:,}地点をすべて取り込みます。同じ市区町村の前の地点は使われなくなります。"
)
_KINDS = "位置参照情報のCSV (*.csv)"
_IMPORT_WIDTHS = {0: 6, 1: 9, 2: 4, 3: 8, 4: 7}
_IMPORT_STRETCH = 3
_HOUSEHOLD_WIDTHS = {0: 4, 1: 6, 2: 6, 3: 15, 4: 9}
_HOUSEHOLD_STRETCH = 3
_MOST_IMPORTS = 5


class KeepsPlaces(Protocol):
    """Points of towns (`services/places`)."""

    def imports(self) -> tuple[TownImport, ...]:
        """What was taken in."""

    def preview(self, path: Path) -> FilePreview:
        """Read and judge a file."""

    def take_in(self, preview: FilePreview) -> int:
        """Store all of it."""

    def of_households(self) -> tuple[PlacedHousehold, ...]:
        """The person's households, the worst found first."""


class PlacesScreen(ScreenView):
    """Ctrl+P chooses a file and looks at it, Ctrl+Enter takes it in; Enter in the list opens the household's file."""

    def __init__(
        self,
        places: KeepsPlaces,
        staff: SignedInStaff,
        runner: JobRunner,
        *,
        look: Look,
        dialogs: Dialogs,
    ) -> None:
        super().__init__(runner, title="位置参照情報", help_line=_HELP)
        self._places, self._dialogs = places, dialogs
        self._may_import = staff.may(Permission.EDIT_MASTERS)
        self._sees_files = staff.may(Permission.OPEN_CASE_FILES)
        self._preview: FilePreview | None = None
        self.imports: RowTableModel[TownImport] = RowTableModel(
            import_columns(), brush_of=look.brush_of, parent=self
        )
        self.households: RowTableModel[PlacedHousehold] = RowTableModel(
            household_columns(), key=household_key, brush_of=look.brush_of, parent=self
        )
        self.import_table = named(
            TableView(
                self.imports,
                name="取り込んだファイル",
                characters=_IMPORT_WIDTHS,
                stretch=_IMPORT_STRETCH,
            ),
            "town_imports",
        )
        self.household_table = named(
            TableView(
                self.households,
                name="世帯の位置",
                characters=_HOUSEHOLD_WIDTHS,
                stretch=_HOUSEHOLD_STRETCH,
            ),
            "placed_households",
        )
        self.choose_button = named(QPushButton("ファイルを確かめる…（Ctrl+P）"), "choose_points")
        self.import_button = named(QPushButton("取り込む…（Ctrl+Enter）"), "take_in_points")
        self.none = named(Paragraph(tone="muted"), "no_points")
        self.preview = named(Paragraph(), "points_preview")
        self.errors = named(Paragraph(tone="error"), "points_errors")
        self.levels = named(Paragraph(), "place_levels")
        self.at_hand = named(Paragraph(), "place_at_hand")
        self._files = QWidget()
        self._lay_out()
        self._connect()

    @override
    def reload(self) -> None:
        """Load the imports, and the households of whoever opens files."""
        self.run(self._places.imports, self._show_imports)
        if self._sees_files:
            self.run(self._places.of_households, self._show_households)

    @override
    def focus_first(self) -> None:
        """Begin with the act, or with the list of households."""
        first = self.choose_button if self._may_import else self.household_table
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_imports(self, found: tuple[TownImport, ...]) -> None:
        self.imports.set_rows(found)
        self.import_table.setVisible(bool(found))
        self.import_table.show_all_rows(_MOST_IMPORTS)
        self.none.say("" if found else _NO_IMPORT)

    def _show_households(self, found: tuple[PlacedHousehold, ...]) -> None:
        self.households.set_rows(found)
        self.levels.say(levels_line(found))
        if found and not self.household_table.currentIndex().isValid():
            self.household_table.select_row(0)

    def _choose(self) -> None:
        if self.choose_button.isEnabled():
            title = "位置参照情報（大字・町丁目レベル）のCSV"
            self._dialogs.choose_file(self, title, _KINDS, self._look_at)

    def _look_at(self, path: Path) -> None:
        self._forget()
        self.choose_button.setEnabled(False)
        self.run(
            lambda: self._places.preview(path), self._show_preview, self._refused, lane=Lane.SLOW
        )

    def _show_preview(self, found: FilePreview) -> None:
        self.messages.clear()
        self.choose_button.setEnabled(True)
        self._preview = found
        self.preview.say(preview_lines(found))
        self.errors.say(error_lines(found))
        self.import_button.setEnabled(found.is_clean)
        if found.is_clean:
            self.import_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self) -> None:
        preview = self._preview
        if preview is None or not self.import_button.isEnabled():
            return
        sentence = _CONFIRM.format(name=preview.file_name, count=len(preview.points))
        self._dialogs.confirm(self, sentence, "取り込む", lambda: self._take_in(preview))

    def _take_in(self, preview: FilePreview) -> None:
        self.import_button.setEnabled(False)
        self.choose_button.setEnabled(False)
        self.run(lambda: self._places.take_in(preview), self._taken_in, self._refused)

    def _taken_in(self, count: int) -> None:
        self._forget()
        self.choose_button.setEnabled(True)
        self.announced.emit(f"{count:,}地点を取り込みました。")
        self.reload()

    def _refused(self, error: UserError) -> None:
        self.choose_button.setEnabled(True)
        self.messages.show_error(error)

    def _forget(self) -> None:
        self._preview = None
        self.messages.clear()
        self.preview.say("")
        self.errors.say("")
        self.import_button.setEnabled(False)

    def _say(self) -> None:
        row = self.households.row_at(self.household_table.currentIndex())
        self.at_hand.say(household_line(row) if row is not None else "")

    def _open(self, index: QModelIndex) -> None:
        row = self.households.row_at(index)
        if row is not None:
            self.file_requested.emit(
                FileRequest(household_id=row.household_id, section="visit_preferences")
            )

    def _lay_out(self) -> None:
        self.import_button.setProperty("primary", True)
        self.import_button.setEnabled(False)
        acts = QHBoxLayout(self._files)
        acts.setContentsMargins(0, 0, 0, 0)
        acts.addWidget(self.choose_button)
        acts.addWidget(self.import_button)
        acts.addStretch(1)
        self.body.addWidget(named(QLabel("取り込んだファイル"), "section_title"))
        for part in (self.none, self.import_table, self._files, self.preview, self.errors):
            self.body.addWidget(part)
        # Only now: shown without a parent it would flash as a window of its own.
        self._files.setVisible(self._may_import)
        if self._sees_files:
            self.body.addWidget(named(QLabel("担当する世帯の位置"), "section_title"))
            self.body.addWidget(self.levels)
            self.body.addWidget(self.household_table, 1)
            self.body.addWidget(self.at_hand)
        else:
            self.household_table.setParent(self)
            self.household_table.hide()
            self.levels.setParent(self)
            self.at_hand.setParent(self)
            self.body.addStretch(1)

    def _connect(self) -> None:
        self.household_table.row_opened.connect(self._open)
        self.household_table.selectionModel().currentRowChanged.connect(lambda *_: self._say())
        for key, button, act in (
            ("Ctrl+P", self.choose_button, self._choose),
            ("Ctrl+Return", self.import_button, self._ask),
        ):
            button.clicked.connect(lambda *_, act=act: act())
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
