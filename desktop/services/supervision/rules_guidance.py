"""Rules about guidance (指導指示・弁明・処分): E08 to E11. They look at dates and codes; what a letter says is read by nobody here.

The gates do not let any of E08 to E10 be recorded: what these rules find came in another way (a restored or corrected database).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.dates import months_later
from desktop.domain.guidance import VIOLATIONS, Outcome, Step
from desktop.domain.guidance_gates import Need, holds, latest
from desktop.domain.supervision import Finding, RuleInfo
from desktop.models.guidance import GuidanceStepRecord
from desktop.models.households import Household
from desktop.services.masters.lookup_guidance import guidance_numbers
from desktop.services.supervision.scope import HOUSEHOLD, Scope, in_words

_Steps = Sequence[GuidanceStepRecord]
_EVALUATED = (Step.PROBLEM, Step.REVIEW, Step.CHECK, Step.FOLLOW_UP)


class WrittenWithoutOral:
    """E08: a letter of instruction stands without oral guidance before it."""

    info = RuleInfo(
        rule="E08",
        name="口頭指導のない指導指示書",
        severity=3,
        basis="指導指示書の交付までに、口頭による指導指示の記録がないか、会議の決定がない指導",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question a case."""
        before = (Need(kind=Step.ORAL), Need(kind=Step.PLAN_WRITTEN, outcomes=(Outcome.AGREED,)))
        yield from _found(self.info, session, scope, _stands(Step.LETTER_DELIVERY, before), _LETTER)


class PunishedForOther:
    """E09: a disposition stands that no check of the letter which was handed over carries."""

    info = RuleInfo(
        rule="E09",
        name="指導指示書の項目によらない処分",
        severity=3,
        basis="処分の決定までに、交付した指導指示書の項目の不履行・一部履行の確認がない指導",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question a case."""
        before = (
            Need(kind=Step.LETTER_DELIVERY),
            Need(kind=Step.CHECK, outcomes=VIOLATIONS, after=Step.LETTER_DELIVERY),
        )
        yield from _found(self.info, session, scope, _decided(before), _OTHER)


class PunishedUnheard:
    """E10: a disposition stands without notice of a hearing, or without the hearing or the record that nobody came."""

    info = RuleInfo(
        rule="E10",
        name="弁明の通知のない処分",
        severity=3,
        basis="処分の決定までに、弁明通知書の交付と、弁明の聴取（出頭しなかった記録を含む）がない指導",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question a case."""
        before = (
            Need(kind=Step.NOTICE_DELIVERY),
            Need(kind=Step.HEARING, after=Step.NOTICE_DELIVERY),
        )
        yield from _found(self.info, session, scope, _decided(before), _UNHEARD)


class UnevaluatedGuidance:
    """E11: guidance goes on without anybody asking whether it is still reasonable."""

    info = RuleInfo(
        rule="E11",
        name="評価のない長い指導",
        severity=2,
        basis="終わっていない指導で、見直し・履行の確認・その後の訪問が、設定値「評価のないまま続いている指導とみる期間」を超えてないもの",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """Months run from the last evaluation, or from the beginning."""
        months = guidance_numbers(session, scope.office_id, scope.today).evaluation_months
        limit = months_later(scope.today, -months)
        for household, steps in _cases(session, scope):
            last = max(step.happened_on for step in steps if step.kind in _EVALUATED)
            if latest(steps, Step.CLOSE) is None and last < limit:
                reason = f"指導が、{in_words(last)}から評価されないまま続いています。続けることは今も合理的ですか。"
                yield scope.finding(
                    self.info, household, reason, since=last, days=scope.since(last)
                )


_LETTER = "指導指示書の前に、口頭による指導か会議の決定の記録がありません。どう始まった指導ですか。"
_OTHER = "処分の前に、交付した指導指示書の不履行の確認がありません。何を理由にした処分ですか。"
_UNHEARD = "処分の前に、弁明の通知か聴取の記録がありません。本人はいつ話を聴かれましたか。"


def _stands(kind: Step, before: Sequence[Need]) -> Callable[[_Steps], GuidanceStepRecord | None]:
    """The latest step of a kind that came without what had to stand before it."""

    def wrong(steps: _Steps) -> GuidanceStepRecord | None:
        for found in steps:
            earlier = [step for step in steps if step.number < found.number]
            if found.kind is kind and not all(holds(need, earlier) for need in before):
                return found
        return None

    return wrong


def _decided(before: Sequence[Need]) -> Callable[[_Steps], GuidanceStepRecord | None]:
    judge = _stands(Step.DISPOSITION_FINAL, before)

    def wrong(steps: _Steps) -> GuidanceStepRecord | None:
        found = judge(steps)
        return found if found and found.outcome is Outcome.APPROVED else None

    return wrong


def _found(
    info: RuleInfo,
    session: Session,
    scope: Scope,
    wrong: Callable[[_Steps], GuidanceStepRecord | None],
    reason: str,
) -> Iterator[Finding]:
    for household, steps in _cases(session, scope):
        step = wrong(steps)
        if step is not None:
            yield scope.finding(
                info,
                household,
                reason,
                since=step.happened_on,
                days=scope.since(step.happened_on),
                staff_id=step.noted_by,
            )


def _cases(session: Session, scope: Scope) -> Iterator[tuple[tuple[Any, ...], _Steps]]:
    """Each case of the scope: the household's columns and the steps in order. One statement."""
    s = GuidanceStepRecord
    rows = session.execute(
        select(s, *HOUSEHOLD)
        .join(Household, Household.id == s.household_id)
        .where(scope.households, s.office_id == scope.office_id)
        .order_by(s.case_id, s.number)
    )
    steps: dict[Any, list[GuidanceStepRecord]] = defaultdict(list)
    households = dict[Any, tuple[Any, ...]]()
    for step, *household in rows:
        steps[step.case_id].append(step)
        households[step.case_id] = tuple(household)
    for case_id, found in steps.items():
        yield households[case_id], found
