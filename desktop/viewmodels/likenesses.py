"""How it is told that a record reads nearly as another one: calmly, with a question ready for its author."""

from __future__ import annotations

from desktop.domain.era import DateStyle, format_date
from desktop.domain.labels import SEGMENT
from desktop.domain.review import Likeness

_MOST_CHARACTERS = 24


def likeness_line(likeness: Likeness, more: int = 0) -> str:
    """Which record, how alike, and which passage; `more` are further ones."""
    day = format_date(likeness.other.event_on, DateStyle.SHORT)
    which = (
        f"ほかの世帯（{likeness.case_number}）の記録"
        if likeness.case_number
        else "この世帯の前の記録"
    )
    passage = likeness.passage[:_MOST_CHARACTERS]
    ends = "…" if len(likeness.passage) > _MOST_CHARACTERS else ""
    rest = f"　ほか{more}件" if more else ""
    left_out = (
        f"　定型句・チェックの文（{likeness.left_out}字）は除いて比べています。"
        if likeness.left_out
        else ""
    )
    return (
        f"{which}（{day} {likeness.other.kind_label}）と文がほぼ同じです（{likeness.percent}％）。"
        f"{SEGMENT[likeness.part]}「{passage}{ends}」など{rest}{left_out}"
    )


def likeness_question(likeness: Likeness) -> str:
    """The question to the author. It goes into the file of this household, so it names no other one."""
    part = SEGMENT[likeness.part]
    if likeness.case_number:
        return (
            f"「{part}」の文が、ほかの世帯の記録とほぼ同じです。この世帯で見聞きしたことを確かめて、"
            "違うところがあれば書き直してください。同じでよいときは、その旨を書き添えてください。"
        )
    day = format_date(likeness.other.event_on)
    return (
        f"「{part}」の文が、{day}の記録とほぼ同じです。今回確かめたこと、前と変わったところはどこですか。"
        "変わりがないときは、何を見て・聞いてそう確かめたかを書き添えてください。"
    )


def sides(likeness: Likeness) -> tuple[str, str]:
    """The titles of the two texts beside each other."""
    day = format_date(likeness.other.event_on, DateStyle.SHORT)
    whose = f"ほかの世帯 {likeness.case_number}　" if likeness.case_number else "前の記録　"
    return f"{whose}{day} {likeness.other.kind_label}", "決裁する記録"
