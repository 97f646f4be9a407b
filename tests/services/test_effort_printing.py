"""The monthly report and a programme's sheet, read as the person may, and their place in the log."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from desktop.domain.errors import NotPermittedError, UserError
from desktop.domain.forms import FormMark
from desktop.domain.ids import new_id
from desktop.domain.list_exports import ExportColumn
from desktop.domain.master_tables import MASTER_TABLES, Master
from desktop.models.households import Person
from desktop.models.records import PrintBatch
from desktop.services.masters.validation import value_errors
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


def test_the_office_chooses_columns_and_their_order(office):
    helped(office)
    supervisor = office.desk(office.supervisor)
    figure = supervisor.kpis.dashboard("", YEAR).figures[0]
    usual, review, survey = supervisor.kpis.exports()
    assert (usual.label, review.key, survey.key) == ("標準", "review", "survey")
    lines = printing(supervisor).cases_file(figure, with_names=True, export=review)
    heads, row = lines.decode("utf-8-sig").splitlines()
    assert heads == "地区,ケース番号,氏名,決定した支援区分,決定日,次の見直し"
    assert row.split(",")[2:5] == ["架空 花子", "G2", "2024-10-01"]
    plain = printing(supervisor).cases_file(figure, with_names=False, export=review)
    assert "架空" not in plain.decode("utf-8-sig")
    (row,) = (
        printing(supervisor)
        .cases_file(figure, with_names=False, export=survey)
        .decode("utf-8-sig")
        .splitlines()[1:]
    )
    assert row.split(",")[4:] == ["G2", "1", "参加"]


def test_a_cell_never_begins_a_formula(office):
    helped(office)
    with office.work() as session:
        session.get_one(Person, office.person_id).name = "=1+1"
    supervisor = office.desk(office.supervisor)
    figure = supervisor.kpis.dashboard("", YEAR).figures[0]
    lines = printing(supervisor).cases_file(figure, with_names=True).decode("utf-8-sig")
    assert ",=1+1" not in lines
    assert "=1+1" in lines


def test_the_catalogue_offers_nothing_of_what_answers_say():
    words = {"health", "motivation", "barrier", "drive", "wish", "safety", "evidence"}
    assert not any(word in column for column in ExportColumn for word in words)
    field = {"label": "名簿", "columns": ["case_number", "barriers"]}
    assert "columns" in value_errors(MASTER_TABLES[Master.LIST_EXPORTS], field)
    field["columns"] = ["words", "case_number"]
    assert value_errors(MASTER_TABLES[Master.LIST_EXPORTS], field) == {}
