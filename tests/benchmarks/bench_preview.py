"""The first page of a ケース記録票 of 300 entries: read, laid out, drawn as a picture; and small pages one after the other.

Run: python -m tests.benchmarks.bench_preview. Beside the first page stands the layout alone of values that were read
before; beside the small pages the same pages with the PDF opened anew for each.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from time import process_time
from uuid import UUID

from desktop.database.engine import make_engine
from desktop.domain.forms import CaseRecordForm, FormMark
from desktop.domain.records import EntryInput, SegmentKind
from desktop.jobs.press import Press
from desktop.jobs.printing import PrintRun
from desktop.jobs.record_printing import record_press
from desktop.reports.fonts import FontSet
from desktop.reports.preview import OpenPdf, page_image
from desktop.reports.records.case_record import CASE_RECORD
from desktop.resources import resource_path
from desktop.services.printing import IssuedForms, PrintService
from tests.benchmarks.timing import fresh_databases, report, rounds
from tests.support.databases import FreshDatabases
from tests.support.desk import Desk, SmallOffice, small_office
from tests.support.factories import CLOCK

ENTRIES, REACH, ROUNDS = 300, 500, 20
SMALL_PAGES, SMALL_DPI, SCREEN_DPI = 40, 11, 96
FACTS = "居室で世帯主と面接した。朝食をとり、薬をのんだことを本人から聞いた。" * 8


def main() -> None:
    entries = int(sys.argv[1]) if len(sys.argv) > 1 else ENTRIES
    fonts = FontSet.of_office(resource_path("fonts"), search=())
    with fresh_databases() as databases:
        for kind in ("sqlite", "postgresql"):
            with ExitStack() as stack:
                measure(kind, databases, stack, entries, fonts)


def measure(
    kind: str, databases: FreshDatabases, stack: ExitStack, entries: int, fonts: FontSet
) -> None:
    office = open_office(kind, databases, stack)
    desk = office.desk(office.caseworker)
    ids = [write_entry(office, desk) for _ in range(entries)]
    service = PrintService(desk.work, CLOCK, desk.staff, desk.records.reading)
    issued = IssuedForms(desk.work, CLOCK, desk.staff, desk.records.reading)
    job = record_press(service, issued, lambda: fonts)
    forms = [piece.data for piece in service.prepare(ids, FormMark.DRAFT)]
    drawn = first_page(job, ids)
    report(
        f"{kind}: first page of {entries} entries ({drawn.rendered.pages} pages)",
        rounds(
            lambda: first_page(job, ids),
            lambda: CASE_RECORD.batch_pdf(forms, fonts),
            count=ROUNDS,
        ),
        "layout alone",
        reach=REACH,
    )
    spent = sorted(cpu_ms(lambda: first_page(job, ids)) for _ in range(ROUNDS))
    print(
        f"{kind}: the same in CPU time of this process: p50 {spent[ROUNDS // 2]:.0f} ms", flush=True
    )
    if kind == "sqlite":
        small_pages(drawn)


def cpu_ms(call: Callable[[], object]) -> float:
    """What a call costs whatever else the machine does (without the server's part)."""
    start = process_time()
    call()
    return (process_time() - start) * 1000


def first_page(job: Press[CaseRecordForm], ids: list[UUID]) -> PrintRun:
    """As the preview does it."""
    run = job.draw(ids, FormMark.DRAFT)
    OpenPdf(run.rendered.data).image(0, SCREEN_DPI)
    return run


def small_pages(run: PrintRun) -> None:
    data, pages = run.rendered.data, range(min(SMALL_PAGES, run.rendered.pages))

    def kept_open() -> None:
        document = OpenPdf(data)
        for page in pages:
            document.image(page, SMALL_DPI)

    def opened_anew() -> None:
        for page in pages:
            page_image(data, page, SMALL_DPI)

    report(
        f"{len(pages)} small pages", rounds(kept_open, opened_anew, count=ROUNDS), "opened for each"
    )


def open_office(kind: str, databases: FreshDatabases, stack: ExitStack) -> SmallOffice:
    if kind == "sqlite":
        files = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(databases.sqlite(files))
    else:
        url = stack.enter_context(databases.postgresql())
    engine = make_engine(url)
    stack.callback(engine.dispose)
    return small_office(engine)


def write_entry(office: SmallOffice, desk: Desk) -> UUID:
    given: EntryInput = desk.records.blank(office.household_id, "home_visit")
    segments = tuple(
        replace(s, text=FACTS if s.kind is SegmentKind.FACTS else s.text) for s in given.segments
    )
    saved = desk.records.save(replace(given, segments=segments, result_code="11", started_at=480))
    return saved.entry_id


if __name__ == "__main__":
    main()
