"""Telephone memos (電話メモ): a call for a colleague's household, kept until somebody called back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

#: The kind of entry that a call becomes in the file (記録種別).
ENTRY_KIND = "telephone_in"
#: Why the file of a colleague is opened for a memo; it stands in the log of readings.
READING_REASON = "電話メモ（担当者への取次ぎ）"
#: A week as people say it on the telephone.
_WEEK_DAYS = 7


class CallBack(StrEnum):
    """Until when the caller waits to be called back."""

    TODAY = "today"
    NEXT_DAY = "next_day"
    IN_A_WEEK = "in_a_week"
    NOT_NEEDED = "not_needed"


CALL_BACK: Mapping[CallBack, str] = {
    CallBack.TODAY: "急ぎ（今日中）",
    CallBack.NEXT_DAY: "翌営業日まで",
    CallBack.IN_A_WEEK: "1週間以内",
    CallBack.NOT_NEEDED: "折り返し不要（伝言）",
}
_PROMISED: Mapping[CallBack, str] = {
    CallBack.TODAY: "折り返し 今日中",
    CallBack.NEXT_DAY: "折り返し 翌営業日まで",
    CallBack.IN_A_WEEK: "折り返し 1週間以内",
    CallBack.NOT_NEEDED: "折り返し不要",
}


def due_on(call_back: CallBack, today: date, next_open_day: date) -> date | None:
    """The last day for calling back; None where nobody waits."""
    match call_back:
        case CallBack.TODAY:
            return today
        case CallBack.NEXT_DAY:
            return next_open_day
        case CallBack.IN_A_WEEK:
            return date.fromordinal(today.toordinal() + _WEEK_DAYS)
        case CallBack.NOT_NEEDED:
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoInput:
    """A call as it was taken: who called, what about, until when to call back. Without a household it waits as 未特定."""

    memo_id: UUID
    household_id: UUID | None
    who: str = field(repr=False)
    what: str = field(repr=False)
    call_back: CallBack = CallBack.NEXT_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoTaken:
    """Where a memo went: `caseworker` is "" while the post is vacant; `has_entry` where it stands in the file as well."""

    memo_id: UUID
    is_unidentified: bool
    has_entry: bool
    caseworker: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnidentifiedCall:
    """A call whose household nobody knows yet (未特定)."""

    memo_id: UUID
    taken_at: datetime
    taken_by: str = field(repr=False)
    who: str = field(repr=False)
    what: str = field(repr=False)
    call_back: CallBack
    due_on: date | None


def desk_words(who: str, what: str, call_back: CallBack) -> str:
    """A memo in one line of a desk."""
    mark = "【急ぎ】" if call_back is CallBack.TODAY else ""
    wish = "（折り返し不要）" if call_back is CallBack.NOT_NEEDED else ""
    return f"{mark}{who}：{what}{wish}"


def entry_words(what: str, call_back: CallBack) -> str:
    """What the entry in the file says of the call: its matter, and what the caller was promised.

    As few words of ours as may be: the same ones in many files would be asked about as a copy (R06).
    """
    return f"{what}（{_PROMISED[call_back]}）"
