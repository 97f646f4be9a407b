"""What the audit trail tells people: the history of a record, the readings of a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from desktop.domain.reading import Purpose

#: Why a file was opened, as screens say it; `history` is the asking for the history itself.
PURPOSE: Mapping[str, str] = {
    Purpose.FILE.value: "世帯を開く",
    Purpose.QUEUE.value: "決裁",
    Purpose.BATCH.value: "一括印刷",
    Purpose.SEARCH.value: "検索",
    Purpose.BRIEF.value: "訪問準備",
    Purpose.HANDOVER.value: "引継ぎ",
    "history": "履歴の閲覧",
}
TABLE: Mapping[str, str] = {
    "entry": "記録",
    "entry_version": "記録の版",
    "segment": "本文",
    "promise": "約束",
    "promise_text": "約束の内容",
    "approval": "決裁",
    "approval_step": "決裁の順",
    "approval_move": "決裁の動き",
    "printed_entry": "印刷",
    "legacy_author": "旧記録の記載者",
}
FIELD: Mapping[str, str] = {
    "kind": "種別",
    "state": "状態",
    "event_on": "年月日",
    "version": "版",
    "approved_version": "承認された版",
    "approved_at": "承認日時",
    "change": "変更の種類",
    "is_annulled": "誤記載取消",
    "text": "本文",
    "source": "情報源",
    "who": "だれが",
    "what": "内容",
    "due_on": "期日",
    "kept_on": "果たした日",
    "from_version": "約束した版",
    "to_version": "取りやめた版",
    "position": "順",
    "decided_at": "決裁日時",
    "submitted_at": "提出日時",
    "recorded_at": "記録日時",
    "saved_at": "保存日時",
    "move": "動き",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field that one event set: `before` is None where the row was new; `table` and `column` are the stored names."""

    seq: int
    at: datetime
    who: str = field(repr=False)
    table: str
    column: str
    before: str | None = field(repr=False)
    after: str | None = field(repr=False)

    @property
    def label(self) -> str:
        """Where it stands, as a person says it."""
        return f"{TABLE.get(self.table, self.table)}・{FIELD.get(self.column, self.column)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordHistory:
    """A record's history, oldest first. The training office keeps none: `is_kept` is false there."""

    is_kept: bool
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """One reading of a household's file (閲覧の記録)."""

    at: datetime
    who: str = field(repr=False)
    purpose: str
    reason: str = field(repr=False)
    outside_duty: bool

    @property
    def purpose_label(self) -> str:
        """The purpose as screens say it."""
        return PURPOSE.get(self.purpose, self.purpose)
