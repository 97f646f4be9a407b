"""Fields and keys of an ordinary visit, of a telephone call, and of reading 40 clean entries.

Run: python -m tests.benchmarks.bench_keys. Counted at the real widgets over real services (SQLite), driven by key events
from the open file to the stored submission. What the input method commits is free text and not counted, its fields are.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.database.engine import make_engine
from desktop.domain.policy_events import Impact
from desktop.domain.records import EntryState, MetPerson, SegmentKind
from desktop.jobs.change_bus import ChangeBus
from desktop.services.audit import HistoryService
from desktop.services.masters.service import MastersService
from desktop.services.office import OfficeService
from desktop.services.records import TickService
from desktop.services.todos import TodoService
from desktop.views.approvals.review_pane import ReviewPane
from desktop.views.look import Look
from desktop.views.records.chronicle import ChronicleSetting, ChronicleView
from desktop.views.records.entry_editor import EntryEditor
from desktop.views.records.entry_form import EntryForm
from desktop.views.records.ports import RecordPorts
from desktop.views.screen import ScreenView
from tests.benchmarks.timing import fresh_databases
from tests.support.desk import Desk, SmallOffice, small_office
from tests.support.factories import CLOCK
from tests.support.fakes_printing import without_paper
from tests.support.qt import InlineRunner
from tests.support.typing_in import commit_text

TO_READ = 40
READING_MS = 400
Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


class Typist:
    """Types into whatever has the keyboard, and counts the keys."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self.keys = 0

    def press(self, *keys: Qt.Key, ctrl: bool = False, alt: bool = False) -> None:
        """Single keys; with Ctrl or Alt a key counts once."""
        for key in keys:
            modifier = CTRL if ctrl else ALT if alt else Qt.KeyboardModifier.NoModifier
            QTest.keyClick(self._at(), key, modifier)
            self.keys += 1

    def type(self, text: str) -> None:
        """Digits and signs, each a key."""
        QTest.keyClicks(self._at(), text)
        self.keys += len(text)

    def go_to(self, widget: QWidget) -> None:
        """Tab until the widget has the keyboard."""
        while self._at() is not widget:
            self.press(Key.Key_Tab)

    def write(self, text: str) -> None:
        """Free text."""
        commit_text(self._at(), text)

    def _at(self) -> QWidget:
        found = self._window.focusWidget()
        if found is None:
            raise SystemExit("nothing has the keyboard")
        return found


def main() -> None:
    app = QApplication([])
    look = Look(app)
    with ExitStack() as stack:
        databases = stack.enter_context(fresh_databases())
        files = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        engine = make_engine(stack.enter_context(databases.sqlite(files)))
        office = small_office(engine)
        print(f"{'work':32} {'figure':>14}   reach")
        visit(open_chronicle(office, look))
        call(open_chronicle(office, look))
        visit_with_phrases(open_chronicle(office, look))
        call_with_phrases(open_chronicle(office, look))
        submit_clean_entries(office, office.desk(office.caseworker))
        read(office, look)
        engine.dispose()


def visit(view: ChronicleView) -> None:
    """A home visit: times, who was met, result, one text, submit."""
    typist = Typist(view)
    typist.press(Key.Key_N, ctrl=True)
    typist.press(Key.Key_1)
    show("ordinary visit: fields", len(fields(view)), 12)
    typist.press(Key.Key_Tab)
    typist.type("0815-0855")
    typist.press(Key.Key_Tab, Key.Key_Space, Key.Key_Tab, Key.Key_Tab)
    typist.type("11")
    typist.press(Key.Key_Tab, Key.Key_Tab)
    typist.write("居室で世帯主と面接した。通院と服薬を本人から聞いた。")
    typist.press(Key.Key_Return, ctrl=True)
    typist.press(Key.Key_1)  # no impact on the support policy
    close_submitted(view)
    show("ordinary visit: keys", typist.keys, 60)


def visit_with_phrases(view: ChronicleView) -> None:
    """A home visit in set phrases alone, their codes counted as keys; what was not looked at is said by one key."""
    typist = Typist(view)
    typist.press(Key.Key_N, ctrl=True)
    typist.press(Key.Key_1)
    typist.press(Key.Key_Tab)
    typist.type("0815-0855")
    typist.press(Key.Key_Tab, Key.Key_Space, Key.Key_Tab, Key.Key_Tab)
    typist.type("11")
    typist.press(Key.Key_Tab, Key.Key_Tab)
    typist.type(";ti ")
    typist.write("2")  # over the blank
    typist.go_to(opened(view).form.segments.texts[SegmentKind.WORDS].editor())
    typist.type(";kn ")
    typist.press(Key.Key_X, alt=True)
    typist.press(Key.Key_Return, ctrl=True)
    typist.press(Key.Key_1)
    close_submitted(view)
    show("visit in phrases: keys", typist.keys, 60)


