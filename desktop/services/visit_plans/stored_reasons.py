"""The cost table of a planned visit as it is stored, and the sentence that is made of it again (なぜこの世帯をこの週に)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import Any

from desktop.domain.dates import months_later
from desktop.domain.visit_plans import PlannedVisit
from desktop.planning import plans
from desktop.planning.costs import CostTable
from desktop.planning.explaining import why
from desktop.planning.halves import Half, HalfDay
from desktop.planning.problem import Basis, Visit
from desktop.planning.reasons import REASON_WORDS, Reason

#: What a person did with a visit of a draft, as it stands in the cost table.
MOVED, ADDED = "moved", "added"
_BY_HAND = {MOVED: "手で移した訪問。", ADDED: "手で追加した訪問。"}
_ADDED_PLAIN = "臨時訪問。"
_NO_HALF_YET = "半日は月間計画で決めます。"
_CAUSES: Mapping[str, str] = {
    plans.Cause.NO_SLOT: "入れられる半日がありません",
    plans.Cause.FULL: "使える半日がすべて埋まっています",
    plans.Cause.SPACING: "前後の訪問に近すぎます",
}


def stored_terms(planned: plans.PlannedVisit) -> dict[str, object]:
    """What the planner looked at, as integers and codes."""
    return {
        "costs": asdict(planned.costs),
        "alternatives": [
            {"day": a.at.day.isoformat(), "half": a.at.half.value, "costs": asdict(a.costs)}
            for a in planned.alternatives
        ],
        "refused": {count.reason.value: count.half_days for count in planned.refused},
        "next_week": planned.next_week.value if planned.next_week else None,
        "previous": planned.previous.isoformat() if planned.previous else None,
        "together": planned.together,
        "in_house": planned.in_house,
        "saved_minutes": planned.saved_minutes,
    }


def by_hand_terms(
    done: str, planned: plans.PlannedVisit | None, broken: Sequence[Reason]
) -> dict[str, object]:
    """The table of a visit that a person put there; without costs where none can be told."""
    terms = stored_terms(planned) if planned else {"costs": {}}
    return {**terms, "by_hand": done, "broken": [reason.value for reason in broken]}


def rule_values(visit: Visit) -> dict[str, object]:
    """The figures of the rule that made a visit due."""
    return {
        "grade": visit.grade,
        "visits_a_year": visit.visits_a_year,
        "period_days": visit.period_days,
        "spaced": visit.spaced,
        "last_visit": visit.last_visit.isoformat() if visit.last_visit else None,
        **({"partners": list(visit.partners)} if visit.partners else {}),
        **({"agreed": True} if visit.appointment else {}),
    }


def unplanned_values(missed: plans.UnplannedVisit) -> dict[str, object]:
    """How many half-days each hard reason took out."""
    return {"refused": {count.reason.value: count.half_days for count in missed.refused}}


def why_planned(visit: PlannedVisit, terms: Mapping[str, Any] | None) -> str:
    """B格付(2か月に1回)。前回5/12、期限7/31。… "" where nothing is stored: the visit was put there by hand."""
    if terms is None:
        return ""
    done = str(terms.get("by_hand") or "")
    if visit.day is None or visit.half is None:
        return _told_by_hand(done, terms) + _NO_HALF_YET if done else ""
    planned = _planned(visit, visit.day, visit.half.value, terms)
    wanted = planner_visit(visit, str(visit.household_id))
    agreed = planned.at if visit.values.get("agreed") else None
    said = why(replace(wanted, appointment=agreed), planned)
    return _told_by_hand(done, terms) + said.removeprefix(_ADDED_PLAIN) if done else said


def _planned(
    visit: PlannedVisit, day: date, half: str, terms: Mapping[str, Any]
) -> plans.PlannedVisit:
    """The stored table as the planner's own; what was put there without a price has no terms."""
    return plans.PlannedVisit(
        visit=str(visit.visit_id),
        at=HalfDay(day=day, half=Half(half)),
        order=visit.place or 1,
        costs=CostTable(**terms["costs"]),
        alternatives=tuple(
            plans.Alternative(
                at=HalfDay(day=date.fromisoformat(a["day"]), half=Half(a["half"])),
                costs=CostTable(**a["costs"]),
            )
            for a in terms.get("alternatives") or ()
        ),
        next_week=Reason(terms["next_week"]) if terms.get("next_week") else None,
        previous=_day(terms.get("previous")),
        together=terms.get("together") or 0,
        in_house=terms.get("in_house") or 0,
        saved_minutes=terms.get("saved_minutes") or 0,
    )


def _told_by_hand(done: str, terms: Mapping[str, Any]) -> str:
    """That a person put it there, and what stood against it then."""
    broken = "、".join(REASON_WORDS[Reason(code)] for code in terms.get("broken") or ())
    return _BY_HAND[done] + (f"置いたときに守れなかった決まり: {broken}。" if broken else "")


def why_unplanned(visit: PlannedVisit) -> str:
    """Why a visit could not be planned, with what took most of its half-days out."""
    refused: Mapping[str, int] = dict(visit.unplanned_values.get("refused") or {})  # type: ignore[call-overload]  # as stored
    return _missed(visit.unplanned, refused)


def words_of_missed(missed: plans.UnplannedVisit) -> str:
    """The same sentence of a visit that was not stored yet."""
    return _missed(missed.cause.value, {r.reason.value: r.half_days for r in missed.refused})


def _missed(cause: str, refused: Mapping[str, int]) -> str:
    said = _CAUSES.get(cause, cause)
    most = sorted(refused.items(), key=lambda found: (-found[1], found[0]))[:3]
    counted = "、".join(f"{REASON_WORDS[Reason(code)]}{count}" for code, count in most)
    return f"{said}（{counted}）。" if counted else f"{said}。"


def planner_visit(visit: PlannedVisit, number: str, **given: Any) -> Visit:  # noqa: ANN401 - fields of Visit
    """A stored visit as the planner knows it."""
    values = visit.values
    month_end = months_later(visit.month, 1) - timedelta(days=1) if visit.month else None
    due = visit.due_on or visit.day or month_end or visit.last_on or date.max
    plain: dict[str, Any] = {
        "code": str(visit.visit_id),
        "household": number,
        "basis": Basis(visit.rule) if visit.rule in set(Basis) else Basis.EXTRA,
        "due": due,
        "earliest": visit.first_on or visit.month or due,
        "latest": visit.last_on or month_end or due,
        "minutes": visit.minutes,
        "statutory": visit.is_statutory,
        "grade": str(values.get("grade") or ""),
        "visits_a_year": int(str(values.get("visits_a_year") or 0)),
        "period_days": int(str(values.get("period_days") or 0)),
        "spaced": values.get("spaced") is True,
        "last_visit": _day(values.get("last_visit")),
        "purposes": visit.purposes,
        "announced": visit.is_announced,
        "partners": partners_of(visit),
    }
    return Visit(**{**plain, **given})


def partners_of(visit: PlannedVisit) -> tuple[str, ...]:
    """Who goes along, by code, as it was stored with the visit."""
    stored = visit.values.get("partners")
    return tuple(map(str, stored)) if isinstance(stored, list) else ()


def _day(text: object) -> date | None:
    return date.fromisoformat(str(text)) if text else None
