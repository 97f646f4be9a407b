"""Files of the help and of changes: settings in TOML between two lines `+++`, then a text in Markdown.

What is wrong with one is said with its key and the line, in a sentence that whoever made a package can act upon.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

_FENCE = "+++"
_NO_TOML = "設定の書き方（TOML）が正しくありません。"
_YEARS = range(1900, 2200)


class CardError(ValueError):
    """A file cannot be used: which one, in which line (0: the whole file), and what is wrong in a sentence."""

    def __init__(self, key: str, line: int, sentence: str) -> None:
        super().__init__(f"{key}: {f'{line}行目: ' if line else ''}{sentence}")
        self.key, self.line, self.sentence = key, line, sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class CardTable:
    """Settings that belong together. Whatever reads one raises CardError where it is missing or wrong."""

    key: str
    lines: tuple[str, ...]
    settings: Mapping[str, Any]

    def fault(self, name: str, sentence: str) -> CardError:
        """What is wrong with a setting, with the line in which it stands."""
        start = re.compile(rf"\s*(\[\[?)?\s*{re.escape(name)}\b")
        lines = (at for at, line in enumerate(self.lines, start=2) if start.match(line))
        return CardError(self.key, next(lines, 0), sentence)

    def no_others(self, known: frozenset[str]) -> None:
        """Refuse settings that are not known."""
        for name in sorted(self.settings.keys() - known):
            raise self.fault(name, f"{name}という設定はありません。")

    def word(self, name: str) -> str:
        """A text that must be there."""
        found = self.settings.get(name)
        if not isinstance(found, str) or not found.strip():
            raise self.fault(name, f"{name}に文を書いてください。")
        return found.strip()

    def words(self, name: str, form: re.Pattern[str] | None = None) -> tuple[str, ...]:
        """A list of words, each in this form; without the setting there are none."""
        found = self.settings.get(name, [])
        if not isinstance(found, list):
            raise self.fault(name, f"{name}は[ ]の中に並べて書きます。")
        for item in found:
            if not isinstance(item, str) or not item or (form and not form.fullmatch(item)):
                raise self.fault(name, f"{name}に{item!r}は書けません。")
        return tuple(found)

    def codes(self, name: str, known: Mapping[str, Any]) -> tuple[Any, ...]:
        """What the words of a list stand for: at least one, none twice."""
        found = self.words(name)
        if not found or len(set(found)) != len(found) or not known.keys() >= set(found):
            raise self.fault(
                name, f"{name}に書けるのは{'、'.join(known)}で、一つ以上を重ねずに並べます。"
            )
        return tuple(known[each] for each in found)

    def flag(self, name: str) -> bool:
        """Yes or no, which must be said."""
        found = self.settings.get(name)
        if not isinstance(found, bool):
            raise self.fault(name, f"{name}はtrueかfalseです。")
        return found

    def number(self, name: str, lowest: int, highest: int) -> int:
        """A whole number that must be there."""
        found = self.settings.get(name)
        if type(found) is not int or not lowest <= found <= highest:
            raise self.fault(name, f"{name}は{lowest}から{highest}までの整数です。")
        return found

    def day(self, name: str) -> date:
        """A day that must be there."""
        found = self.settings.get(name)
        if type(found) is not date or found.year not in _YEARS:
            raise self.fault(name, f"{name}は2024-04-01のように書く日付です。")
        return found

    def table(self, name: str) -> CardTable | None:
        """Settings under a name of their own; None where there are none."""
        found = self.settings.get(name)
        return None if found is None else self._table(name, found)

    def tables(self, name: str) -> tuple[CardTable, ...]:
        """Each of the settings that stand under the same name."""
        found = self.settings.get(name, [])
        if not isinstance(found, list):
            raise self.fault(name, f"{name}は[[{name}]]の下に書きます。")
        return tuple(self._table(name, each) for each in found)

    def _table(self, name: str, found: object) -> CardTable:
        if not isinstance(found, dict):
            raise self.fault(name, f"{name}は見出し[{name}]か[[{name}]]の下に書きます。")
        return CardTable(key=self.key, lines=self.lines, settings=found)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardHead(CardTable):
    """The settings of a whole file, and the text beneath."""

    text: str

    @classmethod
    def of(cls, key: str, content: str) -> CardHead:
        """Read a file. Raises CardError."""
        opening, _, rest = content.replace("\r\n", "\n").partition("\n")
        head, fence, text = rest.partition(f"\n{_FENCE}\n")
        if opening != _FENCE or not fence:
            raise CardError(key, 1, f"設定が二つの{_FENCE}の行の間にありません。")
        try:
            settings = tomllib.loads(head)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            raise CardError(key, _line_in(str(error), head) + 1, _NO_TOML) from None
        return cls(key=key, lines=tuple(head.split("\n")), settings=settings, text=text.strip())


def _line_in(said: str, head: str) -> int:
    """The line that the reader of TOML names; where it names none it came to the end."""
    found = re.search(r"at line (\d+)", said)
    return int(found[1]) if found else head.count("\n") + 1
