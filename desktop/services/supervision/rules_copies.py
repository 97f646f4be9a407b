"""Rule R06: the same body in the records of two households."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.supervision import Finding, RuleInfo
from desktop.models.households import Household
from desktop.models.records import EntryRecord
from desktop.services.supervision.scope import HOUSEHOLD, Scope, written_here

_DAYS_A_MONTH = 31


@dataclass(frozen=True, slots=True)
class _Body:
    household: tuple[Any, ...]
    entry_id: UUID
    author_id: UUID | None
    event_on: date
    length: int
    digest: str
    sketch: int
    twins: list[_Body] = field(default_factory=list, repr=False)

    @property
    def household_id(self) -> UUID:
        return self.household[0]  # type: ignore[no-any-return]


class CopiedBody:
    """R06: a body that stands, alike to 90 %, in another household's file within two months.

    Identical bodies are found whoever wrote them; similar ones among the entries of one author, by sketch and
    length. Both files are named, because the facts do not say which one the words belong to.
    """

    info = RuleInfo(
        rule="R06",
        name="同じ文面の記録",
        severity=3,
        basis="ほかの世帯の記録と、しきい値 R06 の割合以上で本文が一致する記録（直近の期間）",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """Pair up the bodies written in the period."""
        bodies = self._bodies(session, scope)
        for one, other in (*_identical(bodies), *_similar(bodies, scope.limits.r06_percent)):
            one.twins.append(other)
            other.twins.append(one)
        for body in bodies:
            if body.twins:
                yield self._finding(scope, body)

    def _bodies(self, session: Session, scope: Scope) -> list[_Body]:
        found = (
            select(
                *HOUSEHOLD,
                EntryRecord.id,
                EntryRecord.author_id,
                EntryRecord.event_on,
                EntryRecord.body_length,
                EntryRecord.body_digest,
                EntryRecord.body_sketch,
            )
            .join(EntryRecord, EntryRecord.household_id == Household.id)
            .where(
                scope.households,
                written_here(),
                EntryRecord.event_on >= scope.days_ago(scope.limits.r06_months * _DAYS_A_MONTH),
                EntryRecord.body_length >= scope.limits.r06_characters,
            )
        )
        return [_Body(tuple(row[:4]), *row[4:]) for row in session.execute(found)]

    def _finding(self, scope: Scope, body: _Body) -> Finding:
        other, *more = body.twins
        day = f"{other.event_on.month}月{other.event_on.day}日"
        rest = f"、ほか{len(more)}件" if more else ""
        reason = (
            f"同じ文面の記録があります（ケース番号 {other.household[1]}、{day}{rest}）。"
            "別の世帯の内容が入っていませんか。"
        )
        return scope.finding(
            self.info,
            body.household,
            reason,
            since=body.event_on,
            days=scope.since(body.event_on),
            entry_id=body.entry_id,
            staff_id=body.author_id,
        )


def _identical(bodies: Iterable[_Body]) -> Iterator[tuple[_Body, _Body]]:
    by_digest = defaultdict[str, list[_Body]](list)
    for body in bodies:
        by_digest[body.digest].append(body)
    for same in by_digest.values():
        # A phrase used everywhere is named once for each, not once for each pair.
        yield from (
            (same[0], other) for other in same[1:] if other.household_id != same[0].household_id
        )


def _similar(bodies: Iterable[_Body], percent: int) -> Iterator[tuple[_Body, _Body]]:
    """Pairs of one author whose sketches differ in at most one bit, and whose lengths in one percent, for each percent allowed."""
    allowed = 100 - percent
    by_author = defaultdict[UUID | None, list[_Body]](list)
    for body in bodies:
        by_author[body.author_id].append(body)
    for own in by_author.values():
        for one, other in combinations(own, 2):
            if (one.sketch ^ other.sketch).bit_count() > allowed or one.digest == other.digest:
                continue
            longer = max(one.length, other.length)
            alike = abs(one.length - other.length) * 100 <= longer * allowed
            if alike and one.household_id != other.household_id:
                yield one, other
