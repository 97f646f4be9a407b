"""Handovers at psql: who may, in whose name, for which district, whose side, and that rows are the functions' alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.domain.ids import new_id
from desktop.domain.records import EntryState
from desktop.models.households import Household
from desktop.models.office import Staff
from tests.database.security.place import DENIED, refused
from tests.support import factories
from tests.support.factories import TODAY
from tests.support.handovers import a_plan, a_team, with_own_district

_HAND = "SELECT app.hand_over_district(%(id)s, %(batch)s, %(district)s, %(to)s, %(day)s, %(shown)s)"
_UNDO = "SELECT app.undo_handover(%(id)s)"
_CONFIRM = "SELECT app.confirm_handover(%(id)s, ARRAY[%(household)s]::uuid[], %(side)s)"
_FAULTS = "SELECT app.take_handover_faults(%(id)s, ARRAY[%(household)s]::uuid[], ARRAY[%(rule)s])"
_TICK = "SELECT app.tick_handover_fault(%(fault)s)"
_ADD = (
    "INSERT INTO handover_household (handover_id, household_id, office_id)"
    " SELECT id, %(household)s, office_id FROM handover WHERE id = %(id)s"
)
MONTH = timedelta(days=30)


@pytest.fixture
def team(place):
    """The tests share one office, so each hands over a district of its own."""
    return with_own_district(a_team(place.office))


def asked(team, **changes):
    return {
        "id": new_id(),
        "batch": new_id(),
        "district": team.district_id,
        "to": team.second.staff_id,
        "day": TODAY,
        "shown": team.office.caseworker.staff_id,
        "household": team.office.household_id,
        "side": "taken",
        "rule": "V01",
        **changes,
    }


def made(place, team, day=TODAY):
    plan = a_plan(team, day)
    place.office.desk(team.office.supervisor).handovers.hand_over(plan)
    return plan.moves[0].handover_id


def test_who_does_not_lead_the_district_hands_it_to_nobody(place, team):
    for staff in (team.office.caseworker, team.office.outsider, team.office.records, team.second):
        assert refused(place.connect(staff), _HAND, asked(team)) in DENIED


def test_a_leader_gives_no_district_to_oneself_to_others_or_of_others(place, team):
    connection = place.connect(team.office.supervisor)
    own = team.office.supervisor.staff_id
    assert refused(connection, _HAND, asked(team, to=own)) in DENIED
    assert refused(connection, _HAND, asked(team, district=place.foreign_district_id)) in DENIED
    for to in (team.office.records.staff_id, place.stranger.staff_id, new_id()):
        assert refused(connection, _HAND, asked(team, to=to)) == "BS422"
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=367)):
        assert refused(connection, _HAND, asked(team, day=day)) == "BS422"
    assert refused(connection, _HAND, asked(team, shown=None)) == "BS409"
    outside = place.truth(
        "SELECT d.id FROM district d JOIN assignment a ON a.district_id = d.id WHERE a.staff_id = %s",
        (team.office.outsider.staff_id,),
    )[0][0]
    assert refused(connection, _HAND, asked(team, district=outside)) in DENIED


def test_the_second_of_two_sees_the_first(place, team):
    made(place, team)
    head = place.connect(team.office.head)
    assert refused(head, _HAND, asked(team, day=TODAY + MONTH)) == "BS409"


def test_nobody_writes_the_rows_or_the_assignment(place, team):
    handover_id = made(place, team)
    connection = place.connect(team.office.supervisor)
    for statement in (
        "UPDATE handover SET to_id = from_id WHERE id = %(id)s",
        "DELETE FROM handover WHERE id = %(id)s",
        "UPDATE handover_household SET taken_at = now(), taken_by = app.me() WHERE handover_id = %(id)s",
        "DELETE FROM handover_household WHERE handover_id = %(id)s",
        "UPDATE handover_fault SET ticked_at = now(), ticked_by = app.me() WHERE handover_id = %(id)s",
        "DELETE FROM handover_followed WHERE handover_id = %(id)s",
        "UPDATE assignment SET staff_id = %(to)s WHERE district_id = %(district)s",
        _ADD,
    ):
        assert refused(connection, statement, asked(team, id=handover_id)) in DENIED
    assert refused(connection, "SELECT app.follow_handover(h) FROM handover h") in DENIED


def test_only_who_leads_takes_back_and_not_to_oneself_nor_after_an_act(place, team):
    handover_id = made(place, team)
    given = asked(team, id=handover_id)
    for staff in (team.office.caseworker, team.second, team.office.outsider):
        assert refused(place.connect(staff), _UNDO, given) in DENIED
    place.connect(team.second).execute(_CONFIRM, given)
    assert refused(place.connect(team.office.head), _UNDO, given) == "BS409"


def test_each_confirms_on_the_own_side_alone_and_not_before_the_day(place, team):
    early = asked(team, id=made(place, team, TODAY + MONTH))
    second, first = place.connect(team.second), place.connect(team.office.caseworker)
    assert refused(second, _CONFIRM, early) == "BS409"
    assert refused(second, _CONFIRM, {**early, "side": "given"}) in DENIED
    assert refused(first, _CONFIRM, early) in DENIED
    assert refused(first, _CONFIRM, {**early, "side": "both"}) in DENIED
    supervisor = place.connect(team.office.supervisor)
    assert refused(supervisor, _CONFIRM, {**early, "side": "given"}) in DENIED
    assert first.execute(_CONFIRM, {**early, "side": "given"}).fetchone() == (1,)
    assert first.execute(_CONFIRM, {**early, "side": "given"}).fetchone() == (0,)
    assert first.execute(
        _CONFIRM, {**early, "side": "given", "household": place.far_id}
    ).fetchone() == (0,)


def test_faults_are_taken_once_by_who_leads_and_of_its_households_alone(place, team):
    given = asked(team, id=made(place, team))
    assert refused(place.connect(team.second), _FAULTS, given) in DENIED
    supervisor = place.connect(team.office.supervisor)
    outside = {**given, "household": place.far_id}
    assert supervisor.execute(_FAULTS, outside).fetchone() == (0,)
    assert refused(supervisor, _FAULTS, given) == "BS409"


def test_a_fault_is_ticked_by_the_new_one_or_who_leads(place, team):
    given = asked(team, id=made(place, team))
    supervisor = place.connect(team.office.supervisor)
    assert supervisor.execute(_FAULTS, given).fetchone() == (1,)
    given["fault"] = place.truth("SELECT id FROM handover_fault")[0][0]
    for staff in (team.office.caseworker, team.office.outsider):
        assert refused(place.connect(staff), _TICK, given) in DENIED
    second = place.connect(team.second)
    assert second.execute(_TICK, given).fetchone() == (1,)
    assert second.execute(_TICK, given).fetchone() == (0,)


def test_rules_are_codes_and_no_words(place, team):
    given = asked(team, id=made(place, team), rule="架空 花子さんのこと")
    assert place.connect(team.office.supervisor).execute(_FAULTS, given).fetchone() == (0,)


def test_both_sides_see_its_households_and_others_do_not(place, team):
    handover_id = made(place, team, TODAY + MONTH)
    count = "SELECT count(*) FROM handover_household WHERE handover_id = %s"
    for staff, seen in ((team.office.caseworker, 1), (team.second, 1), (team.office.outsider, 0)):
        assert place.connect(staff).execute(count, (handover_id,)).fetchone() == (seen,)


def test_every_change_is_told_with_who_did_it(place, team):
    made(place, team)
    told = place.truth(
        "SELECT tbl, count(*) FROM audit.event WHERE tbl IN"
        " ('assignment', 'handover', 'handover_household') AND staff_id = %s GROUP BY 1 ORDER BY 1",
        (team.office.supervisor.staff_id,),
    )
    assert [name for name, _ in told] == ["assignment", "handover", "handover_household"]


def test_of_two_at_once_the_second_waits_and_sees_the_first(place, team):
    first, second = place.connect(team.office.supervisor), place.connect(team.office.head)
    second.execute("SET lock_timeout = '200ms'")
    with first.transaction():
        assert first.execute(_HAND, asked(team)).fetchone() == (1,)
        assert refused(second, _HAND, asked(team)) == "55P03"  # it waits for the district
    assert refused(second, _HAND, asked(team)) == "BS409"


def test_the_former_one_sees_what_came_back_as_a_fact_and_nothing_else_of_the_file(place, team):
    household_id = team.office.household_id
    with team.office.work() as session:
        household = session.get_one(Household, household_id)
        author = session.get_one(Staff, team.office.caseworker.staff_id)
        kept = {
            state: factories.make_entry(session, household, author, state=state).id
            for state in (EntryState.DRAFT, EntryState.RETURNED, EntryState.SUBMITTED)
        }
    made(place, team)
    place.truth(
        "DELETE FROM assignment WHERE district_id = %s AND kind = 'supervisor'", (team.district_id,)
    )  # nobody's team any more: the file is outside the duty of who left
    seen = "SELECT id FROM entry WHERE household_id = %s"
    old = place.connect(team.office.caseworker)
    own = {row[0] for row in old.execute(seen, (household_id,))}
    assert own == {kept[EntryState.DRAFT], kept[EntryState.RETURNED]}
    for table in ("segment", "entry_version", "contact", "promise"):
        query = f"SELECT count(*) FROM {table} WHERE household_id = %s"
        assert old.execute(query, (household_id,)).fetchone() == (0,)
    changed = "UPDATE entry SET event_on = event_on - 1 WHERE household_id = %s RETURNING id"
    assert old.execute(changed, (household_id,)).fetchall() == []
    outside = place.connect(team.office.outsider)
    assert outside.execute(seen, (household_id,)).fetchall() == []
