"""Text with readings in lines."""

from __future__ import annotations

from itertools import chain

from desktop.domain.readings import Read
from desktop.reports import ruby
from desktop.reports.fonts import FontRole
from desktop.reports.page import Style
from desktop.reports.ruby import RubySetter
from desktop.reports.text_encoder import TextEncoder

STYLE = Style(FontRole.MINCHO, 12)


def lines(fonts, *pieces: Read, width: float = 100.0) -> list[tuple[Read, ...]]:
    return RubySetter(TextEncoder(fonts), STYLE).lines(pieces, width)


def test_private_characters_of_a_text_stay(fonts):
    ((word, rest),) = lines(fonts, Read("薬", "くすり"), Read("\U00100000\ue000"))
    assert (word.text, rest.text) == ("薬", "\U00100000\ue000")


def test_a_mark_after_a_word_belongs_to_it(fonts):
    ((word, rest),) = lines(fonts, Read("葛", "くず"), Read("\U000e0100城"))
    assert (word, rest) == (Read("葛\U000e0100", "くず"), Read("城"))


def test_a_word_wider_than_a_line_is_parted_and_keeps_its_variants(fonts):
    name = "葛\U000e0100" * 40
    parts = list(chain(*lines(fonts, Read(name, "かつら" * 40), width=50)))
    assert "".join(part.text for part in parts) == name
    assert "".join(part.reading for part in parts) == "かつら" * 40
    assert not any(part.text.startswith("\U000e0100") for part in parts)


def test_more_words_than_can_stand_for_themselves_have_their_readings_in_brackets(
    fonts, monkeypatch
):
    monkeypatch.setattr(ruby, "_MOST_STAND_INS", 1)
    (line,) = lines(fonts, Read("薬", "くすり"), Read("薬", "くすり"), Read("服", "ふく"))
    assert line == (Read("薬", "くすり"), Read("薬", "くすり"), Read("服（ふく）"))
