"""保存した検索: what is shown of them, and how one says what it asks."""

from __future__ import annotations

from desktop.domain.era import DateStyle, format_date
from desktop.domain.saved_searches import SavedSearch
from desktop.domain.search import NOUN_LABELS, SearchAsked
from desktop.viewmodels.columns import CENTER, Column

#: The column that says what it is for.
PURPOSE = 2


def saved_columns() -> tuple[Column[SavedSearch], ...]:
    """Columns of the list. No column counts: only a run does."""
    return (
        Column(header="名前", text=lambda s: s.name, tooltip=lambda s: s.name),
        Column(
            header="期限",
            text=term,
            tooltip=term,
            align=CENTER,
            tone=lambda s: "warning" if s.is_over else None,
            sort=lambda s: s.valid_until,
        ),
        Column(header="目的", text=lambda s: s.purpose, tooltip=lambda s: s.purpose),
        Column(header="探すもの", text=_asked, tooltip=_asked),
    )


def term(saved: SavedSearch) -> str:
    """Its last day; once that is over, in how many days it goes by itself."""
    day = format_date(saved.valid_until, DateStyle.SHORT)
    if not saved.is_over:
        return day
    when = f"{saved.goes_in}日後に" if saved.goes_in else "まもなく"
    return f"{day}切れ・{when}消えます"


def asked_text(asked: SearchAsked) -> str:
    """What is asked, in one line."""
    first = format_date(asked.first, DateStyle.SHORT) if asked.first else ""
    last = format_date(asked.last, DateStyle.SHORT) if asked.last else ""
    parts = (
        asked.words,
        NOUN_LABELS[asked.noun] if asked.noun else "",
        f"ケース番号{asked.case_number}" if asked.case_number else "",
        f"{first}～{last}" if first or last else "",
        "種別・記入者で絞込み" if asked.kind or asked.author_id else "",
        "" if asked.is_widened else "言い換えなし",
    )
    return "、".join(filter(None, parts))


def run_text(saved: SavedSearch) -> str:
    """Which saved search is shown, and what it is for."""
    return f"保存した検索「{saved.name}」（目的：{saved.purpose}　期限：{term(saved)}）"


def _asked(saved: SavedSearch) -> str:
    return asked_text(saved.asked)
