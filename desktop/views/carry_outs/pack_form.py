"""The strip in which the carrier of a reading pack chooses its passphrase."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from desktop.domain.carry_outs import CarryOutLine
from desktop.domain.errors import ValidationError
from desktop.domain.reading_packs import LEAST_PASSPHRASE, UNLIKE, passphrase_error
from desktop.override import override
from desktop.views.declarations.small_form import SmallForm
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.password_field import PasswordField

_TOLD = "合言葉はどこにも保存されません。忘れると開けません。ファイルは一度だけ書き出せます。"


class PackForm(SmallForm):
    """The passphrase, twice. `given` carries the line and the passphrase."""

    given = Signal(object, str)

    def __init__(self) -> None:
        self._line: CarryOutLine | None = None
        self.passphrase = PasswordField(f"合言葉（{LEAST_PASSPHRASE}字以上）", required=True)
        self.again = PasswordField("合言葉をもう一度", required=True)
        self.passphrase.count_to(LEAST_PASSPHRASE)
        super().__init__(
            "pack_form",
            "置き場所を選んで書き出す",
            {
                f"合言葉（{LEAST_PASSPHRASE}字以上）(&P)": self.passphrase,
                "合言葉をもう一度(&Q)": self.again,
            },
        )

    def ask(self, line: CarryOutLine) -> None:
        """Ask about a trip."""
        self._line = line
        self.forget()
        self.begin(f"{line.label}　{_TOLD}")
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Keep nothing of what was typed."""
        self.passphrase.forget()
        self.again.forget()

    @override
    def act(self) -> None:
        """Hand it in."""
        self._hand_in(self._send)
        self.act_button.setEnabled(True)  # a folder is chosen first, or none

    def _send(self) -> None:
        reader = FormReader()
        typed = reader.read("passphrase", self.passphrase) or ""
        again = reader.read("again", self.again) or ""
        reader.finish()
        wrong = passphrase_error(typed)
        if wrong:
            self.passphrase.show_error(wrong)
            raise ValidationError(passphrase=wrong)
        if typed != again:
            self.again.show_error(UNLIKE)
            raise ValidationError(again=UNLIKE)
        self.given.emit(self._line, typed)
