"""A request about a person while it is written: its fields, what becomes of it, and the way to hand it in."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.accounts import CHANGE_LABELS, ChangeKind, PersonRow
from desktop.domain.errors import UserError, ValidationError
from desktop.override import override
from desktop.views.accounts.request_fields import FIELDS, RequestFields, RequestMaterial
from desktop.views.message_bar import MessageBar
from desktop.views.widgets import muted_label, named

_NEXT = {
    ChangeKind.ADD: (
        "承認されると登録されます。はじめのパスワードは、承認のあとに「パスワード再発行」で渡します。"
        "ほかの職務や地区は、承認のあとに申請します。"
    ),
    ChangeKind.ROLE: "承認されると、始まりの日から有効です。",
    ChangeKind.ROLE_END: "承認されると、最後の日の翌日から使えなくなります。",
    ChangeKind.ASSIGN: (
        "承認されると、始まりの日から有効です。主担当と査察指導は、前の担当者が前の日で終わります。"
    ),
    ChangeKind.ASSIGN_END: "承認されると、最後の日の翌日から担当ではなくなります。",
    ChangeKind.ABSENCE: "承認されると、この間は代理が職務と担当を引き受けます。",
}


class RequestPanel(QFrame):
    """`handed_in` carries a Request; the panel stays, with what was typed, until `end` is called."""

    handed_in = Signal(object)
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._is_edited = False
        self.fields: RequestFields | None = None
        self.title = named(QLabel(), "section_title")
        self.title.setWordWrap(True)
        self.messages = MessageBar()
        self.explanation = muted_label()
        self.explanation.setWordWrap(True)
        self.ask_button = named(QPushButton("申請（Ctrl+Enter）"), "hand_in_request")
        self.ask_button.setProperty("primary", True)
        self.leave_button = named(QPushButton("やめる（Esc）"), "leave_request")
        self._holder = QVBoxLayout()
        self._lay_out()
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether a request is being written."""
        return self.fields is not None

    @property
    def has_unsaved(self) -> bool:
        """Whether something was typed."""
        return self.is_open and self._is_edited

    def begin(self, kind: ChangeKind, person: PersonRow | None, material: RequestMaterial) -> None:
        """Begin a request of this kind; a new person is nobody yet."""
        self.end()
        about = f"：{person.name}（{person.login}）" if person is not None else ""
        self.title.setText(f"{CHANGE_LABELS[kind]}{about}")
        self.explanation.setText(_NEXT[kind])
        self.fields = FIELDS[kind](person, material)
        for field in self.fields.fields.values():
            field.edited.connect(self._was_edited)
        self._holder.addWidget(self.fields)
        self.show()
        self._fit()
        next(iter(self.fields.fields.values())).setFocus()

    def end(self) -> None:
        """Take the request away."""
        fields, self.fields = self.fields, None
        self._is_edited = False
        self.messages.clear()
        self.ask_button.setEnabled(True)
        if fields is not None:
            self._holder.removeWidget(fields)
            fields.hide()
            fields.deleteLater()
        self.hide()

    def hand_in(self) -> None:
        """Read the fields; what is wrong stands beside them."""
        if self.fields is None or not self.ask_button.isEnabled():
            return
        try:
            request = self.fields.request()
        except ValidationError:
            return
        self.messages.clear()
        self.ask_button.setEnabled(False)
        self.handed_in.emit(request)

    def refused(self, error: UserError) -> None:
        """Say what the server did not take, at its field where there is one."""
        self.ask_button.setEnabled(True)
        rest = error.sentence
        if isinstance(error, ValidationError) and error.fields and self.fields is not None:
            rest = self.fields.show_errors(error.fields)
        if rest:
            self.messages.show_error(rest)

    def _fit(self) -> None:
        """Wide enough for the fields; what does not fit in height scrolls."""
        scroll = self._room.verticalScrollBar().sizeHint().width()
        self._room.setMinimumWidth(self._content.minimumSizeHint().width() + scroll)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.is_open:
            # Later: the fields get the new size after the panel itself.
            QTimer.singleShot(0, self, self._fit)

    def _was_edited(self) -> None:
        self._is_edited = True

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.leave_button)
        buttons.addWidget(self.ask_button)
        layout = QVBoxLayout(self)
        layout.addWidget(self.title)
        layout.addWidget(self.messages)
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, 4, 0)
        inner.addLayout(self._holder)
        inner.addWidget(self.explanation)
        inner.addStretch(1)
        self._content, self._room = content, QScrollArea()
        room = self._room
        room.setWidget(content)
        room.setWidgetResizable(True)
        room.setFrameShape(QFrame.Shape.NoFrame)
        room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for part in (content, room.viewport()):
            part.setAutoFillBackground(False)
        layout.addWidget(room, 1)
        layout.addLayout(buttons)
        self.ask_button.clicked.connect(self.hand_in)
        self.leave_button.clicked.connect(self.given_up)
        escape = QShortcut(QKeySequence("Esc"), self)
        escape.activated.connect(self.given_up)
