"""The fonts of variants, against what fontTools reads in the same files."""

from __future__ import annotations

from io import BytesIO

import pytest
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTCollection, TTFont

from desktop.resources import resource_path
from desktop.views.variants.families import FAMILY, family_of
from desktop.views.variants.font_file import FontFile
from desktop.views.variants.variant_fonts import make_variant_fonts
from desktop.views.variants.workstation import variants_of_workstation
from tests.views.variants.fonts import BE, KATSU, NOWHERE, TSUJI, make_font

SHIPPED = resource_path("fonts", "BIZUDPGothic-Regular.ttf")
UNICODE, SEQUENCES = 0, 5


def faces_of(made):
    faces = TTCollection(BytesIO(made.data)).fonts
    return {(f["name"].getDebugName(1), f["name"].getDebugName(2)): f for f in faces}


def outline(font, glyph):
    pen = RecordingPen()
    font.getGlyphSet()[glyph].draw(pen)
    return pen.value


def variant_glyph(font, sequence):
    pairs = font["cmap"].getcmap(UNICODE, SEQUENCES).uvsDict[ord(sequence[1])]
    return dict(pairs)[ord(sequence[0])]


@pytest.mark.parametrize("name", ["BIZUDPGothic-Bold.ttf", "BIZUDMincho-Regular.ttf"])
def test_character_maps_are_read_as_fonttools_reads_them(name):
    path = resource_path("fonts", name)
    with FontFile(path) as read, TTFont(path, lazy=True) as font:
        order = font.getReverseGlyphMap()
        cmap = font.getBestCmap()
        assert all(read.map.plain(code) == order[glyph] for code, glyph in cmap.items())
        assert read.map.plain(ord("𠮷")) is None
        assert read.map.plain(0) is None
        table = font["cmap"].getcmap(UNICODE, SEQUENCES).uvsDict
        expected = {
            (base, selector): order[glyph] if glyph else None
            for selector, pairs in table.items()
            for base, glyph in pairs
        }
        assert read.map.variants == expected
        glyph = order[cmap[ord("邉")]]
        assert read.spacing(glyph) == font["hmtx"][cmap[ord("邉")]]
        assert read.spacing(len(order) - 1) == font["hmtx"][font.getGlyphOrder()[-1]]


def test_both_weights_draw_a_sequence_as_the_font_it_came_from(made):
    faces = faces_of(made)
    for style in ("Regular", "Bold"):
        with TTFont(resource_path("fonts", f"BIZUDPGothic-{style}.ttf")) as font:
            for sequence in (KATSU, TSUJI):
                expected = outline(font, variant_glyph(font, sequence))
                private = faces[FAMILY, style]
                glyph = private.getBestCmap()[ord(made.codes[sequence])]
                assert outline(private, glyph) == expected
                plain = faces[family_of(sequence[1]), style]
                assert outline(plain, plain.getBestCmap()[ord(sequence[0])]) == expected


def test_weights_are_told_apart_and_lines_keep_their_height(made):
    faces = faces_of(made)
    with TTFont(SHIPPED) as own:
        for face in faces.values():
            assert face["hhea"].ascent == own["hhea"].ascent
            assert face["hhea"].descent == own["hhea"].descent
            assert face["hmtx"][face.getGlyphOrder()[-1]][0] <= own["head"].unitsPerEm
    weights = {style: face["OS/2"].usWeightClass for (_, style), face in faces.items()}
    assert weights["Bold"] > weights["Regular"]


def test_what_the_own_font_draws_right_needs_no_glyph(made):
    assert KATSU in made.codes
    assert BE not in made.codes
    assert NOWHERE not in made.codes
    assert len(set(made.codes.values())) == len(made.codes)


def test_what_is_drawn_is_known_also_where_it_needs_no_glyph(made):
    assert "葛" in made.drawn["\U000e0100"]
    assert "邉" in made.drawn["\U000e0100"]
    assert "邉" not in made.drawn.get("\U000e0102", "")
    with FontFile(SHIPPED) as own:
        for base, sign in own.map.variants:
            assert chr(base) in made.drawn[chr(sign)]


def test_the_sister_font_has_variants_that_the_screens_own_has_not(made):
    with FontFile(SHIPPED) as own:
        owned = {chr(base) + chr(sign) for base, sign in own.map.variants}
    assert made.codes.keys() - owned


def test_an_installed_font_fills_what_the_shipped_ones_lack(made, other_font):
    with_installed = variants_of_workstation([other_font.parent])
    new = with_installed.codes.keys() - made.codes.keys()
    assert new == {"葛\U000e0110", "一\U000e0111"}
    face = faces_of(with_installed)[FAMILY, "Bold"]
    with TTFont(other_font) as font:
        glyph = face.getBestCmap()[ord(with_installed.codes["葛\U000e0110"])]
        assert outline(face, glyph) == outline(font, variant_glyph(font, "葛\U000e0110"))
    # 辻 with this selector is drawn by the shipped font, whose design fits.
    shipped, filled = faces_of(made)[FAMILY, "Regular"], faces_of(with_installed)[FAMILY, "Regular"]
    assert outline(filled, filled.getBestCmap()[ord(with_installed.codes[TSUJI])]) == outline(
        shipped, shipped.getBestCmap()[ord(made.codes[TSUJI])]
    )


def test_a_font_that_cannot_be_used_is_left_out(tmp_path):
    broken, other_units = tmp_path / "broken.ttf", tmp_path / "units.ttf"
    broken.write_bytes(b"\0\1\0\0" + b"\xff" * 400)
    box = (0, 0, 900, 900)
    make_font(other_units, "見本", plain={"葛": box}, variants={NOWHERE: box}, units=1000)
    others = [broken, tmp_path / "missing.ttf", other_units]
    assert make_variant_fonts({"Regular": [SHIPPED]}, others) == make_variant_fonts(
        {"Regular": [SHIPPED]}
    )


def test_without_the_screens_own_font_there_is_nothing_to_make(tmp_path):
    text = tmp_path / "text.ttf"
    text.write_bytes(b"no font at all, only words that are long enough")
    with pytest.raises(ValueError, match="TrueType"):
        make_variant_fonts({"Regular": [text]})
