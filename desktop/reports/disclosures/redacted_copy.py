"""The redacted copy: the ケース記録票 with numbered bars in the place of struck text, then the list of reasons.

Struck text was replaced before it came here, so it is neither in the text nor in the fonts of the file.
"""

from __future__ import annotations

from desktop.domain.disclosures_forms import DisclosureCopy
from desktop.reports.disclosures.reasons_list import REASONS_LIST
from desktop.reports.fonts import FontSet
from desktop.reports.form import bound_pdf
from desktop.reports.records.case_record import CASE_RECORD
from desktop.reports.rendered import RenderedPdf

TITLE = f"{CASE_RECORD.title}（開示用の写し）"


def redacted_copy_pdf(copy: DisclosureCopy, fonts: FontSet) -> RenderedPdf:
    """Print copy and list into one PDF. The same copy gives the same bytes."""
    return bound_pdf(TITLE, [(CASE_RECORD, copy.record), (REASONS_LIST, copy.reasons)], fonts)
