"""The training office has people with applications about money linked to work, of every state."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.work_estimates import EstimateKind
from desktop.domain.work_estimates_cases import CaseOutcome
from desktop.domain.work_estimates_kept import from_json
from desktop.models.work_estimates import (
    BenefitCaseRecord,
    BenefitCaseText,
    BenefitDecisionRecord,
    BenefitDecisionText,
)
from tests.services.training.conftest import TODAY


def test_the_training_office_has_applications_of_every_state(office):
    with Session(office.engine) as session:
        cases = {case.id: case for case in session.scalars(select(BenefitCaseRecord))}
        texts = {text.case_id: text for text in session.scalars(select(BenefitCaseText))}
        decisions = session.scalars(select(BenefitDecisionRecord)).all()
        words = {text.decision_id: text for text in session.scalars(select(BenefitDecisionText))}
    assert set(texts) == set(cases)
    assert {case.kind for case in cases.values()} >= {
        EstimateKind.JOB_SEARCH,
        EstimateKind.LIVELIHOOD,
        EstimateKind.TRAVEL,
        EstimateKind.INDEPENDENCE,
    }
    assert {each.outcome for each in decisions} == {CaseOutcome.GRANTED, CaseOutcome.WITHDRAWN}
    for decision in decisions:
        case = cases[decision.case_id]
        assert case.made_by != decision.noted_by
        assert case.asked_on <= decision.decided_on <= TODAY
        is_granted = decision.outcome is CaseOutcome.GRANTED
        assert (words[decision.id].amount is not None) is is_granted
    refused = [
        from_json(texts[case.id].estimate)
        for case in cases.values()
        if case.kind is EstimateKind.INDEPENDENCE
    ]
    assert [each.amount for each in refused] == [None]
    assert refused[0].refusals
    made = office.report.rows
    assert made["benefit_case"] == made["benefit_case_text"] == len(cases)
    assert made["benefit_decision"] == made["benefit_decision_text"] == len(decisions)
