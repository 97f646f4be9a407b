"""Joint visits, two-person visits and fixed half-days reach the planner, and nobody is promised twice: on both databases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from desktop.domain.errors import ConflictError, NotPermittedError, UserError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.joint_bookings import JointKind
from desktop.domain.visit_plans import (
    Deviation,
    DeviationInput,
    PlanKind,
    PlanMove,
    VisitKind,
)
from desktop.domain.visit_replans import UrgentVisit
from desktop.domain.working_time import Half
from desktop.models.working_time import JointBooking
from desktop.planning.exchange import from_json
from tests.planning.visit_checker import check, check_office
from tests.support.factories import TODAY
from tests.support.joint_visits import (
    NOVEMBER,
    a_rule,
    an_appointment,
    elsewhere,
    only_tuesdays,
    supervises_both,
)
from tests.support.visit_plans import APRIL, district_of, do, month, next_change
from tests.support.visits import a_booking, a_preference

QUICK = 200
YEAR = (PlanKind.YEAR, APRIL)


@pytest.fixture
def partner(office):
    """The supporter, who goes out on Tuesday mornings alone."""
    office.desk(office.supervisor).working_time.set_week(only_tuesdays(office.supervisor.staff_id))
    return office.supervisor.staff_id


def proposed(desk, district_id, kind=PlanKind.YEAR, first_on=APRIL):
    found = desk.visit_plans.propose(district_id, kind, first_on, iterations=QUICK)
    assert found.broken == ()
    assert check(found.problem) == []
    return found


def planned(proposal):
    return [visit for visit in proposal.change.visits if visit.is_planned]


def held(office, partner_id):
    with office.work() as session:
        rows = session.execute(
            select(JointBooking.day, JointBooking.half).where(
                JointBooking.partner_id == partner_id,
                JointBooking.cancelled_at.is_(None),
                JointBooking.district_id.is_not(None),
            )
        )
        return sorted((day, half) for day, half in rows)


def test_a_rule_makes_joint_visits_where_the_partner_is_free(office, caseworker, partner):
    caseworker.joint_visits.set_rule(a_rule(office.household_id, partner))
    found = proposed(caseworker, district_of(office))
    assert planned(found)
    assert {(v.day.weekday(), v.half) for v in planned(found)} == {(1, Half.AM)}
    assert {v.kind for v in planned(found)} == {VisitKind.JOINT}
    head = caseworker.visit_plans.save(found.change)
    reasons = caseworker.visit_plans.reasons(head.plan_id)
    assert all("同行者の空いている半日。" in r.words for r in reasons.values())


def test_every_second_visit_is_joint(office, caseworker, partner):
    caseworker.joint_visits.set_rule(a_rule(office.household_id, partner, every=2))
    problem, _ = from_json(proposed(caseworker, district_of(office)).problem)
    joint = [bool(visit.partners) for visit in problem.visits]
    assert joint == [n % 2 == 0 for n in range(len(joint))]
    assert len(joint) > 1


def test_a_plan_holds_its_partners_and_gives_them_free_again(office, caseworker, partner):
    rule = a_rule(office.household_id, partner)
    caseworker.joint_visits.set_rule(rule)
    head = caseworker.visit_plans.save(proposed(caseworker, district_of(office)).change)
    visits = [
        o.standing.visit
        for h in caseworker.visit_plans.year(head.plan_id).households
        for c in h.cells
        for o in c.outcomes
        if o.standing
    ]
    assert held(office, partner) == sorted((v.day, v.half) for v in visits)
    caseworker.joint_visits.end_rule(rule.rule_id)
    caseworker.visit_plans.save(proposed(caseworker, district_of(office)).change)
    assert held(office, partner) == []


def test_who_saves_first_has_the_partner_and_the_other_proposes_anew(office, caseworker, partner):
    outsider, far = office.desk(office.outsider), elsewhere(office)
    there = next(iter(office.outsider.district_ids))
    caseworker.joint_visits.set_rule(a_rule(office.household_id, partner))
    outsider.joint_visits.set_rule(a_rule(far, partner))
    first = proposed(caseworker, district_of(office))
    rival = proposed(outsider, there)
    assert {(v.day, v.half) for v in planned(first)} & {(v.day, v.half) for v in planned(rival)}
    caseworker.visit_plans.save(first.change)
    with pytest.raises(UserError, match="もう同行の予約があります"):
        outsider.visit_plans.save(rival.change)
    assert outsider.visit_plans.plans() == ()
    again = proposed(outsider, there)
    assert planned(again)
    outsider.visit_plans.save(again.change)
    days = held(office, partner)
    assert len(days) == len(set(days)) == len(planned(first)) + len(planned(again))


def test_the_office_is_planned_at_once_without_a_double_booking(office, caseworker, partner):
    far, outsider = elsewhere(office), office.desk(office.outsider)
    caseworker.joint_visits.set_rule(a_rule(office.household_id, partner))
    outsider.joint_visits.set_rule(a_rule(far, partner))
    supervisor = office.desk(supervises_both(office))
    districts = [district_of(office), next(iter(office.outsider.district_ids))]
    found = supervisor.visit_plans.propose_office(districts, *YEAR, iterations=QUICK)
    texts = [proposal.problem for proposal in found]
    assert [finding for text in texts for finding in check(text)] == []
    assert check_office(texts) == []
    assert [proposal.broken for proposal in found] == [(), ()]
    assert [proposal.change.district_id for proposal in found] == districts
    for proposal in found:
        assert planned(proposal)
        supervisor.visit_plans.save(proposal.change)
    assert len(held(office, partner)) == sum(len(planned(proposal)) for proposal in found)


def test_who_visits_himself_goes_along_with_nobody(office, caseworker):
    """Two caseworkers with one half-day each week: one of them is the other's second person."""
    outsider = office.desk(office.outsider)
    elsewhere(office, "A")
    for desk in (caseworker, outsider):
        desk.working_time.set_week(only_tuesdays(desk.staff.staff_id))
    caseworker.joint_visits.set_rule(
        a_rule(office.household_id, office.outsider.staff_id, kind=JointKind.SECOND_PERSON)
    )
    supervisor = office.desk(supervises_both(office))
    districts = [district_of(office), next(iter(office.outsider.district_ids))]
    found = supervisor.visit_plans.propose_office(districts, *YEAR, iterations=QUICK)
    assert check_office([proposal.problem for proposal in found]) == []
    joint, own = ({(v.day, v.half) for v in planned(proposal)} for proposal in found)
    assert joint
    assert own
    assert not joint & own
    outsider.visit_plans.save(found[1].change)
    alone = proposed(caseworker, districts[0])
    assert not {(v.day, v.half) for v in planned(alone)} & own


