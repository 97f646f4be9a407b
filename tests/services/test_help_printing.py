"""A card of the help as a sheet: as the office has it, for everybody, and leaving no line in the log of prints."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from desktop.domain.errors import UserError
from desktop.domain.forms import FormMark
from desktop.domain.help_cards import CardKind
from desktop.domain.help_forms import LineKind
from desktop.domain.help_pages import PageInput
from desktop.jobs.help_printing import help_card_job
from desktop.models.records import PrintBatch
from desktop.services.help_cards import shipped_cards
from desktop.services.printing import HelpCardPrinting
from tests.reports.reading import page_texts
from tests.support.desk import small_office
from tests.support.factories import CLOCK
from tests.support.inquiry_screens import fonts

BODY = "## 夜間の連絡\n宿直室に電話し、**内線**を伝えます。\n\n1. 名乗る\n2. 用件を言う"


@pytest.fixture
def office(engine):
    return small_office(engine)


def printing(office, staff):
    return HelpCardPrinting(office.desk(staff).work, CLOCK, staff)


OWN_PAGE = PageInput(
    key="who-to-ask",
    shown=0,
    title="夜間の連絡先",
    places=(),
    words=(),
    body=BODY,
    why="宿直が変わったため",
)


def test_a_shipped_card_comes_with_its_numbers_tables_and_the_titles_of_others(office):
    sheet = printing(office, office.caseworker).prepare("notice-12-1")
    assert (sheet.title, sheet.kind) == ("訪問調査の基準", CardKind.ARTICLE)
    assert "局長通知第12-1" in sheet.articles
    assert sheet.lines[0].cells[0] == ("場合", "少なくとも")
    titles = {card.key: card.title for card in shipped_cards()}
    assert titles["absences"] in sheet.see
    assert not sheet.is_checked
    assert sheet.imprint.office_name == office.caseworker.office_name


def test_the_office_s_own_words_stand_for_the_shipped_ones(office):
    office.desk(office.supervisor).help_pages.save(OWN_PAGE)
    sheet = printing(office, office.caseworker).prepare("who-to-ask")
    assert (sheet.title, sheet.is_own) == ("夜間の連絡先", True)
    assert [line.kind for line in sheet.lines] == [
        LineKind.HEADING,
        LineKind.TEXT,
        LineKind.NUMBERED,
        LineKind.NUMBERED,
    ]
    assert sheet.lines[1].text == "宿直室に電話し、内線を伝えます。"


def test_a_card_that_is_gone_is_said(office):
    with pytest.raises(UserError, match="いまはありません"):
        printing(office, office.caseworker).prepare("no-such-card")


def test_it_is_drawn_and_noted_nowhere(office):
    job = help_card_job(printing(office, office.caseworker), fonts)
    run = job.draw(job.choose("notice-12-1"), FormMark.PLAIN)
    assert "訪問調査の基準" in "".join(page_texts(run.rendered.data)[0].split())
    assert "記録は残しません" in run.mark_note
    job.finish(run)
    with office.work() as session:
        assert session.scalar(select(func.count()).select_from(PrintBatch)) == 0
