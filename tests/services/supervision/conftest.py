"""An office with one district, its caseworker and supervisor, and a radar for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy.orm import Session

from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.approvals import ApprovalState
from desktop.domain.roles import Role
from desktop.domain.supervision import Finding
from desktop.models.households import Household
from desktop.models.office import District, Office, Staff
from desktop.models.records import EntryRecord
from desktop.services.supervision import SupervisionService
from tests.support.factories import (
    CLOCK,
    make_approval,
    make_district,
    make_entry,
    make_household,
    make_office,
    make_staff,
    signed_in,
)
from tests.support.people import work_of
from tests.support.radar import found_by
from tests.support.seeding import seed_at_once


@dataclass(frozen=True, kw_only=True)
class Watched:
    """The office under the radar. Rows may be added to `session`; looking commits them."""

    work: UnitOfWork
    session: Session
    office: Office
    district: District
    caseworker: Staff
    supervisor: Staff

    def household(self, **changes: Any) -> Household:
        """A household of the district."""
        return make_household(self.session, **{"district": self.district, **changes})

    def approved(self, household: Household, **changes: Any) -> EntryRecord:
        """An approved entry of the caseworker."""
        author = changes.pop("author", self.caseworker)
        entry = make_entry(self.session, household, author, **changes)
        make_approval(
            self.session,
            entry,
            state=ApprovalState.APPROVED,
            decided_by=self.supervisor,
            submitted_at=entry.recorded_at,
        )
        return entry

    def seen_by(self, staff: Staff) -> tuple[Finding, ...]:
        """Everything this person's radar finds."""
        person = signed_in(self.session, staff)
        self.session.commit()
        return SupervisionService(work_of(self.work, person, CLOCK), CLOCK, person).findings()

    def found(self, rule: str, by: Staff | None = None) -> list[Finding]:
        """What one rule finds, by case number."""
        person = signed_in(self.session, by or self.supervisor)
        self.session.commit()
        found = found_by([rule], work_of(self.work, person, CLOCK), CLOCK, person)
        return sorted(found, key=lambda f: f.case_number)


@pytest.fixture
def watched(engine) -> Iterator[Watched]:
    with Session(engine, expire_on_commit=False) as session:
        office = make_office(session)
        seed_at_once(session, office.id)
        district = make_district(session, office)
        yield Watched(
            work=UnitOfWork(engine),
            session=session,
            office=office,
            district=district,
            caseworker=make_staff(session, office=office, district=district),
            supervisor=make_staff(session, Role.SUPERVISOR, office=office, supervises=district),
        )
