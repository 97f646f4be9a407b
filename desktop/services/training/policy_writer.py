"""What a support policy says: issues with evidence from the record, carried over from one year to the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from desktop.domain.households import Relation
from desktop.services.training.bank import Bank
from desktop.services.training.cases import Case
from desktop.services.training.duty_plants import (
    asks_the_old,
    is_other_child,
    names_no_school_leaver,
    school_leavers,
)
from desktop.services.training.ids import IdMaker
from desktop.services.training.measure import Measurer
from desktop.services.training.policy_bank import IssueKind, PolicyBank, Variants
from desktop.services.training.policy_calendar import Text

_EVIDENCE_DAYS = 400
_SHORTEST_QUOTE, _LONGEST_QUOTE = 8, 60
_QUARTER, _LONG_DAYS = 90, 365
_ENDED, _ADDED, _QUOTED = 0.18, 0.4, 0.9
_MOST_LINES = 4
_SCHOOL_AGE = 6
#: Somewhat wider than rule P05 looks, which finds sketches that differ in at most five bits.
_CLOSEST_BITS = 7
_MOST_TRIES = 8
_AS_PLANNED = "予定どおり行った。"
_OTHER_CHILD = "もう一人の子"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A text of the record that a policy may quote: of an approved entry, from the day on which it was."""

    entry_id: str
    version: int
    segment_id: str
    known_on: date
    text: str


@dataclass(slots=True, kw_only=True)
class Line:
    """One issue: evidence (source, start, end), goals (id, term, text, day), actions (id, actor, what, day, measure)."""

    kind: IssueKind
    issue_id: str
    person_id: str | None
    said: dict[str, str]
    standing: str = "new"
    result: str = ""
    evidence: list[tuple[Source, int, int]] = field(default_factory=list)
    goals: list[tuple[str, str, str, str]] = field(default_factory=list)
    actions: list[tuple[str, str, str, str | None, str]] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Content:
    """The content of a policy."""

    situation: str
    evaluation: str
    lines: list[Line]
    sketch: int = 0


