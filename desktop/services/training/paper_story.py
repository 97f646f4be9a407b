"""Which papers a household handed in lately, how far each of them came, and the planted ones that lie (R10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from desktop.domain.households import HouseholdState
from desktop.domain.papers import PaperState
from desktop.domain.roles import Role
from desktop.services.training.cases import Case
from desktop.services.training.days import OpenDays, at_work
from desktop.services.training.ids import IdMaker
from desktop.services.training.plants import Plant, PlantList
from desktop.services.training.policy_writer import Source
from desktop.services.training.staffing import VACANT, Officer

#: Papers are told of so many days back; so many of a household on average, two at most.
_DAYS_BACK, _SHARE = 180, 0.6
#: A paper that is not planted is settled before the radar asks (R10: 14 days).
_MOST_DAYS = 12
_AT_ONCE, _WITH_TASK = 0.55, 0.5
_CLERK, _INTERVIEWER = 0.6, 0.75
_WAY = tuple(PaperState)
_KINDS = (
    "income_declaration", "pension_notice", "bank_book", "asset_declaration", "medical_opinion", "contract",
    "notification", "other",
)  # fmt: skip
_SHEETS = (1, 1, 1, 2, 2, 3, 4, 6)
_REASONS = (
    "前回と同じ内容で、認定の変更は要らない。", "控えの提出のみ。原本は返した。", "内容を確認し、変更はなかった。",
    "すでに届いているものと同じだった。", "金額に変わりがなく、決定は要らない。",
)  # fmt: skip
_NOTES = (
    "",
    "",
    "",
    "原本は返した。",
    "郵送で届いた。",
    "写しを取った。",
    "訪問のときに預かった。",
)
#: States in which planted papers lie, and whether a draft was asked for.
_LYING = ((PaperState.CHECKED, False), (PaperState.JUDGED, True), (PaperState.RECEIVED, False))
#: A planted paper that reached its state took one day for each step.
_PLANTED_STEPS = 1
_TELLING = frozenset({HouseholdState.RECEIVING, HouseholdState.SUSPENDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """The to-do of the decision draft."""

    todo_id: str
    link_id: str
    owner: str
    by: str
    given_at: str
    due_on: str
    closed_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldPaper:
    """A paper before it has a number: numbers follow the order of receipt in the whole office."""

    paper_id: str
    household_id: str
    kind: str
    person_id: str | None
    sheets: int
    received_at: str
    received_by: str
    owner: str | None
    from_whom: str
    note: str
    #: State, who, when; the receipt first.
    steps: tuple[tuple[str, str, str], ...]
    reason: str = ""
    task: Task | None = None
    entry: tuple[str, str] | None = None


class PaperStory:
    """Tells the papers of one household after another."""

    def __init__(
        self, ids: IdMaker, days: OpenDays, posts: dict[Role, Officer], found: PlantList
    ) -> None:
        self._ids, self._days, self._found = ids, days, found
        self._clerk, self._interviewer = posts[Role.RECORDS_STAFF], posts[Role.INTAKE_INTERVIEWER]

    def of(
        self, chance: Random, case: Case, plants: Sequence[Plant], sources: Sequence[Source]
    ) -> list[ToldPaper]:
        """The papers of a case; planted ones besides the usual."""
        if case.state not in _TELLING:
            return []
        told = [self._planted(chance, case, plant) for plant in plants]
        for _ in range(2):
            if chance.random() < _SHARE:
                back = self._days.today - timedelta(days=_DAYS_BACK)
                day = self._days.some(chance, max(case.began, back), self._days.days[-1])
                if day is not None:
                    told.append(self._usual(chance, case, day, sources))
        return told

    def _usual(self, chance: Random, case: Case, day: date, sources: Sequence[Source]) -> ToldPaper:
        at_once = chance.random() < _AT_ONCE
        way = (PaperState.RECEIVED, PaperState.SETTLED) if at_once else _WAY
        passed = sorted(1 + int(chance.random() * _MOST_DAYS) for _ in way[1:])
        reached = [(PaperState.RECEIVED, day)]
        for state, after in zip(way[1:], passed, strict=True):
            on = self._days.on_or_before(day + timedelta(days=after))
            if (day + timedelta(days=after)) >= self._days.today:
                break
            reached.append((state, max(on, reached[-1][1])))
        has_task = not at_once and len(reached) >= 3 and chance.random() < _WITH_TASK
        return self._paper(
            chance,
            case,
            reached,
            reason=chance.choice(_REASONS) if at_once and len(reached) > 1 else "",
            has_task=has_task,
            entry=_entry_after(day, sources) if chance.random() < _WITH_TASK else None,
        )

    def _planted(self, chance: Random, case: Case, plant: Plant) -> ToldPaper:
        """R10: a paper that lies; its near miss was taken in exactly as many days ago as are allowed."""
        wanted = self._days.today - timedelta(days=plant.days)
        day = (
            self._days.on_or_after(wanted) or self._days.days[-1]
            if plant.is_near
            else self._days.on_or_before(wanted)
        )
        state, has_task = _LYING[plant.variant % len(_LYING)]
        reached = [
            (step, self._days.later(day, number * _PLANTED_STEPS) or day)
            for number, step in enumerate(_WAY[: _WAY.index(state) + 1])
        ]
        self._found.household(plant, case.number, day, f"受領書類 {day.isoformat()}、{state}")
        return self._paper(chance, case, reached, has_task=has_task)

    def _paper(
        self,
        chance: Random,
        case: Case,
        reached: Sequence[tuple[PaperState, date]],
        *,
        reason: str = "",
        has_task: bool = False,
        entry: str | None = None,
    ) -> ToldPaper:
        day = reached[0][1]
        worker = case.district_on(day).author_on(day)
        receiver = self._receiver(chance, worker)
        steps = self._steps(chance, reached, receiver, worker)
        person = case.family.head if chance.random() < 0.7 else None
        paper_id = self._ids()
        return ToldPaper(
            paper_id=paper_id,
            household_id=case.id,
            kind="pay_slip" if case.works and chance.random() < 0.5 else chance.choice(_KINDS),
            person_id=person.id if person else None,
            sheets=chance.choice(_SHEETS),
            received_at=steps[0][2],
            received_by=receiver.id,
            owner=self._owner(case, is_settled=reached[-1][0] is PaperState.SETTLED, worker=worker),
            from_whom=case.family.head.name.name if chance.random() < 0.6 else "",
            note=chance.choice(_NOTES),
            steps=tuple(steps),
            reason=reason,
            task=self._task(steps, worker) if has_task else None,
            entry=(self._ids(), entry) if entry else None,
        )

    def _steps(
        self,
        chance: Random,
        reached: Sequence[tuple[PaperState, date]],
        receiver: Officer,
        worker: Officer,
    ) -> list[tuple[str, str, str]]:
        """Steps of one day follow each other."""
        steps: list[tuple[str, str, str]] = []
        for number, (state, on) in enumerate(reached):
            by = receiver if number == 0 else worker
            share = 1000 * number // len(_WAY)
            steps.append((state.value, by.id, at_work(chance, on, share)))
        ordered = sorted(at for _, _, at in steps)
        return [(state, by, at) for (state, by, _), at in zip(steps, ordered, strict=True)]

    def _task(self, steps: Sequence[tuple[str, str, str]], worker: Officer) -> Task:
        """Given at the last step before the draft; done with the draft."""
        before = [step for step in steps if step[0] in {"received", "checked", "judged"}]
        after = [step for step in steps if step[0] == PaperState.DRAFTED]
        given = before[-1]
        due = date.fromisoformat(given[2][:10]) + timedelta(days=7)
        return Task(
            todo_id=self._ids(),
            link_id=self._ids(),
            owner=worker.id,
            by=given[1],
            given_at=given[2],
            due_on=due.isoformat(),
            closed_at=after[0][2] if after else None,
        )

    def _receiver(self, chance: Random, worker: Officer) -> Officer:
        draw = chance.random()
        if draw < _CLERK:
            return self._clerk
        return self._interviewer if draw < _INTERVIEWER else worker

    def _owner(self, case: Case, *, is_settled: bool, worker: Officer) -> str | None:
        """Whoever settled it; else who looks after the district now, nobody where the post is vacant."""
        if is_settled:
            return worker.id
        if case.district.special == VACANT:
            return None
        return case.district.author_on(self._days.today).id


def _entry_after(day: date, sources: Sequence[Source]) -> str | None:
    """An approved entry of the days after the receipt that may name the paper."""
    last = day + timedelta(days=21)
    return next((s.entry_id for s in sources if day <= s.known_on <= last), None)
