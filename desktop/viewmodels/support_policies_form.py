"""The policy while it is written: its lines as a list, and where something is wrong in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from desktop.domain.errors import UserError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.support_policies import (
    ISSUE_DOMAIN,
    STANDING,
    Evidence,
    Independence,
    Issue,
    IssueDomain,
    PolicyInput,
    Standing,
    SupportPolicy,
)
from desktop.viewmodels.support_policies import Names, whose

_UNDECIDED = "見直し未"
_NO_TEXT = "（まだ書いていない課題）"
_NO_RESULT = "終了する課題には、どうなったか（評価）を書いてください。"
_NO_WORDS = "課題の文を書くか、この行を取り除いてください。"


def new_issue(after: Issue | None) -> Issue:
    """An empty line of the same kind as the one before it."""
    return Issue(
        issue_id=new_id(),
        person_id=after.person_id if after else None,
        independence=after.independence if after else Independence.DAILY,
        domain=IssueDomain.LIFE,
        text="",
    )


def with_issue(given: PolicyInput, place: int, issue: Issue) -> PolicyInput:
    """The policy with another issue at this place."""
    issues = [*given.issues]
    issues[place] = issue
    return replace(given, issues=tuple(issues))


def added(given: PolicyInput, place: int, issue: Issue) -> PolicyInput:
    """The policy with one more issue, at this place."""
    return replace(given, issues=(*given.issues[:place], issue, *given.issues[place:]))


def removed(given: PolicyInput, place: int) -> PolicyInput:
    """The policy without the issue of this place."""
    return replace(given, issues=(*given.issues[:place], *given.issues[place + 1 :]))


def moved(given: PolicyInput, place: int, by: int) -> PolicyInput:
    """The policy with an issue further up (-1) or down (+1); unchanged at the ends."""
    target = place + by
    if not (0 <= place < len(given.issues) and 0 <= target < len(given.issues)):
        return given
    issues = [*given.issues]
    issues.insert(target, issues.pop(place))
    return replace(given, issues=tuple(issues))


def outline_line(number: int, issue: Issue, names: Names, *, is_open: bool = False) -> str:
    """How a line stands in the list: 1 服薬が続いていない（健康・世帯全体）［終了］; `is_open`: nothing is decided yet."""
    text = issue.text.strip().replace("\n", " ") or _NO_TEXT
    word = _UNDECIDED if is_open else STANDING[issue.standing]
    mark = "" if issue.standing is Standing.NEW else f"　［{word}］"
    return f"{number}　{text}（{ISSUE_DOMAIN[issue.domain]}・{whose(issue, names)}）{mark}"


def is_carried_over(issue: Issue) -> bool:
    """Whether the line came from the policy before, so that it goes on or is ended."""
    return issue.standing is not Standing.NEW


def undecided(issues: Iterable[Issue], decided: Collection[UUID]) -> tuple[UUID, ...]:
    """The lines carried over of which nothing was said yet: not ended, not evaluated, not decided by a key."""
    return tuple(
        issue.issue_id
        for issue in issues
        if issue.standing is Standing.CONTINUED
        and not issue.result.strip()
        and issue.issue_id not in decided
    )


def next_place(issues: Sequence[Issue], place: int, wanted: Collection[UUID]) -> int:
    """The place of the next of these lines behind a place, from the top again at the end; 0 where there is none."""
    places = [n for n, issue in enumerate(issues, start=1) if issue.issue_id in wanted]
    return next((n for n in places if n > place), places[0] if places else 0)


def wants_evidence(known: Iterable[Evidence], evidence: Evidence) -> bool:
    """Whether this sentence is not among the line's evidence yet."""
    places = {(e.entry_id, e.segment_id, e.start, e.end) for e in known}
    return (evidence.entry_id, evidence.segment_id, evidence.start, evidence.end) not in places


def place_of(error: UserError, given: PolicyInput) -> tuple[int | None, Mapping[str, str]]:
    """Where a refusal belongs: the issue's place (None: the household's part) and sentences by field.

    No field at all means that it belongs above the form.
    """
    fields = error.fields if isinstance(error, ValidationError) else {}
    for place, issue in enumerate(given.issues):
        if "issues" in fields and not issue.text.strip():
            return place, {"text": _NO_WORDS}
        if "issues" in fields and issue.standing is Standing.ENDED and not issue.result.strip():
            return place, {"result": _NO_RESULT}
    household = {key: text for key, text in fields.items() if key in {"made_on", "kind"}}
    return None, household


def keep_mine(mine: PolicyInput, stored: SupportPolicy) -> PolicyInput:
    """My policy as the next version after the stored one, and after my lines those that only the stored one has."""
    known = {issue.issue_id for issue in mine.issues}
    others = tuple(issue for issue in stored.issues if issue.issue_id not in known)
    return replace(mine, shown_version=stored.version, issues=(*mine.issues, *others))
