"""A form's way to paper: drawn, issued piece by piece, noted; what fails is listed and the rest go on. Both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain.errors import NotPermittedError, UnavailableError, UserError
from desktop.domain.forms import FormMark
from desktop.domain.issued_forms import RegisterQuery
from desktop.domain.printing import Piece
from desktop.jobs.household_printing import absence_note_press, household_sheet_press
from desktop.jobs.press import Press
from desktop.jobs.printing import PrintRun
from desktop.jobs.reprinting import ReprintJob
from desktop.reports.fonts import FontSet
from desktop.reports.visits.absence_note import ABSENCE_NOTE
from desktop.resources import resource_path
from desktop.services.printing import HouseholdPrinting, IssuedForms
from tests.reports.reading import page_texts
from tests.reports.test_household_forms import note
from tests.support.desk import small_office
from tests.support.factories import CLOCK
from tests.support.fakes import fake_id

FONTS = FontSet.of_office(resource_path("fonts"), search=())


def fonts() -> FontSet:
    return FONTS


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def desk(office):
    return office.desk(office.caseworker)


@pytest.fixture
def issued(desk):
    return IssuedForms(desk.work, CLOCK, desk.staff, desk.households.reading)


def official(run: PrintRun) -> PrintRun:
    assert run.issue is not None
    return run.issue(None, None)


def notes(office, issued, *households):
    """A press of absence notes, a piece for each household id; only the office's own can be issued."""
    pieces = [
        Piece(
            data=note(case_number=f"{number:07}"),
            household_id=key,
            subject_ids=(fake_id(f"piece {number}"),),
        )
        for number, key in enumerate(households)
    ]
    press = Press(form=ABSENCE_NOTE, read=lambda *_: pieces, issued=issued, fonts=fonts)
    return press, [piece.subject_ids[0] for piece in pieces]


def test_an_official_form_carries_its_number_and_is_kept_to_the_byte(office, desk, issued):
    service = HouseholdPrinting(desk.work, CLOCK, desk.staff, desk.households.reading)
    press = household_sheet_press(service, issued, fonts)
    run = press.draw([office.household_id], FormMark.PLAIN)
    assert "発行番号" not in page_texts(run.rendered.data)[0]
    made = official(run)
    assert made.issue is None
    assert all("発行番号 6-0001" in text for text in page_texts(made.rendered.data))
    (line,) = issued.register(RegisterQuery()).lines
    assert issued.bytes_of(line.issued_id).data == made.rendered.data
    press.finish(made)


def test_asking_twice_issues_once(office, desk, issued):
    service = HouseholdPrinting(desk.work, CLOCK, desk.staff, desk.households.reading)
    run = absence_note_press(service, issued, fonts).draw([office.household_id], FormMark.PLAIN)
    first, second = official(run), official(run)
    assert first.rendered.data == second.rendered.data
    assert len(issued.register(RegisterQuery()).lines) == 1


def test_one_that_cannot_be_issued_is_listed_and_the_rest_go_on(office, issued):
    mine = office.household_id
    press, ids = notes(office, issued, mine, fake_id("nobody"), mine)
    made = official(press.draw(ids, FormMark.PLAIN))
    assert [document.number for document in made.documents] == ["6-0001", "6-0002"]
    assert made.subject_ids == (ids[0], ids[2])
    assert len(made.failed) == 1
    assert made.failed[0].sentence
    assert made.rendered.pages == 2
    press.finish(made)


def test_none_that_can_be_issued_is_a_refusal(office, issued):
    press, ids = notes(office, issued, fake_id("nobody"))
    with pytest.raises(UserError, match="どれも発行できませんでした"):
        official(press.draw(ids, FormMark.PLAIN))
    assert issued.register(RegisterQuery()).lines == ()


def test_who_stops_keeps_what_is_issued_and_no_more(office, issued):
    mine = office.household_id
    press, ids = notes(office, issued, mine, mine, mine)
    done: list[int] = []
    run = press.draw(ids, FormMark.PLAIN)
    with pytest.raises(UserError, match="1件は発行が済んでいます"):
        run.issue(done.append, lambda: len(done) == 1)
    assert len(issued.register(RegisterQuery()).lines) == 1
    assert len(official(run).documents) == 3
    assert len(issued.register(RegisterQuery()).lines) == 3


def test_a_lost_connection_ends_the_run_and_says_what_is_done(office, issued):
    class Lost:
        def __init__(self):
            self.calls = 0

        def issue(self, request, draw):
            self.calls += 1
            if self.calls > 1:
                raise UnavailableError("接続が切れました。")
            return issued.issue(request, draw)

    mine = office.household_id
    press, ids = notes(office, issued, mine, mine, mine)
    lost = replace(press, issued=Lost())
    with pytest.raises(UnavailableError, match=r"接続が切れました。1件は発行が済んでいます"):
        lost.draw(ids, FormMark.PLAIN).issue(None, None)


def test_the_pieces_keep_the_order_asked_for(office, issued):
    press, ids = notes(office, issued, office.household_id, office.household_id)
    run = press.draw(list(reversed(ids)), FormMark.PLAIN)
    assert run.subject_ids == tuple(reversed(ids))
    assert official(run).subject_ids == tuple(reversed(ids))


def test_an_empty_choice_and_a_stopped_drawing_make_nothing(office, issued):
    press, ids = notes(office, issued, office.household_id)
    with pytest.raises(UserError, match="選んでください"):
        press.draw([], FormMark.PLAIN)
    with pytest.raises(UserError, match="中止"):
        press.draw(ids, FormMark.PLAIN, cancelled=lambda: True)


def test_a_reprint_is_the_stored_bytes_and_a_void_one_is_only_looked_at(office, desk, issued):
    press, ids = notes(office, issued, office.household_id)
    made = official(press.draw(ids, FormMark.PLAIN))
    again = ReprintJob(issued, {"K-10": "不在連絡票"})
    (key,) = made.issued_ids
    run = again.draw([key], FormMark.COPY)
    assert run.rendered.data == made.rendered.data
    assert (run.title, run.may_print) == ("不在連絡票", True)
    for _ in range(2):
        again.finish(run)
    keeper = office.desk(office.records)
    records = IssuedForms(keeper.work, CLOCK, keeper.staff, keeper.households.reading)
    records.void(key, "宛名の誤り")
    void = again.draw([key], FormMark.COPY)
    assert not void.may_print
    assert "宛名の誤り" in void.mark_note


def test_of_a_strangers_household_nothing_is_drawn(office, issued):
    stranger = office.desk(office.outsider)
    service = HouseholdPrinting(stranger.work, CLOCK, stranger.staff, stranger.households.reading)
    with pytest.raises(NotPermittedError):
        household_sheet_press(service, issued, fonts).draw([office.household_id], FormMark.PLAIN)
