"""A household's file: whose it is, and its sections."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QStackedWidget

from desktop.domain.clock import Clock
from desktop.domain.errors import ReasonNeededError, UserError
from desktop.domain.help_cards import VISIT_SECTIONS, visit_cards
from desktop.domain.households import CaseFile
from desktop.domain.master_tables import Master
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.views.households.as_of_bar import AsOfBar
from desktop.views.households.file_tables import FactHistory, MemberTables
from desktop.views.households.identity_bar import IdentityBar
from desktop.views.households.overview import Overview
from desktop.views.households.reason_panel import ReasonPanel
from desktop.views.households.section_groups import Section, SectionGroup
from desktop.views.households.section_list import SectionLine
from desktop.views.households.section_pages import SectionPages
from desktop.views.look import Look
from desktop.views.requests import FileRequest
from desktop.views.screen import ScreenView
from desktop.views.tokens import identity_colour

_LOADING = "ファイルを開いています。"


class CaseFiles(Protocol):
    """Whoever opens files."""

    def open_file(
        self, household_id: UUID, *, as_of: date | None = None, reason: str = ""
    ) -> CaseFile:
        """The file; ReasonNeededError when it lies outside the duty and no reason is given."""


class Reasons(Protocol):
    """Whoever knows the office's list of reasons for reading."""

    def in_force(self, table: str, on: date) -> Mapping[str, Mapping[str, object]]:
        """Key → fields of the rows in force."""


