"""The office's tables of monthly papers: what cannot be taken, and that the shipped rows are what the program reads."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from desktop.domain.master_tables import Master
from desktop.domain.masters import MasterInput
from desktop.domain.monthly_papers import PaperWhy
from desktop.models.office import Office
from desktop.services.masters.lookup_monthly import ladder, monthly_papers, monthly_reasons
from tests.services.masters.test_service import TOMORROW, people, refused
from tests.support.factories import TODAY

__all__ = ["people"]

_PAPER = {
    "label": "求職活動報告",
    "paper_kind": "job_search_report",
    "why": "group",
    "groups": ["G2"],
    "short_groups": [],
    "due_day": 5,
    "order": 1,
}
_LOG = {
    "label": "求職活動報告",
    "paper": "job_search_report",
    "groups": ["G2"],
    "acts": 2,
    "kinds": "",
    "only_supporters": True,
}
_NUMBER = {"label": "日数", "number": 14, "unit": "日"}


def given(table: Master, key: str, value: dict[str, Any], **changes: Any) -> MasterInput:
    plain: dict[str, Any] = {"valid_from": TOMORROW, "source": "架空の要領", "confirmed": True}
    return MasterInput(table=table.value, key=key, value=value, **plain | changes)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (given(Master.MONTHLY_PAPERS, "income_declaration", _PAPER), "key"),
        (given(Master.MONTHLY_PAPERS, "x", _PAPER | {"paper_kind": "unknown"}), "paper_kind"),
        (
            given(Master.MONTHLY_PAPERS, "x", _PAPER | {"paper_kind": "income_declaration"}),
            "paper_kind",
        ),
        (given(Master.MONTHLY_PAPERS, "x", _PAPER | {"due_day": 32}), "due_day"),
        (given(Master.MONTHLY_PAPERS, "x", _PAPER | {"groups": []}), "groups"),
        (given(Master.MONTHLY_NUMBERS, "unknown", _NUMBER), "key"),
        (given(Master.MONTHLY_NUMBERS, "tell_days", _NUMBER, is_retired=True), "key"),
        (given(Master.MONTHLY_NUMBERS, "tell_days", _NUMBER | {"number": 181}), "number"),
        (given(Master.MONTHLY_NUMBERS, "in_a_row", _NUMBER | {"number": 1}), "number"),
        (given(Master.MONTHLY_REPLACEMENTS, "x", _LOG | {"paper": "unknown"}), "paper"),
        (given(Master.MONTHLY_REPLACEMENTS, "x", _LOG | {"groups": []}), "groups"),
        (given(Master.MONTHLY_REPLACEMENTS, "x", _LOG | {"acts": 32}), "acts"),
    ],
    ids=range(12),
)
def test_what_cannot_be_taken_is_named_by_field(people, asked, field):
    assert field in refused(people["admin"], asked)


def test_an_office_s_own_day_counts_once_a_second_person_approved_it(engine, people):
    people["admin"].propose(given(Master.MONTHLY_PAPERS, "job_search_report", _PAPER))
    (waiting,) = (r for r in people["head"].rows("monthly_papers") if r.approved_at is None)
    people["head"].approve(waiting.row_id)
    with Session(engine) as session:
        office_id = session.query(Office.id).scalar()
        before, after = (monthly_papers(session, office_id, day)[0] for day in (TODAY, TOMORROW))
    assert (before.due_day, sorted(before.groups)) == (10, ["G2", "G3"])
    assert (after.due_day, sorted(after.groups)) == (5, ["G2"])


def test_the_shipped_tables_say_what_the_specification_proposes(engine, people):
    with Session(engine) as session:
        office_id = session.query(Office.id).scalar()
        papers = monthly_papers(session, office_id, TODAY)
        reasons = monthly_reasons(session, office_id, TODAY)
        days = ladder(session, office_id, TODAY)
    assert [paper.why for paper in papers] == list(PaperWhy)
    assert [r.code for r in reasons if r.asks_safety] == ["not_reached", "address_unknown"]
    assert (days.soon_days, days.ask_days, days.tell_days, days.in_a_row) == (7, 10, 30, 2)
