"""P04: something happened that asks for a review of the support policy, and nobody reviewed or answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from desktop.domain.policy_events import ReviewEvent
from desktop.domain.supervision import Finding, RuleInfo
from desktop.services.policy_events import open_events
from desktop.services.supervision.scope import HOUSEHOLD, Scope, in_words


class UnreviewedEvent:
    """P04: 60 days after an event there is neither a policy handed in after it nor the answer 見直し不要.

    An event whose own term is longer (a change of caseworker) is asked about when that has passed as well.
    """

    info = RuleInfo(
        rule="P04",
        name="見直しのきっかけのあとの援助方針",
        severity=2,
        basis="見直しのきっかけ（設定値）から、しきい値 P04 の日数とそのきっかけの期限を過ぎて、"
        "援助方針の提出も「見直し不要」の答えもない受給中の世帯",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One finding a household, about its oldest event."""
        events = open_events(session, scope.office_id, scope.active, scope.today)
        for row, event in oldest_unanswered(session, scope, events, scope.limits.p04_days):
            days = scope.since(event.known_on)
            yield scope.finding(
                self.info,
                row,
                f"{in_words(event.happened_on)}の「{event.label}」から{days}日たちますが、援助方針の見直しも"
                "「見直し不要」の答えもありません。見直しは要りますか。",
                since=event.known_on,
                days=days,
                entry_id=event.entry_id,
            )


def oldest_unanswered(
    session: Session, scope: Scope, events: Iterable[ReviewEvent], after_days: int
) -> Iterator[tuple[Row[UUID, str, str, UUID], ReviewEvent]]:
    """Each household with its oldest event known for more than `after_days` and past its own term."""
    oldest = dict[UUID, ReviewEvent]()
    for event in events:
        is_late = scope.since(event.known_on) > after_days
        if is_late and event.due_on < scope.today:
            known = oldest.setdefault(event.household_id, event)
            if event.known_on < known.known_on:
                oldest[event.household_id] = event
    rows = session.execute(select(*HOUSEHOLD).where(scope.active)) if oldest else ()
    return ((row, oldest[row.id]) for row in rows if row.id in oldest)
