"""A person's own password: changing it, and being told when somebody else gave a new one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop.database import accounts
from desktop.database.engine import is_postgresql
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.accounts import PasswordNotice, PasswordRule
from desktop.domain.errors import UnavailableError, ValidationError

_MONOTONOUS = "同じ文字の繰り返しは避けてください。"
_SAME = "いまのパスワードと違うものにしてください。"
_NOT_OLD = "いまのパスワードで接続できませんでした。入力を確かめてください。"
_TRAINING = (
    "研修用の福祉事務所にはパスワードがありません。"
    "本番のデータベースでは、ここで自分のパスワードを変更します。"
)
_KERBEROS = (
    "この福祉事務所では Windows のアカウントでサインインします。"
    "パスワードは Windows で変更してください。"
)


@dataclass(frozen=True, slots=True)
class OwnPassword:
    """Acts for whoever opened the connection; everybody may.

    `prove` opens the server with a password and raises UnavailableError where it is not taken; `changed` is told
    the new one, for the connections to come.
    """

    work: UnitOfWork
    prove: Callable[[str], None] | None = None
    changed: Callable[[str], None] | None = None
    is_kerberos: bool = False

    def rule(self) -> PasswordRule:
        """What a new password must be and until when the present one holds."""
        if not is_postgresql(self.work.engine):
            return PasswordRule(refusal=_TRAINING)
        if self.is_kerberos:
            return PasswordRule(refusal=_KERBEROS)
        with self.work() as session:
            return PasswordRule(
                least=accounts.password_length(session), valid_until=accounts.password_end(session)
            )

    def change(self, password: str, again: str, *, old: str | None = None) -> None:
        """Change the own password; it holds without an end. With `old` the server is asked for it first.

        Raises ValidationError with what to do, by `old`, `password` and `again`.
        """
        with self.work() as session:
            accounts.refuse_training(session)
            wrong = _mistakes(password, again, old, accounts.password_length(session))
        if wrong:
            raise ValidationError(**wrong)
        if old is not None and self.prove is not None:
            try:
                self.prove(old)
            except UnavailableError:
                raise ValidationError(old=_NOT_OLD) from None
        with self.work() as session:
            accounts.change_own_password(session, password)
        if self.changed is not None:
            self.changed(password)

    def news(self) -> tuple[PasswordNotice, ...]:
        """What to tell at sign-in; nothing in the training office."""
        with self.work() as session:
            if session.get_bind().dialect.name != "postgresql":
                return ()
            return accounts.password_news(session)


def _mistakes(password: str, again: str, old: str | None, least: int) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if old is not None and not old:
        wrong["old"] = "いまのパスワードを入力してください。"
    if len(password) < least:
        wrong["password"] = (
            f"パスワードは{least}字以上にしてください。短い言葉を三つ続けると覚えやすくなります。"
        )
    elif len(set(password)) < least // 2:
        wrong["password"] = _MONOTONOUS
    elif password == old:
        wrong["password"] = _SAME
    if password != again:
        wrong["again"] = "二回の入力が違います。もう一度入力してください。"
    return wrong
