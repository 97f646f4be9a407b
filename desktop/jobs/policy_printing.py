"""One print run of a support policy: read the values, draw the PDF, note the run. Called in the slow lane."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from desktop.domain.errors import UserError
from desktop.domain.forms import FormMark
from desktop.domain.ids import new_id
from desktop.jobs.printing import PrintRun, note
from desktop.reports.fonts import FontSet
from desktop.reports.support_policies.policy_sheet import FORM_TITLE, policy_sheet_pdf
from desktop.services.printing import PolicyPrinting


@dataclass(frozen=True, slots=True)
class PolicyPrintJob:
    """Draws one policy and notes that it went to paper."""

    service: PolicyPrinting
    fonts: Callable[[], FontSet]

    def draw(
        self,
        subject_ids: Sequence[UUID],
        mark: FormMark,
        progress: Callable[[int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> PrintRun:
        """The sheet of the one policy, to be looked at first."""
        if len(subject_ids) != 1 or (cancelled is not None and cancelled()):
            raise UserError("印刷する援助方針を選んでください。")
        rendered = policy_sheet_pdf(self.service.prepare(subject_ids[0], mark), self.fonts())
        if progress is not None:
            progress(1)
        return PrintRun(
            batch_id=new_id(),
            title=FORM_TITLE,
            subject_ids=tuple(subject_ids),
            mark=mark,
            rendered=rendered,
        )

    def finish(self, run: PrintRun) -> None:
        """Note that the sheet went to paper or was saved as a file."""
        note(self.service, run)
