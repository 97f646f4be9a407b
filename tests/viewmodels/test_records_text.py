from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain.records import (
    ChangeKind,
    EntryOrigin,
    EntryState,
    Place,
    Promise,
    SegmentKind,
)
from desktop.viewmodels.records_text import badges, entry_text
from tests.support.factories import TODAY, days_ago
from tests.support.fakes_records import an_id, draft, entry, returned, segment, stamp


def badge_texts(given):
    return [badge.text for badge in badges(given)]


def test_the_heading_has_number_era_date_time_and_kind():
    assert entry_text(entry()).heading == "No.1　令和6年10月1日（火） 10:30～11:15　家庭訪問"


def test_facts_that_are_not_known_are_left_out():
    given = replace(entry(), place=Place.NONE, met=(), result_label="", result_code="")
    assert entry_text(given).facts == "記録：試験 担当（R6.10.1）"


def test_signs_of_danger_stand_with_the_result():
    given = entry(result_code="21", result_label="不在（連絡票を投函）", has_danger_signs=True)
    assert "結果：不在（連絡票を投函）・危険の兆候あり" in entry_text(given).facts


def test_company_shows_only_when_somebody_else_went():
    assert "訪問者" not in entry_text(entry()).facts
    assert (
        "訪問者：試験 担当、架空 同行" in entry_text(entry(went=("試験 担当", "架空 同行"))).facts
    )


def test_empty_segments_are_not_shown():
    given = entry(segments=(segment(SegmentKind.FACTS, "本文"), segment(SegmentKind.VIEW, "  ")))
    assert [part.label for part in entry_text(given).parts] == ["事実"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (entry(), []),
        (draft(), ["下書き"]),
        (returned(), ["差戻し"]),
        (entry(state=EntryState.SUBMITTED, approved_version=None), ["決裁待ち"]),
        (entry(state=EntryState.DRAFT), ["訂正中（下書き）"]),
        (entry(change=ChangeKind.CORRECTION), ["訂正済"]),
        (entry(is_annulled=True), ["誤記載取消"]),
        (entry(has_danger_signs=True), ["危険の兆候あり"]),
        (entry(has_danger_signs=True, is_annulled=True), ["誤記載取消"]),
        (entry(origin=EntryOrigin.LEGACY), ["旧システム記録"]),
        (entry(is_late=True), ["遡及記録"]),
    ],
)
def test_badges_say_where_an_entry_stands(given, expected):
    assert badge_texts(given) == expected


def test_stamps_notes_promises_and_origin_follow():
    promise = Promise(promise_id=an_id("p"), who="本人", what="申告書を出す", due_on=days_ago(-7))
    given = replace(returned(), stamps=(stamp(),), promises=(promise,), relates_to=an_id("first"))
    text = entry_text(given, {an_id("first"): 12})
    assert text.parts[-1].text == "本人：申告書を出す（R6.10.8まで）"
    assert text.after[0] == "→ No.12 への追記"
    assert text.after[1] == "決裁　査察指導員 試験 査察 R6.10.1"
    assert text.after[2] == "差戻し　試験 査察 R6.10.1 18:00「通院の日を書いてください。」"


def test_plain_text_has_every_line_for_the_clipboard():
    plain = entry_text(draft()).plain()
    assert plain.startswith("令和6年10月1日（火） 10:30～11:15　家庭訪問［下書き］\n")
    assert plain.endswith("【事実】居室で世帯主と面接した。体調は良い。")
    assert TODAY.isoformat() not in plain


def test_an_annulment_under_way_is_not_called_a_correction():
    asked = entry(change=ChangeKind.ANNULMENT, state=EntryState.SUBMITTED, moved_to=an_id("copy"))
    assert [badge.text for badge in badges(asked)] == ["誤記載取消中（決裁待ち）"]
    assert any("下書きがあります" in line for line in entry_text(asked).after)


def test_a_corrected_entry_shows_its_old_text_struck_before_the_new():
    now = entry(change=ChangeKind.CORRECTION, version=2, approved_version=2)
    facts = next(s for s in now.segments if s.kind is SegmentKind.FACTS)
    corrected = replace(now, replaced=(replace(facts, text="前の文。"),))
    shown = [(part.label, part.is_struck) for part in entry_text(corrected).parts]
    assert shown[:2] == [("事実（訂正前）", True), ("事実", False)]
    assert entry_text(corrected).parts[0].text == "前の文。"
