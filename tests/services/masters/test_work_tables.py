"""The office's tables about work: what cannot be taken, and that a value counts from its day, once two people said so."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from desktop.domain.master_tables import Master
from desktop.domain.masters import MasterInput
from desktop.domain.work_estimates_income import EarnedIncome, earned_income
from desktop.models.office import Office
from desktop.services.masters.lookup_employment import work_tables
from tests.services.masters.test_service import TOMORROW, people, refused
from tests.support.factories import TODAY

__all__ = ["people"]

_BAND = {"is_whole": False, "deduction": 15_000, "step": 0, "step_deduction": 0, "note": ""}
_PARAMETER = {"label": "就職支度費の上限", "number": 33_000, "word": "", "unit": "円", "note": ""}


def given(table: Master, key: str, value: dict[str, object], **changes) -> MasterInput:
    plain: dict[str, Any] = {"valid_from": TOMORROW, "source": "架空の告示第1号", "confirmed": True}
    return MasterInput(table=table.value, key=key, value=value, **plain | changes)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (given(Master.WORK_PARAMETERS, "shitaku.most", _PARAMETER), "key"),
        (given(Master.WORK_PARAMETERS, "shitaku.max", _PARAMETER | {"number": -1}), "number"),
        (given(Master.WORK_PARAMETERS, "jiritsu.floor_mode", _PARAMETER | {"word": "x"}), "word"),
        (given(Master.WORK_PARAMETERS, "shitaku.max", _PARAMETER, source=""), "source"),
        (given(Master.WORK_DEDUCTIONS, "3.0", _BAND), "key"),
        (given(Master.WORK_DEDUCTIONS, "1.a", _BAND), "key"),
        (given(Master.WORK_DEDUCTIONS, "2.0", _BAND | {"deduction": ""}), "deduction"),
        (given(Master.WORK_GRANT_RATES, "0", {"percent": 10}), "key"),
        (given(Master.WORK_GRANT_RATES, "1", {"percent": 101}), "percent"),
    ],
    ids=range(9),
)
def test_what_cannot_be_taken_is_named_by_field(people, asked, field):
    assert field in refused(people["admin"], asked)


def test_a_value_counts_from_its_day_once_a_second_person_approved_it(engine, people):
    people["admin"].propose(given(Master.WORK_PARAMETERS, "shitaku.max", _PARAMETER))
    with Session(engine) as session:
        office_id = session.query(Office.id).scalar()
        assert work_tables(session, office_id, TOMORROW).parameters["shitaku.max"].number is None
    waiting = [r for r in people["head"].rows("work_parameters") if r.approved_at is None]
    people["head"].approve(waiting[0].row_id)
    with Session(engine) as session:
        assert work_tables(session, office_id, TODAY).parameters["shitaku.max"].number is None
        entered = work_tables(session, office_id, TOMORROW).parameters["shitaku.max"]
    assert (entered.number, entered.source, entered.valid_from) == (
        33_000,
        "架空の告示第1号",
        TOMORROW,
    )


def test_the_second_table_answers_once_it_was_entered(engine, people):
    for key, whole in (("2.0", True), ("2.15000", False)):
        people["admin"].propose(given(Master.WORK_DEDUCTIONS, key, _BAND | {"is_whole": whole}))
    for row in people["head"].rows("work_deductions"):
        if row.approved_at is None:
            people["head"].approve(row.row_id)
    with Session(engine) as session:
        office_id = session.query(Office.id).scalar()
        tables = work_tables(session, office_id, TOMORROW)
    later = earned_income(EarnedIncome(on=TOMORROW, gross=35_000, is_first=False), tables)
    assert later.amount == 15_000
    assert not later.is_unconfirmed
