"""Proposals of a visit grade and what approval makes of them, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select

from desktop.domain.approvals import ApprovalState, Decision, Move, Shown
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.households import HouseholdState, ResidenceKind
from desktop.domain.review import GradeCard
from desktop.domain.visit_grades import GradeState, LivingPlace
from desktop.models.ledger import HouseholdStatePeriod, ResidencePeriod, VisitGradePeriod
from desktop.models.visit_grades import VisitGradeRecord
from desktop.services.households.grades import grade_of
from tests.services.support_policies.test_support_policies import approve
from tests.support.desk import Desk, SmallOffice, small_office
from tests.support.factories import TODAY, add, days_ago
from tests.support.grades import decided, proposal
from tests.support.policies import written


@pytest.fixture
def office(engine: Engine) -> SmallOffice:
    return small_office(engine)


@pytest.fixture
def caseworker(office: SmallOffice) -> Desk:
    return office.desk(office.caseworker)


@pytest.fixture
def supervisor(office: SmallOffice) -> Desk:
    return office.desk(office.supervisor)


def of_ledger(office: SmallOffice, code: str) -> None:
    with office.work() as session:
        add(
            session,
            VisitGradePeriod(
                office_id=office.caseworker.office_id,
                household_id=office.household_id,
                grade=code,
                valid_from=days_ago(400),
            ),
        )


def lives(office: SmallOffice, kind: ResidenceKind) -> None:
    with office.work() as session:
        add(
            session,
            ResidencePeriod(
                office_id=office.caseworker.office_id,
                person_id=office.person_id,
                kind=kind,
                place="架空病院",
                valid_from=days_ago(200),
            ),
        )


def present(office: SmallOffice, on=TODAY) -> str | None:
    with office.work() as session:
        return grade_of(session, office.household_id, on)


def states(office: SmallOffice) -> list[GradeState]:
    with office.work() as session:
        return list(session.scalars(select(VisitGradeRecord.state).order_by(VisitGradeRecord.id)))


def test_a_proposal_is_a_grade_only_once_it_was_approved(office, caseworker, supervisor):
    of_ledger(office, "D")
    caseworker.grades.propose(proposal(office))
    found = caseworker.grades.of_household(office.household_id)
    assert (found.present_code, found.waiting.grade) == ("D", "B")
    assert decided(supervisor) is ApprovalState.APPROVED
    found = caseworker.grades.of_household(office.household_id)
    assert (found.present_code, found.waiting) == ("B", None)
    assert [(r.grade, r.is_present, r.state) for r in found.rows] == [
        ("B", True, GradeState.APPROVED),
        ("D", False, None),
    ]
    assert found.rows[0].approved_by
    assert found.rows[0].reason == "就労指導を始めたため、2か月に1回は訪問する。"
    assert (present(office), present(office, days_ago(1))) == ("B", "D")


def test_the_card_stands_beside_the_grade_before(office, caseworker, supervisor):
    of_ledger(office, "D")
    caseworker.grades.propose(proposal(office))
    (row,) = supervisor.approvals.queue()
    assert (row.kind_label, row.in_bulk, row.event_on) == ("訪問格付（B）", True, TODAY)
    card = supervisor.approvals.card(row.approval_id).subject
    assert isinstance(card, GradeCard)
    assert (card.proposed.before_code, card.proposed.row.grade) == ("D", "B")
    assert card.proposed.row.floor == 2


def test_nobody_decides_his_own_proposal(office, supervisor):
    own = proposal(office)
    supervisor.grades.propose(own)
    assert supervisor.approvals.queue() == ()
    assert decided(office.desk(office.head)) is ApprovalState.APPROVED


def test_clean_ones_are_approved_from_the_list_an_exception_is_read(office, caseworker, supervisor):
    caseworker.grades.propose(proposal(office))
    (row,) = supervisor.approvals.queue()
    listed = Decision(
        approval_id=row.approval_id,
        move=Move.APPROVE,
        root_version=row.root_version,
        content_hash=row.content_hash,
        shown=Shown.LIST,
    )
    assert supervisor.approvals.approve_listed([listed]) == ()
    caseworker.grades.propose(
        proposal(
            office, grade="F", exception="whereabouts", exception_reason="居所を調べているため。"
        )
    )
    (row,) = supervisor.approvals.queue()
    assert not row.in_bulk
    listed = Decision(
        approval_id=row.approval_id,
        move=Move.APPROVE,
        root_version=row.root_version,
        content_hash=row.content_hash,
        shown=Shown.LIST,
    )
    ((refused, _),) = supervisor.approvals.approve_listed([listed])
    assert refused == row.approval_id
    card = supervisor.approvals.card(row.approval_id).subject
    assert card.checks[0].severity == 3
    assert decided(supervisor) is ApprovalState.APPROVED
    assert present(office) == "F"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"grade": "E"}, "exception"),
        ({"grade": "E", "exception": "programme"}, "exception_reason"),
        ({"grade": "F", "exception": "programme", "exception_reason": "連携"}, "exception"),
        ({"grade": "E", "exception": "none", "exception_reason": "連携"}, "exception"),
        ({"grade": "D", "exception": "programme", "exception_reason": "連携"}, "exception"),
        ({"grade": "特"}, "grade"),
        ({"reason_code": "support_policy"}, "reason_code"),
        ({"reason": " \n"}, "reason"),
        ({"place": LivingPlace.HOSPITAL}, "place"),
    ],
    ids=range(9),
)
def test_what_is_refused_says_so_beside_its_field(office, caseworker, changes, field):
    with pytest.raises(ValidationError) as refused:
        caseworker.grades.propose(proposal(office, **changes))
    assert set(refused.value.fields) == {field}
    assert states(office) == []


def test_the_floor_is_that_of_the_place(office, caseworker, supervisor):
    lives(office, ResidenceKind.FACILITY)
    found = caseworker.grades.of_household(office.household_id)
    assert (found.place, found.tables.floor(found.place)) == (LivingPlace.FACILITY, 1)
    caseworker.grades.propose(proposal(office, grade="E", place=LivingPlace.FACILITY))
    assert decided(supervisor) is ApprovalState.APPROVED
    assert present(office) == "E"


def test_a_group_home_may_be_named_at_home_but_not_in_hospital(office, caseworker, supervisor):
    caseworker.grades.propose(proposal(office, grade="E", place=LivingPlace.GROUP_HOME))
    assert decided(supervisor) is ApprovalState.APPROVED
    lives(office, ResidenceKind.HOSPITAL)
    with pytest.raises(ValidationError):
        caseworker.grades.propose(proposal(office, grade="E", place=LivingPlace.GROUP_HOME))


def test_who_came_home_meanwhile_is_judged_by_the_floor_at_home(office, caseworker, supervisor):
    lives(office, ResidenceKind.HOSPITAL)
    caseworker.grades.propose(proposal(office, grade="E", place=LivingPlace.HOSPITAL))
    with office.work() as session:
        session.scalars(select(ResidencePeriod)).one().valid_to = days_ago(1)
    with pytest.raises(ConflictError, match="下限"):
        decided(supervisor)
    assert states(office) == [GradeState.SUBMITTED]
    assert decided(supervisor, Move.RETURN, "家に戻っています。") is ApprovalState.RETURNED
    row = caseworker.grades.of_household(office.household_id).rows[0]
    assert (row.state, row.returned_words) == (GradeState.RETURNED, "家に戻っています。")


def test_one_proposal_waits_at_a_time_and_may_be_taken_back(office, caseworker, supervisor):
    first = proposal(office)
    caseworker.grades.propose(first)
    with pytest.raises(ConflictError, match="決裁待ち"):
        caseworker.grades.propose(proposal(office, grade="C"))
    with pytest.raises(NotPermittedError):
        office.desk(office.outsider).grades.withdraw(first.grade_id)
    caseworker.grades.withdraw(first.grade_id)
    assert supervisor.approvals.queue() == ()
    caseworker.grades.propose(proposal(office, grade="C"))
    assert states(office) == [GradeState.WITHDRAWN, GradeState.SUBMITTED]


def test_decisions_follow_each_other(office, caseworker, supervisor):
    caseworker.grades.propose(proposal(office, grade="A", effective_from=days_ago(10)))
    decided(supervisor)
    with pytest.raises(ValidationError) as refused:
        caseworker.grades.propose(proposal(office, effective_from=days_ago(11)))
    assert set(refused.value.fields) == {"effective_from"}
    caseworker.grades.propose(proposal(office, effective_from=TODAY + timedelta(days=30)))
    decided(supervisor)
    assert present(office) == "A"
    assert present(office, TODAY + timedelta(days=30)) == "B"


def test_a_closed_household_has_none_and_a_new_protection_begins_anew(
    office, caseworker, supervisor
):
    caseworker.grades.propose(proposal(office, effective_from=days_ago(50)))
    decided(supervisor)
    with office.work() as session:
        add(
            session,
            HouseholdStatePeriod(
                office_id=office.caseworker.office_id,
                household_id=office.household_id,
                state=HouseholdState.CLOSED,
                valid_from=days_ago(20),
                valid_to=days_ago(10),
            ),
        )
    assert (present(office, days_ago(21)), present(office)) == ("B", None)


def test_an_approved_policy_decides_the_grade_that_it_names(office, caseworker, supervisor):
    of_ledger(office, "D")
    approved_policy(office, caseworker, grade="B", visits_per_year=6)
    row = caseworker.grades.of_household(office.household_id).rows[0]
    assert (row.grade, row.reason_label, row.is_present) == ("B", "援助方針の決裁", True)
    assert row.approved_by


def test_a_policy_with_the_present_grade_decides_nothing(office, caseworker):
    of_ledger(office, "B")
    approved_policy(office, caseworker, grade="B", visits_per_year=6)
    assert states(office) == []


def test_a_policy_under_the_floor_decides_nothing_and_says_so_before(office, caseworker):
    of_ledger(office, "D")
    given = written(caseworker, office.household_id)
    sentences = [
        c.sentence for c in caseworker.policies.checks(replace(given, grade="E", visits_per_year=1))
    ]
    assert any("決裁されても世帯の格付は変わりません" in s for s in sentences)
    approved_policy(office, caseworker, grade="E", visits_per_year=1)
    assert (states(office), present(office)) == ([], "D")


def approved_policy(office: SmallOffice, caseworker: Desk, **changes) -> None:
    """A policy that names a grade, through both approvers of a first one."""
    saved = caseworker.policies.save(replace(written(caseworker, office.household_id), **changes))
    caseworker.policies.submit(saved.policy_id, saved.version)
    for person in (office.supervisor, office.head):
        approve(office.desk(person))


def test_the_overview_tells_the_grade_of_a_day_and_each_decision(office, caseworker, supervisor):
    of_ledger(office, "D")
    for grade, day in (("A", days_ago(20)), ("B", TODAY)):
        caseworker.grades.propose(proposal(office, grade=grade, effective_from=day))
        decided(supervisor)
    file = caseworker.households.open_file(office.household_id)
    assert (file.visit_grade, file.visit_grade_words) == ("B", "B　年6回")
    facts = [(f.value, f.period.valid_to) for f in file.facts if f.label == "訪問格付（決裁）"]
    assert facts == [("B", None), ("A", days_ago(1))]
    before = caseworker.households.open_file(office.household_id, as_of=days_ago(21))
    assert before.visit_grade == "D"
