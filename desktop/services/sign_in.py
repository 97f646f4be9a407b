"""Who sits at the desk: the training office's accounts, or the database's own session user."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Text, cast, func, or_, select
from sqlalchemy.orm import Session

from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.errors import NotPermittedError
from desktop.domain.kept_passwords import OsAccount
from desktop.domain.office import Account, DatabaseKind, SignedInStaff
from desktop.domain.roles import ROLE_LABELS, Role
from desktop.models.office import Assignment, DatabaseInfo, District, Office, Staff, StaffRole
from desktop.services.duty import reach_of
from desktop.services.periods import holds_on


@dataclass(frozen=True, slots=True)
class SignIn:
    """Finds out who signs in and what the person holds today."""

    work: UnitOfWork
    clock: Clock

    def accounts(self) -> tuple[Account, ...]:
        """The accounts of the training office, those of rarer roles first. Empty for a real office."""
        today = self.clock.today()
        with self.work() as session:
            if _kind(session) is not DatabaseKind.TRAINING:
                return ()
            staff = session.scalars(select(Staff).where(_active(today)).order_by(Staff.login)).all()
            roles = _roles(session, today)
            duties = _duties(session, today)
            rows = [
                Account(
                    login=person.login,
                    name=person.name,
                    role_label="・".join(
                        label for role, label in ROLE_LABELS.items() if role in roles[person.id]
                    ),
                    duty=duties.get(person.id, ""),
                )
                for person in staff
                if roles.get(person.id)
            ]
        return tuple(rows)

    def sign_in(self, login: str) -> SignedInStaff:
        """Sign in to the training office. Raises NotPermittedError for an unknown or retired account."""
        with self.work() as session:
            if _kind(session) is not DatabaseKind.TRAINING:
                raise NotPermittedError(
                    "本番の福祉事務所には、ご自身のデータベースの利用者名で接続してください。"
                )
            return _signed_in(session, login, self.clock.today(), is_training=True)

    def sign_in_as_session_user(self) -> SignedInStaff:
        """Sign in as whoever the connection was opened by: identity is `session_user`, never what the client says."""
        with self.work() as session:
            login = session.scalar(select(func.session_user()))
            kind = _kind(session)
            return _signed_in(
                session, str(login), self.clock.today(), is_training=kind is DatabaseKind.TRAINING
            )

    def note(self, account: OsAccount) -> bool:
        """Note in the audit trail who sits where; whether others sign in under an account of that name."""
        noted = func.app.note_sign_in(cast(account.name, Text), cast(account.workstation, Text))
        with self.work() as session:
            return bool(session.scalar(select(noted)))


def _kind(session: Session) -> DatabaseKind | None:
    return session.scalar(select(DatabaseInfo.kind))


def _active(today: date) -> ColumnElement[bool]:
    return (Staff.active_from <= today) & or_(Staff.active_to.is_(None), Staff.active_to >= today)


def _roles(session: Session, today: date) -> dict[UUID, set[Role]]:
    held: dict[UUID, set[Role]] = {}
    for staff_id, role in session.execute(
        select(StaffRole.staff_id, StaffRole.role).where(holds_on(StaffRole, today))
    ):
        held.setdefault(staff_id, set()).add(role)
    return held


def _duties(session: Session, today: date) -> dict[UUID, str]:
    codes: dict[UUID, list[str]] = {}
    rows = session.execute(
        select(Assignment.staff_id, District.code)
        .join(District, District.id == Assignment.district_id)
        .where(holds_on(Assignment, today))
        .order_by(District.code)
    )
    for staff_id, district in rows:
        codes.setdefault(staff_id, []).append(district)
    return {staff_id: "・".join(dict.fromkeys(found)) for staff_id, found in codes.items()}


def _signed_in(session: Session, login: str, today: date, *, is_training: bool) -> SignedInStaff:
    person = session.scalars(
        select(Staff).where(Staff.login == login, _active(today))
    ).one_or_none()
    if person is None:
        raise NotPermittedError(
            "この利用者名の職員は登録されていません。管理者に確認してください。"
        )
    roles = _roles(session, today).get(person.id, set())
    if not roles:
        raise NotPermittedError("今日有効な職務がありません。管理者に確認してください。")
    office = session.get_one(Office, person.office_id)
    reach = reach_of(session, person.id, roles, today)
    return SignedInStaff(
        staff_id=person.id,
        office_id=office.id,
        office_name=office.name,
        name=person.name,
        login=person.login,
        roles=frozenset(roles),
        district_ids=reach.district_ids,
        supervised_district_ids=reach.supervised_district_ids,
        team_district_ids=reach.team_district_ids,
        care_household_ids=reach.care_household_ids,
        is_training=is_training,
    )
