"""The first administrator and the first head of an office: made by whoever set the server up, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Text, cast, func, select
from sqlalchemy.orm import Session

from desktop.database import accounts
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.accounts import LOGIN, LOGIN_SENTENCE, TemporaryPassword, made_password
from desktop.domain.clock import Clock
from desktop.domain.errors import UserError
from desktop.domain.ids import new_id
from desktop.domain.roles import Permission, Role, roles_with
from desktop.models.office import Office, Staff, StaffRole
from desktop.services.periods import holds_on

_VALID = timedelta(hours=24)
_ROLES = (Role.ADMINISTRATOR, Role.SECTION_HEAD)


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstPerson:
    """One of the two."""

    login: str
    name: str
    kana: str


def make_first_people(
    work: UnitOfWork, clock: Clock, administrator: FirstPerson, head: FirstPerson
) -> tuple[TemporaryPassword, ...]:
    """Make both with passwords for a day. Raises UserError where the office has an administrator already."""
    with work() as session:
        accounts.refuse_training(session)
        offices = session.scalars(select(Office)).all()
        if len(offices) != 1:
            raise UserError("このデータベースには福祉事務所が一つだけではありません。")
        _refuse_second_time(session, clock)
        return tuple(
            _made(session, clock, offices[0], person, role)
            for person, role in zip((administrator, head), _ROLES, strict=True)
        )


def _refuse_second_time(session: Session, clock: Clock) -> None:
    managing = select(StaffRole.id).where(
        StaffRole.role.in_(roles_with(Permission.MANAGE_ACCOUNTS)),
        holds_on(StaffRole, clock.today()),
    )
    if session.scalars(managing.limit(1)).first() is not None:
        raise UserError(
            "この福祉事務所にはすでにシステム管理者がいます。職員の登録はその人が申請してください。"
        )


def _made(
    session: Session, clock: Clock, office: Office, person: FirstPerson, role: Role
) -> TemporaryPassword:
    if not LOGIN.fullmatch(person.login):
        raise UserError(LOGIN_SENTENCE)
    row = Staff(
        id=new_id(),
        office_id=office.id,
        login=person.login,
        name=person.name,
        kana=person.kana,
        active_from=clock.today(),
    )
    session.add(row)
    session.flush()
    session.add(
        StaffRole(office_id=office.id, staff_id=row.id, role=role, valid_from=clock.today())
    )
    session.flush()
    password, until = made_password(), clock.now() + _VALID
    made = cast(accounts.verifier(session, person.login, password), Text)
    login = cast(person.login, Text)
    for call in (
        func.app.role_make(login),
        func.app.tidy_groups(row.id),
        func.app.role_password(login, made, until),
    ):
        session.execute(select(call))
    return TemporaryPassword(login=person.login, password=password, valid_until=until)
