"""What the training office exports comes back: into itself without a change, into an empty office as the same ledger."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from desktop.database.engine import make_engine
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import FixedClock
from desktop.domain.ledger import training_line
from desktop.services import training
from desktop.services.ledger_import import LedgerImport
from desktop.services.office_setup import create_database
from tests.services.ledger_import.ledgers import TRAINING, counts
from tests.support.factories import CLOCK, TODAY

NEXT_DAY = FixedClock(datetime(2024, 10, 2, tzinfo=UTC))
OFFICE_LINE = training_line("900001")


def exported(url: str, path: Path) -> list[str]:
    training.export_ledger(url, path)
    return path.read_text(encoding="cp932").splitlines()


def test_there_and_back(tmp_path: Path):
    first = f"sqlite:///{tmp_path / 'first.sqlite'}"
    second = f"sqlite:///{tmp_path / 'second.sqlite'}"
    path = tmp_path / "ledger.csv"
    training.create(first, households=60, seed=7, today=TODAY)
    before = exported(first, path)
    create_database(second, CLOCK, code="900001", name="架空市福祉事務所", login="kiroku")
    for url, is_new in ((first, False), (second, True)):
        engine = make_engine(url)
        work = UnitOfWork(engine)
        found = LedgerImport(work, CLOCK).run(path, TRAINING)
        assert found.problems == ()
        assert (found.new_households, found.applied) == ((60, True) if is_new else (0, False))
        stored = counts(work)
        again = LedgerImport(work, NEXT_DAY).run(path, TRAINING)
        assert again.changes_nothing, again.changes
        assert counts(work) == stored
        engine.dispose()
    after = exported(second, tmp_path / "again.csv")
    assert after[0] == OFFICE_LINE
    assert after[1:] == before[1:]
