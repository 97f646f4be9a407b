"""The same household in the spellings of different systems."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop.domain.errors import UserError
from desktop.domain.households import HouseholdState, HouseholdType, Relation, ResidenceKind, Sex
from desktop.domain.ledger import training_line
from desktop.models.households import Household, Member, Person
from desktop.models.ledger import AddressPeriod, HouseholdStatePeriod, ResidencePeriod
from desktop.services.ledger_import import load_mapping, shipped_mappings
from tests.services.ledger_import.ledgers import (
    HEAD,
    TRAINING,
    VENDOR_A,
    VENDOR_B,
    counts,
    csv_text,
    empty_office,
    importer,
    write_ledger,
)

A = """世帯番号,個人宛名コード,世帯主フラグ,世帯主との続柄,氏名（漢字）,氏名（カナ）,誕生日,現住所,担当地区,担当地区名称,受給状態,開始年月日,廃止年月日,訪問類型,最終訪問日,死亡年月日,備考
00001,１００１,TRUE,本人,𠮷野　太郎,ﾖｼﾉ ﾀﾛｳ,1950-01-02,"架空県架空市緑町1-2-3",01,緑町,保護中,2018-04-01,,C,2024-08-01,,
00001,1002,false,妻,𠮷野　ANNA,よしの　あんな,1952/3/4,架空県架空市緑町1-2-3,01,緑町,保護中,20180401,9999-12-31,C,,0001-01-01,"改行
のある備考"
"""
B = """ｹｰｽNO,ｱﾃﾅNO,ﾂﾂﾞｷｶﾞﾗCD,ｼﾒｲ漢字,ｼﾒｲｶﾅ,ｾｲﾈﾝｶﾞｯﾋﾟ,ｾｲﾍﾞﾂCD,〒,ｼﾞｭｳｼｮ,ﾁｸCD,ﾁｸﾒｲ,ｾﾀｲﾙｲｹｲCD,ﾎｺﾞｼﾞｮｳﾀｲCD,ｶｲｼﾋﾞ,ﾊｲｼﾋﾞ,ｷｮｼｮCD,ｼｾﾂﾒｲ,ｶｸﾂﾞｹ
00001,1001,01,&#x20BB7;野　太郎,ﾖｼﾉ ﾀﾛｳ,3250102,1,1234567,架空県架空市緑町1-2-3,01,緑町,1,1,4300401,0000000,0,,C
00001,1002,02,髙﨑　花子,タカサキ　ハナコ,3270304,2,１２３-４５６７,架空県架空市緑町1-2-3,01,緑町,1,1,4300401,9999999,1,ｶｸｳ病院,C
"""


@pytest.fixture
def work(engine):
    return empty_office(engine)


def write(folder: Path, text: str, encoding: str) -> Path:
    path = folder / "ledger.csv"
    path.write_bytes(f"{training_line('900001')}\n{text}".encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf_8_with_western_dates(work, tmp_path: Path, encoding: str):
    found = importer(work).run(write(tmp_path, A, encoding), VENDOR_A)
    assert found.problems == ()
    assert [n.column for n in found.notices] == ["備考"]
    with work() as session:
        people = session.scalars(select(Person).order_by(Person.person_number)).all()
        assert [p.person_number for p in people] == ["1001", "1002"]
        assert [p.name for p in people] == ["𠮷野　太郎", "𠮷野　ANNA"]
        assert [p.kana for p in people] == ["ヨシノ　タロウ", "ヨシノ　アンナ"]
        assert [p.birth_date for p in people] == [date(1950, 1, 2), date(1952, 3, 4)]
        assert {p.sex for p in people} == {Sex.UNKNOWN}
        relations = session.scalars(select(Member.relation).order_by(Member.is_head.desc()))
        assert relations.all() == [Relation.HEAD, Relation.SPOUSE]


def test_cp932_with_era_codes_and_half_width_kana(work, tmp_path: Path):
    found = importer(work).run(write(tmp_path, B, "cp932"), VENDOR_B)
    assert found.problems == ()
    with work() as session:
        people = session.scalars(select(Person).order_by(Person.person_number)).all()
        assert [p.name for p in people] == ["𠮷野　太郎", "髙﨑　花子"]
        assert [p.sex for p in people] == [Sex.MALE, Sex.FEMALE]
        household = session.scalars(select(Household)).one()
        assert household.head_kana == "ヨシノ　タロウ"
        assert household.household_type is HouseholdType.ELDERLY
        state = session.scalars(select(HouseholdStatePeriod)).one()
        assert (state.state, state.valid_from) == (HouseholdState.RECEIVING, date(2018, 4, 1))
        stay = session.scalars(select(ResidencePeriod)).one()
        assert (stay.kind, stay.place) == (ResidenceKind.HOSPITAL, "カクウ病院")
        assert session.scalars(select(AddressPeriod)).one().postal_code == "123-4567"


@pytest.mark.parametrize(
    "written",
    ["S250102", "昭和25年1月2日", "S25.1.2", "3250102", "1950-01-02", "19500102", "ｓ２５．１．２"],
)
def test_spellings_of_one_day(work, tmp_path: Path, written: str):
    path = write_ledger(tmp_path, [HEAD | {"生年月日": written}])
    assert importer(work).run(path, TRAINING).problems == ()
    with work() as session:
        assert session.scalars(select(Person.birth_date)).one() == date(1950, 1, 2)


def test_names_keep_their_variation_sequences(work, tmp_path: Path):
    name = "葛\U000e0100城　試験"
    path = write_ledger(tmp_path, [HEAD | {"氏名": name}], encoding="utf-8")
    assert importer(work).run(path, TRAINING).problems == ()
    with work() as session:
        assert session.scalars(select(Person.name)).one() == name


def test_characters_that_only_the_office_knows_are_named(work, tmp_path: Path):
    path = write_ledger(tmp_path, [HEAD | {"氏名": "試験　\ue000郎"}])
    found = importer(work).preview(path, TRAINING)
    assert found.problem_total == 0
    assert "3行目「氏名」：外字" in found.notices[0].full_sentence


def test_columns_may_stand_in_any_order(work, tmp_path: Path):
    row = dict(reversed(HEAD.items()))
    assert importer(work).run(write_ledger(tmp_path, [row]), TRAINING).problems == ()
    assert counts(work)["person"] == 1


def test_tabs_between_the_cells(work, tmp_path: Path):
    mapping = tmp_path / "tabs.toml"
    mapping.write_text('delimiter = "\\t"', encoding="utf-8")
    text = csv_text([HEAD], marker=False).replace(",", "\t")
    if work.engine.dialect.name == "postgresql":
        path = tmp_path / "ledger.txt"
        path.write_bytes(text.encode("cp932"))
        assert importer(work).run(path, mapping).problems == ()


def test_all_shipped_mappings_can_be_read():
    assert [name for name, _ in shipped_mappings()] == [
        "研修用台帳",
        "例A（UTF-8・西暦）",
        "例B（CP932・和暦コード）",
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("columns = 3", "「columns」は表"),
        ('[columns]\n"電話" = ["TEL"]', "「電話」という列はありません"),
        ('[columns]\n"氏名" = "NAME"', "文字の並び"),
        ('[codes."続柄"]\n"いとこ" = ["51"]', "「いとこ」はありません"),
        ('[codes."氏名"]\n"x" = ["1"]', "「氏名」の表はありません"),
        ('encoding = "euc-jp"', "「encoding」は"),
        ("colums = {}", "「colums」という項目はありません"),
        ("[columns", "TOMLとして読めません"),
        ('[columns]\n"氏名" = ["X"]\n"氏名カナ" = ["X"]', ""),
    ],
)
def test_mistakes_in_a_mapping(tmp_path: Path, text: str, sentence: str):
    path = tmp_path / "mapping.toml"
    path.write_text(text, encoding="utf-8")
    if not sentence:
        assert load_mapping(path).name == "mapping"
        return
    with pytest.raises(UserError) as error:
        load_mapping(path)
    assert sentence in error.value.sentence
