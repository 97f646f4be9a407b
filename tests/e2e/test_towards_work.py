"""A person's way into work through every noun of support towards work; and a guidance case whose gates cannot be skipped."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt

from desktop.domain.assessments import Motivation, Said
from desktop.domain.declarations import CellState
from desktop.domain.effort import Indicator
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.guidance import Outcome, Step
from desktop.domain.kpis import Kpi
from desktop.domain.office import AssignmentKind, SignedInStaff
from desktop.domain.participations import ParticipationEnd
from desktop.domain.referrals import ReferralMove, ReferralResult
from desktop.domain.roles import Role
from desktop.domain.support_group_lists import Why
from desktop.domain.support_groups import SupportGroup
from desktop.domain.work_estimates_aid import TravelAid
from desktop.domain.work_estimates_income import EarnedIncome
from desktop.jobs.change_bus import ChangeBus
from desktop.models.households import Household
from desktop.models.office import District, Office
from desktop.views.approvals.review_pane import ReviewPane
from desktop.views.look import Look
from tests.support import factories
from tests.support.assessments import assessment, by_conference, further_people, held
from tests.support.desk import Desk, SmallOffice, later, small_office
from tests.support.effort import YEAR
from tests.support.factories import CLOCK
from tests.support.guidance import WAY, Walk
from tests.support.monthly_papers import REPORT, a_missing, a_receipt
from tests.support.qt import InlineRunner
from tests.support.support_acts import a_check, a_job, a_reply, a_request, an_act
from tests.support.support_plans import ending, in_days, participation, plan
from tests.support.work_findings import a_finding
from tests.support.work_money import a_decision, an_application

G2, G3 = SupportGroup.WITH_HELP, SupportGroup.ALONE
OCTOBER, NOVEMBER = date(2024, 10, 1), date(2024, 11, 1)
#: Everything that shows that somebody searches alone.
DRIVEN = {f"E{number:02}": Said.YES for number in range(1, 8)}
WHY = "本人が一人で応募を続けられるのは三日ほどで、会議では面接の練習から一緒に始めるとした。"


@dataclass(frozen=True, slots=True)
class People:
    """The small office with the person who only helps towards work; `who(days)` is a desk so many days after the first."""

    office: SmallOffice
    helper: SignedInStaff

    def caseworker(self, days: int = 0) -> Desk:
        return self.office.desk(self.office.caseworker, later(CLOCK, days=days))

    def supervisor(self, days: int = 0) -> Desk:
        return self.office.desk(self.office.supervisor, later(CLOCK, days=days))

    def supporter(self, days: int = 0) -> Desk:
        return self.office.desk(self.helper, later(CLOCK, days=days))

    def head(self, days: int = 0) -> Desk:
        return self.office.desk(self.office.head, later(CLOCK, days=days))

    @property
    def whose(self) -> tuple[UUID, UUID]:
        return self.office.household_id, self.office.person_id


@pytest.fixture
def people(engine) -> People:
    office = small_office(engine)
    with office.work() as session:
        home = session.get_one(Office, office.caseworker.office_id)
        staff = factories.make_staff(session, Role.EMPLOYMENT_SUPPORTER, office=home)
        household = session.get_one(Household, office.household_id)
        district = session.get_one(District, household.district_id)
        factories.assign(session, staff, district, AssignmentKind.DEPUTY)
        return People(office, factories.signed_in(session, staff))


def test_from_the_assessment_to_work_and_into_the_figures(people, qtbot, qapp):
    bystander(people)
    before, effort_before = figures(people, 0), effort(people, 0)

    judged(people)
    given = planned(people, qtbot, qapp)
    a_month(people, given)
    sent_to_hello_work(people)
    worked(people)
    ended(people, given)

    after, effort_after = figures(people, 100), effort(people, 100)
    # Somebody else took part before and has no work; everything that is more is this person's.
    moved = {Kpi.PARTICIPATION: (1, 1), Kpi.JOB_OR_RAISE: (1, 1), Kpi.OVERRIDDEN: (1, 1)}
    for kpi, (counts, whole) in moved.items():
        was, now = before[kpi], after[kpi]
        assert now.numerator - was.numerator == counts, kpi
        assert now.denominator - was.denominator == whole, kpi
        assert {c.person_id for c in now.cases} - {c.person_id for c in was.cases} == {
            people.office.person_id
        }
    assert after[Kpi.RETAINED_3].denominator == 0  # three months are not over
    assert after[Kpi.PLANNED].numerator == 0  # the plan has ended

    # Of this person in October: two acts of help, and the conference's matter with two who took part.
    help_given, matter = 60 + 45, 2 * 15
    assert more(effort_before, effort_after, "G2", Indicator.TOWARDS_WORK) == help_given
    assert more(effort_before, effort_after, "G2", Indicator.MINUTES) == help_given + matter
    assert more(effort_before, effort_after, "G2", Indicator.PERSONS) == 1
    for group in ("G1", "G3", "G4"):
        assert more(effort_before, effort_after, group, Indicator.MINUTES) == 0


def bystander(people):
    """Somebody else in G2, who takes part and finds nothing."""
    (somebody,) = further_people(people.office, 1)
    given = assessment(somebody)
    people.caseworker().assessments.save(given)
    matter = held(people.caseworker(), people.supervisor(), given)
    people.supervisor().groups.decide(by_conference(somebody, given, G2, matter.matter_id))
    people.supervisor().conferences.close(matter.conference_id)
    people.supporter().participations.begin(participation(somebody))


def judged(people):
    """A proposal is a proposal; the conference decides otherwise, with its reason."""
    caseworker, supervisor = people.caseworker(), people.supervisor()
    given = assessment(people.office, motivation=Motivation.ACTS, drive_said=DRIVEN)
    caseworker.assessments.save(given)
    (row,) = supervisor.groups.agenda_candidates().rows
    assert (row.why, row.proposed, row.standing) == (Why.FIRST, G3, None)
    matter = held(caseworker, supervisor, given)
    wanted = by_conference(people.office, given, G2, matter.matter_id, reason="決めた。")
    with pytest.raises(ValidationError) as refused:
        supervisor.groups.decide(wanted)
    assert set(refused.value.fields) == {"reason"}
    supervisor.groups.decide(replace(wanted, reason=WHY))
    supervisor.conferences.close(matter.conference_id)
    assert present_group(people) == (G2, G3)


def present_group(people, days=0):
    """The group that stands, and what was proposed."""
    file = people.supervisor(days).groups.of_household(people.office.household_id)
    (person,) = file.people
    return person.present.group, person.present.proposed


def planned(people, qtbot, qapp):
    """The supporter writes the plan; the supervisor approves it by its key. Only then do its steps take acts."""
    supporter = people.supporter()
    given = plan(people.office)
    supporter.support_plans.save(given)
    step = given.steps[0].stem_id
    early = an_act(*people.whose, kind="33", minutes=60, step_id=step)
    with pytest.raises(ValidationError) as refused:
        supporter.activities.add(early)
    assert set(refused.value.fields) == {"step_id"}
    supporter.support_plans.submit(given.plan_id, given.household_id)
    approve(people, qtbot, qapp)
    offered = supporter.activities.of_household(people.office.household_id).steps
    assert [each.step_id for each in offered] == [each.stem_id for each in given.steps]
    supporter.activities.add(early)
    supporter.participations.begin(participation(people.office))
    return given


def approve(people, qtbot, qapp):
    """The one thing in the supervisor's queue is read and approved by its key."""
    pane = ReviewPane(
        people.supervisor().approvals,
        InlineRunner(),
        changes=ChangeBus(),
        look=Look(qapp),
        today=CLOCK.today,
    )
    qtbot.addWidget(pane)
    pane.resize(1300, 850)
    pane.show()
    pane.activateWindow()
    qtbot.waitUntil(pane.isActiveWindow)
    pane.activate()
    assert pane.model.rowCount() == 1
    qtbot.keyClick(pane.focusWidget(), Qt.Key.Key_A)
    assert pane.model.rowCount() == 0


