"""One office with a person of every relation to a household and a submission in every state, for tests by cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.orm import Session
from typing_extensions import override

from desktop.database.failures import told_plainly
from desktop.database.moving import as_submission
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.approvals import ApprovalState, StepKind, StepState, Submission
from desktop.domain.ids import new_id
from desktop.domain.office import AssignmentKind, DatabaseKind, SignedInStaff
from desktop.domain.policy_events import Impact
from desktop.domain.records import ContactMethod, EntryState, Place
from desktop.domain.roles import Role
from desktop.models.approvals import Approval, ApprovalStep
from desktop.models.households import Household
from desktop.models.imports import Ticket, TicketHousehold
from desktop.models.office import DatabaseInfo, District, Staff, StaffAbsence, StaffRole
from desktop.models.policy_impacts import PolicyImpact
from desktop.models.records import EntryRecord
from desktop.services.sign_in import SignIn
from tests.support import factories
from tests.support.entry_versions import add_correction
from tests.support.factories import CLOCK, add, days_ago
from tests.support.seeding import seed_at_once

SUPERVISOR, HEAD = Role.SUPERVISOR, Role.SECTION_HEAD
OPEN, DONE, FOR = StepState.OPEN, StepState.APPROVED, StepState.APPROVED_FOR

#: Role and what else makes the person's relation to the household's district.
PEOPLE: Mapping[str, tuple[Role, ...]] = {
    "author": (Role.CASEWORKER,),
    "colleague": (Role.CASEWORKER,),
    "supervisor": (SUPERVISOR,),
    "substitute": (SUPERVISOR,),
    "substitute without the role": (Role.CASEWORKER,),
    "other supervisor": (SUPERVISOR,),
    "former supervisor": (SUPERVISOR,),
    "supervisor whose role ended": (Role.CASEWORKER, SUPERVISOR),
    "supervisor and head": (SUPERVISOR, HEAD),
    "assistant head": (Role.ASSISTANT_HEAD,),
    "section head": (HEAD,),
    "director": (Role.DIRECTOR,),
    "supporter": (Role.EMPLOYMENT_SUPPORTER,),
    "records staff": (Role.RECORDS_STAFF,),
    "administrator": (Role.ADMINISTRATOR,),
    "auditor": (Role.AUDITOR,),
    "stranger": (HEAD,),
}


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A submission: its state, its steps (position, state, kind, who decided), who wrote it, who handed it in."""

    state: ApprovalState
    steps: tuple[tuple[Role, StepState, StepKind, str], ...]
    author: str = "author"
    submitter: str = ""


def _step(
    position: Role, state: StepState = OPEN, by: str = "", kind: StepKind = StepKind.APPROVE
) -> tuple[Role, StepState, StepKind, str]:
    return position, state, kind, by


_WAITING, _APPROVED = ApprovalState.WAITING, ApprovalState.APPROVED
_READS = StepKind.CIRCULATE
_STAMPED = _step(SUPERVISOR, DONE, "supervisor")
_DEPUTISED = _step(SUPERVISOR, FOR, "section head")
SHAPES: Mapping[str, Shape] = {
    "waiting": Shape(state=_WAITING, steps=(_step(SUPERVISOR),)),
    "held": Shape(state=ApprovalState.HELD, steps=(_step(SUPERVISOR),)),
    "waiting, by the supervisor": Shape(
        state=_WAITING, steps=(_step(SUPERVISOR),), author="supervisor"
    ),
    "waiting, corrected by a colleague": Shape(
        state=_WAITING, steps=(_step(SUPERVISOR),), submitter="colleague"
    ),
    "waiting, corrected by the supervisor": Shape(
        state=_WAITING, steps=(_step(SUPERVISOR),), submitter="supervisor"
    ),
    "stamped once": Shape(state=_WAITING, steps=(_STAMPED, _step(HEAD))),
    "held after a stamp": Shape(state=ApprovalState.HELD, steps=(_STAMPED, _step(HEAD))),
    "deputised once": Shape(state=_WAITING, steps=(_DEPUTISED, _step(HEAD))),
    "waiting and passed round": Shape(
        state=_WAITING, steps=(_step(HEAD), _step(SUPERVISOR, kind=_READS))
    ),
    "approved": Shape(state=_APPROVED, steps=(_STAMPED,)),
    "approved for": Shape(state=_APPROVED, steps=(_DEPUTISED,)),
    "approved for by who inspects": Shape(
        state=_APPROVED, steps=(_step(SUPERVISOR, FOR, "supervisor and head"),)
    ),
    "inspected": Shape(
        state=_APPROVED, steps=(_step(SUPERVISOR, StepState.INSPECTED, "section head"),)
    ),
    "approved and passed round": Shape(state=_APPROVED, steps=(_STAMPED, _step(HEAD, kind=_READS))),
    "approved and read": Shape(
        state=_APPROVED, steps=(_STAMPED, _step(HEAD, StepState.READ, "section head", _READS))
    ),
    "returned": Shape(state=ApprovalState.RETURNED, steps=(_step(SUPERVISOR),)),
    "returned after deputising": Shape(
        state=ApprovalState.RETURNED, steps=(_DEPUTISED, _step(HEAD))
    ),
    "withdrawn": Shape(state=ApprovalState.WITHDRAWN, steps=(_step(SUPERVISOR),)),
}

