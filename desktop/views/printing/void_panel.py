"""Asks why an issue is void (失効): the strip above the register."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from desktop.domain.issued_forms import MOST_REASON, IssuedForm
from desktop.override import override
from desktop.views.declarations.small_form import SmallForm
from desktop.views.fields.text_field import TextField

_HEADING = "▲ 発行番号 {label} を失効にします。番号と控えは残り、取り消せません。"


class VoidPanel(SmallForm):
    """`given` carries the issue and the reason."""

    given = Signal(object, str)

    def __init__(self) -> None:
        self._issue: IssuedForm | None = None
        self.reason = TextField("失効とする理由", required=True, longest=MOST_REASON)
        super().__init__("void_panel", "失効にする", {"理由": self.reason})
        self.left.connect(self.hide)
        self.hide()

    def ask(self, issue: IssuedForm) -> None:
        """Ask about one issue."""
        self._issue = issue
        self.reason.show_value("")
        self.begin(_HEADING.format(label=issue.label))
        self.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def act(self) -> None:
        self._hand_in(self._give)

    def _give(self) -> None:
        reason = self.reason.entered()
        if self._issue is not None and reason:
            self.given.emit(self._issue, reason)
