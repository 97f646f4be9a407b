"""What was recorded of a policy after its approval, in words: explanations to the person, events that need no review."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from desktop.domain.clock import japan_day
from desktop.domain.era import DateStyle, format_date
from desktop.domain.support_policies import (
    UNDERSTANDING,
    Explanation,
    NoReview,
    PolicyAnswers,
    PolicyLine,
    SupportPolicy,
    Understanding,
)

#: So many days before the last one the sentence warns.
_NEAR_DAYS = 7
NOT_EXPLAINED = "本人への説明は、まだ記録されていません。"
YEARLY_STAYS = "「見直し不要」と答えても、年1回の見直しの期日は動きません。"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerGroup:
    """A heading with its answers, each a line and the words beneath it, and a sentence at the end."""

    heading: str
    answers: tuple[tuple[str, str], ...] = field(repr=False)
    note: str = ""


def explain_sentence(answers: PolicyAnswers | None, today: date) -> tuple[str, str]:
    """Whether the policy in force was explained, else how many days are left (rule P09), with the tone of it."""
    if answers is None or answers.explain_by is None:
        return "", "info"
    if answers.explanations:
        return _explained(answers.explanations[0])
    day = format_date(answers.explain_by, DateStyle.SHORT)
    left = (answers.explain_by - today).days
    if left < 0:
        return f"{NOT_EXPLAINED}説明の期日（{day}）を{-left}日過ぎています。", "error"
    when = "今日が期日です。" if left == 0 else f"説明まで、あと{left}日（{day}まで）です。"
    return f"{NOT_EXPLAINED}{when}", "warning" if left <= _NEAR_DAYS else "info"


def answer_groups(
    policy: SupportPolicy, answers: PolicyAnswers | None, lines: Sequence[PolicyLine]
) -> tuple[AnswerGroup, ...]:
    """The explanations of an approved policy, and the answers 見直し不要 given while it was in force."""
    if answers is None or policy.approved_at is None:
        return ()
    explained = tuple(map(_told, answers.explanations))
    groups = [
        AnswerGroup(
            heading="本人への説明", answers=explained, note="" if explained else NOT_EXPLAINED
        )
    ]
    no_reviews = tuple(map(_answered, _while_in_force(policy, answers.no_reviews, lines)))
    if no_reviews:
        groups.append(
            AnswerGroup(heading="見直し不要と答えたこと", answers=no_reviews, note=YEARLY_STAYS)
        )
    return tuple(groups)


def _explained(newest: Explanation) -> tuple[str, str]:
    day = format_date(newest.explained_on, DateStyle.SHORT)
    match newest.understanding:
        case Understanding.NOT_POSSIBLE:
            return f"{day}に、説明できない事情が記録されています。", "warning"
        case Understanding.DISAGREED:
            return f"{day}に説明し、本人は納得していません。", "warning"
        case taken:
            return f"{day}に説明しました（{UNDERSTANDING[taken]}）。", "info"


def _told(explanation: Explanation) -> tuple[str, str]:
    day = format_date(explanation.explained_on, DateStyle.SHORT)
    place = f"（{explanation.place}）" if explanation.place else ""
    taken = UNDERSTANDING[explanation.understanding]
    line = f"{day}　{explanation.to_whom}{place}　［{taken}］　説明した人 {explanation.by}"
    return line, explanation.said


def _answered(answer: NoReview) -> tuple[str, str]:
    day = format_date(answer.happened_on, DateStyle.SHORT)
    on = format_date(japan_day(answer.answered_at), DateStyle.SHORT)
    return f"{day}　{answer.event}　（{on} 答えた人 {answer.by}）", answer.reason


def _while_in_force(
    policy: SupportPolicy, answers: Sequence[NoReview], lines: Sequence[PolicyLine]
) -> Iterator[NoReview]:
    since = policy.approved_at
    if since is None:
        return
    later = [line.approved_at for line in lines if line.approved_at and line.approved_at > since]
    until = min(later, default=None)
    for answer in answers:
        if answer.answered_at >= since and (until is None or answer.answered_at < until):
            yield answer
