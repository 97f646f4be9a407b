"""What the `staff` commands do: sign in as the person of the address, call the service, say what happened."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from desktop.cli import rights as matrix
from desktop.cli.secrets_in import new_password, with_password
from desktop.database.engine import make_engine, refuse_missing_file
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.accounts import (
    ASSIGNMENT_LABELS,
    CHANGE_LABELS,
    AbsenceSpan,
    ChangeRow,
    DistrictSpan,
    NewPerson,
    PersonRow,
    RoleSpan,
    TemporaryPassword,
    span_label,
)
from desktop.domain.clock import JAPAN, SystemClock
from desktop.domain.errors import UserError
from desktop.domain.office import AssignmentKind
from desktop.domain.roles import ROLE_LABELS, Role
from desktop.jobs.rights_printing import rights_job, save_rights
from desktop.reports.office_fonts import OfficeFonts
from desktop.services.accounts import AccountService
from desktop.services.accounts.first import FirstPerson, make_first_people
from desktop.services.own_password import OwnPassword
from desktop.services.printing import RightsPrinting
from desktop.services.sign_in import SignIn

_SHORT = 8
_ASKED = "申請しました。別の職員が承認すると有効になります。"
_CLOCK = SystemClock()


def first(args: argparse.Namespace) -> int:
    """Make the first two people."""
    people = [
        FirstPerson(login=login, name=name, kana=kana)
        for login, name, kana in (args.administrator, args.head)
    ]
    with _work(args) as work:
        for given in make_first_people(work, *people):
            _show_password(given)
    return 0


def add(args: argparse.Namespace) -> int:
    """Ask for a new person."""
    since = args.since or _CLOCK.today()
    person = NewPerson(
        login=args.login,
        name=args.name,
        kana=args.kana,
        active_from=since,
        roles=tuple(RoleSpan(role=Role(role), valid_from=since) for role in args.role),
        districts=tuple(
            DistrictSpan(district=code, kind=AssignmentKind.MAIN, valid_from=since)
            for code in args.district
        ),
    )
    with _service(args) as service:
        return _asked(service.add(person))


def role(args: argparse.Namespace) -> int:
    """Ask for a role, or for its end."""
    with _service(args) as service:
        if args.end:
            return _asked(service.end_role(args.login, Role(args.role), args.end))
        span = RoleSpan(
            role=Role(args.role), valid_from=args.since or _CLOCK.today(), valid_to=args.until
        )
        return _asked(service.give_role(args.login, span))


def assign(args: argparse.Namespace) -> int:
    """Ask for a district, its end, or a stand-in."""
    since, kind = args.since or _CLOCK.today(), AssignmentKind(args.kind)
    with _service(args) as service:
        if args.substitute:
            absence = AbsenceSpan(
                substitute=args.substitute, valid_from=since, valid_to=args.until or args.end
            )
            return _asked(service.absence(args.login, absence))
        if args.end:
            return _asked(service.end_assignment(args.login, args.district, kind, args.end))
        span = DistrictSpan(
            district=args.district, kind=kind, valid_from=since, valid_to=args.until
        )
        return _asked(service.assign(args.login, span))


def import_file(args: argparse.Namespace) -> int:
    """Ask for everybody of a file."""
    try:
        content = args.file.read_bytes()
    except OSError:
        raise UserError("ファイルが読めません。場所を確認してください。") from None
    with _service(args) as service:
        count = service.import_people(content)
    print(f"{count}人の登録を申請しました。別の職員が承認すると有効になります。")
    return 0


def approve(args: argparse.Namespace) -> int:
    """Decide as the second person."""
    with _service(args) as service:
        service.decide(_change(service, args.change), approve=True)
    print("承認しました。")
    return 0


def reject(args: argparse.Namespace) -> int:
    """Refuse with a reason."""
    with _service(args) as service:
        service.decide(_change(service, args.change), approve=False, reason=args.reason)
    print("却下しました。")
    return 0


def withdraw(args: argparse.Namespace) -> int:
    """Take an own request back."""
    with _service(args) as service:
        service.withdraw(_change(service, args.change))
    print("取り下げました。")
    return 0


def retire(args: argparse.Namespace) -> int:
    """End somebody's access."""
    with _service(args) as service:
        service.retire(args.login)
    print("利用を止めました。開いていた接続も切れています。")
    return 0


def password(args: argparse.Namespace) -> int:
    """Give somebody a password for a short time, or change one's own."""
    if args.login:
        with _service(args) as service:
            _show_password(service.reset_password(args.login))
        return 0
    with _work(args) as work:
        OwnPassword(work).change(*new_password(args.new_password_file))
    print("パスワードを変更しました。")
    return 0


