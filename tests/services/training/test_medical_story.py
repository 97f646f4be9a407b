"""The training office has an answered enquiry, a plan with visits of every kind, and talked every long stay over."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.medical_plans import VisitStatus
from desktop.models.medical import MedicalEnquiry, MedicalOpinion, MedicalOpinionText
from desktop.models.medical_plans import HospitalAppointment, HospitalPlanRow, HospitalVisit
from tests.services.training.conftest import TODAY


def test_somebody_goes_to_hospital_by_a_plan(office):
    with Session(office.engine) as session:
        enquiries = session.scalars(select(MedicalEnquiry)).all()
        opinions = session.scalars(select(MedicalOpinion)).all()
        texts = session.scalars(select(MedicalOpinionText)).all()
        appointments = session.scalars(select(HospitalAppointment)).all()
        statuses = set(session.scalars(select(HospitalVisit.status)))
        assert len(session.scalars(select(HospitalPlanRow)).all()) == 1
    assert {each.enquiry_id for each in opinions} >= {each.id for each in enquiries}
    assert len(texts) == len(opinions)
    assert all(TODAY - timedelta(days=180) < each.given_on < TODAY for each in opinions)
    assert statuses == {VisitStatus.ATTENDED, VisitStatus.MOVED, VisitStatus.MISSED_TOLD}
    assert max(each.on_day for each in appointments) > TODAY
    made = office.report.rows
    assert made["medical_opinion"] == made["medical_opinion_text"] == len(opinions)
