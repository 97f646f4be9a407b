"""The duties of the policies in force, and what caseworkers noted of those whose day has passed."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from desktop.services.training.cases import Case
from desktop.services.training.days import OpenDays, at_work
from desktop.services.training.duty_plants import asks_the_old, names_no_school_leaver
from desktop.services.training.ids import IdMaker
from desktop.services.training.plants import Plant, PlantList
from desktop.services.training.policy_writer import Line, PolicyWriter
from desktop.services.training.rows import Rows

_FIELDS = frozenset({"work", "schooling"})
_OUTCOMES = (("done", 0.7), ("partly", 0.22), ("not_done", 0.08))
_EARLY_DAYS = 20
#: So many days may pass until a caseworker notes an action; some are forgotten.
_PATIENCE, _FORGOTTEN = 6, 0.1


class DutyRows:
    """Writes the duties of one policy after another."""

    def __init__(
        self,
        *,
        rows: Rows,
        ids: IdMaker,
        office_id: str,
        days: OpenDays,
        writer: PolicyWriter,
        found: PlantList,
    ) -> None:
        self._rows, self._ids, self._office, self._days = rows, ids, office_id, days
        self._writer, self._found = writer, found
        self._chance: Random
        self._case: Case
        self._key: tuple[str, str, str]
        self._began_on = days.first

    def add(
        self, chance: Random, case: Case, policy_id: str, lines: list[Line], began_on: date
    ) -> None:
        """The duties of the policy in force, approved on a day."""
        self._chance, self._case, self._began_on = chance, case, began_on
        self._key = (self._office, case.id, policy_id)
        goes_on = [line for line in lines if line.standing != "ended"]
        for line in goes_on:
            self._duty(line, line.issue_id, "issue", None, None)
            for goal_id, term, _, by_on in line.goals:
                if term == "short":
                    self._goal(line, goal_id, by_on)
            for action_id, actor, _, until, _ in line.actions:
                self._action(line, action_id, actor, until)
        self._note(goes_on)

    def _goal(self, line: Line, goal_id: str, by_on: str) -> None:
        day = date.fromisoformat(by_on)
        plant = next((p for p in self._case.plants if p.rule == "P10"), None)
        is_noted = day < self._days.today and (plant is None or plant.is_near)
        noted_on = self._noted_on(day) if is_noted else None
        self._result(line, self._duty(line, goal_id, "short_goal", None, by_on, noted_on), noted_on)

    def _action(self, line: Line, action_id: str, actor: str, until: str | None) -> None:
        day = None if until is None else date.fromisoformat(until)
        patient = self._days.today - timedelta(days=_PATIENCE)
        is_forgotten = actor == "caseworker" and self._chance.random() < _FORGOTTEN
        is_noted = day is not None and day < patient and not is_forgotten
        noted_on = self._noted_on(day) if day is not None and is_noted else None
        self._result(line, self._duty(line, action_id, "action", actor, until, noted_on), noted_on)

    def _noted_on(self, day: date) -> date:
        """The open day of a result: on the duty's day or somewhat earlier, but not before the approval."""
        early = day - timedelta(days=int(self._chance.random() * _EARLY_DAYS))
        return self._days.on_or_before(max(early, self._began_on))

    def _duty(
        self,
        line: Line,
        line_id: str,
        kind: str,
        actor: str | None,
        by_on: str | None,
        settled_on: date | None = None,
    ) -> str:
        duty_id, domain = self._ids(), line.kind.domain
        self._rows.add(
            "policy_duty", duty_id, *self._key, line_id, line.issue_id, kind, domain if domain in _FIELDS else None,
            line.person_id, actor, by_on, self._began_on.isoformat(),
            settled_on.isoformat() if settled_on else None,
        )  # fmt: skip
        return duty_id

    def _result(self, line: Line, duty_id: str, noted_on: date | None) -> None:
        if noted_on is None:
            return
        chance, result_id = self._chance, self._ids()
        (outcome,) = chance.choices([o for o, _ in _OUTCOMES], [share for _, share in _OUTCOMES])
        author = self._case.district_on(noted_on).author_on(noted_on)
        owner = (self._office, self._case.id)
        self._rows.add(
            "policy_result", result_id, *owner, duty_id, outcome, noted_on.isoformat(), author.id,
            at_work(chance, noted_on),
        )  # fmt: skip
        self._rows.add("policy_result_text", result_id, *owner, self._writer.result_of(line.kind))

    def _note(self, lines: list[Line]) -> None:
        """What the duties say to the radar by themselves."""
        case, today, began = self._case, self._days.today, self._began_on
        for plant in case.plants:
            goals = [goal[3] for line in lines for goal in line.goals if goal[1] == "short"]
            if plant.rule == "P10" and goals:
                since = date.fromisoformat(min(goals))
                self._found.household(plant, case.number, since, "短期目標の結果なし")
        if asks_the_old(case, today):
            self._found.household(Plant("P07", 0), case.number, began, "高齢者の就労の取組")
        if names_no_school_leaver(case, today):
            self._found.household(Plant("P11", 0), case.number, began, "進路の課題なし")
