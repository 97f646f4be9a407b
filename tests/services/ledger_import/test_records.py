from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from desktop.domain.errors import UserError
from desktop.domain.ledger import training_line
from desktop.domain.records import EntryOrigin, EntryState, measure_body
from desktop.models.records import EntryRecord, LegacyAuthor, SegmentText
from tests.services.ledger_import.ledgers import (
    TRAINING,
    contents,
    counts,
    empty_office,
    importer,
    write_ledger,
)

ROWS = (
    '00001,R020405,家庭訪問,架空　一郎,"居室で面接した。\r\n体調は良い。"',
    "00001,令和2年5月6日,電話,架空　一郎,通院の報告を受けた。",
    "00002,2020/06/07,来所,,収入申告書を受けとった。",
)


@pytest.fixture
def work(engine, tmp_path: Path):
    work = empty_office(engine)
    importer(work).run(write_ledger(tmp_path), TRAINING)
    return work


def write_records(folder: Path, *rows: str) -> Path:
    path = folder / "records.csv"
    lines = [training_line("900001"), "ケース番号,年月日,種別,記録者,本文", *rows, ""]
    path.write_bytes("\r\n".join(lines).encode("cp932"))
    return path


def test_old_records_become_read_only_entries(work, tmp_path: Path):
    found = importer(work).run_records(write_records(tmp_path, *ROWS), TRAINING)
    assert (found.applied, found.rows, found.new, found.known) == (True, 3, 3, 0)
    with work() as session:
        entries = session.scalars(select(EntryRecord).order_by(EntryRecord.event_on)).all()
        assert {e.origin for e in entries} == {EntryOrigin.LEGACY}
        assert {e.state for e in entries} == {EntryState.APPROVED}
        assert [e.kind for e in entries] == ["家庭訪問", "電話", "来所"]
        text = session.scalar(select(SegmentText.text).where(SegmentText.entry_id == entries[0].id))
        assert text == "居室で面接した。\n体調は良い。"
        assert len(session.scalars(select(LegacyAuthor)).all()) == 2


def test_old_records_carry_the_measures_of_their_text(work, tmp_path: Path):
    rows = (*ROWS, "00002,2020/06/08,家庭訪問,,訪問。特に変わりなし。")
    importer(work).run_records(write_records(tmp_path, *rows), TRAINING)
    with work() as session:
        stored = session.execute(
            select(EntryRecord, SegmentText.text).join(
                SegmentText, SegmentText.entry_id == EntryRecord.id
            )
        ).all()
        assert len(stored) == 4
        for entry, text in stored:
            measure = measure_body(text)
            assert (entry.body_length, entry.body_digest) == (measure.length, measure.digest)
            assert entry.body_is_set_phrase is measure.is_set_phrase
        assert sum(entry.body_is_set_phrase for entry, _ in stored) == 1


def test_the_same_records_twice_change_nothing(work, tmp_path: Path):
    path = write_records(tmp_path, *ROWS, ROWS[1])
    importer(work).run_records(path, TRAINING)
    before = contents(work)
    found = importer(work).run_records(path, TRAINING)
    assert (found.new, found.known) == (0, 4)
    assert contents(work) == before
    assert counts(work)["entry"] == 3


def test_a_record_of_an_unknown_case_stops_everything(work, tmp_path: Path):
    path = write_records(tmp_path, *ROWS, "99999,R020405,電話,架空　一郎,本文")
    found = importer(work).run_records(path, TRAINING)
    assert not found.applied
    assert found.problems[0].line == 7
    assert "ケース番号" in found.problems[0].full_sentence
    assert counts(work)["entry"] == 0


def test_an_individual_number_in_a_text_is_refused(work, tmp_path: Path):
    path = write_records(tmp_path, "00001,R020405,電話,架空,番号は1234-5678-9018です。")
    with pytest.raises(UserError, match="「本文」の列に個人番号") as refused:
        importer(work).run_records(path, TRAINING)
    assert "9018" not in refused.value.sentence
    assert counts(work)["entry"] == 0
