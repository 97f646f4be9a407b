"""Runs of several documents as one, and with what arrived alone."""

from __future__ import annotations

from desktop.domain.forms import FormMark
from desktop.jobs.documents import as_one, only, run_of
from desktop.jobs.printing import RunDocument
from desktop.reports.preview import page_count
from desktop.reports.rendered import MissingCharacter, RenderedPdf
from tests.support.documents import make_run, small_pdf
from tests.support.fakes import fake_id


def document(number: int) -> RunDocument:
    missing = MissingCharacter(place=f"{number}", character="葛", drawn="〓")
    rendered = RenderedPdf(
        data=small_pdf(number), pages=number, missing=(missing,), unread=("言葉",)
    )
    return RunDocument(
        number=f"6-{number:04}", subject_ids=(fake_id(str(number)),), rendered=rendered
    )


def test_documents_are_shown_as_one():
    run = run_of("確認票", FormMark.PLAIN, [document(number) for number in (1, 2, 3)])
    assert run.subject_ids == tuple(fake_id(str(number)) for number in (1, 2, 3))
    assert (run.rendered.pages, page_count(run.rendered.data)) == (6, 6)
    assert len(run.rendered.missing) == 3
    assert run.rendered.unread == ("言葉",)


def test_one_document_stays_what_it_is_to_the_byte():
    one = document(2)
    assert as_one([one]) is one.rendered


def test_of_a_run_only_what_arrived_is_kept():
    run = make_run(1, 2, 3)
    kept = only(run, run.documents[1:])
    assert kept.batch_id == run.batch_id
    assert kept.subject_ids == run.subject_ids[1:]
    assert (kept.rendered.pages, page_count(kept.rendered.data)) == (5, 5)
    assert kept.sha256 != run.sha256
    assert only(run, run.documents) is run
