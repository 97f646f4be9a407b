"""Inquiries for tests: obviously made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from desktop.domain.ids import new_id
from desktop.domain.inquiries import Consent, InquiryDraft, InquiryInFile, InquiryInput
from tests.support.desk import Desk, SmallOffice


def a_draft(**given: Any) -> InquiryDraft:
    """The balance of accounts, with consent, due in a month of the tests' day."""
    made = InquiryDraft(
        items=("bank_balance",),
        consent=Consent.ON_FILE,
        due_on=date(2024, 10, 31),
        purpose="資産の確認のため",
        more="",
    )
    return replace(made, **given)


def an_inquiry(office: SmallOffice, *, agency: str = "bank_sample", **given: Any) -> InquiryInput:
    """The head's accounts are asked for at the bank."""
    return InquiryInput(
        inquiry_id=new_id(),
        household_id=office.household_id,
        person_id=office.person_id,
        agency=agency,
        draft=a_draft(**given),
    )


def newest(desk: Desk, office: SmallOffice) -> InquiryInFile:
    """The newest inquiry of the file, as the person reads it."""
    return desk.inquiries.of_household(office.household_id).inquiries[0]
