"""The monthly report and a programme's sheet, read as the person may, and their place in the log."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from desktop.domain.errors import NotPermittedError, UserError
from desktop.domain.forms import FormMark
from desktop.domain.ids import new_id
from desktop.models.records import PrintBatch
from desktop.services.printing import EffortPrinting
from tests.support.desk import Desk, small_office
from tests.support.effort import OCTOBER, SEPTEMBER, YEAR, a_review, helped
from tests.support.factories import CLOCK


@pytest.fixture
def office(engine):
    return small_office(engine)


def printing(desk: Desk) -> EffortPrinting:
    return EffortPrinting(
        *(desk.work, CLOCK, desk.staff, desk.effort, desk.kpis, desk.programme_reviews)
    )


def test_the_report_tells_the_month_and_the_year_and_names_nobody(office):
    helped(office)
    head = printing(office.desk(office.head))
    report = head.monthly("office", OCTOBER, SEPTEMBER)
    (minutes,) = (x for x in report.effort if (x.group, x.what) == ("G2", "時間"))
    assert minutes.now == "90分"
    assert report.figures[0].numerator == 1
    assert "架空" not in repr(report.effort) + repr(report.figures) + report.safety
    batch = new_id()
    for _ in range(2):
        head.record(batch, "S-35", FormMark.PLAIN, pages=2, sha256="0" * 64)
    with office.work() as session:
        assert session.scalars(select(PrintBatch.form)).all() == ["S-35"]


def test_a_sheet_is_a_draft_until_it_is_approved(office):
    supervisor, head = office.desk(office.supervisor), office.desk(office.head)
    given = a_review()
    with pytest.raises(UserError, match="まだありません"):
        printing(head).sheet(2024, "employment")
    supervisor.programme_reviews.write(given)
    sheet = printing(head).sheet(2024, "employment")
    assert (sheet.imprint.mark, sheet.verdict, sheet.cost) == (FormMark.DRAFT, "続ける", 1_200_000)
    head.programme_reviews.approve(given.review_id)
    assert printing(head).sheet(2024, "employment").imprint.mark is FormMark.PLAIN


def test_lists_leave_by_the_hands_of_those_who_print(office):
    helped(office)
    supervisor, head = office.desk(office.supervisor), office.desk(office.head)
    (own,) = supervisor.effort.teams()
    board = supervisor.kpis.dashboard(own.key, YEAR)
    lines = printing(supervisor).cases_file(board.figures[0], with_names=False).decode("utf-8-sig")
    assert lines.splitlines()[0] == "ケース番号,地区,分子,内容"
    with pytest.raises(NotPermittedError):
        printing(head).cases_file(board.figures[0], with_names=False)
    heads = printing(head).figures_file(head.kpis.dashboard("office", YEAR)).decode("utf-8-sig")
    assert heads.splitlines()[1].startswith("2024-04-01,2025-03-31,事務所全体,participation,")
