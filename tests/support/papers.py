"""Received papers for tests: obviously made up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from desktop.domain.ids import new_id
from desktop.domain.papers import PaperInput, PaperLine
from tests.support.desk import Desk


def a_paper(household_id: UUID, **given: Any) -> PaperInput:
    """A pay slip of two sheets that somebody brings."""
    made = PaperInput(
        paper_id=new_id(),
        household_id=household_id,
        kind="pay_slip",
        sheets=2,
        from_whom="架空 花子",
        note="9月分。原本は返した。",
    )
    return replace(made, **given)


def line_of(desk: Desk, paper_id: UUID) -> PaperLine:
    """The paper's line in the person's pool."""
    return next(line for line in desk.papers.pool().lines if line.paper_id == paper_id)
