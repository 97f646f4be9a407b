"""At the counter: a pay slip is taken in and its photograph attached."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QImage, QPainter
from PySide6.QtWidgets import QTableView

from desktop.tour.camera import Camera, front_window
from desktop.tour.driver import Script, TourError, Until, click, is_shown, press, shown, type_into
from desktop.viewmodels.attachments import Way
from desktop.views.papers.intake_form import IntakeForm

_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
#: A5 at 150 dpi.
_SLIP = QRect(0, 0, 874, 1240)


def take_in_paper(camera: Camera, settled: Script) -> Script:
    """The form at the counter by keyboard, then the file by its path."""
    press(front_window(), Qt.Key.Key_2, _CTRL)
    yield Until("世帯一覧", lambda: is_shown("household_table"))
    number = str(shown("household_table", QTableView).model().index(0, 0).data())
    press(front_window(), Qt.Key.Key_R, _CTRL | _SHIFT)
    yield Until("受領書類", lambda: is_shown("paper_household"))
    form = front_window().findChild(IntakeForm)
    if form is None:
        raise TourError("受領書類の入力欄がありません。")
    type_into(form.household.box, number)
    press(form.household.box, Qt.Key.Key_Return)
    yield Until("世帯", lambda: form.household.chosen() is not None)
    press(form.kind.editor(), Qt.Key.Key_Down)
    click(shown("receive_paper"))
    yield Until("受領番号", lambda: is_shown("attach_to_last"))
    press(front_window(), Qt.Key.Key_T, _CTRL)
    yield Until("添付", lambda: is_shown("attach_path"))
    with TemporaryDirectory() as folder:
        type_into(shown("attach_path"), str(_slip(Path(folder))))
        press(shown("attach_path"), Qt.Key.Key_Return)
        yield Until("添付の終わり", _is_attached)
    yield from settled
    camera.take("attached")
    press(shown("attach_path"), Qt.Key.Key_Escape)
    yield Until("完了していない書類", lambda: is_shown("paper_pool"))


def _is_attached() -> bool:
    model = shown("attach_queue", QTableView).model()
    return bool(model.rowCount()) and model.index(0, 1).data() == Way.ATTACHED.value


def _slip(folder: Path) -> Path:
    """A photograph of a made-up pay slip."""
    picture = QImage(_SLIP.size(), QImage.Format.Format_RGB888)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    font = QFont()
    font.setPixelSize(48)
    painter.setFont(font)
    painter.drawText(_SLIP, Qt.AlignmentFlag.AlignCenter, "給与明細（架空）")
    painter.end()
    path = folder / "給与明細.jpg"
    if not picture.save(str(path)):
        raise TourError("見本の画像を作れません。")
    return path
