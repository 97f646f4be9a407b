"""Lines of the papers about support towards work, in the office's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.domain.activities import ACTIVITY_RESULT, Activity, ActivityKind, Partner
from desktop.domain.activity_forms import ActivityLine, KindCount, StartLine
from desktop.domain.employment_spells import JOB_CONTRACT, JOB_ROUTE, EmploymentSpell
from desktop.services.masters.lookup_activities import activity_kinds, partners


def act_lines(
    session: Session, office_id: UUID, today: date, acts: Iterable[Activity], person_id: UUID
) -> tuple[ActivityLine, ...]:
    """The acts with a person that count, the oldest first; `acts` come with the newest first."""
    kinds, known = (
        activity_kinds(session, office_id, today),
        partners(session, office_id, today),
    )
    own = [act for act in acts if act.counts and act.person_id == person_id]
    return tuple(
        ActivityLine(
            done_on=act.done_on,
            kind=label_of(kinds, act.kind),
            minutes=act.minutes,
            is_direct=act.kind in kinds and kinds[act.kind].is_direct,
            partner=label_of(known, act.partner),
            result=ACTIVITY_RESULT[act.result],
            memo=act.memo,
            next_step=act.next_step,
            next_due_on=act.next_due_on,
            staff=act.staff,
        )
        for act in reversed(own)
    )


def start_line(case_number: str, spell: EmploymentSpell) -> StartLine:
    """A start of work in a report."""
    return StartLine(
        case_number=case_number,
        name=spell.person,
        outcome=spell.outcome_label,
        started_on=spell.started_on,
        employer=spell.employer,
        contract=JOB_CONTRACT[spell.contract],
        hours=spell.hours,
        expected_wage=spell.expected_wage,
        income_before=spell.income_before,
        income_after=spell.income_after,
        route=JOB_ROUTE[spell.route],
    )


def kind_counts(
    acts: Iterable[tuple[str, int]], kinds: Mapping[str, ActivityKind]
) -> tuple[KindCount, ...]:
    """How often and how long, by kind, in the order of the codes."""
    found: dict[str, list[int]] = {}
    for code, minutes in acts:
        found.setdefault(code, []).append(minutes)
    return tuple(
        KindCount(
            kind=label_of(kinds, code),
            count=len(found[code]),
            minutes=sum(found[code]),
            is_direct=code in kinds and kinds[code].is_direct,
        )
        for code in sorted(found)
    )


def label_of(known: Mapping[str, ActivityKind] | Mapping[str, Partner], code: str) -> str:
    """The office's word for a code, the code itself where it has none."""
    return known[code].label if code in known else code
