"""Policies that were approved a year ago, for tests of the review."""

from __future__ import annotations

from uuid import UUID

from desktop.domain.approvals import ApprovalState, Decision, Move, Shown
from desktop.domain.support_policies import PolicyInput
from desktop.models.households import Household
from desktop.models.office import District, Office
from tests.support import factories
from tests.support.desk import Desk, SmallOffice, later

#: A week before the review of a policy approved on the day of the tests is due.
A_YEAR_LATER = later(factories.CLOCK, days=358)


def approved(office: SmallOffice, given: PolicyInput, *, days: float = 0) -> UUID:
    """Store, submit and approve a policy as the office does, so many days after the day of the tests."""
    clock = later(factories.CLOCK, days=days)
    writer = office.desk(office.caseworker, clock)
    saved = writer.policies.save(given)
    writer.policies.submit(saved.policy_id, saved.version)
    for person in (office.supervisor, office.head):  # a first policy goes on to the head of section
        if decided(office.desk(person, clock), saved.policy_id) is ApprovalState.APPROVED:
            return saved.policy_id
    raise AssertionError("the policy was not approved")


def decided(
    person: Desk, policy_id: UUID, move: Move = Move.APPROVE, text: str = ""
) -> ApprovalState:
    """Let a person read and decide a waiting policy."""
    row = next(row for row in person.approvals.queue() if row.subject_id == policy_id)
    person.approvals.card(row.approval_id)
    return person.approvals.decide(
        Decision(
            approval_id=row.approval_id,
            move=move,
            root_version=row.root_version,
            content_hash=row.content_hash,
            shown=Shown.READ,
            text=text,
        )
    )


def more_households(office: SmallOffice, count: int) -> list[UUID]:
    """Further households of the caseworker's district."""
    with office.work() as session:
        household = session.get_one(Household, office.household_id)
        owner = session.get_one(Office, household.office_id)
        district = session.get_one(District, household.district_id)
        made = []
        for number in range(count):
            head = factories.make_person(session, owner, name=f"試験 {number}郎", kana="シケン")
            made.append(factories.make_household(session, district=district, head=head).id)
        return made