def list_people(args: argparse.Namespace) -> int:
    """Print people and waiting requests."""
    with _service(args) as service:
        people, waiting = service.people(), service.waiting()
    if args.json:
        print(json.dumps(_json(people, waiting), ensure_ascii=False, indent=1))
        return 0
    _print_people(people)
    print("\n■ 承認を待つ申請")
    for change in waiting:
        label = CHANGE_LABELS[change.kind]
        print(f"{_number(change)}  {label}  {change.person}（{change.concerns}）  {change.what}")
        print(
            f"          申請：{change.requested_by} {change.requested_at.astimezone(JAPAN):%Y-%m-%d %H:%M}"
        )
    return 0


def rights(args: argparse.Namespace) -> int:
    """Print who holds what since when, and the matrix (the yearly list of rights); with --out write R-01 instead."""
    with _service(args) as service:
        if args.out is not None:
            printing = RightsPrinting(service.work, service.clock, service.staff)
            pages = save_rights(rights_job(printing, OfficeFonts()), args.out)
            print(f"権限一覧表（{pages}頁）を書き出しました。")
            return 0
        people = service.people()
    today = _CLOCK.today().isoformat()
    if args.json:
        found = {"on": today, "staff": _json(people, ())["staff"], **matrix.as_json()}
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return 0
    print(f"権限の一覧（{today}）\n")
    _print_people(people)
    print()
    matrix.print_tables()
    return 0


@contextmanager
def _work(args: argparse.Namespace) -> Iterator[UnitOfWork]:
    refuse_missing_file(args.database)
    engine = make_engine(with_password(args.database, args.password_file))
    try:
        yield UnitOfWork(engine)
    finally:
        engine.dispose()


@contextmanager
def _service(args: argparse.Namespace) -> Iterator[AccountService]:
    with _work(args) as work:
        if work.engine.dialect.name != "postgresql":
            raise UserError("研修用の福祉事務所では、職員と権限は決まっています。")
        staff = SignIn(work, _CLOCK).sign_in_as_session_user()
        yield AccountService(work, _CLOCK, staff)


def _change(service: AccountService, text: str) -> UUID:
    found = [
        row.change_id
        for row in service.waiting()
        if _number(row) == text or str(row.change_id) == text
    ]
    if len(found) != 1:
        raise UserError("この番号の申請はありません。list で番号を確認してください。")
    return found[0]


def _number(row: ChangeRow) -> str:
    """The end of the id: its beginning is the time, and the same for a whole file."""
    return row.change_id.hex[-_SHORT:]


def _asked(change_id: UUID) -> int:
    print(f"{change_id.hex[-_SHORT:]}  {_ASKED}")
    return 0


def _show_password(given: TemporaryPassword) -> None:
    until = f"{given.valid_until.astimezone(JAPAN):%Y-%m-%d %H:%M}"
    print(f"{given.login}\t{given.password}\t{until} まで有効")
    print("このパスワードは一度だけ表示されます。本人に手渡し、すぐに変更してもらってください。")


def _print_people(people: tuple[PersonRow, ...]) -> None:
    print("■ 職員")
    for row in people:
        print(f"{row.login:20}  {row.name}{'' if row.is_active else '（利用停止）'}")
        for held in row.roles:
            print(f"    {ROLE_LABELS[held.role]}  {span_label(held.valid_from, held.valid_to)}")
        for duty in row.districts:
            kind = ASSIGNMENT_LABELS[duty.kind]
            print(f"    {duty.district} {kind}  {span_label(duty.valid_from, duty.valid_to)}")


def _json(people: tuple[PersonRow, ...], waiting: tuple[ChangeRow, ...]) -> dict[str, object]:
    def days(span: RoleSpan | DistrictSpan) -> dict[str, str | None]:
        return {
            "from": span.valid_from.isoformat(),
            "to": span.valid_to.isoformat() if span.valid_to else None,
        }

    return {
        "staff": [
            {
                "login": row.login,
                "name": row.name,
                "active": row.is_active,
                "roles": [{"role": s.role.value, **days(s)} for s in row.roles],
                "districts": [
                    {"district": s.district, "kind": s.kind.value, **days(s)} for s in row.districts
                ],
            }
            for row in people
        ],
        "waiting": [
            {
                "number": _number(row),
                "kind": row.kind.value,
                "login": row.concerns,
                "what": row.what,
                "requested_at": row.requested_at.isoformat(),
            }
            for row in waiting
        ],
    }
