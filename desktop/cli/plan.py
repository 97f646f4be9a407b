"""`banso-admin plan`: propose visit plans (訪問計画) of a caseworker's year or month, or of a whole office; dry unless `--save`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Engine, select

from desktop.cli.clock import clock_on
from desktop.cli.secrets_in import with_password
from desktop.database.engine import is_postgresql, make_engine, refuse_missing_file
from desktop.database.failures import told_plainly
from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.errors import UserError
from desktop.domain.office import SignedInStaff
from desktop.domain.visit_plan_periods import first_of_month, first_of_year
from desktop.domain.visit_plan_proposals import PlanProposal
from desktop.domain.visit_plans import PlanKind
from desktop.models.office import District, Staff
from desktop.services.office import main_caseworkers
from desktop.services.sign_in import SignIn
from desktop.services.visit_plans import VisitPlanService
from desktop.services.visit_plans.stored_reasons import why_unplanned

if TYPE_CHECKING:
    from desktop.cli.commands import Commands

_BROKEN = 1
_NOBODY = "担当員の利用者名か地区のコードを --caseworker で指定してください。一覧は staff list で見られます。"
_NO_LOGIN = "研修用の事務所では、だれとして計画を立てるかを --as で指定するか、--caseworker を付けてください。"
_NOT_WRITTEN = "計画の問題をファイルに書けませんでした。保存先を確認してください。"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Planned:
    """One district's proposal, with the time it took."""

    district: str
    caseworker: str
    proposal: PlanProposal
    seconds: float
    is_saved: bool


def add_parser(commands: Commands) -> None:
    """Add the commands."""
    group = commands.add_parser("plan", help="訪問計画の案を作ります")
    actions = group.add_subparsers(required=True, metavar="対象")
    for name, said in (
        ("year", "担当員の年間訪問計画"),
        ("month", "担当員の月間訪問計画"),
        ("office", "担当するすべての地区の年間訪問計画"),
    ):
        parser = actions.add_parser(name, help=said)
        parser.add_argument(
            "--database", required=True, metavar="URL", help="ご自身の利用者名での接続先"
        )
        if name != "office":
            parser.add_argument(
                "--caseworker", metavar="CODE", help="担当員の利用者名、または地区のコード"
            )
        parser.add_argument(
            "--from", dest="start", type=_month, metavar="YYYY-MM", help="計画の始まる月"
        )
        parser.add_argument(
            "--export-problem", type=Path, metavar="FILE", help="問題と計画（JSON）"
        )
        parser.add_argument(
            "--as", dest="login", metavar="利用者名", help="研修用の事務所でだけ使います"
        )
        parser.add_argument("--password-file", type=Path, metavar="FILE")
        parser.add_argument("--save", action="store_true", help="案を下書きとして保存します")
        parser.add_argument(
            "--iterations", type=int, metavar="N", help="探索の回数（省略すると標準）"
        )
        parser.add_argument("--today", type=date.fromisoformat, metavar="YYYY-MM-DD")
        parser.add_argument("--json", action="store_true", help="機械が読む形で出力します")
        parser.set_defaults(run=run, what=name)


def run(args: argparse.Namespace) -> int:
    """Propose, and save where it is asked for; status 1 where a plan breaks a rule."""
    with _office(args) as (engine, clock, staff):
        districts = _districts(args, engine, clock, staff)
        if args.what == "office":
            found = _propose_office(args, engine, clock, staff, districts)
        else:
            found = [_propose(args, engine, clock, staff, each) for each in districts]
    if args.export_problem:
        _export(args.export_problem, found)
    if args.json:
        print(json.dumps(_as_json(found), ensure_ascii=False))
    else:
        for planned in found:
            _say(planned)
    return _BROKEN if any(planned.proposal.broken for planned in found) else 0


def _propose(
    args: argparse.Namespace, engine: Engine, clock: Clock, staff: SignedInStaff, district_id: UUID
) -> _Planned:
    work = UnitOfWork(engine)
    plans = VisitPlanService(work, clock, staff, ReadingDoor(work, clock, staff))
    kind = PlanKind.MONTH if args.what == "month" else PlanKind.YEAR
    begin = args.start or clock.today()
    first_on = first_of_month(begin) if kind is PlanKind.MONTH else first_of_year(begin)
    started = perf_counter()
    proposal = plans.propose(district_id, kind, first_on, iterations=args.iterations)
    seconds = perf_counter() - started
    if args.save:
        plans.save(proposal.change)
    return _named(work, clock, [proposal], seconds, is_saved=args.save)[0]


def _propose_office(
    args: argparse.Namespace,
    engine: Engine,
    clock: Clock,
    staff: SignedInStaff,
    district_ids: Sequence[UUID],
) -> list[_Planned]:
    """All districts at once, so that nobody goes along twice. The seconds are those of the whole office."""
    work = UnitOfWork(engine)
    plans = VisitPlanService(work, clock, staff, ReadingDoor(work, clock, staff))
    first_on = first_of_year(args.start or clock.today())
    started = perf_counter()
    proposals = plans.propose_office(
        district_ids, PlanKind.YEAR, first_on, iterations=args.iterations
    )
    seconds = perf_counter() - started
    for proposal in proposals if args.save else ():
        plans.save(proposal.change)
    return _named(work, clock, proposals, seconds, is_saved=args.save)


