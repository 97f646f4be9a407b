"""職員と権限: requests that wait for a second person above, the people of the office beneath."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.accounts import (
    CHANGE_LABELS,
    ChangeKind,
    ChangeRow,
    PersonRow,
    TemporaryPassword,
)
from desktop.domain.clock import JAPAN, Clock
from desktop.domain.errors import UserError, ValidationError
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.viewmodels.accounts import people_columns
from desktop.viewmodels.rows import RowTableModel
from desktop.views.accounts.password_note import PasswordNote
from desktop.views.accounts.request_fields import Request, RequestMaterial, Requests
from desktop.views.accounts.request_panel import RequestPanel
from desktop.views.accounts.rights_button import ChoosesRights, RightsButton
from desktop.views.accounts.waiting_changes import WaitingChanges
from desktop.views.dialogs import Dialogs
from desktop.views.elided_label import ElidedLabel
from desktop.views.look import Look
from desktop.views.screen import ScreenView
from desktop.views.table_view import TableView
from desktop.views.widgets import named

if TYPE_CHECKING:
    from desktop.views.printing.run_view import PrintRunView

MakePaper = Callable[[ScreenView], "PrintRunView"]
_HELP = "登録・職務・担当は、申請した人と本人のほかの職員が承認すると有効になります。"
_NOT_ADMINISTRATOR = "申請とパスワードの再発行はシステム管理者が行います。"
_TRAINING = (
    "研修用の福祉事務所では、職員と権限は決まっています。変更は本番のデータベースで行います。"
)
_DISCARD = "入力した内容はまだ申請されていません。やめると、この内容は失われます。"
_ASKED = "申請しました。別の職員の承認を待っています。"
_PEOPLE_WIDTHS = {0: 9, 1: 10, 2: 6, 3: 18, 4: 20}
_RETIRE = "{name}さんの利用をすぐに止めます。開いている接続も切れ、保存していない入力は失われます。"
_RESET = (
    "{name}さんのパスワードを再発行します。いまのパスワードは使えなくなり、"
    "本人と課長に知らせ、監査記録に残ります。"
)

_Loaded = tuple[tuple[ChangeRow, ...], tuple[PersonRow, ...], tuple[tuple[str, str], ...]]


class Accounts(Requests, Protocol):
    """People of the office, what is asked for, and what a second person decides."""

    def district_codes(self) -> tuple[tuple[str, str], ...]:
        """Code and name of the office's districts."""

    def people(self) -> tuple[PersonRow, ...]:
        """Everybody."""

    def waiting(self) -> tuple[ChangeRow, ...]:
        """Requests that wait."""

    def decide(self, change_id: UUID, *, approve: bool, reason: str = "") -> None:
        """Decide as the second person."""

    def withdraw(self, change_id: UUID) -> None:
        """Take an own request back."""

    def retire(self, login: str) -> None:
        """End a person's access."""

    def reset_password(self, login: str) -> TemporaryPassword:
        """Give a person a password for a short time."""


