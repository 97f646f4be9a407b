"""Handover sheets of many households in one run, each for its own reader. On both databases."""

from __future__ import annotations

import pytest

from desktop.domain.forms import FormMark
from desktop.domain.handover_sheets import Recipient
from desktop.jobs.household_printing import handover_sheet_press
from desktop.models.households import Household
from desktop.models.office import District
from desktop.reports.fonts import FontSet
from desktop.resources import resource_path
from desktop.services.printing import HouseholdPrinting, IssuedForms
from tests.reports.reading import page_texts
from tests.support.desk import small_office
from tests.support.factories import CLOCK, TODAY, make_household

FONTS = FontSet.of_office(resource_path("fonts"), search=())


@pytest.fixture
def office(engine):
    return small_office(engine)


def test_each_household_is_one_page_for_whoever_takes_it_over(office):
    desk = office.desk(office.caseworker)
    with office.work() as session:
        first = session.get_one(Household, office.household_id)
        other = make_household(session, district=session.get_one(District, first.district_id))
        other_id = other.id
    service = HouseholdPrinting(desk.work, CLOCK, desk.staff, desk.households.reading)
    issued = IssuedForms(desk.work, CLOCK, desk.staff, desk.households.reading)
    readers = {
        office.household_id: Recipient(name="担当　見本8", from_day=TODAY),
        other_id: Recipient(name="担当　見本9"),
    }
    press = handover_sheet_press(service, issued, lambda: FONTS, readers.__getitem__)
    run = press.draw([office.household_id, other_id], FormMark.PLAIN)
    pages = ["".join(text.split()) for text in page_texts(run.rendered.data)]
    assert len(pages) == 2
    assert "担当見本8" in pages[0]
    assert "担当見本9" in pages[1]
    assert run.issue is not None
    made = run.issue(None, None)
    assert [document.number for document in made.documents] == ["6-0001", "6-0002"]
    press.finish(made)
