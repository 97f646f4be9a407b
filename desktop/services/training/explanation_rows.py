"""The rows of explanations: most policies are explained within three weeks of their approval."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from random import Random

from desktop.resources import resource_path
from desktop.services.training.cases import Case
from desktop.services.training.days import OpenDays, at_work
from desktop.services.training.ids import IdMaker
from desktop.services.training.rows import Rows

#: How it was taken, as often as offices tell.
_TAKEN = ("understood",) * 14 + ("partly",) * 4 + ("disagreed", "not_possible")
_LONGEST_OPEN_DAYS = 12


class ExplanationRows:
    """Writes one explanation of each approved policy that has none planted away."""

    def __init__(self, *, rows: Rows, ids: IdMaker, office_id: str, days: OpenDays) -> None:
        self._rows, self._ids, self._office, self._days = rows, ids, office_id, days
        with resource_path("training", "explanations.toml").open("rb") as file:
            content = tomllib.load(file)
        self._places: Sequence[str] = content["places"]
        self._to_whom: Sequence[str] = content["to_whom"]
        self._said: Mapping[str, Sequence[str]] = content["said"]

    def add(self, case: Case, policy_id: str, approved_on: date) -> None:
        """Explain a policy some open days after its approval, if that day is past already."""
        chance = Random(policy_id)
        day = self._days.later(approved_on, 1 + int(chance.random() * _LONGEST_OPEN_DAYS))
        if day is None:
            return
        taken = chance.choice(_TAKEN)
        explanation_id, owner = self._ids(), (self._office, case.id)
        author = case.district_on(day).author_on(day)
        self._rows.add(
            "policy_explanation", explanation_id, *owner, policy_id, day.isoformat(), author.id,
            at_work(chance, day), taken,
        )  # fmt: skip
        self._rows.add(
            "policy_explanation_text", explanation_id, *owner, chance.choice(self._to_whom),
            chance.choice(self._places), chance.choice(self._said[taken]),
        )  # fmt: skip