class AccountsScreen(ScreenView):
    """Decides by keyboard: arrows choose, Ctrl+Enter approves, the reason and Enter refuse; Ctrl+N asks for a change."""

    def __init__(
        self,
        accounts: Accounts,
        staff: SignedInStaff,
        clock: Clock,
        runner: JobRunner,
        *,
        look: Look,
        dialogs: Dialogs,
        rights: tuple[ChoosesRights, MakePaper] | None = None,
    ) -> None:
        super().__init__(runner, title="職員と権限", help_line=_HELP)
        self._accounts = accounts
        self._staff = staff
        self._clock = clock
        self._dialogs = dialogs
        self._districts: tuple[tuple[str, str], ...] = ()
        self._wanted: UUID | None = None
        self.people_model: RowTableModel[PersonRow] = RowTableModel(
            people_columns(clock.today()),
            key=lambda p: p.staff_id,
            brush_of=look.brush_of,
            parent=self,
        )
        self.requests = WaitingChanges(staff, look=look)
        self.people = named(
            TableView(self.people_model, name="職員", characters=_PEOPLE_WIDTHS, stretch=4),
            "people",
        )
        self.password_button = named(QPushButton("パスワード再発行…"), "reset_password")
        self.retire_button = named(QPushButton("利用を止める…"), "retire")
        self.password_note = PasswordNote()
        self.request_button = named(QPushButton("申請…（Ctrl+N）"), "new_request")
        self.rights_note = named(ElidedLabel(least=8), "rights_note")
        self.rights_note.setProperty("muted", True)
        self.request = RequestPanel()
        self._people_row = QHBoxLayout()
        self._people_page = QWidget()
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()
        self.rights_paper = rights[1](self) if rights is not None else None
        if rights is not None and self.rights_paper is not None:
            self._people_row.addWidget(
                RightsButton(self._people_page, rights[0], self.rights_paper)
            )
            self._show_paper_of(self.rights_paper)

    @override
    def reload(self) -> None:
        """Load requests and people."""
        accounts = self._accounts
        self.run(
            lambda: (accounts.waiting(), accounts.people(), accounts.district_codes()), self._show
        )

    @override
    def has_unsaved(self) -> bool:
        """Whether a request is being written, or paper came out that the log does not know."""
        paper = self.rights_paper
        return self.request.has_unsaved or (paper is not None and paper.is_unrecorded)

    @override
    def focus_first(self) -> None:
        """Begin with what waits, else with the people."""
        table = self.requests.table if self.requests.model.rowCount() else self.people
        table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, loaded: _Loaded) -> None:
        waiting, people, self._districts = loaded
        held = self.requests.table.hasFocus()
        self.people_model.set_rows(people)
        self.requests.show_rows(waiting, self._wanted)
        self._wanted = None
        if self.people.current_row() < 0:
            self.people.select_row(0)
        self._show_acts()
        if held:
            self.focus_first()

    def _show_acts(self) -> None:
        person = self._person()
        others = person is not None and person.is_active and person.login != self._staff.login
        self.retire_button.setEnabled(others)
        self.password_button.setEnabled(others and self._may_ask)
        self.request_button.setEnabled(self._may_ask)

    @property
    def _may_ask(self) -> bool:
        return self._staff.may(Permission.MANAGE_ACCOUNTS) and not self._staff.is_training

    def _offer_kinds(self) -> None:
        """Which kind of request: by its digit; those about a person are about the one chosen."""
        if not self.request_button.isEnabled() or self.request.is_open:
            return
        person = self._person()
        menu = named(QMenu(self), "request_kinds")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, kind in enumerate(ChangeKind, start=1):
            is_new = kind is ChangeKind.ADD
            about = "" if is_new or person is None else f"：{person.name}"
            action = menu.addAction(f"&{number}　{CHANGE_LABELS[kind]}{about}")
            action.setEnabled(is_new or (person is not None and person.is_active))
            action.triggered.connect(partial(self._begin, kind, None if is_new else person))
        menu.popup(self.request_button.mapToGlobal(self.request_button.rect().bottomLeft()))

    def _begin(self, kind: ChangeKind, person: PersonRow | None, *_: object) -> None:
        self.password_note.put_away()
        self.request.begin(
            kind,
            person,
            RequestMaterial(
                people=self.people_model.rows(),
                districts=self._districts,
                today=self._clock.today,
            ),
        )

    def _hand_in(self, request: Request) -> None:
        self.run(lambda: request(self._accounts), self._asked, self.request.refused)

    def _asked(self, change_id: UUID) -> None:
        self.request.end()
        self._wanted = change_id
        self.requests.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._done(_ASKED)

    def _leave_request(self) -> None:
        if self.request.has_unsaved:
            self._dialogs.confirm(self, _DISCARD, "入力を捨てる", self._stop_request)
        else:
            self._stop_request()

    def _stop_request(self) -> None:
        self.request.end()
        self.people.setFocus(Qt.FocusReason.OtherFocusReason)

    def _person(self) -> PersonRow | None:
        return self.people_model.row_at(self.people.currentIndex())

    def _approve(self, change_id: UUID) -> None:
        self._act(
            partial(self._accounts.decide, change_id, approve=True),
            "承認しました。始まりの日から有効です。",
        )

    def _reject(self, change_id: UUID, reason: str) -> None:
        if not reason:
            self._refused(ValidationError(reason="却下する理由を入力してください。"))
            return
        self._act(
            partial(self._accounts.decide, change_id, approve=False, reason=reason),
            "却下しました。理由は申請に残ります。",
        )

    def _withdraw(self, change_id: UUID) -> None:
        self._act(partial(self._accounts.withdraw, change_id), "取り下げました。")

    def _act(self, act: Callable[[], None], done: str) -> None:
        self.requests.hold()
        self.run(act, lambda _: self._done(done), self._refused)

    def _done(self, sentence: str) -> None:
        self.messages.clear()
        self.requests.reason.clear()
        self.announced.emit(sentence)
        self.reload()

    def _refused(self, error: UserError) -> None:
        self.messages.show_error(error)
        self.requests.show_acts()
        self._show_acts()
        if isinstance(error, ValidationError) and "reason" in error.fields:
            self.requests.reason.setFocus()

    def _ask_retire(self) -> None:
        person = self._person()
        if person is not None:
            retire = partial(self._accounts.retire, person.login)
            self._dialogs.confirm(
                self,
                _RETIRE.format(name=person.name),
                "利用を止める",
                lambda: self._act(retire, "利用を止めました。"),
            )

    def _ask_reset(self) -> None:
        person = self._person()
        if person is not None:
            reset = partial(self._accounts.reset_password, person.login)
            self._dialogs.confirm(
                self,
                _RESET.format(name=person.name),
                "再発行する",
                lambda: self.run(reset, self._show_password, self._refused),
            )

    def _show_password(self, given: TemporaryPassword) -> None:
        self.messages.clear()
        until = f"{given.valid_until.astimezone(JAPAN):%Y-%m-%d %H:%M}"
        self.password_note.tell(given.login, given.password, until)

    def _lay_out(self) -> None:
        people = self._people_row
        people.addWidget(named(QLabel("職員"), "section_title"))
        people.addWidget(self.rights_note, 1)
        people.addWidget(self.request_button)
        people.addWidget(self.password_button)
        people.addWidget(self.retire_button)
        whole = QVBoxLayout()
        whole.addWidget(self.requests)
        whole.addLayout(people)
        whole.addWidget(self.password_note)
        beside = QHBoxLayout()
        beside.addWidget(self.people, 3)
        beside.addWidget(self.request, 2)
        whole.addLayout(beside, 1)
        self._people_page.setLayout(whole)
        whole.setContentsMargins(0, 0, 0, 0)
        self._pages.addWidget(self._people_page)
        self.body.addWidget(self._pages)
        self._say_rights()

    def _show_paper_of(self, paper: PrintRunView) -> None:
        self._pages.addWidget(paper)
        paper.begun.connect(lambda: self._pages.setCurrentWidget(paper))
        paper.left.connect(lambda: self._pages.setCurrentIndex(0))
        paper.noted.connect(self.announced)

    def _say_rights(self) -> None:
        """What is greyed for this person's role says why."""
        manages = self._staff.may(Permission.MANAGE_ACCOUNTS)
        note = _TRAINING if self._staff.is_training else "" if manages else _NOT_ADMINISTRATOR
        self.rights_note.setText(note)
        for button in (self.request_button, self.password_button):
            button.setToolTip(note)
            button.setAccessibleDescription(note)

    def _connect(self) -> None:
        self.people.selectionModel().currentRowChanged.connect(lambda *_: self._show_acts())
        self.requests.approved.connect(self._approve)
        self.requests.refused.connect(self._reject)
        self.requests.withdrawn.connect(self._withdraw)
        self.password_button.clicked.connect(self._ask_reset)
        self.retire_button.clicked.connect(self._ask_retire)
        self.request_button.clicked.connect(self._offer_kinds)
        self.request.handed_in.connect(self._hand_in)
        self.request.given_up.connect(self._leave_request)
        for key, act in (
            ("Ctrl+Return", self._confirm),
            ("Ctrl+Enter", self._confirm),
            ("Ctrl+N", self._offer_kinds),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)

    def _confirm(self) -> None:
        """Ctrl+Enter hands in the request that is being written, else approves the one chosen."""
        if self.request.is_open:
            self.request.hand_in()
        else:
            self.requests.approve()
