"""The carry sheet (K-09), the register (K-11) and the report of an incident (K-29)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from desktop.database.shipped import shipped_rows
from desktop.domain.carry_out_forms import (
    CarryOutRegister,
    CarrySheet,
    IncidentReport,
    SheetItem,
    initials,
    town_and_room,
)
from desktop.domain.carry_outs import (
    CarryOutApproval,
    CarryOutLine,
    CarryOutReason,
    CarryOutState,
)
from desktop.domain.ids import new_id
from desktop.domain.leaks import Incident, IncidentInput
from desktop.domain.master_tables import Master
from desktop.reports.carry_outs.carry_sheet import CARRY_SHEET
from desktop.reports.carry_outs.incident_report import INCIDENT_REPORT
from desktop.reports.carry_outs.register import CARRY_OUT_REGISTER
from tests.reports.reading import bookmarks, page_texts
from tests.reports.samples import make_imprint

PURPOSES = tuple(str(row.value["sheet_label"]) for row in shipped_rows(Master.VISIT_PURPOSES))
CHECKS = {
    row.key: tuple(str(row.value["checks"]).split("・"))
    for row in shipped_rows(Master.CARRY_CHECKS)
}
RESULTS = tuple(row.key for row in shipped_rows(Master.RESULT_CODES))
LEFT = datetime(2024, 10, 1, 0, 30, tzinfo=UTC)


def item(number: int = 1, **changes) -> SheetItem:
    made = SheetItem(
        case_number=f"{number:07}",
        initials="K.H.",
        place="見本町 101号室",
        purposes=tuple((label, place in {0, 5}) for place, label in enumerate(PURPOSES)),
        checks=(*CHECKS["common"], *CHECKS["elderly"]),
        promises=2,
    )
    return replace(made, **changes)


def sheet(*items: SheetItem, **changes) -> CarrySheet:
    made = CarrySheet(
        imprint=make_imprint(),
        fiscal_year=2024,
        number=12,
        on=date(2024, 10, 1),
        caseworker="担当 見本",
        sheets=2,
        items=items or tuple(map(item, range(1, 5))),
        results=RESULTS,
    )
    return replace(made, **changes)


def line(number: int = 1, **changes) -> CarryOutLine:
    made = CarryOutLine(
        carry_out_id=new_id(),
        version=4,
        fiscal_year=2024,
        number=number,
        staff_id=new_id(),
        staff="担当 見本",
        reason=CarryOutReason.VISIT,
        leaving_at=LEFT,
        area="第1地区",
        households=4,
        kinds=("携行票", "申告書などの用紙（未記入）"),
        media=("紙",),
        sheets=6,
        protection="氏名は略記・鍵のかかる鞄",
        is_masked=True,
        goes_home=False,
        approval=CarryOutApproval.SUPERVISOR,
        state=CarryOutState.CLOSED,
        approved_by="査察 見本",
        approved_at=LEFT,
        left_at=LEFT,
        back_at=LEFT.replace(hour=7),
        destroyed=True,
        sheets_back=6,
        closed_by="隣席 見本",
        closed_at=LEFT.replace(hour=8),
    )
    return replace(made, **changes)


def register(*lines: CarryOutLine, **changes) -> CarryOutRegister:
    made = CarryOutRegister(
        imprint=make_imprint(training=True),
        since=date(2024, 9, 1),
        until=date(2024, 9, 30),
        lines=lines or (line(),),
    )
    return replace(made, **changes)


def report(**changes) -> IncidentReport:
    given = IncidentInput(
        incident_id=new_id(),
        carry_out_id=new_id(),
        version=1,
        found_at=LEFT,
        persons=3,
        summary="訪問の帰りに携行票1枚がないことに気付いた。",
        items="ケース番号・イニシャル",
        cause="鞄の口が開いていた。",
        harm="確認されていない。",
        talk="お詫びの手紙を用意している。",
        publication="していない。",
        prevention="鞄に鍵をかけたことを出発前に二人で確かめる。",
        **changes,
    )
    incident = Incident(
        given=given,
        carry_label="持6-0012",
        quick_due_on=date(2024, 10, 6),
        full_due_on=date(2024, 10, 31),
        reported_at=LEFT,
        reported_by="担当 見本",
        saved_at=LEFT,
        saved_by="査察 見本",
    )
    return IncidentReport(
        imprint=make_imprint(), incident=incident, stamps=("査察指導員", "課長", "所長")
    )


def flat(data: bytes) -> list[str]:
    return ["".join(text.split()) for text in page_texts(data)]


def test_the_sheet_has_three_households_a_page_and_room_to_write(fonts):
    made = CARRY_SHEET.pdf(sheet(), fonts)
    first, second = flat(made.data)
    for words in ("持6-0012", "2024000012", "令和6年10月1日", "担当見本", "枚数計2枚"):
        assert words in first, words
    for words in ("0000001K.H.", "見本町101号室", "■生活状況", "□居住の確認", "□転倒", "約束2件"):
        assert words in first, words
    assert "0000003" in first
    assert "0000004" not in first
    assert "0000004" in second
    assert "□返却□廃棄" in second
    assert bookmarks(made.data) == [("持6-0012", 0)]


@pytest.mark.parametrize("count", [1, 3, 6, 12])
def test_a_full_day_takes_the_sheets_that_were_counted(fonts, count: int):
    longest = {key: (*CHECKS["common"], *words) for key, words in CHECKS.items()}
    items = [
        item(number, checks=longest[key])
        for number, key in zip(range(1, count + 1), list(CHECKS) * 2, strict=False)
    ]
    assert CARRY_SHEET.pdf(sheet(*items), fonts).pages == -(-count // 3)


def test_no_shipped_word_of_the_sheet_tells_what_it_is_about(fonts):
    told = "".join((*PURPOSES, *(word for words in CHECKS.values() for word in words)))
    text = "".join(flat(CARRY_SHEET.pdf(sheet(), fonts).data))
    for word in ("生活保護", "保護", "福祉", "病名", "精神", "がん", "障害", "扶助"):
        assert word not in told, word
        assert word not in text, word


def test_a_shielded_household_is_a_number_alone(fonts):
    text = "".join(flat(CARRY_SHEET.pdf(sheet(item(7, initials="", place="")), fonts).data))
    assert "0000007" in text
    assert "K.H." not in text
    assert "支援措置" not in text
    assert "場所" not in text


def test_the_register_says_who_took_what_and_that_it_came_back(fonts):
    late = line(
        2, state=CarryOutState.OUT, back_at=None, closed_by="", closed_at=None, is_late=True
    )
    odd = line(3, sheets_back=5, remark="1枚は濡れたため現地で裁断した。")
    (page,) = flat(CARRY_OUT_REGISTER.pdf(register(line(), late, odd), fonts).data)
    for words in (
        "令和6年9月1日から令和6年9月30日まで",
        "持出し3件返却・廃棄2件返却されていないもの1件",
        "持6-0001",
        "申告書などの用紙（未記入）",
        "未返却",
        "返却5枚",
        "裁断した",
        "隣席見本",
        "研修用",
    ):
        assert words in page, words


def test_a_long_register_goes_on_over_sheets(fonts):
    made = CARRY_OUT_REGISTER.pdf(register(*map(line, range(1, 61))), fonts)
    assert made.pages >= 3
    assert all("連番持出日時" in page for page in flat(made.data))


def test_an_empty_register_says_so(fonts):
    made = CARRY_OUT_REGISTER.pdf(replace(register(), lines=()), fonts)
    assert "持出しはありません" in flat(made.data)[0]


def test_the_report_has_the_items_of_the_law_and_its_days(fonts):
    text = "".join(flat(INCIDENT_REPORT.pdf(report(), fonts).data))
    for words in (
        "令和6年10月1日09:30",
        "速報の期限令和6年10月6日",
        "確報の期限令和6年10月31日",
        "3人",
        "■要□不要",
        "鞄の口が開いていた。",
        "施行規則8条",
        "持6-0012",
    ):
        assert words in text, words


@pytest.mark.parametrize(
    ("kana", "said"),
    [
        ("カクウ ハナコ", "K.H."),
        ("ミホン", "M."),
        ("", ""),
        ("チバ シン", "C.S."),
        ("ジョン", "J."),
    ],
)
def test_initials_come_from_the_reading(kana: str, said: str):
    assert initials(kana) == said


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("架空県架空市見本町1丁目2番3号 見本荘101号室", "見本町 101号室"),
        ("架空県四日市市例町4番5号", "例町"),
        ("架空県架空郡架空町大字見本12", "大字見本"),
        ("架空県架空市中区本町９－９ ２０３号室", "本町 ２０３号室"),
        ("府中市見本町3", "見本町"),
        ("", ""),
    ],
)
def test_only_town_and_room_of_an_address_are_told(address: str, said: str):
    assert town_and_room(address) == said
