"""Storing a version of a support policy. Versions and their lines are only ever added."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.clock import japan_day
from desktop.domain.errors import ConflictError, NotPermittedError
from desktop.domain.office import SignedInStaff
from desktop.domain.records import measure_body
from desktop.domain.support_policies import Issue, PolicyInput, PolicyState
from desktop.domain.support_policies_content import policy_hash
from desktop.models.base import Base
from desktop.models.support_policies import (
    PolicyAction,
    PolicyEvidence,
    PolicyGoal,
    PolicyIssue,
    PolicyText,
    SupportPolicyRecord,
    SupportPolicyVersion,
)
from desktop.services.support_policies.checks import words_of
from desktop.services.support_policies.open_ones import refuse_a_second

_STALE = "この援助方針は別の画面で先に更新されました。入力した文章は残っています。最新の内容と見比べてください。"
_WRITABLE = frozenset({PolicyState.DRAFT, PolicyState.RETURNED})


def tidy(given: PolicyInput) -> PolicyInput:
    """What is stored of an input: lines without words are left out, white space at the ends is trimmed."""
    issues = tuple(_tidy_issue(issue) for issue in given.issues if _says_something(issue))
    return replace(
        given,
        situation=given.situation.strip(),
        evaluation=given.evaluation.strip(),
        grade=(given.grade or "").strip() or None,
        issues=issues,
    )


def store(
    session: Session, given: PolicyInput, staff: SignedInStaff, at: datetime
) -> SupportPolicyRecord:
    """Store the input as the policy's next version, or leave everything when nothing changed.

    Raises ConflictError when the policy is no longer the version that was shown, NotPermittedError when it is
    not the writer's or frozen, or when it is new and another one of the household is open.
    """
    given = tidy(given)
    content_hash = policy_hash(given)
    record = session.scalars(
        select(SupportPolicyRecord)
        .where(SupportPolicyRecord.id == given.policy_id)
        .with_for_update()
    ).one_or_none()
    if record is None:
        refuse_a_second(session, given.household_id, staff.staff_id, japan_day(at))
        record = _new(given, staff)
    else:
        _refuse_foreign_or_frozen(record, given, staff)
        if record.content_hash == content_hash:
            return record
        if record.version != given.shown_version:
            raise ConflictError(_STALE)
        record.version += 1
    record.kind, record.made_on, record.saved_at = given.kind, given.made_on, at
    record.content_hash, record.body_sketch = content_hash, measure_body(words_of(given)).sketch
    session.add(record)
    session.flush()  # the policy first: the database takes the parts only of the version that it has
    session.add_all(_version(record, given, staff.staff_id, at))
    session.flush()
    session.add_all(_lines(record, given))
    session.flush()
    return record


def _new(given: PolicyInput, staff: SignedInStaff) -> SupportPolicyRecord:
    if given.shown_version:
        raise NotPermittedError("この援助方針は見つかりません。")
    return SupportPolicyRecord(
        id=given.policy_id,
        office_id=staff.office_id,
        household_id=given.household_id,
        state=PolicyState.DRAFT,
        author_id=staff.staff_id,
        follows=given.follows,
        version=1,
        gaps=0,
    )


def _refuse_foreign_or_frozen(
    record: SupportPolicyRecord, given: PolicyInput, staff: SignedInStaff
) -> None:
    if record.office_id != staff.office_id or record.household_id != given.household_id:
        raise NotPermittedError("この援助方針は別の世帯のものです。")
    if record.author_id != staff.staff_id:
        raise NotPermittedError("ほかの職員が書いた援助方針は書き換えられません。")
    if record.state is PolicyState.SUBMITTED:
        raise NotPermittedError("決裁待ちの援助方針は書き換えられません。先に引き戻してください。")
    if record.state not in _WRITABLE:
        raise NotPermittedError(
            "決裁された援助方針は変わりません。見直しは新しい援助方針として書いてください。"
        )


def _version(
    record: SupportPolicyRecord, given: PolicyInput, staff_id: UUID, at: datetime
) -> Iterator[Base]:
    yield SupportPolicyVersion(
        **_key(record),
        kind=given.kind,
        made_on=given.made_on,
        saved_at=at,
        saved_by=staff_id,
        content_hash=record.content_hash,
        grade=given.grade,
        visits_per_year=given.visits_per_year,
    )
    yield PolicyText(**_key(record), situation=given.situation, evaluation=given.evaluation)


def _lines(record: SupportPolicyRecord, given: PolicyInput) -> Iterator[Base]:
    for place, issue in enumerate(given.issues):
        yield PolicyIssue(
            **_key(record),
            issue_id=issue.issue_id,
            position=place,
            person_id=issue.person_id,
            independence=issue.independence,
            domain=issue.domain,
            text=issue.text,
            fact=issue.fact,
            cause=issue.cause,
            wish=issue.wish,
            strength=issue.strength,
            standing=issue.standing,
            result=issue.result,
        )
        yield from _parts(_key(record) | {"issue_id": issue.issue_id}, issue)


def _parts(key: dict[str, object], issue: Issue) -> Iterator[Base]:
    for place, e in enumerate(issue.evidence):
        yield PolicyEvidence(
            **key,
            position=place,
            entry_id=e.entry_id,
            entry_version=e.entry_version,
            segment_id=e.segment_id,
            start_at=e.start,
            end_at=e.end,
            quote=e.quote,
        )
    for place, g in enumerate(issue.goals):
        yield PolicyGoal(
            **key, goal_id=g.goal_id, position=place, term=g.term, text=g.text, by_on=g.by_on
        )
    for place, a in enumerate(issue.actions):
        yield PolicyAction(
            **key,
            action_id=a.action_id,
            position=place,
            actor=a.actor,
            what=a.what,
            by_on=a.by_on,
            measure=a.measure,
        )


def _key(record: SupportPolicyRecord) -> dict[str, object]:
    return {
        "policy_id": record.id,
        "version": record.version,
        "office_id": record.office_id,
        "household_id": record.household_id,
    }


def _says_something(issue: Issue) -> bool:
    words = (issue.text, issue.fact, issue.cause, issue.wish, issue.strength, issue.result)
    return bool("".join(words).strip() or issue.evidence or issue.goals or issue.actions)


def _tidy_issue(issue: Issue) -> Issue:
    return replace(
        issue,
        text=issue.text.strip(),
        fact=issue.fact.strip(),
        cause=issue.cause.strip(),
        wish=issue.wish.strip(),
        strength=issue.strength.strip(),
        result=issue.result.strip(),
        goals=tuple(replace(g, text=g.text.strip()) for g in issue.goals if g.text.strip()),
        actions=tuple(
            replace(a, what=a.what.strip(), measure=a.measure.strip())
            for a in issue.actions
            if a.what.strip()
        ),
    )
