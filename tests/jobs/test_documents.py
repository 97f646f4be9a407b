from __future__ import annotations

import pytest

from desktop.domain.errors import UnavailableError, UserError
from desktop.domain.forms import FormMark
from desktop.jobs.documents import EachJob, only
from desktop.reports.fonts import FontSet
from desktop.reports.preview import page_count
from desktop.reports.rendered import MissingCharacter, RenderedPdf
from desktop.resources import resource_path
from tests.support.documents import make_run, small_pdf
from tests.support.fakes import fake_id

SUBJECTS = [fake_id(str(number)) for number in range(1, 5)]


def fonts() -> FontSet:
    return FontSet.of_office(resource_path("fonts"), search=())


def job(refusals=(), number_of=None, error=UserError):
    def draw(subject_id, _mark, _fonts):
        place = SUBJECTS.index(subject_id) + 1
        if place in refusals:
            raise error(f"{place}番目は作れません。")
        missing = MissingCharacter(place=f"{place}", character="葛", drawn="〓")
        return RenderedPdf(data=small_pdf(place), pages=place, missing=(missing,), unread=("言葉",))

    return EachJob(title="確認票", read_and_draw=draw, fonts=fonts, number_of=number_of)


def test_each_subject_is_a_document_and_all_are_shown_as_one():
    told: list[int] = []
    run = job().draw(SUBJECTS, FormMark.PLAIN, told.append)
    assert [document.number for document in run.documents] == ["0001", "0002", "0003", "0004"]
    assert [document.rendered.pages for document in run.documents] == [1, 2, 3, 4]
    assert run.subject_ids == tuple(SUBJECTS)
    assert (run.rendered.pages, page_count(run.rendered.data)) == (10, 10)
    assert len(run.rendered.missing) == 4
    assert run.rendered.unread == ("言葉",)
    assert told == [1, 2, 3, 4]


def test_what_cannot_be_drawn_is_listed_and_the_others_go_on():
    run = job(refusals={2}).draw(SUBJECTS, FormMark.PLAIN)
    assert [(one.number, one.sentence) for one in run.failed] == [("0002", "2番目は作れません。")]
    assert run.subject_ids == (SUBJECTS[0], SUBJECTS[2], SUBJECTS[3])
    assert page_count(run.rendered.data) == 8


def test_documents_can_carry_the_numbers_of_their_issue():
    run = job(number_of=lambda subject: f"R8-{SUBJECTS.index(subject) + 7}").draw(
        SUBJECTS[:2], FormMark.PLAIN
    )
    assert [document.number for document in run.documents] == ["R8-7", "R8-8"]


def test_nothing_drawn_is_a_refusal_with_the_first_reason():
    with pytest.raises(UserError, match="1番目は作れません"):
        job(refusals={1, 2, 3, 4}).draw(SUBJECTS, FormMark.PLAIN)


def test_a_lost_connection_ends_the_run():
    with pytest.raises(UnavailableError):
        job(refusals={2}, error=UnavailableError).draw(SUBJECTS, FormMark.PLAIN)


def test_a_run_can_be_stopped_between_two_documents():
    told: list[int] = []
    with pytest.raises(UserError, match="中止"):
        job().draw(SUBJECTS, FormMark.PLAIN, told.append, lambda: len(told) == 2)
    assert told == [1, 2]


def test_of_a_run_only_what_arrived_is_kept():
    run = make_run(1, 2, 3)
    kept = only(run, run.documents[1:])
    assert kept.batch_id == run.batch_id
    assert kept.subject_ids == run.subject_ids[1:]
    assert (kept.rendered.pages, page_count(kept.rendered.data)) == (5, 5)
    assert kept.sha256 != run.sha256
    assert only(run, run.documents) is run
