"""R10: papers that were taken in and not settled."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.domain.ids import new_id
from desktop.domain.papers import PaperState
from desktop.domain.todos import TodoOrigin
from desktop.models.papers import PaperLinkRecord, PaperRecord
from desktop.models.todos import Todo
from tests.support.factories import CLOCK, add, days_ago, make_district


def taken_in(watched, household, days, **changes):
    """A paper received so many days ago."""
    with watched.session.no_autoflush:
        values = {
            "id": new_id(),
            "office_id": watched.office.id,
            "household_id": household.id,
            "fiscal_year": 2024,
            "number": next(NUMBERS),
            "kind": "pay_slip",
            "sheets": 1,
            "state": PaperState.CHECKED,
            "received_by": watched.supervisor.id,
            "received_at": CLOCK.now() - timedelta(days=days),
            "owner_id": watched.caseworker.id,
            **changes,
        }
    return add(watched.session, PaperRecord(**values))


NUMBERS = iter(range(1, 100))


@pytest.mark.parametrize(("days", "severities"), [(14, []), (15, [2]), (30, [2]), (31, [3])])
def test_r10_warns_after_two_weeks_and_is_serious_after_thirty_days(watched, days, severities):
    taken_in(watched, watched.household(), days)
    assert [f.severity for f in watched.found("R10")] == severities


def test_r10_names_the_paper_its_state_and_its_owner(watched):
    paper = taken_in(watched, watched.household(), 20)
    (found,) = watched.found("R10")
    assert found.reason == (
        f"給与明細（受領番号 6-{paper.number:04d}）が受領から20日、「内容確認」のままです。どこで止まっていますか。"
    )
    assert (found.staff_id, found.since, found.days) == (
        watched.caseworker.id,
        days_ago(20),
        20,
    )


def test_r10_does_not_ask_about_settled_papers(watched):
    taken_in(
        watched,
        watched.household(),
        40,
        state=PaperState.SETTLED,
        settled_at=CLOCK.now(),
    )
    assert watched.found("R10") == []


def test_r10_asks_about_every_paper_of_a_household(watched):
    household = watched.household()
    taken_in(watched, household, 20)
    taken_in(watched, household, 40, owner_id=None)
    assert sorted(f.severity for f in watched.found("R10")) == [2, 3]


def test_r10_stays_within_the_supervisors_districts(watched):
    elsewhere = make_district(watched.session, watched.office)
    taken_in(watched, watched.household(district=elsewhere), 40)
    assert watched.found("R10") == []


def test_r10_says_when_nobody_was_asked_to_draft(watched):
    household = watched.household()
    judged = taken_in(watched, household, 20, state=PaperState.JUDGED)
    (found,) = watched.found("R10")
    assert found.reason.endswith("起案のやることがありません。だれがいつまでに起案しますか。")
    todo = add(
        watched.session,
        Todo(
            id=new_id(),
            office_id=watched.office.id,
            owner_id=watched.caseworker.id,
            household_id=household.id,
            origin=TodoOrigin.DECISION_DRAFT,
            created_by=watched.caseworker.id,
            created_at=CLOCK.now(),
        ),
    )
    link = add(
        watched.session,
        PaperLinkRecord(
            id=new_id(),
            office_id=watched.office.id,
            household_id=household.id,
            paper_id=judged.id,
            todo_id=todo.id,
            made_by=watched.caseworker.id,
            made_at=CLOCK.now(),
        ),
    )
    (found,) = watched.found("R10")
    assert found.reason.endswith("どこで止まっていますか。")
    link.struck_by, link.struck_at = watched.caseworker.id, CLOCK.now()
    watched.session.flush()
    (found,) = watched.found("R10")
    assert "起案のやることがありません" in found.reason