class PolicyWriter:
    """Writes the policies of one household after another, oldest first."""

    def __init__(self, bank: Bank, ids: IdMaker, measurer: Measurer, today: date) -> None:
        self._bank, self._policies, self._ids = bank, PolicyBank(), ids
        self._measurer, self._today = measurer, today
        self._slots: Mapping[str, str] = {}
        self._known: frozenset[str] = frozenset()
        self._chance: Random
        self._case: Case
        self._sources: Sequence[Source] = ()

    def begin(self, chance: Random, case: Case, sources: Sequence[Source]) -> None:
        """Turn to the next household."""
        self._chance, self._case, self._sources = chance, case, sources
        self._known, self._slots = case.known, case.slots

    def result_of(self, kind: IssueKind) -> str:
        """What somebody notes of a goal or an action of such an issue."""
        return self._draw(kind, "result") or _AS_PLANNED

    def write(
        self, day: date, previous: Content | None, *, has_gap: bool, text: Text = Text.NEW
    ) -> Content:
        """The policy of a day; one that follows another carries its lines over and differs from it, unless copied."""
        if previous and text in {Text.COPIED, Text.RETOUCHED}:
            return self._copied(day, previous, is_retouched=text is Text.RETOUCHED)
        lines = [*self._carried(day, previous, all_go_on=text is Text.KEPT)] if previous else []
        lines.extend(self._added(day, lines) if text is not Text.KEPT else ())
        lines.extend(self._owed(day, lines))
        self._slots = self._case.slots
        if has_gap:
            lines[0].actions = [
                (key, who, what, None, how) for key, who, what, _, how in lines[0].actions
            ]
        content = Content(situation="", evaluation="", lines=lines)
        for _ in range(_MOST_TRIES):
            content.situation = self._situation(day)
            content.evaluation = self._say(self._policies.evaluation) if previous else ""
            content.sketch = self._measurer.sketch("".join(_words(content)))
            if previous is None or (content.sketch ^ previous.sketch).bit_count() > _CLOSEST_BITS:
                break
        return content

    def _copied(self, day: date, previous: Content, *, is_retouched: bool) -> Content:
        """The words of the policy before, with the days of this year; retouched until rule P05 sees a difference."""
        lines = [self._again(line, day) for line in previous.lines if line.standing != "ended"]
        content = Content(situation=previous.situation, evaluation=previous.evaluation, lines=lines)
        content.sketch = self._measurer.sketch("".join(_words(content)))
        place = 0
        while is_retouched and (content.sketch ^ previous.sketch).bit_count() <= _CLOSEST_BITS:
            content.situation = self._situation(day)
            content.evaluation += self._say(self._policies.evaluation)
            if lines:
                line = lines[place % len(lines)]
                line.said["fact"] += self._draw(line.kind, "result")
            place += 1
            content.sketch = self._measurer.sketch("".join(_words(content)))
        return content

    def _again(self, old: Line, day: date) -> Line:
        """The same line a year later: its words as they are, its goals and actions by the days of this year."""
        by = {"long": _LONG_DAYS, "short": _QUARTER}
        return Line(
            kind=old.kind,
            issue_id=old.issue_id,
            person_id=old.person_id,
            said=dict(old.said),
            standing="continued",
            result=old.result,
            evidence=list(old.evidence),
            goals=[
                (key, term, text, (day + timedelta(days=by[term])).isoformat())
                for key, term, text, _ in old.goals
            ],
            actions=[
                (key, actor, what, (day + timedelta(days=_QUARTER)).isoformat(), measure)
                for key, actor, what, _, measure in old.actions
            ],
        )

    def _situation(self, day: date) -> str:
        case, chance = self._case, self._chance
        people = len(case.family.places)
        who = "単身で暮らしている。" if people == 1 else f"{people}人で暮らしている。"
        states = [
            phrase.text
            for phrase in self._bank.phrases("policy_state", self._known)
            if day.month in phrase.months
        ]
        state = states[int(chance.random() * len(states))].format_map(case.slots) if states else ""
        return f"{who}{self._say(self._policies.situation)}{state}"

    def _carried(self, day: date, previous: Content, *, all_go_on: bool) -> Iterator[Line]:
        """The lines that went on, each decided: ended with what became of it, or continued with this year's facts."""
        open_ones = [line for line in previous.lines if line.standing != "ended"]
        for number, old in enumerate(open_ones):
            self._speak_of(old.person_id)
            may_end = number > 0 and not all_go_on and not self._is_owed(old)
            is_ended = self._chance.random() < _ENDED and may_end
            line = Line(
                kind=old.kind,
                issue_id=old.issue_id,
                person_id=old.person_id,
                said=dict(old.said),
                standing="ended" if is_ended else "continued",
                result=self._draw(old.kind, "ended" if is_ended else "result"),
                evidence=list(old.evidence),
                goals=list(old.goals),
                actions=list(old.actions),
            )
            if not is_ended:
                line.said["fact"] = self._draw(old.kind, "fact") or line.said["fact"]
                self._plan(line, day)
            yield line

    def _added(self, day: date, lines: Sequence[Line]) -> Iterator[Line]:
        """New lines: two or three in a first policy, now and then one later."""
        known = {line.kind.domain for line in lines}
        suitable = self._policies.kinds(self._case.family.type.value, self._known)
        kinds = [kind for kind in suitable if kind.domain not in known]
        wanted = 2 + int(self._chance.random() * 2) if not lines else 0
        going_on = sum(line.standing != "ended" for line in lines)
        if lines and going_on < _MOST_LINES and self._chance.random() < _ADDED:
            wanted = 1
        start = int(self._chance.random() * len(kinds)) if kinds else 0
        for place in range(min(wanted, len(kinds))):
            kind = kinds[(start + place) % len(kinds)]
            is_of_child, person_id = kind.is_of_child, self._person(kind, day)
            if is_of_child and person_id is None:
                continue
            yield self._new(kind, person_id, day)

    def _new(self, kind: IssueKind, person_id: str | None, day: date) -> Line:
        self._speak_of(person_id)
        said = {
            name: self._draw(kind, name) for name in ("text", "fact", "cause", "wish", "strength")
        }
        line = Line(kind=kind, issue_id=self._ids(), person_id=person_id, said=said)
        self._plan(line, day)
        return line

    def _owed(self, day: date, lines: Sequence[Line]) -> Iterator[Line]:
        """Lines that no policy of the household leaves out: school leavers, and the work planted for rule P07."""
        case, known = self._case, self._known
        told = {(line.kind.domain, line.person_id) for line in lines if line.standing != "ended"}
        if asks_the_old(case, self._today) and ("work", case.family.head.id) not in told:
            yield self._new(self._policies.kind("work", known), case.family.head.id, day)
        if names_no_school_leaver(case, self._today):
            return
        for child in school_leavers(case, self._today):
            if ("schooling", child.id) not in told:
                yield self._new(self._policies.kind("schooling", known), child.id, day)

    def _is_owed(self, line: Line) -> bool:
        if line.kind.domain == "work":
            return asks_the_old(self._case, self._today)
        leavers = school_leavers(self._case, self._today)
        return line.kind.domain == "schooling" and line.person_id in {p.id for p in leavers}

    def _speak_of(self, person_id: str | None) -> None:
        """Let {child} name the child that the line is about."""
        case = self._case
        other = {"child": _OTHER_CHILD} if is_other_child(case, person_id, self._today) else {}
        self._slots = case.slots | other

    def _person(self, kind: IssueKind, day: date) -> str | None:
        places = self._case.family.places
        if not kind.is_of_child:
            return places[0].person.id if kind.domain != "budget" else None
        children = [p.person for p in places if p.relation is Relation.CHILD]
        if names_no_school_leaver(self._case, self._today):
            leavers = school_leavers(self._case, self._today)
            children = [child for child in children if child not in leavers]
        return next((child.id for child in children if child.age(day) >= _SCHOOL_AGE), None)

    def _plan(self, line: Line, day: date) -> None:
        """Evidence, goals and actions of the year to come."""
        found = self._quote(line.kind, day) if self._chance.random() < _QUOTED else None
        if found:
            line.evidence = [found]
        kind, chance = line.kind, self._chance
        short_until = (day + timedelta(days=_QUARTER)).isoformat()
        long_until = (day + timedelta(days=_LONG_DAYS)).isoformat()
        kept = next((goal for goal in line.goals if goal[1] == "long"), None)
        long_id, long_text = (kept[0], kept[2]) if kept else (self._ids(), self._draw(kind, "long"))
        line.goals = [
            (long_id, "long", long_text, long_until),
            (self._ids(), "short", self._draw(kind, "short"), short_until),
        ]
        texts = kind.actions.suitable(self._known)
        start, count = int(chance.random() * len(texts)), min(len(texts), 2)
        keys = [action[0] for action in line.actions]
        line.actions = []
        for place in range(count):
            actor, what, measure = (
                texts[(start + place) % len(texts)].format_map(self._slots).split("｜")
            )
            until = (day + timedelta(days=_QUARTER * (1 + place * 2))).isoformat()
            key = keys[place] if place < len(keys) else self._ids()
            line.actions.append((key, actor, what, until, measure))

    def _draw(self, kind: IssueKind, name: str) -> str:
        return self._say(kind.said[name])

    def _say(self, variants: Variants) -> str:
        """One of the texts that suit, its slots filled; empty where none does."""
        texts = variants.suitable(self._known)
        place = int(self._chance.random() * len(texts))
        return texts[place].format_map(self._slots) if texts else ""

    def _quote(self, kind: IssueKind, day: date) -> tuple[Source, int, int] | None:
        """The newest sentence of the last year that speaks of it."""
        slots = self._slots
        words = [word.format_map(slots) for word in kind.keywords.suitable(self._known)]
        earliest = day - timedelta(days=_EVIDENCE_DAYS)
        for source in reversed(self._sources):
            if not earliest <= source.known_on < day:
                continue
            text = source.text
            for word in words:
                place = text.find(word)
                if place < 0:
                    continue
                start = max(text.rfind("。", 0, place), text.rfind("\n", 0, place)) + 1
                end = text.find("。", place) + 1
                if _SHORTEST_QUOTE <= end - start <= _LONGEST_QUOTE and "\n" not in text[start:end]:
                    return source, start, end
        return None


def _words(content: Content) -> Iterator[str]:
    """Everything that was written, as `checks.words_of` puts it together."""
    yield content.situation
    yield content.evaluation
    for line in content.lines:
        yield from line.said.values()
        yield line.result
        yield from (goal[2] for goal in line.goals)
        for action in line.actions:
            yield action[2]
            yield action[4]
