"""After the search: nothing illegal stays, and no statutory visit is unplanned while an optional one lies where it could go.

The search prefers statutory visits by price, which is no guarantee; this pass is one. It is greedy and in fixed order, so the same draft is
always settled alike.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop.planning.draft import Draft
from desktop.planning.pricing import FAR


@dataclass(frozen=True, slots=True, kw_only=True)
class Ousting:
    """The optional visits that leave for a firm one, and the draft after that."""

    leaving: tuple[int, ...]
    draft: Draft


def settle(draft: Draft) -> None:
    """Remove what is illegal, give pinned visits, then statutory ones, their half-days, then fill up by points."""
    _remove_illegal(draft)
    visits = draft.pricing.problem.visits
    for visit in sorted(draft.unplanned(), key=lambda visit: visits[visit].pin is None):
        if draft.pricing.firm[visit]:
            _plan_firmly(draft, visit)
    fill(draft)


def fill(draft: Draft) -> None:
    """Plan what still goes: firm visits first, then by need points, then by due date."""
    visits, firm = draft.pricing.problem.visits, draft.pricing.firm
    waiting = sorted(
        draft.unplanned(),
        key=lambda visit: (not firm[visit], -visits[visit].points, visits[visit].due, visit),
    )
    for visit in waiting:
        found = draft.cheapest(visit)
        if found is not None:
            draft.put(visit, found[1])


def could_use(draft: Draft, visit: int, slot: int) -> Ousting | None:
    """Return what it takes for the firm visit to have the slot if optional visits may have to leave; None if that is not enough.

    Fewest need points leave first, long visits before short ones; who is not in the way after all comes back.
    """
    trial = draft.copy()
    leaving = _in_the_way(trial, visit, slot)
    if any(trial.pricing.firm[other] for other in leaving):
        return None
    for other in leaving:
        trial.remove(other)
    for other in _optional_of(trial, slot):
        if trial.insertion(visit, slot) is not None:
            break
        trial.remove(other)
        leaving.append(other)
    if not trial.put(visit, slot):
        return None
    gone = [other for other in leaving if not trial.put(other, draft.slot[other])]
    return Ousting(leaving=tuple(gone), draft=trial)


def _plan_firmly(draft: Draft, visit: int) -> None:
    found = draft.cheapest(visit)
    if found is not None:
        draft.put(visit, found[1])
        return
    ways: list[tuple[int, int, Ousting]] = []
    for slot in draft.pricing.options[visit].slots:
        ousting = could_use(draft, visit, slot)
        if ousting is not None:
            ways.append((_loss(draft, ousting.leaving), slot, ousting))
    if ways:
        draft.take_over(min(ways, key=lambda way: way[:2])[2].draft)


def _loss(draft: Draft, leaving: tuple[int, ...]) -> int:
    visits, weights = draft.pricing.problem.visits, draft.pricing.weights
    return sum(weights.drop_price(visits[other].points) for other in leaving)


def _optional_of(draft: Draft, slot: int) -> list[int]:
    visits, firm = draft.pricing.problem.visits, draft.pricing.firm
    return sorted(
        (other for other in draft.routes[slot] if not firm[other]),
        key=lambda other: (visits[other].points, -visits[other].minutes, other),
    )


def _in_the_way(draft: Draft, visit: int, slot: int) -> list[int]:
    """The household's own planned visits that would be too near."""
    pricing = draft.pricing
    day = pricing.ordinal[slot]
    found = []
    for other in (pricing.before[visit], pricing.after[visit]):
        if other < 0 or draft.slot[other] < 0:
            continue
        gap = pricing.ordinal[draft.slot[other]] - day
        if other == pricing.before[visit]:
            price = pricing.gap(other, visit, -gap)
        else:
            price = pricing.gap(visit, other, gap)
        if price >= FAR:
            found.append(other)
    same_day = (
        other
        for near in (slot - 1, slot, slot + 1)
        if 0 <= near < len(draft.routes) and pricing.ordinal[near] == day
        for other in draft.routes[near]
        if pricing.home[other] is pricing.home[visit] and other not in found
    )
    return [*found, *same_day]


def _remove_illegal(draft: Draft) -> None:
    """Take out who lies too near to another visit of the household (possible where one between them is unplanned)."""
    order = sorted(
        (visit for visit, slot in enumerate(draft.slot) if slot >= 0),
        key=lambda visit: (
            draft.pricing.firm[visit],
            draft.pricing.problem.visits[visit].points,
            visit,
        ),
    )
    for visit in order:
        slot = draft.slot[visit]
        if draft.twice(visit, slot) or draft.gaps(visit, slot) >= FAR:
            draft.remove(visit)
