"""Makes a training office: invented people, five years of records, and planted problems."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime
from datetime import time as time_of_day
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from desktop.database.building import build_database, refuse_other_file
from desktop.database.engine import make_engine, parse_url
from desktop.database.failures import told_plainly
from desktop.database.loading import Packed, filling, is_server, write_packed, write_rows
from desktop.domain.clock import JAPAN
from desktop.domain.errors import UserError
from desktop.models import Base
from desktop.services.masters.seed import seed as seed_masters
from desktop.services.office_setup import refuse_used
from desktop.services.training.answered_events import answer_events
from desktop.services.training.benefit_plants import plant_benefits
from desktop.services.training.carry_out_story import carry_papers
from desktop.services.training.company_story import accompany
from desktop.services.training.crew import Crew, workers_for
from desktop.services.training.disclosure_request import ask_disclosure
from desktop.services.training.grade_story import GradeStory
from desktop.services.training.intake_book import number_inquiries, number_papers
from desktop.services.training.judgement_story import JudgementStory
from desktop.services.training.liaison_story import tell_liaisons
from desktop.services.training.medical_story import MedicalStory
from desktop.services.training.office_rows import OFFICE_CODE, OfficeRows
from desktop.services.training.other_offices import add_other_offices
from desktop.services.training.paper_rows import PaperRows
from desktop.services.training.plan import OfficePlan, Wish
from desktop.services.training.plan_story import PlanStory
from desktop.services.training.procedure_story import ProcedureStory
from desktop.services.training.report import TrainingReport
from desktop.services.training.rows import COLUMNS, Rows
from desktop.services.training.support_story import tell_support
from desktop.services.training.team_maker import TeamMaker, TeamResult
from desktop.services.training.transfer_rows import TransferRows
from desktop.services.training.visit_rows import VisitRows, add_cars
from desktop.services.training.work_money import WorkMoneyStory

LEAST, MOST = 30, 110_000
ENTRIES_PER_YEAR = 12.0
_TABLES = Base.metadata.tables

#: `progress(done, total, what)`.
ReportProgress = Callable[[int, int, str], object]
AskCancelled = Callable[[], bool]


def create(
    url: str,
    *,
    households: int,
    seed: int,
    today: date,
    progress: ReportProgress | None = None,
    cancelled: AskCancelled | None = None,
    planted: Path | None = None,
    entries_per_year: float = ENTRIES_PER_YEAR,
    workers: int | None = None,
) -> TrainingReport:
    """Make a training office at `url` and return what was made. The same arguments give the same rows.

    The file `planted` lists what was planted; nothing in the program reads it. Raises UserError where the
    database already holds an office, and when `cancelled` says so; then nothing is left half-made. Large offices are
    made by as many processes as the machine has processors; `workers` says how many (1: this one alone).
    """
    if not LEAST <= households <= MOST:
        raise UserError(f"世帯数は{LEAST}から{MOST:,}までの数で指定してください。")
    _refuse_used(url)
    started = time.monotonic()
    tell = progress or (lambda _done, _total, _what: None)
    wish = Wish(households=households, seed=seed, today=today, entries_per_year=entries_per_year)
    plan = OfficePlan(wish)
    with told_plainly(), build_database(url) as connection:
        making = _Making(connection, url, plan, workers or workers_for(households))
        making.run(tell, cancelled or (lambda: False))
    if planted is not None:
        planted.write_text(making.planted_json(), encoding="utf-8")
    return TrainingReport(
        households=making.found.households,
        persons=making.found.persons,
        entries=making.found.entries,
        staff=len(plan.staffing.officers),
        rows=making.rows,
        planted=plan.planted.counts(),
        planted_file=planted,
        seconds=time.monotonic() - started,
    )


def _refuse_used(url: str) -> None:
    parsed = parse_url(url)
    if parsed.get_backend_name() == "sqlite":
        if not parsed.database or parsed.database == ":memory:":
            raise UserError("SQLiteの研修用データベースには、ファイルの場所を指定してください。")
        if not Path(parsed.database).exists():
            return
        refuse_other_file(Path(parsed.database))
    engine = make_engine(url)
    try:
        refuse_used(engine)
    finally:
        engine.dispose()


class _Making:
    """One run: the office's own rows, and the teams in their order."""

    def __init__(self, connection: Connection, url: str, plan: OfficePlan, workers: int) -> None:
        self._connection, self._plan, self._workers = connection, plan, workers
        self._for_server = is_server(url)
        self._office = Rows(self._write)
        self.rows: dict[str, int] = {}
        self.found = TeamResult(planted=plan.planted)

    def run(self, tell: ReportProgress, cancelled: AskCancelled) -> None:
        """Write everything."""
        households = self._plan.wish.households

        def report(done: int) -> None:
            if cancelled():
                raise UserError("研修用の福祉事務所の作成を中止しました。")
            tell(done, households, "世帯と記録を作っています")

        with filling(self._connection, [_TABLES[name] for name in COLUMNS]):
            office = OfficeRows(self._office, self._plan)
            office.add_office()
            self._office.flush()
            self._seed_masters()
            report(0)
            for result in self._teams(report):
                self._add(result)
            office.add_batches(self.found.printed)
            office.add_todos(self.found.some_cases)
            self._office.flush()
            papers = PaperRows(self._office, self._plan.office_id)
            papers.add(self.found.papers)
            number_papers(self._connection)
            number_inquiries(self._connection)
            papers.add_tasks(self.found.papers, self._connection)
            TransferRows(self._office, self._plan.office_id).add(self.found.transfers)
            VisitRows(self._office, self._plan).add(self._connection)
            report(households)
            tell(households, households, "索引を作っています")
        self._answer_events()
        self._tell_grades()
        self._ask_disclosure()
        self._plan_visits()
        self._carry_papers()
        self._come_along()
        self._tell_of_work_money()
        self._tell_of_medicine()
        self._judge()

    def _answer_events(self) -> None:
        """What happened in the households long ago was answered; looked for when the indexes are there again."""
        plan = self._plan
        with Session(self._connection, join_transaction_mode="create_savepoint") as session:
            count = answer_events(
                session, UUID(plan.office_id), plan.wish.today, lambda: UUID(plan.ids())
            )
            session.commit()
        self._count("policy_no_review", count)
        self._count("policy_no_review_text", count)

    def _tell_grades(self) -> None:
        """What the office decided about visit grades, and what nobody looked at."""
        plan = self._plan
        with Session(self._connection, join_transaction_mode="create_savepoint") as session:
            story = GradeStory(
                session, UUID(plan.office_id), plan.wish.today, lambda: UUID(plan.ids())
            )
            made = story.tell(self.found.planted)
            session.commit()
        for name, count in made.items():
            self._count(name, count)

    def _ask_disclosure(self) -> None:
        """Somebody asked for the record of his household, and the copy is under preparation."""
        plan = self._plan
        with Session(self._connection, join_transaction_mode="create_savepoint") as session:
            made = ask_disclosure(
                session, UUID(plan.office_id), plan.wish.today, lambda: UUID(plan.ids())
            )
            session.commit()
        for name, count in made.items():
            self._count(name, count)

    def _plan_visits(self) -> None:
        """The year's visits were planned and approved, from what the records tell of."""
        plan = self._plan
        with Session(self._connection, join_transaction_mode="create_savepoint") as session:
            story = PlanStory(
                session=session,
                office_id=UUID(plan.office_id),
                today=plan.wish.today,
                new_id=lambda: UUID(plan.ids()),
                found=plan.planted,
                rows=Counter(),
            )
            story.tell()
            session.commit()
        for name, count in story.rows.items():
            self._count(name, count)

    def _carry_papers(self) -> None:
        """A few trips with personal papers: back, not back, and an old loss."""
        plan = self._plan
        with Session(self._connection, join_transaction_mode="create_savepoint") as session:
            made = carry_papers(
                session,
                UUID(plan.office_id),
                plan.wish.today,
                lambda: UUID(plan.ids()),
                plan.planted,
            )
            session.commit()
        for name, count in made.items():
            self._count(name, count)

    def _come_along(self) -> None:
        """Supervisors go on visits of newcomers, but for one who is left alone."""
        plan = self._plan
        with Session(self._connection, join_transaction_mode="create_savepoint") as session:
            added = accompany(session, UUID(plan.office_id), plan.wish.today, plan.planted)
            session.commit()
        self._count("contact_staff", added)

    def _tell_of_work_money(self) -> None:
        """A few people applied for benefits linked to work."""
        plan = self._plan
        with Session(self._connection, join_transaction_mode="create_savepoint") as session:
            made = WorkMoneyStory(
                session=session,
                office_id=UUID(plan.office_id),
                today=plan.wish.today,
                new_id=lambda: UUID(plan.ids()),
            ).tell()
            session.commit()
        for name, count in made.items():
            self._count(name, count)

    def _tell_of_medicine(self) -> None:
        """Long stays were talked over with doctors, and somebody goes to hospital by a plan."""
        plan = self._plan
        with Session(self._connection, join_transaction_mode="create_savepoint") as session:
            made = MedicalStory(
                session=session,
                office_id=UUID(plan.office_id),
                today=plan.wish.today,
                new_id=lambda: UUID(plan.ids()),
            ).tell()
            session.commit()
        for name, count in made.items():
            self._count(name, count)

    def _judge(self) -> None:
        """People of every group were assessed, decided and supported; some left protection at work.

        What the law asks the office for was done, but for a few.
        """
        plan = self._plan
        office_id, today = UUID(plan.office_id), plan.wish.today

        def new_id() -> UUID:
            return UUID(plan.ids())

        with Session(self._connection, join_transaction_mode="create_savepoint") as session:
            made = JudgementStory(
                session=session,
                office_id=office_id,
                today=today,
                new_id=new_id,
                found=plan.planted,
            ).tell()
            made += plant_benefits(session, office_id, today, new_id, plan.planted)
            made += tell_support(session, office_id, today, new_id, plan.planted)
            made += ProcedureStory(
                session=session,
                office_id=office_id,
                today=today,
                new_id=new_id,
                found=plan.planted,
            ).tell()
            made += tell_liaisons(session, office_id, today, new_id)
            session.commit()
        for name, count in made.items():
            self._count(name, count)

    def planted_json(self) -> str:
        """The list of plants as a file."""
        content = {
            "office_code": OFFICE_CODE,
            "seed": self._plan.wish.seed,
            "today": self._plan.wish.today.isoformat(),
            "planted": self._plan.planted.planted,
            "near_misses": self._plan.planted.near_misses,
            "shown": self._plan.planted.shown,
        }
        return json.dumps(content, ensure_ascii=False, indent=1)

    def _teams(self, report: Callable[[int], None]) -> Iterator[TeamResult]:
        teams, done, written = self._plan.teams(), 0, set[int]()
        if self._workers == 1:
            for team in teams:
                maker = TeamMaker(self._plan, self._write, written)
                result = maker.make(team, lambda more, before=done: report(before + more))  # type: ignore[misc]
                done += len(team)
                written |= result.sketches
                yield result
            return
        crew = Crew(
            self._plan.wish,
            for_server=self._for_server,
            workers=self._workers,
            while_waiting=lambda: report(self.found.households),
        )
        for packed in crew.packed(teams):
            for rows in packed.rows:
                self._write_packed(rows)
            yield packed.result

    def _add(self, more: TeamResult) -> None:
        found, printed = self.found, Counter(self.found.printed)
        found.households += more.households
        found.persons += more.persons
        found.entries += more.entries
        found.some_cases |= more.some_cases
        found.papers.extend(more.papers)
        found.transfers.extend(more.transfers)
        printed.update(more.printed)
        found.printed = printed
        found.planted.add(more.planted)

    def _write(self, name: str, rows: list[tuple[object, ...]]) -> None:
        self._count(name, write_rows(self._connection, _TABLES[name], COLUMNS[name], rows))

    def _write_packed(self, rows: Packed) -> None:
        table, columns = _TABLES[rows.table], COLUMNS[rows.table]
        self._count(rows.table, write_packed(self._connection, table, columns, rows))

    def _count(self, name: str, count: int) -> None:
        self.rows[name] = self.rows.get(name, 0) + count

    def _seed_masters(self) -> None:
        at = datetime.combine(self._plan.wish.today, time_of_day(8, 30), tzinfo=JAPAN)
        office_id = UUID(self._plan.office_id)
        with Session(self._connection, join_transaction_mode="create_savepoint") as session:
            seed_masters(session, office_id, at, new_id=lambda: UUID(self._plan.ids()))
            add_other_offices(session, office_id, at, self._plan.towns.city, self._plan.ids)
            add_cars(session, office_id, at, self._plan.ids)
            session.commit()
