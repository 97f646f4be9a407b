"""After the search: nothing illegal stays, and no statutory visit is unplanned while an optional one lies where it could go.

The search prefers statutory visits by price, which is no guarantee; this pass is one. It is greedy and in fixed order, so the same draft is
always settled alike.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop.planning.draft import Draft
from desktop.planning.pricing import FAR

#: For so many visits left out a way is looked for by moving another; far over capacity there would be no end to it.
MOST_TRIED = 12


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
    for visit in _by_rank(draft)[:MOST_TRIED]:
        make_way(draft, visit)


def fill(draft: Draft) -> None:
    """Plan what still goes: firm visits first, then by need points, then by due date."""
    for visit in _by_rank(draft):
        found = draft.cheapest(visit)
        if found is not None:
            draft.put(visit, found[1])


def make_way(draft: Draft, visit: int) -> bool:
    """Plan a visit by moving one other, unpinned one to another half-day, if that costs less than leaving it out."""
    pricing = draft.pricing
    wanted = pricing.problem.visits[visit]
    best: tuple[int, Draft] | None = None
    most = pricing.weights.drop_price(wanted.points, statutory=wanted.statutory)
    options = pricing.options[visit]
    for slot, fixed in zip(options.slots, options.prices, strict=True):
        for other in draft.routes[slot]:
            if pricing.problem.visits[other].pin is not None:
                continue
            way = _way_past(draft, visit, other, fixed)
            if way is not None and way[0] < (best[0] if best else most):
                best = way
    if best is not None:
        draft.take_over(best[1])
    return best is not None


def _way_past(draft: Draft, visit: int, other: int, fixed: int) -> tuple[int, Draft] | None:
    """What it costs more, and the draft, if the visit takes the other's half-day and the other goes elsewhere."""
    slot, pricing = draft.slot[other], draft.pricing
    trial = draft.copy()
    trial.remove(other)
    stayed = trial.price(other, slot, pricing.price(other, slot))
    found = trial.price(visit, slot, fixed)
    if found is None or stayed is None:
        return None
    trial.add(visit, slot, found[1].position)
    elsewhere = trial.cheapest(other, (at for at in pricing.options[other].slots if at != slot))
    if elsewhere is None:
        return None
    trial.put(other, elsewhere[1])
    return found[0] + elsewhere[0] - stayed[0], trial


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
    if make_way(draft, visit):
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


def _by_rank(draft: Draft) -> list[int]:
    """Unplanned visits that have some half-day: firm ones first, then by need points, then by due date."""
    visits, pricing = draft.pricing.problem.visits, draft.pricing
    return sorted(
        (visit for visit in draft.unplanned() if pricing.options[visit].slots),
        key=lambda visit: (
            not pricing.firm[visit],
            -visits[visit].points,
            visits[visit].due,
            visit,
        ),
    )


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
