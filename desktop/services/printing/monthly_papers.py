"""Papers around monthly papers: cards that ask (S-33), forms for a person to fill in (S-18 to S-20, S-23, S-24), and their log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database import declaring, issuing
from desktop.database import monthly_papers as door
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.card_languages import CardWords
from desktop.domain.clock import Clock
from desktop.domain.declarations import DECLARATION_KIND, DeclarationKind, Due
from desktop.domain.errors import ConflictError, NotPermittedError
from desktop.domain.issued_forms import PrintedRun
from desktop.domain.monthly_paper_forms import (
    CAME,
    MONTHLY_FORMS,
    NO_LANGUAGE,
    NOT_YOURS,
    CardWish,
    FormsAsked,
    FormWish,
    PersonForm,
    PersonFormKind,
    ReminderCard,
)
from desktop.domain.monthly_papers import INCOME_COLUMN, MonthlyDue, MonthlyPaper
from desktop.domain.office import SignedInStaff
from desktop.domain.readings import Readings
from desktop.domain.roles import Permission
from desktop.models.declarations import DeclarationReceipt
from desktop.models.households import Household, Member, Person
from desktop.models.monthly_papers import MonthlyPaperReceipt
from desktop.models.records import PrintBatch
from desktop.services.imprints import imprint_of
from desktop.services.masters import lookup
from desktop.services.masters.lookup_monthly import (
    card_languages,
    monthly_number,
    monthly_papers,
)
from desktop.services.monthly_papers.service import office_tables
from desktop.services.office import main_caseworkers
from desktop.services.periods import holds_on
from desktop.services.permission import needs
from desktop.services.printing.batches import note_households
from desktop.services.printing.declarations import addresses_of, names_of


@dataclass(frozen=True, slots=True)
class MonthlyPaperPrinting:
    """Printing for the signed-in person. Cards and forms hold facts: no file is opened."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff

    @needs(Permission.PRINT_DRAFTS)
    def prepare_cards(
        self, wanted: Sequence[Sequence[CardWish]], language: str = ""
    ) -> tuple[ReminderCard, ...]:
        """A card for each group of one person's papers, in the words of a language ("" the usual ones).

        Raises ConflictError where a paper has come meanwhile.
        """
        groups = [group for group in wanted if group]
        with self.work() as session:
            if _any_came(session, [wish.due for group in groups for wish in group]):
                raise ConflictError(CAME)
            households = self._households(session, {g[0].due.household_id for g in groups})
            words = self._words(session, language)
            return tuple(
                replace(card, words=words) for card in self._cards(session, groups, households)
            )

    @needs(Permission.PRINT_DRAFTS)
    def record_cards(self, run: PrintedRun, dues: Sequence[MonthlyDue]) -> None:
        """Note a run of issued cards and, for each paper, that it was asked for. Repeating it changes nothing."""
        now = self.clock.now()
        with self.work() as session:
            if session.get(PrintBatch, run.batch_id) is not None:
                return
            tables = office_tables(session, self.staff.office_id, self.clock.today())
            issuing.note_printed(session, self.staff, run, now)
            for due in dues:
                if due.paper == INCOME_COLUMN:
                    declaring.note_reminder(session, self.staff, run.batch_id, _declared(due), now)
                else:
                    door.note_reminder(session, self.staff, run.batch_id, due, tables, now)

    @needs(Permission.PRINT_DRAFTS)
    def prepare_forms(self, asked: FormsAsked) -> tuple[PersonForm, ...]:
        """The form for each person, or one blank form."""
        with self.work() as session:
            imprint = imprint_of(session, self.staff, self.clock)
            month = asked.month if asked.kind in MONTHLY_FORMS else None
            if not asked.people:
                return (
                    PersonForm(
                        imprint=imprint,
                        case_number="",
                        name="",
                        birth_date=None,
                        address="",
                        caseworker="",
                    ),
                )
            households = self._households(session, {each.household_id for each in asked.people})
            known = _Known.read(session, households, asked.people, self.clock.today())
            return tuple(
                PersonForm(
                    imprint=imprint,
                    household_id=wish.household_id,
                    case_number=households[wish.household_id].case_number,
                    name=known.names.get(wish.person_id, ""),
                    birth_date=known.births.get(wish.person_id),
                    address=known.addresses.get(wish.household_id, ("", ""))[1],
                    caseworker=known.caseworker(households[wish.household_id]),
                    month=month,
                    is_short=wish.is_short,
                    members=known.members[wish.household_id],
                )
                for wish in asked.people
            )

    @needs(Permission.PRINT_DRAFTS)
    def record_forms(
        self,
        batch_id: UUID,
        kind: PersonFormKind,
        household_ids: Collection[UUID],
        *,
        pages: int,
        sha256: str,
    ) -> None:
        """Note that forms went to paper, for each household. A retry notes once."""
        with self.work() as session:
            note_households(
                *(session, self.staff, self.clock, batch_id, kind.value, household_ids),
                pages=pages,
                sha256=sha256,
            )

    def _words(self, session: Session, language: str) -> CardWords | None:
        office_id, today = self.staff.office_id, self.clock.today()
        for known in card_languages(session, office_id, today):
            if known.code == language:
                readings = lookup.readings(session, office_id, today) if known.has_readings else {}
                return CardWords(
                    language=known, readings=Readings(readings) if known.has_readings else None
                )
        if language:
            raise ConflictError(NO_LANGUAGE)
        return None

    def _households(self, session: Session, ids: Collection[UUID]) -> dict[UUID, Household]:
        found = {
            h.id: h
            for h in session.scalars(
                select(Household).where(
                    Household.id.in_(ids), Household.office_id == self.staff.office_id
                )
            )
            if self.staff.has_duty_for(h.id, h.district_id)
        }
        if len(found) < len(set(ids)):
            raise NotPermittedError(NOT_YOURS)
        return found

    def _cards(
        self,
        session: Session,
        groups: Sequence[Sequence[CardWish]],
        households: Mapping[UUID, Household],
    ) -> tuple[ReminderCard, ...]:
        office_id, today = self.staff.office_id, self.clock.today()
        addresses = addresses_of(session, households, today)
        names = names_of(session, {group[0].due.person_id for group in groups})
        main = main_caseworkers(session, today, {h.district_id for h in households.values()})
        contact, phone, hours = lookup.letter_contact(session, office_id, today)
        days = monthly_number(session, office_id, today, "answer_days")
        asked_for = lookup.business_calendar(session, office_id, today).next_open(
            today + timedelta(days=days)
        )
        papers = {each.code: each for each in monthly_papers(session, office_id, today)}
        cards = []
        for group in groups:
            household = households[group[0].due.household_id]
            postal_code, address = addresses.get(household.id, ("", ""))
            is_late = any(wish.due_on < today for wish in group)
            cards.append(
                ReminderCard(
                    imprint=imprint_of(session, self.staff, self.clock),
                    postal_code=postal_code,
                    address=address,
                    name=names.get(group[0].due.person_id, ""),
                    papers=tuple((_label(wish.due, papers), wish.due.month) for wish in group),
                    answer_by=asked_for if is_late else min(wish.due_on for wish in group),
                    is_late=is_late,
                    contact=contact,
                    caseworker=main.get(household.district_id, ("", None))[0],
                    phone=phone,
                    hours=hours,
                    dues=tuple(wish.due for wish in group),
                )
            )
        return tuple(cards)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What is known of the people of some households today."""

    names: Mapping[UUID, str]
    births: Mapping[UUID, date | None]
    addresses: Mapping[UUID, tuple[str, str]]
    members: Mapping[UUID, tuple[str, ...]]
    main: Mapping[UUID, tuple[str, UUID | None]]

    @classmethod
    def read(
        cls,
        session: Session,
        households: Mapping[UUID, Household],
        people: Sequence[FormWish],
        today: date,
    ) -> _Known:
        """Read it in a few statements."""
        rows = session.execute(
            select(Member.household_id, Person.id, Person.name, Person.birth_date)
            .join(Person, Person.id == Member.person_id)
            .where(
                Member.household_id.in_(list(households)),
                holds_on(Member, today),
                Person.died_on.is_(None),
            )
            .order_by(Member.is_head.desc(), Person.birth_date, Person.id)
        ).all()
        members: dict[UUID, list[str]] = defaultdict(list)
        for household_id, _, name, _ in rows:
            members[household_id].append(name)
        belong = {(household_id, person_id) for household_id, person_id, _, _ in rows}
        if any((each.household_id, each.person_id) not in belong for each in people):
            raise NotPermittedError(NOT_YOURS)
        districts = {h.district_id for h in households.values()}
        return cls(
            names={person_id: name for _, person_id, name, _ in rows},
            births={person_id: born for _, person_id, _, born in rows},
            addresses=addresses_of(session, households, today),
            members=defaultdict(tuple, {key: tuple(names) for key, names in members.items()}),
            main=main_caseworkers(session, today, districts),
        )

    def caseworker(self, household: Household) -> str:
        """Who looks after the household's district."""
        return self.main.get(household.district_id, ("", None))[0]


