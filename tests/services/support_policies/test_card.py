"""What the review card knows of a policy beside its lines: whose they are and where their evidence stands."""

from __future__ import annotations

from desktop.domain.review import EvidenceSource, PolicyCard
from tests.support import factories
from tests.support.desk import small_office
from tests.support.policies import evidence_of, issue, recorded, written

QUOTE = "残薬が多い"


def test_the_card_names_people_and_sources(engine):
    office = small_office(engine)
    caseworker = office.desk(office.caseworker)
    recorded(caseworker, office.household_id, f"{QUOTE}と本人から電話があった。")
    evidence = evidence_of(caseworker, office.household_id, QUOTE)
    own = issue("服薬", person_id=office.person_id, evidence=(evidence,))
    saved = caseworker.policies.save(written(caseworker, office.household_id, own, issue("家計")))
    caseworker.policies.submit(saved.policy_id, saved.version)

    supervisor = office.desk(office.supervisor)
    (row,) = supervisor.approvals.queue()
    card = supervisor.approvals.card(row.approval_id).subject

    assert isinstance(card, PolicyCard)
    assert card.people == {office.person_id: "架空 花子"}
    assert card.sources == {
        evidence.entry_id: EvidenceSource(number=None, event_on=factories.TODAY)
    }
    assert (card.version, card.content_hash) == (row.root_version, row.content_hash)
    assert not row.in_bulk
