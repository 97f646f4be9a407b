"""The 保護台帳 and the note for an absent household on paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from desktop.domain.household_forms import AbsenceNote, HouseholdSheet, LookedAfter
from desktop.domain.households import (
    CaseFile,
    DatedFact,
    HouseholdState,
    HouseholdType,
    Identity,
    Member,
    Relation,
    ResidenceKind,
    SafetyMark,
    SafetyMarkKind,
    Sex,
)
from desktop.domain.office import Period
from desktop.reports.households.household_sheet import HOUSEHOLD_SHEET
from desktop.reports.visits.absence_note import ABSENCE_NOTE
from tests.reports.reading import page_texts
from tests.reports.samples import make_imprint
from tests.support.fakes import fake_id

SINCE = Period(valid_from=date(2020, 4, 1))


def member(number: int, **changes) -> Member:
    made = Member(
        member_id=fake_id(f"member{number}"),
        person_id=fake_id(f"person{number}"),
        person_number=f"{number:08}",
        name=f"架空　{number}郎",
        kana="カクウ　タロウ",
        birth_date=date(1980, 5, 1),
        sex=Sex.MALE,
        relation=Relation.HEAD if number == 0 else Relation.CHILD,
        is_head=number == 0,
        period=SINCE,
        residence=ResidenceKind.HOSPITAL if number == 1 else ResidenceKind.HOME,
        residence_place="見本病院" if number == 1 else "",
        work="例示商店" if number == 0 else "",
    )
    return replace(made, **changes)


def case_file(*members: Member, **changes) -> CaseFile:
    made = CaseFile(
        identity=Identity(
            household_id=fake_id("household"),
            case_number="0001234",
            head_name="架空　零郎",
            head_kana="カクウ　レイロウ",
            district_code="01",
            district_name="架空町",
            caseworker="担当　見本",
            state=HouseholdState.RECEIVING,
        ),
        as_of=date(2024, 10, 1),
        members=members or (member(0), member(1)),
        former_members=(
            member(2, period=Period(valid_from=date(2020, 4, 1), valid_to=date(2023, 3, 31))),
        ),
        facts=(DatedFact(label="住所", value="架空市見本町1-2-3", period=SINCE),),
        marks=(SafetyMark(kind=SafetyMarkKind.VISIT_IN_PAIRS, period=SINCE),),
        household_type=HouseholdType.OTHER,
        address="架空県架空市見本町1丁目2番3号",
        postal_code="1000001",
        started_on=date(2020, 4, 1),
        visit_grade="B",
    )
    return replace(made, **changes)


def sheet(**changes) -> HouseholdSheet:
    made = HouseholdSheet(
        imprint=make_imprint(),
        file=case_file(),
        closed_on=None,
        history=(LookedAfter(caseworker="担当　見本", district="01 架空町", period=SINCE),),
    )
    return replace(made, **changes)


def note(**changes) -> AbsenceNote:
    made = AbsenceNote(
        imprint=make_imprint(),
        case_number="0001234",
        name="架空　零郎",
        came_at=datetime(2024, 9, 30, 1, 15, tzinfo=UTC),
        contact="地区担当",
        caseworker="担当　見本",
        phone="000-000-0000",
        hours="平日 午前9時から午後5時",
    )
    return replace(made, **changes)


def flat(data: bytes) -> str:
    return "".join("".join(page_texts(data)).split())


def test_the_ledger_sheet_holds_what_the_file_holds(fonts):
    text = flat(HOUSEHOLD_SHEET.pdf(sheet(), fonts).data)
    for words in (
        "ケース番号0001234地区01架空町",
        "世帯主架空零郎（カクウレイロウ）",
        "住所〒100-0001架空県架空市見本町1丁目2番3号",
        "保護開始令和2年4月1日",
        "世帯類型その他",
        "訪問格付B",
        "架空0郎",
        "例示商店",
        "見本病院",
        "R5.3.31まで",
        "担当見本",
        "扶養義務者の氏名",
    ):
        assert words in text, words


def test_what_the_program_does_not_hold_is_left_to_be_written(fonts):
    text = flat(HOUSEHOLD_SHEET.pdf(sheet(closed_on=date(2024, 9, 1)), fonts).data)
    assert "保護廃止令和6年9月1日" in text
    for label in ("本籍", "生活歴・職歴", "病歴", "資産", "照会日", "主治医"):
        assert label in text


def test_forty_members_stand_on_it_all(fonts):
    made = sheet(file=case_file(*(member(n, name=f"架空　{n:02}子") for n in range(40))))
    rendered = HOUSEHOLD_SHEET.pdf(made, fonts)
    text = flat(rendered.data)
    assert all(f"架空{n:02}子" in text for n in range(40))
    assert rendered.pages > 2


def test_an_empty_file_makes_a_sheet_to_fill_in(fonts):
    bare = case_file(
        member(0, birth_date=None, work="", kana=""),
        former_members=(),
        facts=(),
        marks=(),
        household_type=None,
        address="",
        postal_code="",
        started_on=None,
        visit_grade="",
    )
    text = flat(HOUSEHOLD_SHEET.pdf(sheet(file=bare, history=()), fonts).data)
    assert "不明" in text
    assert "担当員の記録はありません。" in text


def test_the_absence_note_names_neither_help_nor_reason(fonts):
    (text,) = page_texts(ABSENCE_NOTE.pdf(note(), fonts).data)
    flat_text = "".join(text.split())
    assert "9月30日（月）10時15分ごろ" in flat_text
    assert "架空零郎様" in flat_text
    assert "000-000-0000" in flat_text
    assert [
        w for w in ("保護", "受給", "ケース", "0001234", "訪問", "調査") if w in flat_text
    ] == []


def test_without_a_recorded_absence_the_hour_is_written_at_the_door(fonts):
    (text,) = page_texts(ABSENCE_NOTE.pdf(note(came_at=None, hours=""), fonts).data)
    assert "ごろ" in text
    assert "9月30日" not in text
    assert "受付時間" not in text
