"""Pages as pictures through Qt's printer, as on Windows: counted, on the right sheet, with what was chosen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from reportlab.lib.pagesizes import A4, A5

from desktop.domain.errors import UnavailableError, UserError
from desktop.domain.printers import PrinterSetup, Sides
from desktop.reports.preview import OpenPdf, page_count, page_image
from desktop.views.printing.page_printing import ImagePaper, set_up, setup_of
from tests.reports.reading import darkness
from tests.support.documents import small_pdf
from tests.support.fakes_printing import printer_to_file

SETUP = PrinterSetup(printer="PDF")


def send(path: Path, data: bytes, cancelled=lambda: False) -> list[int]:
    told: list[int] = []
    paper = ImagePaper(printer=printer_to_file(path), setup=SETUP)
    paper.send("確認票", data, page_count(data), lambda done, *_: told.append(done), cancelled)
    return told


def test_every_page_comes_out(qapp, tmp_path):
    told = send(tmp_path / "out.pdf", small_pdf(12))
    out = (tmp_path / "out.pdf").read_bytes()
    assert page_count(out) == 12
    assert told == list(range(1, 13))
    for page in (0, 11):
        assert darkness(page_image(out, page, 60), 25, 222, 30, 30) > 0.95


@pytest.mark.parametrize(("size", "inches"), [(A4, (8.27, 11.69)), (A5, (5.83, 8.27))])
def test_the_sheet_is_that_of_the_form(qapp, tmp_path, size, inches):
    send(tmp_path / "out.pdf", small_pdf(2, size))
    found = OpenPdf((tmp_path / "out.pdf").read_bytes()).size(1)
    assert found == pytest.approx(inches, abs=0.03)


def test_a_stopped_print_is_said(qapp, tmp_path):
    with pytest.raises(UserError, match="途中まで出た紙は破棄"):
        send(tmp_path / "out.pdf", small_pdf(3), lambda: True)


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_does_not_take_pages_is_said(qapp, tmp_path):
    with pytest.raises(UnavailableError, match="プリンターに送れません"):
        send(tmp_path / "ない場所" / "out.pdf", small_pdf(1))


def test_what_was_chosen_reaches_qts_printer_and_comes_back(qapp, tmp_path):
    printer = printer_to_file(tmp_path / "out.pdf")
    setup = PrinterSetup(printer="PDF", tray="1", tray_label="下段", sides=Sides.ONE)
    set_up(printer, setup, copies=3)
    assert printer.copyCount() == 3
    assert printer.colorMode() is QPrinter.ColorMode.GrayScale
    set_up(printer, PrinterSetup(printer="PDF", is_colour=True), copies=1)
    assert setup_of(printer).is_colour
    assert setup_of(printer).sides is Sides.ONE
