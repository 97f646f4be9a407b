"""The call list of an approved month: who stands on it, with which number, and what the log keeps. On both databases."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from desktop.domain.call_lists import ToldBy
from desktop.domain.errors import NotPermittedError, UserError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.visit_plans import Deviation, DeviationInput, PlanKind
from desktop.domain.visit_telephones import Telephones
from desktop.domain.working_time import Half
from desktop.models.records import PrintBatch
from desktop.models.support_policies import PrintedFile
from tests.support.call_lists import (
    AGREED,
    OCTOBER,
    announced,
    approved_month,
    call_lists,
    gives_numbers,
    has_gateway,
    marked,
)
from tests.support.factories import TODAY
from tests.support.transfers import shield
from tests.support.visit_plans import a_change, a_visit, district_of, one_more_household

SHA = "ab" * 32


@pytest.fixture
def other(office):
    return one_more_household(office.work, office.household_id)


def listed(desk, office):
    return call_lists(desk).prepare(district_of(office), OCTOBER)


def deviate(desk, head, visit, change, *, shown=0, **to):
    return desk.visit_plans.deviate(
        DeviationInput(
            deviation_id=new_id(),
            plan_id=head.plan_id,
            visit_id=visit.visit_id,
            household_id=visit.household_id,
            change=change,
            shown=shown,
            reason="office",
            **to,
        )
    )


def test_announced_visits_stand_by_day_and_half_with_their_numbers(
    office, caseworker, supervisor, other
):
    gives_numbers(caseworker, office.household_id)
    silent = a_visit(other, OCTOBER, day=date(2024, 10, 8), half=Half.AM)
    approved_month(
        *(office, caseworker, supervisor),
        announced(office.household_id, 9),
        announced(other, 9, Half.AM),
        silent,
    )
    found = listed(caseworker, office)
    assert [(x.day.day, x.half, x.number, x.may_call) for x in found.lines] == [
        (9, Half.AM, "", True),
        (9, Half.PM, "03-0000-0001", True),
    ]
    assert [x.told_by for x in found.lines] == [(ToldBy.TELEPHONE,), (ToldBy.TELEPHONE,)]
    assert found.imprint.printed_by == office.caseworker.name
    assert "0000-0001" not in repr(found)


def test_a_household_that_agreed_is_told_by_message_where_there_is_a_gateway(
    office, caseworker, supervisor
):
    gives_numbers(caseworker, office.household_id)
    has_gateway(office)
    approved_month(office, caseworker, supervisor, announced(office.household_id, 9))
    (line,) = listed(caseworker, office).lines
    assert line.told_by == (ToldBy.MESSAGE, ToldBy.TELEPHONE)


def test_a_shielded_household_is_its_number_alone(office, caseworker, supervisor, other):
    gives_numbers(caseworker, office.household_id)
    shield(office)
    approved_month(
        *(office, caseworker, supervisor), announced(office.household_id, 9), announced(other, 10)
    )
    line, _ = listed(caseworker, office).lines
    assert (line.head_name, line.number, line.may_call, line.told_by) == ("", "", False, ())
    assert line.is_shielded
    assert line.case_number


def test_who_must_not_be_called_has_no_number(office, caseworker, supervisor):
    gives_numbers(caseworker, office.household_id)
    marked(office, office.household_id, "no_phone")
    approved_month(office, caseworker, supervisor, announced(office.household_id, 9))
    (line,) = listed(caseworker, office).lines
    assert (line.number, line.may_call, line.told_by) == ("", False, ())
    assert line.head_name


def test_changes_after_the_approval_are_followed(office, caseworker, supervisor, other):
    moved, gone = announced(office.household_id, 9), announced(other, 10)
    head = approved_month(office, caseworker, supervisor, moved, gone)
    to = {"month": OCTOBER, "day": date(2024, 10, 16), "half": Half.AM}
    deviate(caseworker, head, moved, Deviation.MOVED, **to)
    deviate(caseworker, head, gone, Deviation.CANCELLED, shown=1)
    (line,) = listed(caseworker, office).lines
    assert (line.day.day, line.half) == (16, Half.AM)


def test_only_an_approved_month_of_the_own_duty_is_listed(office, caseworker, supervisor):
    change = a_change(
        office, announced(office.household_id, 9), kind=PlanKind.MONTH, first_on=OCTOBER
    )
    caseworker.visit_plans.save(change)
    with pytest.raises(NotPermittedError, match="承認された"):
        listed(caseworker, office)
    with pytest.raises(NotPermittedError, match="担当する地区"):
        listed(office.desk(office.outsider), office)
    with pytest.raises(NotPermittedError):
        listed(office.desk(office.head), office)


def test_without_anybody_to_tell_there_is_no_paper(office, caseworker, supervisor):
    visit = a_visit(office.household_id, OCTOBER, day=date(2024, 10, 9), half=Half.AM)
    approved_month(office, caseworker, supervisor, visit)
    with pytest.raises(UserError, match="知らせる訪問がありません"):
        listed(caseworker, office)


def test_every_household_of_the_list_is_in_the_log_once(office, caseworker, supervisor):
    approved_month(office, caseworker, supervisor, announced(office.household_id, 9))
    found, batch = listed(caseworker, office), new_id()
    for _ in range(2):
        call_lists(caseworker).record(batch, found.household_ids, pages=1, sha256=SHA)
    with office.work() as session:
        (row,) = session.scalars(select(PrintBatch)).all()
        (printed,) = session.scalars(select(PrintedFile)).all()
    assert (row.mark, row.printed_by, row.sha256) == ("plain", office.caseworker.staff_id, SHA)
    assert (printed.form, printed.household_id) == ("K-08T", office.household_id)


def test_numbers_are_kept_as_figures_with_hyphens_and_belong_to_a_version(office, caseworker):
    typed = Telephones(
        call_number="０３（００００）０００１", message_number="+81 90-0000-0002", agreed_on=TODAY
    )
    gives_numbers(caseworker, office.household_id, typed)
    kept = caseworker.preferences.of_household(office.household_id).telephones
    assert (kept.call_number, kept.message_number) == ("03-0000-0001", "090-0000-0002")
    gives_numbers(caseworker, office.household_id, Telephones())
    assert caseworker.preferences.of_household(office.household_id).telephones.is_empty


@pytest.mark.parametrize(
    ("telephones", "field"),
    [
        (Telephones(call_number="=1+1"), "call_number"),
        (Telephones(call_number="03-1234"), "call_number"),
        (Telephones(message_number="090-0000-0002\n=HYPERLINK(1)"), "message_number"),
        (Telephones(agreed_on=TODAY), "message_number"),
        (Telephones(message_number="090-0000-0002", agreed_on=date(2024, 10, 2)), "agreed_on"),
    ],
)
def test_what_is_no_number_or_no_agreement_is_refused(office, caseworker, telephones, field):
    with pytest.raises(ValidationError) as refused:
        gives_numbers(caseworker, office.household_id, telephones)
    assert set(refused.value.fields) == {field}


def test_the_numbers_of_a_household_are_shown_with_its_file(office, caseworker):
    gives_numbers(caseworker, office.household_id)
    assert caseworker.preferences.of_household(office.household_id).telephones == AGREED
