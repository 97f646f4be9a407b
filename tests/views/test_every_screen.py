"""Every screen and every section of a file in the real window, over real services: no stray window, every input named."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject, QSettings, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from sqlalchemy import select
from typing_extensions import override

from desktop.domain.records import SegmentKind
from desktop.domain.roles import Role
from desktop.jobs.change_bus import ChangeBus
from desktop.models.office import StaffRole
from desktop.office_services import make_services
from desktop.reports.office_fonts import OfficeFonts
from desktop.services.desk import LockRules
from desktop.services.own_password import OwnPassword
from desktop.viewmodels.records_actions import EntryAction
from desktop.views.carry_outs.carry_outs_screen import CarryOutsScreen
from desktop.views.navigation import SCREENS, screens_for
from desktop.views.requests import FileRequest
from desktop.views.window import MainWindow
from desktop.views.workplace import Workplace
from tests.support.desk import also_supervises, small_office
from tests.support.factories import CLOCK, LONG_AGO
from tests.support.fakes import FakeDialogs
from tests.support.leftovers import finish_deletions
from tests.support.people import work_of
from tests.support.qt import InlineRunner

INPUTS = (
    QLineEdit,
    QTextEdit,
    QPlainTextEdit,
    QComboBox,
    QCheckBox,
    QAbstractSpinBox,
    QAbstractItemView,
)
#: Roles of somebody who sees every screen.
EVERYTHING = frozenset(
    {Role.CASEWORKER, Role.SUPERVISOR, Role.RECORDS_STAFF, Role.ADMINISTRATOR, Role.SECTION_HEAD}
)


#: Lines of type that a section of a file may ask for at least; the records with their buttons ask for most.
MOST_LINES = 38
#: Pixels of a small notebook, at which type of twice the size must still be usable.
LOW_WINDOW = 800


class Windows(QObject):
    """Remembers every top-level widget that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


@pytest.fixture
def shown(qapp):
    watcher = Windows()
    qapp.installEventFilter(watcher)
    yield watcher.shown
    qapp.removeEventFilter(watcher)


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def window(qtbot, look, office, tmp_path):
    staff = replace(
        also_supervises(office.work, office.caseworker, office.household_id), roles=EVERYTHING
    )
    hold(office.work, staff)
    workplace = Workplace(
        services=services_of(work_of(office.work, staff, CLOCK), staff),
        runner=InlineRunner(),
        changes=ChangeBus(),
        look=look,
        dialogs=FakeDialogs(),
        fonts=OfficeFonts(),
    )
    window = MainWindow(
        workplace, QSettings(str(tmp_path / "state.ini"), QSettings.Format.IniFormat)
    )
    qtbot.addWidget(window)
    window.start()
    return window


def hold(work, staff):
    """Write the roles down where the database looks for them."""
    with work() as session:
        held = session.scalars(select(StaffRole.role).where(StaffRole.staff_id == staff.staff_id))
        for role in staff.roles - set(held):
            session.add(
                StaffRole(
                    office_id=staff.office_id,
                    staff_id=staff.staff_id,
                    role=role,
                    valid_from=LONG_AGO,
                )
            )


def services_of(work, staff):
    lock, own_password = LockRules(idle_minutes=15), OwnPassword(work)
    return make_services(work, CLOCK, staff, lock=lock, own_password=own_password)


def open_chronicle(window, office):
    window.tabs.open_file(FileRequest(household_id=office.household_id, section="chronicle"))
    return window.tabs.currentWidget().sections.page()


def write_entry(chronicle, kind="home_visit"):
    chronicle.commands.new(kind)
    chronicle.editor.form.segments.texts[SegmentKind.FACTS].insert("居室で面接した。")
    chronicle.editor.save()


def walk(window, office):
    """Everything that can be opened without leaving the window, one after the other."""
    for screen in screens_for(window.workplace, SCREENS):
        window.tabs.show_screen(screen.key)
        yield screen.key
    chronicle = open_chronicle(window, office)
    sections = window.tabs.currentWidget().sections
    for key in sections.order():
        sections.show_key(key)
        yield f"section {key}"
    sections.show_page(chronicle)
    chronicle.new_button.click()
    yield "kinds"
    for kind in chronicle._ports.records.kinds():
        chronicle.commands.new(kind.code)
        yield f"editor {kind.code}"
        chronicle.editor.ask_to_close()
        finish_deletions()
    write_entry(chronicle)
    chronicle.editor.form.segments.promises.add_line()
    chronicle.editor.form.contact.fold.unfold()
    yield "editor with everything unfolded"
    chronicle.editor.save()
    chronicle.editor.ask_to_close()
    chronicle._act(EntryAction.HISTORY)
    yield "history"
    chronicle._find()
    yield "find"
    chronicle.commands.act(EntryAction.ANNUL, chronicle.list.current_entry())
    yield "prompt"
    yield from walk_policies(sections)
    yield from walk_assessments(sections)
    yield from walk_plans(sections)
    yield from walk_help(window)


