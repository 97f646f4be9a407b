"""Exercises of the training office (練習): a task, hints in steps, and a key that is shown after one's own answer alone.

An exercise is a file like a card of the help. Which households it is about is never written in it: it names a finder of a
fixed catalogue, so that the task and what was planted in the training office cannot drift apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from desktop.domain.card_files import CardError, CardHead

_KNOWN = frozenset({"title", "finder", "rules", "others", "where", "hints", "key", "card", "order"})
_RULE = re.compile(r"[A-Z]\d\d")
_HINT = re.compile(r".*\S.*")
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
    EACH: one household a rule. ANY: one of which it asks, in an office without such a one any that receives. HOSPITAL: the
    same among those of whom somebody is in hospital.
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
        raise CardError(key, 0, "練習の名前は、小文字の英字と数字とハイフンで付けます。")
    head = CardHead.of(key, content)
    head.no_others(_KNOWN)
    exercise = Exercise(
        key=key,
        title=head.word("title"),
        order=head.number("order", 1, 999),
        finder=_finder(head),
        rules=head.words("rules", _RULE),
        others=head.number("others", 1, _MOST_OTHERS) if "others" in head.settings else 0,
        where=head.word("where"),
        text=head.text,
        hints=head.words("hints", _HINT),
        answer=head.word("key"),
        card=head.word("card"),
    )
    _check(head, exercise)
    return exercise


def _check(head: CardHead, exercise: Exercise) -> None:
    rules = exercise.rules
    wanted = range(2, 7) if exercise.finder is Finder.EACH else range(1, 2)
    if len(rules) not in wanted or len(set(rules)) != len(rules):
        raise head.fault("rules", "rulesの数が、finderに合いません。同じものは重ねません。")
    if (exercise.finder is Finder.AMONG) != bool(exercise.others):
        raise head.fault("others", f"othersは、finderが{Finder.AMONG}のときにだけ書きます。")
    if not exercise.text or not exercise.hints:
        raise head.fault("hints", "課題の文と、一つ以上のhintsを書きます。")


def _finder(head: CardHead) -> Finder:
    name = head.word("finder")
    if name not in set(Finder):
        raise head.fault("finder", f"finderに書けるのは{'、'.join(Finder)}です。")
    return Finder(name)
