"""The office's tables of programmes and outcomes: what is shipped can be entered, unverified; outcomes keep their codes."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.database.shipped import shipped_rows
from desktop.domain.master_tables import MASTER_TABLES, Master
from desktop.domain.masters import MasterInput
from desktop.domain.participations import CountsFor
from desktop.services.masters.validation import cleaned, key_error, value_errors


@pytest.mark.parametrize("table", [Master.PROGRAMMES, Master.SUPPORT_OUTCOMES])
def test_what_is_shipped_could_be_entered_and_nobody_confirmed_it(table):
    rows = shipped_rows(table)
    assert len({row.key for row in rows}) == len(rows)
    for row in rows:
        value = cleaned(MASTER_TABLES[table], row.value)
        assert value == dict(row.value)
        assert value_errors(MASTER_TABLES[table], value) == {}
        assert not row.confirmed
        assert row.source


def test_work_starts_and_raises_are_counted_by_their_codes():
    counted = {
        row.key
        for row in shipped_rows(Master.SUPPORT_OUTCOMES)
        if row.value["counts_for"] in {CountsFor.JOB, CountsFor.RAISE}
    }
    assert counted == {"O01", "O02", "O03", "O04", "O05"}


def given(key: str, *, is_retired: bool = False) -> MasterInput:
    return MasterInput(
        table=Master.SUPPORT_OUTCOMES,
        key=key,
        valid_from=date(2024, 10, 1),
        value={"label": "就労開始", "counts_for": "job"},
        source="試験",
        confirmed=False,
        is_retired=is_retired,
    )


def test_outcomes_are_reworded_but_none_is_added_and_none_ends():
    assert key_error(given("O01"), kinds=()) == ""
    assert "コードはありません" in key_error(given("O99"), kinds=())
    assert "終わらせられません" in key_error(given("O01", is_retired=True), kinds=())
    programme = MasterInput(
        table=Master.PROGRAMMES,
        key="own_programme",
        valid_from=date(2024, 10, 1),
        value={},
        source="試験",
        confirmed=False,
    )
    assert key_error(programme, kinds=()) == ""
