"""What the policy in force asks for, with its words and what became of it. The caller holds a ticket."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.policy_duties import DutyKind, DutyResult, DutyRow
from desktop.domain.support_policies import Issue
from desktop.models.households import Household
from desktop.models.office import Staff
from desktop.models.policy_duties import PolicyDuty, PolicyResult, PolicyResultText
from desktop.services.periods import duty_stands


def duties_of(
    session: Session, household_id: UUID, issues: Collection[Issue]
) -> tuple[DutyRow, ...]:
    """The duties of the policy in force, whose `issues` are given, in the order of the sheet."""
    stored = {
        duty.line_id: duty
        for duty in session.scalars(
            select(PolicyDuty)
            .join(Household, Household.id == PolicyDuty.household_id)
            .where(PolicyDuty.household_id == household_id, duty_stands())
        )
    }
    results = results_of(session, household_id)
    return tuple(
        DutyRow(
            duty_id=duty.id,
            policy_id=duty.policy_id,
            line_id=line_id,
            kind=duty.kind,
            issue_id=duty.issue_id,
            actor=duty.actor,
            by_on=duty.by_on,
            settled_on=duty.settled_on,
            words=words,
            measure=measure,
            results=results.get(line_id, ()),
        )
        for line_id, words, measure in _words(issues)
        if (duty := stored.get(line_id)) is not None and duty.kind is not DutyKind.ISSUE
    )


def results_of(session: Session, household_id: UUID) -> Mapping[UUID, tuple[DutyResult, ...]]:
    """Every result noted in the household, by the line that it is about, newest first."""
    r, d = PolicyResult, PolicyDuty
    rows = session.execute(
        select(d.line_id, r.outcome, r.happened_on, Staff.name, r.noted_at, PolicyResultText.text)
        .join(d, d.id == r.duty_id)
        .join(PolicyResultText, PolicyResultText.result_id == r.id)
        .join(Staff, Staff.id == r.noted_by)
        .where(r.household_id == household_id)
        .order_by(r.happened_on.desc(), r.noted_at.desc(), r.id.desc())
    )
    found = defaultdict[UUID, list[DutyResult]](list)
    for line_id, outcome, happened_on, by, noted_at, text in rows:
        found[line_id].append(
            DutyResult(
                line_id=line_id,
                outcome=outcome,
                happened_on=happened_on,
                by=by,
                noted_at=noted_at,
                text=text,
            )
        )
    return {line_id: tuple(results) for line_id, results in found.items()}


def _words(issues: Collection[Issue]) -> Iterator[tuple[UUID, str, str]]:
    for issue in issues:
        for goal in issue.goals:
            yield goal.goal_id, goal.text, ""
        for action in issue.actions:
            yield action.action_id, action.what, action.measure