def test_two_people_go_where_safety_asks_for_it(office, caseworker):
    caseworker.preferences.set(a_preference(office.household_id))
    found = proposed(caseworker, district_of(office))
    assert any("1世帯は、二人目の職員が決まっていません" in said for said in found.findings)
    problem, _ = from_json(found.problem)
    (pool,) = problem.partners
    assert all(visit.partners == (pool.code,) for visit in problem.visits)
    caseworker.visit_plans.save(found.change)
    second = a_rule(office.household_id, office.supervisor.staff_id, kind=JointKind.SECOND_PERSON)
    caseworker.joint_visits.set_rule(second)
    named = proposed(caseworker, district_of(office))
    assert not any("二人目" in said for said in named.findings)
    caseworker.visit_plans.save(named.change)
    assert len(held(office, office.supervisor.staff_id)) == len(planned(named))


def test_fixed_half_days_and_bookings_bind_the_plan(office, caseworker):
    caseworker.joint_visits.agree(an_appointment(office.household_id))
    booking = a_booking(office.household_id, office.supervisor.staff_id, day=date(2025, 1, 14))
    caseworker.bookings.book(booking)
    found = proposed(caseworker, district_of(office))
    by_day = {visit.day: visit for visit in planned(found)}
    assert by_day[NOVEMBER].half is Half.AM
    assert by_day[NOVEMBER].is_announced
    assert not by_day[booking.day].is_announced
    assert by_day[booking.day].values["partners"] == [str(office.supervisor.staff_id)]
    head = caseworker.visit_plans.save(found.change)
    assert held(office, office.supervisor.staff_id) == []
    words = caseworker.visit_plans.reasons(head.plan_id)[by_day[NOVEMBER].visit_id].words
    assert "約束した半日。" in words


