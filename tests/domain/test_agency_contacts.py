"""Agencies read off entries: names and persons told apart, the latest contact first."""

from __future__ import annotations

from datetime import date

from desktop.domain.activities import Partner, PartnerKind
from desktop.domain.agency_contacts import AgencyContact, agency_contacts

HOSPITAL = Partner(
    code="md", label="見本病院 医療相談室", kind=PartnerKind.MEDICAL, contact="内線 12"
)
COUNCIL = Partner(code="sc", label="見本市社会福祉協議会", kind=PartnerKind.WELFARE_COUNCIL)
JULY, AUGUST = date(2024, 7, 1), date(2024, 8, 1)


def test_the_latest_contact_comes_first_then_partners_without_one():
    met = [
        ("見本病院 医療相談室　試験相談員", JULY),
        ("見本薬局 架空薬剤師", AUGUST),
        ("見本病院 医療相談室", date(2024, 6, 1)),
        ("家主", date(2024, 5, 1)),
        (" ", AUGUST),
    ]
    assert agency_contacts(met, [HOSPITAL, COUNCIL]) == (
        AgencyContact(name="見本薬局", person="架空薬剤師", last_on=AUGUST, times=1),
        AgencyContact(
            name="見本病院 医療相談室",
            person="試験相談員",
            reached_by="内線 12",
            last_on=JULY,
            times=2,
        ),
        AgencyContact(name="家主", last_on=date(2024, 5, 1), times=1),
        AgencyContact(name="見本市社会福祉協議会"),
    )


def test_whoever_was_named_last_is_the_addressee():
    met = [("見本薬局 架空", JULY), ("見本薬局 仮名", AUGUST), ("見本薬局", date(2024, 9, 1))]
    (found,) = agency_contacts(met, [])
    assert found.addressee == "見本薬局　仮名"
    assert AgencyContact(name="家主").addressee == "家主"
