"""Whose time may be looked at: the office by heads, a team by its supervisor, and only where no figure is one person's."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from desktop.domain.effort import Team, by_teams
from desktop.domain.errors import NotPermittedError
from desktop.domain.office import AssignmentKind, SignedInStaff
from desktop.models.households import Household
from desktop.models.office import Assignment, Staff
from desktop.services.masters import lookup
from desktop.services.periods import holds_on

OFFICE = "office"
_OFFICE_LABEL, _OWN = "事務所全体", "自分の班"
_NOT_THERE = "この範囲は見られません。選び直してください。"


def teams(session: Session, staff: SignedInStaff, today: date) -> tuple[Team, ...]:
    """The office for whoever's duty it is, with its teams of some size; else the own one. Small teams stand in the office's figures only."""
    a = Assignment
    rows = session.execute(
        select(a.staff_id, Staff.name, a.district_id, a.kind)
        .join(Staff, Staff.id == a.staff_id)
        .where(a.office_id == staff.office_id, holds_on(a, today))
        .order_by(Staff.kana, a.staff_id)
    ).all()
    main = {(who, district) for who, _, district, kind in rows if kind is AssignmentKind.MAIN}

    def workers(district_ids: frozenset[UUID] | None) -> int:
        fits = (who for who, d in main if district_ids is None or d in district_ids)
        return len(set(fits))

    if not staff.is_office_wide:
        own = staff.supervised_district_ids
        return (Team(key=_OWN, label=_OWN, district_ids=own, caseworkers=workers(own)),)
    supervised: dict[tuple[UUID, str], set[UUID]] = {}
    for who, name, district, kind in rows:
        if kind is AssignmentKind.SUPERVISOR:
            supervised.setdefault((who, name), set()).add(district)
    whole = Team(key=OFFICE, label=_OFFICE_LABEL, district_ids=None, caseworkers=workers(None))
    parts = (
        Team(
            key=str(who),
            label=f"{name}の班",
            district_ids=frozenset(ids),
            caseworkers=workers(frozenset(ids)),
        )
        for (who, name), ids in supervised.items()
    )
    least = lookup.thresholds(session, staff.office_id, today).effort_least_staff
    return large_enough((whole, *parts), least)


def team_of(found: tuple[Team, ...], key: str) -> Team:
    """The team of a key, the first one for an empty key. Raises NotPermittedError for any other."""
    for team in found:
        if key in ("", team.key):
            return team
    raise NotPermittedError(_NOT_THERE)


def large_enough(found: tuple[Team, ...], least: int) -> tuple[Team, ...]:
    """Those of which effort is shown on its own."""
    return by_teams(found, least)


def households_of(team: Team, office_id: UUID) -> ColumnElement[bool]:
    """The households of a team."""
    office = Household.office_id == office_id
    if team.district_ids is None:
        return office
    return office & Household.district_id.in_(team.district_ids)
