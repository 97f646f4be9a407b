"""Printing on the system's printers: the PDF itself through CUPS, else each page as a picture at the printer's resolution."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QTransform
from PySide6.QtPrintSupport import QPrinter

from desktop.domain.errors import UnavailableError, UserError
from desktop.domain.printers import PrinterSetup, Sides
from desktop.jobs.sending import STOPPED, Report
from desktop.reports.preview import OpenPdf, PageImage
from desktop.services.workstation.cups import lp_options, send_pdf

#: Beyond this a page of A4 takes hundreds of megabytes and looks no better on paper.
_MOST_DPI = 600
_MM_PER_INCH = 25.4
_DUPLEX = {
    Sides.ONE: QPrinter.DuplexMode.DuplexNone,
    Sides.LONG_EDGE: QPrinter.DuplexMode.DuplexLongSide,
    Sides.SHORT_EDGE: QPrinter.DuplexMode.DuplexShortSide,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ImagePaper:
    """Pages as pictures through Qt: on Windows, and wherever the person used the system's own print dialog."""

    printer: QPrinter
    setup: PrinterSetup

    def send(
        self, title: str, data: bytes, pages: int, report: Report, cancelled: Callable[[], bool]
    ) -> None:
        """Print a PDF as one job. Raises UserError when stopped, UnavailableError when the printer fails."""
        self.printer.setDocName(title)
        on_sheet(self.printer, OpenPdf(data).size(0))
        print_pages(self.printer, data, pages, report, cancelled)


@dataclass(frozen=True, slots=True, kw_only=True)
class CupsPaper:
    """The PDF as it is, handed to a queue."""

    setup: PrinterSetup
    copies: int = 1

    def send(
        self, title: str, data: bytes, pages: int, report: Report, cancelled: Callable[[], bool]
    ) -> None:
        """Hand a PDF over as one job. Raises UserError when stopped before, UnavailableError when CUPS does not take it."""
        if cancelled():
            raise UserError(STOPPED)
        report(0, pages, f"{pages}枚")
        width, height = OpenPdf(data).size(0)
        paper = (width * _MM_PER_INCH, height * _MM_PER_INCH)
        send_pdf(data, self.setup, lp_options(self.setup, self.copies, paper), title)
        report(pages, pages, f"{pages}枚")


def as_a4(printer: QPrinter) -> None:
    """Upright A4 to the very edge: the form brings its own margins."""
    on_sheet(printer, (210 / _MM_PER_INCH, 297 / _MM_PER_INCH))


def on_sheet(printer: QPrinter, size: tuple[float, float]) -> None:
    """The sheet that a page of this size (inches) is made for, upright and to the very edge."""
    width, height = sorted(side * _MM_PER_INCH for side in size)
    millimetres = QPageSize.Unit.Millimeter
    match = QPageSize.SizeMatchPolicy.FuzzyMatch
    printer.setPageSize(QPageSize(QSizeF(width, height), millimetres, "", match))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setFullPage(True)


def set_up(printer: QPrinter, setup: PrinterSetup, copies: int) -> None:
    """Make the printer print as it was chosen."""
    as_a4(printer)
    printer.setDuplex(_DUPLEX[setup.sides])
    colour = QPrinter.ColorMode
    printer.setColorMode(colour.Color if setup.is_colour else colour.GrayScale)
    printer.setCopyCount(copies)
    if setup.tray:
        printer.setPaperSource(QPrinter.PaperSource(int(setup.tray)))


def setup_of(printer: QPrinter) -> PrinterSetup:
    """What was chosen in the system's own dialog, as far as Qt tells it."""
    sides = {duplex: side for side, duplex in _DUPLEX.items()}
    return PrinterSetup(
        printer=printer.printerName(),
        sides=sides.get(printer.duplex(), Sides.ONE),
        is_colour=printer.colorMode() is QPrinter.ColorMode.Color,
    )


def print_pages(
    printer: QPrinter,
    data: bytes,
    pages: int,
    report: Report,
    cancelled: Callable[[], bool],
) -> None:
    """Send every page; called off the UI thread. UserError when it was stopped, UnavailableError when the printer fails."""
    document = OpenPdf(data)
    painter = QPainter()
    if not painter.begin(printer):
        raise UnavailableError(
            "プリンターに送れません。電源と接続を確かめて、もう一度印刷してください。"
        )
    try:
        for page in range(pages):
            if cancelled():
                printer.abort()
                raise UserError(STOPPED)
            if page and not printer.newPage():
                raise UnavailableError(
                    f"{page}枚目の後でプリンターが止まりました。紙と接続を確かめてください。印刷済みにはなっていません。"
                )
            _draw(painter, printer, document.image(page, min(printer.resolution(), _MOST_DPI)))
            report(page + 1, pages, f"{page + 1}／{pages}枚")
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
