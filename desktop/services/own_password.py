"""A person's own password: changing it, and being told when somebody else gave a new one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop.database import accounts
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.accounts import PasswordNotice
from desktop.domain.errors import ValidationError

_MONOTONOUS = "同じ文字の繰り返しは避けてください。"


@dataclass(frozen=True, slots=True)
class OwnPassword:
    """Acts for whoever opened the connection; everybody may. `on_change` is told the new password (to keep it)."""

    work: UnitOfWork
    on_change: Callable[[str], None] = lambda _: None

    def change(self, password: str, again: str) -> None:
        """Change the own password; it holds without an end. Raises ValidationError with what to do."""
        if password != again:
            raise ValidationError(again="二回の入力が違います。もう一度入力してください。")
        with self.work() as session:
            accounts.refuse_training(session)
            least = accounts.password_length(session)
            if len(password) < least:
                raise ValidationError(
                    password=f"パスワードは{least}字以上にしてください。短い言葉を三つ続けると覚えやすくなります。"
                )
            if len(set(password)) < least // 2:
                raise ValidationError(password=_MONOTONOUS)
            accounts.change_own_password(session, password)
        self.on_change(password)

    def news(self) -> tuple[PasswordNotice, ...]:
        """What to tell at sign-in; nothing in the training office."""
        with self.work() as session:
            if session.get_bind().dialect.name != "postgresql":
                return ()
            return accounts.password_news(session)
