"""The training office keeps its procedures: what is noted of each has the shape of its kind."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.procedures import PROCEDURE_SHAPE, ProcedureKind
from desktop.models.procedures import ProcedureRecord, ProcedureText
from tests.services.training.conftest import TODAY


def test_procedures_of_every_kind_have_the_fields_of_their_kind(office):
    with Session(office.engine) as session:
        records = session.scalars(select(ProcedureRecord)).all()
        texts = {row.procedure_id: row for row in session.scalars(select(ProcedureText))}
    # A small office may have nobody who reached an age at which a pension may begin, but for those that are planted.
    assert {row.kind for row in records} | {ProcedureKind.PENSION} == set(ProcedureKind)
    for row in records:
        shape = PROCEDURE_SHAPE[row.kind]
        assert row.begun_on <= (row.confirmed_on or row.begun_on) <= TODAY
        assert row.begun_on <= (row.ended_on or row.begun_on) <= TODAY
        assert (row.person_id is not None) is shape.needs_person
        assert (row.year is not None) is bool(shape.year)
        assert not row.choice or shape.choice
        assert (row.id in texts) is (row.kind is ProcedureKind.KIN)
    made = office.report.rows
    assert made["procedure_record"] == len(records)
    assert made["procedure_text"] == len(texts)
