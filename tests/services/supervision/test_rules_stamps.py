import pytest
from sqlalchemy import select

from desktop.database.moving_here import submit, withdraw
from desktop.database.submissions import NewSubmission
from desktop.domain.approvals import ApprovalState, Move, StepState
from desktop.domain.records import EntryState
from desktop.domain.roles import Role
from desktop.domain.todos import TodoOrigin, TodoState
from desktop.models.approvals import ApprovalMove, ApprovalStep
from desktop.models.todos import Todo
from desktop.services.records import EntrySubject
from desktop.services.todos import add_todo
from tests.support.factories import TODAY, at, days_ago, make_approval, make_entry, signed_in


def entry(watched, **changes):
    return make_entry(watched.session, watched.household(), watched.caseworker, **changes)


@pytest.mark.parametrize(("days", "found"), [(14, False), (15, True)])
def test_r02_asks_about_an_entry_without_a_stamp_for_more_than_two_weeks(watched, days, found):
    waiting = entry(watched, event_on=days_ago(20))
    make_approval(watched.session, waiting, submitted_at=at(days_ago(days), 23))

    findings = watched.found("R02")

    assert [(f.entry_id, f.days) for f in findings] == ([(waiting.id, days)] if found else [])


@pytest.mark.parametrize(("days", "found"), [(14, False), (15, True)])
def test_r02_asks_about_a_draft_that_was_never_handed_in(watched, days, found):
    entry(watched, event_on=days_ago(days))

    findings = watched.found("R02")

    assert ["まだ提出されていません" in f.reason for f in findings] == ([True] if found else [])


def test_r02_asks_about_what_came_back_and_stayed(watched):
    returned = entry(watched, event_on=days_ago(30))
    make_approval(
        watched.session, returned, submitted_at=at(days_ago(20)), state=ApprovalState.RETURNED
    )
    assert ["差し戻された" in f.reason for f in watched.found("R02")] == [True]


def test_r02_is_not_started_anew_by_taking_back_and_handing_in_again(watched):
    given = entry(watched, event_on=days_ago(40))
    submission = NewSubmission(
        office_id=given.office_id,
        household_id=given.household_id,
        subject_kind="entry",
        subject_id=given.id,
        root_version=1,
        content_hash=given.content_hash,
        author_id=watched.caseworker.id,
        route=lambda: (Role.SUPERVISOR,),
    )
    by = watched.caseworker.id
    approval_id = submit(watched.session, EntrySubject(), submission, by=by, at=at(days_ago(30)))
    withdraw(watched.session, EntrySubject(), approval_id, by=by, at=at(days_ago(1)))
    submit(watched.session, EntrySubject(), submission, by=by, at=at(days_ago(1)))

    assert [f.days for f in watched.found("R02")] == [30]


def test_r02_is_content_with_the_first_stamp_of_a_longer_route(watched):
    given = entry(watched, event_on=days_ago(40))
    approval = make_approval(
        watched.session,
        given,
        submitted_at=at(days_ago(30)),
        route=(Role.SUPERVISOR, Role.SECTION_HEAD),
    )
    assert watched.found("R02")

    step = watched.session.scalars(
        select(ApprovalStep).where(
            ApprovalStep.approval_id == approval.id, ApprovalStep.number == 1
        )
    ).one()
    step.state = StepState.APPROVED
    assert not watched.found("R02")


def test_r02_leaves_approved_and_annulled_entries(watched):
    watched.approved(watched.household(), event_on=days_ago(60))
    entry(watched, event_on=days_ago(60), is_annulled=True)
    assert not watched.found("R02")


def test_r02_leaves_a_correction_that_is_not_handed_in(watched):
    corrected = watched.approved(watched.household(), event_on=days_ago(60))
    corrected.state, corrected.version = EntryState.DRAFT, 2
    assert not watched.found("R02")


def instruction(watched, due_on, *, given_on=None, state=TodoState.OPEN):
    told = watched.approved(watched.household(), event_on=days_ago(60))
    todo_id = add_todo(
        watched.session,
        staff=signed_in(watched.session, watched.supervisor),
        owner_id=watched.caseworker.id,
        household_id=told.household_id,
        origin=TodoOrigin.INSTRUCTION,
        origin_id=told.id,
        text="主治医に確認すること",
        due_on=due_on,
        at=at(given_on or days_ago(30)),
    )
    watched.session.get_one(Todo, todo_id).state = state
    return told


def test_r03_asks_once_the_day_for_the_reply_has_passed(watched):
    instruction(watched, TODAY)
    overdue = instruction(watched, days_ago(1))
    instruction(watched, days_ago(9), state=TodoState.DONE)

    (finding,) = watched.found("R03")

    assert (finding.entry_id, finding.days) == (overdue.id, 1)
    assert finding.staff_id == watched.caseworker.id


@pytest.mark.parametrize(("days", "found"), [(14, 0), (15, 1)])
def test_r03_gives_an_undated_instruction_two_weeks(watched, days, found):
    instruction(watched, None, given_on=days_ago(days))
    assert len(watched.found("R03")) == found


@pytest.mark.parametrize("reached", [False, True])
def test_r03_asks_about_an_instruction_that_lies_on_no_desk(watched, reached):
    if reached:
        told = instruction(watched, days_ago(3), state=TodoState.DONE)
    else:
        told = watched.approved(watched.household(), event_on=days_ago(60))
    approval = watched.session.scalars(
        select(ApprovalStep).where(ApprovalStep.household_id == told.household_id)
    ).one()
    move = ApprovalMove(
        office_id=told.office_id,
        approval_id=approval.approval_id,
        household_id=told.household_id,
        move=Move.APPROVE_WITH_INSTRUCTION,
        by_id=watched.supervisor.id,
        at=at(days_ago(30)),
        root_version=1,
        content_hash=told.content_hash,
        reply_due=days_ago(3),
    )
    watched.session.add(move)

    assert [f.entry_id for f in watched.found("R03")] == ([] if reached else [told.id])
