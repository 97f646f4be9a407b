"""The day of records staff: a batch of records into a PDF, a letter, the register of what was issued, a copy for disclosure."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QTableView, QTabWidget

from desktop.domain.printing import WAITING_FORMS
from desktop.tour.camera import Camera, front_window
from desktop.tour.driver import Script, TourError, Until, click, is_shown, press, shown

_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_REGISTER_TAB = 1

Settled = Callable[[], Script]


def print_room(camera: Camera, settled: Settled) -> Script:
    """What waits, a form as one batch, its preview, the PDF, and what was issued; then the screens behind the letters."""
    camera.take("records_desk")
    press(front_window(), Qt.Key.Key_4, _CTRL)
    yield Until("印刷待ち", lambda: is_shown("group_table"))
    yield from settled()
    camera.take("print_queue")
    yield from _save("case_records", "K-04", camera, settled)
    for form in ("K-19", "K-26"):
        if _row_of(form) >= 0:
            yield from _save(f"letter_{form}", form, camera, settled)
    shown("print_tabs", QTabWidget).setCurrentIndex(_REGISTER_TAB)
    yield Until("登録簿", lambda: is_shown("register_table"))
    yield from settled()
    camera.take("register")
    yield from _look_at("inquiries", "照会・調査", Qt.Key.Key_Q, camera, settled)
    yield from _look_at("transfers", "移管", Qt.Key.Key_T, camera, settled)
    yield from _look_at("disclosures", "開示", Qt.Key.Key_O, camera, settled)
    press(front_window(), Qt.Key.Key_4, _CTRL)
    yield Until("帳票", lambda: is_shown("print_tabs"))
    shown("print_tabs", QTabWidget).setCurrentIndex(0)
    yield from settled()


def _look_at(name: str, title: str, key: Qt.Key, camera: Camera, settled: Settled) -> Script:
    """A screen behind the letters, by its key."""
    window = shown("screen_title", QLabel).window()
    window.activateWindow()  # the dialog of the last step was in front
    yield from settled()
    press(window, key, _CTRL | _SHIFT)
    yield Until(title, lambda: is_shown("screen_title") and _title() == title)
    yield from settled()
    camera.take(name)


def _title() -> str:
    return shown("screen_title", QLabel).text()


def _save(name: str, form: str, camera: Camera, settled: Settled) -> Script:
    """Draw everything of a form, look at it, keep it as a PDF."""
    table = shown("group_table", QTableView)
    for _ in range(table.model().rowCount()):
        if table.currentIndex().row() == _row_of(form):
            break
        press(
            table, Qt.Key.Key_Down if table.currentIndex().row() < _row_of(form) else Qt.Key.Key_Up
        )
    yield from settled()
    click(shown("draw"))
    yield Until("プレビュー", lambda: is_shown("page_picture"))
    yield from settled()
    camera.take(f"{name}_preview")
    if is_shown("accept_missing"):
        click(shown("accept_missing"))
    pdf = camera.pdf(name)
    click(shown("save_batch"))
    yield Until("保存先", lambda: is_shown("fileNameEdit"))
    dialog = shown("fileNameEdit", QLineEdit).window()
    if not isinstance(dialog, QFileDialog):
        raise TourError("保存先の窓がありません。")
    yield from settled()
    # The whole path, and Enter at once: what the dialog still reads of its folders may put its own name back.
    shown("fileNameEdit", QLineEdit).setText(str(pdf.resolve()))
    press(shown("fileNameEdit"), Qt.Key.Key_Return)
    yield Until("PDFの保存", lambda: is_shown("print_tabs"))
    yield from settled()
    camera.page(f"{name}_page_1", pdf)


def _row_of(form: str) -> int:
    """The first row of a form among what waits; -1 where nothing of it does."""
    if not is_shown("group_table"):
        return -1
    model = shown("group_table", QTableView).model()
    title = WAITING_FORMS[form]
    rows = (r for r in range(model.rowCount()) if title == str(model.index(r, 0).data()))
    return next(rows, -1)
