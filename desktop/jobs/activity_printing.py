"""The way to paper of support towards work: S-10, S-13 and S-14 of a household, S-15 to S-17 of a month. Called in the slow lane."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar
from uuid import UUID

from desktop.domain.activity_forms import MonthAsked, ReferralLetter
from desktop.domain.forms import FormMark
from desktop.jobs.letter_printing import LetterJob, letter_press
from desktop.jobs.press import Press
from desktop.jobs.printing import Cancelled, ChosenSheet, PrintRun, Progress
from desktop.reports.activities.activity_sheet import ACTIVITY_SHEET
from desktop.reports.activities.month_sheet import MONTH_SHEET
from desktop.reports.activities.programme_report import PROGRAMME_REPORT
from desktop.reports.activities.schedule import SCHEDULE
from desktop.reports.employment_spells.start_report import START_REPORT
from desktop.reports.fonts import FontSet
from desktop.reports.form import FormKind, Printed
from desktop.reports.referrals.referral_letter import REFERRAL_LETTER
from desktop.services.printing import ActivityPrinting, IssuedForms


class OfHousehold(Protocol):
    """What was asked for is about one household."""

    @property
    def household_id(self) -> UUID:
        """Which."""


Asked = TypeVar("Asked", bound=OfHousehold)
Data = TypeVar("Data", bound=Printed)


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportSheetJob(ChosenSheet[Asked, Data]):
    """Draws one sheet of a household, and notes that it went to paper for it."""

    service: ActivityPrinting
    _households: dict[UUID, UUID] = field(default_factory=dict)

    def draw(
        self,
        subject_ids: Sequence[UUID],
        mark: FormMark,
        progress: Progress = None,
        cancelled: Cancelled = None,
    ) -> PrintRun:
        """The sheet, to be looked at first. Raises UserError for any choice but of one."""
        _, run = self.run_of(subject_ids, mark, progress, cancelled)
        self._households[run.batch_id] = self._asked[subject_ids[0]].household_id
        return run

    def finish(self, run: PrintRun) -> None:
        """Note that the sheet went to paper."""
        self.service.record(
            run.batch_id,
            self._households[run.batch_id],
            self.form.code,
            pages=run.rendered.pages,
            sha256=run.sha256,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthReportJob(ChosenSheet[MonthAsked, Data]):
    """Draws a report of a month, and notes that it went to paper."""

    service: ActivityPrinting
    _months: dict[UUID, MonthAsked] = field(default_factory=dict)

    def draw(
        self,
        subject_ids: Sequence[UUID],
        mark: FormMark,
        progress: Progress = None,
        cancelled: Cancelled = None,
    ) -> PrintRun:
        """The report, to be looked at first. Raises UserError for any choice but of one."""
        _, run = self.run_of(subject_ids, mark, progress, cancelled)
        self._months[run.batch_id] = self._asked[subject_ids[0]]
        return run

    def finish(self, run: PrintRun) -> None:
        """Note that the report went to paper."""
        self.service.record_report(
            run.batch_id,
            self._months[run.batch_id],
            self.form.code,
            pages=run.rendered.pages,
            sha256=run.sha256,
        )


def support_sheet_job(
    code: str, service: ActivityPrinting, issued: IssuedForms, fonts: Callable[[], FontSet]
) -> SupportSheetJob[Any, Any] | LetterJob[Any, ReferralLetter]:
    """The job of a sheet of a household, by the form's code; the request to Hello Work is issued."""
    if code == REFERRAL_LETTER.code:
        return LetterJob(
            form=REFERRAL_LETTER,
            read=service.referral_letter,
            issued=issued,
            note_draft=service.record,
            fonts=fonts,
        )
    ways: dict[str, tuple[FormKind[Any], Callable[[Any], Any]]] = {
        ACTIVITY_SHEET.code: (ACTIVITY_SHEET, service.activity_sheet),
        MONTH_SHEET.code: (MONTH_SHEET, service.month_sheet),
    }
    form, read = ways[code]
    return SupportSheetJob(form=form, read=read, fonts=fonts, service=service)


def month_report_job(
    code: str, service: ActivityPrinting, fonts: Callable[[], FontSet]
) -> MonthReportJob[Any]:
    """The job of a report of a month, by the form's code."""
    ways: dict[str, tuple[FormKind[Any], Callable[[MonthAsked], Any]]] = {
        PROGRAMME_REPORT.code: (PROGRAMME_REPORT, service.programme_report),
        START_REPORT.code: (START_REPORT, service.start_report),
        SCHEDULE.code: (SCHEDULE, service.schedule),
    }
    form, read = ways[code]
    return MonthReportJob(form=form, read=read, fonts=fonts, service=service)


def referral_press(
    service: ActivityPrinting, issued: IssuedForms, fonts: Callable[[], FontSet]
) -> Press[ReferralLetter]:
    """The way of waiting requests to Hello Work."""
    return letter_press(REFERRAL_LETTER, service.letter_of, issued, fonts)
