"""The redacted copy (J-02): the ケース記録票 with numbered bars in the place of struck text, then the list of reasons.

Struck text was replaced before it came here, so it is neither in the text nor in the fonts of the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from desktop.domain.disclosures_forms import DisclosureCopy
from desktop.reports.disclosures.reasons_list import REASONS_LIST
from desktop.reports.fonts import FontSet
from desktop.reports.form import FormKind, bound_pdf
from desktop.reports.records.case_record import CASE_RECORD
from desktop.reports.rendered import RenderedPdf


@dataclass(frozen=True, slots=True)
class RedactedCopy:
    """Record and list in one PDF, under one imprint and one issue number."""

    code: str = "J-02"
    title: str = f"{CASE_RECORD.title}（開示用の写し）"
    edition: str = "第1版"

    def subject(self, copy: DisclosureCopy, /) -> str:
        """The case number."""
        return CASE_RECORD.subject(copy.record)

    def pdf(self, copy: DisclosureCopy, fonts: FontSet) -> RenderedPdf:
        """Print copy and list into one PDF. The same copy gives the same bytes."""
        return self.batch_pdf([copy], fonts)

    def batch_pdf(
        self,
        pieces: Iterable[DisclosureCopy],
        fonts: FontSet,
        progress: Callable[[int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> RenderedPdf:
        """Print copies, each followed by its list. Raises UserError when there is none or it was stopped."""
        bound = [part for copy in pieces for part in _parts(copy)]
        return bound_pdf(self.title, bound, fonts, progress, cancelled)


def _parts(copy: DisclosureCopy) -> tuple[tuple[FormKind[Any], Any], ...]:
    return (
        (CASE_RECORD, replace(copy.record, imprint=copy.imprint)),
        (REASONS_LIST, replace(copy.reasons, imprint=copy.imprint)),
    )


REDACTED_COPY = RedactedCopy()
