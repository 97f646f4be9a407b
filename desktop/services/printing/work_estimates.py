"""Printing of what remains in hand (S-36), of applications to sign (S-25 to S-27), and of notices of decisions (S-25D to S-27D).

The first two are made of what was entered on the screen, a notice of a recorded decision. Nothing is stored but that
the sheet was printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.dates import months_later
from desktop.domain.errors import ValidationError
from desktop.domain.forms import FormMark
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.domain.work_estimates_aid import JobSearchAid
from desktop.domain.work_estimates_cases import (
    CASE_OUTCOME,
    NOTICED,
    BenefitCase,
    CaseDecision,
    CaseOutcome,
    months_from,
)
from desktop.domain.work_estimates_forms import (
    Application,
    ApplicationAsked,
    DecisionNotice,
    HandSheet,
    HandSheetAsked,
    IncomeMonth,
    IndependenceApplication,
    JobSearchApplication,
    MonthLine,
    MonthTable,
    MonthTableAsked,
    NoticeAsked,
    StudyOrWorkApplication,
)
from desktop.domain.work_estimates_grants import IndependenceGrant, StudyOrWorkGrant
from desktop.models.work_estimates import BenefitDecisionRecord
from desktop.services.households.case_file import load_case_file
from desktop.services.households.identity import identities
from desktop.services.imprints import imprint_of
from desktop.services.masters import lookup
from desktop.services.permission import needs
from desktop.services.printing.batches import note_households
from desktop.services.work_estimates import WorkEstimateService
from desktop.services.work_estimates.loading import case, people

_NO_MONTHS = "活動確認表があるのは、就労活動促進費の申請だけです。"
_NO_NOTICE = "この決定に通知書はありません。支給か却下の決定を選んでください。"


@dataclass(frozen=True, slots=True)
class WorkEstimatePrinting:
    """The sheet for the person, and the note that it went to paper."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor
    estimates: WorkEstimateService

    @needs(Permission.PRINT_DRAFTS)
    def hand_sheet(self, asked: HandSheetAsked) -> HandSheet:
        """The sheet about somebody of the household, with the estimate by the office's values."""
        estimate = self.estimates.estimate(asked.household_id, asked.person_id, asked.given)
        self.reading.open(Purpose.FILE, [asked.household_id])
        today = self.clock.today()
        with self.work() as session:
            (bar,) = identities(
                session, self.staff, [asked.household_id], today, opened=True
            ).values()
            names = {one.person_id: one.name for one in people(session, asked.household_id)}
            contact, phone, _ = lookup.letter_contact(session, self.staff.office_id, today)
            return HandSheet(
                imprint=imprint_of(session, self.staff, self.clock),
                case_number=bar.case_number,
                name=names[asked.person_id],
                month=asked.given.on,
                gross=asked.given.gross,
                estimate=estimate,
                contact=contact,
                caseworker=bar.caseworker,
                phone=phone,
            )

    @needs(Permission.PRINT_DRAFTS)
    def application(self, asked: ApplicationAsked) -> Application:
        """The application of somebody of the household, to be read and signed."""
        self.reading.open(Purpose.FILE, [asked.household_id])
        today = self.clock.today()
        with self.work() as session:
            (bar,) = identities(
                session, self.staff, [asked.household_id], today, opened=True
            ).values()
            known = {one.person_id: one for one in people(session, asked.household_id)}
            if asked.person_id not in known:
                raise ValidationError(person="この世帯の人を選んでください。")
            person = known[asked.person_id]
            head = {
                "imprint": imprint_of(session, self.staff, self.clock),
                "case_number": bar.case_number,
                "name": person.name,
                "birth_date": person.birth_date,
            }
            return _application(asked.given, head)

    @needs(Permission.PRINT_DRAFTS)
    def month_table(self, asked: MonthTableAsked) -> MonthTable:
        """The months of an application for 就労活動促進費, each with its newest decision.

        Raises ValidationError for another kind of application.
        """
        self.reading.open(Purpose.FILE, [asked.household_id])
        with self.work() as session:
            found = case(session, self.staff, asked.household_id, asked.case_id)
            if found.months is None:
                raise ValidationError(case=_NO_MONTHS)
            (bar,) = identities(
                session, self.staff, [asked.household_id], self.clock.today(), opened=True
            ).values()
            return MonthTable(
                imprint=imprint_of(session, self.staff, self.clock),
                case_number=bar.case_number,
                name=found.person,
                asked_on=found.asked_on,
                lines=tuple(
                    _month_line(found, month) for month in months_from(found.about_on, found.months)
                ),
            )

    @needs(Permission.PRINT_DRAFTS)
    def notice(self, asked: NoticeAsked) -> DecisionNotice:
        """The notice of a decision; without the office's notice of appeal rights (教示) it is a draft (案).

        Raises ValidationError for what has no notice: another kind, or an application that was taken back.
        """
        self.reading.open(Purpose.FILE, [asked.household_id])
        today = self.clock.today()
        with self.work() as session:
            found = case(session, self.staff, asked.household_id, asked.case_id)
            decision = next(
                (d for d in found.decisions if d.decision_id == asked.decision_id), None
            )
            if found.kind not in NOTICED or decision is None or not decision.is_told:
                raise ValidationError(decision=_NO_NOTICE)
            file = load_case_file(
                session, self.staff, asked.household_id, today, today=today, without_duty=False
            )
            contact, phone, _ = lookup.letter_contact(session, self.staff.office_id, today)
            style = lookup.house_style(session, self.staff.office_id, today)
            mark = FormMark.PLAIN if style.appeal.strip() else FormMark.DRAFT
            return DecisionNotice(
                imprint=imprint_of(session, self.staff, self.clock, mark),
                household_id=asked.household_id,
                subject_id=asked.decision_id,
                case_number=file.identity.case_number,
                postal_code=file.postal_code,
                address=file.address,
                name=found.person,
                written_on=today,
                asked_on=found.asked_on,
                decided_on=decision.decided_on,
                about_on=decision.month or found.about_on,
                is_refused=decision.outcome is CaseOutcome.REFUSED,
                amount=decision.amount,
                reason=decision.reason,
                contact=contact,
                phone=phone,
                counted=_counted(decision),
            )

    @needs(Permission.PRINT_DRAFTS)
    def notice_of(self, decision_id: UUID) -> DecisionNotice:
        """The notice of a decision, as the print centre asks for it."""
        d = BenefitDecisionRecord
        with self.work() as session:
            row = session.execute(
                select(d.household_id, d.case_id).where(
                    d.id == decision_id, d.office_id == self.staff.office_id
                )
            ).one_or_none()
        if row is None:
            raise ValidationError(decision=_NO_NOTICE)
        return self.notice(
            NoticeAsked(household_id=row.household_id, case_id=row.case_id, decision_id=decision_id)
        )

    @needs(Permission.PRINT_DRAFTS)
    def record(
        self,
        batch_id: UUID,
        household_id: UUID,
        form: str,
        mark: FormMark = FormMark.PLAIN,
        *,
        pages: int,
        sha256: str,
    ) -> None:
        """Note that the sheet went to paper or into a file. A retry notes once."""
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            note_households(
                *(session, self.staff, self.clock, batch_id, form, [household_id]),
                mark=mark,
                pages=pages,
                sha256=sha256,
            )


