"""What the support policy in force asks for (方針の取組), what became of it, and what a next contact begins with.

A duty has no words: they stand in the policy. It is there from the approval until a newer policy is approved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from desktop.domain.era import DateStyle, format_date
from desktop.domain.support_policies import Actor, Issue, IssueDomain, Standing, Term


class DutyKind(StrEnum):
    """Which line of the policy a duty stands for. An issue is kept in view and never due."""

    ISSUE = "issue"
    SHORT_GOAL = "short_goal"
    ACTION = "action"


class DutyField(StrEnum):
    """The two fields of issues that rules P07 and P11 ask about; all others stay in the content."""

    WORK = "work"
    SCHOOLING = "schooling"


class Outcome(StrEnum):
    """What became of an action or a short goal (結果)."""

    DONE = "done"
    PARTLY = "partly"
    NOT_DONE = "not_done"


OUTCOME: Mapping[Outcome, str] = {
    Outcome.DONE: "済み",
    Outcome.PARTLY: "一部済み",
    Outcome.NOT_DONE: "できなかった",
}
MOST_WORDS = 1000
NO_PERMISSION = "取組の結果を記録する職務がありません。"
NO_WORDS = "どうなったかを一言入力してください。"
TOO_LONG = "文字が多すぎます。短くしてください。"
DAY_TO_COME = "結果の日は今日までの日付にしてください。"
NOT_IN_FORCE = (
    "結果を記録できるのは、有効な援助方針の取組と短期目標だけです。画面を読み直してください。"
)
NO_DUTY = "この取組は見つからないか、担当する世帯のものではありません。"


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyLine:
    """A line of an approved policy as it becomes a duty."""

    line_id: UUID
    kind: DutyKind
    issue_id: UUID
    person_id: UUID | None
    about: DutyField | None
    actor: Actor | None = None
    by_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultInput:
    """What became of a duty, as it is noted. A retry with the same id stores once."""

    result_id: UUID
    duty_id: UUID
    outcome: Outcome
    happened_on: date
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyResult:
    """One result as it was noted; never changed. `line_id` is the action or goal of the policy."""

    line_id: UUID
    outcome: Outcome
    happened_on: date
    by: str = field(repr=False)
    noted_at: datetime
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRow:
    """A duty with its words, for whoever opened the file; `results` are those of its line, newest first."""

    duty_id: UUID
    policy_id: UUID
    line_id: UUID
    kind: DutyKind
    issue_id: UUID
    actor: Actor | None
    by_on: date | None
    settled_on: date | None
    words: str = field(repr=False)
    measure: str = field(default="", repr=False)
    results: tuple[DutyResult, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether nobody has noted what became of it."""
        return self.settled_on is None

    def is_late(self, today: date) -> bool:
        """Whether its day has passed and nothing was noted."""
        return self.is_open and self.by_on is not None and self.by_on < today


def duty_lines(issues: Iterable[Issue]) -> tuple[DutyLine, ...]:
    """The duties of a policy: every issue that goes on, with its short goals and its actions."""
    found = list[DutyLine]()
    for issue in issues:
        if issue.standing is Standing.ENDED:
            continue
        found.append(_line(issue, issue.issue_id, DutyKind.ISSUE))
        found += [
            _line(issue, goal.goal_id, DutyKind.SHORT_GOAL, by_on=goal.by_on)
            for goal in issue.goals
            if goal.term is Term.SHORT
        ]
        found += [
            _line(issue, a.action_id, DutyKind.ACTION, actor=a.actor, by_on=a.by_on)
            for a in issue.actions
        ]
    return tuple(found)


def field_of(domain: IssueDomain) -> DutyField | None:
    """The field of a domain of issues that a rule asks about."""
    return DutyField(domain.value) if domain.value in set(DutyField) else None


def result_words(result: DutyResult) -> str:
    """済み（R6.5.10）：薬をのめている: a result in one line."""
    day = format_date(result.happened_on, DateStyle.SHORT)
    return f"{OUTCOME[result.outcome]}（{day}）：{result.text}"


def begun_with_results(
    issues: Iterable[Issue], results: Mapping[UUID, tuple[DutyResult, ...]], since: datetime
) -> tuple[Issue, ...]:
    """The issues of a review, each evaluated to begin with by what was noted of its lines since the last approval."""
    return tuple(
        replace(issue, result="\n".join(_noted(issue, results, since))) for issue in issues
    )


def _noted(
    issue: Issue, results: Mapping[UUID, tuple[DutyResult, ...]], since: datetime
) -> Iterator[str]:
    lines = [(a.action_id, a.what) for a in issue.actions]
    lines += [(g.goal_id, g.text) for g in issue.goals]
    for line_id, words in lines:
        for result in reversed(results.get(line_id, ())):
            if result.noted_at >= since:
                yield f"「{words}」{result_words(result)}"


def _line(
    issue: Issue,
    line_id: UUID,
    kind: DutyKind,
    *,
    actor: Actor | None = None,
    by_on: date | None = None,
) -> DutyLine:
    return DutyLine(
        line_id=line_id,
        kind=kind,
        issue_id=issue.issue_id,
        person_id=issue.person_id,
        about=field_of(issue.domain),
        actor=actor,
        by_on=by_on,
    )