#: Entries to submit: (state, newest version, approved version, who changes it).
ENTRIES: Mapping[str, tuple[EntryState, int, int | None, str]] = {
    "draft": (EntryState.DRAFT, 1, None, ""),
    "returned": (EntryState.RETURNED, 1, None, ""),
    "submitted": (EntryState.SUBMITTED, 1, None, ""),
    "approved": (EntryState.APPROVED, 1, 1, ""),
    "correction by a colleague": (EntryState.DRAFT, 2, 1, "colleague"),
    "correction returned to a colleague": (EntryState.RETURNED, 2, 1, "colleague"),
}

_STATES = {
    ApprovalState.WAITING: EntryState.SUBMITTED,
    ApprovalState.HELD: EntryState.SUBMITTED,
    ApprovalState.APPROVED: EntryState.APPROVED,
    ApprovalState.RETURNED: EntryState.RETURNED,
    ApprovalState.WITHDRAWN: EntryState.DRAFT,
}
_NO_VISIT: Mapping[str, Any] = {
    "kind": "tax_survey",
    "method": ContactMethod.NONE,
    "place": Place.NONE,
    "result_code": "",
    "is_home_visit": False,
}


@dataclass(frozen=True, kw_only=True)
class Cells:
    """The office: people by relation, submissions and entries by state."""

    engine: Engine
    household_id: UUID
    district_id: UUID
    people: Mapping[str, SignedInStaff]
    submissions: Mapping[str, tuple[UUID, Submission]]
    subjects: Mapping[str, UUID]
    hashes: Mapping[str, str]
    entries: Mapping[str, UUID]


class Undone(UnitOfWork):
    """A unit of work that is rolled back at its end, so that each cell finds the office as it was."""

    @override
    @contextmanager
    def __call__(self) -> Iterator[Session]:
        """A session whose work is not kept."""
        with told_plainly(), self._sessions() as session:
            yield session
            session.flush()
            session.rollback()


def make_cells(engine: Engine) -> Cells:
    """Set the office up, by an administrator of the server."""
    work = UnitOfWork(engine)
    with work() as session:
        office = factories.make_office(session)
        other = factories.make_office(session)
        seed_at_once(session, office.id)
        add(session, DatabaseInfo(kind=DatabaseKind.TRAINING, created_at=CLOCK.now()))
        district = factories.make_district(session, office)
        elsewhere = factories.make_district(session, office)
        staff = {
            name: factories.make_staff(
                session, *roles, office=other if name == "stranger" else office
            )
            for name, roles in PEOPLE.items()
        }
        _relate(session, staff, district, elsewhere)
        household = factories.make_household(session, district=district)
        for person in staff.values():
            _open(session, person, household)
        submitted = {
            name: _submit(session, household, staff, shape) for name, shape in SHAPES.items()
        }
        entries = {name: _entry(session, household, staff, name) for name in ENTRIES}
        logins = {name: person.login for name, person in staff.items()}
    sign_in = SignIn(work, CLOCK)
    return Cells(
        engine=engine,
        household_id=household.id,
        district_id=district.id,
        people={name: sign_in.sign_in(login) for name, login in logins.items()},
        submissions={
            name: (a.id, as_submission(a, steps)) for name, (a, steps) in submitted.items()
        },
        subjects={name: a.subject_id for name, (a, _) in submitted.items()},
        hashes={name: a.content_hash for name, (a, _) in submitted.items()},
        entries=entries,
    )


