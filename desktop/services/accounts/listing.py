"""What is there: people with roles and districts, and requests in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.accounts import (
    ASSIGNMENT_LABELS,
    ChangeKind,
    ChangeRow,
    DistrictSpan,
    NewPerson,
    PersonRow,
    RoleSpan,
    role_of,
)
from desktop.domain.era import DateStyle, format_date
from desktop.domain.office import AssignmentKind
from desktop.domain.roles import ROLE_LABELS
from desktop.models.accounts import StaffChange
from desktop.models.office import Assignment, District, Staff, StaffRole


class _Days(Protocol):
    @property
    def valid_from(self) -> date: ...
    @property
    def valid_to(self) -> date | None: ...


def people(session: Session, office_id: UUID, today: date) -> tuple[PersonRow, ...]:
    """Everybody of the office by kana; those who left come last."""
    roles = _roles(session, office_id, today)
    districts = _districts(session, office_id, today)
    rows = [
        PersonRow(
            staff_id=s.id,
            login=s.login,
            name=s.name,
            kana=s.kana,
            active_from=s.active_from,
            active_to=s.active_to,
            roles=tuple(roles[s.id]),
            districts=tuple(districts[s.id]),
            is_active=s.active_to is None or s.active_to >= today,
        )
        for s in session.scalars(
            select(Staff).where(Staff.office_id == office_id).order_by(Staff.kana, Staff.login)
        )
    ]
    return tuple(sorted(rows, key=lambda row: not row.is_active))


def waiting(session: Session, office_id: UUID) -> tuple[ChangeRow, ...]:
    """Requests without a decision, oldest first."""
    asker, concerned = aliased(Staff), aliased(Staff)
    rows = session.execute(
        select(StaffChange, asker.name, concerned.name)
        .outerjoin(asker, asker.id == StaffChange.requested_by)
        .outerjoin(concerned, concerned.id == StaffChange.staff_id)
        .where(StaffChange.office_id == office_id, StaffChange.decided_at.is_(None))
        .order_by(StaffChange.requested_at, StaffChange.id)
    ).all()
    logins = {str(c.payload.get("substitute")) for c, _, _ in rows if c.kind is ChangeKind.ABSENCE}
    stand_ins = {
        login: (staff_id, name)
        for login, staff_id, name in session.execute(
            select(Staff.login, Staff.id, Staff.name).where(
                Staff.office_id == office_id, Staff.login.in_(logins)
            )
        )
    }
    return tuple(_row(change, by, name, stand_ins) for change, by, name in rows)


def districts(session: Session, office_id: UUID) -> tuple[tuple[str, str], ...]:
    """Code and name of the office's districts."""
    rows = session.execute(
        select(District.code, District.name)
        .where(District.office_id == office_id)
        .order_by(District.code)
    )
    return tuple((code, name) for code, name in rows)


def payload_of(person: NewPerson) -> dict[str, Any]:
    """A new person as a request keeps it."""
    return {
        "login": person.login,
        "name": person.name,
        "kana": person.kana,
        "active_from": person.active_from.isoformat(),
        "roles": [role_payload(span) for span in person.roles],
        "districts": [district_payload(span) for span in person.districts],
    }


def role_payload(span: RoleSpan) -> dict[str, Any]:
    """A role and its days."""
    return {"role": span.role.value, **days_payload(span)}


def district_payload(span: DistrictSpan) -> dict[str, Any]:
    """A district and its days."""
    return {"district": span.district, "kind": span.kind.value, **days_payload(span)}


def days_payload(span: _Days) -> dict[str, Any]:
    """From when to when."""
    return {
        "valid_from": span.valid_from.isoformat(),
        "valid_to": span.valid_to.isoformat() if span.valid_to else None,
    }


def _roles(session: Session, office_id: UUID, today: date) -> dict[UUID, list[RoleSpan]]:
    found: dict[UUID, list[RoleSpan]] = defaultdict(list)
    for row in session.scalars(
        select(StaffRole)
        .where(
            StaffRole.office_id == office_id,
            or_(StaffRole.valid_to.is_(None), StaffRole.valid_to >= today),
        )
        .order_by(StaffRole.valid_from)
    ):
        span = RoleSpan(role=row.role, valid_from=row.valid_from, valid_to=row.valid_to)
        found[row.staff_id].append(span)
    return found


def _districts(session: Session, office_id: UUID, today: date) -> dict[UUID, list[DistrictSpan]]:
    found: dict[UUID, list[DistrictSpan]] = defaultdict(list)
    for row, code in session.execute(
        select(Assignment, District.code)
        .join(District, District.id == Assignment.district_id)
        .where(
            Assignment.office_id == office_id,
            or_(Assignment.valid_to.is_(None), Assignment.valid_to >= today),
        )
        .order_by(District.code, Assignment.valid_from)
    ):
        span = DistrictSpan(
            district=code, kind=row.kind, valid_from=row.valid_from, valid_to=row.valid_to
        )
        found[row.staff_id].append(span)
    return found


def _row(
    change: StaffChange,
    by: str | None,
    name: str | None,
    stand_ins: Mapping[str, tuple[UUID, str]],
) -> ChangeRow:
    stand_in = stand_ins.get(str(change.payload.get("substitute")))
    concerned = {change.staff_id, stand_in[0] if stand_in else None} - {None}
    return ChangeRow(
        change_id=change.id,
        kind=change.kind,
        concerns=str(change.payload.get("login", "")),
        person=name or str(change.payload.get("name", "")),
        what=_in_words(change.kind, change.payload, stand_in[1] if stand_in else ""),
        requested_by_id=change.requested_by,
        requested_by=by or "",
        requested_at=change.requested_at,
        concerned_ids=tuple(i for i in concerned if i is not None),
    )


def _in_words(kind: ChangeKind, payload: Mapping[str, Any], stand_in: str) -> str:
    match kind:
        case ChangeKind.ADD:
            parts = [_role_words(part) for part in payload["roles"]]
            parts += [_district_words(part) for part in payload["districts"]]
            return "、".join(parts)
        case ChangeKind.ROLE | ChangeKind.ROLE_END:
            return _role_words(payload)
        case ChangeKind.ASSIGN | ChangeKind.ASSIGN_END:
            return _district_words(payload)
        case ChangeKind.ABSENCE:
            return f"代理 {stand_in} {_days_words(payload)}"


def _role_words(payload: Mapping[str, Any]) -> str:
    role = role_of(str(payload["role"]))
    return f"{ROLE_LABELS[role] if role else payload['role']} {_days_words(payload)}"


def _district_words(payload: Mapping[str, Any]) -> str:
    kind = ASSIGNMENT_LABELS[AssignmentKind(payload["kind"])]
    return f"{payload['district']} {kind} {_days_words(payload)}"


def _days_words(payload: Mapping[str, Any]) -> str:
    begins, ends = (
        format_date(date.fromisoformat(day), DateStyle.SHORT) if day else ""
        for day in (payload.get("valid_from"), payload.get("valid_to"))
    )
    return f"{begins}〜{ends}"
