"""Fixed half-days and companions on visits that a plan already has, and the need points of each visit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from desktop.domain.need_points import Need
from desktop.domain.visit_plan_periods import first_of_month
from desktop.planning.demand_fixing import Appointment, with_companions
from desktop.planning.problem import Basis, Visit
from desktop.services.visit_plans.planning_inputs import PlanningInputs


def with_agreed(
    inputs: PlanningInputs, household_id: UUID, visits: Sequence[Visit], months: Sequence[object]
) -> tuple[list[Visit], list[Appointment]]:
    """Pin the visits of a household that its fixed half-days are about; also what no visit was found for.

    `months` are those in which the visits stand: a half-day of the same month is meant for the visit even outside its window.
    """
    fixed, left = list(visits), list[Appointment]()
    for appointment in sorted(inputs.joint.appointments.get(household_id, ()), key=lambda a: a.at):
        day = appointment.at.day
        near = [
            (abs((visit.due - day).days), number)
            for number, visit in enumerate(fixed)
            if visit.pin is None
            and (visit.earliest <= day <= visit.latest or months[number] == first_of_month(day))
        ]
        if near:
            number = min(near)[1]
            fixed[number] = pinned(fixed[number], appointment)
        elif not any(visit.pin == appointment.at for visit in fixed):
            left.append(appointment)
    return fixed, left


def pinned(visit: Visit, appointment: Appointment) -> Visit:
    """The visit in the fixed half-day, with those who are booked for it."""
    return replace(
        visit,
        appointment=appointment.at,
        announced=visit.announced or appointment.announced,
        partners=tuple(dict.fromkeys((*visit.partners, *appointment.partners))),
    )


def agreed_visit(inputs: PlanningInputs, number: str, code: str, appointment: Appointment) -> Visit:
    """A visit that stands in no plan but is fixed."""
    day = appointment.at.day
    own = Visit(
        code=code,
        household=number,
        basis=Basis.EXTRA,
        due=day,
        earliest=day,
        latest=day,
        minutes=inputs.minutes,
    )
    return pinned(own, appointment)


def accompanied(inputs: PlanningInputs, household_id: UUID, visit: Visit) -> Visit:
    """A stored visit with those who still go along with it, and with those who go along every time."""
    known = {partner.code for partner in inputs.joint.partners}
    always = [c for c in inputs.joint.companions.get(household_id, ()) if c.every == 1]
    there = replace(visit, partners=tuple(code for code in visit.partners if code in known))
    return with_companions([there], always)[0]


def need_terms(need: Need) -> list[dict[str, object]]:
    """The breakdown as it is stored with a planned visit; what was given by hand is looked up when it is told."""
    return [
        {"rule": line.rule.value, "found": line.found, "points": line.points}
        for line in need.lines
        if line.rule.value != "manual"
    ]


def without_second(inputs: PlanningInputs) -> tuple[str, ...]:
    """What is to be said where two people go and nobody is named."""
    if not inputs.joint.without_second:
        return ()
    said = (
        f"二人で訪問する世帯のうち{inputs.joint.without_second}世帯は、二人目の職員が決まっていません。"
        "同僚のだれかが出られる半日に入れました。「同行と約束」で二人目を決めてください。"
    )
    return (said,)
