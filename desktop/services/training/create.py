"""Makes a training office: invented people, five years of records, and planted problems."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from datetime import date, datetime
from datetime import time as time_of_day
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from desktop.database.building import build_database, refuse_other_file
from desktop.database.bulk import without_checks
from desktop.database.engine import make_engine, parse_url
from desktop.database.failures import told_plainly
from desktop.domain.clock import JAPAN
from desktop.domain.errors import UserError
from desktop.domain.households import HouseholdState
from desktop.domain.master_tables import Master
from desktop.domain.records import ContactMethod, EntryKind, Place
from desktop.domain.roles import Role
from desktop.models import Base
from desktop.services.masters.seed import seed as seed_masters
from desktop.services.masters.shipped import shipped_rows
from desktop.services.office_setup import refuse_used
from desktop.services.training.allotment import UNREAD_LIMIT, Allotment, Planter, allot
from desktop.services.training.approval_rows import ApprovalRows
from desktop.services.training.bank import Bank
from desktop.services.training.case_maker import CaseMaker
from desktop.services.training.case_rows import CaseRows
from desktop.services.training.cases import Case
from desktop.services.training.days import OpenDays
from desktop.services.training.entry_rows import EntryRows, Printer
from desktop.services.training.families import FamilyMaker
from desktop.services.training.ids import IdMaker
from desktop.services.training.names import NameBook
from desktop.services.training.office_rows import OfficeRows
from desktop.services.training.planted_texts import PlantedTexts
from desktop.services.training.plants import PlantList
from desktop.services.training.report import TrainingReport
from desktop.services.training.rows import COLUMNS, Rows
from desktop.services.training.staffing import AWAY, VACANT, Staffing
from desktop.services.training.story import Event, StoryTeller
from desktop.services.training.texts import Writer
from desktop.services.training.towns import Towns

LEAST, MOST = 30, 110_000
ENTRIES_PER_YEAR = 12.0
YEARS = 5
_MET = frozenset({"visit", "revisit", "door", "institution"})

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
) -> TrainingReport:
    """Make a training office at `url` and return what was made. The same arguments give the same rows.

    The file `planted` lists what was planted; nothing in the program reads it. Raises UserError where the
    database already holds an office, and when `cancelled` says so; then nothing is left half-made.
    """
    if not LEAST <= households <= MOST:
        raise UserError(f"世帯数は{LEAST}から{MOST:,}までの数で指定してください。")
    _refuse_used(url)
    started = time.monotonic()
    tell = progress or (lambda _done, _total, _what: None)
    with told_plainly(), build_database(url) as connection:
        making = _Making(connection, households, seed, today, entries_per_year)
        making.run(tell, cancelled or (lambda: False))
    if planted is not None:
        planted.write_text(making.planted_json(), encoding="utf-8")
    return TrainingReport(
        households=making.case_rows.households,
        persons=making.case_rows.persons,
        entries=making.entry_rows.entries,
        staff=len(making.staffing.officers),
        rows=dict(making.rows.written),
        planted=making.planted.counts(),
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
    """One run: all the makers, joined."""

    def __init__(
        self,
        connection: Connection,
        households: int,
        seed: int,
        today: date,
        entries_per_year: float,
    ) -> None:
        self._connection, self._households, self._seed = connection, households, seed
        self._ids = IdMaker(seed, today)
        self._days = OpenDays(today, YEARS)
        self._bank = Bank()
        names, towns = NameBook(), Towns(seed)
        allotment = allot(households, seed)
        self.staffing = Staffing(self._ids, names, towns, today, seed)
        self.staffing.build(allotment.ordinary)
        self.planted = PlantList()
        self._plant(allotment)
        self.rows = Rows(connection)
        self._office = OfficeRows(self.rows, self._ids, self._days, self.staffing)
        families = FamilyMaker(self._ids, names, today)
        self._cases = CaseMaker(
            ids=self._ids,
            families=families,
            towns=towns,
            staffing=self.staffing,
            days=self._days,
            allotment=allotment,
            seed=seed,
        )
        self._story = StoryTeller(self._bank, self._days, entries_per_year)
        self._texts = PlantedTexts(self._bank, self.planted, today)
        self.case_rows = CaseRows(self.rows, self._ids, self._office.office_id, self._days)
        self.entry_rows = self._make_entry_rows()

    def run(self, tell: ReportProgress, cancelled: AskCancelled) -> None:
        """Write everything."""
        tables = [Base.metadata.tables[name] for name in COLUMNS]
        with without_checks(self._connection, tables):
            self._office.add_office()
            self.rows.flush()
            self._seed_masters()
            some_cases: dict[int, Case] = {}
            for index in range(self._households):
                if index % 20 == 0:
                    if cancelled():
                        raise UserError("研修用の福祉事務所の作成を中止しました。")
                    tell(index, self._households, "世帯と記録を作っています")
                case = self._one(index)
                some_cases.setdefault(case.district.index, case)
            self._office.add_batches()
            self._office.add_todos(self._bank, self._seed, some_cases)
            self.rows.flush()
            tell(self._households, self._households, "索引を作っています")

    def planted_json(self) -> str:
        """The list of plants as a file."""
        content = {
            "office_code": "900000",
            "seed": self._seed,
            "today": self._days.today.isoformat(),
            "planted": self.planted.planted,
            "near_misses": self.planted.near_misses,
        }
        return json.dumps(content, ensure_ascii=False, indent=1)

    def _one(self, index: int) -> Case:
        case, chance = self._cases.case(index)
        events = self._story.events(chance, case)
        self.case_rows.add(case, self._last_met(events))
        self.entry_rows.add(chance, case, events)
        self._office.add_person_assignments(chance, case)
        self._note(case)
        self.rows.flush_if_many()
        return case

    def _last_met(self, events: list[Event]) -> date | None:
        """The last visit before the take-over."""
        before = (e.day for e in events if e.group in _MET and e.day < self._days.taken_over)
        return max(before, default=None)

    def _note(self, case: Case) -> None:
        self._texts.moved_without_handover(case)
        if case.state is HouseholdState.RECEIVING and case.district.special == VACANT:
            until = case.district.tenures[-1].until
            if until:
                since = max(date.fromordinal(until.toordinal() + 1), case.began)
                self._texts.nobody_in_charge(case, since, is_near=False)
        elif case.state is HouseholdState.RECEIVING and case.district.special == AWAY:
            self._texts.nobody_in_charge(case, self.staffing.absences[0][2], is_near=True)

    def _plant(self, allotment: Allotment) -> None:
        planter = Planter(allotment, self._seed)
        settled = frozenset(d.index for d in self.staffing.ordinary if d.changed_on is None)
        planter.plant(settled)
        self._unread(planter, allotment)
        planter.desks()
        for index, quota in enumerate(allotment.quotas):
            login = self.staffing.districts[index].tenures[-1].officer.login
            is_near = index == len(allotment.quotas) - 1
            self.planted.staff("O01", login, f"{quota}世帯", is_near=is_near)

    def _unread(self, planter: Planter, allotment: Allotment) -> None:
        """O04: the first supervisor has one more unread submission than allowed, the second exactly as many."""
        supervisors = list(
            {d.supervisor.id: d.supervisor for d in self.staffing.ordinary if d.supervisor}.values()
        )
        for place, supervisor in enumerate(supervisors[:2]):
            districts = frozenset(
                d.index
                for d in self.staffing.districts
                if d.supervisor is supervisor and d.special is None
            )
            there = [
                p
                for n, ps in allotment.plants.items()
                if allotment.district[n] in districts
                for p in ps
            ]
            waiting = sum(p.rule == "R02" and not p.is_near and p.variant % 3 == 0 for p in there)
            wanted = UNREAD_LIMIT + (1 if place == 0 else 0)
            planter.unread_in(districts, max(wanted - waiting, 0))
            self.planted.staff(
                "O04", supervisor.login, f"{max(wanted, waiting)}件", is_near=place == 1
            )

    def _seed_masters(self) -> None:
        at = datetime.combine(self._days.today, time_of_day(8, 30), tzinfo=JAPAN)
        office_id = UUID(self._office.office_id)
        with Session(self._connection, join_transaction_mode="create_savepoint") as session:
            seed_masters(session, office_id, at, new_id=lambda: UUID(self._ids()))
            session.commit()

    def _make_entry_rows(self) -> EntryRows:
        office_id, posts = self._office.office_id, self.staffing.posts
        approvals = ApprovalRows(
            rows=self.rows,
            ids=self._ids,
            office_id=office_id,
            days=self._days,
            bank=self._bank,
            posts=posts,
            routes=_routes(),
        )
        return EntryRows(
            rows=self.rows,
            ids=self._ids,
            office_id=office_id,
            days=self._days,
            writer=Writer(self._bank),
            kinds=_kinds(),
            approvals=approvals,
            planted=self._texts,
            printer=Printer(self._office.batch),
        )


def _kinds() -> Mapping[str, EntryKind]:
    return {
        row.key: EntryKind(
            code=row.key,
            label=str(row.value["label"]),
            method=ContactMethod(str(row.value["method"])),
            place=Place(str(row.value["place"])),
            segments=(),
        )
        for row in shipped_rows(Master.ENTRY_KINDS)
    }


def _routes() -> Mapping[str, list[Role]]:
    found: dict[str, list[Role]] = {}
    for row in shipped_rows(Master.ROUTES):
        positions = row.value["positions"]
        if isinstance(positions, list | tuple):
            found[row.key] = [Role(str(position)) for position in positions]
    return found
