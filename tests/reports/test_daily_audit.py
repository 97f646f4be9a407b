"""The 監査日報 on paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from desktop.domain.audit_day import tick_gaps
from desktop.reports.audit.daily import DAILY_AUDIT
from tests.reports.reading import page_texts
from tests.reports.samples import make_audit_day


def flat(data: bytes) -> list[str]:
    return ["".join(text.split()) for text in page_texts(data)]


def test_the_seal_stands_on_it_in_sixteen_groups(fonts):
    (page,) = flat(DAILY_AUDIT.pdf(make_audit_day(), fonts).data)
    assert bytes(range(32)).hex().upper() in page
    assert "第1,440番" in page
    assert "12,345件（うち未封印3件）" in page


def test_changes_refusals_and_late_ticks_are_named(fonts):
    (page,) = flat(DAILY_AUDIT.pdf(make_audit_day(), fonts).data)
    for words in (
        "09:00:00パスワードの再設定試験太郎試験管理",
        "職務の登録：査察指導員",
        "試験太郎10回",
        "登録のない利用者名2回",
        "13:00:000123台帳の取込試験庶務",
        "試験花子1時間で45世帯を開いています（目安30）。",
        "03:00:00～03:25:0025分",
    ):
        assert words in page


def test_a_quiet_day_says_so(fonts):
    day = make_audit_day(
        changes=(), refused=(), gaps=(), shields=(), unusual=(), last=None, before=None
    )
    (page,) = flat(DAILY_AUDIT.pdf(day, fonts).data)
    assert page.count("ありません。") == 5
    assert "封印はまだありません" in page


def test_a_day_without_any_tick_is_one_gap_of_a_whole_day(fonts):
    day = make_audit_day()
    start = day.imprint.printed_at - timedelta(days=1)
    whole = replace(day, ticks=0, gaps=tick_gaps([], start, day.imprint.printed_at))
    assert "1,440分" in flat(DAILY_AUDIT.pdf(whole, fonts).data)[0]


def test_ticks_in_time_leave_no_gap():
    start = make_audit_day().imprint.printed_at
    ticks = [start + timedelta(minutes=m) for m in (0, 10, 20, 31)]
    (gap,) = tick_gaps(ticks, start, start + timedelta(minutes=35))
    assert (gap.since, gap.until) == (ticks[2], ticks[3])


def test_many_changes_go_on_over_further_sheets(fonts):
    day = make_audit_day()
    made = DAILY_AUDIT.pdf(replace(day, changes=day.changes * 36), fonts)
    pages = flat(made.data)
    assert len(pages) == made.pages == 3
    assert sum(page.count("パスワードの再設定") for page in pages) == 36
    assert all("内容対象の職員行った人" in page for page in pages[:2])
    assert "3／3頁" in pages[-1]


def test_the_same_day_gives_the_same_bytes(fonts):
    assert DAILY_AUDIT.pdf(make_audit_day(), fonts) == DAILY_AUDIT.pdf(make_audit_day(), fonts)
