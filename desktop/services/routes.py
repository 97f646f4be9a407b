"""The way that a submission takes: the office's positions above the author's own."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database.move_effects import positions_held
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import APPROVING_POSITIONS, Role
from desktop.models.households import Household
from desktop.services.masters import lookup


def route_of(
    session: Session, staff: SignedInStaff, household_id: UUID, subject: str, kind: str, today: date
) -> tuple[Role, ...]:
    """The positions that decide a submission of this author, lowest first. `kind` is the subject's own kind."""
    route = lookup.route(session, staff.office_id, subject, kind, today)
    district_id = session.scalars(
        select(Household.district_id).where(Household.id == household_id)
    ).one()
    return route_for(staff, district_id, route, positions_held(session, staff.office_id, today))


def route_for(
    staff: SignedInStaff,
    district_id: UUID,
    route: tuple[Role, ...],
    held: frozenset[Role],
) -> tuple[Role, ...]:
    """The route without the positions the author holds or stands above; the next one up when none is left.

    `held` are the positions somebody in the office holds. So a supervisor who covers a vacant district is
    approved by the head of section (section 1.2).
    """
    own = staff.positions_in(district_id)
    if not own:
        return route
    highest = max(APPROVING_POSITIONS.index(position) for position in own)
    above = tuple(position for position in route if APPROVING_POSITIONS.index(position) > highest)
    if above:
        return above
    higher = [position for position in APPROVING_POSITIONS[highest + 1 :] if position in held]
    return tuple(higher[:1]) or (Role.DIRECTOR,)