def _label(due: MonthlyDue, papers: Mapping[str, MonthlyPaper]) -> str:
    if due.paper == INCOME_COLUMN:
        return f"{DECLARATION_KIND[DeclarationKind.INCOME]}書"
    return papers[due.paper].label if due.paper in papers else due.paper


def _declared(due: MonthlyDue) -> Due:
    return Due(
        household_id=due.household_id,
        person_id=due.person_id,
        kind=DeclarationKind.INCOME,
        month=due.month,
    )


def _any_came(session: Session, dues: Sequence[MonthlyDue]) -> bool:
    """Whether one of them is linked to a paper by now."""
    households = {due.household_id for due in dues}
    m, d = MonthlyPaperReceipt, DeclarationReceipt
    papers = session.execute(
        select(m.household_id, m.person_id, m.paper, m.month).where(
            m.household_id.in_(households), m.struck_at.is_(None)
        )
    )
    declared = session.execute(
        select(d.household_id, d.person_id, d.month).where(
            d.household_id.in_(households),
            d.kind == DeclarationKind.INCOME,
            d.struck_at.is_(None),
        )
    )
    came = {tuple(row) for row in papers}
    came |= {(household, person, INCOME_COLUMN, month) for household, person, month in declared}
    return any((due.household_id, due.person_id, due.paper, due.month) in came for due in dues)
