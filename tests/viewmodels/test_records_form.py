from __future__ import annotations

from dataclasses import replace

from desktop.database.shipped import shipped_rows
from desktop.domain.master_tables import Master
from desktop.domain.records import SegmentKind
from desktop.services.masters.lookup import _entry_kind
from desktop.services.records.changes import as_input
from desktop.viewmodels.records_conflict import keep_both, keep_mine
from desktop.viewmodels.records_difference import compare_entries
from desktop.viewmodels.records_form import result_note, shape_of
from tests.support.fakes_records import CALL, RESULTS, TALK, VISIT, draft, entry, segment


def test_an_ordinary_visit_has_at_most_twelve_fields():
    assert shape_of(VISIT).field_count <= 12


def test_shipped_kinds_keep_to_the_limits():
    kinds = [_entry_kind(row.key, row.value) for row in shipped_rows(Master.ENTRY_KINDS)]
    assert {k.code for k in kinds if shape_of(k).field_count > 12} == set()
    calls = [k for k in kinds if k.code.startswith("telephone")]
    assert [shape_of(k).field_count for k in calls] == [3, 3]


def test_a_call_is_short_and_a_single_result_is_not_asked_for():
    assert shape_of(CALL).is_short
    assert "result" in shape_of(CALL).asks
    assert "result" not in shape_of(TALK).asks


def test_segments_with_words_stay_when_the_kind_has_none_of_them():
    shape = shape_of(CALL, {SegmentKind.VIEW, SegmentKind.REASON})
    assert shape.segments == (SegmentKind.FACTS, SegmentKind.VIEW)


def test_a_next_step_is_a_row_where_promises_are_asked_for():
    assert SegmentKind.NEXT not in shape_of(VISIT).segments
    assert SegmentKind.NEXT in shape_of(VISIT, {SegmentKind.NEXT}).segments


def test_both_sources_stand_after_a_conflict():
    mine = replace(segment(SegmentKind.FACTS, "同じ文"), source="本人の話")
    theirs = replace(mine, source="目で見た")
    settled = keep_both(as_input(draft(segments=(mine,))), draft(segments=(theirs,)))
    assert settled.segments[0].source == "目で見た、本人の話"


def test_the_result_says_whether_it_counts():
    met, absent = RESULTS[0], RESULTS[2]
    assert result_note(met, counts=True, is_visit=True) == "訪問として数えます"
    assert result_note(met, counts=False, is_visit=True) == "訪問に数えません"
    urgent = result_note(absent, counts=False, is_visit=True, urgent="緊急対応する")
    assert urgent.startswith("【本日中】緊急対応する")
    assert result_note(absent, counts=False, is_visit=True).endswith("次に：再訪問の日を決める")
    assert result_note(RESULTS[5], counts=False, is_visit=False) == ""


def test_keeping_both_texts_loses_neither():
    mine = as_input(draft(segments=(segment(SegmentKind.FACTS, "私の文。"),)))
    stored = draft(
        version=4,
        segments=(
            segment(SegmentKind.FACTS, "保存された文。"),
            segment(SegmentKind.VIEW, "所見。"),
        ),
    )
    both = keep_both(mine, stored)
    texts = {s.kind: s.text for s in both.segments}
    assert both.shown_version == 4
    assert texts[SegmentKind.FACTS].startswith("保存された文。")
    assert texts[SegmentKind.FACTS].endswith("私の文。")
    assert texts[SegmentKind.VIEW] == "所見。"


def test_a_text_that_contains_the_other_is_not_doubled():
    mine = as_input(draft(segments=(segment(SegmentKind.FACTS, "文。続き。"),)))
    stored = draft(version=2, segments=(segment(SegmentKind.FACTS, "文。"),))
    assert keep_both(mine, stored).segments[0].text == "文。続き。"


def test_keeping_mine_goes_on_from_the_stored_version():
    mine = as_input(draft())
    assert keep_mine(mine, draft(version=7)) == replace(mine, shown_version=7)


def test_versions_are_compared_label_by_label():
    old = entry(
        started_at=600,
        segments=(segment(SegmentKind.FACTS, "良い。"), segment(SegmentKind.VIEW, "消える。")),
    )
    new = entry(segments=(segment(SegmentKind.FACTS, "悪い。"),))
    changed = [part.label for part in compare_entries(old, new) if part.is_changed]
    assert changed == ["時刻", "事実", "所見"]
