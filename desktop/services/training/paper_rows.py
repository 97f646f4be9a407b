"""The rows of received papers that all teams told, and of the to-dos that name a paper by its number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Connection, select

from desktop.database.shipped import shipped_rows
from desktop.domain.master_tables import Master
from desktop.domain.paper_links import draft_text
from desktop.domain.papers import PaperState, fiscal_year
from desktop.models.papers import PaperRecord
from desktop.services.training.paper_story import Task, ToldPaper
from desktop.services.training.rows import Rows

_PORTION, _ASKED = 5_000, 500
#: Provisional numbers begin below those of the declarations.
_PROVISIONAL = 1_500_000_000


class PaperRows:
    """Writes the papers of an office: first the papers with provisional numbers, then the to-dos that name them."""

    def __init__(self, rows: Rows, office_id: str) -> None:
        self._rows, self._office = rows, office_id
        self._kinds = {row.key: str(row.value["label"]) for row in shipped_rows(Master.PAPER_KINDS)}

    def add(self, told: Sequence[ToldPaper]) -> None:
        """The papers, to be numbered by the intake book."""
        for done, paper in enumerate(told, start=1):
            self._paper(paper, -(_PROVISIONAL + done))
            if done % _PORTION == 0:
                self._rows.flush()
        self._rows.flush()

    def add_tasks(self, told: Sequence[ToldPaper], connection: Connection) -> None:
        """The to-dos of decision drafts, once the papers have their numbers."""
        with_task = [(paper, paper.task) for paper in told if paper.task is not None]
        for start in range(0, len(with_task), _PORTION):
            portion = with_task[start : start + _PORTION]
            labels = _labels(connection, [paper.paper_id for paper, _ in portion])
            for paper, task in portion:
                self._task(paper, task, *labels[UUID(paper.paper_id)])
            self._rows.flush()

    def _paper(self, paper: ToldPaper, number: int) -> None:
        key = (paper.paper_id, self._office, paper.household_id)
        state, _, at = paper.steps[-1]
        # Receipts are kept within office hours: the day of the instant in UTC is the day in Japan.
        year = fiscal_year(date.fromisoformat(paper.received_at[:10]))
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


def _labels(connection: Connection, paper_ids: Sequence[str]) -> dict[UUID, tuple[int, int]]:
    """Year and number in the intake book, by paper."""
    p, found = PaperRecord, dict[UUID, tuple[int, int]]()
    for start in range(0, len(paper_ids), _ASKED):
        ids = [UUID(paper_id) for paper_id in paper_ids[start : start + _ASKED]]
        rows = connection.execute(select(p.id, p.fiscal_year, p.number).where(p.id.in_(ids)))
        found.update({paper_id: (year, number) for paper_id, year, number in rows})
    return found
