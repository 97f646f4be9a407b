"""Letters of guidance at psql: none has a number or is handed over before its gate."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from desktop.domain.guidance import Step
from desktop.domain.ids import new_id
from tests.database.security.guidance_attack import attack, psql
from tests.database.security.place import open_file, refused, rows
from tests.support.assessments import assessment
from tests.support.factories import CLOCK
from tests.support.guidance import Walk, supporter_of


def test_a_letter_is_handed_over_only_after_it_was_issued(place, walk):
    walk.to(Step.LETTER_DECISION)
    assert attack(place, walk, walk.ask(Step.LETTER_DELIVERY)) == "BS422"
    walk.issue(Step.LETTER, 6)
    assert attack(place, walk, walk.ask(Step.LETTER_DELIVERY)) == "BS422"  # the day before
    assert attack(place, walk, walk.ask(Step.LETTER_DELIVERY, 6)) == ""


RESERVE = "SELECT * FROM app.reserve_issue(%s, %s, %s, '第1版', %s, %s)"


def reserving(walk: Walk, form: str, row: UUID) -> tuple[Any, ...]:
    return new_id(), walk.office.household_id, form, [row], [None]


def test_no_letter_gets_a_number_before_it_is_approved_or_in_a_hold(place, walk):
    walk.to(Step.LETTER)
    letter = walk.case().newest(Step.LETTER).step_id
    by = psql(place, walk, walk.office.caseworker, 4)
    assert refused(by, RESERVE, reserving(walk, "K-15", letter)) == "BS422"
    walk.take(Step.LETTER_DECISION)
    assert refused(by, RESERVE, reserving(walk, "K-16", letter)) == "BS422"
    assert refused(by, RESERVE, reserving(walk, "K-15", new_id())) == "BS422"
    supporter = place.connect(supporter_of(walk.office))
    assert refused(supporter, RESERVE, reserving(walk, "K-15", letter)) == "BS403"
    walk.desk("caseworker", 4).assessments.save(assessment(walk.office, safety="連絡が取れない"))
    assert refused(by, RESERVE, reserving(walk, "K-15", letter)) == "BS422"


def test_no_sanction_is_told_before_two_people_decided_it(place, walk):
    walk.to(Step.DISPOSITION_FIRST)
    step = walk.case().newest(Step.DISPOSITION)
    by = psql(place, walk, walk.office.caseworker, 71)
    assert refused(by, RESERVE, reserving(walk, "S-32", step.step_id)) == "BS422"
    walk.take(Step.DISPOSITION_FINAL)
    # Still nobody of the office says how to appeal.
    assert refused(by, RESERVE, reserving(walk, "S-32", step.step_id)) == "BS422"


def test_who_helps_towards_work_reads_no_issued_letter(place, walk):
    walk.to(Step.LETTER_DECISION)
    walk.issue(Step.LETTER, 4)
    supporter = place.connect(supporter_of(walk.office), CLOCK.now() + timedelta(days=5))
    open_file(supporter, walk.office.household_id)
    for table in ("issued_form", "issued_file"):
        found = f"SELECT count(*) FROM {table} WHERE household_id = %s"
        assert rows(supporter, found, (walk.office.household_id,)) == [(0,)]
    # Nor does he learn from an agenda that there is guidance.
    matters = "SELECT count(*) FROM conference_matter WHERE household_id = %s"
    assert rows(supporter, matters, (walk.office.household_id,)) == [(0,)]
    caseworker = psql(place, walk, walk.office.caseworker, 5)
    for table in ("issued_form", "issued_file", "conference_matter"):
        found = f"SELECT count(*) FROM {table} WHERE household_id = %s"
        assert rows(caseworker, found, (walk.office.household_id,)) == [(1,)]
