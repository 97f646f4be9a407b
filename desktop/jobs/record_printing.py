"""The way to paper of case records (K-04)."""

from __future__ import annotations

from collections.abc import Callable

from desktop.domain.forms import CaseRecordForm
from desktop.jobs.press import Press
from desktop.reports.fonts import FontSet
from desktop.reports.records.case_record import CASE_RECORD
from desktop.services.printing import IssuedForms, PrintService


def record_press(
    service: PrintService, issued: IssuedForms, fonts: Callable[[], FontSet]
) -> Press[CaseRecordForm]:
    """One piece a household, with the entries that were asked for."""
    return Press(form=CASE_RECORD, read=service.prepare, issued=issued, fonts=fonts, log=service)
