"""Why a support policy is to be reviewed, in words: by when, and what happened."""

from __future__ import annotations

from datetime import date

from desktop.domain.era import DateStyle, format_date
from desktop.domain.policy_events import ReviewDue, ReviewEvent

_NEAR_DAYS = 14


def events_sentence(due: ReviewDue, today: date) -> tuple[str, str]:
    """By when the policy is reviewed because of its open events, with the tone; ("", "info") where none is open."""
    event = due.by_event or next(iter(due.events), None)
    if event is None:
        return "", "info"
    left = (event.due_on - today).days
    when = f"あと{left}日" if left > 0 else "今日まで" if left == 0 else f"{-left}日超過"
    due_on = format_date(event.due_on, DateStyle.SHORT)
    sentence = f"見直し期限　{due_on}（{when}）　理由　{event_text(event)}"
    if left < 0:
        return sentence, "error"
    return sentence, "warning" if left <= _NEAR_DAYS else "info"


def event_text(event: ReviewEvent) -> str:
    """What happened, when, and to whom."""
    day = format_date(event.happened_on, DateStyle.SHORT)
    who = f"、{event.who}" if event.who else ""
    return f"{event.label}（{day}{who}）"


def event_line(event: ReviewEvent) -> str:
    """One line of the list of open events: by when, and what."""
    return f"{format_date(event.due_on, DateStyle.SHORT)}まで　{event_text(event)}"
