"""Exercises as lists and texts show them."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.help_cards import HelpCard
from desktop.domain.practice import Exercise, PracticeHousehold, PracticeSheet
from desktop.viewmodels.columns import RIGHT, Column
from desktop.viewmodels.help_cards import CARD_LINK, card_markdown

ANSWERED = "答えた"
ExerciseLine = tuple[Exercise, bool]
_OWN_DUTY = "自分の担当"
_OTHER_DUTY = "担当外（開くと理由を聞かれます）"


def exercise_columns() -> Sequence[Column[ExerciseLine]]:
    """The list of exercises: nothing is counted or compared."""
    return (
        Column(
            header="番号", text=lambda e: str(e[0].order), sort=lambda e: e[0].order, align=RIGHT
        ),
        Column(header="練習", text=lambda e: e[0].title),
        Column(header="自分の答え", text=lambda e: ANSWERED if e[1] else ""),
    )


def household_columns() -> Sequence[Column[PracticeHousehold]]:
    """The households of an exercise; what the radar says of them comes with the key."""
    return (
        Column(header="ケース番号", text=lambda h: h.case_number),
        Column(header="世帯主", text=lambda h: h.head_name),
        Column(
            header="担当",
            text=lambda h: _OWN_DUTY if h.is_own else _OTHER_DUTY,
            tone=lambda h: None if h.is_own else "muted",
        ),
        Column(header="見落とし点検が言うこと", text=lambda h: h.fact),
    )


def task_markdown(sheet: PracticeSheet, hints: int) -> str:
    """The task, where to look, and as many hints as were asked for."""
    exercise = sheet.exercise
    parts = [f"## {exercise.title}", exercise.text, f"**見るところ**　{exercise.where}"]
    parts += [
        f"**ヒント{number}**　{hint}" for number, hint in enumerate(exercise.hints[:hints], start=1)
    ]
    return "\n\n".join(parts)


def key_markdown(sheet: PracticeSheet, cards: Sequence[HelpCard]) -> str:
    """The key with what is found in the households, and the card to read; "" before an own answer."""
    if not sheet.is_answered:
        return ""
    facts = [f"- **{h.case_number}**　{h.rule}　{h.fact}" for h in sheet.households if h.fact]
    parts = ["## 答えと理由", sheet.answer]
    if facts:
        parts.append("**この世帯でいま言えること**（見落とし点検の文です）\n\n" + "\n".join(facts))
    card = next((card for card in cards if card.key == sheet.exercise.card), None)
    if card is not None:
        parts.append(f"**あわせて読む**　[{card.title}]({CARD_LINK}{card.key})")
    parts.append("自分の答えとくらべて、違うところを一つ選び、なぜかを考えてください。")
    return "\n\n".join(parts)


def card_beside(card: HelpCard, cards: Sequence[HelpCard]) -> str:
    """A card that a key leads to, with the way back."""
    return f"[答えへ戻る]({CARD_LINK})\n\n{card_markdown(card, cards)}"
