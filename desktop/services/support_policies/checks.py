"""What stands beside a support policy while it is written and read: questions, never verdicts and never a score.

The nine points of visits-records-approval 4.2 and the rules P05–P07, P10, P11 of 5.2.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from uuid import UUID

from desktop.domain.review import Check
from desktop.domain.support_policies import (
    INDEPENDENCE,
    Independence,
    Issue,
    IssueDomain,
    PolicyInput,
    Standing,
    SupportPolicy,
    Term,
)
from desktop.services.likeness import percent_alike

#: Rule P05: a text that is the same to this share as the one before.
_SAME_PERCENT = 95
_OLD = 65
_LEAVING_SCHOOL = range(15, 19)
_SHOWN = 18

Policy = SupportPolicy | PolicyInput


def checks_of(
    policy: Policy,
    previous: SupportPolicy | None,
    ages: Mapping[UUID, int],
    today: date,
    *,
    is_copy_told: bool = False,
) -> tuple[Check, ...]:
    """The checks that found something, most serious first. `ages`: years of the members, by person.

    `is_copy_told`: that the words are those of the policy before is said elsewhere, with the passage.
    """
    found = [
        *_of_issues(policy),
        *_of_work(policy, ages),
        *_of_children(policy, ages),
        *(() if is_copy_told else _of_copy(policy, previous)),
        *_of_review(policy, previous, today),
        *_of_whole(policy),
    ]
    return tuple(sorted(found, key=lambda check: -check.severity))


def words_of(policy: Policy) -> str:
    """Everything that was written: without dates and codes."""
    parts = [policy.situation, policy.evaluation, *map(words_of_issue, policy.issues)]
    return "\n".join(part for part in parts if part)


def words_of_issue(issue: Issue) -> str:
    """The same of one issue."""
    parts = [issue.text, issue.fact, issue.cause, issue.wish, issue.strength, issue.result]
    parts += [goal.text for goal in issue.goals]
    parts += [text for action in issue.actions for text in (action.what, action.measure)]
    return "\n".join(part for part in parts if part)


def _of_issues(policy: Policy) -> Iterator[Check]:
    for issue in _going_on(policy):
        named = _named(issue)
        if not issue.actions:
            yield Check(
                severity=2,
                sentence=f"{named}に取組がありません。だれが、何を、いつまでにするかを書きますか。",
            )
        elif not any(action.by_on for action in issue.actions):
            yield Check(severity=2, sentence=f"{named}の取組に期日がありません。")
        if not issue.evidence and not issue.fact:
            yield Check(
                severity=2, sentence=f"{named}の根拠となる事実がありません。記録の文を引けますか。"
            )
        elif not issue.evidence:
            yield Check(severity=1, sentence=f"{named}の事実は、記録の文と結ばれていません。")
        if issue.actions and not any(action.measure for action in issue.actions):
            yield Check(severity=1, sentence=f"{named}の取組を何で確かめるかが書かれていません。")


def _of_work(policy: Policy, ages: Mapping[UUID, int]) -> Iterator[Check]:
    """Rule P07, as far as ages tell: work is not asked mechanically of the old."""
    everybody_is_old = bool(ages) and all(age >= _OLD for age in ages.values())
    for issue in _going_on(policy):
        if issue.domain is not IssueDomain.WORK or not issue.actions:
            continue
        age = None if issue.person_id is None else ages.get(issue.person_id)
        if (age is not None and age >= _OLD) or (age is None and everybody_is_old):
            yield Check(
                severity=2,
                sentence=f"{named_age(age)}に就労の取組があります。本人の希望と体調に合っていますか。",
            )


def named_age(age: int | None) -> str:
    """Whom a question about age is about."""
    return f"{age}歳の方" if age is not None else f"{_OLD}歳以上だけの世帯"


def _of_children(policy: Policy, ages: Mapping[UUID, int]) -> Iterator[Check]:
    """Rule P11: somebody who is about to leave school has a part of his own."""
    named = {issue.person_id for issue in _going_on(policy)}
    for person_id, age in ages.items():
        if age in _LEAVING_SCHOOL and person_id not in named:
            yield Check(
                severity=2,
                sentence=f"{age}歳の世帯員について、進路や就学の課題がありません。検討しましたか。",
            )


def _of_copy(policy: Policy, previous: SupportPolicy | None) -> Iterator[Check]:
    """Rule P05."""
    if previous is None:
        return
    percent = percent_alike(words_of(policy), words_of(previous))
    if percent >= _SAME_PERCENT:
        yield Check(
            severity=2,
            sentence=f"前の援助方針と文章が{percent}％同じです。この1年の変化が書かれていますか。",
        )


def _of_review(policy: Policy, previous: SupportPolicy | None, today: date) -> Iterator[Check]:
    if previous is None:
        return
    if not policy.evaluation:
        yield Check(severity=2, sentence="前の援助方針の評価が書かれていません。")
    for issue in policy.issues:
        if issue.standing is not Standing.CONTINUED or issue.result:
            continue
        late = [
            goal
            for goal in issue.goals
            if goal.term is Term.SHORT and goal.by_on is not None and goal.by_on < today
        ]
        if late:
            yield Check(
                severity=2,
                sentence=f"{_named(issue)}の短期目標は期日を過ぎましたが、結果が書かれていません。",
            )
        else:
            yield Check(severity=1, sentence=f"継続する{_named(issue)}に評価がありません。")


def _of_whole(policy: Policy) -> Iterator[Check]:
    if not policy.situation:
        yield Check(severity=2, sentence="世帯の状況が書かれていません。")
    told = {issue.independence for issue in policy.issues}
    missing = [INDEPENDENCE[kind] for kind in Independence if kind not in told]
    if missing and policy.issues:
        yield Check(
            severity=1,
            sentence=f"{'・'.join(missing)}の課題がありません。検討したうえでのことですか。",
        )


def _going_on(policy: Policy) -> Iterator[Issue]:
    return (issue for issue in policy.issues if issue.standing is not Standing.ENDED)


def _named(issue: Issue) -> str:
    text = issue.text.replace("\n", " ") or "（文のない課題）"
    return f"「{text[:_SHOWN]}{'…' if len(text) > _SHOWN else ''}」"
