"""Exercises of the training office (練習): a task, hints in steps, and a key that is shown after one's own answer alone.

An exercise is a file like a card of the help. Which households it is about is never written in it: it names a finder of a
fixed catalogue, so that the task and what was planted in the training office cannot drift apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from desktop.domain.help_cards import CardError, no_others, read_settings, title_of

_KNOWN = frozenset({"title", "finder", "rules", "others", "where", "hints", "key", "card", "order"})
_RULE = re.compile(r"[A-Z]\d\d")
_KEY = re.compile(r"[a-z0-9][a-z0-9-]{1,58}[a-z0-9]")
_MOST_OTHERS = 6
#: Letters of an answer, at least: a single sign is no answer.
LEAST_ANSWER = 10
MOST_ANSWER = 4000
TOO_SHORT = f"自分の答えを{LEAST_ANSWER}文字以上で書いてください。答え合わせは、そのあとに出ます。"
TOO_LONG = f"答えは{MOST_ANSWER:,}文字までにしてください。"
ONLY_TRAINING = "練習は、研修用の福祉事務所でだけ使えます。"
GONE = "この練習はもうありません。練習の画面を開き直してください。"


class Finder(StrEnum):
    """How the households of an exercise are found.

    RULE: one of which the radar asks what the rule says. AMONG: the same beside `others` of which it does not.
    EACH: one household a rule. HOSPITAL: one of whom somebody is in hospital. ANY: one that receives.
    """

    RULE = "rule"
    AMONG = "among"
    EACH = "each"
    HOSPITAL = "hospital"
    ANY = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """One exercise. `hints` are told one after the other, `key` is the answer with its reason, `card` what to read then."""

    key: str
    title: str
    order: int
    finder: Finder
    rules: tuple[str, ...]
    others: int
    where: str
    text: str
    hints: tuple[str, ...]
    answer: str
    card: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeHousehold:
    """A household of an exercise. `fact` is what the radar says of it today; it is told with the key alone."""

    household_id: UUID
    case_number: str
    head_name: str = field(repr=False)
    is_own: bool
    rule: str = ""
    fact: str = field(repr=False, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeSheet:
    """An exercise as somebody works on it: its households, the own answer ("" before), and the key once it was given."""

    exercise: Exercise
    households: tuple[PracticeHousehold, ...]
    written: str = field(repr=False, default="")
    answer: str = field(repr=False, default="")

    @property
    def is_answered(self) -> bool:
        """Whether the key may be read."""
        return bool(self.written)


def read_exercise(key: str, content: str) -> Exercise:
    """The exercise that a file holds. Raises CardError."""
    if not _KEY.fullmatch(key):
        raise CardError(f"{key}: the name of an exercise is made of a-z, 0-9 and strokes")
    settings, text = read_settings(key, content)
    no_others(key, settings, _KNOWN)
    exercise = Exercise(
        key=key,
        title=title_of(key, settings),
        order=_number(key, settings, "order", 999),
        finder=_finder(key, settings),
        rules=_words(key, settings, "rules"),
        others=_number(key, settings, "others", _MOST_OTHERS) if "others" in settings else 0,
        where=_word(key, settings, "where"),
        text=text,
        hints=_words(key, settings, "hints"),
        answer=_word(key, settings, "key"),
        card=_word(key, settings, "card"),
    )
    _check(exercise)
    return exercise


def _check(exercise: Exercise) -> None:
    key, rules = exercise.key, exercise.rules
    wanted = {Finder.RULE: range(1, 2), Finder.AMONG: range(1, 2), Finder.EACH: range(2, 7)}
    if len(rules) not in wanted.get(exercise.finder, range(1)):
        raise CardError(f"{key}: {exercise.finder} takes other rules than {rules}")
    if not all(_RULE.fullmatch(rule) for rule in rules) or len(set(rules)) != len(rules):
        raise CardError(f"{key}: wrong rules {rules}")
    if (exercise.finder is Finder.AMONG) != bool(exercise.others):
        raise CardError(f"{key}: others belong to {Finder.AMONG}")
    if not exercise.text or not exercise.hints:
        raise CardError(f"{key}: no task or no hints")


def _finder(key: str, settings: dict[str, Any]) -> Finder:
    try:
        return Finder(settings.get("finder", ""))
    except ValueError:
        raise CardError(f"{key}: no such finder {settings.get('finder')!r}") from None


def _number(key: str, settings: dict[str, Any], name: str, highest: int) -> int:
    found = settings.get(name)
    if type(found) is not int or not 1 <= found <= highest:
        raise CardError(f"{key}: {name} must be from 1 to {highest}")
    return found


def _word(key: str, settings: dict[str, Any], name: str) -> str:
    found = settings.get(name)
    if not isinstance(found, str) or not found.strip():
        raise CardError(f"{key}: {name} is missing")
    return found.strip()


def _words(key: str, settings: dict[str, Any], name: str) -> tuple[str, ...]:
    found = settings.get(name, [])
    if not isinstance(found, list) or not all(isinstance(e, str) and e.strip() for e in found):
        raise CardError(f"{key}: {name} is no list of words")
    return tuple(found)