def _month_line(found: BenefitCase, month: date) -> MonthLine:
    """A month with the decision that was recorded last of it."""
    decision = next((d for d in found.decisions if d.month == month), None)
    if decision is None:
        return MonthLine(month=month)
    return MonthLine(
        month=month,
        interviews=decision.interviews,
        applications=decision.applications,
        outcome=CASE_OUTCOME[decision.outcome],
        decided_on=decision.decided_on,
        amount=decision.amount,
        reason=decision.reason,
        noted_by=decision.noted_by,
    )


def _counted(decision: CaseDecision) -> str:
    """What was counted of a month's search for work; "" where nothing was."""
    counts = (("窓口での面接", decision.interviews), ("応募・採用面接", decision.applications))
    return "　".join(f"{label} {count}回" for label, count in counts if count is not None)


def _application(
    given: JobSearchAid | IndependenceGrant | StudyOrWorkGrant, head: dict[str, Any]
) -> Application:
    match given:
        case JobSearchAid():
            return JobSearchApplication(**head, months=months_from(given.on, given.months))
        case IndependenceGrant():
            return IndependenceApplication(
                **head,
                job_began=given.job_began,
                ended_on=given.on,
                is_single=given.is_single,
                months=tuple(_months(given)),
            )
        case StudyOrWorkGrant():
            return StudyOrWorkApplication(
                **head, is_work=given.is_work, begins_on=given.on, moves_out=given.moves_out
            )


def _months(given: IndependenceGrant) -> Iterator[IncomeMonth]:
    """The months up to the one in which protection ends, the latest last."""
    first = months_later(given.on.replace(day=1), 1 - len(given.recognised))
    months = months_from(first, len(given.recognised))
    for month, recognised in zip(months, given.recognised, strict=True):
        yield IncomeMonth(month=month, recognised=recognised or None)
