"""Files that must not come in: each gets a sentence that names the place, and the database stays as it was."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from desktop.domain.errors import NotPermittedError, UserError
from desktop.domain.ledger import training_line
from desktop.services.ledger_import import LedgerImport
from tests.services.ledger_import.ledgers import (
    ALL,
    CLOSED,
    HEAD,
    SECOND,
    SHIELDED,
    TRAINING,
    VENDOR_A,
    WIFE,
    contents,
    csv_text,
    empty_office,
    importer,
    write_ledger,
)
from tests.support import factories

VALID_NUMBER = "123456789018"


@pytest.fixture
def work(engine):
    return empty_office(engine)


def refused(work, path: Path, mapping: Path = TRAINING) -> str:
    """The sentence of a file that cannot be read at all."""
    before = contents(work)
    with pytest.raises(UserError) as error:
        importer(work).run(path, mapping)
    assert contents(work) == before
    return error.value.sentence


def problems(work, folder: Path, *rows) -> list[str]:
    """The sentences of a file whose rows are wrong."""
    before = contents(work)
    found = importer(work).run(write_ledger(folder, rows), TRAINING)
    assert not found.applied
    assert found.problem_total == len(found.problems) > 0
    assert contents(work) == before
    return [p.full_sentence for p in found.problems]


def with_bytes(folder: Path, content: bytes) -> Path:
    path = folder / "ledger.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "空です"),
        (b"\r\n\r\n", "見出しの行がありません"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "画像"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "画像"),
        (b"PK\x03\x04xl/workbook.xml", "Excel"),
        (b"%PDF-1.7", "PDF"),
        (csv_text(ALL).encode("utf-16"), "UTF-16"),
        (csv_text(ALL).encode("cp932") + b"\x81\x20\r\n", "8行目"),
        (csv_text(ALL).encode("cp932").replace(b"00002", b"00\x0002"), "5行目"),
    ],
    ids=["empty", "blank", "png", "jpeg", "xlsx", "pdf", "utf-16", "bytes", "nul"],
)
def test_what_is_no_ledger(work, tmp_path: Path, content: bytes, sentence: str):
    assert sentence in refused(work, with_bytes(tmp_path, content))


def test_the_encoding_that_the_mapping_wants(work, tmp_path: Path):
    assert "UTF-8" in refused(work, write_ledger(tmp_path), VENDOR_A)


def test_a_line_without_end_costs_no_memory(work, tmp_path: Path):
    path = tmp_path / "ledger.csv"
    with path.open("wb") as file:
        file.write(csv_text(ALL).encode("cp932"))
        file.seek(300_000_000, 1)
        file.write(b"x")
    tracemalloc.start()
    sentence = refused(work, path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "長すぎます" in sentence
    assert peak < 30_000_000


def test_folders_and_missing_files(work, tmp_path: Path):
    assert "フォルダー" in refused(work, tmp_path)
    assert "見つかりません" in refused(work, tmp_path / "nothing.csv")
    assert "対応表" in refused(work, write_ledger(tmp_path), tmp_path / "nothing.toml")


def test_an_unreadable_file(work, tmp_path: Path, monkeypatch):
    path = write_ledger(tmp_path)
    unlocked = Path.open

    def locked(opened: Path, *arguments, **options):
        if opened == path:
            raise PermissionError
        return unlocked(opened, *arguments, **options)

    monkeypatch.setattr(Path, "open", locked)
    with pytest.raises(UserError, match="ファイルを開けません"):
        importer(work).run(path, TRAINING)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("宛名番号", "番号", "「宛名番号」"),
        ("施設名", "住所", "「住所」にあたる列が2つ"),
        ("続柄", "関係", ""),
        ("施設名", "個人番号", "個人番号（マイナンバー）は取り込めません"),
        ("架空県架空市緑町1-2-3", '"架空県架空市緑町1-2-3', "3行目から読み取れません。二重引用符"),
        ("架空病院", '"架空"病院', "二重引用符"),
    ],
)
def test_columns_and_quotes(work, tmp_path: Path, old: str, new: str, sentence: str):
    content = csv_text(ALL).replace(old, new, 1).encode("cp932")
    path = with_bytes(tmp_path, content)
    if not sentence:
        assert importer(work).preview(path, TRAINING).problems == ()
        return
    assert sentence in refused(work, path)


def test_neither_relation_nor_head(work, tmp_path: Path):
    rows = [{k: v for k, v in r.items() if k not in {"続柄", "世帯主区分"}} for r in ALL]
    assert "「続柄」または「世帯主区分」" in refused(work, write_ledger(tmp_path, rows))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("令和元年13月", "3行目「生年月日」：令和元年に13月はありません"),
        ("平成32年", "3行目「生年月日」：平成は31年4月30日までです"),
        ("昭和64年2月", "3行目「生年月日」：昭和は64年1月7日までです"),
        ("S640230", "3行目「生年月日」"),
        ("2024/02/30", "2024年2月に30日はありません"),
        ("4/1", "日付として読み取れません"),
        ("昨日", "日付として読み取れません"),
        ("060401", "日付として読み取れません"),
        ("", "空欄です"),
        ("M300101", "歳を超えています"),
        ("R061002", "取込日より後"),
    ],
)
def test_impossible_dates(work, tmp_path: Path, text: str, sentence: str):
    assert sentence in problems(work, tmp_path, HEAD | {"生年月日": text})[0]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ((HEAD, SECOND | {"ケース番号": "00001"}), "4行目「続柄」：同じケース番号に世帯主が2人"),
        ((HEAD, WIFE, WIFE), "5行目「宛名番号」：同じ人が同じケースに2回"),
        ((WIFE,), "3行目「続柄」：このケースには世帯主の行がありません"),
        ((HEAD, SECOND | {"宛名番号": "1001", "生年月日": "S250102"}), "2つのケースにいます"),
        ((HEAD, CLOSED | {"宛名番号": "1001", "生年月日": "S260102"}), "生年月日が違います"),
        ((HEAD, WIFE | {"保護状態": "停止中"}), "同じケースの3行目（世帯主の行）と違います"),
        ((HEAD, WIFE | {"地区コード": "02"}), "「地区コード」"),
        ((HEAD | {"続柄": "子"},), "世帯主区分と続柄が食い違っています"),
        ((HEAD | {"続柄": "猫"},), "「猫」は対応表にありません"),
        ((HEAD | {"地区名": ""},), "登録のない地区コード"),
        ((HEAD | {"ケース番号": ""},), "「ケース番号」：空欄です"),
        ((CLOSED | {"保護廃止日": ""},), "廃止日がありません"),
        ((HEAD | {"保護廃止日": "R060301"},), "保護状態が廃止ではない"),
        ((CLOSED | {"保護廃止日": "H290401"},), "保護開始日より前の廃止日"),
        ((HEAD | {"死亡日": "S200101"},), "生年月日より前の死亡日"),
        ((HEAD | {"最終面接日": "R070101"},), "取込日より後"),
        ((HEAD | {"郵便番号": "12"},), "「郵便番号」"),
        ((HEAD | {"氏名": "試験&#0;"},), "制御文字"),
        ((HEAD | {"氏名": "試験&#xD800;"},), "制御文字"),
        ((HEAD, {**WIFE, "余分": "x"}), "列の数が見出しと違います"),
    ],
)
def test_contradictory_rows(work, tmp_path: Path, rows, sentence: str):
    assert any(sentence in found for found in problems(work, tmp_path, *rows))


def test_a_number_that_belongs_to_somebody_else(work, tmp_path: Path):
    importer(work).run(write_ledger(tmp_path), TRAINING)
    other = HEAD | {"氏名": "別人　五郎", "氏名カナ": "ベツジン　ゴロウ", "生年月日": "H020304"}
    assert "別の人で登録" in problems(work, tmp_path, other, *ALL[1:])[0]


def test_thousands_of_problems_are_counted_and_some_are_shown(work, tmp_path: Path):
    rows = [HEAD | {"ケース番号": f"{n:05}", "宛名番号": str(n), "性別": "?"} for n in range(2000)]
    found = importer(work).run(write_ledger(tmp_path, rows), TRAINING)
    assert (found.applied, found.problem_total, len(found.problems)) == (False, 2000, 200)


@pytest.mark.parametrize("column", ["氏名", "施設名", "宛名番号", "ケース番号", "備考"])
@pytest.mark.parametrize("written", [VALID_NUMBER, "１２３４５６７８９０１８", "1234-5678-9018"])
def test_individual_numbers_are_refused_and_not_repeated(
    work, tmp_path: Path, caplog, column: str, written: str
):
    rows = [HEAD | {"備考": ""}, SECOND | {"備考": ""}]
    rows[1][column] = written
    sentence = refused(work, write_ledger(tmp_path, rows))
    assert f"「{column}」の列に個人番号" in sentence
    assert "9018" not in sentence + caplog.text
    assert "９０１８" not in sentence + caplog.text


def test_an_individual_number_in_a_date_or_code_is_not_repeated(work, tmp_path: Path):
    for column in ("生年月日", "保護状態", "郵便番号"):
        sentence = refused(work, write_ledger(tmp_path, [HEAD | {column: VALID_NUMBER}]))
        assert VALID_NUMBER not in sentence
        assert f"「{column}」の列に個人番号" in sentence


def test_long_person_numbers_are_no_individual_numbers(work, tmp_path: Path):
    rows = [
        HEAD | {"ケース番号": f"{n:05}", "宛名番号": str(100000000000 + n * 37)} for n in range(200)
    ]
    assert importer(work).run(write_ledger(tmp_path, rows), TRAINING).applied


def test_a_false_marker(work, tmp_path: Path):
    content = csv_text(ALL).replace(training_line("900001"), "研修用台帳,900001,0123456789abcdef")
    assert "研修用の印が正しくありません" in refused(
        work, with_bytes(tmp_path, content.encode("cp932"))
    )


def test_a_training_office_takes_no_real_ledger(work, engine, tmp_path: Path):
    path = write_ledger(tmp_path, marker=False)
    if engine.dialect.name == "sqlite":
        assert "研修用の印がありません" in refused(work, path)
    else:
        assert importer(work).run(path, TRAINING).applied


def test_a_file_that_changes_while_it_is_read(work, tmp_path: Path):
    path = write_ledger(tmp_path, [HEAD | {"宛名番号": str(n)} for n in range(3000)])
    before = contents(work)

    def rewrite(_done: int, _total: int, _what: str) -> None:
        path.write_bytes(path.read_bytes().replace("緑町".encode("cp932"), "赤町".encode("cp932")))

    with pytest.raises(UserError, match="書き換えられました"):
        importer(work).run(path, TRAINING, rewrite)
    assert contents(work) == before


@pytest.mark.parametrize("steps", [0, 3, 12, 20, 30])
def test_a_cancelled_import_changes_nothing(work, tmp_path: Path, steps: int):
    before = contents(work)
    asked = iter(range(1000))
    with pytest.raises(UserError, match="中止しました"):
        importer(work).run(write_ledger(tmp_path), TRAINING, cancelled=lambda: next(asked) >= steps)
    assert contents(work) == before


def test_only_who_may_import(work, tmp_path: Path):
    with work() as session:
        staff = factories.signed_in(session, factories.make_staff(session))
    with pytest.raises(NotPermittedError):
        LedgerImport(work, factories.CLOCK, staff).run(write_ledger(tmp_path), TRAINING)


def test_names_of_shielded_people_are_in_no_sentence(work, tmp_path: Path):
    found = problems(work, tmp_path, SHIELDED | {"生年月日": "平成32年"}, SHIELDED)
    assert not any("秘匿" in sentence for sentence in found)
