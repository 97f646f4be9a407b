"""What stands on the daily report of the audit trail (監査日報)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise

from desktop.domain.imprint import Imprint
from desktop.domain.seals import Seal
from desktop.domain.tick import LATE_TICK_SECONDS

#: What happened to an account, as the report says it. What is not named here is printed as it stands.
ACCOUNT_ACTION: Mapping[str, str] = {
    "password reset": "パスワードの再設定",
    "password change": "パスワードの変更（本人）",
    "retire": "退職・利用終了",
    "lock login": "サインインの停止（失敗回数）",
    "unlock login": "サインインの停止の解除",
    "login opened": "サインインの再開",
    "login closed": "サインインの停止",
    "group given": "職務の付与（サーバー）",
    "group taken": "職務の取消（サーバー）",
    "session ended": "接続の終了（退職・利用終了）",
    "idle session ended": "接続の終了（放置）",
    "insert staff": "職員の登録",
    "update staff": "職員の変更",
    "insert staff_role": "職務の登録",
    "update staff_role": "職務の変更",
    "delete staff_role": "職務の削除",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountChange:
    """One change of an account or a role: by whom, of whom, which role where one is named."""

    at: datetime
    action: str
    by: str = field(repr=False)
    whom: str = field(repr=False)
    role_label: str = ""

    @property
    def label(self) -> str:
        """What was done, with the role."""
        done = ACCOUNT_ACTION.get(self.action, self.action)
        return f"{done}：{self.role_label}" if self.role_label else done


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedCount:
    """Refused log-ins of one person; without a name: of logins that are nobody's."""

    name: str = field(repr=False)
    count: int
    last_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ShieldChange:
    """A household whose shield (支援措置) was taken off or changed, by whom, by an import or not."""

    at: datetime
    case_number: str
    by: str = field(repr=False)
    by_import: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingNote:
    """Whose reading of files was not as usual, and how; it names numbers, not households."""

    name: str = field(repr=False)
    fact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedRun:
    """A saved search (保存した検索) that a person ran: for what (`aim`), with which words as they were compared, how often, when last."""

    name: str = field(repr=False)
    aim: str = field(repr=False)
    words: str = field(repr=False)
    count: int
    last_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TickGap:
    """A time without a whole tick that was longer than is right."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditDay:
    """One day of the trail. `before` is the last seal of the days before, `last` the last one of the day's end.

    `unsealed` are the events of the day that no seal covers yet. `searches` are not on the paper: their words may name somebody.
    """

    imprint: Imprint
    day: date
    events: int
    unsealed: int
    seals: int
    before: Seal | None
    last: Seal | None
    changes: tuple[AccountChange, ...]
    refused: tuple[RefusedCount, ...]
    ticks: int
    gaps: tuple[TickGap, ...]
    shields: tuple[ShieldChange, ...] = ()
    unusual: tuple[ReadingNote, ...] = ()
    searches: tuple[SavedRun, ...] = ()


def tick_gaps(ticks: Sequence[datetime], start: datetime, end: datetime) -> tuple[TickGap, ...]:
    """The gaps between the ticks from `start` to `end` that are longer than the limit."""
    points = [start, *ticks, end]
    limit = timedelta(seconds=LATE_TICK_SECONDS)
    return tuple(
        TickGap(since=since, until=until)
        for since, until in pairwise(points)
        if until - since > limit
    )