class CaseFileView(ScreenView):
    """Identity bar, day of the file, sections. `tab_named` carries the tab's text and the file's colour."""

    tab_named = Signal(str, QIcon)

    def __init__(
        self,
        households: CaseFiles,
        masters: Reasons,
        runner: JobRunner,
        *,
        look: Look,
        clock: Clock,
        request: FileRequest,
        sections: tuple[Section, ...] = (),
    ) -> None:
        super().__init__(runner, title="")
        self._households = households
        self._masters = masters
        self._clock = clock
        self._request = request
        self._further = sections
        self._reason = ""
        self._file: CaseFile | None = None
        self.identity = IdentityBar()
        self.as_of = AsOfBar(clock)
        self.reason_panel = ReasonPanel()
        self.overview = Overview(look, clock.today())
        self.members = MemberTables(look, clock.today())
        self.history = FactHistory(look)
        self.sections = SectionPages()
        self._parts = QStackedWidget()
        self._lay_out()
        self._connect()

    @property
    def household_id(self) -> UUID:
        """Whose file this is."""
        return self._request.household_id

    def show_place(self, request: FileRequest) -> None:
        """Go to a section and, if given, to an entry of the chronicle."""
        self._request = request
        self.sections.show_key(request.section)
        section = self.sections.page()
        show_entry = getattr(section, "show_entry", None)
        if request.entry_id is not None and show_entry is not None:
            # Only the chronicle is gone into for words.
            show_entry(request.entry_id, *filter(None, (request.words,)))
        draw = getattr(section, "draw", None)
        if request.form and draw is not None:
            draw(request.form)
        review = getattr(section, "review_for", None)
        if request.impact_of is not None and review is not None:
            review(request.impact_of)

    def show_record_history(self) -> None:
        """Show what happened to the record chosen in the chronicle."""
        self.show_place(FileRequest(household_id=self.household_id, section="chronicle"))
        show_history = getattr(self.sections.page(), "show_history", None)
        if show_history is not None and self._parts.currentWidget() is self.sections:
            show_history()

    def _show_holds(self) -> None:
        self.show_place(FileRequest(household_id=self.household_id, section="holds"))

    def note_change(self, household_id: UUID, _initiator: object) -> None:
        """Something was stored in a file: read this one again when it is the one."""
        if household_id == self.household_id and self._parts.currentWidget() is self.sections:
            self._read_file()

    @override
    def reload(self) -> None:
        """Open the file again, and what its sections show; an open editor is left alone."""
        was_open = self._parts.currentWidget() is self.sections
        self._read_file()
        if was_open:
            for section in self._screens():
                section.reload_shown()

    def _read_file(self) -> None:
        """As of the day asked for; the reason given stays valid for this file."""
        day, reason = self.as_of.day(), self._reason
        self.run(
            lambda: self._households.open_file(self.household_id, as_of=day, reason=reason),
            self._show,
            self._refused,
        )

    @override
    def has_unsaved(self) -> bool:
        """Whether a section holds something typed and not stored."""
        return any(section.has_unsaved() for section in self._screens())

    @override
    def stores_unsaved(self) -> bool:
        """Whether the sections can store what was typed in them."""
        return any(section.stores_unsaved() for section in self._screens())

    @override
    def store_unsaved(self, on_stored: Callable[[], object]) -> None:
        """Store what was typed in the first section that holds something, which comes to the front."""
        section = next((s for s in self._screens() if s.stores_unsaved()), None)
        if section is not None:
            self.sections.show_page(section)
            section.store_unsaved(on_stored)

    @override
    def focus_first(self) -> None:
        """Put the keyboard into the section asked for, else on the sections, or on the question why."""
        if self._parts.currentWidget() is not self.sections:
            self.reason_panel.setFocus()
            return
        section = self.sections.page()
        if isinstance(section, ScreenView):
            section.focus_first()
        else:
            self.sections.setFocus()

    def _screens(self) -> list[ScreenView]:
        return [page for page in self.sections.every_page() if isinstance(page, ScreenView)]

    def help_first(self, section: str) -> tuple[str, ...]:
        """The cards of the help that fit this household where a visit is prepared or written down."""
        file = self._file
        return visit_cards(file) if file is not None and section in VISIT_SECTIONS else ()

    def _show(self, file: CaseFile) -> None:
        self._file = file
        self.messages.clear()
        self.identity.show_identity(file.identity)
        self.identity.show()
        for part in (self.overview, self.members, self.history):
            part.show_file(file)
        self.as_of.show_day(file.as_of)
        self.as_of.show()
        colour = QPixmap(16, 16)
        colour.fill(identity_colour(file.identity.case_number))
        self.tab_named.emit(f"{file.identity.case_number} {file.identity.head_name}", QIcon(colour))
        self._make_sections()
        self.show_body()
        if self._parts.currentWidget() is not self.sections:
            self._parts.setCurrentWidget(self.sections)
            self.show_place(self._request)
            self.focus_first()

    def _refused(self, error: UserError) -> None:
        if not isinstance(error, ReasonNeededError):
            self.messages.show_error(error)
            return
        sentence, today = error.sentence, self._clock.today()
        self.run(
            lambda: self._masters.in_force(Master.READING_REASONS, today),
            lambda rows: self._ask_reason(sentence, rows),
        )

    def _ask_reason(self, sentence: str, rows: Mapping[str, Mapping[str, object]]) -> None:
        self.tab_named.emit("閲覧の理由", QIcon())
        self.show_body()
        self._parts.setCurrentWidget(self.reason_panel)
        self.reason_panel.ask(sentence, [str(row.get("label", key)) for key, row in rows.items()])

    def _take_reason(self, reason: str) -> None:
        self._reason = reason
        self._read_file()

    def _make_sections(self) -> None:
        for section in self._further:
            if section.key not in self.sections.order():
                widget = section.make()
                line = SectionLine(key=section.key, title=section.title, group=section.group)
                self.sections.add(line, widget)
                if isinstance(widget, ScreenView):
                    widget.file_requested.connect(self.file_requested)
                    widget.screen_requested.connect(self.screen_requested)
                    widget.announced.connect(self.announced)
                    widget.help_requested.connect(self.help_requested)
                holds_changed = getattr(widget, "holds_changed", None)
                if holds_changed is not None:
                    holds_changed.connect(self._read_file)

    def _activate_section(self) -> None:
        section = self.sections.page()
        if isinstance(section, ScreenView):
            section.activate()

    def _lay_out(self) -> None:
        self.outer.setContentsMargins(0, 0, 0, 0)
        self.outer.setSpacing(0)
        for key, title, group, widget in (
            ("overview", "概要", SectionGroup.HOUSEHOLD, self.overview),
            ("members", "世帯員", SectionGroup.HOUSEHOLD, self.members),
            ("history", "経過", SectionGroup.HISTORY, self.history),
        ):
            self.sections.add(SectionLine(key=key, title=title, group=group), widget)
        self._parts.addWidget(self.sections)
        self._parts.addWidget(self.reason_panel)
        self._parts.setCurrentWidget(self.reason_panel)
        self.body.setContentsMargins(16, 4, 16, 12)
        self.outer.insertWidget(0, self.identity)
        self.top.addWidget(self.as_of)
        self.identity.hide()
        self.as_of.hide()
        self.body.addWidget(self._parts)
        self.show_empty(_LOADING)

    def _connect(self) -> None:
        self.as_of.changed.connect(self._read_file)
        self.reason_panel.reason_given.connect(self._take_reason)
        self.overview.holds_requested.connect(self._show_holds)
        self.sections.changed.connect(self._activate_section)
