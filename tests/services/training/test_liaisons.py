"""The training office knows whom to ring in a few households, and whom nobody rings."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.liaisons import LiaisonInput, kept_number, liaison_errors
from desktop.models.liaisons import LiaisonRecord
from tests.services.training.conftest import TODAY


def test_some_are_rung_some_are_not_and_each_could_have_been_kept_by_the_program(office):
    with Session(office.engine) as session:
        rows = session.scalars(select(LiaisonRecord)).all()
    assert office.report.rows["liaison"] == len(rows) > 0
    assert {row.bar is None for row in rows} == {True, False}
    assert any(row.valid_to is not None and row.valid_to < TODAY for row in rows)
    for row in rows:
        assert kept_number(row.telephone) == row.telephone
        given = LiaisonInput(
            row_id=row.id,
            liaison_id=row.liaison_id,
            household_id=row.household_id,
            version=0,
            kind=row.kind,
            name=row.name,
            valid_from=row.valid_from,
            whom=row.whom,
            telephone=row.telephone,
            hours=row.hours,
            note=row.note,
            bar=row.bar,
            valid_to=row.valid_to,
        )
        assert liaison_errors(given, None) == {}
