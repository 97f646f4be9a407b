"""The ケース記録票 (K-04): one household's record, or a batch of households in one PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from desktop.domain.errors import UserError
from desktop.domain.forms import CaseRecordForm
from desktop.reports.fonts import FontSet
from desktop.reports.missing_log import MissingLog
from desktop.reports.page import Sheet
from desktop.reports.pdf_file import PdfFile
from desktop.reports.records.clean_form import clean_form, note_missing
from desktop.reports.records.entry_columns import EntryLayout
from desktop.reports.records.entry_drawing import draw_page
from desktop.reports.records.page_plan import PagePlan, plan_pages
from desktop.reports.records.sheet_frame import FORM_TITLE, SheetPlace, draw_frame
from desktop.reports.rendered import RenderedPdf
from desktop.reports.text_encoder import TextEncoder


def case_record_pdf(form: CaseRecordForm, fonts: FontSet) -> RenderedPdf:
    """Print the record of one household. The same form gives the same bytes."""
    return case_record_batch_pdf([form], fonts)


def case_record_batch_pdf(
    forms: Iterable[CaseRecordForm],
    fonts: FontSet,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> RenderedPdf:
    """Print many households into one PDF, each on sheets and page numbers of its own, bookmarked by case number.

    `progress` hears how many households are done. Raises UserError when there is nothing to print or `cancelled`
    answers true; no half PDF is returned.
    """
    encoder = TextEncoder(fonts)
    log = MissingLog(fonts)
    file: PdfFile | None = None
    for done, raw in enumerate(forms, start=1):
        if cancelled is not None and cancelled():
            raise UserError("印刷を中止しました。作成途中のPDFは破棄しました。")
        form = clean_form(raw)
        note_missing(form, log)
        file = file or PdfFile(encoder, FORM_TITLE, form.office_name, form.printed_at)
        file.add_bookmark(form.case_number)
        for sheet in record_sheets(form, encoder):
            file.add_sheet(sheet)
        if progress is not None:
            progress(done)
    if file is None:
        raise UserError("印刷する記録がありません。")
    return RenderedPdf(data=file.finish(), pages=file.pages, missing=log.result())


def record_sheets(form: CaseRecordForm, encoder: TextEncoder) -> Iterator[Sheet]:
    """The sheets of one household's record, of a form that is clean."""
    layout = EntryLayout(encoder.fonts, form.position_labels)
    pages = plan_pages(map(layout.columns, form.entries))
    for number, page in enumerate(pages):
        sheet = Sheet(encoder)
        draw_frame(sheet, form, _place(form, pages, number, page))
        draw_page(sheet, page, is_last=number == len(pages) - 1)
        yield sheet


def _place(form: CaseRecordForm, pages: list[PagePlan], number: int, page: PagePlan) -> SheetPlace:
    return SheetPlace(
        number=form.first_page + number,
        total=form.first_page + len(pages) - 1,
        stamps=tuple(part.entry.stamps for part in page.parts),
        is_first=form.first_page + number == 1,
    )
