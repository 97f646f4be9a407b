"""Which font draws what, with a small made-up font in the place of the fallback."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from desktop.reports.fonts import FALLBACK_FILE, FontRole, FontSet, system_font_folders
from desktop.reports.page import Sheet, Style
from desktop.reports.pdf_file import PdfFile
from desktop.reports.text_encoder import TextEncoder
from desktop.resources import resource_path
from tests.reports.reading import page_texts
from tests.reports.samples import make_form

NAMES = "髙﨑 葛\U000e0100城 渡邉\U000e0102 𠮷田 神\ufa19 ㋿"
MINCHO = FontRole.MINCHO


@pytest.fixture(scope="module")
def fallback(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A font with 𠮷 and one variant of 邉, in a folder below the one that is searched."""
    folder = tmp_path_factory.mktemp("fonts")
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for point in ((900, 0), (900, 800), (0, 800)):
        pen.lineTo(point)
    pen.closePath()
    names = [".notdef", "yoshi", "hen", "hen.vs"]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({0x20BB7: "yoshi", 0x9089: "hen"}, [(0x9089, 0xE0102, "hen.vs")])
    builder.setupGlyf(dict.fromkeys(names, pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 0)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Made Up", "styleName": "R", "psName": "MadeUp"})
    builder.setupOS2()
    builder.setupPost()
    path = folder / "deep" / FALLBACK_FILE.upper()
    path.parent.mkdir()
    builder.save(path)
    return folder


def print_line(fonts: FontSet, text: str, role: FontRole = MINCHO) -> str:
    encoder = TextEncoder(fonts)
    sheet = Sheet(encoder)
    sheet.text(20, 40, text, Style(role, 14))
    file = PdfFile(encoder, "", "", make_form().imprint.printed_at)
    file.add_sheet(sheet)
    return page_texts(file.finish())[0]


@pytest.mark.parametrize("role", FontRole)
def test_copied_text_is_the_text_even_where_the_glyph_is_missing(fonts, role):
    assert print_line(fonts, NAMES, role) == NAMES


def test_copied_text_is_the_text_with_a_fallback_font(fallback):
    fonts = FontSet.of_office(resource_path("fonts"), [fallback])
    assert fonts.missing(NAMES, MINCHO) == ()
    assert print_line(fonts, NAMES) == NAMES
    placed = {text: fonts.place(text, MINCHO)[0].face.name for text in ("𠮷", "邉", "邉\U000e0102")}
    assert placed == {"𠮷": "MadeUp", "邉": "BIZUDMincho-Regular", "邉\U000e0102": "MadeUp"}


def test_missing_names_what_is_drawn_instead(fonts):
    assert fonts.missing(NAMES, MINCHO) == (("邉\U000e0102", "邉"), ("𠮷", "〓"))
    assert fonts.missing("髙﨑葛\U000e0100", MINCHO) == ()


def test_a_variant_has_a_glyph_of_its_own(fonts):
    plain, variant = (fonts.place(text, MINCHO)[0].glyph for text in ("葛", "葛\U000e0100"))
    assert plain != variant


def test_vertical_writing_turns_brackets_and_long_vowels(fonts):
    face = fonts.face(MINCHO)
    turned = [face.vertical(face.glyph(sign) or 0) != face.glyph(sign) for sign in "ー（）、漢"]
    assert turned == [True, True, True, True, False]


def test_folders_follow_the_environment():
    folders = system_font_folders({"WINDIR": "W", "LOCALAPPDATA": "L"})
    assert folders[:2] == (Path("W", "Fonts"), Path("L", "Microsoft", "Windows", "Fonts"))
