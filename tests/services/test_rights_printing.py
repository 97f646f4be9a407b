"""The list of rights: what stands on it, for whom, and the file it is written to. On both databases."""

from __future__ import annotations

import pytest

from desktop.domain.errors import NotPermittedError, UnavailableError
from desktop.jobs.rights_printing import rights_job, save_rights
from desktop.reports.fonts import FontSet
from desktop.resources import resource_path
from desktop.services.printing import PrintService, RightsPrinting
from tests.reports.reading import page_texts
from tests.support.desk import small_office
from tests.support.factories import CLOCK, LONG_AGO, TODAY


@pytest.fixture
def office(engine):
    return small_office(engine)


def printing(office, staff):
    return RightsPrinting(office.desk(staff).work, CLOCK, staff)


def test_everybody_stands_on_it_with_roles_and_districts(office):
    made = printing(office, office.head).prepare()
    assert (made.on, made.people) == (TODAY, 5)
    held = {(line.login, line.kind, line.held.split("　")[-1], line.since) for line in made.lines}
    assert held >= {
        (office.caseworker.login, "職務", "地区担当員", LONG_AGO),
        (office.caseworker.login, "担当地区", "主担当", LONG_AGO),
        (office.head.login, "職務", "課長", LONG_AGO),
    }


@pytest.mark.parametrize("who", ["caseworker", "supervisor", "records"])
def test_only_who_decides_about_accounts_has_it(office, who):
    with pytest.raises(NotPermittedError):
        printing(office, getattr(office, who)).prepare()


def test_it_is_written_as_a_pdf_and_a_place_that_is_none_is_said(office, tmp_path):
    fonts = FontSet.of_office(resource_path("fonts"), search=())
    job = rights_job(printing(office, office.head), lambda: fonts)
    assert save_rights(job, tmp_path / "一覧") == 1
    assert "権限一覧表" in "".join(page_texts((tmp_path / "一覧.pdf").read_bytes())[0].split())
    with pytest.raises(UnavailableError):
        save_rights(job, tmp_path / "none" / "一覧.pdf")
    records = office.desk(office.records)
    lists = PrintService(records.work, CLOCK, records.staff, records.households.reading)
    (run,) = lists.runs()  # what was not written is not in the log
    assert (run.forms, run.pages, run.households) == (("R-01",), 1, 0)
