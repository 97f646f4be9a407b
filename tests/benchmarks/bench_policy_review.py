"""The yearly review of policies: keys per policy, policies per hour, and the program's share of it in a large office.

Run: python -m tests.benchmarks.bench_policy_review [HOUSEHOLDS]. Keys are counted at the real screen over real services
(SQLite), from the list to the next household. Policies per hour are a keystroke model (KLM; Card, Moran & Newell 1980)
of those keys, no measurement of people: its constants stand below and are printed. The program's share is measured in
an office of HOUSEHOLDS on both databases, beside a bare query and beside opening the same policies in the file.
"""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from uuid import UUID

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import text

from desktop.database.engine import make_engine
from desktop.domain.clock import Clock
from desktop.domain.support_policies import PolicyState
from desktop.jobs.change_bus import ChangeBus
from desktop.jobs.runner import JobRunner
from desktop.services.policy_review import PolicyReviewService
from desktop.services.support_policies.checks import words_of
from desktop.views.look import Look
from desktop.views.policy_review.ports import ReviewPorts, load_review
from desktop.views.policy_review.review_screen import PolicyReviewScreen
from desktop.views.policy_review.review_session import ReviewSetting
from desktop.views.support_policies.ports import PolicyPorts, load_shelf
from tests.benchmarks.bench_keys import Key, Typist, open_view
from tests.benchmarks.due_policies import ENTRIES, ISSUES, add_due_policies
from tests.benchmarks.large_office import large_office
from tests.benchmarks.timing import fresh_databases, milliseconds, p95, report, rounds
from tests.support.databases import FreshDatabases
from tests.support.desk import Desk, SmallOffice, small_office
from tests.support.factories import CLOCK
from tests.support.fakes import FakeDialogs
from tests.support.policies import issue, written
from tests.support.policy_review import A_YEAR_LATER, approved, more_households
from tests.support.qt import HeldRunner, InlineRunner

HOUSEHOLDS = 3_000
#: Seconds: a key of an average typist, and one mental preparation (KLM's K and M).
K_SECONDS, M_SECONDS = 0.28, 1.35
#: Japanese text, in characters a minute: reading for content, and writing with an input method.
READING, WRITING = 500, 60
EVALUATION = "通院は月一回続き、残薬は減った。食事は配食を使い三食になった。引き続き見守りと服薬の確認を行う。"
ACTION, MEASURE = "服薬カレンダーを一緒に付ける", "カレンダーの記入"
CHANGED = "服薬は朝だけ続いている"
ALT = Qt.KeyboardModifier.AltModifier
LIST_REACH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What one policy took: keys, characters of free text, decisions."""

    keys: int
    written: int
    decisions: int


def main() -> None:
    households = int(sys.argv[1]) if len(sys.argv) > 1 else HOUSEHOLDS
    app = QApplication([])
    look = Look(app)
    with ExitStack() as stack:
        databases = stack.enter_context(fresh_databases())
        files = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        engine = make_engine(stack.enter_context(databases.sqlite(files)))
        unchanged, changed, read = count_keys(small_office(engine), look)
        engine.dispose()
        print(f"unchanged policy of {ISSUES} issues: {unchanged.keys} keys beside the evaluation")
        print(f"changed policy (one issue and one new action): {changed.keys} keys beside the text")
        shares = [measure(databases, kind, households, look) for kind in ("sqlite", "postgresql")]
        tell_per_hour(unchanged, changed, read, max(shares) / 1000)


def count_keys(office: SmallOffice, look: Look) -> tuple[Work, Work, int]:
    """An unchanged and a changed policy in turn; the third figure is the characters there are to read in one."""
    [second] = more_households(office, 1)
    desk = office.desk(office.caseworker)
    for days, household_id in enumerate((office.household_id, second)):
        given = written(
            desk, household_id, issue(), issue("食事が偏っている"), issue("孤立している")
        )
        approved(office, given, days=days)
    screen = make_screen(office.desk(office.caseworker, A_YEAR_LATER), A_YEAR_LATER, look)
    open_view(screen)
    typist = Typist(screen)
    typist.press(Key.Key_Return)
    read = len(words_of(screen_task(screen).given))
    typist.keys = 0
    typist.press(*[Key.Key_1] * ISSUES)
    typist.write(EVALUATION)
    typist.press(Key.Key_Return, ctrl=True)
    unchanged = Work(keys=typist.keys, written=len(EVALUATION), decisions=ISSUES + 1)
    typist.keys = 0
    change(typist, screen)
    told = len(EVALUATION) + len(CHANGED) + len(ACTION) + len(MEASURE)
    changed = Work(keys=typist.keys, written=told, decisions=ISSUES + 3)
    for household_id in (office.household_id, second):
        states = [line.state for line in desk.policies.lines(household_id)]
        if PolicyState.SUBMITTED not in states:
            raise SystemExit("a policy was not handed in")
    screen.close()
    return unchanged, changed, read


def change(typist: Typist, screen: PolicyReviewScreen) -> None:
    """The first issue in other words and with one more action; the others go on."""
    typist.press(Key.Key_2)
    typist.press(Key.Key_A, ctrl=True)
    typist.write(CHANGED)
    QTest.keyClick(screen, Key.Key_T, ALT)
    typist.keys += 1
    typist.write(ACTION)
    typist.press(Key.Key_Tab)
    typist.type("+90")
    typist.press(Key.Key_Tab)
    typist.write(MEASURE)
    typist.press(Key.Key_Return, ctrl=True)
    typist.press(*[Key.Key_1] * (ISSUES - 1))
    typist.write(EVALUATION)
    typist.press(Key.Key_Return, ctrl=True)


def measure(databases: FreshDatabases, kind: str, households: int, look: Look) -> float:
    """The program's share of one policy in milliseconds: handing it in, and the next one there and painted."""
    with ExitStack() as stack:
        files = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        make = databases.sqlite(files) if kind == "sqlite" else databases.postgresql()
        engine = make_engine(stack.enter_context(make))
        stack.callback(engine.dispose)
        office = large_office(engine, visible=households, households=households + 100)
        due = add_due_policies(engine, office)
        desk = office.desk(office.caseworker)
        ports = ports_of(desk, CLOCK)
        lines = ports.reviews.due()
        if len(lines) != due:
            raise SystemExit(f"{len(lines)} of {due} policies are listed")
        name = f"{kind}, {households:,} households"
        times = rounds(ports.reviews.due, lambda: bare_list(office))
        report(f"{name}: list of {due} due policies", times, "bare query", reach=LIST_REACH)
        me = office.caseworker.staff_id
        turn = iter(lines * 3)
        again = iter(lines * 3)
        times = rounds(
            lambda: load_review(ports, next(turn), me),
            lambda: open_in_file(desk, next(again).household_id),
            count=min(len(lines), 40),
        )
        what = f"{name}: a household with {ISSUES} issues and {ENTRIES} entries, services"
        report(what, times, "the same policies in the file")
        return next_household(desk, look, name)


