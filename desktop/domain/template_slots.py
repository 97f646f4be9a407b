"""Slots in the texts of templates (文例): `{世帯主}` becomes the head's name, where it is known."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

#: What a template may ask for.
SLOTS = ("世帯主", "家族", "担当", "前回面接日", "今日")

_SLOT = re.compile(r"[{｛]([^{}｛｝]*)[}｝]")
#: Stands for what is not known, to be written over.
BLANK = "＿＿＿"


def fill(text: str, known: Mapping[str, str]) -> str:
    """Put in what is known; what is not known becomes a blank to be written over."""
    return _SLOT.sub(lambda found: known.get(found[1].strip()) or BLANK, text)


def put_in(text: str, slots: Mapping[str, str]) -> str:
    """Put the values of named slots into a printed sentence; other braces stay as they are."""
    return _SLOT.sub(lambda found: slots.get(found[1].strip(), found[0]), text)


def prompts_of(texts: Iterable[str]) -> frozenset[str]:
    """The lines of a template that only ask (「収入の変化：」) and are answered behind the colon."""
    lines = (line.strip() for text in texts for line in text.splitlines())
    return frozenset(line for line in lines if line.endswith("："))


def without_prompts(text: str, prompts: Collection[str]) -> str:
    """The text without the lines that still only ask: nobody typed them, so they are no record."""
    return "\n".join(line for line in text.splitlines() if line.strip() not in prompts)


def slot_names(text: str) -> tuple[str, ...]:
    """The slots that a text asks for, in order."""
    return tuple(found.strip() for found in _SLOT.findall(text))


def unknown_slots(text: str, slots: Collection[str] = SLOTS) -> tuple[str, ...]:
    """Slots in the text that no template (or whatever has these slots) can be filled with, in order."""
    return tuple(name for name in slot_names(text) if name not in slots)
