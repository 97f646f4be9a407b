"""A run on its way: one job or one each; what fails is told apart, what was stopped is noted as far as it came."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.errors import UnavailableError, UserError
from desktop.domain.printers import PrinterSetup, Sides
from desktop.jobs.sending import save_each, send_run
from desktop.reports.preview import page_count, page_image
from tests.support.documents import make_run


class FakePaper:
    """Keeps what it was sent; refuses the jobs of those places (1 is the first)."""

    def __init__(self, refused: tuple[int, ...] = (), **setup: object) -> None:
        self.setup = PrinterSetup(printer="見本プリンター", **setup)  # type: ignore[arg-type]
        self.sent: list[tuple[str, bytes, int]] = []
        self._refused = refused
        self._jobs = 0

    def send(self, title, data, pages, report, cancelled) -> None:
        self._jobs += 1
        if self._jobs in self._refused:
            raise UnavailableError("紙がありません。")
        report(pages, pages, "")
        self.sent.append((title, data, pages))


def go(*_: object) -> bool:
    return False


def quiet(*_: object) -> None:
    return None


def test_a_run_is_one_job_unless_asked_otherwise():
    run, paper = make_run(1, 2, 1), FakePaper()
    arrived = send_run(paper, run, quiet, go)
    assert paper.sent == [("確認票", run.rendered.data, 4)]
    assert (arrived.run, arrived.failed, arrived.is_stopped) == (run, (), False)


def test_on_both_sides_no_document_begins_on_the_back_of_another():
    run, paper = make_run(1, 2, 3), FakePaper(sides=Sides.LONG_EDGE)
    send_run(paper, run, quiet, go)
    ((_, data, pages),) = paper.sent
    assert (page_count(data), pages) == (7, 7)
    empty = page_image(data, 1, 20)
    assert set(empty.rgb) == {255}
    assert set(page_image(data, 2, 20).rgb) != {255}


def test_each_document_as_its_own_job_goes_on_after_one_failed():
    told: list[tuple[int, int]] = []
    run, paper = make_run(1, 2, 3), FakePaper(refused=(2,), is_each=True)
    arrived = send_run(paper, run, lambda done, total, _: told.append((done, total)), go)
    assert [data for _, data, _ in paper.sent] == [
        run.documents[0].rendered.data,
        run.documents[2].rendered.data,
    ]
    assert [(one.number, one.sentence) for one in arrived.failed] == [("0002", "紙がありません。")]
    assert arrived.run.subject_ids == (run.subject_ids[0], run.subject_ids[2])
    assert arrived.run.rendered.pages == 4
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_what_was_printed_before_the_stop_counts_as_printed():
    run, paper = make_run(1, 1, 1), FakePaper(is_each=True)
    arrived = send_run(paper, run, quiet, lambda: len(paper.sent) == 2)
    assert arrived.is_stopped
    assert arrived.run.subject_ids == run.subject_ids[:2]
    assert arrived.failed == ()


def test_nothing_printed_is_a_refusal():
    with pytest.raises(UserError, match="紙がありません"):
        send_run(FakePaper(refused=(1, 2), is_each=True), make_run(1, 1), quiet, go)
    with pytest.raises(UserError, match="中止"):
        send_run(FakePaper(is_each=True), make_run(1, 1), quiet, lambda: True)


def name(document) -> str:
    return f"確認票_{document.number}.pdf"


def test_each_document_as_its_own_file_is_the_very_document(tmp_path: Path):
    run = make_run(1, 2)
    save_each(run, tmp_path, name, quiet, go)
    found = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert found == {name(one): one.rendered.data for one in run.documents}


def test_a_file_of_that_name_is_left_alone_and_said(tmp_path: Path):
    (tmp_path / "確認票_0001.pdf").write_bytes(b"other")
    arrived = save_each(make_run(1, 2), tmp_path, name, quiet, go)
    assert (tmp_path / "確認票_0001.pdf").read_bytes() == b"other"
    assert [one.number for one in arrived.failed] == ["0001"]
    assert [one.number for one in arrived.run.documents] == ["0002"]


def test_a_folder_that_is_not_there_is_a_refusal(tmp_path: Path):
    with pytest.raises(UserError, match="保存できませんでした"):
        save_each(make_run(1, 2), tmp_path / "ない場所", name, quiet, go)