def test_a_month_is_laid_out_around_what_was_fixed_since(office, caseworker):
    district = district_of(office)
    head = caseworker.visit_plans.save(proposed(caseworker, district).change)
    do(office.desk(office.supervisor), do(caseworker, head, PlanMove.SUBMIT), PlanMove.APPROVE)
    caseworker.joint_visits.agree(
        an_appointment(office.household_id, day=date(2024, 12, 10), is_announced=False)
    )
    found = proposed(caseworker, district, PlanKind.MONTH, month(12))
    fixed = [visit for visit in planned(found) if visit.day == date(2024, 12, 10)]
    assert [(v.half, v.is_announced) for v in fixed] == [(Half.AM, False)]


def test_what_the_plan_holds_may_be_booked_for_a_household_of_the_district(
    office, caseworker, partner
):
    caseworker.joint_visits.set_rule(a_rule(office.household_id, partner))
    caseworker.visit_plans.save(proposed(caseworker, district_of(office)).change)
    day, half = held(office, partner)[0]
    given = a_booking(office.household_id, partner, day=day, half=half, kind=JointKind.SUPPORTER)
    caseworker.bookings.book(given)
    assert (day, half) not in held(office, partner)
    again = proposed(caseworker, district_of(office))
    assert any((v.day, v.half) == (day, half) for v in planned(again))
    caseworker.visit_plans.save(again.change)
    assert len({b.booking_id for b in caseworker.bookings.between(day, day)}) == 1


def test_a_visit_taken_out_gives_its_partner_free(office, caseworker, partner):
    caseworker.joint_visits.set_rule(a_rule(office.household_id, partner))
    found = proposed(caseworker, district_of(office))
    head = caseworker.visit_plans.save(found.change)
    first = planned(found)[0]
    caseworker.visit_plans.save(next_change(head, removed=(first.visit_id,)))
    assert (first.day, first.half) not in held(office, partner)
    assert len(held(office, partner)) == len(planned(found)) - 1


def test_a_locked_joint_visit_outlives_its_rule(office, caseworker, partner):
    rule = a_rule(office.household_id, partner)
    caseworker.joint_visits.set_rule(rule)
    found = proposed(caseworker, district_of(office))
    head = caseworker.visit_plans.save(found.change)
    for visit in planned(found):
        head = caseworker.visit_plans.lock_visit(
            head.plan_id, head.version, visit.visit_id, save_id=new_id(), is_locked=True
        )
    caseworker.joint_visits.end_rule(rule.rule_id)
    again = proposed(caseworker, district_of(office))
    assert {v.visit_id for v in planned(found)} <= {v.visit_id for v in planned(again)}
    caseworker.visit_plans.save(again.change)
    assert held(office, partner) == []


def test_a_deviation_moves_the_partner_s_half_day(office, caseworker, partner):
    caseworker.joint_visits.set_rule(a_rule(office.household_id, partner))
    found = proposed(caseworker, district_of(office))
    head = caseworker.visit_plans.save(found.change)
    supervisor = office.desk(office.supervisor)
    head = do(supervisor, do(caseworker, head, PlanMove.SUBMIT), PlanMove.APPROVE)
    first = planned(found)[-1]
    assert first.month is not None
    assert first.day is not None
    other = first.day + timedelta(
        days=7 if (first.day + timedelta(days=7)).month == first.day.month else -7
    )
    caseworker.visit_plans.deviate(
        DeviationInput(
            deviation_id=new_id(),
            plan_id=head.plan_id,
            visit_id=first.visit_id,
            household_id=office.household_id,
            change=Deviation.MOVED,
            shown=0,
            reason="person",
            month=first.month,
            day=other,
            half=first.half,
        )
    )
    assert (other, first.half) in held(office, partner)
    assert (first.day, first.half) not in held(office, partner)


