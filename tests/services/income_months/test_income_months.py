"""Earned income by month on both databases: first rows, corrections, taking back, who notes it without opening the file."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.income_months import Earned, IncomeSource
from desktop.models.households import Household
from desktop.services.income_months.loading import earned_in, earned_since
from tests.support.desk import small_office
from tests.support.income_months import SEPTEMBER, an_income

AUGUST, OCTOBER = date(2024, 8, 1), date(2024, 10, 1)
ZERO = Earned(gross=0)


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def caseworker(office):
    return office.desk(office.caseworker)


def rows(office, desk):
    return desk.income_months.of_household(office.household_id).months


def counting(office):
    with office.work() as session:
        where = Household.id == office.household_id
        in_month = earned_in(session, where, SEPTEMBER)
        since = earned_since(session, where, AUGUST)
        return in_month.get((office.household_id, office.person_id)), since.get(
            office.person_id, {}
        )


def test_a_month_is_kept_once_and_zero_is_an_income(office, caseworker):
    given = an_income(office)
    caseworker.income_months.add(given)
    caseworker.income_months.add(given)
    caseworker.income_months.add(an_income(office, month=AUGUST, earned=ZERO))
    september, august = rows(office, caseworker)
    assert (september.month, september.earned, september.person) == (
        SEPTEMBER,
        given.earned,
        "架空 花子",
    )
    assert august.earned == ZERO
    assert counting(office) == (given.earned, {SEPTEMBER: given.earned, AUGUST: ZERO})
    with pytest.raises(ValidationError) as refused:
        caseworker.income_months.add(an_income(office))
    assert set(refused.value.fields) == {"month"}


def test_a_correction_and_a_taking_back_stand_for_the_row_they_name(office, caseworker):
    given = an_income(office)
    caseworker.income_months.add(given)
    better = an_income(
        office,
        earned=Earned(gross=92_000),
        read_from=IncomeSource.DECLARATION,
        replaces_id=given.income_id,
        reason="明細の読み違い",
    )
    caseworker.income_months.add(better)
    newest, oldest = rows(office, caseworker)
    assert (newest.reason, newest.is_correction, newest.is_old) == ("明細の読み違い", True, False)
    assert (oldest.reason, oldest.is_correction, oldest.is_old) == ("", False, True)
    assert counting(office)[0] == Earned(gross=92_000)
    with pytest.raises(ConflictError):
        caseworker.income_months.add(
            an_income(office, replaces_id=given.income_id, reason="もう一度")
        )
    back = an_income(office, earned=None, replaces_id=better.income_id, reason="別の人の明細")
    caseworker.income_months.add(back)
    assert counting(office) == (None, {})
    with pytest.raises(ConflictError):
        caseworker.income_months.add(
            an_income(office, earned=None, replaces_id=back.income_id, reason="もう一度")
        )
    caseworker.income_months.add(
        an_income(office, earned=ZERO, replaces_id=back.income_id, reason="収入なしの申告")
    )
    assert counting(office) == (ZERO, {SEPTEMBER: ZERO})


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"month": date(2024, 11, 1)}, "month"),
        ({"month": date(2024, 9, 2)}, "month"),
        ({"earned": None}, "gross"),
        ({"earned": Earned(gross=-1)}, "gross"),
        ({"earned": Earned(gross=10_000_001)}, "gross"),
        ({"earned": Earned(gross=5, recognised=6)}, "recognised"),
        ({"earned": Earned(gross=5, recognised=-1)}, "recognised"),
        ({"person_id": new_id()}, "person_id"),
        ({"replaces_id": new_id(), "reason": "　"}, "reason"),
    ],
    ids=range(9),
)
def test_what_is_refused_names_its_field(office, caseworker, changes, field):
    with pytest.raises(ValidationError) as refused:
        caseworker.income_months.add(an_income(office, **changes))
    assert set(refused.value.fields) == {field}


def test_another_month_or_person_is_not_put_right(office, caseworker):
    given = an_income(office)
    caseworker.income_months.add(given)
    with pytest.raises(NotPermittedError):
        caseworker.income_months.add(
            an_income(office, month=AUGUST, replaces_id=given.income_id, reason="月の誤り")
        )


def test_at_the_grid_a_month_is_noted_without_opening_the_file(office, caseworker):
    caseworker.income_months.note(an_income(office))
    assert counting(office)[0] == an_income(office).earned
    with pytest.raises(ValidationError):
        caseworker.income_months.note(an_income(office))
    (row,) = rows(office, caseworker)
    with pytest.raises(NotPermittedError):
        caseworker.income_months.note(an_income(office, replaces_id=row.income_id, reason="直す"))
    for nobody in (office.records, office.outsider):
        with pytest.raises(NotPermittedError):
            office.desk(nobody).income_months.note(an_income(office, month=AUGUST))
    assert len(rows(office, caseworker)) == 1
