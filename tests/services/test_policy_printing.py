"""The 援助方針記録票 on its way to paper: what stands on it, who may print it as what, and the log; on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, select

from desktop.database.reading import ReadingDoor
from desktop.domain.errors import NotPermittedError
from desktop.domain.forms import FormMark, PolicyForm
from desktop.domain.office import SignedInStaff
from desktop.domain.support_policies import IssueDomain
from desktop.jobs.policy_printing import (
    explanation_job,
    other_programmes_job,
    policy_job,
)
from desktop.jobs.printing import NotedSheetJob
from desktop.models.masters import MasterValue
from desktop.models.records import PrintBatch
from desktop.models.support_policies import PrintedFile, PrintedPolicy
from desktop.reports.fonts import FontSet
from desktop.resources import resource_path
from desktop.services.audit import HistoryService
from desktop.services.printing import OtherProgrammesPrinting, PolicyPrinting
from tests.services.support_policies.test_support_policies import in_force
from tests.support.desk import SmallOffice, small_office
from tests.support.factories import CLOCK, TODAY
from tests.support.policies import issue, written


@pytest.fixture
def office(engine: Engine) -> SmallOffice:
    return small_office(engine)


def printing(office: SmallOffice, staff: SignedInStaff) -> PolicyPrinting:
    work = office.desk(staff).work
    return PolicyPrinting(work, CLOCK, staff, ReadingDoor(work, CLOCK, staff))


def job(office: SmallOffice, staff: SignedInStaff) -> NotedSheetJob[PolicyForm]:
    fonts = FontSet.of_office(resource_path("fonts"), search=())
    return policy_job(printing(office, staff), lambda: fonts)


def approved(office: SmallOffice):
    desk = office.desk(office.caseworker)
    in_force(office, desk, issue(person_id=office.person_id))
    return desk.policies.lines(office.household_id)[0].policy_id


def printed(office: SmallOffice) -> list[tuple[object, int]]:
    with office.work() as session:
        rows = session.execute(select(PrintedPolicy.policy_id, PrintedPolicy.version))
        return [(policy_id, version) for policy_id, version in rows]


def test_the_original_says_who_stamped_and_whom_an_issue_is_about(office):
    policy_id = approved(office)
    form = printing(office, office.records).prepare(policy_id, FormMark.ORIGINAL)
    assert [(s.position_label, s.name) for s in form.stamps] == [
        ("担当", office.caseworker.name),
        ("査察指導員", office.supervisor.name),
        ("課長", office.head.name),
    ]
    assert form.stamps[1].stamped_on == TODAY
    assert office.person_id in form.names


def test_what_went_to_paper_is_noted_once(office):
    policy_id = approved(office)
    by = job(office, office.records)
    run = by.draw([policy_id], FormMark.ORIGINAL)
    assert printed(office) == []
    by.finish(run)
    by.finish(run)
    assert printed(office) == [(policy_id, 1)]


def test_who_printed_a_policy_stands_in_the_files_access_history(office):
    policy_id = approved(office)
    by = job(office, office.records)
    by.finish(by.draw([policy_id], FormMark.ORIGINAL))
    desk = office.desk(office.supervisor)
    histories = HistoryService(
        desk.work, office.supervisor, ReadingDoor(desk.work, CLOCK, office.supervisor)
    )
    seen = histories.accesses(office.household_id)
    assert ("print", office.records.name) in [(access.purpose, access.who) for access in seen]


def test_a_draft_is_printed_as_a_draft_only(office):
    desk = office.desk(office.caseworker)
    saved = desk.policies.save(written(desk, office.household_id))
    form = printing(office, office.caseworker).prepare(saved.policy_id, FormMark.DRAFT)
    assert form.stamps[0].stamped_on is None
    desk.policies.submit(saved.policy_id, saved.version)
    with pytest.raises(NotPermittedError):
        printing(office, office.records).prepare(saved.policy_id, FormMark.ORIGINAL)


def test_originals_are_the_work_of_records_staff(office):
    policy_id = approved(office)
    with pytest.raises(NotPermittedError):
        printing(office, office.caseworker).prepare(policy_id, FormMark.ORIGINAL)
    with pytest.raises(NotPermittedError):
        printing(office, office.caseworker).record(
            policy_id, [policy_id], FormMark.COPY, pages=1, sha256=""
        )


def test_the_sheet_for_the_person_names_whom_to_ask_and_reads_the_names(office):
    policy_id = approved(office)
    service = printing(office, office.caseworker)
    plain = service.explanation_sheet(policy_id, with_readings=False)
    assert plain.words is None
    assert "".join(piece.text for piece in plain.caseworker) == office.caseworker.name
    made = service.explanation_sheet(policy_id, with_readings=True)
    assert made.words is not None
    assert made.words["相談"] == "そうだん"
    assert made.names[office.person_id] == made.head
    assert all(piece.reading or not piece.text.strip() for piece in made.head)


def test_the_sheet_for_the_person_gives_the_offices_number(office):
    policy_id = approved(office)
    service = printing(office, office.caseworker)
    assert service.explanation_sheet(policy_id, with_readings=False).phone == ""
    with office.work() as session:
        session.add(
            MasterValue(
                office_id=office.caseworker.office_id,
                table_name="letter_contact",
                key="letter",
                valid_from=TODAY,
                value={"label": "生活相談係", "phone": "000-000-0000", "hours": ""},
                entered_at=CLOCK.now(),
                approved_at=CLOCK.now(),
            )
        )
    assert service.explanation_sheet(policy_id, with_readings=False).phone == "000-000-0000"


def test_a_word_that_the_office_added_is_read(office):
    policy_id = approved(office)
    with office.work() as session:
        value = MasterValue(
            office_id=office.caseworker.office_id,
            table_name="readings",
            key="架空町",
            valid_from=TODAY,
            value={"reading": "かくうちょう"},
            entered_at=CLOCK.now(),
            approved_at=CLOCK.now(),
        )
        session.add(value)
    made = printing(office, office.caseworker).explanation_sheet(policy_id, with_readings=True)
    assert made.words is not None
    assert made.words["架空町"] == "かくうちょう"


def test_the_sheet_for_the_person_is_printed_by_the_caseworker_and_noted_as_such(office):
    policy_id = approved(office)
    fonts = FontSet.of_office(resource_path("fonts"), search=())
    by = explanation_job(printing(office, office.caseworker), lambda: fonts, with_readings=False)
    by.finish(by.draw([policy_id], FormMark.PLAIN))
    with office.work() as session:
        rows = session.execute(
            select(PrintedPolicy.form, PrintBatch.mark, PrintBatch.printed_by).join(
                PrintBatch, PrintBatch.id == PrintedPolicy.batch_id
            )
        ).all()
    assert [tuple(row) for row in rows] == [("K-06", "plain", office.caseworker.staff_id)]


def test_what_is_not_approved_has_no_sheet_for_the_person(office):
    desk = office.desk(office.caseworker)
    saved = desk.policies.save(written(desk, office.household_id))
    with pytest.raises(NotPermittedError):
        printing(office, office.caseworker).explanation_sheet(saved.policy_id, with_readings=False)


def programmes(office: SmallOffice, staff: SignedInStaff) -> OtherProgrammesPrinting:
    work = office.desk(staff).work
    return OtherProgrammesPrinting(work, CLOCK, staff, ReadingDoor(work, CLOCK, staff))


def test_the_list_of_other_laws_quotes_the_issues_of_the_policy_in_force(office):
    desk = office.desk(office.caseworker)
    claim = issue("年金の請求が済んでいない", domain=IssueDomain.OTHER_PROGRAMMES)
    in_force(office, desk, issue(), claim)
    form = programmes(office, office.caseworker).prepare(office.household_id)
    assert [i.text for i in form.issues] == ["年金の請求が済んでいない"]
    (person,) = form.people
    assert person.person_id == office.person_id
    assert person.age is not None
    codes = {item.programme.code for item in person.items}
    assert "disability_handbook" in codes
    assert "child_allowance" not in codes


def test_a_list_that_went_to_paper_stands_in_the_files_access_history(office):
    fonts = FontSet.of_office(resource_path("fonts"), search=())
    by = other_programmes_job(programmes(office, office.caseworker), lambda: fonts)
    run = by.draw([office.household_id], FormMark.PLAIN)
    by.finish(run)
    by.finish(run)
    with office.work() as session:
        assert session.scalars(select(PrintedFile.form)).all() == ["K-24"]
    desk = office.desk(office.supervisor)
    reading = ReadingDoor(desk.work, CLOCK, office.supervisor)
    seen = HistoryService(desk.work, office.supervisor, reading).accesses(office.household_id)
    assert ("print", office.caseworker.name) in [(access.purpose, access.who) for access in seen]