def walk_help(window):
    """The help at the edge, with a card to read and with the form of an event."""
    panel = window.help_panel
    panel.ask(window.tabs.place_at_hand())
    yield "help"
    panel.box.setText("退院")
    assert panel.event_form.isVisible()
    yield "help event"
    panel.leave()


def walk_plans(sections):
    """The section 個別支援計画: its form with every line, and taking part."""
    section = next(w for w in sections.every_page() if w.objectName() == "file_plans")
    sections.show_page(section)
    section.acts.begin_part.click()
    yield "taking part"
    section._close_panels()
    section.acts.write.click()
    section.form.steps.add_line()
    section.form.programmes.add_line()
    yield "plan form"
    section.form.clear()


def walk_assessments(sections):
    """The section 就労支援: its form with everything open."""
    section = next(w for w in sections.every_page() if w.objectName() == "assessments")
    sections.show_page(section)
    section.acts.write.click()
    section.form.fields.barriers.add_line()
    section.form.page.more_button.click()
    yield "assessment form"
    section.form.clear()


def walk_policies(sections):
    """The section of support policies: its editor with every panel, and the comparison."""
    section = next(w for w in sections.every_page() if w.objectName() == "support_policies")
    sections.show_page(section)
    for _ in range(2):
        section.write_new()
        section.editor.form.household.situation.insert("単身で暮らしている。")
        section.editor.save()
        section._close_editor()
    section.compare()
    yield "policy comparison"
    section._back_to_text()
    section.write_new()
    form = section.editor.form
    form.add_issue()
    form.issue.goal_lines.add_line()
    form.issue.action_lines.add_line()
    yield "policy issue"
    form.pick_evidence()
    yield "policy sentences"
    form.picker.closed.emit()
    form.outline.list.setCurrentRow(0)
    yield "policy household"


def test_every_screen_is_there(window):
    assert len(screens_for(window.workplace, SCREENS)) == len(SCREENS)


def test_nothing_flashes_as_a_window_of_its_own_and_every_input_has_a_name(shown, window, office):
    """One walk for both: building every screen takes its time."""
    nameless = set()
    for place in walk(window, office):
        assert shown == ["MainWindow "], place
        labels = {label.buddy(): label.text() for label in window.findChildren(QLabel)}
        for widget in inputs(window):
            if not name_of(widget, labels):
                nameless.add(f"{place}: {type(widget).__name__} {path(widget)}")
    assert nameless == set()


def inputs(window):
    """Every visible widget that takes keys."""
    found = [widget for kind in INPUTS for widget in window.findChildren(kind)]
    return [w for w in found if w.isVisible() and not isinstance(w, QHeaderView)]


def name_of(widget, labels):
    """What a screen reader says: its own name, its label's, or that of the field it is part of."""
    if widget.accessibleName():
        return widget.accessibleName()
    if isinstance(widget, QCheckBox) and widget.text():
        return widget.text()
    if isinstance(widget.parentWidget(), (QComboBox, QAbstractSpinBox)):
        return name_of(widget.parentWidget(), labels)
    return labels.get(widget, "")


def path(widget):
    names = []
    while widget is not None:
        names.append(widget.objectName() or type(widget).__name__)
        widget = widget.parentWidget()
    return "/".join(reversed(names))


@pytest.mark.parametrize(
    "section",
    [
        "papers",
        "brief",
        "declarations",
        "forms",
        "transfers",
        "inquiries",
        "accesses",
        "assessments",
        "support_plans",
    ],
)
def test_a_file_opened_at_a_section_takes_keys_there(window, office, section):
    window.tabs.open_file(FileRequest(household_id=office.household_id, section=section))
    shown = window.tabs.currentWidget().sections.page()
    assert shown.isAncestorOf(window.focusWidget())


def test_the_household_at_hand_goes_onto_a_carry_sheet(qtbot, window, office):
    window.activateWindow()
    window.tabs.open_file(FileRequest(household_id=office.household_id))
    qtbot.keyClick(
        window.tabs.currentWidget(),
        Qt.Key.Key_K,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    screen = window.findChild(CarryOutsScreen)
    assert [item.household_id for item in screen.form.households.items()] == [office.household_id]
    screen.show_item(office.household_id)  # once more changes nothing
    assert len(screen.form.households.items()) == 1
    screen.form.left.emit()


def test_no_section_of_a_file_holds_the_window_open(window, office):
    open_chronicle(window, office)
    sections = window.tabs.currentWidget().sections
    line = window.fontMetrics().height()
    lines = {}
    for key in sections.order():
        sections.show_key(key)
        sections.page().ensurePolished()
        lines[key] = sections.page().minimumSizeHint().height() / line
    assert {key: count for key, count in lines.items() if count > MOST_LINES} == {}


@pytest.mark.parametrize("key", ["monthly_papers", "conferences", "search"])
def test_at_twice_the_size_a_screen_fits_a_low_window(qapp, window, look, key):
    look.set_zoom(200)
    window.resize(1280, LOW_WINDOW)
    window.show()
    window.tabs.show_screen(key)
    for _ in range(10):  # what flows over several lines asks for its height once it has its width
        qapp.processEvents()
    assert window.minimumSizeHint().height() <= LOW_WINDOW
    assert window.height() == LOW_WINDOW
