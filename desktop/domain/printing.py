"""What is to be printed and what was printed by whom (帳票)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Generic, TypeVar
from uuid import UUID

from desktop.domain.forms import FormMark
from desktop.domain.issued_forms import Subject

#: The forms that wait for paper by themselves, in the order of the print centre; titles as in the catalogue.
WAITING_FORMS: Mapping[str, str] = {
    "K-04": "ケース記録票",
    "K-05": "援助方針記録票",
    "K-06": "援助方針説明書",
    "K-19": "調査依頼書",
    "K-26": "移管連絡",
    "L-03": "来所のお願い",
    "L-04": "訪問のお知らせ",
    "K-15": "指導指示書",
    "K-16": "弁明の機会の通知書",
    "S-32": "保護変更・停止・廃止決定通知書",
    "K-18": "検診命令書・検診書・検診料請求書",
    "S-10": "支援要請書",
    "S-25D": "就労活動促進費決定通知書",
    "S-26D": "就労自立給付金決定通知書",
    "S-27D": "進学・就職準備給付金決定通知書",
    "J-02": "ケース記録票（開示用の写し）",
}
#: The only mark of those that leave the office; of the others it is chosen.
ONLY_MARK: Mapping[str, FormMark] = {
    "K-06": FormMark.PLAIN,
    "K-19": FormMark.PLAIN,
    "K-26": FormMark.PLAIN,
    "L-03": FormMark.PLAIN,
    "L-04": FormMark.PLAIN,
    **dict.fromkeys(
        ("K-15", "K-16", "S-32", "K-18", "S-10", "S-25D", "S-26D", "S-27D"), FormMark.PLAIN
    ),
    "J-02": FormMark.DISCLOSED,
}
_HANDED = "印は入りません。印刷するか保存すると、発行番号が付きます。渡した日は、世帯のファイルの「交付」に記録します。"
_NOTICE = (
    "印は入りません。印刷するか保存すると、発行番号が付きます。記録した決定のとおりに印刷されます。"
)
#: What printing does besides, where it does more than the mark says.
FORM_NOTES: Mapping[str, str] = {
    "K-19": "印は入りません。印刷するか保存すると、照会は「回答待ち」になります。",
    "K-15": _HANDED,
    "K-16": _HANDED,
    "K-18": _HANDED,
    "S-32": _NOTICE,
    "S-25D": _NOTICE,
    "S-26D": _NOTICE,
    "S-27D": _NOTICE,
    "L-03": "印は入りません。しきい値 V12 の回数以上の不在が続く世帯です。印刷すると、次の不在まで並びません。",
    "L-04": "印は入りません。承認された月間計画で、予告する訪問の日が近い世帯です。",
    "K-26": "印は入りません。印刷するか保存すると、印刷の記録に残ります。送った日は、世帯の「移管」に記録します。",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyToPrint:
    """Something approved that never went to paper as the original, or as the letter or sheet that leaves the office.

    `on` is the day it is about, `since` when it was approved; `address` is where the way of a messenger leads.
    """

    form_code: str
    subject_id: UUID
    household_id: UUID
    case_number: str
    head_name: str = field(repr=False)
    district_code: str
    label: str
    on: date
    author: str = field(repr=False)
    since: datetime
    address: str = field(default="", repr=False)

    @property
    def mark(self) -> FormMark | None:
        """The only mark it may carry; None where it is chosen."""
        return ONLY_MARK.get(self.form_code)


Data = TypeVar("Data")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece(Generic[Data]):
    """One piece of a form: what goes onto it, and what it is of.

    `subject_ids` are those that were asked for, `subjects` what the register keeps; `recipient` is for whom it is.
    """

    data: Data
    household_id: UUID
    subject_ids: tuple[UUID, ...]
    subjects: tuple[Subject, ...] = ()
    recipient: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintLogRow:
    """One print run: of which forms, how many things of how many households."""

    batch_id: UUID
    printed_at: datetime
    printed_by: str = field(repr=False)
    mark: str
    forms: tuple[str, ...]
    things: int
    households: int
    pages: int
    sha256: str
    entries: int = 0