def _relate(
    session: Session, staff: Mapping[str, Staff], district: District, elsewhere: District
) -> None:
    supervises = AssignmentKind.SUPERVISOR
    factories.assign(session, staff["author"], district)
    factories.assign(session, staff["colleague"], district, AssignmentKind.DEPUTY)
    factories.assign(session, staff["supervisor"], district, supervises)
    factories.assign(session, staff["supervisor and head"], district, supervises)
    factories.assign(session, staff["supervisor whose role ended"], district, supervises)
    factories.assign(session, staff["substitute"], elsewhere, supervises)
    factories.assign(session, staff["other supervisor"], elsewhere, supervises)
    factories.assign(session, staff["former supervisor"], district, supervises, until=days_ago(1))
    ended = session.query(StaffRole).filter_by(
        staff_id=staff["supervisor whose role ended"].id, role=SUPERVISOR
    )
    ended.one().valid_to = days_ago(1)
    for name in ("substitute", "substitute without the role"):
        absence = StaffAbsence(
            office_id=staff[name].office_id,
            staff_id=staff["supervisor"].id,
            substitute_id=staff[name].id,
            valid_from=days_ago(3),
        )
        add(session, absence)


def _open(session: Session, person: Staff, household: Household) -> None:
    """A ticket for the household, so that a stamp is judged by everything but the reading."""
    ticket = Ticket(
        id=new_id(),
        office_id=person.office_id,
        staff_id=person.id,
        purpose="queue",
        reason="",
        opened_at=CLOCK.now(),
        valid_until=CLOCK.now() + timedelta(minutes=10),
    )
    add(session, ticket)
    add(
        session,
        TicketHousehold(ticket_id=ticket.id, household_id=household.id, outside_duty=False),
    )


def _submit(
    session: Session, household: Household, staff: Mapping[str, Staff], shape: Shape
) -> tuple[Approval, list[ApprovalStep]]:
    entry = factories.make_entry(session, household, staff[shape.author], **_NO_VISIT)
    first_open = next((p for p, s, k, _ in shape.steps if s is OPEN and k is not _READS), None)
    waits = shape.state in {_WAITING, ApprovalState.HELD}
    approval = add(
        session,
        Approval(
            office_id=entry.office_id,
            household_id=household.id,
            subject_kind="entry",
            subject_id=entry.id,
            round=1,
            root_version=1,
            content_hash=entry.content_hash,
            state=shape.state,
            position=first_open if waits else None,
            author_id=staff[shape.author].id,
            submitted_by=staff[shape.submitter or shape.author].id,
            submitted_at=CLOCK.now(),
            decided_at=None if waits else CLOCK.now(),
            waits_inspection=any(s is FOR for _, s, _, _ in shape.steps),
        ),
    )
    entry.state = _STATES[shape.state]
    if entry.state is EntryState.APPROVED:
        entry.approved_version, entry.approved_at = 1, CLOCK.now()
    steps = [
        add(
            session,
            ApprovalStep(
                approval_id=approval.id,
                number=number,
                office_id=approval.office_id,
                household_id=approval.household_id,
                position=position,
                kind=kind,
                state=state,
                decided_by=staff[by].id if by else None,
                decided_at=CLOCK.now() if by else None,
            ),
        )
        for number, (position, state, kind, by) in enumerate(shape.steps, start=1)
    ]
    return approval, steps


def _entry(session: Session, household: Household, staff: Mapping[str, Staff], name: str) -> UUID:
    state, version, approved, by = ENTRIES[name]
    entry: EntryRecord = factories.make_entry(
        session,
        household,
        staff["author"],
        state=state,
        approved_version=approved,
        approved_at=CLOCK.now() if approved else None,
        changed_by=staff[by].id if by else None,
        **_NO_VISIT,
    )
    if version > 1:
        add_correction(session, entry)
    add(
        session,
        PolicyImpact(
            office_id=entry.office_id,
            entry_id=entry.id,
            version=version,
            household_id=household.id,
            answer=Impact.NONE,
            answered_by=staff[by or "author"].id,
            answered_at=CLOCK.now(),
        ),
    )
    return entry.id
