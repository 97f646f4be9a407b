"""From when to when somebody had a support group: what decisions, their expiries and closed households leave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from desktop.domain.support_groups import DecidedBy, SupportGroup

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFact:
    """One decision, without its reason; `proposed` is what the table had said, `assessed_on` of which day it is."""

    decision_id: UUID
    person_id: UUID
    household_id: UUID
    assessment_id: UUID
    group: SupportGroup
    proposed: SupportGroup
    how: DecidedBy
    effective_from: date
    expires_on: date | None
    next_review_on: date
    assessed_on: date

    @property
    def is_final(self) -> bool:
        """Whether it is more than a group for the time being."""
        return self.how is not DecidedBy.PROVISIONAL


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupSpan:
    """A person has the group of a decision from a day to a day, both inclusive."""

    decision: DecisionFact
    begins: date
    ends: date | None

    def holds_on(self, day: date) -> bool:
        """Whether the group was had on that day."""
        return self.begins <= day and (self.ends is None or self.ends >= day)

    def days_in(self, first: date, last: date) -> int:
        """How many days of a period."""
        until = last if self.ends is None else min(self.ends, last)
        return max(0, (until - max(self.begins, first)).days + 1)


#: Person → spans in order of time.
Spans = Mapping[UUID, Sequence[GroupSpan]]


def spans_of(
    decisions: Iterable[DecisionFact], closed: Mapping[UUID, Sequence[date]]
) -> dict[UUID, tuple[GroupSpan, ...]]:
    """Person → spans. `decisions` come in the order in which they were made; `closed` are days on which a household was closed.

    Two decisions of one day: the later one counts.
    """
    by_person: dict[UUID, list[DecisionFact]] = {}
    for decision in decisions:
        by_person.setdefault(decision.person_id, []).append(decision)
    found = {}
    for person_id, made in by_person.items():
        made.sort(key=lambda d: d.effective_from)  # stable: the order of making stays within a day
        later = [d.effective_from for d in made[1:]]
        spans = (
            _span(each, follows, closed.get(each.household_id, ()))
            for each, follows in zip(made, [*later, None], strict=True)
        )
        found[person_id] = tuple(span for span in spans if span is not None)
    return found


def _span(decision: DecisionFact, follows: date | None, closed: Sequence[date]) -> GroupSpan | None:
    ends = [
        *(day - _DAY for day in closed if day > decision.effective_from),
        *((follows - _DAY,) if follows is not None else ()),
        *((decision.expires_on,) if decision.expires_on is not None else ()),
    ]
    end = min(ends, default=None)
    if end is not None and end < decision.effective_from:
        return None
    return GroupSpan(decision=decision, begins=decision.effective_from, ends=end)


def span_on(spans: Sequence[GroupSpan], day: date) -> GroupSpan | None:
    """The span that holds on a day."""
    for span in reversed(spans):
        if span.begins <= day and (span.ends is None or span.ends >= day):
            return span
    return None


def group_on(spans: Spans, person_id: UUID, day: date) -> SupportGroup | None:
    """The group somebody had on a day, for the time being or not."""
    span = span_on(spans.get(person_id, ()), day)
    return None if span is None else span.decision.group
