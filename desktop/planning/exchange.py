"""A problem and its plan as JSON, from which anybody can check the plan again; `README.md` beside this file documents it.

No names, addresses or coordinates: households by number, places by row of the travel table, 町内 and facilities by running numbers.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import MISSING, Field, fields, is_dataclass, replace
from datetime import date
from enum import Enum
from types import NoneType, UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from desktop.planning.plans import PlannedPeriod
from desktop.planning.problem import PlanningProblem

FORMAT = "banso-visit-plan"
VERSION = 1

Kind = TypeVar("Kind")


def to_json(problem: PlanningProblem, period: PlannedPeriod | None = None) -> str:
    """Return the problem, and the plan if there is one, as a document; equal inputs give equal text."""
    document: dict[str, Any] = {"format": FORMAT, "version": VERSION, "problem": _out(problem)}
    if period is not None:
        document["plan"] = _out(period)
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def without_points(
    problem: PlanningProblem, period: PlannedPeriod
) -> tuple[PlanningProblem, PlannedPeriod]:
    """The same without need points and their prices: they order visits inside the office and leave it in no file."""
    visits = tuple(replace(visit, points=0) for visit in problem.visits)
    planned = tuple(
        replace(
            visit,
            costs=replace(visit.costs, points=0),
            alternatives=tuple(
                replace(other, costs=replace(other.costs, points=0)) for other in visit.alternatives
            ),
        )
        for visit in period.planned
    )
    paid = sum(visit.costs.points for visit in period.planned)
    unplanned = tuple(replace(visit, points=0) for visit in period.unplanned)
    return replace(problem, visits=visits), replace(
        period, planned=planned, unplanned=unplanned, cost=period.cost - paid
    )


def from_json(text: str) -> tuple[PlanningProblem, PlannedPeriod | None]:
    """Read what `to_json` wrote. ValueError with a sentence if it is something else."""
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError("訪問計画のファイルとして読めません。") from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise ValueError("訪問計画のファイルではありません。")
    if document.get("version") != VERSION:
        raise ValueError(f"訪問計画のファイルの版が違います(この版は{VERSION})。")
    try:
        problem = _record(PlanningProblem, document["problem"])
        period = _record(PlannedPeriod, document["plan"]) if "plan" in document else None
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError("訪問計画のファイルの中身が足りないか、形が違います。") from error
    return problem, period


def _out(value: object) -> object:
    """Fields that have their default value are left out."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return {
            field.name: _out(getattr(value, field.name))
            for field in fields(value)
            if getattr(value, field.name) != _default(field)
        }
    if isinstance(value, frozenset):
        return [_out(item) for item in sorted(value)]
    return [_out(item) for item in value] if isinstance(value, tuple) else value


def _default(field: Field[Any]) -> object:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return field.default


def _record(kind: type[Kind], row: object) -> Kind:
    """Build a dataclass from its row; unknown names are an error, missing ones take their default."""
    if not isinstance(row, dict):
        raise TypeError(f"a row of {kind.__name__} has no names")
    hints = get_type_hints(kind)
    make = cast("Callable[..., Kind]", kind)
    return make(**{name: _in(hints[name], value) for name, value in row.items()})


def _in(hint: object, value: object) -> object:
    origin = get_origin(hint)
    if origin is UnionType:
        inner = next(known for known in get_args(hint) if known is not NoneType)
        return None if value is None else _in(inner, value)
    if origin is tuple or origin is frozenset:
        if not isinstance(value, list):
            raise TypeError("a list was expected")
        items = [_in(get_args(hint)[0], item) for item in value]
        return tuple(items) if origin is tuple else frozenset(items)
    return _single(cast("type", hint), value)


def _single(hint: type, value: object) -> object:
    if hint is date:
        return date.fromisoformat(str(value))
    if is_dataclass(hint):
        return _record(hint, value)
    if issubclass(hint, Enum):
        return hint(value)
    if type(value) is not hint:
        raise TypeError(f"{value!r} is no {hint.__name__}")
    return value
