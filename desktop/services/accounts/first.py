"""The first administrator and the first head of an office: made by whoever set the server up, once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import Text, cast, func, select, text
from sqlalchemy.orm import Session

from desktop.database import accounts
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.accounts import LOGIN, LOGIN_SENTENCE, TemporaryPassword, made_password
from desktop.domain.errors import UserError
from desktop.domain.ids import new_id
from desktop.domain.roles import Permission, Role, roles_with
from desktop.models.office import Office, Staff, StaffRole
from desktop.services.periods import holds_on

#: What the two hold, in the order in which they are named and given back.
FIRST_ROLES = (Role.ADMINISTRATOR, Role.SECTION_HEAD)
#: A first password is good for so long; by then its owner has set a new one.
FIRST_PASSWORD_DAYS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstPerson:
    """One of the two with whom an office begins."""

    login: str
    name: str = field(repr=False)
    kana: str = field(repr=False)


def make_first_people(
    work: UnitOfWork, administrator: FirstPerson, head: FirstPerson
) -> tuple[TemporaryPassword, ...]:
    """Make both in an office that has none. Raises UserError where there is an administrator already."""
    with work() as session:
        accounts.refuse_training(session)
        _refuse_others(session)
        offices = session.scalars(select(Office)).all()
        if len(offices) != 1:
            raise UserError("このデータベースには福祉事務所が一つだけではありません。")
        _refuse_second_time(session)
        return add_first_people(session, offices[0], administrator, head)


def add_first_people(
    session: Session, office: Office, administrator: FirstPerson, head: FirstPerson
) -> tuple[TemporaryPassword, ...]:
    """Make both as a superuser, each with a role of today and a password for some days."""
    today: date = session.scalars(select(func.app.today())).one()
    # The server compares VALID UNTIL with its own clock.
    now: datetime = session.scalars(select(func.clock_timestamp())).one()
    until = now + timedelta(days=FIRST_PASSWORD_DAYS)
    return tuple(
        _made(session, _row(session, office, person, role, today), until)
        for person, role in zip((administrator, head), FIRST_ROLES, strict=True)
    )


def _refuse_others(session: Session) -> None:
    if not session.scalar(text("SELECT rolsuper FROM pg_roles WHERE rolname = session_user")):
        raise UserError(
            "最初の2人を登録できるのは、データベースの管理者（スーパーユーザー）だけです。"
            "サーバーを準備した人が行ってください。"
        )


def _refuse_second_time(session: Session) -> None:
    managing = select(StaffRole.id).where(
        StaffRole.role.in_(roles_with(Permission.MANAGE_ACCOUNTS)),
        holds_on(StaffRole, session.scalars(select(func.app.today())).one()),
    )
    if session.scalars(managing.limit(1)).first() is not None:
        raise UserError(
            "この福祉事務所にはすでにシステム管理者がいます。職員の登録はその人が申請してください。"
        )


def _row(session: Session, office: Office, person: FirstPerson, role: Role, today: date) -> Staff:
    if not LOGIN.fullmatch(person.login):
        raise UserError(LOGIN_SENTENCE)
    known = text("SELECT true FROM pg_roles WHERE rolname = :login")
    if session.scalar(known, {"login": person.login}):
        raise UserError(
            f"サーバーに「{person.login}」という利用者がすでにいます。別の利用者名にしてください。"
        )
    row = Staff(
        id=new_id(),
        office_id=office.id,
        login=person.login,
        name=person.name,
        kana=person.kana,
        active_from=today,
    )
    session.add(row)
    session.flush()
    session.add(StaffRole(office_id=office.id, staff_id=row.id, role=role, valid_from=today))
    session.flush()
    return row


def _made(session: Session, row: Staff, until: datetime) -> TemporaryPassword:
    password = made_password()
    verifier = cast(accounts.verifier(session, row.login, password), Text)
    login = cast(row.login, Text)
    for call in (
        func.app.role_make(login),
        func.app.tidy_groups(row.id),
        func.app.role_password(login, verifier, until),
    ):
        session.execute(select(call))
    return TemporaryPassword(login=row.login, password=password, valid_until=until)
