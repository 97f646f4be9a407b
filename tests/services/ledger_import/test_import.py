from __future__ import annotations

from pathlib import Path

import pytest

from tests.services.ledger_import.ledgers import (
    TRAINING,
    contents,
    counts,
    empty_office,
    importer,
    write_ledger,
)


@pytest.fixture
def work(engine):
    return empty_office(engine)


def test_a_first_import_brings_everything(work, tmp_path: Path):
    found = importer(work).run(write_ledger(tmp_path), TRAINING)
    assert found.problems == ()
    assert found.applied
    assert (found.rows, found.households, found.new_rows) == (5, 4, 5)
    rows = counts(work)
    assert rows["household"] == 4
    assert rows["person"] == rows["member"] == 5
    assert rows["district"] == 2


def test_the_same_file_twice_changes_nothing(work, tmp_path: Path):
    path = write_ledger(tmp_path)
    importer(work).run(path, TRAINING)
    before = contents(work)
    found = importer(work).run(path, TRAINING)
    assert found.changes_nothing
    assert not found.applied
    assert contents(work) == before


def test_a_preview_stores_nothing(work, tmp_path: Path):
    before = contents(work)
    found = importer(work).preview(write_ledger(tmp_path), TRAINING)
    assert found.new_households == 4
    assert not found.applied
    assert contents(work) == before
