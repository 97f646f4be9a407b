"""Movement between support groups from a day to a later one: who came, stayed, changed, left. Counts; nothing is judged by them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from desktop.domain.group_spans import Spans, group_on
from desktop.domain.support_groups import SupportGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """So many persons had `before` and have `after`; None: no group (new, or ended)."""

    before: SupportGroup | None
    after: SupportGroup | None
    persons: int
    person_ids: tuple[UUID, ...] = ()

    @property
    def is_change(self) -> bool:
        """Whether the group is another one."""
        return self.before is not self.after


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFlows:
    """All flows between two days, in the order of the groups."""

    first: date
    last: date
    flows: tuple[Flow, ...]

    def total_before(self, group: SupportGroup | None) -> int:
        """Persons who had it on the first day."""
        return sum(flow.persons for flow in self.flows if flow.before is group)

    def total_after(self, group: SupportGroup | None) -> int:
        """Persons who have it on the last day."""
        return sum(flow.persons for flow in self.flows if flow.after is group)


def flows_of(spans: Spans, first: date, last: date) -> GroupFlows:
    """The flows of everybody who had a group on either day."""
    moves: dict[tuple[SupportGroup | None, SupportGroup | None], list[UUID]] = {}
    for person_id in spans:
        pair = group_on(spans, person_id, first), group_on(spans, person_id, last)
        if pair != (None, None):
            moves.setdefault(pair, []).append(person_id)
    order = {group: place for place, group in enumerate((*SupportGroup, None))}
    flows = (
        Flow(before=before, after=after, persons=len(ids), person_ids=tuple(ids))
        for (before, after), ids in moves.items()
    )
    return GroupFlows(
        first=first,
        last=last,
        flows=tuple(sorted(flows, key=lambda f: (order[f.before], order[f.after]))),
    )


def words_of(flows: GroupFlows) -> str:
    """The flows as sentences, for whoever does not see the drawing."""
    stays: Counter[SupportGroup | None] = Counter()
    changes = []
    for flow in flows.flows:
        if flow.is_change:
            said = f"{flow.before or '区分なし'}から{flow.after or '区分なし'}へ{flow.persons}人"
            changes.append(said)
        else:
            stays[flow.before] += flow.persons
    same = f"変わらない人は{sum(stays.values())}人。" if stays else ""
    moved = "、".join(changes)
    return same + (f"動いた人は、{moved}。" if moved else "動いた人はいません。")
