"""Issuing: numbers, bytes, who may, the register, reprints and what is void; on both databases."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, select, update

from desktop.domain import issued_forms as rules
from desktop.domain.clock import FixedClock
from desktop.domain.errors import (
    ConflictError,
    NotPermittedError,
    ReasonNeededError,
    UserError,
    ValidationError,
)
from desktop.domain.forms import FormMark
from desktop.domain.ids import new_id
from desktop.domain.issued_forms import Drawn, RegisterQuery
from desktop.domain.reading import Purpose
from desktop.models.issued_forms import IssueBook, IssuedFileContent, IssuedFormRecord
from desktop.models.office import District
from desktop.services.audit import HistoryService
from desktop.services.printing import issued_register
from tests.services.support_policies.test_support_policies import in_force
from tests.services.test_main_job import decision, submitted
from tests.support import factories
from tests.support.desk import SmallOffice, later, read_and_decide, small_office
from tests.support.factories import CLOCK, TODAY
from tests.support.issued_forms import drawing, issued, issued_forms, of, slip
from tests.support.policies import issue


@pytest.fixture
def office(engine: Engine) -> SmallOffice:
    return small_office(engine)


@pytest.fixture
def caseworker(office):
    return issued_forms(office, office.caseworker)


@pytest.fixture
def records(office):
    return issued_forms(office, office.records)


def approved_policy(office):
    desk = office.desk(office.caseworker)
    in_force(office, desk, issue(person_id=office.person_id))
    return desk.policies.lines(office.household_id)[0].policy_id


def approved_entry(office):
    given = submitted(office, office.desk(office.caseworker))
    supervisor = office.desk(office.supervisor)
    read_and_decide(supervisor, decision(supervisor.approvals.queue()[0]))
    return given.entry_id


def far_household(office):
    with office.work() as session:
        (district,) = office.outsider.district_ids
        return factories.make_household(session, district=session.get_one(District, district)).id


def numbers(office):
    with office.work() as session:
        found = session.execute(select(IssuedFormRecord.fiscal_year, IssuedFormRecord.number))
        return sorted(tuple(row) for row in found)


def test_a_slip_is_issued_with_its_number_and_read_again_byte_for_byte(office, caseworker):
    made = caseworker.issue(slip(office), drawing())
    assert made.is_new
    assert made.data == "%PDF-1.7\n6-0001 見本".encode()
    stored = caseworker.bytes_of(made.issued_id)
    form = stored.form
    assert (form.label, form.form_code, form.mark, form.pages) == (
        "6-0001",
        "K-10",
        FormMark.PLAIN,
        1,
    )
    assert (form.size, form.sha256) == (len(made.data), hashlib.sha256(made.data).hexdigest())
    assert (form.issued_by, form.issued_at) == (office.caseworker.name, CLOCK.now())
    assert (stored.data, stored.recipient, made.sha256) == (made.data, "架空 花子 様", form.sha256)


def test_what_is_printed_on_it_is_the_servers_number_instant_and_the_issuers_name(
    office, caseworker
):
    seen = []

    def draw(stamp):
        seen.append(stamp)
        return drawing()(stamp)

    made = caseworker.issue(slip(office), draw)
    form = caseworker.bytes_of(made.issued_id).form
    (stamp,) = seen
    assert made.stamp == stamp
    assert (stamp.label, stamp.issued_at, stamp.mark) == (form.label, form.issued_at, form.mark)
    assert stamp.issued_by == office.caseworker.name


def test_the_same_request_again_gives_the_stored_bytes_and_draws_nothing(office, caseworker):
    request = slip(office)
    first = caseworker.issue(request, drawing("一度目"))
    again = caseworker.issue(request, drawing("二度目"))
    assert again == replace(first, is_new=False)
    assert numbers(office) == [(2024, 1)]
    with pytest.raises(ConflictError):
        caseworker.issue(replace(request, form_code="K-24"), drawing())


def test_numbers_run_without_a_gap_whatever_fails(office, caseworker):
    def broken(_stamp):
        raise RuntimeError

    caseworker.issue(slip(office), drawing())
    with pytest.raises(RuntimeError):
        caseworker.issue(slip(office), broken)
    for drawn in (
        Drawn(data=b"no pdf", pages=1),
        Drawn(data=b"", pages=1),
        Drawn(data=b"%PDF-" + bytes(rules.MOST_BYTES), pages=1),
        Drawn(data=b"%PDF-", pages=0),
        Drawn(data=b"%PDF-", pages=10_000),
    ):
        with pytest.raises(ValidationError) as caught:
            caseworker.issue(slip(office), lambda _, drawn=drawn: drawn)
        assert set(caught.value.fields) == {"file"}
    caseworker.issue(slip(office), drawing())
    assert numbers(office) == [(2024, 1), (2024, 2)]
    with office.work() as session:
        assert session.scalars(select(IssueBook.last_number)).one() == 2
        assert len(session.scalars(select(IssuedFileContent.issued_id)).all()) == 2


def test_a_fiscal_year_begins_with_one(office):
    march = FixedClock(datetime(2025, 3, 31, 14, 59, tzinfo=UTC))
    issued_forms(office, office.caseworker, march).issue(slip(office), drawing())
    april = issued_forms(office, office.supervisor, later(march, minutes=1))
    assert issued(april, slip(office)).label == "7-0001"
    assert numbers(office) == [(2024, 1), (2025, 1)]


def test_originals_are_issued_by_records_staff_of_the_approved_version(office, caseworker, records):
    policy_id = approved_policy(office)
    request = slip(office, form_code="K-05", subjects=of(policy_id))
    with pytest.raises(NotPermittedError, match="記録・庶務職員"):
        caseworker.issue(request, drawing())
    form = issued(records, request)
    assert (form.mark, form.subject_ids) == (FormMark.ORIGINAL, (policy_id,))
    for wrong in (of(policy_id, version=2), of(new_id())):
        with pytest.raises(NotPermittedError, match="決裁された版"):
            records.issue(slip(office, form_code="K-05", subjects=wrong), drawing())


def test_the_sheet_for_the_person_is_issued_by_the_caseworker(office, caseworker):
    subjects = of(approved_policy(office))
    form = issued(caseworker, slip(office, form_code="K-06", subjects=subjects))
    assert form.mark is FormMark.PLAIN


def test_a_record_is_issued_once_it_is_approved(office, records):
    given = submitted(office, office.desk(office.caseworker))
    request = slip(office, form_code="K-04", subjects=of(given.entry_id))
    with pytest.raises(NotPermittedError, match="決裁された版"):
        records.issue(request, drawing())
    supervisor = office.desk(office.supervisor)
    read_and_decide(supervisor, decision(supervisor.approvals.queue()[0]))
    assert issued(records, request).subject_ids == (given.entry_id,)


def test_what_is_not_issued_is_refused_in_a_sentence(office, caseworker):
    person = of(office.person_id, version=None)
    for changes, field in (
        ({"form_code": "X-99"}, "form_code"),
        ({"edition": " "}, "edition"),
        ({"edition": "版" * 41}, "edition"),
        ({"recipient": "様" * 201}, "recipient"),
        ({"subjects": person}, "subjects"),
        ({"form_code": "L-01"}, "subjects"),
        ({"form_code": "L-01", "subjects": of(office.person_id)}, "subjects"),
        ({"form_code": "L-01", "subjects": of(new_id(), version=None)}, "subjects"),
        ({"form_code": "L-01", "subjects": person * 2}, "subjects"),
    ):
        with pytest.raises(ValidationError) as caught:
            caseworker.issue(slip(office, **changes), drawing())
        assert set(caught.value.fields) == {field}, changes
    letter = slip(office, form_code="L-01", subjects=person)
    assert issued(caseworker, letter).number == 1


def test_another_teams_household_is_nobodys_to_issue_for_even_with_its_file_open(office):
    outsider = issued_forms(office, office.outsider)
    with pytest.raises(NotPermittedError):
        outsider.issue(slip(office), drawing())
    outsider.reading.open(Purpose.FILE, [office.household_id], reason="telephone_duty")
    with pytest.raises(NotPermittedError):
        outsider.issue(slip(office), drawing())
    assert numbers(office) == []


def test_a_later_issue_of_the_same_takes_the_place_of_the_one_in_force(office, caseworker, records):
    face = slip(office, form_code="K-02")
    first, second, third = (issued(records, replace(face, issued_id=new_id())) for _ in range(3))
    assert [f.replaces for f in (first, second, third)] == ["", "6-0001", "6-0002"]
    records.void(third.issued_id, "世帯員が違っていたため。")
    assert issued(records, replace(face, issued_id=new_id())).replaces == "6-0002"
    lines = {line.label: line for line in records.register(RegisterQuery()).lines}
    assert lines["6-0001"].replaced_by == "6-0002"
    assert lines["6-0002"].replaced_by == "6-0004"
    letters = [issued(caseworker, slip(office)) for _ in range(2)]
    assert [letter.replaces for letter in letters] == ["", ""]


def test_only_the_same_subjects_are_replaced(office, records):
    one, other = approved_entry(office), approved_entry(office)
    both = issued(records, slip(office, form_code="K-04", subjects=of(one, other)))
    single = issued(records, slip(office, form_code="K-04", subjects=of(one)))
    again = issued(records, slip(office, form_code="K-04", subjects=of(other, one)))
    assert (both.replaces, single.replaces, again.replaces) == ("", "", "6-0001")
    (found, *_) = records.register(RegisterQuery(subject_id=other)).lines
    assert (found.label, set(found.subject_ids)) == ("6-0003", {one, other})


def test_void_is_said_with_a_reason_by_records_staff_and_nothing_is_removed(
    office, caseworker, records
):
    form = issued(caseworker, slip(office))
    with pytest.raises(NotPermittedError):
        caseworker.void(form.issued_id, "書き間違い")
    for reason in ("", "　", "あ" * 1001):
        with pytest.raises(ValidationError) as caught:
            records.void(form.issued_id, reason)
        assert set(caught.value.fields) == {"reason"}
    with pytest.raises(NotPermittedError):
        records.void(new_id(), "書き間違い")
    records.void(form.issued_id, "　書き間違い\n")
    records.void(form.issued_id, "書き間違い")
    with pytest.raises(ConflictError):
        records.void(form.issued_id, "別の理由")
    seen = caseworker.bytes_of(form.issued_id)
    assert (seen.form.is_void, seen.form.voided_by) == (True, office.records.name)
    assert seen.void_reason == "書き間違い"
    assert seen.data.startswith(b"%PDF-")


def test_a_reprint_is_noted_and_stands_in_the_files_access_history(office, caseworker):
    made = caseworker.issue(slip(office), drawing())
    digest = made.sha256
    caseworker.note_print(new_id(), [made.issued_id], FormMark.PLAIN, pages=1, sha256=digest)
    batch_id = new_id()
    for _ in range(2):
        caseworker.note_reprint(batch_id, [made.issued_id], pages=1, sha256=digest)
    desk = office.desk(office.supervisor)
    history = HistoryService(desk.work, office.supervisor, desk.records.reading)
    prints = [a for a in history.accesses(office.household_id) if a.purpose == "print"]
    assert {(a.who, a.reason) for a in prints} == {
        (office.caseworker.name, "plain"),
        (office.caseworker.name, "copy"),
    }
    assert len(prints) == 2


def test_a_void_form_is_not_reprinted_and_other_bytes_are_no_reprint(office, caseworker, records):
    form = issued(caseworker, slip(office))
    with pytest.raises(ConflictError, match="違います"):
        caseworker.note_reprint(new_id(), [form.issued_id], pages=1, sha256="0" * 64)
    with pytest.raises(ConflictError, match="違います"):
        caseworker.note_reprint(new_id(), [form.issued_id], pages=2, sha256=form.sha256)
    records.void(form.issued_id, "書き間違い")
    with pytest.raises(ConflictError, match="失効"):
        caseworker.note_reprint(new_id(), [form.issued_id], pages=1, sha256=form.sha256)


def test_originals_are_reprinted_by_records_staff_and_several_in_one_run(
    office, caseworker, records
):
    entry = of(approved_entry(office))
    face = records.issue(slip(office, form_code="K-04", subjects=entry), drawing())
    sheet = caseworker.issue(slip(office), drawing())
    with pytest.raises(NotPermittedError):
        caseworker.note_reprint(new_id(), [face.issued_id], pages=1, sha256=face.sha256)
    with pytest.raises(NotPermittedError):
        issued_forms(office, office.outsider).note_reprint(
            new_id(), [sheet.issued_id], pages=1, sha256=sheet.sha256
        )
    batch_id = new_id()
    both = [face.issued_id, sheet.issued_id]
    records.note_reprint(batch_id, both, pages=2, sha256="0" * 64)
    with pytest.raises(NotPermittedError):
        records.note_reprint(batch_id, both[:1], pages=1, sha256=face.sha256)
    with pytest.raises(NotPermittedError):
        records.note_print(new_id(), both, FormMark.PLAIN, pages=2, sha256="0" * 64)
    with pytest.raises(NotPermittedError):
        records.note_reprint(new_id(), [], pages=1, sha256="0" * 64)
    for pages, sha256 in ((0, "0" * 64), (2, "none")):
        with pytest.raises(NotPermittedError):
            records.note_reprint(new_id(), both, pages=pages, sha256=sha256)
    with pytest.raises(UserError, match="一度に"):
        records.note_reprint(new_id(), [new_id()] * 1001, pages=1, sha256="0" * 64)


def test_the_register_is_searched_by_number_case_form_day_and_person(office, caseworker, records):
    face = issued(records, slip(office, form_code="K-02"))
    sheet = issued(caseworker, slip(office))

    def found(**query):
        return [line.label for line in records.register(RegisterQuery(**query)).lines]

    assert found() == ["6-0002", "6-0001"]
    assert found(number="６－０００１") == ["6-0001"]
    assert found(number="6-9") == []
    assert found(case_number=sheet.case_number) == ["6-0002", "6-0001"]
    assert found(case_number="none") == []
    assert found(form_code="K-02") == ["6-0001"]
    assert found(issued_by=office.caseworker.staff_id) == ["6-0002"]
    assert found(household_id=office.household_id, issued_from=TODAY) == ["6-0002", "6-0001"]
    assert found(issued_from=date(2024, 1, 1), issued_to=TODAY) == ["6-0002", "6-0001"]
    assert found(issued_to=date(2024, 1, 1)) == []
    assert found(before=(face.fiscal_year, 2)) == ["6-0001"]
    with pytest.raises(ValidationError) as caught:
        found(number="六番")
    assert set(caught.value.fields) == {"number"}
    assert face.head_name == "架空 花子"


def test_the_register_comes_a_page_at_a_time(office, caseworker, monkeypatch):
    monkeypatch.setattr(issued_register, "MOST_LINES", 2)
    for _ in range(5):
        caseworker.issue(slip(office), drawing())
    before, seen = None, []
    while True:
        page = caseworker.register(RegisterQuery(before=before))
        seen.append([line.number for line in page.lines])
        before = page.next_before
        if before is None:
            break
    assert seen == [[5, 4], [3, 2], [1]]


def test_another_team_sees_nothing_of_it(office, caseworker):
    form = issued(caseworker, slip(office))
    outsider = issued_forms(office, office.outsider)
    assert outsider.register(RegisterQuery()).lines == ()
    with pytest.raises(NotPermittedError):
        outsider.bytes_of(form.issued_id)
    with pytest.raises(ReasonNeededError):
        outsider.of_household(office.household_id)


def test_an_opened_file_shows_every_issue(office, caseworker, records):
    records.issue(slip(office, form_code="K-02"), drawing())
    caseworker.issue(slip(office), drawing())
    records.issue(slip(office, household_id=far_household(office), form_code="K-02"), drawing())
    lines = caseworker.of_household(office.household_id)
    assert [(line.label, line.form_code) for line in lines] == [
        ("6-0002", "K-10"),
        ("6-0001", "K-02"),
    ]


def test_several_are_read_in_the_order_asked_for(office, records, caseworker):
    ids = [issued(caseworker, slip(office)).issued_id for _ in range(3)][::-1]
    assert [f.form.issued_id for f in records.files_of(ids)] == ids
    with pytest.raises(NotPermittedError):
        records.files_of([*ids, new_id()])
    with pytest.raises(UserError):
        records.files_of([new_id()] * (rules.MOST_REPRINTED + 1))


def test_bytes_that_were_changed_behind_the_program_are_told_and_not_shown(
    office, caseworker, caplog
):
    form = issued(caseworker, slip(office))
    with office.work() as session:
        session.execute(update(IssuedFileContent).values(data=b"%PDF-other"))
    with pytest.raises(UserError, match="一致しません"):
        caseworker.bytes_of(form.issued_id)
    assert str(form.issued_id) in caplog.text
    assert "花子" not in caplog.text
