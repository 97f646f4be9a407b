"""The household list with 25,000 visible of 110,000 households: open, page far down, filter per key, memory.

Run: python -m tests.benchmarks.bench_household_list [VISIBLE HOUSEHOLDS]. Each stands beside loading every visible
household into one model, on SQLite also beside QSqlTableModel. The words are typed key by key, some of which nearly every
household has; a key's cost is first page and model, and said besides with the count that follows. Memory is the growth of a fresh process that opens the list and pages through it.
"""

from __future__ import annotations

import gc
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtSql import QSqlDatabase, QSqlTableModel
from sqlalchemy import Select, select

from desktop.database.engine import make_engine
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.households import HouseholdFilter
from desktop.domain.roles import Role
from desktop.models.office import Staff, StaffRole
from desktop.services.households import HouseholdService
from desktop.viewmodels.households import household_columns
from desktop.viewmodels.paged_rows import PAGE_ROWS, PagedTableModel
from desktop.viewmodels.rows import RowTableModel
from tests.benchmarks.large_office import DISTRICT_SIZE, large_office
from tests.benchmarks.timing import Times, fresh_databases, report, rounds
from tests.support.databases import FreshDatabases
from tests.support.desk import SmallOffice, desk
from tests.support.factories import signed_in

VISIBLE, HOUSEHOLDS, FEW = 25_000, 110_000, 3_000
OPEN_REACH, KEY_REACH = 100, 50
FAR_DOWN = 0.8
TYPED = {
    "kana": "おおかわだ",
    "kanji": "大川田",
    "case number": "012345",
    "address": "楓台3-12",
    "prefecture and town": "架空県架空市楓",
    "year of birth": "1950",
}


class OurList:
    """The list as the screen holds it: counted, one page at a time."""

    def __init__(self, households: HouseholdService) -> None:
        self._households = households
        self.model = PagedTableModel(household_columns())

    def show(self, given: HouseholdFilter) -> None:
        """What opening does, and every key after it, until the rows are there."""
        rows = self._households.page(given, 0, PAGE_ROWS)
        self.model.show_list(len(rows), rows)

    def show_counted(self, given: HouseholdFilter) -> None:
        """The same until its length is there too, which a page that is not full says itself."""
        self.show(given)
        if self.model.rowCount() == PAGE_ROWS:
            self.model.lengthen(self.model.generation, self._households.count(given))

    def page_at(self, row: int) -> None:
        """Bring the page of a row into the model."""
        offset = row - row % PAGE_ROWS
        rows = self._households.page(HouseholdFilter(), offset, PAGE_ROWS)
        self.model.page_loaded(self.model.generation, offset, rows)


class EverythingList:
    """The plain way: all rows in one model, filtered there."""

    def __init__(self, households: HouseholdService) -> None:
        self._households = households
        self.rows = households.page(HouseholdFilter(), 0, HOUSEHOLDS)
        self.model = RowTableModel(household_columns())

    def load(self) -> None:
        """Read and show everything."""
        self.rows = self._households.page(HouseholdFilter(), 0, HOUSEHOLDS)
        self.model.set_rows(self.rows)

    def filter(self, text: str) -> None:
        """Names, kana and case numbers with this word in them; addresses are not among the rows."""
        shown = (r for r in self.rows if text in f"{r.head_name} {r.head_kana} {r.case_number}")
        self.model.set_rows(tuple(shown))


class SqlModelList:
    """Qt's own model on the SQLite file."""

    def __init__(self, path: Path, office: SmallOffice) -> None:
        database = QSqlDatabase.addDatabase("QSQLITE", "beside")
        database.setDatabaseName(str(path))
        if not database.open():
            raise SystemExit("QSQLITE cannot open the file")
        self._office = f"office_id = '{office.caseworker.office_id.hex}' AND state <> 'closed'"
        self._model = QSqlTableModel(None, database)
        self._model.setTable("household")
        self._model.setSort(self._model.fieldIndex("sort_key"), Qt.SortOrder.AscendingOrder)

    def show(self, text: str = "") -> None:
        """Its first 256 rows."""
        word = f" AND (head_name || head_kana || case_number) LIKE '%{text}%'" if text else ""
        self._model.setFilter(self._office + word)
        self._model.select()

    def show_down_to(self, row: int) -> None:
        """It can only come to a row by reading all rows before it."""
        self.show()
        while self._model.rowCount() <= row and self._model.canFetchMore():
            self._model.fetchMore()


def main() -> None:
    if sys.argv[1:2] == ["--memory"]:
        print(memory_grown(sys.argv[2], everything=sys.argv[3] == "everything"))
        return
    visible, households = map(int, sys.argv[1:3]) if len(sys.argv) > 2 else (VISIBLE, HOUSEHOLDS)
    app = QCoreApplication([])
    with ExitStack() as stack:
        databases = stack.enter_context(fresh_databases())
        files = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for url in (
            stack.enter_context(databases.sqlite(files)),
            stack.enter_context(databases.postgresql()),
        ):
            measure(url, visible, households)
        compare_memory(databases)
    app.quit()


