"""The ケース記録票 (K-04): the record of one household in three columns, in a layout of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.domain.forms import CaseRecordForm
from desktop.reports.form import FormKind
from desktop.reports.paper_size import PaperSize
from desktop.reports.records import measures as m
from desktop.reports.records.clean_form import clean_form, note_missing
from desktop.reports.records.entry_columns import EntryLayout
from desktop.reports.records.entry_drawing import draw_page
from desktop.reports.records.page_plan import plan_pages
from desktop.reports.records.sheet_frame import SheetPlace, draw_frame
from desktop.reports.setter import Block, Setter

_PAPER = PaperSize(
    width=210, height=297, left=m.LEFT, right=m.RIGHT, top=25.5, bottom=281, footer=m.FOOTER
)


@dataclass(frozen=True, slots=True)
class RecordSheets:
    """All entries of a household over as many sheets as they take, each sheet under the heading."""

    form: CaseRecordForm

    def set(self, setter: Setter) -> None:
        """Plan the pages, then draw them."""
        form = clean_form(self.form)
        note_missing(form, setter)
        layout = EntryLayout(setter, form.position_labels)
        pages = plan_pages(map(layout.columns, form.entries))
        for number, page in enumerate(pages):
            if number:
                setter.new_sheet()
            stamps = tuple(part.entry.stamps for part in page.parts)
            draw_frame(setter, form, SheetPlace(number=form.first_page + number, stamps=stamps))
            is_last = number == len(pages) - 1
            draw_page(setter.sheet, page, setter.imprint, is_last=is_last)


def _lay_out(form: CaseRecordForm) -> Iterator[Block]:
    yield RecordSheets(form)


CASE_RECORD: FormKind[CaseRecordForm] = FormKind(
    code="K-04",
    title="ケース記録票",
    edition="第2版",
    lay_out=_lay_out,
    subject=lambda form: form.case_number,
    paper=_PAPER,
    head=None,
    first_page=lambda form: form.first_page,
)
