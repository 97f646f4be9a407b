"""Which papers the supporter's log stands for, by the office's table and the acts of the month. Facts only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.declarations import month_end, month_of
from desktop.domain.monthly_papers import MonthlyDue
from desktop.domain.monthly_replacements import LoggedAct, PaperReplacement, Replaced
from desktop.domain.roles import Role
from desktop.domain.support_groups import SupportGroup
from desktop.models.activities import ActivityRecord
from desktop.models.households import Household
from desktop.models.office import StaffRole

#: Household, person and first day of the month.
_Whose = tuple[UUID, UUID, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """The acts of some months, and the rows by which they stand for papers."""

    rules: Sequence[PaperReplacement] = ()
    acts: Mapping[_Whose, Sequence[LoggedAct]] = field(default_factory=dict)

    def stands_for(self, due: MonthlyDue, group: SupportGroup | None) -> Replaced | None:
        """Why a paper of somebody of this decided group is not asked for; None where it is."""
        for rule in self.rules:
            if rule.applies(due.paper, group):
                found = rule.found(self.acts.get((due.household_id, due.person_id, due.month), ()))
                if found is not None:
                    return found
        return None


def logged_of(
    session: Session,
    where: ColumnElement[bool],
    months: Sequence[date],
    rules: Sequence[PaperReplacement],
) -> Logged:
    """Read the acts for the households of a condition; nothing is read where the office lets nothing stand for a paper."""
    in_use = [rule for rule in rules if rule.acts > 0]
    if not in_use:
        return Logged()
    a, later, r = ActivityRecord, aliased(ActivityRecord), StaffRole
    by_supporter = exists().where(
        r.staff_id == a.staff_id,
        r.role == Role.EMPLOYMENT_SUPPORTER,
        r.valid_from <= a.done_on,
        or_(r.valid_to.is_(None), r.valid_to >= a.done_on),
    )
    rows = session.execute(
        select(a.household_id, a.person_id, a.done_on, a.kind, by_supporter)
        .join(Household, Household.id == a.household_id)
        .where(
            where,
            a.done_on.between(months[0], month_end(months[-1])),
            a.is_void.is_(False),
            ~exists().where(later.replaces_id == a.id),
        )
    )
    acts: dict[_Whose, list[LoggedAct]] = defaultdict(list)
    for household_id, person_id, done_on, kind, is_supporter in rows:
        acts[household_id, person_id, month_of(done_on)].append(
            LoggedAct(done_on=done_on, kind=kind, by_supporter=bool(is_supporter))
        )
    return Logged(rules=in_use, acts=acts)
