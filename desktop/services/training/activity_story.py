"""Three months of acts of support in the training office, by caseworkers and the employment supporter; one next step is overdue (S03)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from desktop.domain.activities import ActivityResult
from desktop.domain.records import Place
from desktop.domain.todos import TodoOrigin, TodoState
from desktop.models.activities import ActivityRecord, ActivityText
from desktop.models.todos import Todo, TodoText
from desktop.services.masters import lookup
from desktop.services.masters.lookup_activities import activity_kinds
from desktop.services.training.support_cast import Telling, instant

_WRITTEN = (17, 0)


def tell_activities(
    telling: Telling, told: Sequence[Mapping[str, Any]], steps: Mapping[str, Sequence[UUID]]
) -> None:
    """Write them. Minutes are the office's for the kind, unless the line says others."""
    kinds = activity_kinds(telling.session, telling.office_id, telling.today)
    for line in told:
        who = telling.cast.get(line["rule"])
        if who is None:
            continue
        day, by, act_id = telling.day(line["days"]), telling.by(who, line["by"]), telling.new_id()
        due_on = telling.today - timedelta(days=line["due"]) if "due" in line else None
        stems = steps.get(line["rule"], ())
        telling.add(
            ActivityRecord(
                id=act_id,
                person_id=who.person_id,
                done_on=day,
                starts_at=None,
                minutes=line.get("minutes", kinds[line["kind"]].minutes),
                kind=line["kind"],
                place=Place(line.get("place", Place.NONE)),
                partner=line.get("partner", ""),
                step_id=stems[line["step"]] if "step" in line and stems else None,
                result=ActivityResult(line.get("result", ActivityResult.DONE)),
                next_due_on=due_on,
                staff_id=by,
                made_by=by,
                made_at=instant(day, *_WRITTEN),
                **telling.owner(who),
            ),
            ActivityText(
                activity_id=act_id,
                memo=line.get("memo", ""),
                next_step=line.get("next", ""),
                reason="",
                **telling.owner(who),
            ),
        )
        if due_on is not None:
            _next_step(telling, line, act_id, by)


def _next_step(telling: Telling, line: Mapping[str, Any], act_id: UUID, by: UUID) -> None:
    """The to-do of the next step, still open; planted as overdue or as a near miss."""
    who, todo_id = telling.cast[line["rule"]], telling.new_id()
    due_on = telling.today - timedelta(days=line["due"])
    telling.add(
        Todo(
            id=todo_id,
            owner_id=by,
            origin=TodoOrigin.ASSIGNED,
            origin_id=act_id,
            due_on=due_on,
            state=TodoState.OPEN,
            created_by=by,
            created_at=instant(telling.day(line["days"]), *_WRITTEN),
            **telling.owner(who),
        ),
        TodoText(todo_id=todo_id, text=line["next"], **telling.owner(who)),
    )
    limits = lookup.thresholds(telling.session, telling.office_id, telling.today)
    telling.plant("S03", who, due_on, "支援活動の次の行動", is_near=line["due"] <= limits.s03_days)
