"""Ticks that become sentences (チェック→文): what is asked about a household, and what each tick says.

Subjects, answers, sources of a fact and the grammar are office data (`resources/rules/tick_*.toml`); what a tick says stands in the
plain form (だ・である) there, from which the endings of the office make the others. A subject without a tick says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from desktop.domain.households import HouseholdType
from desktop.domain.records import SegmentKind

#: Between the short words of an answer and its sentence, in one line of the office's table.
ANSWER_SEPARATOR = "｜"
#: Where a source puts what was ticked: in the office's endings, or in the plain form whatever they are (〜とのこと).
STYLED, PLAIN = "{文}", "{普通形}"
#: Where the words for what was not confirmed name the subject.
TOPIC = "{項目}"
#: A digit chooses an answer; 0 says that it was not confirmed.
MOST_ANSWERS = 9
#: Stands for households with somebody in a hospital or facility.
INPATIENT = "inpatient"

TICK_GROUP: Mapping[str, str] = {
    HouseholdType.ELDERLY: "高齢",
    HouseholdType.DISABLED: "障害",
    HouseholdType.ILL: "傷病",
    HouseholdType.MOTHER_CHILD: "母子",
    HouseholdType.OTHER: "その他",
    INPATIENT: "入院・入所中",
}

_DETAIL = re.compile(r"\{([^{}]*)\}")


class Ending(StrEnum):
    """The style in which the office writes."""

    PLAIN = "plain"
    POLITE = "polite"


class Joining(StrEnum):
    """How sentences stand beside each other: each on its line, one behind the other, or one sentence for a source."""

    LINES = "lines"
    RUN = "run"
    LINKED = "linked"


ENDING: Mapping[Ending, str] = {Ending.PLAIN: "だ・である", Ending.POLITE: "です・ます"}
JOINING: Mapping[Joining, str] = {
    Joining.LINES: "一文ずつ行を変える",
    Joining.RUN: "続けて書く",
    Joining.LINKED: "同じ出所の文を一文にまとめる",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TickAnswer:
    """One answer: the words on its button, and its clause in the plain form, without 。; it may ask for one detail (`{回数}`)."""

    label: str
    clause: str

    @property
    def detail(self) -> str:
        """What has to be typed for it, "" for nothing."""
        found = _DETAIL.search(self.clause)
        return found[1] if found else ""

    def said(self, detail: str) -> str:
        """The clause with its detail."""
        return _DETAIL.sub(lambda _: detail, self.clause)


@dataclass(frozen=True, slots=True, kw_only=True)
class TickSubject:
    """What is asked about. `topic` names it where it was not confirmed; without `groups` it is for every household.

    `segment` is where its sentences go whatever their source, None where the source decides; `source` is the usual one.
    A record with any of its `words` speaks of it; without words the label says them.
    """

    code: str
    label: str
    topic: str
    answers: tuple[TickAnswer, ...]
    source: str
    segment: SegmentKind | None = None
    groups: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()

    def is_for(self, groups: Collection[str]) -> bool:
        """Whether it is asked about a household of these groups."""
        return not self.groups or not self.groups.isdisjoint(groups)


@dataclass(frozen=True, slots=True, kw_only=True)
class TickSource:
    """Where a fact comes from (出所): its key, its two patterns, the part of the entry, and what 事実の出所 then says."""

    code: str
    label: str
    key: str
    plain: str
    polite: str
    segment: SegmentKind
    source: str = ""

    def pattern(self, ending: Ending) -> str:
        """The sentence around a clause."""
        return self.plain if ending is Ending.PLAIN else self.polite


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseEnding:
    """An ending in the plain form, in the polite form, and where the sentence goes on (連用形)."""

    plain: str
    polite: str
    linking: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TickStyle:
    """How the office writes its sentences; the patterns of what was not confirmed name the `{項目}`."""

    ending: Ending
    joining: Joining
    not_confirmed_plain: str
    not_confirmed_polite: str

    def not_confirmed(self, ending: Ending) -> str:
        """The sentence on what was not confirmed."""
        return self.not_confirmed_plain if ending is Ending.PLAIN else self.not_confirmed_polite


@dataclass(frozen=True, slots=True, kw_only=True)
class TickSheet:
    """Everything that can be ticked, in the office's order, and the grammar; endings with the longest first."""

    subjects: tuple[TickSubject, ...]
    sources: tuple[TickSource, ...]
    endings: tuple[ClauseEnding, ...]
    style: TickStyle

    def subject(self, code: str) -> TickSubject | None:
        """The subject of this code."""
        return next((subject for subject in self.subjects if subject.code == code), None)

    def source(self, code: str) -> TickSource | None:
        """The source of this code."""
        return next((source for source in self.sources if source.code == code), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A subject that was ticked. `answer` is the place of the answer, None for 未確認 (not confirmed)."""

    subject: str
    answer: int | None
    source: str = ""
    detail: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TickSentence:
    """A sentence for a part of the entry, and the ticks that it says."""

    segment: SegmentKind
    text: str = field(repr=False)
    ticks: tuple[Tick, ...]


def parse_answers(text: str) -> tuple[TickAnswer, ...]:
    """The answers of a row of the office's table: one a line, short words ｜ clause."""
    lines = (line.partition(ANSWER_SEPARATOR) for line in text.splitlines() if line.strip())
    return tuple(
        TickAnswer(label=label.strip(), clause=(clause or label).strip().rstrip("。"))
        for label, _, clause in lines
    )
