"""The import as records staff do it: in PostgreSQL by their own rights, in no other transaction and no other office."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, select, text

from desktop.database.staging import begin_import
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.errors import NotPermittedError
from desktop.domain.ids import new_id
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Role
from desktop.models.households import Household
from desktop.models.office import District, Office
from desktop.models.records import EntryRecord
from desktop.services.ledger_import import LedgerImport
from tests.services.ledger_import.ledgers import (
    TRAINING,
    contents,
    counts,
    empty_office,
    write_ledger,
)
from tests.services.ledger_import.test_records import ROWS, write_records
from tests.support.factories import CLOCK, make_district, make_office, make_staff, signed_in
from tests.support.people import work_of


@pytest.fixture
def work(engine: Engine) -> UnitOfWork:
    return empty_office(engine)


@pytest.fixture
def clerk(work: UnitOfWork) -> SignedInStaff:
    with work() as session:
        office = session.scalars(select(Office)).one()
        return signed_in(session, make_staff(session, Role.RECORDS_STAFF, office=office))


@pytest.fixture
def own(work: UnitOfWork, clerk: SignedInStaff) -> UnitOfWork:
    return work_of(work, clerk, CLOCK)


def test_records_staff_take_a_ledger_in_twice(work, own, clerk, tmp_path: Path):
    service, path = LedgerImport(own, CLOCK, clerk), write_ledger(tmp_path)
    assert service.preview(path, TRAINING).new_households == 4
    assert counts(work)["household"] == 0
    assert service.run(path, TRAINING).applied
    rows = counts(work)
    assert (rows["household"], rows["person"], rows["ledger_import"]) == (4, 5, 1)
    assert rows["household_key"] > 4
    before = contents(work)
    assert service.run(path, TRAINING).changes_nothing
    assert contents(work) == before


def test_old_records_come_in_and_nothing_else_can(work, own, clerk, tmp_path: Path):
    service = LedgerImport(own, CLOCK, clerk)
    service.run(write_ledger(tmp_path), TRAINING)
    assert service.run_records(write_records(tmp_path, *ROWS), TRAINING).applied
    with work() as session:
        assert session.scalars(select(EntryRecord.state)).first() == "approved"


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_outside_an_import_nobody_writes_the_ledger(work, own, clerk):
    with work() as session:
        district = make_district(session, session.scalars(select(Office)).one())
    with pytest.raises(NotPermittedError), own() as session:
        session.execute(insert(Household).values(row(clerk.office_id, district)))


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_an_import_writes_no_other_office(work, own, clerk):
    with work() as session:
        foreign = make_office(session)
        district = make_district(session, foreign)
    with pytest.raises(NotPermittedError), own() as session:
        begin_import(session.connection(), foreign.id, "00")
    with pytest.raises(NotPermittedError), own() as session:  # noqa: PT012 - both in one transaction
        begin_import(session.connection(), clerk.office_id, "00")
        session.execute(insert(Household).values(row(foreign.id, district)))


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_an_import_leaves_its_files_hash_and_counts_in_the_audit_trail(
    work, own, clerk, tmp_path: Path
):
    LedgerImport(own, CLOCK, clerk).run(write_ledger(tmp_path), TRAINING)
    with work() as session:
        found = session.execute(
            text("SELECT action, tbl, detail, staff_id FROM audit.event WHERE login = :login"),
            {"login": clerk.login},
        ).all()
    events = {(event.action, event.tbl): event for event in found}
    assert len(events[("import", "ledger_import")].detail["sha256"]) == 64
    assert events[("bulk insert", "household")].detail["rows"] == 4
    assert {event.staff_id for event in found} == {clerk.staff_id}


def row(office_id, district: District) -> dict[str, object]:
    return {
        "id": new_id(),
        "office_id": office_id,
        "case_number": "9999999",
        "district_id": district.id,
        "state": "receiving",
        "head_name": "架空 太郎",
        "head_kana": "カクウ タロウ",
        "sort_key": "カクウ",
        "member_count": 1,
        "is_shielded": False,
        "version": 1,
    }
