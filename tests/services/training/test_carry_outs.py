"""The training office has papers that came back, some that did not, and an old loss."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.carry_outs import CarryOutState
from desktop.models.carry_outs import (
    CarryOutBook,
    CarryOutItem,
    CarryOutRecord,
    CarryOutStepRecord,
    IncidentRecord,
)

S = CarryOutState


def test_the_training_office_has_papers_out_and_an_old_loss(office):
    with Session(office.engine) as session:
        trips = session.scalars(
            select(CarryOutRecord).order_by(CarryOutRecord.fiscal_year, CarryOutRecord.number)
        ).all()
        assert [trip.state for trip in trips] == [S.LOST, S.CLOSED, S.CLOSED, S.CLOSED, S.OUT]
        assert [trip.leaving_at for trip in trips] == sorted(t.leaving_at for t in trips)
        (incident,) = session.scalars(select(IncidentRecord))
        assert incident.carry_out_id == trips[0].id
        assert incident.full_reported_on is not None
        assert incident.full_reported_on <= incident.full_due_on
        books = session.scalars(select(CarryOutBook)).all()
        assert sum(book.last_number for book in books) == len(trips)
        for trip in trips:
            items = session.scalars(
                select(CarryOutItem).where(CarryOutItem.carry_out_id == trip.id)
            ).all()
            steps = session.scalars(
                select(CarryOutStepRecord)
                .where(CarryOutStepRecord.carry_out_id == trip.id)
                .order_by(CarryOutStepRecord.number)
            ).all()
            assert len(items) == trip.households
            assert steps[-1].state is trip.state
            assert (trip.closed_by is None) == (trip.state is not S.CLOSED)
            assert trip.closed_by != trip.staff_id