def measure(url: str, visible: int, households: int) -> None:
    """Everything on one database."""
    engine = make_engine(url)
    office = large_office(engine, visible=visible, households=households)
    name = f"{engine.dialect.name}, {visible:,} of {households:,}"
    service = office.desk(office.head).households
    ours, everything = OurList(service), EverythingList(service)
    # As the program does once it has started (desktop/app.py); what everything.load makes stays its own.
    gc.freeze()
    shown = rounds(lambda: ours.show_counted(HouseholdFilter()), everything.load, count=12)
    report(f"{name}: open", shown, "load everything", reach=OPEN_REACH)
    far = int(visible * FAR_DOWN)
    paged = rounds(lambda: ours.page_at(far), everything.load, count=12)
    report(f"{name}: page at row {far:,}", paged, "load everything")
    for what, word in TYPED.items():
        shown = typed(word, ours.show, everything.filter)
        report(f"{name}: key of {what}", shown, "filter everything", reach=KEY_REACH)
        counted = typed(word, ours.show_counted, everything.filter)
        report(f"{name}: key of {what}, counted", counted, "filter everything", reach=KEY_REACH)
    if engine.dialect.name == "sqlite":
        beside_qt(name, Path(str(engine.url.database)), office, ours, far)
    engine.dispose()


def beside_qt(name: str, path: Path, office: SmallOffice, ours: OurList, far: int) -> None:
    """The same beside QSqlTableModel."""
    qt = SqlModelList(path, office)
    report(f"{name}: open", rounds(lambda: ours.show(HouseholdFilter()), qt.show), "QSqlTableModel")
    paged = rounds(lambda: ours.page_at(far), lambda: qt.show_down_to(far), count=12)
    report(f"{name}: page at row {far:,}", paged, "QSqlTableModel")
    times = typed("大川田", ours.show, qt.show)
    report(f"{name}: key of kanji", times, "QSqlTableModel with LIKE")


def typed(
    word: str, ours: Callable[[HouseholdFilter], None], theirs: Callable[[str], None]
) -> Times:
    """A word key by key, several times."""
    begun = [word[:end] for end in range(1, len(word) + 1)]
    rest = [
        rounds(partial(ours, HouseholdFilter(text=text)), partial(theirs, text), count=12)
        for text in begun
    ]
    return Times(
        [ms for times in rest for ms in times.ours], [ms for times in rest for ms in times.theirs]
    )


def compare_memory(databases: FreshDatabases) -> None:
    """Memory at few and at all households, each in a fresh process on PostgreSQL."""
    for households in (FEW, HOUSEHOLDS):
        with databases.postgresql() as url:
            engine = make_engine(url)
            large_office(engine, visible=households - DISTRICT_SIZE, households=households)
            engine.dispose()
            grown = {how: float(in_own_process(url, how)) for how in ("ours", "everything")}
        print(
            f"memory, {households:,} households: {grown['ours']:.0f} MiB | load everything: "
            f"{grown['everything']:.0f} MiB",
            flush=True,
        )


def in_own_process(url: str, how: str) -> str:
    """What the process prints."""
    command = [sys.executable, "-m", __spec__.name, "--memory", url, how]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def memory_grown(url: str, *, everything: bool) -> float:
    """MiB by which this process has grown after the list was opened and paged through."""
    engine = make_engine(url)
    work = UnitOfWork(engine)
    with work() as session:
        staff = signed_in(session, session.scalars(head_of_section()).one())
    service = desk(work, staff).households
    service.page(HouseholdFilter(), 0)
    before = resident_mib()
    if everything:
        held: object = everything_shown(service)
    else:
        held = paged_through(service)
    grown = resident_mib() - before
    del held
    engine.dispose()
    return grown


def everything_shown(service: HouseholdService) -> EverythingList:
    found = EverythingList(service)
    found.load()
    return found


def paged_through(service: HouseholdService) -> OurList:
    """Opened, and 100 places in the list looked at."""
    ours = OurList(service)
    ours.show_counted(HouseholdFilter())
    count = ours.model.rowCount()
    for place in range(100):
        ours.page_at(count * place // 100)
    return ours


def head_of_section() -> Select[Staff]:
    return (
        select(Staff)
        .join(StaffRole, StaffRole.staff_id == Staff.id)
        .where(StaffRole.role == Role.SECTION_HEAD)
    )


def resident_mib() -> float:
    """Memory of this process that is not swapped out."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    raise SystemExit("memory is only measured on Linux")


if __name__ == "__main__":
    main()