def test_an_urgent_visit_takes_its_partner_along(office, caseworker, partner):
    caseworker.joint_visits.set_rule(a_rule(office.household_id, partner))
    head = caseworker.visit_plans.save(proposed(caseworker, district_of(office)).change)
    head = do(
        office.desk(office.supervisor), do(caseworker, head, PlanMove.SUBMIT), PlanMove.APPROVE
    )
    urgent = UrgentVisit(household_id=office.household_id, until=date(2024, 10, 31), minutes=45)
    proposal = caseworker.visit_plans.replan(head.plan_id, urgent, iterations=QUICK)
    (added,) = proposal.added
    assert (added.day.weekday(), added.half) == (1, Half.AM)
    caseworker.visit_plans.take_over(proposal)
    assert (added.day, added.half) in held(office, partner)


def test_what_is_added_by_hand_is_not_refused_for_a_partner_who_is_taken(
    office, caseworker, partner
):
    """The booking stays the other's; the visit is made all the same."""
    caseworker.joint_visits.set_rule(a_rule(office.household_id, partner))
    head = caseworker.visit_plans.save(proposed(caseworker, district_of(office)).change)
    head = do(
        office.desk(office.supervisor), do(caseworker, head, PlanMove.SUBMIT), PlanMove.APPROVE
    )
    tuesdays = (date(2024, 10, 8) + timedelta(weeks=n) for n in range(4))
    day = next(each for each in tuesdays if (each, Half.AM) not in held(office, partner))
    others = a_booking(elsewhere(office), partner, day=day, half=Half.AM)
    office.desk(office.outsider).bookings.book(others)
    added = DeviationInput(
        deviation_id=new_id(),
        plan_id=head.plan_id,
        visit_id=new_id(),
        household_id=office.household_id,
        change=Deviation.ADDED,
        shown=0,
        reason="need",
        month=date(2024, 10, 1),
        day=day,
        half=Half.AM,
        minutes=40,
    )
    caseworker.visit_plans.deviate(added)
    assert (day, Half.AM) not in held(office, partner)


def test_rules_and_fixed_half_days_are_the_district_s(office, caseworker):
    outsider = office.desk(office.outsider)
    with pytest.raises(NotPermittedError):
        outsider.joint_visits.agree(an_appointment(office.household_id))
    given = an_appointment(office.household_id)
    caseworker.joint_visits.agree(given)
    caseworker.joint_visits.agree(given)
    with pytest.raises(UserError, match="もう約束した訪問があります"):
        caseworker.joint_visits.agree(an_appointment(office.household_id, half=Half.PM))
    board = caseworker.joint_visits.board(TODAY, TODAY + timedelta(days=90))
    assert [row.day for row in board.appointments] == [NOVEMBER]
    assert outsider.joint_visits.board(TODAY, NOVEMBER).appointments == ()
    caseworker.joint_visits.call_off(given.appointment_id)
    with pytest.raises(ConflictError):
        caseworker.joint_visits.call_off(given.appointment_id)
    caseworker.joint_visits.agree(an_appointment(office.household_id, half=Half.PM))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"every": 0}, "every"),
        ({"partner_id": None}, "partner"),
        ({"kind": JointKind.VEHICLE, "vehicle": "none", "partner_id": None}, "partner"),
    ],
)
def test_what_cannot_go_along_is_said_at_its_field(office, caseworker, changes, field):
    values = {"partner_id": office.supervisor.staff_id, **changes}
    with pytest.raises(ValidationError) as refused:
        caseworker.joint_visits.set_rule(a_rule(office.household_id, **values))
    assert set(refused.value.fields) == {field}


def test_yesterday_is_not_fixed_and_a_stranger_s_rule_is_not_ended(office, caseworker):
    with pytest.raises(ValidationError, match="今日からの日"):
        caseworker.joint_visits.agree(
            an_appointment(office.household_id, day=TODAY - timedelta(days=1))
        )
    rule = a_rule(office.household_id, office.supervisor.staff_id)
    caseworker.joint_visits.set_rule(rule)
    caseworker.joint_visits.set_rule(rule)
    (row,) = caseworker.joint_visits.board(TODAY, TODAY).rules
    assert (row.partner, row.every, row.kind) == (office.supervisor.name, 1, JointKind.SUPPORTER)
    with pytest.raises(NotPermittedError):
        office.desk(office.outsider).joint_visits.end_rule(rule.rule_id)
    with pytest.raises(NotPermittedError):
        caseworker.joint_visits.end_rule(new_id())
