"""Printing of support plans (S-11), consent (S-08), confirmed activities (S-12) and the register of a programme (S-09).

No paper for the person names a support group, a code of motivation, or a barrier that the office marked as sensitive.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.dates import months_later
from desktop.domain.era import format_date
from desktop.domain.errors import NotPermittedError
from desktop.domain.forms import FormMark
from desktop.domain.imprint import Imprint
from desktop.domain.office import SignedInStaff
from desktop.domain.participation_consents import sharing_word
from desktop.domain.participations import Programme
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.domain.support_plan_files import PlannedPerson, SupportPlan
from desktop.domain.support_plan_forms import (
    ConfirmationSheet,
    ConsentLine,
    ConsentSheet,
    PlanPaperAsked,
    PlanSheet,
    PlanStepLine,
    ProgrammeLine,
    ProgrammeRegister,
    ProgrammeRegisterAsked,
    RegisterLine,
)
from desktop.domain.support_plans import (
    CONSENT_MOVE,
    DOER,
    STEP_STATUS,
    Doer,
    PlanState,
    PlanStep,
    StepStatus,
)
from desktop.services.households.identity import identities
from desktop.services.imprints import imprint_of
from desktop.services.masters import lookup
from desktop.services.participations import ParticipationService
from desktop.services.permission import needs
from desktop.services.printing.batches import note_households
from desktop.services.support_plans.loading import of_household


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A version with everything that its papers are made of."""

    imprint: Imprint
    person: PlannedPerson
    plan: SupportPlan
    programmes: Mapping[str, Programme]
    case_number: str
    caseworker: str
    contact: str
    phone: str


