"""The main window of a signed-in person."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSettings, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from desktop.domain.accounts import PasswordRule
from desktop.domain.roles import Permission
from desktop.override import override
from desktop.viewmodels.accounts import news_sentence
from desktop.views.desk.consult_bar import ConsultBar
from desktop.views.help_cards.help_side import HelpSide
from desktop.views.help_cards.making import make_help_panel
from desktop.views.idle_lock import IdleLock
from desktop.views.information_dialog import InformationDialog
from desktop.views.instructions.instruction_dialog import InstructionDialog
from desktop.views.menus import (
    Command,
    add_menu,
    file_commands,
    help_commands,
    history_commands,
    screen_commands,
    tick_theme,
    view_commands,
)
from desktop.views.message_bar import MessageBar
from desktop.views.navigation import SCREENS, Screen, screens_for
from desktop.views.palette import Palette
from desktop.views.password_dialog import PasswordDialog
from desktop.views.requests import CARRY_OUTS_SCREEN, ScreenRequest
from desktop.views.rule_changes.recent_bar import RecentBar
from desktop.views.side_bar import SideBar
from desktop.views.status_line import StatusLine
from desktop.views.telephone_memos.memo_dialog import MemoDialog
from desktop.views.training_frame import TrainingFrame
from desktop.views.work_tabs import WorkTabs
from desktop.views.workplace import Workplace

_STORABLE = "保存していない内容があります（{count}件）。保存してから終了しますか。"
_NO_FILE = "先に世帯のファイルを開くか、一覧で世帯の行を選んでください。"
_NO_RECORD = "先に世帯のファイルを開いて、記録を選んでください。"
_SERVER_MS = 300_000
_UNSAVED = "保存していない内容があります（{count}件）。終了すると、この内容は失われます。"


class MainWindow(QMainWindow):
    """Screens at the left, open files in tabs, who and when at the bottom.

    `closed` says whether the person wants to sign in again (true) or leave the program.
    """

    closed = Signal(bool)

    def __init__(
        self, workplace: Workplace, state: QSettings, screens: tuple[Screen, ...] = SCREENS
    ) -> None:
        super().__init__()
        self.workplace = workplace
        self._state = state
        self._may_close = False
        self._is_signing_out = False
        self._screens = screens_for(workplace, screens)
        self.side_bar = SideBar(self._screens)
        self.tabs = WorkTabs(workplace, self._screens)
        self.messages = MessageBar()
        self.status_line = StatusLine(workplace.staff, workplace.clock.today())
        self.consult_bar = ConsultBar(workplace.services.todos, workplace.runner, workplace.changes)
        self.palette_box = Palette(workplace.services.households, workplace.runner, self)
        self.password_dialog = PasswordDialog(
            workplace.services.own_password, workplace.runner, self
        )
        services = workplace.services
        self.information_dialog = InformationDialog(
            services.todos, services.households, workplace.runner, workplace.changes, self
        )
        self.memo_dialog = MemoDialog(
            services.telephone_memos, services.households, workplace.runner, workplace.changes, self
        )
        self.instruction_dialog = InstructionDialog(
            services.instructions, workplace.runner, workplace.changes, workplace.clock.today, self
        )
        self.recent_bar = RecentBar(
            services.rule_changes, workplace.runner, state, workplace.staff.staff_id
        )
        self.help_panel = make_help_panel(workplace, self.tabs.household_at_hand)
        self._server_timer = QTimer(self, interval=_SERVER_MS)
        self._server_timer.timeout.connect(self._look_at_server)
        self._build()
        self.idle_lock = IdleLock(
            self, workplace.services.lock, workplace.runner, workplace.staff.login
        )
        self._connect()
        self._restore()

    def start(self) -> None:
        """Show the first screen of this person's roles."""
        self.show()
        if self._screens:
            self.tabs.show_screen(self._screens[0].key)
        if self.workplace.services.lock.notices:
            self.messages.show_warning("　".join(self.workplace.services.lock.notices))
        if not self.workplace.staff.is_training:
            own = self.workplace.services.own_password
            self.workplace.runner.run(
                self, lambda: (news_sentence(own.news()), own.rule()), self._tell_news
            )
        self._look_at_server()
        self._server_timer.start()
        self.recent_bar.load()

    def _look_at_server(self) -> None:
        """Whether the server's scheduled work runs, looked at every few minutes."""
        watch = self.workplace.services.watch
        self.workplace.runner.run(self, watch.age, self.status_line.show_tick)

    def lock(self) -> None:
        """Hide the data until the person comes back to the desk (Ctrl+L)."""
        self.idle_lock.lock()

    def _tell_news(self, told: tuple[str, PasswordRule]) -> None:
        """Say at sign-in that somebody gave a password anew, and offer to change a short-lived one."""
        sentence, rule = told
        if sentence:
            notices = self.workplace.services.lock.notices
            self.messages.show_warning("　".join((sentence, *notices)))
        if rule.valid_until is not None:
            self.password_dialog.show_rule(rule)

    def _build(self) -> None:
        staff = self.workplace.staff
        self.setWindowTitle(
            f"伴走 ― {staff.office_name}" + ("【研修用】" if staff.is_training else "")
        )
        middle = QVBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.messages)
        middle.addWidget(self.consult_bar)
        middle.addWidget(self.recent_bar)
        middle.addWidget(self.tabs, 1)
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side_bar)
        row.addLayout(middle, 1)
        self._help_side = HelpSide(self.help_panel, content, row)
        frame = TrainingFrame(is_training=staff.is_training)
        frame.hold(content)
        self.setCentralWidget(frame)
        self.setStatusBar(self.status_line)
        self._add_menus()

    def _add_menus(self) -> None:
        files = file_commands(
            find=self.palette_box.ask,
            consult=self._consult if self._may_consult() else None,
            instruct=self._instruct if self._supervises() else None,
            carry=self._carry if self._may_consult() else None,
            inform=self._inform if self._opens_files() else None,
            note_call=self._note_call if self._opens_files() else None,
            brief=partial(self._show_section, "brief") if self._opens_files() else None,
            reload=self.tabs.reload_current,
            close_file=self.tabs.close_current,
            lock=self.lock,
            change_password=self.password_dialog.ask,
            sign_out=self._sign_out,
            leave=self.close,
        )
        histories = self._history_commands()
        screens = screen_commands(self._screens, self.tabs.show_screen)
        views = view_commands(self.workplace.look)
        add_menu(self, "ファイル", files)
        if histories:
            add_menu(self, "履歴", histories)
        add_menu(self, "画面", screens)
        tick_theme(add_menu(self, "表示", views), self.workplace.look)
        helps = help_commands(show=lambda: self.help_panel.ask(self.tabs.place_at_hand()))
        add_menu(self, "手引", helps)
        self.palette_box.set_commands((*screens, *histories, *_without_find(files), *helps, *views))

    def _history_commands(self) -> tuple[Command, ...]:
        """For whoever opens files; where none is at hand it is said what to do first."""
        if not self.workplace.staff.may(Permission.OPEN_CASE_FILES):
            return ()
        return history_commands(
            record=self._show_record_history,
            accesses=partial(self._show_section, "accesses"),
            holds=partial(self._show_section, "holds"),
        )

    def _show_record_history(self) -> None:
        if not self.tabs.show_record_history():
            self.messages.show_warning(_NO_RECORD)

    def _show_section(self, section: str) -> None:
        if not self.tabs.show_section(section):
            self.messages.show_warning(_NO_FILE)

    def _connect(self) -> None:
        self.idle_lock.sign_out_requested.connect(self._sign_out)
        self.side_bar.screen_requested.connect(self.tabs.show_screen)
        self.tabs.screen_shown.connect(self.side_bar.mark)
        self.tabs.place_changed.connect(self._follow)
        self.tabs.announced.connect(self.status_line.announce)
        self.tabs.help_requested.connect(lambda: self.help_panel.ask(self.tabs.place_at_hand()))
        self.password_dialog.changed.connect(self.status_line.announce)
        self.consult_bar.sent.connect(self.status_line.announce)
        self.recent_bar.loaded.connect(self.help_panel.show_recent)
        self.help_panel.event_form.begun.connect(self.status_line.announce)
        self.help_panel.announced.connect(self.status_line.announce)
        self.information_dialog.sent.connect(self.status_line.announce)
        self.memo_dialog.sent.connect(self.status_line.announce)
        self.instruction_dialog.sent.connect(self.status_line.announce)
        self.palette_box.file_requested.connect(self.tabs.open_file)
        self.workplace.runner.refused.connect(self.messages.show_error)
        self.workplace.runner.reachable_changed.connect(self._show_reachable)
        self.workplace.look.changed.connect(self.side_bar.fit)

    def _show_reachable(self, is_reachable: bool) -> None:  # noqa: FBT001 - a Qt slot
        self.status_line.show_connected(is_connected=is_reachable)

    def _follow(self) -> None:
        """The help shows the cards of what is at the front now, and has the room that this leaves."""
        place = self.tabs.place_at_hand()
        self.recent_bar.look_at(place.key)
        self.help_panel.follow(place)
        self._help_side.fit()

    def _may_consult(self) -> bool:
        return self.workplace.staff.may(Permission.WRITE_RECORDS)

    def _opens_files(self) -> bool:
        return self.workplace.staff.may(Permission.OPEN_CASE_FILES)

    def _inform(self) -> None:
        self.information_dialog.ask(self.tabs.household_at_hand())

    def _note_call(self) -> None:
        self.memo_dialog.ask(self.tabs.household_at_hand())

    def _supervises(self) -> bool:
        return self._may_consult() and self.workplace.staff.may(Permission.DECIDE_APPROVALS)

    def _instruct(self) -> None:
        at_hand = self.tabs.household_at_hand()
        if at_hand is None:
            self.messages.show_warning(_NO_FILE)
        else:
            self.instruction_dialog.ask(at_hand)

    def _consult(self) -> None:
        self.consult_bar.ask(self.tabs.household_at_hand())

    def _carry(self) -> None:
        """Put the household at hand, in a list, on the desk or in its file, onto a carry sheet."""
        at_hand = self.tabs.household_at_hand()
        if at_hand is None:
            self.messages.show_warning(_NO_FILE)
        else:
            request = ScreenRequest(key=CARRY_OUTS_SCREEN, item_id=at_hand.household_id)
            self.tabs.show_request(request)

    def _sign_out(self) -> None:
        self._is_signing_out = True
        self.close()
        self._is_signing_out = False

    def _restore(self) -> None:
        self.resize(1280, 860)
        geometry = self._state.value("window/geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)
        self.side_bar.fit()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        unsaved = self.tabs.unsaved()
        if unsaved and not self._may_close:
            event.ignore()
            close = partial(self._close_now, signs_out=self._is_signing_out)
            if any(view.stores_unsaved() for view in unsaved):
                self.workplace.dialogs.ask_unsaved(
                    self,
                    _STORABLE.format(count=len(unsaved)),
                    "終了する",
                    on_save=partial(self._store_and_close, signs_out=self._is_signing_out),
                    on_discard=close,
                )
            else:
                self.workplace.dialogs.confirm(
                    self, _UNSAVED.format(count=len(unsaved)), "保存せずに終了", close
                )
            return
        self._state.setValue("window/geometry", self.saveGeometry())
        super().closeEvent(event)
        self.closed.emit(self._is_signing_out)

    def _store_and_close(self, *, signs_out: bool) -> None:
        """What cannot be stored is asked about once more on the way."""
        again = self._sign_out if signs_out else self.close
        self.tabs.store_all(lambda: QTimer.singleShot(0, again))

    def _close_now(self, *, signs_out: bool) -> None:
        self._may_close = True
        # Not at once: the answer may come while the first close is still under way.
        QTimer.singleShot(0, self._sign_out if signs_out else self.close)


def _without_find(commands: tuple[Command, ...]) -> tuple[Command, ...]:
    return commands[1:]
