"""The one door through which applications made online (電子申請) become received papers.

PostgreSQL judges by itself (`security/sql/55_online_applications.sql`); the training office does the same in the unit
of work.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, Date, Integer, Text, Uuid, cast, column, func, select
from sqlalchemy.orm import Session

from desktop.database import applying_here
from desktop.database.papering import on_server
from desktop.domain.office import SignedInStaff
from desktop.domain.online_applications import TakenApplication
from desktop.domain.papers import PaperInput, number_label

#: So many numbers are asked for at once.
_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class NewApplication:
    """An application as a paper, and the number by which its system knows it."""

    paper: PaperInput
    source: str
    number: str
    sent_on: date | None


def receive(
    session: Session,
    staff: SignedInStaff,
    given: NewApplication,
    at: datetime,
    *,
    is_known_kind: bool,
) -> UUID:
    """Take an application in and return its paper: the earlier one where the number was taken in before."""
    if not on_server(session):
        return applying_here.receive(session, staff, given, at, is_known_kind=is_known_kind)
    paper = given.paper
    what = (cast(paper.kind, Text), cast(paper.sheets, Integer))
    words = (cast(paper.from_whom, Text), cast(paper.note, Text))
    key = (cast(given.source, Text), cast(given.number, Text), cast(given.sent_on, Date))
    session.flush()
    received = func.app.receive_application(
        paper.paper_id, paper.household_id, *what, *words, *key, type_=Uuid()
    )
    paper_id = session.scalars(select(received)).one()
    session.expire_all()
    return paper_id


def taken(
    session: Session, staff: SignedInStaff, source: str, numbers: Sequence[str]
) -> dict[str, TakenApplication]:
    """Those of the numbers that were taken in before."""
    found: dict[str, TakenApplication] = {}
    for first in range(0, len(numbers), _BATCH):
        batch = list(numbers[first : first + _BATCH])
        if on_server(session):
            found |= _taken_there(session, source, batch)
        else:
            found |= applying_here.taken(session, staff, source, batch)
    return found


def _taken_there(session: Session, source: str, numbers: list[str]) -> dict[str, TakenApplication]:
    columns = (
        column("number", Text),
        column("paper_id", Uuid),
        column("fiscal_year", Integer),
        column("paper_number", Integer),
        column("attachment_ids", ARRAY(Uuid)),
    )
    asked = func.app.taken_applications(cast(source, Text), cast(numbers, ARRAY(Text)))
    rows = session.execute(select(asked.table_valued(*columns, name="taken")))
    return {
        number: TakenApplication(
            paper_id=paper_id, label=number_label(year, paper), attachment_ids=frozenset(files)
        )
        for number, paper_id, year, paper, files in rows
    }
