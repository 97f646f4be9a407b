"""Printing on the system's printers: each page as a picture at the printer's resolution."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QTransform
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from desktop.domain.errors import UnavailableError, UserError
from desktop.reports.preview import PageImage, page_image

#: Beyond this a page of A4 takes hundreds of megabytes and looks no better on paper.
_MOST_DPI = 600
_STOPPED = "印刷を中止しました。途中まで出た紙は破棄してください。印刷済みにはなっていません。"


class PrinterChoice:
    """Asks for a printer without a nested event loop. Tests give their own."""

    def ask(self, parent: QWidget, on_chosen: Callable[[QPrinter], object]) -> None:
        """Show the system's print dialog; part of a batch cannot be chosen, as the log notes all of it."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        as_a4(printer)
        dialog = QPrintDialog(printer, parent)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for option in (
            QAbstractPrintDialog.PrintDialogOption.PrintPageRange,
            QAbstractPrintDialog.PrintDialogOption.PrintSelection,
            QAbstractPrintDialog.PrintDialogOption.PrintCurrentPage,
        ):
            dialog.setOption(option, False)
        dialog.accepted.connect(lambda: on_chosen(printer))
        # QPrintDialog has an open() of its own that wants a receiver.
        QDialog.open(dialog)


def as_a4(printer: QPrinter) -> None:
    """Upright A4 to the very edge: the form brings its own margins."""
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setFullPage(True)


def print_pages(
    printer: QPrinter,
    data: bytes,
    pages: int,
    progress: Callable[[int, int, str], object],
    cancelled: Callable[[], bool],
) -> None:
    """Send every page; called off the UI thread. UserError when it was stopped, UnavailableError when the printer fails."""
    painter = QPainter()
    if not painter.begin(printer):
        raise UnavailableError(
            "プリンターに送れません。電源と接続を確かめて、もう一度印刷してください。"
        )
    try:
        for page in range(pages):
            if cancelled():
                printer.abort()
                raise UserError(_STOPPED)
            if page and not printer.newPage():
                raise UnavailableError(
                    f"{page}枚目の後でプリンターが止まりました。紙と接続を確かめてください。印刷済みにはなっていません。"
                )
            _draw(painter, printer, page_image(data, page, min(printer.resolution(), _MOST_DPI)))
            progress(page + 1, pages, f"{page + 1}／{pages}枚")
    finally:
        painter.end()


def to_qimage(image: PageImage) -> QImage:
    """A page's picture as Qt has it; it shares the bytes, so keep `image` as long."""
    return QImage(image.rgb, image.width, image.height, image.stride, QImage.Format.Format_RGB888)


def _draw(painter: QPainter, printer: QPrinter, image: PageImage) -> None:
    paper = printer.pageLayout().fullRectPixels(printer.resolution())
    picture = to_qimage(image)
    if (image.width > image.height) != (paper.width() > paper.height()):
        picture = picture.transformed(QTransform().rotate(90))  # a page across, on upright paper
    painter.drawImage(QRect(0, 0, paper.width(), paper.height()), picture)