def next_household(desk: Desk, look: Look, name: str) -> float:
    """From Ctrl+Enter to the next household on the screen; what is read ahead comes while a person reads."""
    runner = HeldRunner()
    screen = make_screen(desk, CLOCK, look, runner)
    open_view(screen)
    let_go(runner)
    typist = Typist(screen)
    typist.press(Key.Key_Return)
    let_go(runner)
    waits, times = [], []
    for _ in range(20):
        typist.press(*[Key.Key_1] * ISSUES)
        typist.write(EVALUATION)
        let_go(runner)
        times.append(milliseconds(lambda: submit_and_paint(typist, screen, runner)))
        waits.append(milliseconds(lambda: let_go(runner)))
    screen.close()
    print(
        f"{name}: hand in and see the next household: p50 {median(times):.0f} ms, p95 {p95(times):.0f} ms | "
        f"then the one after it and the list, while a person reads: p50 {median(waits):.0f} ms"
    )
    return median(times)


def let_go(runner: HeldRunner) -> None:
    """Run everything that was asked for."""
    while runner.held:
        runner.release()


def submit_and_paint(typist: Typist, screen: PolicyReviewScreen, runner: HeldRunner) -> None:
    before = screen_task(screen).line
    typist.press(Key.Key_Return, ctrl=True)
    while screen_task(screen).line == before:
        if not runner.held:
            raise SystemExit("the next household did not come")
        runner.release()
    screen.grab()


def tell_per_hour(unchanged: Work, changed: Work, read: int, program: float) -> None:
    """The model's figures."""
    print(
        f"model: K {K_SECONDS} s, M {M_SECONDS} s a decision, reading {READING} and writing {WRITING} characters a "
        f"minute, {read} characters of policy and as many of the year to read, program {program:.2f} s"
    )
    for name, work in (("unchanged", unchanged), ("changed", changed)):
        by_hand = work.keys * K_SECONDS + work.decisions * M_SECONDS
        reading, writing = 2 * read / READING * 60, work.written / WRITING * 60
        whole = by_hand + reading + writing + program
        print(
            f"{name}: {whole:.0f} s (keys and decisions {by_hand:.1f}, reading {reading:.1f}, writing {writing:.1f}, "
            f"program {program:.2f} = {100 * program / whole:.1f} %): {3600 / whole:.0f} policies an hour"
        )


def open_in_file(desk: Desk, household_id: UUID) -> None:
    """What the file's section does: the list, and the policy in force; then a new one and its self-check."""
    ports = PolicyPorts(policies=desk.policies, records=desk.records, files=desk.households)
    shelf = load_shelf(ports, household_id)
    desk.policies.policy(shelf.lines[0].policy_id)
    desk.records.chronicle(household_id)
    desk.policies.checks(desk.policies.blank(household_id))


def bare_list(office: SmallOffice) -> None:
    """The rows of the list, read by the owner with nothing around them."""
    with office.work() as session:
        session.execute(
            text(
                "SELECT h.id, h.case_number, p.review_due_on FROM household h JOIN support_policy p "
                "ON p.household_id = h.id WHERE h.district_id IN "
                "(SELECT district_id FROM household WHERE case_number = '000001')"
            )
        ).all()


def screen_task(screen: PolicyReviewScreen):
    task = screen.session.task if screen.session else None
    if task is None:
        raise SystemExit("no household is open")
    return task


def ports_of(desk: Desk, clock: Clock) -> ReviewPorts:
    return ReviewPorts(
        reviews=PolicyReviewService(desk.work, clock, desk.staff, desk.records.reading),
        policies=PolicyPorts(policies=desk.policies, records=desk.records, files=desk.households),
    )


def make_screen(
    desk: Desk, clock: Clock, look: Look, runner: JobRunner | None = None
) -> PolicyReviewScreen:
    setting = ReviewSetting(
        staff=desk.staff, clock=clock, changes=ChangeBus(), look=look, dialogs=FakeDialogs()
    )
    return PolicyReviewScreen(ports_of(desk, clock), runner or InlineRunner(), setting)


if __name__ == "__main__":
    main()
