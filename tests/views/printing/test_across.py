"""A page that lies across comes out turned on upright paper, whole and not squeezed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtPrintSupport import QPrinter

from desktop.reports.declarations.follow_up_table import FOLLOW_UP_TABLE
from desktop.reports.fonts import FontSet
from desktop.reports.preview import page_image
from desktop.resources import resource_path
from desktop.views.printing.paper import as_a4, print_pages
from tests.reports.reading import darkness
from tests.reports.test_declarations import form


def test_a_register_is_turned_on_upright_paper(qapp, tmp_path: Path):
    fonts = FontSet.of_office(resource_path("fonts"), search=())
    drawn = FOLLOW_UP_TABLE.pdf(form(), fonts)
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    as_a4(printer)
    print_pages(printer, drawn.data, drawn.pages, lambda *_: None, lambda: False)
    page = page_image((tmp_path / "out.pdf").read_bytes(), 0, 96)
    assert page.height > page.width
    # The head of the register stands at the right edge, its foot at the left one; between them it is empty.
    assert darkness(page, 150, 10, 50, 277) > 5 * darkness(page, 20, 10, 100, 277)
    assert darkness(page, 3, 10, 10, 277) > 0
