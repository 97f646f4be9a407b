"""The rows of declarations: cycles given, papers with their way through the office, receipts, reasons, letters."""

from __future__ import annotations

import hashlib
from datetime import date
from random import Random

from desktop.domain.declarations import PAPER_KIND
from desktop.domain.papers import fiscal_year
from desktop.services.training.cases import Case
from desktop.services.training.days import OpenDays, at_work
from desktop.services.training.declaration_calendar import PlannedDuty
from desktop.services.training.ids import IdMaker
from desktop.services.training.rows import Rows
from desktop.services.training.staffing import Officer

#: A household has so many provisional numbers to itself; `number_papers` gives the real ones.
_PROVISIONAL = 1000
_CHANGE_SHARE = 0.15
_SETTLED = (
    "収入に変わりがないため、認定の変更は要らないと判断した。",
    "前回と変わりがなく、控えとして綴じた。",
)
_CHECKED = (("checked", 1), ("settled", 2))
_CHANGED = (("checked", 1), ("judged", 1), ("drafted", 2), ("decided", 3), ("settled", 4))
_EVENING = 700


class DeclarationRows:
    """Writes the declarations of one household after another."""

    def __init__(self, rows: Rows, ids: IdMaker, office_id: str, days: OpenDays) -> None:
        self._rows, self._ids, self._office, self._days = rows, ids, office_id, days
        self._papers = 0

    def add(self, chance: Random, case: Case, duties: list[PlannedDuty]) -> None:
        """All rows of a case's declarations."""
        self._papers = 0
        for duty in duties:
            self._duty(chance, case, duty)
            for month, day in duty.came:
                self._receipt(chance, case, duty, month, day)
            self._missing(chance, case, duty)

    def _duty(self, chance: Random, case: Case, duty: PlannedDuty) -> None:
        day = self._days.on_or_after(max(duty.since, self._days.taken_over, case.began))
        day = day or self._days.on_or_before(self._days.today)
        author = case.district_on(day).author_on(day)
        duty_id = self._ids()
        self._rows.add(
            "declaration_duty", duty_id, self._office, case.id, duty.person.id, duty.kind.value,
            duty.cycle, duty.since.isoformat(), None, author.id, at_work(chance, day),
        )  # fmt: skip
        self._rows.add("declaration_duty_text", duty_id, self._office, case.id, duty.reason)

    def _receipt(
        self, chance: Random, case: Case, duty: PlannedDuty, month: date, day: date
    ) -> None:
        author = case.district_on(day).author_on(day)
        at = at_work(chance, day)
        paper_id = self._paper(chance, case, duty, day, at, author)
        self._rows.add(
            "declaration_receipt", self._ids(), self._office, case.id, duty.person.id,
            duty.kind.value, month.isoformat(), paper_id, author.id, at, None, None,
        )  # fmt: skip

    def _paper(
        self, chance: Random, case: Case, duty: PlannedDuty, day: date, at: str, author: Officer
    ) -> str:
        paper_id = self._ids()
        self._papers += 1
        number = -(case.index * _PROVISIONAL + self._papers)
        way = _CHANGED if chance.random() < _CHANGE_SHARE else _CHECKED
        steps = [("received", at)]
        for state, after in way:
            later = self._days.later(day, after)
            if later is None:
                break
            # Two steps of one day stand in their order.
            steps.append((state, max(at_work(chance, later), steps[-1][1])))
        state, settled = steps[-1][0], steps[-1][1] if steps[-1][0] == "settled" else None
        self._rows.add(
            "paper", paper_id, self._office, case.id, fiscal_year(day), number,
            PAPER_KIND[duty.kind], duty.person.id, chance.randint(1, 3), state, author.id, at,
            author.id, settled,
        )  # fmt: skip
        name = duty.person.name.name
        self._rows.add("paper_text", paper_id, self._office, case.id, name, "")
        for place, (name, when) in enumerate(steps, start=1):
            key = (paper_id, place, self._office, case.id)
            self._rows.add("paper_step", *key, name, author.id, when)
            if name == "settled" and way is _CHECKED:
                self._rows.add("paper_step_text", *key, chance.choice(_SETTLED))
        return paper_id

    def _missing(self, chance: Random, case: Case, duty: PlannedDuty) -> None:
        """Some of what is missing was asked for by a letter, of some the reason is known."""
        if not duty.missing:
            return
        day = self._days.on_or_before(self._days.today)
        author = case.district_on(day).author_on(day)
        month = duty.missing[-1].isoformat()
        whose = (self._office, case.id, duty.person.id, duty.kind.value, month)
        if case.index % 2 == 0:
            batch_id, at = self._ids(), at_work(chance, day)
            digest = hashlib.sha256(batch_id.encode()).hexdigest()
            self._rows.add("print_batch", batch_id, self._office, author.id, at, "plain", 1, digest)
            self._rows.add("declaration_reminder", self._ids(), *whose, 1, batch_id, author.id, at)
        if case.index % 3 == 0:
            missing_id, at = self._ids(), at_work(chance, day, _EVENING)
            self._rows.add(
                "declaration_missing", missing_id, *whose, "waiting_papers", author.id, at
            )
            words = "勤め先から明細が届いたら出すと聞いた。"
            self._rows.add("declaration_missing_text", missing_id, self._office, case.id, words)
