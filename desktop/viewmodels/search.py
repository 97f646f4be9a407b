"""検索: what was found as rows, and how many in a sentence."""

from __future__ import annotations

from desktop.domain.era import DateStyle, format_date
from desktop.domain.search import PAGE, SearchHit, SearchNoun, SearchPage
from desktop.viewmodels.columns import CENTER, Column

#: Where in a file a thing stands, besides entries.
_SECTIONS = {
    SearchNoun.POLICY: "support_policies",
    SearchNoun.INSTRUCTION: "support_policies",
    SearchNoun.PAPER: "papers",
    SearchNoun.ATTACHMENT: "papers",
    SearchNoun.PERSON: "members",
    SearchNoun.LIAISON: "liaisons",
}
#: The column with the words around the hit.
SNIPPET = 2


def search_columns() -> tuple[Column[SearchHit], ...]:
    """Columns of the list; SNIPPET says the words, which the screen marks."""
    return (
        Column(
            header="日付", text=lambda h: format_date(h.event_on, DateStyle.SHORT), align=CENTER
        ),
        Column(header="世帯主", text=lambda h: h.head_name or "（支援措置）"),
        Column(header="見つかった文", text=_words, tooltip=_words),
        Column(header="種別", text=_kind, tone=lambda h: "muted" if h.is_annulled else None),
        Column(header="ケース番号", text=lambda h: h.case_number, align=CENTER),
        Column(header="記入者", text=lambda h: h.author),
    )


def found_text(page: SearchPage, shown: int) -> str:
    """How many there are, how many of them are shown, and for which words it was looked, too."""
    also = "".join(f"　{word}＝{'、'.join(others)} でも探しました。" for word, others in page.also)
    return f"{_counted(page, shown)}{also}".strip()


def _counted(page: SearchPage, shown: int) -> str:
    if not page.total:
        return ""
    counted = f"{page.total:,}件{'以上' if page.is_capped else ''}"
    if page.next is None and shown == page.total:
        return f"{counted}（新しい順）"
    return f"{counted}のうち、新しい順に{shown:,}件"


def further_text(page: SearchPage | None) -> str:
    """What the button for the next page says."""
    return f"続きの{PAGE}件を読む（PageDown）" if page is not None else ""


def section_of(hit: SearchHit) -> str:
    """The section of the file in which it stands. An instruction stands with what it is about."""
    return "chronicle" if hit.entry_id is not None else _SECTIONS[hit.noun]


def first_hit(hit: SearchHit) -> str:
    """The words as the entry has them, to go to in the file."""
    return next((part for part, is_hit in hit.snippet if is_hit), "")


def _words(hit: SearchHit) -> str:
    return "".join(part for part, _ in hit.snippet)


def _kind(hit: SearchHit) -> str:
    if hit.is_annulled:
        return f"{hit.kind_label}（取消済み）"
    return f"{hit.kind_label}（下書き）" if hit.is_draft else hit.kind_label
