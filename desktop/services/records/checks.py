"""What stands beside an entry while it is read: questions, never verdicts (rules R04, R05, V14); `likenesses.py` asks about R06."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from desktop.domain.clock import japan_day
from desktop.domain.records import ContactMethod, Entry, ResultCode, body_text, measure_body
from desktop.domain.review import Check
from desktop.domain.thresholds import Thresholds


def checks_of(
    entry: Entry,
    recent: Sequence[Entry],
    thresholds: Thresholds,
    results: Mapping[str, ResultCode],
    today: date,
) -> tuple[Check, ...]:
    """The checks that found something, most serious first."""
    found = [
        *_contact_checks(entry, results),
        *_body_checks(entry, thresholds),
        *_date_checks(entry, recent, thresholds, today),
    ]
    return tuple(sorted(found, key=lambda check: -check.severity))


def _contact_checks(entry: Entry, results: Mapping[str, ResultCode]) -> Iterator[Check]:
    result = results.get(entry.result_code)
    if (
        entry.method is ContactMethod.VISIT
        and result
        and result.counts
        and entry.started_at is None
    ):
        yield Check(severity=1, sentence="訪問の時刻が入っていません。")
    if result is not None and result.next_step:
        yield Check(severity=1, sentence=f"結果「{result.label}」の次の対応：{result.next_step}")


def _body_checks(entry: Entry, thresholds: Thresholds) -> Iterator[Check]:
    measure = measure_body(body_text(entry.segments))
    if entry.method is ContactMethod.VISIT:
        if measure.length < thresholds.r05_characters:
            yield Check(
                severity=2,
                sentence=f"訪問の記事が{measure.length}字です。様子や確認したことが書かれていますか。",
            )
        elif measure.is_set_phrase:
            yield Check(
                severity=2,
                sentence="訪問の記事が決まり文句だけです。様子や確認したことが書かれていますか。",
            )


def _date_checks(
    entry: Entry, recent: Sequence[Entry], thresholds: Thresholds, today: date
) -> Iterator[Check]:
    days = (japan_day(entry.recorded_at) - entry.event_on).days
    if days > thresholds.late_entry_days:
        yield Check(severity=2, sentence=f"あった日から{days}日後に記録されました（遡及記録）。")
    for other in recent:
        for promise in other.promises:
            if promise.kept_on is None and promise.due_on is not None and promise.due_on < today:
                yield Check(
                    severity=1,
                    sentence=f"期限を過ぎた約束があります：{promise.who}「{promise.what}」",
                )
