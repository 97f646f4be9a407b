"""Accounts from memory. All people are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from desktop.domain.accounts import (
    AbsenceSpan,
    ChangeKind,
    ChangeRow,
    DistrictSpan,
    NewPerson,
    PersonRow,
    RoleSpan,
    TemporaryPassword,
)
from desktop.domain.errors import NotPermittedError, ValidationError
from desktop.domain.office import AssignmentKind
from desktop.domain.roles import Role
from tests.support.fakes import CLOCK, TODAY, fake_id

SINCE = date(2023, 4, 1)


def make_person_row(login: str, name: str, *roles: Role, **changes: Any) -> PersonRow:
    """Somebody of the office since 2023."""
    values: dict[str, Any] = {
        "staff_id": fake_id(login),
        "login": login,
        "name": name,
        "kana": name,
        "active_from": SINCE,
        "active_to": None,
        "roles": tuple(RoleSpan(role=role, valid_from=SINCE) for role in roles),
        "districts": (),
        "is_active": True,
    }
    return PersonRow(**values | changes)


def make_change(name: str, **changes: Any) -> ChangeRow:
    """A role asked for by somebody else."""
    values: dict[str, Any] = {
        "change_id": fake_id(f"change {name}"),
        "kind": ChangeKind.ROLE,
        "concerns": "tanto1",
        "person": "担当 見本子",
        "what": "査察指導員 R6.10.15〜",
        "requested_by_id": fake_id("kanri1"),
        "requested_by": "管理 見本",
        "requested_at": CLOCK.now(),
        "concerned_ids": (fake_id("tanto1"),),
    }
    return ChangeRow(**values | changes)


class FakeAccounts:
    """Three requests and five people; remembers what was done."""

    def __init__(self) -> None:
        self.done: list[tuple[Any, ...]] = []
        self.refusal: Exception | None = None
        self.changes = [
            make_change("role"),
            make_change(
                "add",
                kind=ChangeKind.ADD,
                concerns="shinnin",
                person="新任 見本人",
                what="地区担当員 R6.10.1〜、03 主担当 R6.10.1〜",
                concerned_ids=(),
            ),
            make_change("own", requested_by_id=fake_id("kacho"), requested_by="課長 見本"),
        ]
        span = DistrictSpan(district="01", kind=AssignmentKind.MAIN, valid_from=SINCE)
        later = replace(span, district="02", kind=AssignmentKind.DEPUTY, valid_to=TODAY)
        self.rows = [
            make_person_row("kacho", "課長 見本", Role.SECTION_HEAD),
            make_person_row("kanri1", "管理 見本", Role.ADMINISTRATOR),
            make_person_row(
                "tanto1", "担当 見本子", Role.CASEWORKER, Role.HEALTH_STAFF, districts=(span, later)
            ),
            make_person_row("kiroku1", "記録 見本人", Role.RECORDS_STAFF),
            make_person_row("mae", "前任 見本", is_active=False, active_to=date(2024, 3, 31)),
        ]

    def people(self) -> tuple[PersonRow, ...]:
        return tuple(self.rows)

    def waiting(self) -> tuple[ChangeRow, ...]:
        return tuple(self.changes)

    def district_codes(self) -> tuple[tuple[str, str], ...]:
        return (("01", "架空一地区"), ("02", "架空二地区"))

    def add(self, person: NewPerson) -> UUID:
        return self._ask(ChangeKind.ADD, person)

    def give_role(self, login: str, span: RoleSpan) -> UUID:
        return self._ask(ChangeKind.ROLE, login, span)

    def end_role(self, login: str, role: Role, last_day: date) -> UUID:
        return self._ask(ChangeKind.ROLE_END, login, role, last_day)

    def assign(self, login: str, span: DistrictSpan) -> UUID:
        return self._ask(ChangeKind.ASSIGN, login, span)

    def end_assignment(
        self, login: str, district: str, kind: AssignmentKind, last_day: date
    ) -> UUID:
        return self._ask(ChangeKind.ASSIGN_END, login, district, kind, last_day)

    def absence(self, login: str, span: AbsenceSpan) -> UUID:
        return self._ask(ChangeKind.ABSENCE, login, span)

    def _ask(self, kind: ChangeKind, *given: Any) -> UUID:
        if self.refusal:
            raise self.refusal
        self.done.append((kind, *given))
        change = make_change(f"asked {len(self.done)}", kind=kind)
        self.changes.append(change)
        return change.change_id

    def decide(self, change_id: UUID, *, approve: bool, reason: str = "") -> None:
        if self.refusal:
            raise self.refusal
        if not approve and not reason:
            raise ValidationError(reason="却下する理由を入力してください。")
        self._gone(change_id)
        self.done.append((change_id, approve, reason))

    def withdraw(self, change_id: UUID) -> None:
        self._gone(change_id)
        self.done.append((change_id, "withdrawn"))

    def retire(self, login: str) -> None:
        if self.refusal:
            raise self.refusal
        self.rows = [replace(p, is_active=p.is_active and p.login != login) for p in self.rows]
        self.done.append(("retire", login))

    def reset_password(self, login: str) -> TemporaryPassword:
        if self.refusal:
            raise NotPermittedError("できません。")
        until = CLOCK.now() + timedelta(hours=24)
        return TemporaryPassword(login=login, password="abcd-efgh-jkmn-pqrs", valid_until=until)  # noqa: S106 - invented

    def _gone(self, change_id: UUID) -> None:
        self.changes = [c for c in self.changes if c.change_id != change_id]
