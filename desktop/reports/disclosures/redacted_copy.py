"""The redacted copy: the ケース記録票 with numbered bars in the place of struck text, then the list of reasons.

Struck text was replaced before it came here, so it is neither in the text nor in the fonts of the file.
"""

from __future__ import annotations

from desktop.domain.disclosures_forms import DisclosureCopy
from desktop.reports.disclosures.reasons_list import REASONS_LIST
from desktop.reports.fonts import FontSet
from desktop.reports.missing_log import MissingLog
from desktop.reports.pdf_file import PdfFile
from desktop.reports.records.case_record import record_sheets
from desktop.reports.records.clean_form import clean_form, note_missing
from desktop.reports.records.sheet_frame import FORM_TITLE
from desktop.reports.rendered import RenderedPdf
from desktop.reports.setter import Setter
from desktop.reports.text_encoder import TextEncoder

TITLE = f"{FORM_TITLE}（開示用の写し）"


def redacted_copy_pdf(copy: DisclosureCopy, fonts: FontSet) -> RenderedPdf:
    """Print copy and list into one PDF. The same copy gives the same bytes."""
    encoder, log = TextEncoder(fonts), MissingLog(fonts)
    record = clean_form(copy.record)
    note_missing(record, log)
    file = PdfFile(encoder, TITLE, record.office_name, record.printed_at)
    file.add_bookmark(f"{record.case_number} {FORM_TITLE}")
    for sheet in record_sheets(record, encoder):
        file.add_sheet(sheet)
    file.add_bookmark(f"{record.case_number} {REASONS_LIST.title}")
    setter = Setter(
        encoder,
        log,
        REASONS_LIST.paper,
        copy.reasons.imprint,
        code=REASONS_LIST.code,
        title=REASONS_LIST.title,
        edition=REASONS_LIST.edition,
        subject=REASONS_LIST.subject(copy.reasons),
    )
    setter.set(REASONS_LIST.lay_out(copy.reasons))
    for sheet in setter.sheets:
        file.add_sheet(sheet)
    return RenderedPdf(
        data=file.finish(), pages=file.pages, missing=log.result(), unread=tuple(setter.unread)
    )
