"""E20 and E21: reports on the search for work that have not come, with the reason, and the question what help is missing."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, event

from desktop.domain.clock import FixedClock
from desktop.domain.support_groups import SupportGroup
from tests.support.desk import small_office
from tests.support.monthly_papers import (
    AUGUST,
    a_missing,
    a_receipt,
    decide_group,
    give_work,
)
from tests.support.radar import found_by

#: On 12 October the report about August is 32 days late, the one about September two.
DAY = FixedClock(datetime(2024, 10, 12, 3, 0, tzinfo=UTC))


@pytest.fixture
def office(engine):
    return small_office(engine)


def found(office, rule, clock=DAY):
    supervisor = office.desk(office.supervisor, clock)
    return found_by([rule], supervisor.work, clock, office.supervisor)


def test_a_report_a_month_late_is_told_with_its_reason(office):
    decide_group(office, SupportGroup.WITH_HELP, since=date(2024, 8, 1))
    (late,) = found(office, "E20")
    assert late.reason == (
        "令和6年8月分の求職活動報告を受領していません。理由がまだありません。本人の状況はどうですか。"
    )
    assert (late.since, late.days) == (date(2024, 9, 10), 32)
    desk = office.desk(office.caseworker, DAY)
    desk.monthly_papers.explain(a_missing(office, AUGUST))
    (late,) = found(office, "E20")
    assert "理由は「用紙がない」です。" in late.reason
    desk.monthly_papers.receive(a_receipt(office, AUGUST))
    assert found(office, "E20") == []


def test_several_months_are_one_question(office):
    decide_group(office, SupportGroup.ALONE)
    (late,) = found(office, "E20")
    assert late.reason.startswith("令和6年4月分ほか4か月分の求職活動報告を")


def test_without_a_decided_group_and_for_others_nothing_is_asked(office):
    give_work(office, date(2024, 4, 1))
    decide_group(office, SupportGroup.RECOVERY)
    assert found(office, "E20") == []
    assert found(office, "E21") == []


def test_two_months_running_ask_what_help_is_missing_until_somebody_asked(office):
    decide_group(office, SupportGroup.ALONE, since=date(2024, 8, 1))
    (running,) = found(office, "E21")
    assert running.reason.startswith(
        "求職活動報告が2か月続けて出ていません。足りない支援は何ですか。"
    )
    desk = office.desk(office.caseworker, DAY)
    desk.monthly_papers.explain(a_missing(office, AUGUST))
    assert len(found(office, "E21")) == 1
    desk.monthly_papers.explain(a_missing(office, AUGUST, help_missing="書き方の手伝い"))
    assert found(office, "E21") == []


def test_a_month_that_came_between_ends_the_run(office):
    decide_group(office, SupportGroup.ALONE, since=date(2024, 7, 1))
    office.desk(office.caseworker, DAY).monthly_papers.receive(a_receipt(office, AUGUST))
    assert found(office, "E21") == []
    assert [late.since for late in found(office, "E20")] == [date(2024, 8, 10)]


def test_both_rules_read_the_papers_once_in_a_round(office):
    decide_group(office, SupportGroup.ALONE, since=date(2024, 7, 1))
    assert len(found(office, "E20")) == len(found(office, "E21")) == 1
    sent: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        found(office, "E20")
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert sum("FROM monthly_paper_missing" in statement for statement in sent) == 1
