"""The few questions that interrupt: decisions, and where a file is to go."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

Chosen = Callable[[Path], object]


class Dialogs:
    """Asks without a nested event loop: the answer comes to the callable given. Tests give their own."""

    def confirm(
        self, parent: QWidget, sentence: str, act: str, on_yes: Callable[[], object]
    ) -> None:
        """Ask whether to do `act` (a verb on the button, Alt+Y); the safe answer is the default."""
        box = QMessageBox(
            QMessageBox.Icon.Question, parent.window().windowTitle(), sentence, parent=parent
        )
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        yes = box.addButton(f"{act}(&Y)", QMessageBox.ButtonRole.DestructiveRole)
        no = box.addButton("やめる（Esc）", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(no)
        box.setEscapeButton(no)
        yes.clicked.connect(lambda *_: on_yes())
        box.open()

    def ask_unsaved(
        self,
        parent: QWidget,
        sentence: str,
        end: str,
        *,
        on_save: Callable[[], object],
        on_discard: Callable[[], object],
    ) -> None:
        """Three ways before something typed is lost: save and `end` (閉じる, 終了する), `end` without, or back."""
        box = QMessageBox(
            QMessageBox.Icon.Question, parent.window().windowTitle(), sentence, parent=parent
        )
        box.setObjectName("unsaved_guard")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        save = box.addButton(f"保存して{end}(&S)", QMessageBox.ButtonRole.AcceptRole)
        discard = box.addButton(f"保存せずに{end}(&D)", QMessageBox.ButtonRole.DestructiveRole)
        back = box.addButton("戻る（Esc）", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(save)
        box.setEscapeButton(back)
        save.clicked.connect(lambda *_: on_save())
        discard.clicked.connect(lambda *_: on_discard())
        box.open()

    def choose_file(self, parent: QWidget, title: str, kinds: str, on_chosen: Chosen) -> None:
        """Ask for a file to read; `kinds` as Qt writes filters ("CSV (*.csv)")."""
        dialog = QFileDialog(parent, title, "", kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        _open(dialog, on_chosen)

    def choose_files(
        self, parent: QWidget, title: str, kinds: str, on_chosen: Callable[[list[Path]], object]
    ) -> None:
        """Ask for one or more files to read."""
        dialog = QFileDialog(parent, title, "", kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda paths: on_chosen([Path(path) for path in paths]))
        dialog.open()

    def choose_folder(self, parent: QWidget, title: str, on_chosen: Chosen) -> None:
        """Ask for a folder."""
        dialog = QFileDialog(parent, title)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
        _open(dialog, on_chosen)

    def choose_new_file(
        self, parent: QWidget, title: str, name: str, kinds: str, on_chosen: Chosen
    ) -> None:
        """Ask where to write; `name` is proposed and holds no personal data."""
        dialog = QFileDialog(parent, title, name, kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        _open(dialog, on_chosen)


def _open(dialog: QFileDialog, on_chosen: Chosen) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda path: on_chosen(Path(path)))
    dialog.open()
