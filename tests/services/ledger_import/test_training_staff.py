from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from desktop.database.engine import make_engine
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import FixedClock
from desktop.domain.roles import Role
from desktop.models.office import Staff
from desktop.services.office_setup import create_database
from desktop.services.sign_in import SignIn
from tests.services.ledger_import.ledgers import (
    ALL,
    HEAD,
    TRAINING,
    WIFE,
    counts,
    empty_office,
    importer,
    write_ledger,
)
from tests.support.factories import CLOCK

NOW = FixedClock(datetime(2024, 10, 1, tzinfo=UTC))


def test_the_training_office_can_work_on_its_new_ledger(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'empty.sqlite'}"
    create_database(url, NOW, code="900001", name="架空市福祉事務所", login="kiroku")
    engine = make_engine(url)
    work = UnitOfWork(engine)
    path = write_ledger(tmp_path)
    assert importer(work).run(path, TRAINING).applied
    sign_in = SignIn(work, CLOCK)
    assert {a.login for a in sign_in.accounts()} == {"cw-01", "kiroku", "sasatsu"}
    caseworker = sign_in.sign_in("cw-01")
    assert (caseworker.name, caseworker.roles) == ("担当　一郎", frozenset({Role.CASEWORKER}))
    assert len(caseworker.district_ids) == 2
    assert len(sign_in.sign_in("sasatsu").supervised_district_ids) == 2
    before = counts(work)
    moved = {"地区コード": "03", "地区名": "新町", "担当者名": "担当　二郎"}
    importer(work).run(write_ledger(tmp_path, [HEAD | moved, WIFE | moved, *ALL[2:]]), TRAINING)
    assert counts(work)["staff"] == before["staff"] + 1
    engine.dispose()


def test_a_real_office_names_its_own_people(engine, tmp_path: Path):
    work = empty_office(engine)
    importer(work).run(write_ledger(tmp_path), TRAINING)
    with work() as session:
        names = {staff.name for staff in session.query(Staff)}
    assert names == (
        set() if engine.dialect.name == "postgresql" else {"担当　一郎", "研修用　査察指導員"}
    )
