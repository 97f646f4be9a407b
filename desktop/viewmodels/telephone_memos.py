"""Words and columns of telephone memos (電話メモ)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from desktop.domain.clock import JAPAN
from desktop.domain.telephone_memos import CALL_BACK, MemoTaken, UnidentifiedCall
from desktop.viewmodels.columns import Column
from desktop.viewmodels.desk import due_text, due_tone


def taken_text(taken: MemoTaken) -> str:
    """Where a memo went, in a sentence."""
    if taken.is_unidentified:
        return (
            "電話メモを「電話メモ（未特定）」に置きました。世帯が分かったら、そこで世帯を選びます。"
        )
    who = f"担当の{taken.caseworker}さん" if taken.caseworker else "査察指導員（担当者が不在）"
    filed = "記録にも残しました。" if taken.has_entry else ""
    return f"電話メモを{who}の机に届けました。{filed}"


def call_columns(today: Callable[[], date]) -> tuple[Column[UnidentifiedCall], ...]:
    """The columns of calls whose household nobody knows."""
    return (
        Column(
            header="期限",
            text=lambda c: due_text(c.due_on, today()),
            tone=lambda c: due_tone(c.due_on, today()),
        ),
        Column(header="受けた日時", text=_taken_text),
        Column(header="だれから", text=lambda c: c.who, tooltip=lambda c: c.who),
        Column(header="用件", text=lambda c: c.what, tooltip=lambda c: c.what),
        Column(header="折り返し", text=lambda c: CALL_BACK[c.call_back]),
        Column(header="受けた人", text=lambda c: c.taken_by),
    )


def _taken_text(call: UnidentifiedCall) -> str:
    at = call.taken_at.astimezone(JAPAN)
    return f"{at.month}月{at.day}日 {at.hour}:{at.minute:02}"