def _named(
    work: UnitOfWork,
    clock: Clock,
    proposals: Sequence[PlanProposal],
    seconds: float,
    *,
    is_saved: bool,
) -> list[_Planned]:
    """The proposals with their districts and caseworkers."""
    ids = [proposal.change.district_id for proposal in proposals]
    with work() as session:
        districts = session.scalars(select(District).where(District.id.in_(ids)))
        codes = {district.id: district.code for district in districts}
        caseworkers = main_caseworkers(session, clock.today(), ids)
    return [
        _Planned(
            district=codes[proposal.change.district_id],
            caseworker=caseworkers.get(proposal.change.district_id, ("", None))[0],
            proposal=proposal,
            seconds=seconds,
            is_saved=is_saved,
        )
        for proposal in proposals
    ]


@contextmanager
def _office(args: argparse.Namespace) -> Iterator[tuple[Engine, Clock, SignedInStaff]]:
    refuse_missing_file(args.database)
    engine = make_engine(with_password(args.database, args.password_file))
    try:
        with told_plainly():
            clock = clock_on(args.today)
            entrance = SignIn(UnitOfWork(engine), clock)
            if is_postgresql(engine):
                staff = entrance.sign_in_as_session_user()
            else:
                staff = entrance.sign_in(_login(args, engine, clock))
            yield engine, clock, staff
    finally:
        engine.dispose()


def _login(args: argparse.Namespace, engine: Engine, clock: Clock) -> str:
    """In the training office whoever is named acts, else the caseworker who is planned for."""
    if args.login:
        return str(args.login)
    code = getattr(args, "caseworker", None)
    if not code:
        raise UserError(_NO_LOGIN)
    with UnitOfWork(engine)() as session:
        login = session.scalar(select(Staff.login).where(Staff.login == code))
        if login is None:
            district = session.scalar(select(District.id).where(District.code == code))
            main = main_caseworkers(session, clock.today(), [district]) if district else {}
            staff_id = next(iter(main.values()), ("", None))[1]
            login = session.scalar(select(Staff.login).where(Staff.id == staff_id))
    if login is None:
        raise UserError(_NOBODY)
    return login


def _districts(
    args: argparse.Namespace, engine: Engine, clock: Clock, staff: SignedInStaff
) -> tuple[UUID, ...]:
    """The districts to plan for, by code: the caseworker's, or all that the person plans for."""
    code = getattr(args, "caseworker", None)
    with UnitOfWork(engine)() as session:
        of_office = select(District.id, District.code).where(
            District.office_id == staff.office_id, District.id.in_(staff.own_district_ids)
        )
        rows = session.execute(of_office.order_by(District.code)).all()
        if args.what == "office" or not code:
            return tuple(district_id for district_id, _ in rows)
        named = session.scalar(select(Staff.id).where(Staff.login == code))
        main = main_caseworkers(session, clock.today())
    found = tuple(
        district_id
        for district_id, district_code in rows
        if code == district_code or (named and main.get(district_id, ("", None))[1] == named)
    )
    if not found:
        raise UserError(_NOBODY)
    return found


def _say(planned: _Planned) -> None:
    proposal = planned.proposal
    print(
        f"{planned.district}　{planned.caseworker}：訪問 {proposal.planned}件、計画できない訪問"
        f" {len(proposal.unplanned)}件、移動 {proposal.travel_minutes}分、"
        f"破った決まり {len(proposal.broken)}件、{planned.seconds:.2f}秒"
    )
    for visit in proposal.unplanned:
        legal = "（法定）" if visit.is_statutory else ""
        print(f"  計画できない訪問{legal}　{why_unplanned(visit)}")
    for sentence in (*proposal.findings, *proposal.broken):
        print(f"  {sentence}")
    print("下書きとして保存しました。" if planned.is_saved else "案だけです（保存していません）。")


def _as_json(found: list[_Planned]) -> list[dict[str, Any]]:
    return [
        {
            "district": planned.district,
            "visits": planned.proposal.planned,
            "unplanned": [
                {
                    "statutory": visit.is_statutory,
                    "cause": visit.unplanned,
                    "reason": why_unplanned(visit),
                    "due": visit.due_on.isoformat() if visit.due_on else None,
                }
                for visit in planned.proposal.unplanned
            ],
            "findings": list(planned.proposal.findings),
            "travel_minutes": planned.proposal.travel_minutes,
            "broken_rules": len(planned.proposal.broken),
            "seconds": round(planned.seconds, 3),
            "saved": planned.is_saved,
        }
        for planned in found
    ]


def _export(path: Path, found: list[_Planned]) -> None:
    """One plan as it is; several as files of their own beside it, with the district's code in the name."""
    try:
        for planned in found:
            name = path if len(found) == 1 else path.with_stem(f"{path.stem}-{planned.district}")
            name.write_text(planned.proposal.problem, encoding="utf-8")
    except OSError:
        raise UserError(_NOT_WRITTEN) from None


def _month(text: str) -> date:
    return date.fromisoformat(f"{text}-01")
