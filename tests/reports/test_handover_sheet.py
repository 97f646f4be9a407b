"""The 引継票 (K-25): one page, whatever the household has; what does not fit is counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop.domain.handover_sheets import (
    CARE,
    CARE_CHARACTERS,
    LINE_CHARACTERS,
    MOST_AHEAD,
    MOST_CARES,
    MOST_CONTACTS,
    MOST_MEMBERS,
    MOST_OPEN,
    MOST_POLICY,
    NAME_CHARACTERS,
    HandoverLine,
    HandoverMember,
    HandoverPart,
    HandoverSheet,
    cut,
    line_of,
    part_of,
    shared_out,
)
from desktop.domain.households import SafetyMarkKind
from desktop.reports.handover_sheets.handover_sheet import HANDOVER_SHEET
from tests.reports.reading import page_texts
from tests.reports.samples import make_imprint

TODAY = date(2024, 10, 1)
#: Do-nots, contacts, open items, days ahead.
_MOST = (MOST_CARES, MOST_CONTACTS, MOST_OPEN, MOST_AHEAD)


def named(label: str, words: str, day: date | None = None) -> HandoverLine:
    return line_of(label, day, words, TODAY)


def sheet(**changes) -> HandoverSheet:
    """A household of two with a little of everything."""
    made = HandoverSheet(
        imprint=make_imprint(),
        as_of=TODAY,
        case_number="0001234",
        district="01 架空町",
        head_name="架空　零郎",
        head_kana="カクウ　レイロウ",
        state="受給中",
        household_type="高齢者世帯",
        visit_grade="B",
        address="100-0001 架空県架空市見本町1丁目2番3号",
        since=date(2020, 4, 1),
        last_met_on=date(2024, 8, 20),
        days_since_met=42,
        absences=2,
        old_caseworker="担当　見本1",
        in_charge_since=date(2022, 4, 1),
        new_caseworker="担当　見本2",
        from_day=date(2025, 4, 1),
        members=(
            HandoverMember(name="架空　零郎", relation="世帯主", age=78, place="居宅"),
            HandoverMember(name="架空　花子", relation="妻", age=75, place="入院 見本病院"),
        ),
        more_members=0,
        cares=part_of([named("注意", CARE[SafetyMarkKind.VISIT_IN_PAIRS])], MOST_CARES),
        open_items=part_of(
            [
                named("指示（未回答）", "通院のようすを確かめて報告する", date(2024, 9, 20)),
                named("約束", "本人：年金の通知を持ってくる", date(2024, 9, 28)),
                named("受領書類", "収入申告書（受領番号 6-0012、9日経過）"),
            ],
            MOST_OPEN,
        ),
        ahead=part_of([named("訪問計画", "訪問午前", date(2024, 10, 8))], MOST_AHEAD),
        contacts=part_of([named("本人", "電話 090-0000-0000（訪問の連絡用）")], MOST_CONTACTS),
        recent=(
            named("家庭訪問", "会えた　居室で面接した。薬を飲み忘れている。", date(2024, 8, 20)),
        ),
        policy=HandoverPart(lines=(named("日常生活自立", "服薬の管理ができていない"),)),
        policy_on=date(2024, 4, 15),
        review_on=date(2025, 4, 30),
    )
    return replace(made, **changes)


def full(count: int, most: int, characters: int) -> HandoverPart:
    """A part with more lines than fit, each as long as a line may be."""
    words = "長い用件の文" * 20
    days = [TODAY + timedelta(days=n) for n in range(count)]
    return part_of(
        [line_of("指示（未回答）", day, words, TODAY, most=characters) for day in days], most
    )


def nasty() -> HandoverSheet:
    """As much as a sheet can be given."""
    long_name = cut("架空寿限無" * 8, NAME_CHARACTERS)
    members = [HandoverMember(name=long_name, relation="子", age=10, place=long_name)]
    return sheet(
        district=cut("99 架空市見本町大字例示特別地区第十二" * 2, 16),
        head_name=long_name,
        head_kana=long_name,
        address=cut("100-0001 架空県架空市大字見本字例示1234番地" * 4, CARE_CHARACTERS),
        visit_grade=cut("特別に多い訪問の格付の名前", 10),
        old_caseworker=cut("担当　見本の長い名前の人", 10),
        new_caseworker=cut("担当　見本の長い名前の人", 10),
        members=tuple(members * MOST_MEMBERS),
        more_members=7,
        cares=full(20, MOST_CARES, CARE_CHARACTERS),
        open_items=full(40, MOST_OPEN, LINE_CHARACTERS),
        ahead=full(30, MOST_AHEAD, LINE_CHARACTERS),
        contacts=full(12, MOST_CONTACTS, CARE_CHARACTERS),
        recent=full(3, 3, LINE_CHARACTERS).lines,
        policy=full(9, MOST_POLICY, LINE_CHARACTERS),
    )


@pytest.mark.parametrize("long_one", range(4))
def test_what_others_leave_free_is_taken_and_it_is_still_one_page(fonts, long_one):
    counts = [30 if place == long_one else 0 for place in range(4)]
    cares, contacts, open_items, ahead = shared_out(
        *(full(count, count, LINE_CHARACTERS).lines for count in counts), most=_MOST
    )
    made = replace(nasty(), cares=cares, contacts=contacts, open_items=open_items, ahead=ahead)
    text = page_texts(HANDOVER_SHEET.pdf(made, fonts).data)
    assert len(text) == 1
    found = (cares, contacts, open_items, ahead)[long_one]
    assert len(found.lines) == sum(_MOST) - 3
    assert len(found.lines) + found.more == 30


def test_each_part_has_its_lines_for_sure_and_the_first_take_what_is_left():
    parts = shared_out(*([named("a", "b")] * count for count in (9, 9, 2, 9)), most=_MOST)
    assert [(len(part.lines), part.more) for part in parts] == [(9, 0), (5, 4), (2, 0), (5, 4)]


def flat(data: bytes) -> str:
    return "".join("".join(page_texts(data)).split())


def test_the_sheet_says_who_what_waits_and_what_comes(fonts):
    text = flat(HANDOVER_SHEET.pdf(sheet(), fonts).data)
    for words in (
        "0001234",
        "担当見本1（令和4年4月1日から）",
        "担当見本2（令和7年4月1日から）",
        "訪問は必ず二人で。",
        "指示（未回答）通院のようすを確かめて報告する",
        "▲",
        "訪問計画訪問午前",
        "不在続き2回",
        "服薬の管理ができていない",
        "指導指示・医療・アセスメント",
    ):
        assert words in text, words
    assert "ほかに" not in text


def test_the_fullest_sheet_is_one_page_and_counts_the_rest(fonts):
    pages = page_texts(HANDOVER_SHEET.pdf(nasty(), fonts).data)
    assert len(pages) == 1
    text = "".join(pages[0].split())
    for said in ("ほかに7人", "ほかに15件", "ほかに33件", "ほかに25件", "ほかに8件", "ほかに6件"):
        assert said in text, said


def test_an_empty_household_says_so(fonts):
    nothing = HandoverPart()
    empty = sheet(
        cares=nothing,
        open_items=nothing,
        ahead=nothing,
        contacts=nothing,
        recent=(),
        policy=nothing,
        policy_on=None,
        review_on=None,
        last_met_on=None,
        days_since_met=None,
    )
    text = flat(HANDOVER_SHEET.pdf(empty, fonts).data)
    for words in ("残っていることはありません", "有効な援助方針はありません", "最後の面接記録なし"):
        assert words in text


def test_every_care_fits_its_line():
    assert all(len(words) <= CARE_CHARACTERS for words in CARE.values())


def test_lines_are_ordered_by_day_those_without_one_last_and_cut_where_they_are_long():
    lines = [named("a", "無"), named("b", "後", TODAY), named("c", "前", TODAY - timedelta(days=1))]
    part = part_of(lines, 2)
    assert [line.label for line in part.lines] == ["c", "b"]
    assert part.more == 1
    assert [line.is_late for line in part.lines] == [True, False]
    assert cut("あ" * 50, 10) == "あ" * 9 + "…"
    assert cut("一行\n二行", 10) == "一行 二行"
