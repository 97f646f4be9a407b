"""Opening a case file with 300 entries, saving and submitting an entry, and the supervisor's queue, on both databases.

Run: python -m tests.benchmarks.bench_case_file [FEW MANY]. The same file lies in an office of few and of many households
(each with an entry of its own), measured in turn: the first of each pair is the large one. Beside the opening also stands
the same rows read by plain SQL with no dataclasses; beside save and submit one bare insert and commit.
"""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from uuid import UUID

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import shiboken6
from PySide6.QtWidgets import QApplication
from sqlalchemy import text

from desktop.database.engine import make_engine
from desktop.domain.ids import new_id
from desktop.domain.policy_events import Impact
from desktop.domain.records import EntryInput, MetPerson, SegmentKind
from desktop.jobs.change_bus import ChangeBus
from desktop.services.audit import HistoryService
from desktop.services.masters.service import MastersService
from desktop.services.office import OfficeService
from desktop.services.todos import TodoService
from desktop.views.look import Look
from desktop.views.records.chronicle import ChronicleSetting, ChronicleView
from desktop.views.records.ports import RecordPorts
from tests.benchmarks.large_office import DISTRICT_SIZE, large_office
from tests.benchmarks.timing import fresh_databases, report, rounds
from tests.support.databases import FreshDatabases
from tests.support.desk import Desk, SmallOffice
from tests.support.factories import CLOCK
from tests.support.fakes_printing import without_paper
from tests.support.qt import InlineRunner

ENTRIES = 300
FEW, MANY = 3_000, 110_000
VISIBLE = 25_000
OPEN_REACH, SAVE_REACH = 100, 50
FACTS = "居室で世帯主と面接した。朝食をとり、薬をのんだことを本人から聞いた。" * 8
PLAIN_SQL = text(
    "SELECT e.*, s.text FROM entry e JOIN segment s ON s.entry_id = e.id AND s.version = e.version "
    "WHERE e.household_id = :household ORDER BY e.event_on, e.id, s.position"
)


def main() -> None:
    few, many = map(int, sys.argv[1:3]) if len(sys.argv) > 2 else (FEW, MANY)
    app = QApplication([])
    look = Look(app)
    with ExitStack() as stack:
        databases = stack.enter_context(fresh_databases())
        for kind in ("sqlite", "postgresql"):
            with ExitStack() as offices:
                small, large = (
                    offices.enter_context(filled(databases, kind, households))
                    for households in (few, many)
                )
                measure(f"{kind}, {many:,} households", large, small, f"{few:,} households", look)


@contextmanager
def filled(databases: FreshDatabases, kind: str, households: int) -> Iterator[SmallOffice]:
    """An office of so many households with one long file."""
    with ExitStack() as stack:
        if kind == "sqlite":
            files = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            url = stack.enter_context(databases.sqlite(files))
        else:
            url = stack.enter_context(databases.postgresql())
        engine = make_engine(url)
        stack.callback(engine.dispose)
        visible = min(VISIBLE, households - DISTRICT_SIZE)
        office = large_office(engine, visible=visible, households=households, with_entries=True)
        caseworker = office.desk(office.caseworker)
        for _ in range(ENTRIES):
            caseworker.records.save(visit(office, caseworker))
        yield office


def measure(name: str, large: SmallOffice, small: SmallOffice, beside: str, look: Look) -> None:
    """Every work at the large office and at the small one in turn."""
    gc.freeze()  # as the program does once its window is there
    mine, theirs = large.desk(large.caseworker), small.desk(small.caseworker)
    opening = f"{name}: open a file of {ENTRIES} entries"
    read = rounds(lambda: open_file(large, mine), lambda: open_file(small, theirs))
    report(f"{opening}, services", read, beside)
    report(
        f"{opening}, services",
        rounds(lambda: open_file(large, mine), lambda: plain_read(large)),
        "plain SQL",
    )
    shown = rounds(lambda: show_file(large, mine, look), lambda: show_file(small, theirs, look))
    report(f"{opening}, with the view", shown, beside, reach=OPEN_REACH)
    blank = rounds(lambda: visit(large, mine), lambda: visit(small, theirs))
    report(f"{name}: a blank form with what is known", blank, beside)
    typed, theirs_typed = many_visits(large, mine), many_visits(small, theirs)
    written = rounds(
        lambda: save_and_submit(mine, next(typed)),
        lambda: save_and_submit(theirs, next(theirs_typed)),
    )
    report(f"{name}: save and submit an entry", written, beside, reach=SAVE_REACH)
    queues = [office.desk(office.supervisor).approvals.queue for office in (large, small)]
    report(f"{name}: supervisor's queue of {len(queues[0]())}", rounds(*queues), beside)
    typed = many_visits(large, mine)
    report(
        f"{name}: save and submit an entry",
        rounds(lambda: save_and_submit(mine, next(typed)), lambda: bare_insert(large)),
        "bare insert and commit",
    )


def visit(office: SmallOffice, desk: Desk) -> EntryInput:
    given = desk.records.blank(office.household_id, "home_visit")
    segments = tuple(
        replace(s, text=FACTS if s.kind is SegmentKind.FACTS else s.text) for s in given.segments
    )
    met = (MetPerson(label="架空 花子", person_id=office.person_id),)
    return replace(given, segments=segments, result_code="11", started_at=480, met=met)


def open_file(office: SmallOffice, desk: Desk) -> None:
    desk.households.open_file(office.household_id)
    assert len(desk.records.chronicle(office.household_id)) >= ENTRIES


def show_file(office: SmallOffice, desk: Desk, look: Look) -> None:
    """As the screen does it: read, laid out and painted."""
    desk.households.open_file(office.household_id)
    ports = RecordPorts(
        records=desk.records,
        files=desk.households,
        office=OfficeService(office.work, CLOCK, office.caseworker),
        todos=TodoService(office.work, CLOCK, office.caseworker, desk.records.reading),
        reasons=MastersService(office.work, CLOCK, office.caseworker),
        histories=HistoryService(office.work, office.caseworker, desk.records.reading),
        duties=desk.duties,
    )
    setting = ChronicleSetting(
        staff=office.caseworker,
        clock=CLOCK,
        runner=InlineRunner(),
        changes=ChangeBus(),
        look=look,
        make_paper=without_paper,
    )
    view = ChronicleView(office.household_id, ports, setting)
    view.resize(1200, 800)
    view.show()
    view.activate()
    view.grab()
    assert len(view.chronicle.rows) >= ENTRIES
    view.close()
    shiboken6.delete(view)  # as the tab does when the file is closed


def plain_read(office: SmallOffice) -> None:
    with office.work() as session:
        session.execute(PLAIN_SQL, {"household": _sql_id(office, office.household_id)}).all()


def many_visits(office: SmallOffice, desk: Desk) -> Iterator[EntryInput]:
    """As typed: the forms were opened before the clock runs."""
    return iter([visit(office, desk) for _ in range(50)])


def save_and_submit(desk: Desk, given: EntryInput) -> None:
    saved = desk.records.save(given)
    desk.records.submit(saved.entry_id, saved.version, Impact.NONE)


def bare_insert(office: SmallOffice) -> None:
    with office.work() as session:
        session.execute(
            text("INSERT INTO office (id, code, name) VALUES (:id, :code, '比較')"),
            {"id": _sql_id(office, new_id()), "code": new_id().hex},
        )


def _sql_id(office: SmallOffice, key: UUID) -> UUID | str:
    return key if office.work.engine.dialect.name == "postgresql" else key.hex


if __name__ == "__main__":
    main()
