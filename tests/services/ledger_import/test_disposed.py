"""A file that was disposed of stays gone, whatever a ledger still knows of it; a case that runs again goes on."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import FixedClock
from desktop.domain.disposal import DISPOSED_NAME, DisposalDecision
from desktop.domain.households import HouseholdState
from desktop.domain.roles import Role
from desktop.models.households import Household, Person
from desktop.models.ledger import HouseholdStatePeriod
from desktop.models.office import Office
from desktop.models.records import EntryRecord
from desktop.services.disposal import DisposalService
from desktop.services.ledger_import import LedgerImport
from tests.services.ledger_import.ledgers import (
    ALL,
    CLOSED,
    TRAINING,
    contents,
    empty_office,
    write_ledger,
)
from tests.services.ledger_import.test_records import ROWS, write_records
from tests.support.disposal import confirm_years
from tests.support.factories import CLOCK, make_staff, signed_in
from tests.support.people import work_of
from tests.support.seeding import seed_at_once

#: The closed case of the small ledger (1 March 2024) is kept until 31 March 2029.
LATER = FixedClock(datetime(2030, 4, 1, tzinfo=UTC))


@pytest.fixture
def work(engine: Engine) -> UnitOfWork:
    return empty_office(engine)


@pytest.fixture
def importing(work: UnitOfWork, tmp_path: Path) -> LedgerImport:
    """Records staff in 2030, after the closed case of the ledger was disposed of."""
    with work() as session:
        office = session.scalars(select(Office)).one()
        seed_at_once(session, office.id)
        confirm_years(session, office.id)
        clerk, checker, head = (
            signed_in(session, make_staff(session, role, office=office))
            for role in (Role.RECORDS_STAFF, Role.SUPERVISOR, Role.SECTION_HEAD)
        )
    LedgerImport(work_of(work, clerk, CLOCK), CLOCK, clerk).run(write_ledger(tmp_path), TRAINING)

    def disposal(staff) -> DisposalService:
        return DisposalService(work_of(work, staff, LATER), LATER, staff)

    (gone,) = (c for c in disposal(clerk).candidates() if not c.refusal)
    list_id = disposal(clerk).draw_up((gone.case.household_id,))
    content_hash = disposal(clerk).lists()[0].content_hash
    for staff in (checker, head):
        disposal(staff).decide(list_id, content_hash, DisposalDecision.APPROVED)
    assert disposal(clerk).carry_out(list_id, content_hash) == 1
    return LedgerImport(work_of(work, clerk, LATER), LATER, clerk)


def household(work):
    with work() as session:
        return session.scalars(select(Household).where(Household.case_number == "00004")).one()


def test_a_ledger_that_still_knows_it_as_closed_brings_nothing_back(work, importing, tmp_path):
    before = contents(work)
    found = importing.run(write_ledger(tmp_path), TRAINING)
    assert [n.sentence[:10] for n in found.notices if "廃棄済み" in n.sentence] == [
        "廃棄済みのケースです"
    ]
    with work() as session:
        assert session.scalars(select(Person).where(Person.person_number == "4001")).all() == []
    assert household(work).head_name == DISPOSED_NAME
    assert before["household"] == contents(work)["household"]


def test_a_case_that_runs_again_goes_on_under_its_number(work, importing, tmp_path):
    again = CLOSED | {"保護状態": "受給中", "保護廃止日": "", "保護開始日": "R120301"}
    rows = [again if row is CLOSED else row for row in ALL]
    assert importing.run(write_ledger(tmp_path, rows), TRAINING).applied
    found = household(work)
    assert (found.state, found.head_name) == (HouseholdState.RECEIVING, "廃止　四郎")
    with work() as session:
        states = select(HouseholdStatePeriod.state).where(
            HouseholdStatePeriod.household_id == found.id
        )
        assert session.scalars(states).all() == [HouseholdState.RECEIVING]


def test_old_records_of_it_stay_out(work, importing, tmp_path):
    rows = [f"00004{row[5:]}" for row in ROWS]
    assert importing.run_records(write_records(tmp_path, *rows), TRAINING).new == 0
    with work() as session:
        assert session.scalars(select(EntryRecord.id)).all() == []
