"""Use cases of administrators and heads. The database judges each of them again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.database import accounts
from desktop.database.failures import told_plainly
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.accounts import (
    AbsenceSpan,
    ChangeDecision,
    ChangeKind,
    ChangeRow,
    DistrictSpan,
    NewPerson,
    PersonRow,
    RoleSpan,
    TemporaryPassword,
    made_password,
)
from desktop.domain.clock import Clock
from desktop.domain.errors import UserError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.office import AssignmentKind, SignedInStaff
from desktop.domain.roles import Permission, Role
from desktop.services.accounts import listing
from desktop.services.accounts.staff_file import PlacedPerson, read_people
from desktop.services.permission import needs


@dataclass(frozen=True, slots=True)
class AccountService:
    """People of the office, their roles and districts. What is asked for waits for a second person."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff

    @needs(Permission.APPROVE_ACCOUNTS)
    def people(self) -> tuple[PersonRow, ...]:
        """Everybody of the office by kana, with what is held today or later; those who left come last."""
        with self.work() as session:
            return listing.people(session, self.staff.office_id, self.clock.today())

    @needs(Permission.APPROVE_ACCOUNTS)
    def waiting(self) -> tuple[ChangeRow, ...]:
        """Requests that wait, oldest first."""
        with self.work() as session:
            return listing.waiting(session, self.staff.office_id)

    @needs(Permission.APPROVE_ACCOUNTS)
    def district_codes(self) -> tuple[tuple[str, str], ...]:
        """Code and name of the office's districts."""
        with self.work() as session:
            return listing.districts(session, self.staff.office_id)

    @needs(Permission.MANAGE_ACCOUNTS)
    def add(self, person: NewPerson) -> UUID:
        """Ask for a new person with first roles and districts."""
        return self._request(ChangeKind.ADD, listing.payload_of(person))

    @needs(Permission.MANAGE_ACCOUNTS)
    def give_role(self, login: str, span: RoleSpan) -> UUID:
        """Ask for a role."""
        return self._request(ChangeKind.ROLE, {"login": login, **listing.role_payload(span)})

    @needs(Permission.MANAGE_ACCOUNTS)
    def end_role(self, login: str, role: Role, last_day: date) -> UUID:
        """Ask that a role ends."""
        payload = {"login": login, "role": role.value, "valid_to": last_day.isoformat()}
        return self._request(ChangeKind.ROLE_END, payload)

    @needs(Permission.MANAGE_ACCOUNTS)
    def assign(self, login: str, span: DistrictSpan) -> UUID:
        """Ask for a district. A new main caseworker or supervisor ends the one before."""
        return self._request(ChangeKind.ASSIGN, {"login": login, **listing.district_payload(span)})

    @needs(Permission.MANAGE_ACCOUNTS)
    def end_assignment(
        self, login: str, district: str, kind: AssignmentKind, last_day: date
    ) -> UUID:
        """Ask that a district is no longer the person's."""
        payload = {
            "login": login,
            "district": district,
            "kind": kind.value,
            "valid_to": last_day.isoformat(),
        }
        return self._request(ChangeKind.ASSIGN_END, payload)

    @needs(Permission.MANAGE_ACCOUNTS)
    def absence(self, login: str, span: AbsenceSpan) -> UUID:
        """Ask that somebody stands in while a person is absent."""
        payload = {"login": login, "substitute": span.substitute, **listing.days_payload(span)}
        return self._request(ChangeKind.ABSENCE, payload)

    @needs(Permission.MANAGE_ACCOUNTS)
    def import_people(self, content: bytes) -> int:
        """Ask for everybody of a CSV file, all or nothing; return how many. Errors name line and column."""
        people = read_people(content, self.clock.today())
        with self.work() as session:
            accounts.refuse_training(session)
            for placed in people:
                _request_placed(session, placed)
        return len(people)

    @needs(Permission.APPROVE_ACCOUNTS)
    def decide(self, change_id: UUID, *, approve: bool, reason: str = "") -> None:
        """Decide as the second person: never one's own request, never about oneself."""
        decision = ChangeDecision.APPROVED if approve else ChangeDecision.REJECTED
        self._decide(change_id, decision, reason)

    @needs(Permission.MANAGE_ACCOUNTS)
    def withdraw(self, change_id: UUID) -> None:
        """Take an own request back."""
        self._decide(change_id, ChangeDecision.WITHDRAWN, "")

    @needs(Permission.APPROVE_ACCOUNTS)
    def retire(self, login: str) -> None:
        """End a person's access at once, open connections included. No second person is asked."""
        with self.work() as session:
            accounts.refuse_training(session)
            accounts.retire(session, login)

    @needs(Permission.MANAGE_ACCOUNTS)
    def reset_password(self, login: str) -> TemporaryPassword:
        """Give a person a password for a short time. Its owner and the heads are told; it is audited."""
        password = made_password()
        with self.work() as session:
            accounts.refuse_training(session)
            until = accounts.reset_password(session, new_id(), login, password)
        return TemporaryPassword(login=login, password=password, valid_until=until)

    def _request(self, kind: ChangeKind, payload: Mapping[str, Any]) -> UUID:
        change_id = new_id()
        with self.work() as session:
            accounts.refuse_training(session)
            accounts.request(session, change_id, kind, payload)
        return change_id

    def _decide(self, change_id: UUID, decision: ChangeDecision, reason: str) -> None:
        with self.work() as session:
            accounts.refuse_training(session)
            accounts.decide(session, change_id, decision, reason)


def _request_placed(session: Session, placed: PlacedPerson) -> None:
    try:
        with told_plainly():
            accounts.request(session, new_id(), ChangeKind.ADD, listing.payload_of(placed.person))
    except ValidationError as error:
        name = next(iter(error.fields), "")
        raise UserError(placed.sentence(name, error.sentence)) from None
