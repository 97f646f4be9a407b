"""The file of short messages (ショートメッセージ) about announced visits, in the format of the office's own gateway.

The program sends nothing: it writes what the office's columns say and no more. The text is read by whoever holds the
telephone, so as shipped it tells neither which office writes nor why.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from desktop.domain.csv_cells import safe_cell
from desktop.domain.era import weekday_name
from desktop.domain.errors import UserError, ValidationError
from desktop.domain.template_slots import put_in
from desktop.domain.visit_telephones import figures_of
from desktop.domain.working_time import HALF_LABEL, Half

#: What the log of prints calls the file.
FORM_CODE, FORM_TITLE = "M-01", "ショートメッセージのファイル"
#: What the text may ask for.
MESSAGE_SLOTS = ("月日", "曜", "半日", "問い合わせ先")
#: Words that would tell a stranger what the message is about.
TELLING_WORDS = ("生活保護", "福祉事務所", "保護課", "保護費", "被保護", "ケースワーカー")
#: Nobody announces visits further ahead in one file.
MOST_DAYS = 62
_PAST = "今日からの日を入力してください。"
_BACKWARDS = "初めの日より後の日を入力してください（この日の訪問は入りません）。"
_TOO_LONG = f"一度に書き出せるのは{MOST_DAYS}日分までです。"


class MessageEncoding(StrEnum):
    """How the gateway reads characters."""

    CP932 = "cp932"
    UTF8 = "utf8"


MESSAGE_ENCODING: Mapping[MessageEncoding, str] = {
    MessageEncoding.CP932: "シフトJIS（CP932）",
    MessageEncoding.UTF8: "UTF-8",
}


class ColumnHolds(StrEnum):
    """What stands in a column."""

    NUMBER = "number"
    NUMBER_PARTED = "number_parted"
    TEXT = "text"
    CASE_NUMBER = "case_number"
    DAY = "day"
    HALF_DAY = "half_day"
    REFERENCE = "reference"
    FIXED = "fixed"


COLUMN_HOLDS: Mapping[ColumnHolds, str] = {
    ColumnHolds.NUMBER: "電話番号（数字だけ）",
    ColumnHolds.NUMBER_PARTED: "電話番号（ハイフンあり）",
    ColumnHolds.TEXT: "本文",
    ColumnHolds.CASE_NUMBER: "ケース番号",
    ColumnHolds.DAY: "訪問日（2024/04/01）",
    ColumnHolds.HALF_DAY: "午前・午後",
    ColumnHolds.REFERENCE: "この書き出しでの番号",
    ColumnHolds.FIXED: "決まった文字",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageColumn:
    """One column: its heading, what stands in it, and the words of a fixed one."""

    header: str
    holds: ColumnHolds
    fixed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateway:
    """What the office's gateway for short messages reads. Without columns there is none."""

    is_on: bool = False
    encoding: MessageEncoding = MessageEncoding.CP932
    has_header: bool = False
    text: str = ""
    columns: tuple[MessageColumn, ...] = ()

    @property
    def is_ready(self) -> bool:
        """Whether a file can be written for it."""
        return self.is_on and bool(self.text) and bool(self.columns)

    @property
    def telling_words(self) -> tuple[str, ...]:
        """Words in what is written that would tell a stranger what it is about."""
        said = (self.text, *(column.fixed for column in self.columns))
        return tuple(word for word in TELLING_WORDS if any(word in part for part in said))


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One announced visit that is told by a short message; `reference` is its number in this file alone."""

    household_id: UUID
    case_number: str
    number: str = field(repr=False)
    day: date
    half: Half | None
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Announced visits of the days that get no message, by the reason."""

    shielded: int = 0
    no_phone: int = 0
    not_agreed: int = 0

    @property
    def words(self) -> str:
        """How many for which reason, "" where none was left out."""
        said = (
            ("支援措置", self.shielded),
            ("電話不可", self.no_phone),
            ("同意なし", self.not_agreed),
        )
        return "、".join(f"{label}{count}件" for label, count in said if count)


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageFile:
    """A file ready to be written; `name` is proposed and tells nobody's name. `data` leaves the program only once it is noted."""

    batch_id: UUID
    name: str
    data: bytes = field(repr=False)
    household_ids: tuple[UUID, ...]
    count: int
    left_out: LeftOut
    telling_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageWriting:
    """That a file left the program: when, by whom, about how many households."""

    at: datetime
    by: str = field(repr=False)
    households: int


def check_days(first: date, until: date, today: date) -> None:
    """Whether a file can be about the days from `first` to before `until`. Raises ValidationError."""
    if first < today:
        raise ValidationError(first=_PAST)
    if until <= first:
        raise ValidationError(until=_BACKWARDS)
    if (until - first).days > MOST_DAYS:
        raise ValidationError(until=_TOO_LONG)


def file_name(first: date, until: date) -> str:
    """The name that is proposed: the days alone."""
    return f"visits-{first:%Y%m%d}-{until:%Y%m%d}.csv"


def unknown_message_slots(names: Sequence[str]) -> tuple[str, ...]:
    """Slots that no message can be filled with."""
    return tuple(name for name in names if name not in MESSAGE_SLOTS)


def file_bytes(gateway: Gateway, messages: Sequence[Message], contact: str) -> bytes:
    """The file: nothing but what the columns say, and nothing that a spreadsheet would take for a formula.

    `contact` is whom to call back. Raises UserError where the encoding lacks a character: nothing is replaced unseen.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    if gateway.has_header:
        writer.writerow([safe_cell(column.header) for column in gateway.columns])
    for message in messages:
        values = _values(gateway, message, contact)
        writer.writerow(
            [
                safe_cell(c.fixed if c.holds is ColumnHolds.FIXED else values[c.holds])
                for c in gateway.columns
            ]
        )
    return _encoded(out.getvalue(), gateway.encoding)


def _values(gateway: Gateway, message: Message, contact: str) -> Mapping[ColumnHolds, str]:
    half = HALF_LABEL[message.half] if message.half else ""
    slots = (
        f"{message.day.month}月{message.day.day}日",
        weekday_name(message.day),
        half,
        contact,
    )
    text = put_in(gateway.text, dict(zip(MESSAGE_SLOTS, slots, strict=True)))
    return {
        ColumnHolds.NUMBER: figures_of(message.number),
        ColumnHolds.NUMBER_PARTED: message.number,
        ColumnHolds.TEXT: text,
        ColumnHolds.CASE_NUMBER: message.case_number,
        ColumnHolds.DAY: f"{message.day:%Y/%m/%d}",
        ColumnHolds.HALF_DAY: half,
        ColumnHolds.REFERENCE: message.reference,
    }


def _encoded(text: str, encoding: MessageEncoding) -> bytes:
    if encoding is MessageEncoding.UTF8:
        return text.encode("utf-8")
    try:
        return text.encode("cp932")
    except UnicodeEncodeError as error:
        missing = text[error.start : error.end]
        raise UserError(
            f"「{missing}」は、送る仕組みの文字コード（CP932）で書けません。"
            "設定値「ショートメッセージのファイル」の本文や列の文字を変えるか、UTF-8にしてください。"
        ) from None
