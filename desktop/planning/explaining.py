"""Why this household in this half-day, and why not in another: sentences made from the kept cost table, never from a guess."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.planning.costs import CostTable, signed_minutes
from desktop.planning.describing import describe_visit
from desktop.planning.draft import Draft
from desktop.planning.halves import HalfDay
from desktop.planning.planner import draft_of
from desktop.planning.plans import PlannedPeriod, PlannedVisit
from desktop.planning.pricing import FAR, Pricing
from desktop.planning.problem import Basis, PlanningProblem, Visit
from desktop.planning.reasons import REASON_WORDS, Reason
from desktop.planning.weights import MINUTE

_MONTHS = 12
_BASIS_WORDS = {
    Basis.APPLICATION: "申請後の法定の期限内に行う訪問(局長通知第12-1)。",
    Basis.REVISIT: "不在のための再訪問。",
    Basis.PURPOSE: "時期の決まった目的のための訪問。",
    Basis.EXTRA: "臨時訪問。",
}
_TERM_WORDS = {
    "travel": "移動",
    "due": "期限からのずれ",
    "spacing": "訪問の間隔",
    "half_day": "曜日・時間帯",
    "level": "月の混み具合",
    "points": "優先の点数",
    "moved": "前の計画からの変更",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mover:
    """Another visit that would have to go, and where to; None: it would fall out of the plan."""

    visit: str
    before: HalfDay
    after: HalfDay | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNot:
    """The answer to "why not there?": what it costs more in all, by which terms of its own, broken rules, who else would move.

    `change` counts what the others pay too, and what it costs to leave one of them out; None where the visit cannot lie there at all.
    """

    visit: str
    at: HalfDay
    change: int | None
    terms: CostTable
    broken: tuple[Reason, ...] = ()
    movers: tuple[Mover, ...] = ()

    @property
    def words(self) -> str:
        """The answer as sentences."""
        parts = []
        if self.change is not None:
            terms = _terms_in_words(self.terms, self.change - self.terms.total)
            parts.append(f"{self.at.words}は{signed_minutes(self.change)}相当{terms}。")
        if self.broken:
            rules = "、".join(REASON_WORDS[reason] for reason in self.broken)
            parts.append(f"{self.at.words}に入れられない理由: {rules}。")
        if self.movers:
            parts.append(f"ほかに動く訪問: {'、'.join(map(_mover_in_words, self.movers))}。")
        return "".join(parts)


class Explainer:
    """Answers for one plan; made once, every question is then one insertion."""

    def __init__(self, problem: PlanningProblem, period: PlannedPeriod) -> None:
        self._problem = problem
        self._pricing = Pricing(problem)
        self._draft = draft_of(self._pricing, period.baseline())
        self._planned = {planned.visit: planned for planned in period.planned}
        self._numbers = {visit.code: number for number, visit in enumerate(problem.visits)}
        self._blocked = {blocked.at: blocked.reason for blocked in problem.blocked}

    def why(self, code: str) -> str:
        """Return why the visit is due and lies where it lies; "" if it is not planned. KeyError for a visit of another plan."""
        visit = self._problem.visits[self._numbers[code]]
        planned = self._planned.get(code)
        return "" if planned is None else why(visit, planned)

    def why_not(self, code: str, at: HalfDay) -> WhyNot:
        """Return what it would take to have the visit in that half-day instead."""
        number, slot = self._numbers[code], self._pricing.slot_at.get(at)
        if slot is None:
            reason = self._blocked.get(at, Reason.WINDOW)
            return WhyNot(visit=code, at=at, change=None, terms=CostTable(), broken=(reason,))
        trial = self._draft.copy()
        planned = self._planned.get(code)
        if trial.slot[number] >= 0:
            trial.remove(number)
        broken = list(self._pricing.closings(number, slot))
        if trial.gaps(number, slot) >= FAR or trial.twice(number, slot):
            broken.append(Reason.SPACING)
        movers = _make_room(trial, number, slot)
        insertion = trial.insertion(number, slot)
        if insertion is None:
            broken += [] if Reason.TOO_LONG in broken else [Reason.FULL]
            return WhyNot(visit=code, at=at, change=None, terms=CostTable(), broken=tuple(broken))
        impossible = Reason.SPACING in broken
        table = trial.table(number, slot, insertion) if not impossible else CostTable()
        trial.add(number, slot, insertion.position)
        moved = tuple(self._settle_elsewhere(trial, mover, slot) for mover in movers)
        change = trial.total() - self._draft.total() + self._left_out(moved)
        return WhyNot(
            visit=code,
            at=at,
            change=None if impossible else change,
            terms=table.less(planned.costs if planned and not impossible else CostTable()),
            broken=tuple(broken),
            movers=moved,
        )

    def put_there(self, code: str, at: HalfDay) -> tuple[PlannedVisit | None, tuple[Reason, ...]]:
        """Return the visit as a person puts it into that half-day, whatever stands against it, and the rules that this breaks.

        Nobody else moves: a half-day that gets too full is one of the rules. None where no price can be told.
        """
        answer = self.why_not(code, at)
        broken = answer.broken
        if answer.movers and Reason.FULL not in broken:
            broken = (*broken, Reason.FULL)
        if answer.change is None:
            return None, broken
        number, slot = self._numbers[code], self._pricing.slot_at[at]
        trial = self._draft.copy()
        if trial.slot[number] >= 0:
            trial.remove(number)
        _make_room(trial, number, slot)
        insertion = trial.insertion(number, slot)
        if insertion is None:
            return None, broken
        trial.add(number, slot, insertion.position)
        return describe_visit(trial, number), broken

    def _left_out(self, movers: tuple[Mover, ...]) -> int:
        """What it costs to leave those out that find no other half-day."""
        visits, weights = self._problem.visits, self._problem.weights
        return sum(
            weights.drop_price(left.points, statutory=left.statutory)
            for mover in movers
            if mover.after is None
            for left in (visits[self._numbers[mover.visit]],)
        )

    def _settle_elsewhere(self, trial: Draft, visit: int, slot: int) -> Mover:
        """Give a visit that had to make room the cheapest half-day that is left."""
        options = self._pricing.options[visit].slots
        found = trial.cheapest(visit, (other for other in options if other != slot))
        if found is not None:
            trial.put(visit, found[1])
        slots = self._problem.slots
        return Mover(
            visit=self._problem.visits[visit].code,
            before=slots[slot].at,
            after=slots[found[1]].at if found else None,
        )


def why(visit: Visit, planned: PlannedVisit) -> str:
    """Return the sentences for one planned visit."""
    return "".join(
        part
        for part in (
            _basis(visit),
            _dates(visit, planned),
            _fixed(visit),
            _together(planned),
            _next_week(planned),
        )
        if part
    )


def frequency(visits_a_year: int) -> str:
    """毎月1回 / 2か月に1回 / 年5回."""
    if visits_a_year and _MONTHS % visits_a_year == 0:
        months = _MONTHS // visits_a_year
        return "毎月1回" if months == 1 else f"{months}か月に1回"
    return f"年{visits_a_year}回"


def _basis(visit: Visit) -> str:
    if visit.basis is Basis.FLOOR:
        return f"法定の最低回数(年{visit.visits_a_year}回)による訪問。"
    if visit.basis is not Basis.GRADE:
        return _BASIS_WORDS[visit.basis]
    named = f"{visit.grade}格付" if visit.grade else "訪問の定め"
    legal = "法定の最低回数に数える訪問。" if visit.statutory else ""
    return f"{named}({frequency(visit.visits_a_year)})。{legal}"


def _dates(visit: Visit, planned: PlannedVisit) -> str:
    before = f"前回{_day(planned.previous)}" if planned.previous else "前回の訪問なし"
    return f"{before}、期限{_day(visit.latest)}。"


def _fixed(visit: Visit) -> str:
    if visit.appointment is not None:
        return "約束した半日。"
    if visit.locked is not None:
        return "担当者が固定した半日。"
    return "同行者の空いている半日。" if visit.partners else ""


def _together(planned: PlannedVisit) -> str:
    if planned.in_house:
        where, count = "同じ施設", planned.in_house
    else:
        where, count = "同じ町内", planned.together
    if not count:
        return ""
    saved = (
        f"(移動{signed_minutes(-planned.saved_minutes * MINUTE)})" if planned.saved_minutes else ""
    )
    return f"{where}の{count}世帯と同じ半日{saved}。"


def _next_week(planned: PlannedVisit) -> str:
    if planned.next_week is Reason.PINNED:
        return ""
    if planned.next_week is Reason.WINDOW:
        return "翌週は期限を過ぎる。"
    if planned.next_week is not None:
        return f"翌週は{REASON_WORDS[planned.next_week]}。"
    if not planned.alternatives:
        return ""
    other = planned.alternatives[0]
    return f"ほかの週では{other.at.words}が最もよく、{signed_minutes(other.costs.total - planned.costs.total)}相当。"


def _make_room(trial: Draft, visit: int, slot: int) -> list[int]:
    """Take unpinned visits out of the half-day until the visit fits: unannounced first, few points first, long ones first."""
    visits = trial.pricing.problem.visits
    order = sorted(
        (other for other in trial.routes[slot] if visits[other].pin is None),
        key=lambda other: (
            visits[other].announced,
            visits[other].statutory,
            visits[other].points,
            -visits[other].minutes,
            other,
        ),
    )
    taken: list[int] = []
    for other in order:
        if trial.insertion(visit, slot) is not None:
            break
        trial.remove(other)
        taken.append(other)
    return taken


def _terms_in_words(terms: CostTable, others: int) -> str:
    rows = [(words, getattr(terms, name)) for name, words in _TERM_WORDS.items()]
    told = [
        f"{words}{signed_minutes(price)}"
        for words, price in [*rows, ("ほかの訪問への影響", others)]
        if abs(price) * 2 >= MINUTE
    ]
    return f"({'、'.join(told)})" if told else ""


def _mover_in_words(mover: Mover) -> str:
    return (
        f"{mover.visit}を{mover.after.words}へ" if mover.after else f"{mover.visit}は計画から外れる"
    )


def _day(day: date) -> str:
    return f"{day.month}/{day.day}"
