"""Printing of papers about support towards work: the request (S-10), a person's acts (S-13, S-14), reports of a month (S-15 to S-17).

Nothing is stored but that they were printed. What goes to Hello Work about health goes only with the person's consent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from desktop.database.reading import ReadingDoor
from desktop.database.sharing_standing import sharing_refusal
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.activities import ActivityKind
from desktop.domain.activity_forms import (
    ActivitySheet,
    ActivitySheetAsked,
    MonthAsked,
    MonthSheet,
    ProgrammeReport,
    ReferralAsked,
    ReferralLetter,
    Schedule,
    ScheduleLine,
    StartReport,
)
from desktop.domain.clock import Clock
from desktop.domain.employment_spells import (
    due_checks,
)
from desktop.domain.errors import NotPermittedError
from desktop.domain.forms import FormMark
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.models.employment_spells import (
    EmploymentCheckRecord,
    EmploymentEndRecord,
    EmploymentSpellRecord,
)
from desktop.models.households import Household, Person
from desktop.models.office import Staff
from desktop.models.referrals import ReferralRecord
from desktop.services.activities import loading, months
from desktop.services.duty import own_households
from desktop.services.employment_spells.loading import job_outcomes, spells
from desktop.services.households.case_file import load_case_file
from desktop.services.households.identity import identities
from desktop.services.imprints import imprint_of
from desktop.services.masters import lookup
from desktop.services.masters.lookup_activities import activity_kinds, partners
from desktop.services.monthly_papers.evidence import papers_replaced
from desktop.services.permission import needs
from desktop.services.printing.activity_lines import act_lines, kind_counts, label_of, start_line
from desktop.services.printing.activity_targets import targets_of
from desktop.services.printing.batches import note_households
from desktop.services.referrals.loading import NOT_FOUND, referral


@dataclass(frozen=True, slots=True)
class ActivityPrinting:
    """The papers, and the note that they went to paper."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.PRINT_DRAFTS)
    def referral_letter(self, asked: ReferralAsked) -> ReferralLetter:
        """The request to Hello Work; health only where the person agreed that it is told.

        Raises ConflictError where it was taken back, or the person's consent that this partner is told.
        """
        self.reading.open(Purpose.FILE, [asked.household_id])
        today, office_id = self.clock.today(), self.staff.office_id
        with self.work() as session:
            request = referral(session, asked.household_id, asked.referral_id)
            request.need_printable()
            refusal = sharing_refusal(session, asked.referral_id)
            if refusal is not None:
                raise refusal.error()
            file = load_case_file(
                session, self.staff, asked.household_id, today, today=today, without_duty=False
            )
            person = session.get_one(Person, request.person_id)
            known = partners(session, office_id, today)
            contact, phone, _ = lookup.letter_contact(session, office_id, today)
            words = request.words
            told = words.health_limits if request.health_consent_on is not None else ""
            return ReferralLetter(
                imprint=imprint_of(session, self.staff, self.clock),
                household_id=asked.household_id,
                subject_id=asked.referral_id,
                case_number=file.identity.case_number,
                number=request.number,
                partner=label_of(known, request.partner),
                asked_on=request.asked_on,
                reply_by=request.reply_by,
                consent_on=request.consent_on,
                name=person.name,
                birth_date=person.birth_date,
                address=file.address,
                history=words.history,
                qualifications=words.qualifications,
                wishes=words.wishes,
                health_limits=told,
                barriers=words.barriers,
                so_far=words.so_far,
                request=words.request,
                contact=contact,
                caseworker=file.identity.caseworker,
                phone=phone,
            )

    @needs(Permission.PRINT_DRAFTS)
    def letter_of(self, referral_id: UUID) -> ReferralLetter:
        """A request, as the print centre asks for it."""
        r = ReferralRecord
        with self.work() as session:
            household_id = session.scalar(
                select(r.household_id).where(
                    r.id == referral_id, r.office_id == self.staff.office_id
                )
            )
        if household_id is None:
            raise NotPermittedError(NOT_FOUND)
        return self.referral_letter(
            ReferralAsked(household_id=household_id, referral_id=referral_id)
        )

    @needs(Permission.PRINT_DRAFTS)
    def activity_sheet(self, asked: ActivitySheetAsked) -> ActivitySheet:
        """Everything that was done for a person, the oldest first."""
        self.reading.open(Purpose.FILE, [asked.household_id])
        with self.work() as session:
            bar = self._bar(session, asked.household_id)
            found = loading.activities(session, asked.household_id)
            return ActivitySheet(
                imprint=imprint_of(session, self.staff, self.clock),
                case_number=bar[0],
                name=session.get_one(Person, asked.person_id).name,
                caseworker=bar[1],
                lines=act_lines(
                    session, self.staff.office_id, self.clock.today(), found, asked.person_id
                ),
            )

    @needs(Permission.PRINT_DRAFTS)
    def month_sheet(self, asked: ActivitySheetAsked) -> MonthSheet:
        """A person's month: counts by kind and the acts."""
        self.reading.open(Purpose.FILE, [asked.household_id])
        with self.work() as session:
            bar = self._bar(session, asked.household_id)
            found = loading.activities(
                session,
                asked.household_id,
                since=asked.month,
                until=months.last_day(asked.month),
            )
            kinds = activity_kinds(session, self.staff.office_id, self.clock.today())
            own = [act for act in found if act.counts and act.person_id == asked.person_id]
            return MonthSheet(
                imprint=imprint_of(session, self.staff, self.clock),
                case_number=bar[0],
                name=session.get_one(Person, asked.person_id).name,
                caseworker=bar[1],
                month=asked.month,
                counts=kind_counts([(act.kind, act.minutes) for act in own], kinds),
                lines=act_lines(
                    session, self.staff.office_id, self.clock.today(), found, asked.person_id
                ),
                stands_for=papers_replaced(
                    session, self.staff.office_id, asked, self.clock.today()
                ),
            )

    @needs(Permission.PRINT_DRAFTS)
    def programme_report(self, asked: MonthAsked) -> ProgrammeReport:
        """The month of the own duty in counts."""
        with self.work() as session:
            found = months.counts_of(session, self.staff, asked.month)
            kinds = activity_kinds(session, self.staff.office_id, self.clock.today())
            return ProgrammeReport(
                imprint=imprint_of(session, self.staff, self.clock),
                month=asked.month,
                scope=self._scope(),
                persons=found.persons,
                new_persons=found.new_persons,
                acts=len(found.acts),
                minutes=sum(act.minutes for act in found.acts),
                requests=found.requests,
                starts=found.starts,
                raises=found.raises,
                sheltered=found.sheltered,
                ended=found.ended,
                checked=found.checked,
                still_working=found.still_working,
                targets=targets_of(session, self.staff.office_id, asked.month),
                counts=kind_counts([(act.kind, act.minutes) for act in found.acts], kinds),
            )

    @needs(Permission.PRINT_DRAFTS)
    def start_report(self, asked: MonthAsked) -> StartReport:
        """Who of the own duty began to work or earned more in the month."""
        with self.work() as session:
            households = self._begun_in(session, asked.month)
        self.reading.open(Purpose.BATCH, list(households))
        with self.work() as session:
            until = months.last_day(asked.month)
            labels = job_outcomes(session, self.staff.office_id, self.clock.today())
            found = [
                (households[household_id], spell)
                for household_id in households
                for spell in spells(session, [household_id], labels)
                if spell.counts and asked.month <= spell.started_on <= until
            ]
            found.sort(key=lambda each: (each[1].started_on, each[0]))
            return StartReport(
                imprint=imprint_of(session, self.staff, self.clock),
                month=asked.month,
                scope=self._scope(),
                lines=tuple(start_line(case_number, spell) for case_number, spell in found),
            )

    @needs(Permission.PRINT_DRAFTS)
    def schedule(self, asked: MonthAsked) -> Schedule:
        """The next steps and checks of retention of the own duty that fall into the month."""
        with self.work() as session:
            kinds = activity_kinds(session, self.staff.office_id, self.clock.today())
            lines = [
                *self._next_steps(session, asked.month, kinds),
                *self._checks(session, asked.month),
            ]
            lines.sort(key=lambda line: (line.due_on, line.case_number))
            return Schedule(
                imprint=imprint_of(session, self.staff, self.clock),
                month=asked.month,
                scope=self._scope(),
                lines=tuple(lines),
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
        """Note that a paper about a household went to paper or into a file. A retry notes once."""
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            note_households(
                *(session, self.staff, self.clock, batch_id, form, [household_id]),
                mark=mark,
                pages=pages,
                sha256=sha256,
            )

    @needs(Permission.PRINT_DRAFTS)
    def record_report(
        self, batch_id: UUID, asked: MonthAsked, form: str, *, pages: int, sha256: str
    ) -> None:
        """Note that a report of a month went to paper, for every household that it names."""
        with self.work() as session:
            named: Collection[UUID] = ()
            if form == START_REPORT:
                named = self._begun_in(session, asked.month).keys()
            note_households(
                *(session, self.staff, self.clock, batch_id, form, named),
                pages=pages,
                sha256=sha256,
            )

    def _bar(self, session: Session, household_id: UUID) -> tuple[str, str]:
        """Case number and caseworker."""
        today = self.clock.today()
        (bar,) = identities(session, self.staff, [household_id], today, opened=True).values()
        return bar.case_number, bar.caseworker

    def _scope(self) -> str:
        return "福祉事務所の全体" if self.staff.is_office_wide else f"担当：{self.staff.name}"

    def _begun_in(self, session: Session, month: date) -> dict[UUID, str]:
        """Household → case number, where somebody began in the month."""
        s = EmploymentSpellRecord
        rows = session.execute(
            select(Household.id, Household.case_number)
            .join(s, s.household_id == Household.id)
            .where(
                own_households(self.staff),
                s.started_on.between(month, months.last_day(month)),
                ~months.is_mistake(),
            )
        )
        return {household_id: case_number for household_id, case_number in rows}  # noqa: C416 - rows are typed apart

    def _next_steps(
        self, session: Session, month: date, kinds: Mapping[str, ActivityKind]
    ) -> Iterator[ScheduleLine]:
        due = months.due_acts(session, self.staff, month, months.last_day(month))
        for act in due:
            if act.next_due_on is not None:
                yield ScheduleLine(
                    due_on=act.next_due_on,
                    case_number=act.case_number,
                    name=act.person,
                    what=f"次の行動（{act.done_on.month}月{act.done_on.day}日の{label_of(kinds, act.kind)}から）",
                    staff=act.staff,
                )

    def _checks(self, session: Session, month: date) -> Iterator[ScheduleLine]:
        s, c, until = EmploymentSpellRecord, EmploymentCheckRecord, months.last_day(month)
        ended = exists().where(EmploymentEndRecord.spell_id == s.id)
        rows = session.execute(
            select(s, Household.case_number, Person.name, Staff.name)
            .join(Household, Household.id == s.household_id)
            .join(Person, Person.id == s.person_id)
            .join(Staff, Staff.id == s.made_by)
            .where(own_households(self.staff), ~ended)
        ).all()
        answered: dict[UUID, set[int]] = {}
        checks = select(c.spell_id, c.months).where(c.spell_id.in_([row[0].id for row in rows]))
        for spell_id, asked in session.execute(checks):
            answered.setdefault(spell_id, set()).add(asked)
        for spell, case_number, person, staff in rows:
            for count, day in due_checks(spell.started_on, answered.get(spell.id, set()), until):
                if day >= month:
                    what = f"定着の確認（就労開始から{count}か月）"
                    yield ScheduleLine(
                        due_on=day, case_number=case_number, name=person, what=what, staff=staff
                    )


#: The report that names households.
START_REPORT = "S-16"
