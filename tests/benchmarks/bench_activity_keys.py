"""Keys of an act of support beyond its memo: an ordinary one, one with other minutes, and one with a next step.

Run: python -m tests.benchmarks.bench_activity_keys. Counted at the real widgets over real services (SQLite), driven by key
events from the open section to the stored act. What the input method commits (memo, next step) is free text and not counted.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import ExitStack
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.database.engine import make_engine
from desktop.domain.activities import Activity
from desktop.views.activities.act_section import SheetOnScreen
from desktop.views.activities.file_activities import FileActivitiesView
from desktop.views.look import Look
from desktop.views.printing.run_view import PrintRunView
from desktop.views.screen import ScreenView
from tests.benchmarks.bench_keys import Typist, open_view, show
from tests.benchmarks.timing import fresh_databases
from tests.support.desk import SmallOffice, small_office
from tests.support.factories import CLOCK
from tests.support.fakes import FakeDialogs
from tests.support.qt import InlineRunner

MOST_KEYS = 8
Key = Qt.Key


def main() -> None:
    app = QApplication([])
    look = Look(app)
    with ExitStack() as stack:
        databases = stack.enter_context(fresh_databases())
        files = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        engine = make_engine(stack.enter_context(databases.sqlite(files)))
        office = small_office(engine)
        print(f"{'work':32} {'figure':>14}   reach")
        # A section of its own each: without a window manager the keyboard is not told where it goes after Enter.
        show("ordinary act: keys", ordinary(office, opened(office, look)), MOST_KEYS)
        show("act, other minutes: keys", other_minutes(office, opened(office, look)), MOST_KEYS)
        show("act with a next step: keys", next_step(office, opened(office, look)), MOST_KEYS)
        engine.dispose()


class LineTypist(Typist):
    """A typist who knows the keys under the labels."""

    def press_alt(self, key: Qt.Key) -> None:
        """The key under a label; with Alt it counts once."""
        QTest.keyClick(self._at(), key, Qt.KeyboardModifier.AltModifier)
        self.keys += 1


def ordinary(office: SmallOffice, view: FileActivitiesView) -> int:
    """Kind and memo; minutes, day, person and result are the usual ones."""
    typist = begun(view)
    typist.type("21")
    typist.press(Key.Key_Tab)
    typist.write("求職登録に付き添った。")
    typist.press(Key.Key_Return)
    act = newest(office)
    if (act.kind, act.minutes, act.memo) != ("21", 120, "求職登録に付き添った。"):
        raise SystemExit("the act was not stored")
    return typist.keys


def other_minutes(office: SmallOffice, view: FileActivitiesView) -> int:
    """It took less time than usual."""
    typist = begun(view)
    typist.type("33")
    typist.press(Key.Key_Tab)
    typist.write("職務経歴書を一緒に直した。")
    typist.press(Key.Key_Tab)
    typist.type("45")
    typist.press(Key.Key_Return)
    if newest(office).minutes != 45:
        raise SystemExit("the minutes were not stored")
    return typist.keys


def next_step(office: SmallOffice, view: FileActivitiesView) -> int:
    """What is to be done next, within a week."""
    typist = begun(view)
    typist.type("13")
    typist.press(Key.Key_Tab)
    typist.write("面接の日を確かめた。")
    typist.press_alt(Key.Key_T)
    typist.write("面接の結果を聞く")
    typist.press(Key.Key_Tab)
    typist.type("+7")
    typist.press(Key.Key_Return)
    if newest(office).next_step != "面接の結果を聞く":
        raise SystemExit("the next step was not stored")
    return typist.keys


def begun(view: FileActivitiesView) -> LineTypist:
    """The line as it stands ready after the last act."""
    QTest.qWait(50)
    if not view.line.kind.editor().hasFocus():
        raise SystemExit("the line does not stand ready")
    return LineTypist(view)


def newest(office: SmallOffice) -> Activity:
    desk = office.desk(office.caseworker)
    return desk.activities.of_household(office.household_id).activities[0]


def no_paper(_: ScreenView, code: str) -> tuple[PrintRunView, SheetOnScreen]:
    raise SystemExit(f"{code} was not to be printed")


def opened(office: SmallOffice, look: Look) -> FileActivitiesView:
    view = FileActivitiesView(
        office.household_id,
        office.desk(office.caseworker).activities,
        InlineRunner(),
        look=look,
        dialogs=FakeDialogs(answer=True),
        today=CLOCK.today,
        make_paper=no_paper,
    )
    open_view(view)
    return view


if __name__ == "__main__":
    main()
