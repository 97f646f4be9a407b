"""Which forms are issued, of what, and what is refused."""

from __future__ import annotations

import re
from importlib.resources import files
from uuid import UUID

import pytest

from desktop.domain import issued_forms as rules
from desktop.domain.forms import FormMark
from desktop.domain.issue_rules import ISSUE_RULES, PERSON
from desktop.domain.issued_forms import Drawn, IssueRequest, Subject
from desktop.domain.roles import Permission
from desktop.models import Base
from desktop.reports.catalogue import CATALOGUE

ONE, OTHER = UUID(int=1), UUID(int=2)


def of(*subjects: UUID, version: int | None = None) -> tuple[Subject, ...]:
    return tuple(Subject(subject_id=s, version=version) for s in subjects)


@pytest.mark.parametrize("code", ISSUE_RULES)
def test_what_a_form_is_of_is_a_table_of_the_household(code):
    rule = ISSUE_RULES[code]
    if rule.subject in {"", PERSON}:
        assert not rule.is_approved
        return
    columns = set(Base.metadata.tables[rule.subject].columns.keys())
    assert {"id", "household_id"} <= columns
    assert not rule.is_approved or "approved_version" in columns


@pytest.mark.parametrize("code", ISSUE_RULES)
def test_originals_are_issued_by_records_staff_and_neither_drafts_nor_copies_by_anybody(code):
    rule = ISSUE_RULES[code]
    assert rule.mark not in {FormMark.DRAFT, FormMark.COPY}
    is_original = rule.mark is FormMark.ORIGINAL
    assert (rule.permission is Permission.PRINT_RECORDS) == is_original


def test_registers_reports_and_slips_of_the_office_are_not_issued():
    """They are drawn anew whenever they are asked for."""
    drawn_anew = {"A-01", "D-01", "K-21", "U-01"}
    assert drawn_anew <= {form.code for form in CATALOGUE}
    assert not drawn_anew & ISSUE_RULES.keys()


@pytest.mark.parametrize(
    ("code", "subjects", "fits"),
    [
        ("K-10", (), True),
        ("K-10", of(ONE), False),
        ("L-01", of(ONE), True),
        ("L-01", of(ONE, OTHER), True),
        ("L-01", (), False),
        ("L-01", of(ONE, ONE), False),
        ("L-01", of(ONE, version=1), False),
        ("K-04", of(ONE, version=1), True),
        ("K-04", of(ONE), False),
        ("K-04", of(*(UUID(int=n) for n in range(1001)), version=1), False),
    ],
)
def test_what_fits_as_subjects(code, subjects, fits):
    assert rules.fits(ISSUE_RULES[code], subjects) is fits


@pytest.mark.parametrize(
    ("drawn", "refusal"),
    [
        (Drawn(data=b"%PDF-1", pages=1), ""),
        (Drawn(data=b" %PDF-1", pages=1), rules.NOT_A_PDF),
        (Drawn(data=b"%PDF-" + bytes(rules.MOST_BYTES - 5), pages=1), ""),
        (Drawn(data=b"%PDF-" + bytes(rules.MOST_BYTES - 4), pages=1), rules.TOO_LARGE),
        (Drawn(data=b"%PDF-1", pages=0), rules.BAD_PAGES),
        (Drawn(data=b"%PDF-1", pages=10_000), rules.BAD_PAGES),
    ],
    ids=("plain", "no PDF", "largest", "too large", "no page", "too many pages"),
)
def test_what_was_drawn_is_looked_at(drawn, refusal):
    assert rules.refusal_of(drawn) == refusal


def test_words_of_a_request_stay_out_of_its_repr():
    request = IssueRequest(
        issued_id=ONE,
        household_id=OTHER,
        form_code="K-10",
        edition="第1版",
        recipient="架空 花子 様",
    )
    assert "架空" not in repr(request)
    assert rules.kept_words(request) == {}


def test_the_database_says_it_in_the_same_sentences():
    source = files("desktop.database.security") / "sql" / "51_issued_forms.sql"
    said = set(re.findall(r"'([^']*。)'", source.read_text(encoding="utf-8")))
    known = {value for value in vars(rules).values() if isinstance(value, str)}
    only_there = (
        "帳票の中身が保存されていないため、発行番号は付きません。もう一度発行してください。"
    )
    assert said - known == {only_there}
