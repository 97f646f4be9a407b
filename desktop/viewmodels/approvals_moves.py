"""The moves of the review pane: keys, what they ask for, what is handed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from desktop.domain.approvals import MOVES, Decision, Move
from desktop.domain.review import EntryCard, ReviewCard
from desktop.viewmodels.records_difference import PartDifference, compare_entries
from desktop.viewmodels.records_text import EntryText, Labelled, entry_text

#: The key of each move, as its button shows it.
MOVE_KEYS: Mapping[Move, str] = {
    Move.APPROVE: "A",
    Move.APPROVE_WITH_INSTRUCTION: "I",
    Move.RETURN: "R",
    Move.HOLD: "H",
    Move.APPROVE_FOR: "D",
    Move.SEND_HIGHER: "U",
    Move.CIRCULATE: "C",
    Move.INSPECT_LATER: "K",
    Move.MARK_READ: "M",
}
_ASKS_POSITION = frozenset({Move.CIRCULATE, Move.SEND_HIGHER})
_DONE: Mapping[Move, str] = {
    Move.APPROVE: "承認しました",
    Move.APPROVE_WITH_INSTRUCTION: "指示を付けて承認しました",
    Move.RETURN: "差し戻しました",
    Move.HOLD: "保留にしました",
    Move.APPROVE_FOR: "代決しました。後閲に回ります",
    Move.SEND_HIGHER: "上位の決裁に上げました",
    Move.CIRCULATE: "供覧に回しました",
    Move.INSPECT_LATER: "後閲しました",
    Move.MARK_READ: "供覧済にしました",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveQuestion:
    """What a move asks for before it is made."""

    move: Move
    label: str
    text_label: str
    needs_text: bool
    asks_position: bool
    needs_position: bool
    asks_reply_due: bool

    @property
    def is_plain(self) -> bool:
        """Whether one key is enough."""
        return not (self.needs_text or self.asks_position)


def question_of(move: Move) -> MoveQuestion:
    """The question that belongs to a move."""
    rule = MOVES[move]
    return MoveQuestion(
        move=move,
        label=rule.label,
        text_label=rule.text_label or "添える言葉",
        needs_text=rule.needs_text,
        asks_position=move in _ASKS_POSITION,
        needs_position=move is Move.CIRCULATE,
        asks_reply_due=move is Move.APPROVE_WITH_INSTRUCTION,
    )


def done_sentence(move: Move, card: ReviewCard) -> str:
    """What was done, for the status bar."""
    return f"{_DONE[move]}：{card.row.case_number} {card.row.kind_label}"


def decision_on(card: ReviewCard, move: Move) -> Decision:
    """The move on exactly what the card displays."""
    return Decision(
        approval_id=card.row.approval_id,
        move=move,
        root_version=card.subject.version,
        content_hash=card.subject.content_hash,
    )


def leaves_queue(move: Move) -> bool:
    """Whether the row has nothing more to ask of this person after the move."""
    return move not in {Move.HOLD, Move.CIRCULATE}


def card_differences(card: EntryCard) -> tuple[PartDifference, ...]:
    """What changed since the version last decided; nothing for a first submission."""
    if card.previous is None:
        return ()
    return tuple(p for p in compare_entries(card.previous, card.entry) if p.is_changed)


def card_text(card: EntryCard, changes: tuple[PartDifference, ...]) -> EntryText:
    """The entry's words; changed facts of the contact and removed parts become parts of their own."""
    text = entry_text(card.entry)
    shown = {part.key for part in text.parts}
    extra = tuple(
        Labelled(key=part.key, label=f"変更：{part.label}", text="")
        for part in changes
        if part.key not in shown
    )
    return replace(text, parts=(*extra, *text.parts))