@dataclass(frozen=True, slots=True)
class SupportPlanPrinting:
    """The papers of a version, and the note that they went to paper."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor
    participations: ParticipationService

    @needs(Permission.PRINT_DRAFTS)
    def plan_sheet(self, asked: PlanPaperAsked) -> PlanSheet:
        """The plan as it stands in this version; a draft says 案."""
        read = self._read(asked)
        plan, digest = read.plan, read.plan.digest
        given = plan.given
        numbers = {goal.goal_id: n for n, goal in enumerate(given.goals, start=1)}
        health = ""
        if digest is not None:
            source = f"（{digest.health_source}）" if digest.health_source else ""
            health = f"{digest.health}{source}"
        consent = plan.consent
        return PlanSheet(
            imprint=read.imprint,
            case_number=read.case_number,
            name=read.person.name,
            birth_date=read.person.birth_date,
            caseworker=read.caseworker,
            supporter=plan.supporter,
            contact=read.contact,
            phone=read.phone,
            version=plan.version,
            starts_on=given.starts_on,
            ends_on=given.ends_on,
            review_on=plan.review_due_on,
            programmes=tuple(line.label for line in _programmes(read)),
            wish=given.wish,
            picture=given.picture,
            strengths=digest.strengths if digest else "",
            barriers=digest.printed_barriers if digest else (),
            health=health,
            long_goal=given.long_goal,
            goals=given.goals,
            steps=tuple(_step(step, numbers, plan) for step in given.steps),
            consent=f"{CONSENT_MOVE[consent.move]}　{format_date(consent.said_on)}"
            if consent
            else "",
        )

    @needs(Permission.PRINT_DRAFTS)
    def consent_sheet(self, asked: PlanPaperAsked) -> ConsentSheet:
        """The sheet on which the person consents to the programmes of the version."""
        read = self._read(asked)
        return ConsentSheet(
            imprint=read.imprint,
            case_number=read.case_number,
            name=read.person.name,
            birth_date=read.person.birth_date,
            starts_on=read.plan.given.starts_on,
            ends_on=read.plan.given.ends_on,
            programmes=_programmes(read),
            contact=read.contact,
            caseworker=read.caseworker,
            phone=read.phone,
            recorded=tuple(_recorded(read)),
        )

    @needs(Permission.PRINT_DRAFTS)
    def confirmation_sheet(self, asked: PlanPaperAsked) -> ConfirmationSheet:
        """What the person does and what others help with, by the steps of the version."""
        read = self._read(asked)
        given = read.plan.given
        return ConfirmationSheet(
            imprint=read.imprint,
            case_number=read.case_number,
            name=read.person.name,
            birth_date=read.person.birth_date,
            starts_on=given.starts_on,
            ends_on=given.ends_on,
            long_goal=given.long_goal,
            activities=tuple(_said(s) for s in given.steps if s.doer is Doer.PERSON),
            help=tuple(
                f"{DOER[s.doer]}：{_said(s)}" for s in given.steps if s.doer is not Doer.PERSON
            ),
            months=_months(given.starts_on, given.ends_on),
            review_on=read.plan.review_due_on,
            contact=read.contact,
            caseworker=read.caseworker,
            phone=read.phone,
        )

    @needs(Permission.PRINT_DRAFTS)
    def register(self, asked: ProgrammeRegisterAsked) -> ProgrammeRegister:
        """Who of the own duty took part in a programme in a period."""
        rows = self.participations.register(asked.programme, asked.first, asked.last)
        labels = {each.code: each.label for each in self.participations.programmes()}
        with self.work() as session:
            imprint = imprint_of(session, self.staff, self.clock)
        return ProgrammeRegister(
            imprint=imprint,
            programme=labels.get(asked.programme, asked.programme),
            first=asked.first,
            last=asked.last,
            lines=tuple(
                RegisterLine(
                    case_number=row.case_number,
                    name=row.person,
                    caseworker=row.caseworker,
                    consent=row.consent,
                    sharing=sharing_word(row.sharing),
                    starts_on=row.starts_on,
                    ended_on=row.ended_on,
                    outcome=row.outcome_label,
                )
                for row in rows
            ),
        )

    @needs(Permission.PRINT_DRAFTS)
    def record_register(self, batch_id: UUID, *, pages: int, sha256: str) -> None:
        """Note that the register went to paper. A retry notes once."""
        with self.work() as session:
            note_households(
                *(session, self.staff, self.clock, batch_id, "S-09", ()),
                pages=pages,
                sha256=sha256,
            )

    @needs(Permission.PRINT_DRAFTS)
    def record(
        self,
        batch_id: UUID,
        household_id: UUID,
        form: str,
        mark: FormMark,
        *,
        pages: int,
        sha256: str,
    ) -> None:
        """Note that a paper of a plan went to paper or into a file. A retry notes once."""
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            note_households(
                *(session, self.staff, self.clock, batch_id, form, [household_id]),
                mark=mark,
                pages=pages,
                sha256=sha256,
            )

    def _read(self, asked: PlanPaperAsked) -> _Read:
        self.reading.open(Purpose.FILE, [asked.household_id])
        today = self.clock.today()
        with self.work() as session:
            (bar,) = identities(
                session, self.staff, [asked.household_id], today, opened=True
            ).values()
            found = of_household(session, self.staff, asked.household_id, today)
            contact, phone, _ = lookup.letter_contact(session, self.staff.office_id, today)
            for person in found.people:
                for plan in person.plans:
                    if plan.given.plan_id == asked.plan_id:
                        is_draft = plan.state is not PlanState.APPROVED
                        mark = FormMark.DRAFT if is_draft else FormMark.PLAIN
                        return _Read(
                            imprint=imprint_of(session, self.staff, self.clock, mark),
                            person=person,
                            plan=plan,
                            programmes=found.programmes,
                            case_number=bar.case_number,
                            caseworker=bar.caseworker,
                            contact=contact,
                            phone=phone,
                        )
        raise NotPermittedError("この個別支援計画は見つかりません。")


def _programmes(read: _Read) -> tuple[ProgrammeLine, ...]:
    known = read.programmes
    return tuple(
        ProgrammeLine(label=known[code].label, carrier=known[code].carrier, note=known[code].note)
        if code in known
        else ProgrammeLine(label=code, carrier="", note="")
        for code in read.plan.given.programmes
    )


def _recorded(read: _Read) -> Iterator[ConsentLine]:
    """What the person says now to the programmes of the version that he or she takes part in, and to partners being told."""
    for row in read.person.participations:
        if row.ended_on is not None or row.programme not in read.plan.given.programmes:
            continue
        answers = (*((row.consent,) if row.consent else ()), *row.sharing)
        for said in answers:
            yield ConsentLine(
                programme=row.programme_label,
                partner=said.partner_label,
                move=said.move,
                said_on=said.said_on,
                way=said.way,
                shared=said.shared,
            )


def _step(step: PlanStep, numbers: Mapping[UUID, int], plan: SupportPlan) -> PlanStepLine:
    known = plan.results.get(step.stem_id)
    return PlanStepLine(
        goal=numbers[step.goal_id],
        doer=DOER[step.doer],
        action=step.action,
        due_on=step.due_on,
        how_often=step.how_often,
        cost_item=step.cost_item,
        status=STEP_STATUS[known.status if known else StepStatus.OPEN],
    )


def _said(step: PlanStep) -> str:
    due = f"（{format_date(step.due_on)}まで）" if step.due_on else ""
    often = f"　{step.how_often}" if step.how_often else ""
    return f"{step.action}{often}{due}"


def _months(first: date, last: date) -> tuple[date, ...]:
    """The first days of the months from a day to a day."""
    months = [first.replace(day=1)]
    while months_later(months[-1], 1) <= last:
        months.append(months_later(months[-1], 1))
    return tuple(months)
