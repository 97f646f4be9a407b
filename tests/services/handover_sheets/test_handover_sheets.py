"""The handover sheet gathers what the file knows, for its next reader; a ticket is committed before. On both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from desktop.domain.errors import NotPermittedError, ReasonNeededError
from desktop.domain.handover_sheets import CARE_CHARACTERS, LINE_CHARACTERS, Recipient
from desktop.domain.households import SafetyMarkKind
from desktop.domain.ids import new_id
from desktop.domain.liaisons import BAR_REASON, LIAISON_KIND, BarReason, LiaisonKind
from desktop.domain.support_policies import INDEPENDENCE
from desktop.domain.telephone_memos import MemoInput
from desktop.domain.todos import TodoInput, TodoOrigin
from desktop.domain.working_time import Half
from desktop.models.households import Household, SafetyMark
from desktop.models.imports import TicketHousehold
from desktop.models.office import Staff
from desktop.models.working_time import VisitAppointment
from desktop.services.printing import HouseholdPrinting
from tests.services.support_policies.test_support_policies import in_force
from tests.services.test_main_job import written
from tests.support.desk import small_office
from tests.support.factories import (
    CLOCK,
    LONG_AGO,
    TODAY,
    days_ago,
    make_entry,
    make_promise,
)
from tests.support.liaisons import a_liaison
from tests.support.policies import issue


@pytest.fixture
def office(engine):
    return small_office(engine)


def sheet(office, staff=None, reader=None):
    desk = office.desk(staff or office.caseworker)
    service = HouseholdPrinting(desk.work, CLOCK, desk.staff, desk.households.reading)
    return service.handover_sheet(office.household_id, reader)


def words(part):
    return {(line.label, line.words) for line in part.lines}


def test_an_untouched_household_is_named_with_whom_it_goes_to(office):
    found = sheet(office, reader=Recipient(name="担当　見本9", from_day=TODAY))
    assert (found.head_name, found.state) == ("架空 花子", "受給中")
    assert (found.old_caseworker, found.new_caseworker) == (office.caseworker.name, "担当　見本9")
    assert found.in_charge_since == LONG_AGO
    assert found.from_day == TODAY
    assert [m.name for m in found.members] == ["架空 花子"]
    assert found.open_items.lines == found.ahead.lines == found.policy.lines == ()


def test_what_waits_and_what_comes_stand_apart(office):
    caseworker = office.desk(office.caseworker)
    with office.work() as session:
        author = session.get_one(Staff, office.caseworker.staff_id)
        entry = make_entry(
            session, session.get_one(Household, office.household_id), author, event_on=days_ago(9)
        )
        make_promise(session, entry, due_on=days_ago(2), what="領収書を出す")
        make_promise(session, entry, due_on=TODAY + timedelta(days=20), what="通帳を持ってくる")
        make_promise(session, entry, due_on=TODAY + timedelta(days=90), what="ずっと先のこと")
        session.add(
            VisitAppointment(
                id=new_id(),
                office_id=author.office_id,
                household_id=office.household_id,
                day=TODAY + timedelta(days=6),
                half=Half.AM,
                is_announced=True,
                set_by=author.id,
                set_at=CLOCK.now(),
            )
        )
    office.desk(office.supervisor).todos.assign(
        TodoInput(
            owner_id=office.caseworker.staff_id,
            household_id=office.household_id,
            origin=TodoOrigin.ASSIGNED,
            text="年金の証書の写しを\nもらう",
            due_on=TODAY,
        )
    )
    office.desk(office.outsider).memos.take(
        MemoInput(memo_id=new_id(), household_id=office.household_id, who="長女", what="用件")
    )
    caseworker.records.save(written(office, caseworker))
    found = sheet(office)
    open_ones = words(found.open_items)
    assert {
        ("依頼", "年金の証書の写しを もらう"),
        ("電話メモ", "長女：用件"),
        ("約束", "世帯主：領収書を出す"),
    } <= open_ones
    assert any(label == "記録" and "1件" in said for label, said in open_ones)
    assert words(found.ahead) == {
        ("約束", "世帯主：通帳を持ってくる"),
        ("約束の訪問", "訪問午前"),
    }
    assert found.open_items.lines[0].is_late
    assert [line.label for line in found.recent][-1] == "家庭訪問"
    assert found.last_met_on == TODAY


def test_marks_say_what_not_to_do_and_lines_never_run_over(office):
    with office.work() as session:
        for kind in (SafetyMarkKind.NO_PHONE, SafetyMarkKind.VISIT_IN_PAIRS):
            session.add(
                SafetyMark(
                    id=new_id(),
                    office_id=office.caseworker.office_id,
                    household_id=office.household_id,
                    kind=kind,
                    valid_from=LONG_AGO,
                )
            )
        entry = make_entry(
            session,
            session.get_one(Household, office.household_id),
            session.get_one(Staff, office.caseworker.staff_id),
        )
        for _ in range(12):
            make_promise(session, entry, due_on=days_ago(1), what="とても長い約束の文" * 20)
    found = sheet(office)
    assert words(found.cares) == {("注意", "訪問は必ず二人で。"), ("注意", "電話をかけない。")}
    assert all(len(line.words) <= LINE_CHARACTERS for line in found.open_items.lines)
    # Twelve promises, and the record itself, which nobody approved yet.
    assert len(found.open_items.lines) + found.open_items.more == 13


def three_liaisons(office):
    """A doctor, kin who must not be rung, and a landlord of former times."""
    desk = office.desk(office.caseworker)
    for changes in (
        {"name": "前の家主", "valid_to": days_ago(1)},
        {
            "kind": LiaisonKind.DOCTOR,
            "name": "見本病院",
            "telephone": "06-0000-0000",
            "whom": "精神科",
            "hours": "夕方",
        },
        {
            "kind": LiaisonKind.KIN,
            "name": "架空 次郎",
            "telephone": "06-1111-1111",
            "bar": BarReason.VIOLENCE,
        },
    ):
        desk.liaisons.keep(a_liaison(office.household_id, **changes))


def test_who_is_rung_stands_among_the_contacts_and_who_is_not_among_the_do_nots(office):
    three_liaisons(office)
    found = sheet(office)
    assert words(found.contacts) == {("主治医・病院", "見本病院　電話 06-0000-0000（夕方）")}
    assert words(found.cares) == {
        (
            "連絡しない",
            "親族　架空 次郎：DV・虐待などの危険",
        )
    }


def test_the_sheet_of_a_shielded_household_names_no_liaison(office):
    three_liaisons(office)
    with office.work() as session:
        session.add(
            SafetyMark(
                id=new_id(),
                office_id=office.caseworker.office_id,
                household_id=office.household_id,
                kind=SafetyMarkKind.SHIELDED,
                valid_from=LONG_AGO,
            )
        )
    found = sheet(office)
    said = "".join(line.words for line in (*found.contacts.lines, *found.cares.lines))
    assert "見本病院" not in said
    assert "次郎" not in said
    assert "0000" not in said
    assert [line.label for line in found.contacts.lines] == ["関係先"]
    assert [line.label for line in found.cares.lines] == ["注意", "連絡しない"]
    assert found.cares.lines[1].words.startswith("1件。")


def test_a_long_name_cuts_no_number_off(office):
    given = a_liaison(office.household_id, name="あ" * 40, whom="い" * 60, hours="う" * 60)
    office.desk(office.caseworker).liaisons.keep(given)
    (line,) = sheet(office).contacts.lines
    assert "0721-00-0001" in line.words
    assert len(line.words) <= CARE_CHARACTERS


@pytest.mark.parametrize("bar", list(BarReason))
def test_a_long_name_cuts_no_reason_off(office, bar):
    kind = max(LiaisonKind, key=lambda each: len(LIAISON_KIND[each]))
    given = a_liaison(office.household_id, name="あ" * 40, kind=kind, bar=bar, note="わけ")
    office.desk(office.caseworker).liaisons.keep(given)
    (line,) = sheet(office).cares.lines
    assert line.words.endswith(BAR_REASON[bar])


def test_the_issues_of_the_policy_in_force_stand_in_one_line_each(office):
    issues = [issue(f"課題{n}") for n in range(4)]
    in_force(office, office.desk(office.caseworker), *issues)
    found = sheet(office)
    assert [line.words for line in found.policy.lines] == ["課題0", "課題1", "課題2"]
    assert found.policy.lines[0].label == INDEPENDENCE[issues[0].independence]
    assert found.policy.more == 1
    assert found.policy_on == TODAY


def test_a_file_outside_the_duty_asks_for_a_reason_and_the_reading_is_in_the_log(office):
    with pytest.raises(ReasonNeededError):
        sheet(office, office.outsider)
    sheet(office, office.supervisor)
    with office.work() as session:
        assert session.scalars(select(TicketHousehold.household_id)).all() == [office.household_id]


def test_who_prints_nothing_of_files_prints_no_sheet(office):
    with pytest.raises(NotPermittedError):
        sheet(office, office.head)
