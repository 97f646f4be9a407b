"""The file of short messages: who gets one, what stands in it, and that its leaving is noted. On both databases."""

from __future__ import annotations

import csv
import hashlib
import io
from datetime import date

import pytest
from sqlalchemy import select

from desktop.domain.errors import NotPermittedError, UserError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.visit_plans import Deviation, DeviationInput
from desktop.domain.visit_telephones import Telephones
from desktop.domain.working_time import Half
from desktop.jobs.short_messages import ShortMessageFiles
from desktop.models.records import PrintBatch
from desktop.models.support_policies import PrintedFile
from desktop.services.printing.log import latest_runs
from tests.support.call_lists import (
    OCTOBER,
    announced,
    approved_month,
    gives_numbers,
    has_gateway,
    marked,
    short_messages,
)
from tests.support.transfers import shield
from tests.support.visit_plans import district_of, one_more_household

FIRST, UNTIL = date(2024, 10, 8), date(2024, 10, 15)
COLUMNS = (("番号", "number", ""), ("本文", "text", ""))


@pytest.fixture
def other(office):
    return one_more_household(office.work, office.household_id)


def prepared(desk, office, first=FIRST, until=UNTIL):
    return short_messages(desk).prepare(district_of(office), first, until)


def rows_of(file, encoding="cp932"):
    return list(csv.reader(io.StringIO(file.data.decode(encoding), newline="")))


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


def test_a_new_office_is_offered_nothing(office, caseworker, supervisor):
    gives_numbers(caseworker, office.household_id)
    approved_month(office, caseworker, supervisor, announced(office.household_id, 9))
    assert not short_messages(caseworker).is_offered()
    with pytest.raises(NotPermittedError, match="設定値"):
        prepared(caseworker, office)


def test_the_file_holds_what_the_columns_say_and_no_more(office, caseworker, supervisor):
    gives_numbers(caseworker, office.household_id)
    has_gateway(office, *COLUMNS)
    approved_month(office, caseworker, supervisor, announced(office.household_id, 9))
    assert short_messages(caseworker).is_offered()
    file = prepared(caseworker, office)
    assert rows_of(file) == [
        ["番号", "本文"],
        ["09000000002", "10月9日（水）午後に伺います。"],
    ]
    assert file.data.endswith(b"\r\n")
    assert (file.name, file.count) == ("visits-20241008-20241015.csv", 1)
    assert "09000000002" not in repr(file)


def test_every_kind_of_column_stands_in_the_office_s_order(office, caseworker, supervisor):
    gives_numbers(caseworker, office.household_id)
    has_gateway(
        *(office, ("種", "fixed", "SMS"), ("半日", "half_day", ""), ("日", "day", "")),
        *(("番", "number_parted", ""), ("件", "case_number", ""), ("控", "reference", "")),
        has_header=False,
        encoding="utf8",
    )
    approved_month(office, caseworker, supervisor, announced(office.household_id, 9))
    file = prepared(caseworker, office)
    ((fixed, half, day, number, case_number, reference, *_),) = rows_of(file, "utf-8")
    assert (fixed, half, day, number) == ("SMS", "午後", "2024/10/09", "090-0000-0002")
    assert case_number
    assert reference == f"{file.batch_id.hex[-6:]}-0001"


def test_the_days_are_from_the_first_to_before_the_last(office, caseworker, supervisor, other):
    gives_numbers(caseworker, office.household_id)
    gives_numbers(caseworker, other)
    has_gateway(office, *COLUMNS)
    approved_month(
        *(office, caseworker, supervisor),
        announced(office.household_id, 8),
        announced(office.household_id, 15),
        announced(other, 7),
    )
    file = prepared(caseworker, office)
    assert [row[1][:5] for row in rows_of(file)[1:]] == ["10月8日"]
    assert file.household_ids == (office.household_id,)


def test_only_who_agreed_gets_a_message(office, caseworker, supervisor, other):
    gives_numbers(caseworker, office.household_id)
    gives_numbers(caseworker, other, Telephones(message_number="090-0000-0003"))
    has_gateway(office, *COLUMNS)
    approved_month(
        *(office, caseworker, supervisor), announced(office.household_id, 9), announced(other, 9)
    )
    file = prepared(caseworker, office)
    assert file.household_ids == (office.household_id,)
    assert file.left_out.words == "同意なし1件"
    gives_numbers(caseworker, office.household_id, Telephones(message_number="090-0000-0002"))
    with pytest.raises(UserError, match="同意なし2件"):
        prepared(caseworker, office)


def test_shielded_households_and_those_not_to_be_called_never_do(
    office, caseworker, supervisor, other
):
    third = one_more_household(office.work, office.household_id)
    for household_id in (office.household_id, other, third):
        gives_numbers(caseworker, household_id)
    has_gateway(office, *COLUMNS)
    shield(office)
    marked(office, other, "no_phone")
    approved_month(
        *(office, caseworker, supervisor),
        *(announced(household_id, 9) for household_id in (office.household_id, other, third)),
    )
    file = prepared(caseworker, office)
    assert file.household_ids == (third,)
    assert file.left_out.words == "支援措置1件、電話不可1件"


