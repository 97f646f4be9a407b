"""The database's guard and the screens ask for the same number of visits, whatever changed in the year and however it counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product

import pytest
from sqlalchemy.orm import Session

from desktop.domain.visit_floors import Changes, PartYear
from desktop.services.visit_plans.floors import demands
from tests.database.security.place import Place
from tests.support.factories import CLOCK
from tests.support.visit_plans import district_of

FIRST, LAST = date(2024, 4, 1), date(2025, 3, 31)
STAY = (
    "INSERT INTO residence_period (id, office_id, person_id, kind, place, valid_from, valid_to)"
    " SELECT gen_random_uuid(), p.office_id, p.id, %s, '', %s, %s FROM person p JOIN member m ON m.person_id = p.id"
    " WHERE m.household_id = %s"
)
PERIODS = "DELETE FROM household_state_period WHERE household_id = %s"
PERIOD = (
    "INSERT INTO household_state_period (id, office_id, household_id, state, valid_from, valid_to)"
    " SELECT gen_random_uuid(), h.office_id, h.id, %s, %s, %s FROM household h WHERE h.id = %s"
)
RULE = (
    "UPDATE master SET value = jsonb_build_object('part_year', %s::text, 'changes', %s::text,"
    " 'pauses_in_hospital', %s::boolean) WHERE table_name = 'visit_counting'"
)
STORIES: dict[
    str, tuple[tuple[tuple[str, date, date | None], ...], tuple[tuple[str, date, date | None], ...]]
] = {
    "at home": ((), (("receiving", date(2020, 4, 1), None),)),
    "into hospital and back": (
        (("hospital", date(2024, 5, 10), date(2024, 9, 30)),),
        (("receiving", date(2020, 4, 1), None),),
    ),
    "from hospital into a facility": (
        (("hospital", date(2023, 5, 10), date(2024, 12, 31)), ("facility", date(2025, 1, 1), None)),
        (("receiving", date(2020, 4, 1), None),),
    ),
    "began in the year, in hospital from a day to come": (
        (("hospital", date(2024, 11, 1), None),),
        (("receiving", date(2024, 6, 15), None),),
    ),
    "suspended for a while": (
        (("hospital", date(2024, 7, 1), date(2024, 7, 31)),),
        (
            ("receiving", date(2020, 4, 1), date(2024, 6, 10)),
            ("suspended", date(2024, 6, 11), date(2024, 8, 20)),
            ("receiving", date(2024, 8, 21), None),
        ),
    ),
    "closed and begun anew": (
        (("facility", date(2024, 4, 1), date(2024, 9, 9)),),
        (
            ("receiving", date(2020, 4, 1), date(2024, 5, 31)),
            ("closed", date(2024, 6, 1), date(2024, 9, 14)),
            ("receiving", date(2024, 9, 15), None),
        ),
    ),
}


@pytest.fixture
def one(place: Place) -> Iterator[Place]:
    """The office, whose household tells a story of its own."""
    kept = place.truth(
        "SELECT state, valid_from, valid_to FROM household_state_period WHERE household_id = %s",
        (place.office.household_id,),
    )
    (rule,) = place.truth("SELECT value::text FROM master WHERE table_name = 'visit_counting'")
    yield place
    _tell(place, (), tuple(kept))
    place.truth("UPDATE master SET value = %s::jsonb WHERE table_name = 'visit_counting'", rule)


def _tell(place: Place, stays, periods) -> None:
    household_id = place.office.household_id
    place.truth("DELETE FROM residence_period")
    place.truth(PERIODS, (household_id,))
    for stay in stays:
        place.truth(STAY, (*stay, household_id))
    for period in periods:
        place.truth(PERIOD, (*period, household_id))


@pytest.mark.parametrize("story", STORIES)
def test_the_guard_counts_as_the_screens_do(one: Place, story: str):
    _tell(one, *STORIES[story])
    household_id, office_id = one.office.household_id, one.office.caseworker.office_id
    asked = set()
    for part, changes, pauses in product(PartYear, Changes, (False, True)):
        one.truth(RULE, (part.value, changes.value, pauses))
        with Session(one.engine) as session:
            found = demands(session, office_id, district_of(one.office), FIRST, CLOCK.today())
        required = found[household_id].required
        (guard,) = one.truth(
            "SELECT app.required_visits(%s, %s, %s, %s) FROM set_config('test.now', %s, true)",
            (office_id, household_id, FIRST, LAST, CLOCK.now().isoformat()),
        )
        assert guard == (required,), (part, changes, pauses)
        asked.add(required)
    assert len(asked) > 1 or story == "at home"
