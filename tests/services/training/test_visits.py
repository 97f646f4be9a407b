"""The training office can be planned in: weeks, duty, points of its towns, preferences."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta

from sqlalchemy import select

from desktop.database.engine import make_engine
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.office import AssignmentKind
from desktop.domain.places import PlaceLevel
from desktop.models.households import Household
from desktop.models.office import Assignment, Office, StaffAbsence
from desktop.models.records import Contact
from desktop.services.masters import lookup_visits
from desktop.services.places.loading import places_of
from desktop.services.visit_preferences.loading import preferences
from desktop.services.working_time.loading import working_times
from tests.services.training.conftest import TODAY, make


def test_caseworkers_have_half_days_and_households_a_place(tmp_path):
    url = f"sqlite:///{tmp_path / 'office.sqlite'}"
    make(url)
    engine = make_engine(url)
    with UnitOfWork(engine)() as session:
        office_id = session.scalars(select(Office.id)).one()
        staff = session.scalars(
            select(Assignment.staff_id).where(
                Assignment.kind == AssignmentKind.MAIN, Assignment.valid_to.is_(None)
            )
        ).all()
        times = working_times(
            session, office_id, set(staff), TODAY, TODAY + timedelta(days=60), TODAY
        )
        assert times
        away = set(session.scalars(select(StaffAbsence.staff_id)))
        for staff_id, time in times.items():
            assert not time.is_standard
            assert (len(time.slots) > 20) is (staff_id not in away)
        causes = {c.code for t in times.values() for s in t.removed for c in s.causes}
        assert {"duty", "leave", "payment", "closing"} <= causes
        households = session.scalars(select(Household.id)).all()
        levels = Counter(
            place.level for place in places_of(session, office_id, households, TODAY).values()
        )
        assert levels[PlaceLevel.CHOME] + levels[PlaceLevel.TOWN] > levels[PlaceLevel.UNKNOWN]
        assert preferences(session, households)
        assert lookup_visits.vehicles(session, office_id, TODAY)
    engine.dispose()


def test_signs_of_danger_were_seen_once_and_the_answer_key_names_where(office):
    with UnitOfWork(office.engine)() as session:
        seen = session.execute(
            select(Household.case_number, Contact.happened_on, Contact.result_code)
            .join(Contact, Contact.household_id == Household.id)
            .where(Contact.has_danger_signs)
        ).all()
    told = json.loads(office.planted.read_text(encoding="utf-8"))["shown"]
    ((number, day, result),) = seen
    assert result == "21"
    dangers = [line for line in told if line["what"] == "danger_signs"]
    assert [(line["case_number"], line["since"]) for line in dangers] == [(number, day.isoformat())]
