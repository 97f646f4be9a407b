"""The training office has one request under preparation, with which the screen can be tried out."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from desktop.database.engine import make_engine
from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import FixedClock
from desktop.domain.disclosures import DisclosureState
from desktop.models.office import Staff, StaffRole
from desktop.services import training
from desktop.services.disclosures import DisclosureService
from desktop.services.sign_in import SignIn
from tests.support.disclosures import parts, waiting
from tests.support.factories import at

TODAY = date(2024, 10, 1)


def test_the_training_office_has_a_request_under_preparation(tmp_path):
    url = f"sqlite:///{tmp_path / 'office.sqlite'}"
    report = training.create(url, households=30, seed=7, today=TODAY)
    assert report.rows["disclosure"] == report.rows["disclosure_text"] == 1
    engine = make_engine(url)
    work, clock = UnitOfWork(engine), FixedClock(at(TODAY, 9))
    with work() as session:
        of_clerks = select(Staff.login).join(StaffRole).where(StaffRole.role == "records_staff")
        login = session.scalars(of_clerks).first() or ""
    clerk = SignIn(work, clock).sign_in(login)
    service = DisclosureService(work, clock, clerk, ReadingDoor(work, clock, clerk))
    (row,) = service.requests()
    assert (row.state, row.label) == (DisclosureState.PREPARING, "6-0001")
    sheet = service.sheet(row.disclosure_id)
    assert waiting(sheet)
    (mark,) = sheet.marks
    assert mark.key in {part.key for part in parts(sheet)}
    engine.dispose()
