"""Which cards of the help are shown, and as what text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop.domain.help_cards import CARD_KINDS, EventBegun, EventTask, HelpCard
from desktop.domain.kana import fold

#: The address of a card in a link: `[届出の義務](card:article-61)`.
CARD_LINK = "card:"
_UNCHECKED = "*未確認：本文は法令・通知の原文とまだ突き合わせていません。決裁の根拠には原文を確かめてください。*"
#: Signs that mean something in Markdown.
_SIGNS = frozenset("\\`*_{}[]()<>#+-.!|~&")
_CHECKED = "*本文は法令・通知の原文と突き合わせてあります。*"


def cards_at(
    cards: Sequence[HelpCard], place: str, first: Sequence[str] = ()
) -> tuple[HelpCard, ...]:
    """The cards of a place, in the order in which they are kept; before them those with the keys in `first`."""
    before = [card for key in first for card in cards if card.key == key]
    return (*before, *(card for card in cards if place in card.where and card not in before))


def find_cards(cards: Sequence[HelpCard], text: str) -> tuple[HelpCard, ...]:
    """The cards in which every word is found, whatever its kana, width or old forms: titles first, then numbers, then texts."""
    wanted = [fold(_as_numbered(word)) for word in text.split()]
    ranked = [(rank, card) for card in cards if (rank := _rank(card, wanted)) is not None]
    return tuple(card for _, card in sorted(ranked, key=lambda pair: pair[0]))


def card_line(card: HelpCard) -> str:
    """A card as it stands in a list: its kind, its title, its first number unless that is the title already."""
    number = card.articles[0] if card.articles else ""
    is_said = number.removeprefix("法") in card.title
    after = "" if is_said else f"（{number}）"
    return f"{CARD_KINDS[card.kind]}　{card.title}{after}"


def task_line(task: EventTask, due_on: date | None) -> str:
    """A task of an event before its day; without one, before how many days after the event it is due."""
    when = f"{due_on.month}月{due_on.day}日" if due_on else f"{task.days}日後"
    return f"{when}まで　{task.text}"


def begun_sentence(card: HelpCard, done: EventBegun) -> str:
    """What was made of a checklist."""
    desk = "自分の机" if done.is_own else "担当者の机"
    stood = f"{done.stood}件は、もうやることにあります。" if done.stood else ""
    made = f"「{card.title}」の{done.made}件を{desk}のやることにしました。" if done.made else ""
    return made + stood


def card_markdown(card: HelpCard, cards: Sequence[HelpCard]) -> str:
    """A card as Markdown: title, numbers, text, related cards, and whether it was checked."""
    titles = {other.key: other.title for other in cards}
    parts = [f"## {_plain(card.title)}"]
    if card.articles:
        parts.append(f"**根拠**　{'、'.join(card.articles)}")
    parts.append(card.text)
    links = [link_markdown(key, titles[key]) for key in card.see if key in titles]
    if links:
        parts.append(f"**あわせて**　{'　'.join(links)}")
    if not card.is_own:
        parts.append(_CHECKED if card.is_checked else _UNCHECKED)
    if card.origin:
        parts.append(f"*{_plain(card.origin)}*")
    return "\n\n".join(parts)


def page_markdown(title: str, body: str) -> str:
    """A page that is being written, as it will look."""
    return f"## {_plain(title)}\n\n{body}"


def link_markdown(key: str, title: str) -> str:
    """A link to a card, as it is written in a text."""
    return f"[{_plain(title)}]({CARD_LINK}{key})"


def _plain(text: str) -> str:
    """A name or title within Markdown, where none of its signs mean anything."""
    return "".join(f"\\{sign}" if sign in _SIGNS else sign for sign in text)


def _as_numbered(word: str) -> str:
    """第27条 is looked for as 27条: cards write numbers without 第."""
    return word.removeprefix("第") if word[1:2].isdigit() else word.replace("法第", "法")


def _rank(card: HelpCard, wanted: Sequence[str]) -> int | None:
    """How near the words are: 0 in title, 1 with other names and numbers, 2 with the text; None where one is missing."""
    title = fold(card.title)
    known = title + "\n" + fold("\n".join((*card.words, *card.articles)))
    tasks = "\n".join(task.text for task in card.tasks)
    whole = known + "\n" + fold(card.text + "\n" + tasks)
    for rank, where in enumerate((title, known, whole)):
        if all(word in where for word in wanted):
            return rank
    return None
