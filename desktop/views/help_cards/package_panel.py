"""The tab 手引の更新: which keys are trusted, what was imported, and a file to look at and take in."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.domain.errors import UserError
from desktop.domain.help_packages import ImportedPackage, PackagePreview, PackageState
from desktop.domain.help_pages import MOST_WHY
from desktop.jobs.runner import Lane
from desktop.viewmodels.help_pages import keys_line, package_columns, preview_lines, state_line
from desktop.views.dialogs import Dialogs
from desktop.views.effort.lists import ListOf, key_of, read_all
from desktop.views.fields.form_layout import form_row
from desktop.views.fields.text_field import TextField
from desktop.views.look import Look
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.paragraph import Paragraph
from desktop.views.screen import ScreenView
from desktop.views.widgets import named

_TITLE, _KINDS = "手引の更新のファイル", "手引の更新 (*.zip)"
_CONFIRM = "第{number}号「{title}」を取り込みます。事務所の全員の手引が変わります。"
_TAKE_BACK = "第{number}号を取り消します。手引は出荷時のものと、事務所のきまりに戻ります。"
_TAKEN_IN, _TAKEN_BACK = "手引の更新を取り込みました。", "手引の更新を取り消しました。"
_WIDTHS = {0: 5, 1: 12, 2: 8, 3: 6, 4: 7, 5: 14}
_FIVE = 5


class KeepsPackages(Protocol):
    """Imported packages (`services/help_cards`)."""

    def state(self) -> PackageState:
        """Keys, imported packages, which of them is in the help."""

    def preview(self, path: Path) -> PackagePreview:
        """Read and judge a file."""

    def take_in(self, preview: PackagePreview) -> None:
        """Store it."""

    def take_back(self, package_id: UUID, why: str) -> None:
        """Return to what was shipped."""


class PackagePanel(QWidget):
    """Ctrl+P chooses a file and looks at it, Ctrl+Enter takes it in, Alt+Z takes the newest one back. `changed`: the help is another one."""

    changed = Signal()

    def __init__(
        self, screen: ScreenView, packages: KeepsPackages, look: Look, dialogs: Dialogs
    ) -> None:
        super().__init__()
        self._screen, self._packages, self._dialogs = screen, packages, dialogs
        self.keys = named(Paragraph(), "help_keys")
        self.state = named(Paragraph(), "help_state")
        self.choose_button = named(QPushButton("ファイルを確かめる…（Ctrl+P）"), "choose_package")
        self.import_button = named(QPushButton("取り込む…（Ctrl+Enter）"), "take_in_package")
        self.preview = named(Paragraph(), "package_preview")
        self.list: ListOf[ImportedPackage] = ListOf(
            look,
            package_columns(),
            name="help_packages",
            label="取り込んだ手引の更新",
            widths=_WIDTHS,
            stretch=5,
            key=lambda row: row.package_id,
        )
        self.why = TextField("取り消す理由", required=True, longest=MOST_WHY)
        self.back_button = named(QPushButton("取り消す…（Alt+Z）"), "take_back_package")
        self._back = QWidget()
        self._looked_at: PackagePreview | None = None
        self._newest: ImportedPackage | None = None
        self._lay_out()
        self._connect()

    def reload(self) -> None:
        """Read what there is."""
        self._screen.run(self._packages.state, self._show)

    def focus_first(self) -> None:
        """Begin with the file."""
        self.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def has_unsaved(self) -> bool:
        """Whether a file was looked at and not yet taken in."""
        return self._looked_at is not None

    def _show(self, state: PackageState) -> None:
        self.keys.say(keys_line(state))
        self.state.say(state_line(state))
        self.choose_button.setEnabled(bool(state.keys))
        self.list.show(state.imported)
        self.list.view.setVisible(bool(state.imported))
        self.list.view.show_all_rows(_FIVE)
        newest = next(iter(state.imported), None)
        self._newest = newest if newest is not None and newest.returned_at is None else None
        self._back.setVisible(self._newest is not None)

    def _choose(self) -> None:
        if self.choose_button.isEnabled():
            self._dialogs.choose_file(self, _TITLE, _KINDS, self._look_at)

    def _look_at(self, path: Path) -> None:
        self._forget()
        self._screen.run(
            lambda: self._packages.preview(path), self._show_preview, self._refused, lane=Lane.SLOW
        )

    def _show_preview(self, found: PackagePreview) -> None:
        self._looked_at = found
        self.preview.say(preview_lines(found))
        self.import_button.setEnabled(True)
        self.import_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self) -> None:
        found = self._looked_at
        if found is not None and self.import_button.isEnabled():
            package = found.package
            sentence = _CONFIRM.format(number=package.number, title=package.title)
            self._dialogs.confirm(self, sentence, "取り込む", lambda: self._take_in(found))

    def _take_in(self, found: PackagePreview) -> None:
        self.import_button.setEnabled(False)
        self._screen.run(
            lambda: self._packages.take_in(found), lambda _: self._done(_TAKEN_IN), self._refused
        )

    def _ask_back(self) -> None:
        newest = self._newest
        read = read_all(self.why) if newest is not None else None
        if newest is not None and read is not None:
            sentence = _TAKE_BACK.format(number=newest.number)
            (why,) = read
            self._dialogs.confirm(
                self, sentence, "取り消す", lambda: self._take_back(newest.package_id, why)
            )

    def _take_back(self, package_id: UUID, why: str) -> None:
        self._screen.run(
            lambda: self._packages.take_back(package_id, why),
            lambda _: self._done(_TAKEN_BACK),
            self._refused,
        )

    def _done(self, said: str) -> None:
        self._forget()
        self.why.show_value(None)
        self._screen.announced.emit(said)
        self.focus_first()
        self.reload()
        self.changed.emit()

    def _refused(self, error: UserError) -> None:
        self._forget()
        self._screen.messages.show_error(error)

    def _forget(self) -> None:
        self._looked_at = None
        self._screen.messages.clear()
        self.preview.say("")
        self.import_button.setEnabled(False)

    def _lay_out(self) -> None:
        acts = QWidget()
        row = QHBoxLayout(acts)
        row.setContentsMargins(0, 0, 0, 0)
        for button in (self.choose_button, self.import_button):
            row.addWidget(button)
        row.addStretch(1)
        back = QHBoxLayout(self._back)
        back.setContentsMargins(0, 0, 0, 0)
        back.addWidget(form_row("取り消す理由(&R)", self.why), 1)
        back.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignBottom)
        page = FollowingScroll()
        for part in (self.keys, self.state, acts, self.preview, self.list.view, self._back):
            page.add_part(part)
        page.add_part(QWidget(), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(page)
        self.import_button.setEnabled(False)
        self._back.hide()

    def _connect(self) -> None:
        for keys, button, act in (
            ("Ctrl+P", self.choose_button, self._choose),
            ("Ctrl+Return", self.import_button, self._ask),
            ("Alt+Z", self.back_button, self._ask_back),
        ):
            button.clicked.connect(lambda *_, act=act: act())
            key_of(self, keys, act)
