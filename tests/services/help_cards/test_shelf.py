"""What is shipped: every place, number, link and length of the cards."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

import desktop
from desktop.database.shipped import shipped_rows
from desktop.domain.help_cards import FILE_KINDS, CardKind
from desktop.domain.master_tables import MASTER_TABLES, Master
from desktop.services.help_cards import shipped_cards
from desktop.views.file_sections import FILE_SECTIONS
from desktop.views.navigation import SCREENS

CARDS = shipped_cards()
SOURCE = Path(desktop.__file__).parent
KEYS = {card.key for card in CARDS}
#: The case file brings these sections itself.
OWN_SECTIONS = ("overview", "members", "history")
PLACES = {
    *(f"section:{key}" for key in OWN_SECTIONS),
    *(f"section:{section.key}" for section in FILE_SECTIONS),
    *(f"screen:{screen.key}" for screen in SCREENS),
}
#: A screen and a half: lines, and characters of about 28 a line.
MOST_LINES, MOST_CHARACTERS = 30, 700
EVERY_CARD = pytest.mark.parametrize("card", CARDS, ids=lambda card: card.key)


def test_there_are_cards_of_every_kind_and_each_has_a_key_of_its_own():
    kinds = Counter(card.kind for card in CARDS)
    assert set(kinds) == set(FILE_KINDS)
    assert kinds[CardKind.ARTICLE] >= 15
    assert kinds[CardKind.PROCEDURE] >= 20
    assert len(KEYS) == len(CARDS)
    assert len({card.title for card in CARDS}) == len(CARDS)


def test_every_section_and_every_screen_has_a_card():
    assert {place for card in CARDS for place in card.where} == PLACES


@EVERY_CARD
def test_related_cards_are_there_and_are_others(card):
    assert set(card.see) <= KEYS - {card.key}
    assert len(set(card.see)) == len(card.see) > 0


@EVERY_CARD
def test_a_card_has_no_html_no_pictures_and_no_addresses(card):
    assert not re.search(r"<\w|!\[|://|\]\((?!card:)", card.text)
    assert all(key in KEYS for key in re.findall(r"\]\(card:([^)]*)\)", card.text))


@EVERY_CARD
def test_a_card_is_read_at_a_glance(card):
    assert card.text.count("\n") < MOST_LINES
    assert len(card.text) < MOST_CHARACTERS


@EVERY_CARD
def test_an_article_names_its_number(card):
    assert card.kind is not CardKind.ARTICLE or card.articles


@EVERY_CARD
def test_tasks_stand_in_the_order_of_their_days_and_only_once(card):
    days = [task.days for task in card.tasks]
    assert days == sorted(days)
    assert len({task.text for task in card.tasks}) == len(days)


#: What people say or write, between the same brackets as names of the program.
SPOKEN = frozenset(
    {
        *("だれから聞いたかを足してください", "不十分", "どれくらい会うか", "わからない", "不正"),
        *("不服なら何ができるか", "世帯の認定", "実施責任", "力があるか", "使う意思があるか"),
        *("実際に働く場があるか", "活用", "使える", "働いても全部引かれる", "入ったら返す"),
        *("就労指導を行う", "本人が納得しているから", "来なくなった", "法26条による", "申請したい"),
        *("病気", "等", "適切に", "自立更生のための控除", "薬を飲み忘れて救急にかかる"),
        *("見た・本人が言った・主治医から聞いた", "読まれると困る", "連絡がつかない", "自立"),
        *("見守る", "変わりなし", "生活保護", "-", ";", "；つういん"),
    }
)
#: How a name is written on a button or in a menu: with its mnemonic, its key, and … where a question follows.
_AFTER_NAME = re.compile(r"\(&.\)|（(?:Ctrl|Alt|Shift|Esc|Enter|[A-Z0-9])[^）]*）|…|&")
_MNEMONIC = re.compile(r"&([A-Z0-9])")
_KEYS = re.compile(r"(?:Ctrl|Alt|Shift)(?:\+[A-Za-z0-9]+)+|\bF\d+\b")


def literals():
    """Every text in the source of what people see."""
    for floor in ("views", "viewmodels", "domain"):
        for path in sorted((SOURCE / floor).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value


def office_labels():
    """What rows of the office's data are called as shipped."""
    for table in MASTER_TABLES:
        for row in shipped_rows(Master(table)):
            yield str(row.value.get("label") or "")


LITERALS = frozenset(literals())
NAMES = frozenset(
    shown
    for text in (*LITERALS, *office_labels())
    for name in (_AFTER_NAME.sub("", text).strip(),)
    for shown in (name, name.partition("（")[0])
)
KEYS_OF_PROGRAM = frozenset(
    key
    for text in LITERALS
    for key in (*_KEYS.findall(text), *(f"Alt+{letter}" for letter in _MNEMONIC.findall(text)))
)


@EVERY_CARD
def test_names_between_brackets_are_names_of_the_program_or_of_cards(card):
    titles = {other.title for other in CARDS}
    quoted = set(re.findall(r"「([^」]*)」", card.text)) - SPOKEN - titles
    assert {name for name in quoted if not _KEYS.fullmatch(name)} <= NAMES


@EVERY_CARD
def test_keys_are_keys_of_the_program(card):
    tasks = "\n".join(task.text for task in card.tasks)
    assert set(_KEYS.findall(card.text + tasks)) <= KEYS_OF_PROGRAM


def test_what_is_spoken_is_still_said_by_a_card():
    said = {name for card in CARDS for name in re.findall(r"「([^」]*)」", card.text)}
    assert said >= SPOKEN