def a_month(people, given):
    """October: another act, its report missing with a reason; November's comes. Nothing else changes by it."""
    people.supporter(20).activities.add(
        an_act(
            *people.whose,
            kind="33",
            minutes=45,
            done_on=in_days(20),
            step_id=given.steps[0].stem_id,
        )
    )
    late, after = people.caseworker(45), people.caseworker(65)
    assert report_states(people, late) == {OCTOBER: CellState.MISSING, NOVEMBER: CellState.NOT_YET}
    late.monthly_papers.explain(a_missing(people.office, OCTOBER))
    after.monthly_papers.receive(a_receipt(people.office, NOVEMBER))
    states = report_states(people, after)
    assert (states[OCTOBER], states[NOVEMBER]) == (CellState.EXPLAINED, CellState.RECEIVED)
    assert present_group(people, 65) == (G2, G3)


def report_states(people, desk):
    """The person's reports on the search for work by month."""
    papers = desk.monthly_papers.of_household(people.office.household_id)
    return {
        each.cell.due.month: each.cell.state for each in papers if each.cell.due.paper == REPORT
    }


def sent_to_hello_work(people):
    """The supporter asks Hello Work, which takes it on and in the end reports the job."""
    asked = a_request(
        *people.whose, asked_on=in_days(1), reply_by=in_days(15), consent_on=in_days(1)
    )
    people.supporter(1).referrals.ask(asked)
    referrals = people.supporter(16).referrals
    (waiting,) = referrals.of_household(people.office.household_id).referrals
    assert waiting.is_unanswered(in_days(16))
    referrals.note_step(a_reply(asked, on_day=in_days(16)))
    end = a_reply(
        asked, move=ReferralMove.ENDED, on_day=in_days(66), until=None, result=ReferralResult.JOB
    )
    people.supporter(66).referrals.note_step(end)
    (done,) = people.caseworker(66).referrals.of_household(people.office.household_id).referrals
    assert (done.state, done.next_moves) == (ReferralMove.ENDED, ())