def call_with_phrases(view: ChronicleView) -> None:
    """A telephone call in one phrase, its two blanks written over."""
    typist = Typist(view)
    typist.press(Key.Key_N, ctrl=True)
    kinds = view.kind_picker.list
    codes = [kinds.item(row).data(Qt.ItemDataRole.UserRole) for row in range(kinds.count())]
    typist.type(str(1 + codes.index("telephone_in")))
    while not opened(view).form.segments.isAncestorOf(view.focusWidget()):
        typist.press(Key.Key_Tab)
    typist.type(";dr ")
    typist.write("次の訪問の時刻")
    typist.press(Key.Key_F4)
    typist.write("午後二時")
    typist.press(Key.Key_Return, ctrl=True)
    typist.press(Key.Key_1)
    close_submitted(view)
    show("call in a phrase: keys", typist.keys, 60)


def call(view: ChronicleView) -> None:
    """A telephone call that came in."""
    typist = Typist(view)
    typist.press(Key.Key_N, ctrl=True)
    kinds = view.kind_picker.list
    codes = [kinds.item(row).data(Qt.ItemDataRole.UserRole) for row in range(kinds.count())]
    typist.type(str(1 + codes.index("telephone_in")))
    show("telephone call: fields", len(fields(view)), 3)
    while not opened(view).form.segments.isAncestorOf(view.focusWidget()):
        typist.press(Key.Key_Tab)
    typist.write("来週の訪問の時刻を確認する電話があった。")
    typist.press(Key.Key_Return, ctrl=True)
    typist.press(Key.Key_1)  # no impact on the support policy
    close_submitted(view)
    show("telephone call: keys", typist.keys, 60)


def read(office: SmallOffice, look: Look) -> None:
    """Every waiting entry read and approved."""
    reviews = office.desk(office.supervisor).approvals
    waiting = len(reviews.queue())
    pane = ReviewPane(reviews, InlineRunner(), changes=ChangeBus(), look=look, today=CLOCK.today)
    open_view(pane)
    typist = Typist(pane)
    while reviews.queue():
        # A key that comes before the next entry can have been seen is not taken.
        QTest.qWait(READING_MS)
        typist.press(Key.Key_A)
        if typist.keys > waiting * 5:
            raise SystemExit("the entries were not approved")
    show(f"reading {waiting} entries: keys each", typist.keys / waiting, 2)


def show(work: str, figure: float, reach: int) -> None:
    print(f"{work:32} {figure:14.4g}   ≤ {reach}: {'met' if figure <= reach else 'MISSED'}")


def fields(view: ChronicleView) -> set[int]:
    """The fields that the open editor shows."""
    form: EntryForm = opened(view).form
    segments = form.segments
    # What comes next is one button until something is added to it.
    texts = [f for f in segments.fields().values() if f is not segments.promises or f.lines()]
    every = (*form.contact.fields().values(), *texts, segments.source)
    return {id(field) for field in every if field.isVisibleTo(form)}


def opened(view: ChronicleView) -> EntryEditor:
    """The editor that is open."""
    if view.editor is None:
        raise SystemExit("no editor is open")
    return view.editor


def close_submitted(view: ChronicleView) -> None:
    newest = view.chronicle.rows[-1]
    if view.editor is not None or newest.state is not EntryState.SUBMITTED:
        raise SystemExit("the entry was not submitted")
    view.close()


def open_chronicle(office: SmallOffice, look: Look) -> ChronicleView:
    desk = office.desk(office.caseworker)
    ports = RecordPorts(
        records=desk.records,
        files=desk.households,
        office=OfficeService(office.work, CLOCK, office.caseworker),
        todos=TodoService(office.work, CLOCK, office.caseworker, desk.records.reading),
        reasons=MastersService(office.work, CLOCK, office.caseworker),
        histories=HistoryService(office.work, office.caseworker, desk.records.reading),
        duties=desk.duties,
        phrases=desk.phrases,
        drafting=desk.drafting,
        ticks=TickService(office.work, CLOCK, office.caseworker),
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
    open_view(view)
    return view


def open_view(view: ScreenView) -> None:
    view.resize(1200, 800)
    view.show()
    view.activateWindow()
    view.activate()
    QTest.qWaitForWindowActive(view)
    view.focus_first()


def submit_clean_entries(office: SmallOffice, desk: Desk) -> None:
    """Entries to which no check has anything to say, until there are enough to read."""
    met = (MetPerson(label="架空 花子", person_id=office.person_id),)
    for number in range(TO_READ - 2):
        given = desk.records.blank(office.household_id, "home_visit")
        text = "".join(chr(0x4E00 + (number * 61 + place * 17) % 2000) for place in range(120))
        segments = tuple(
            replace(s, text=text) if s.kind is SegmentKind.FACTS else s for s in given.segments
        )
        saved = desk.records.save(
            replace(given, segments=segments, result_code="11", started_at=480, met=met)
        )
        desk.records.submit(saved.entry_id, saved.version, Impact.NONE)


if __name__ == "__main__":
    main()
