"""The rows of received papers, once all teams are told: numbers follow the receipts of the whole office."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from operator import attrgetter

from desktop.domain.master_tables import Master
from desktop.domain.paper_links import draft_text
from desktop.domain.papers import PaperState, fiscal_year
from desktop.services.masters.shipped import shipped_rows
from desktop.services.training.paper_story import Task, ToldPaper
from desktop.services.training.rows import Rows

_PORTION = 5_000


class PaperRows:
    """Writes the papers of an office."""

    def __init__(self, rows: Rows, office_id: str) -> None:
        self._rows, self._office = rows, office_id
        self._last: defaultdict[int, int] = defaultdict(int)
        self._kinds = {row.key: str(row.value["label"]) for row in shipped_rows(Master.PAPER_KINDS)}

    def add(self, told: Iterable[ToldPaper]) -> None:
        """Number the papers in the order of their receipt, and write them and the book."""
        ordered = sorted(told, key=attrgetter("received_at", "paper_id"))
        for done, paper in enumerate(ordered, start=1):
            # Receipts are kept within office hours: the day of the instant in UTC is the day in Japan.
            year = fiscal_year(date.fromisoformat(paper.received_at[:10]))
            self._last[year] += 1
            self._paper(paper, year, self._last[year])
            if done % _PORTION == 0:
                self._rows.flush()
        for year, number in sorted(self._last.items()):
            self._rows.add("paper_book", self._office, year, number)

    def _paper(self, paper: ToldPaper, year: int, number: int) -> None:
        key = (paper.paper_id, self._office, paper.household_id)
        state, _, at = paper.steps[-1]
        self._rows.add(
            "paper", *key, year, number, paper.kind, paper.person_id, paper.sheets, state, paper.received_by,
            paper.received_at, paper.owner, at if state == PaperState.SETTLED else None,
        )  # fmt: skip
        self._rows.add("paper_text", *key, paper.from_whom, paper.note)
        for place, (step, by, on) in enumerate(paper.steps, start=1):
            self._rows.add(
                "paper_step", paper.paper_id, place, self._office, paper.household_id, step, by, on
            )
        if paper.reason:
            self._rows.add(
                "paper_step_text", paper.paper_id, len(paper.steps), self._office, paper.household_id, paper.reason,
            )  # fmt: skip
        if paper.task is not None:
            self._task(paper, paper.task, year, number)
        if paper.entry is not None:
            link_id, entry_id = paper.entry
            self._link(paper, link_id, entry_id, None, at=paper.steps[-1][2], by=paper.steps[-1][1])

    def _task(self, paper: ToldPaper, task: Task, year: int, number: int) -> None:
        state = "open" if task.closed_at is None else "done"
        self._rows.add(
            "todo", task.todo_id, self._office, task.owner, paper.household_id, "decision_draft", paper.paper_id,
            task.due_on, state, task.by, task.given_at, task.closed_at, 1 if task.closed_at is None else 2,
        )  # fmt: skip
        text = draft_text(self._kinds[paper.kind], year, number)
        self._rows.add("todo_text", task.todo_id, self._office, paper.household_id, text, "")
        self._link(paper, task.link_id, None, task.todo_id, at=task.given_at, by=task.by)

    def _link(
        self,
        paper: ToldPaper,
        link_id: str,
        entry_id: str | None,
        todo_id: str | None,
        *,
        at: str,
        by: str,
    ) -> None:
        self._rows.add(
            "paper_link", link_id, self._office, paper.household_id, paper.paper_id, entry_id, todo_id, by, at,
        )  # fmt: skip
