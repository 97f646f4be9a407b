"""What a received paper (受領書類) hangs together with: entries of the record, and to-dos such as the decision draft.

A link is only ever added. A wrong one is struck with a reason and stays to be read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from desktop.domain.papers import PAPER_STATE, PaperState, number_label

NO_ENTRY = "この記録は見つからないか、この書類の世帯のものではありません。"
OTHER_RUN = "印刷の記録は、自分の名前で、刷った書類のとおりに残ります。"
NO_LINK = "この結び付きは見つからないか、担当する世帯のものではありません。"
IS_STRUCK = "この結び付きはすでに取り消されています。"
NO_STRIKE_REASON = "結び付きを取り消す理由を入力してください。"
FIRST_AN_OWNER = "先に担当を決めてください。起案は担当のやることになります。"
DRAFTED_ALREADY = "この書類は起案まで進んでいます。"
DRAFT_IS_OPEN = "この書類の起案は、すでにやることになっています。"
DUE_IN_PAST = "今日以降の日付を入力してください。"

#: From these a draft is still to be made.
BEFORE_DRAFT = (PaperState.RECEIVED, PaperState.CHECKED, PaperState.JUDGED)
#: A draft that is being made or was made closes its to-do.
AFTER_DRAFT = frozenset({PaperState.DRAFTED, PaperState.DECIDED, PaperState.SETTLED})
DRAFT_TASK = "保護変更の起案"


def draft_text(kind_label: str, year: int, number: int) -> str:
    """The words of the to-do: what is to be drafted, and from which paper."""
    return f"{DRAFT_TASK}：{kind_label}（受領番号 {number_label(year, number)}）"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftTask:
    """The to-do that a decision draft is: until when, and whether it is done."""

    due_on: date | None
    is_done: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLink:
    """A link of a paper to an entry or a to-do; `struck_reason` says why one does not hold."""

    link_id: UUID
    entry_id: UUID | None = None
    entry_on: date | None = None
    entry_label: str = ""
    task: DraftTask | None = None
    task_owner: str = field(default="", repr=False)
    is_struck: bool = False
    struck_by: str = field(default="", repr=False)
    struck_reason: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperOfEntry:
    """A paper as the record names it: number, kind and where it stands."""

    paper_id: UUID
    fiscal_year: int
    number: int
    kind_label: str
    state: PaperState

    @property
    def label(self) -> str:
        """Number, kind and state in one line."""
        number = number_label(self.fiscal_year, self.number)
        return f"{number}　{self.kind_label}（{PAPER_STATE[self.state]}）"