def worked(people):
    """Work begins with what was earned before and after; what remains in hand; the way to the interview is applied for."""
    days = 70
    job = a_job(*people.whose, started_on=in_days(66), income_before=0, income_after=90_000)
    people.supporter(days).spells.begin(job)
    caseworker, supervisor = people.caseworker(days), people.supervisor(days)
    in_hand = caseworker.estimates.estimate(
        *people.whose, EarnedIncome(on=in_days(days), gross=90_000)
    )
    assert 0 < in_hand.amount < 90_000
    trip = TravelAid(on=in_days(60), fare=640, trips=3)
    shown = caseworker.estimates.estimate(*people.whose, trip)
    household_id, person_id = people.whose
    case = an_application(household_id, person_id, shown, trip, asked_on=in_days(days))
    caseworker.estimates.apply(case)
    decision = a_decision(case, decided_on=in_days(days))
    with pytest.raises(NotPermittedError):
        caseworker.estimates.record_decision(decision)
    supervisor.estimates.record_decision(decision)
    (kept,) = caseworker.estimates.of_household(people.office.household_id).cases
    assert (kept.is_ended, kept.estimate) == (True, shown)
    people.supporter(98).spells.answer(a_check(job, 1, checked_on=in_days(98)))


def ended(people, given):
    """Plan and participation end with the job; the group stays until a person decides."""
    days = 98
    supporter = people.supporter(days)
    supporter.support_plans.end(ending(given, ended_on=in_days(days)))
    file = supporter.support_plans.of_household(people.office.household_id)
    (person,) = file.people
    assert person.in_force is None
    (begun,) = (each for each in person.participations if each.programme == "employment")
    supporter.participations.end(
        ParticipationEnd(
            participation_id=begun.participation_id,
            household_id=people.office.household_id,
            ended_on=in_days(days),
            outcome="O02",
        )
    )
    assert supporter.activities.of_household(people.office.household_id).steps == ()
    assert present_group(people, days)[0] is G2


def figures(people, days):
    """The head's figures of the year, as of so many days after the first."""
    board = people.head(days).kpis.dashboard("office", YEAR)
    return {figure.kpi: figure for figure in board.figures}


def effort(people, days):
    """The head's table of effort of October."""
    return people.head(days).effort.table("office", OCTOBER, date(2024, 9, 1))


def more(before, after, group, indicator):
    """By how much the figure of October is more than before; nobody in a group is nothing."""

    def value(table):
        (row,) = (r for r in table.rows if (r.group, r.indicator) == (group, indicator))
        return dict(zip(table.months, row.values, strict=True))[OCTOBER] or 0

    return value(after) - value(before)


def test_who_helps_towards_work_sees_nothing_of_findings_and_guidance(people):
    """Plans, acts, requests and work are the supporter's to write (the walk does so); the legal side is not his to see."""
    people.supervisor().findings.put_forward(a_finding(people.office))
    way = Walk(office=people.office)
    way.judge()
    way.open()
    supporter, household_id = people.supporter(), people.office.household_id
    for look in (supporter.findings.of_household, supporter.guidance.of_household):
        with pytest.raises(NotPermittedError):
            look(household_id)
    with pytest.raises(NotPermittedError):
        supporter.guidance.record(way.ask(Step.ORAL))
    with pytest.raises(NotPermittedError):
        supporter.findings.put_forward(a_finding(people.office))
    with pytest.raises(NotPermittedError):
        supporter.assessments.save(assessment(people.office))


def test_a_guidance_case_comes_to_its_hearing_through_every_gate(engine):
    """From advice to the hearing: at each place every later step is refused, and nothing of a refused one is kept."""
    way = Walk(office=small_office(engine))
    way.judge()
    way.open()
    way.take(Step.ADVICE)
    begun = [Step.PROBLEM, Step.ADVICE]
    steps = [step for step, _, _ in WAY]
    steps = steps[: steps.index(Step.HEARING) + 1]
    for place, step in enumerate(steps):
        for skipped in steps[place + 1 :]:
            with pytest.raises((ConflictError, ValidationError)):
                way.record(way.ask(skipped))
        assert [each.kind for each in way.case().steps] == [*begun, *steps[:place]]
        way.take(step)
    case = way.case()
    assert [each.kind for each in case.steps] == [*begun, *steps]
    hearing = case.newest(Step.HEARING)
    assert hearing is not None
    assert hearing.outcome is Outcome.ABSENT
    assert not case.is_closed
    with pytest.raises((ConflictError, ValidationError)):
        way.record(way.ask(Step.DISPOSITION))  # neither its impact nor a conference
