"""Which of the office's lists of what to make sure of fit a household."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from desktop.domain.households import CaseFile, ResidenceKind
from desktop.domain.master_tables import Master
from desktop.domain.office import SignedInStaff
from desktop.domain.visit_questions import VisitQuestions, questions_in
from desktop.services.masters import lookup

_COMMON, _INSTITUTION = "common", "institution"


def visit_questions(
    session: Session, staff: SignedInStaff, file: CaseFile, today: date
) -> tuple[VisitQuestions, ...]:
    """The list for every household, then that of its type; of one whose head is in hospital or a home, that list instead."""
    rows = lookup.in_force(session, staff.office_id, Master.VISIT_QUESTIONS, today)
    is_away = any(m.is_head and m.residence is not ResidenceKind.HOME for m in file.members)
    kind = _INSTITUTION if is_away else str(file.household_type or "")
    return tuple(
        questions_in(str(rows[key]["label"]), str(rows[key]["questions"]))
        for key in (_COMMON, kind)
        if key in rows
    )
