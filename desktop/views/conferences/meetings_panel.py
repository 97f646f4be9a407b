"""The tab 会議: the list, what waits for an agenda, and the board; every call goes through the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.conference_boards import MatterPaper, MatterRow
from desktop.domain.conference_sheets import PackAsked
from desktop.domain.conferences import (
    ConferenceInput,
    ConferenceMember,
    ConferenceRow,
    MatterInput,
    MinutesInput,
)
from desktop.domain.errors import UserError
from desktop.domain.support_group_lists import UnchangedReport
from desktop.domain.support_groups import DecisionInput
from desktop.views.conferences.board_panel import BoardPanel
from desktop.views.conferences.candidates_panel import CandidatesPanel
from desktop.views.conferences.meeting_list import MeetingList
from desktop.views.conferences.ports import ConferencePaper, ConferencePorts
from desktop.views.screen import ScreenView

_UNSAVED = "保存していない会議録や決定があります。離れると失われます。"
_LEAVE = "保存せずに離れる"
_PACK, _MINUTES = ConferencePaper.PACK, ConferencePaper.MINUTES


class MeetingsPanel(QStackedWidget):
    """Three pages; only one is at hand. `print_requested` carries which paper, what of it, of how many pieces."""

    print_requested = Signal(object, object, int)

    def __init__(self, screen: ScreenView, ports: ConferencePorts) -> None:
        super().__init__()
        self._screen, self._ports = screen, ports
        self.list = MeetingList(ports)
        self.candidates = CandidatesPanel(ports)
        self.board = BoardPanel(ports)
        for page in (self.list, self.candidates, self.board):
            self.addWidget(page)
        self._connect()

    def reload(self) -> None:
        """Read the meetings again; of a board the list of matters, and what is open of it stays."""
        self._screen.run(self._ports.conferences.conferences, self.list.show_rows)
        conference = self.board.conference
        if self.currentWidget() is self.board and conference is not None:
            matters = partial(self._ports.conferences.matters, conference.conference_id)
            self._screen.run(matters, self.board.show_rows)

    def focus_first(self) -> None:
        """Begin in the page at hand."""
        page = self.currentWidget()
        if isinstance(page, MeetingList | CandidatesPanel | BoardPanel):
            page.focus_first()

    def has_unsaved(self) -> bool:
        """Whether a strip is open, or something of a matter is typed."""
        return self.list.form_at_hand() is not None or self.board.side.has_unsaved()

    def _turn_to(self, page: QWidget) -> None:
        self._screen.messages.clear()
        self.setCurrentWidget(page)
        self.focus_first()

    def _back(self) -> None:
        self._leaving(self._show_list)

    def _show_list(self) -> None:
        self.board.side.show_hint("")
        self._turn_to(self.list)
        self.reload()

    def _leaving(self, act: Callable[[], object]) -> None:
        """Do something that loses what is typed, once that was asked."""
        if self.board.side.has_unsaved():
            self._ports.dialogs.confirm(self, _UNSAVED, _LEAVE, act)
        else:
            act()

    def _call(self, given: ConferenceInput) -> None:
        def done(rows: tuple[ConferenceRow, ...]) -> None:
            self._told("会議を招集しました。", rows)
            self.list.choose(given.conference_id)

        self._then_list(partial(self._ports.conferences.call, given), done)

    def _ask_members(self, row: ConferenceRow) -> None:
        def show(people: object) -> None:
            self.list.show_strip(self.list.hold)
            self.list.hold.ask(row.conference_id, people, self._ports.staff.staff_id)  # type: ignore[arg-type]

        self._screen.run(self._ports.office.colleagues, show)

    def _hold(self, conference_id: UUID, members: Sequence[ConferenceMember]) -> None:
        act = partial(self._ports.conferences.hold, conference_id, members)
        self._then_list(act, partial(self._told, "開会しました。Enterで議題を開きます。"))

    def _close(self, row: ConferenceRow) -> None:
        left = row.matters - row.decided
        open_ones = f"まだ決まっていない議題が{left}件あります。" if left else ""
        act = partial(self._ports.conferences.close, row.conference_id)
        self._ports.dialogs.confirm(
            self,
            f"{open_ones}閉会すると、会議録も決定も加えられません。",
            "閉会する",
            lambda: self._then_list(act, partial(self._told, "閉会しました。")),
        )

    def _ask_agenda(self, row: ConferenceRow) -> None:
        def show(found: object) -> None:
            self.candidates.show_candidates(row, found)  # type: ignore[arg-type]
            self._turn_to(self.candidates)

        self._screen.run(self._ports.groups.agenda_candidates, show)

    def _add(self, given: list[MatterInput]) -> None:
        def done(rows: tuple[ConferenceRow, ...]) -> None:
            self._turn_to(self.list)
            self._told(f"{len(given)}人を議題に加えました。", rows)

        self._then_list(partial(self._ports.conferences.add_matters, given), done)

    def _open_board(self, row: ConferenceRow) -> None:
        def read() -> tuple[tuple[MatterRow, ...], UnchangedReport]:
            rows = self._ports.conferences.matters(row.conference_id)
            return rows, self._ports.groups.unchanged_reported(row.conference_id)

        def show(found: tuple[tuple[MatterRow, ...], UnchangedReport]) -> None:
            self.board.show_board(row, *found)
            self._turn_to(self.board)

        self._screen.run(read, show)

    def _ask_matter(self, row: MatterRow) -> None:
        self._leaving(partial(self._open_matter, row.matter_id))

    def _open_matter(self, matter_id: UUID) -> None:
        self._screen.messages.clear()
        self._screen.run(lambda: self._ports.groups.matter(matter_id), self.board.show_matter)

    def _write(self, given: MinutesInput) -> None:
        def write() -> MatterPaper:
            self._ports.conferences.write_minutes(given)
            return self._ports.groups.matter(given.matter_id)

        def done(paper: MatterPaper) -> None:
            self._screen.messages.clear()
            self._screen.announced.emit("会議録を保存しました。")
            self.board.show_matter(paper)
            self.board.side.focus_work()

        refused = self.board.side.minutes.show_refusal
        self._screen.run(write, done, lambda error: self._refuse(refused(error)))

    def _decide(self, given: DecisionInput) -> None:
        conference = self.board.conference
        if conference is None or given.matter_id is None:
            return
        matter_id, conference_id = given.matter_id, conference.conference_id

        def decide() -> tuple[MatterRow, ...]:
            self._ports.groups.decide(given)
            return self._ports.conferences.matters(conference_id)

        refused = self.board.side.decision.show_refusal
        self._screen.run(
            decide,
            partial(self._decided, given.household_id, matter_id),
            lambda error: self._refuse(refused(error)),
        )

    def _decided(self, household_id: UUID, matter_id: UUID, rows: tuple[MatterRow, ...]) -> None:
        """On to the next one; after the last the list says that all are decided."""
        self._ports.changes.group_changed.emit(household_id, self._screen)
        self.board.show_rows(rows)
        self._screen.announced.emit("支援区分を決定しました。")
        following = self.board.next_open(matter_id)
        if following is not None:
            self._open_matter(following.matter_id)
        else:
            self._screen.messages.clear()
            self.board.side.show_hint("議題はすべて決まりました。Escで一覧に戻り、Zで閉会します。")
            self.board.focus_first()

    def _print(self, paper: ConferencePaper, row: ConferenceRow) -> None:
        self._screen.messages.clear()
        asked = PackAsked(conference_id=row.conference_id)
        self.print_requested.emit(paper, asked, max(row.matters, 1))

    def _print_matter(self, paper: ConferencePaper, row: MatterRow) -> None:
        self._screen.messages.clear()
        asked = PackAsked(conference_id=row.conference_id, matter_ids=(row.matter_id,))
        self.print_requested.emit(paper, asked, 1)

    def _then_list(
        self, act: Callable[[], object], done: Callable[[tuple[ConferenceRow, ...]], object]
    ) -> None:
        """One act, and the meetings read again."""

        def do() -> tuple[ConferenceRow, ...]:
            act()
            return self._ports.conferences.conferences()

        self._screen.messages.clear()
        self._screen.run(do, done, self._refused)

    def _told(self, said: str, rows: tuple[ConferenceRow, ...]) -> None:
        self.list.show_rows(rows)
        self.list.leave_strip()
        self._screen.announced.emit(said)

    def _refused(self, error: UserError) -> None:
        form = self.list.form_at_hand()
        self._refuse(form.show_refusal(error) if form is not None else error.sentence)

    def _refuse(self, sentence: str) -> None:
        if sentence:
            self._screen.messages.show_error(sentence)

    def _connect(self) -> None:
        meetings, board = self.list, self.board
        meetings.opened.connect(self._open_board)
        meetings.agenda_requested.connect(self._ask_agenda)
        meetings.hold_requested.connect(self._ask_members)
        meetings.close_requested.connect(self._close)
        meetings.pack_requested.connect(lambda row: self._print(_PACK, row))
        meetings.minutes_requested.connect(lambda row: self._print(_MINUTES, row))
        meetings.call.entered.connect(self._call)
        meetings.hold.held.connect(self._hold)
        self.candidates.chosen.connect(self._add)
        self.candidates.left.connect(lambda: self._turn_to(self.list))
        board.left.connect(self._back)
        board.matter_requested.connect(self._ask_matter)
        board.pack_requested.connect(lambda row: self._print_matter(_PACK, row))
        board.minutes_requested.connect(lambda row: self._print_matter(_MINUTES, row))
        board.side.minutes.entered.connect(self._write)
        board.side.decision_entered.connect(self._decide)