def test_a_moved_visit_is_told_as_it_stands_and_a_cancelled_one_not_at_all(
    office, caseworker, supervisor, other
):
    gives_numbers(caseworker, office.household_id)
    gives_numbers(caseworker, other)
    has_gateway(office, *COLUMNS)
    moved, gone = announced(office.household_id, 22), announced(other, 10)
    head = approved_month(office, caseworker, supervisor, moved, gone)
    to = {"month": OCTOBER, "day": date(2024, 10, 10), "half": Half.AM}
    deviate(caseworker, head, moved, Deviation.MOVED, **to)
    deviate(caseworker, head, gone, Deviation.CANCELLED, shown=1)
    assert [row[1] for row in rows_of(prepared(caseworker, office))[1:]] == [
        "10月10日（木）午前に伺います。"
    ]


def test_nothing_in_the_file_is_a_formula_and_everything_is_read_back(
    office, caseworker, supervisor
):
    gives_numbers(caseworker, office.household_id)
    text = '=cmd|"calc"!A1,\n{月日}\r\n「"𠮷"」'
    has_gateway(
        *(office, ("@見出し", "text", ""), ('"引用",\n', "fixed", "-1+1")),
        text=text,
        encoding="utf8",
    )
    approved_month(office, caseworker, supervisor, announced(office.household_id, 9))
    assert rows_of(prepared(caseworker, office), "utf-8") == [
        ["'@見出し", '"引用",\n'],
        ["'" + text.replace("{月日}", "10月9日"), "'-1+1"],
    ]


def test_a_character_that_the_encoding_lacks_is_said_and_never_replaced(
    office, caseworker, supervisor
):
    gives_numbers(caseworker, office.household_id)
    has_gateway(office, *COLUMNS, text="𠮷見の{月日}")
    approved_month(office, caseworker, supervisor, announced(office.household_id, 9))
    with pytest.raises(UserError, match="「𠮷」"):
        prepared(caseworker, office)


def test_words_that_would_tell_a_stranger_are_pointed_out(office, caseworker, supervisor):
    gives_numbers(caseworker, office.household_id)
    has_gateway(office, *COLUMNS, text="福祉事務所です。{月日}に伺います。")
    approved_month(office, caseworker, supervisor, announced(office.household_id, 9))
    assert prepared(caseworker, office).telling_words == ("福祉事務所",)


@pytest.mark.parametrize(
    ("first", "until", "field"),
    [
        (date(2024, 9, 30), UNTIL, "first"),
        (FIRST, FIRST, "until"),
        (FIRST, date(2024, 12, 31), "until"),
    ],
)
def test_days_that_cannot_be_are_refused(office, caseworker, first, until, field):
    has_gateway(office, *COLUMNS)
    with pytest.raises(ValidationError) as refused:
        prepared(caseworker, office, first, until)
    assert set(refused.value.fields) == {field}


def test_outside_the_own_duty_nobody_writes_a_file(office):
    has_gateway(office, *COLUMNS)
    with pytest.raises(NotPermittedError):
        prepared(office.desk(office.outsider), office)
    head = office.desk(office.head)
    with pytest.raises(NotPermittedError):
        short_messages(head).is_offered()
    with pytest.raises(NotPermittedError):
        prepared(head, office)


def test_the_supervisor_sees_in_the_log_what_left(office, caseworker, supervisor, tmp_path):
    gives_numbers(caseworker, office.household_id)
    has_gateway(office, *COLUMNS)
    approved_month(office, caseworker, supervisor, announced(office.household_id, 9))
    files, out = ShortMessageFiles(short_messages(caseworker)), tmp_path / "out.csv"
    file = files.prepare(district_of(office), FIRST, UNTIL)
    with office.work() as session:
        assert session.scalars(select(PrintBatch)).all() == []
    files.write(file, out)
    assert out.read_bytes() == file.data
    assert not out.with_name("out.csv.part").exists()
    (seen,) = short_messages(supervisor).written(district_of(office))
    assert (seen.by, seen.households) == (office.caseworker.name, 1)
    with pytest.raises(NotPermittedError):
        short_messages(office.desk(office.outsider)).written(district_of(office))
    with office.work() as session:
        (row,) = latest_runs(session, office.caseworker, 10)
    assert (row.forms, row.households, row.printed_by) == (("M-01",), 1, office.caseworker.name)
    assert row.sha256 == hashlib.sha256(file.data).hexdigest()
    with office.work() as session:
        (printed,) = session.scalars(select(PrintedFile)).all()
    assert (printed.form, printed.household_id) == ("M-01", office.household_id)


def test_a_file_that_cannot_be_put_there_is_neither_noted_nor_left_half(
    office, caseworker, supervisor, tmp_path
):
    gives_numbers(caseworker, office.household_id)
    has_gateway(office, *COLUMNS)
    approved_month(office, caseworker, supervisor, announced(office.household_id, 9))
    files = ShortMessageFiles(short_messages(caseworker))
    file = files.prepare(district_of(office), FIRST, UNTIL)
    with pytest.raises(UserError, match="保存できません"):
        files.write(file, tmp_path / "nowhere" / "out.csv")
    with office.work() as session:
        assert session.scalars(select(PrintBatch)).all() == []
