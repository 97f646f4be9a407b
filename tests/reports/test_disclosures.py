"""The redacted copy on paper: what was struck is nowhere in the file, and every bar is explained."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import pypdf
import pytest
from fontTools.ttLib import TTFont

from desktop.domain.disclosures import DisclosureReason, LeftOut
from desktop.domain.disclosures_forms import DisclosureCopy, ReasonsList
from desktop.domain.disclosures_marks import Mark, Part, PartText, Verdict, parts_of
from desktop.domain.disclosures_redaction import redact
from desktop.domain.ids import new_id
from desktop.domain.imprint import FormMark
from desktop.domain.records import (
    ChangeKind,
    ContactMethod,
    Entry,
    EntryOrigin,
    EntryState,
    MetPerson,
    Place,
    Segment,
    SegmentKind,
)
from desktop.reports.disclosures.reasons_list import REASONS_LIST
from desktop.reports.disclosures.redacted_copy import REDACTED_COPY
from desktop.resources import resource_path
from desktop.services.printing.disclosures import redacted_entry
from tests.reports.reading import bookmarks, page_texts
from tests.reports.samples import make_form, make_imprint
from tests.support.fakes import CLOCK

#: Every struck text holds kanji that stand nowhere else, so that a glyph of them in the file would be a leak.
TEXT, SOURCE, MET, AUTHOR = "鬱鬯の薔薇を聞いた", "蘿蔔翁", "饕餮氏", "麒麟書"
REASON_WORDS, SUBJECT, OLD = "彗孛の誤り", "霹靂の件", "魑魅魍魎と書いた"
SECRET = frozenset("鬱鬯薔薇蘿蔔翁饕餮麒麟彗孛霹靂魑魅魍魎")
REASONS = (
    DisclosureReason(code="a", label="請求者以外の個人に関する情報", article="架空法78条1項2号"),
    DisclosureReason(code="b", label="使われない理由", article="架空法78条1項9号"),
)


def an_entry() -> Entry:
    kinds = (
        (SegmentKind.SUBJECT, SUBJECT, ""),
        (SegmentKind.REASON, REASON_WORDS, ""),
        (SegmentKind.FACTS, f"居室で面接した。{TEXT}。体調は良い。", ""),
        (SegmentKind.WORDS, f"{TEXT}。", SOURCE),
        (SegmentKind.VIEW, "見守りが要る。", SOURCE),
    )
    segments = tuple(
        Segment(segment_id=new_id(), kind=kind, text=text, source=source)
        for kind, text, source in kinds
    )
    return Entry(
        entry_id=new_id(),
        household_id=new_id(),
        number=7,
        kind="home_visit",
        kind_label="家庭訪問",
        origin=EntryOrigin.OFFICE,
        state=EntryState.APPROVED,
        version=2,
        approved_version=2,
        change=ChangeKind.CORRECTION,
        event_on=date(2024, 5, 7),
        started_at=600,
        ended_at=630,
        recorded_at=CLOCK.now(),
        method=ContactMethod.VISIT,
        place=Place.HOME,
        result_code="11",
        result_label="面接",
        author_id=new_id(),
        author=AUTHOR,
        went=(),
        met=(MetPerson(label=MET), MetPerson(label="架空 花子")),
        segments=segments,
        replaced=(replace(segments[2], text=OLD),),
    )


def mark(part: PartText, words: str = "") -> Mark:
    start = part.text.index(words) if words else None
    return Mark(
        mark_id=new_id(),
        key=part.key,
        verdict=Verdict.STRUCK,
        reason="a",
        start=start,
        end=start + len(words) if start is not None else None,
        note="",
        made_by="見本",
        made_at=CLOCK.now(),
    )


def marks_on(parts: tuple[PartText, ...]) -> list[Mark]:
    """Everything secret struck: in the facts and among the people met by its words, the rest whole."""
    found = []
    for part in parts:
        if part.key.part is Part.MET:
            found.append(mark(part, MET))
        elif (
            part.key.part is Part.AUTHOR
            or part.text == SOURCE
            or part.text.startswith(TEXT)
            or part.text in {SUBJECT, REASON_WORDS}
        ):
            found.append(mark(part))
        elif TEXT in part.text:
            found.append(mark(part, TEXT))
    return found


def a_copy(**changes) -> DisclosureCopy:
    entry = an_entry()
    parts = parts_of([entry], new_id(), [])
    redaction = redact(parts, marks_on(parts))
    record = make_form(
        entries=(redacted_entry(entry, redaction),), mark=FormMark.DISCLOSED, printed_by="見本"
    )
    reasons = ReasonsList(
        imprint=make_imprint(mark=FormMark.DISCLOSED, **changes),
        case_number=record.case_number,
        request_label="6-0001",
        asked_on=date(2024, 9, 20),
        records_from=date(2024, 4, 1),
        records_to=date(2024, 9, 30),
        entries=1,
        bars=redaction.bars,
        reasons=REASONS,
        left_out=LeftOut(annulled=2, replaced=1),
    )
    return DisclosureCopy(
        imprint=reasons.imprint,
        disclosure_id=new_id(),
        household_id=new_id(),
        content_hash="0" * 64,
        record=record,
        reasons=reasons,
    )


def form() -> ReasonsList:
    """The list alone, for the catalogue."""
    return a_copy().reasons


@pytest.fixture
def drawn(fonts):
    return REDACTED_COPY.pdf(a_copy(), fonts)


def test_the_secret_is_really_secret_and_would_be_seen(fonts):
    """The same entry with nothing struck shows every one of the characters, by every way of looking."""
    copy = a_copy()
    entry = an_entry()
    redaction = redact(parts_of([entry], new_id(), []), [])
    plain = replace(copy.record, entries=(redacted_entry(entry, redaction),))
    data = REDACTED_COPY.pdf(replace(copy, record=plain), fonts).data
    shown = SECRET - set(OLD)
    assert shown <= set("".join(page_texts(data)))
    assert shown <= set(text_of_pypdf(data))
    assert shown <= characters_of_fonts(data)
    assert shown <= unicode_maps(data)


def test_struck_text_is_in_no_text_layer(drawn):
    """As two independent tools read it."""
    assert not SECRET & set("".join(page_texts(drawn.data)))
    assert not SECRET & set(text_of_pypdf(drawn.data))


def test_struck_text_is_in_no_stream_bookmark_or_metadata(drawn):
    raw = drawn.data + b"".join(streams(drawn.data))
    for character in SECRET:
        for encoding in ("utf-8", "utf-16-be", "utf-16-le", "cp932", "euc_jp"):
            coded = _coded(character, encoding)
            assert coded not in streams_of_pages(drawn.data)
        assert f"{ord(character):04X}".encode() not in unicode_source(drawn.data)
        assert character.encode("utf-8") not in raw
    reader = pypdf.PdfReader(BytesIO(drawn.data))
    told = "".join(map(str, (reader.metadata or {}).values()))
    told += "".join(title for title, _ in bookmarks(drawn.data))
    assert not SECRET & set(told)


def test_struck_text_is_in_no_font_not_even_as_a_glyph(drawn):
    assert not SECRET & characters_of_fonts(drawn.data)
    assert not SECRET & unicode_maps(drawn.data)


def test_struck_text_is_in_no_field_of_what_is_drawn():
    copy = a_copy()
    assert not SECRET & set(repr_of(copy.record) + repr_of(copy.reasons))


def test_what_stays_open_can_be_read(drawn):
    text = "".join(page_texts(drawn.data)).replace("\n", "")
    for words in (
        "居室で面接した。■■■［",
        "］。体調は良い。",
        "見守りが要る。",
        "架空 花子",
        "訂正（理由：■■■",
    ):
        assert words in text


def test_every_page_says_what_the_copy_is_for(drawn):
    assert all("開示用" in page for page in page_texts(drawn.data))
    assert [page for _, page in bookmarks(drawn.data)] == [0, len(page_texts(drawn.data)) - 1]


def test_every_bar_of_the_copy_stands_on_the_list(drawn):
    pages = page_texts(drawn.data)
    numbers = [
        int(n) for page in pages for n in re.findall(r"■■■［(\d+)］", page.replace("\n", ""))
    ]
    bars = a_copy().reasons.bars
    # The writer's name stands twice: in his column and in his stamp.
    assert set(numbers) == {bar.number for bar in bars}
    last = pages[-1]
    assert last.count("架空法78条1項2号") >= len(bars)
    assert "請求者以外の個人に関する情報" in last
    assert "使われない理由" not in last


def test_what_is_left_out_is_said(drawn):
    last = page_texts(drawn.data)[-1]
    assert "誤記載として取り消された記録　2件" in last
    assert "訂正される前の文　1か所" in last
    assert "決裁の済んでいない記録" not in last
    assert "見出しの世帯主" not in last


def test_a_heading_that_names_nobody_is_said(fonts):
    copy = a_copy()
    reasons = replace(copy.reasons, left_out=LeftOut(is_head_blank=True))
    record = replace(copy.record, head_name="")
    drawn = REDACTED_COPY.pdf(replace(copy, record=record, reasons=reasons), fonts)
    pages = page_texts(drawn.data)
    assert "見出しの世帯主の氏名" in pages[-1]
    assert all(copy.record.head_name not in page for page in pages)


def test_the_same_copy_gives_the_same_bytes(fonts):
    copy = a_copy()
    assert REDACTED_COPY.pdf(copy, fonts).data == REDACTED_COPY.pdf(copy, fonts).data


def test_a_copy_without_bars_says_so(fonts):
    copy = a_copy()
    bare = replace(copy, reasons=replace(copy.reasons, bars=(), left_out=LeftOut()))
    last = page_texts(REDACTED_COPY.pdf(bare, fonts).data)[-1]
    assert "不開示とした箇所はありません。" in last
    assert "写しに含めていないもの" not in last


def test_the_list_goes_on_over_sheets(fonts):
    bars = tuple(replace(form().bars[0], number=n) for n in range(1, 121))
    pages = page_texts(REASONS_LIST.pdf(replace(form(), bars=bars), fonts).data)
    assert len(pages) > 2
    assert all("根拠の条文" in page for page in pages)


def text_of_pypdf(data: bytes) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(data)).pages)


def streams(data: bytes) -> list[bytes]:
    """Every stream of the file, unpacked."""
    reader = pypdf.PdfReader(BytesIO(data))
    found = []
    for number in reader.xref[0]:
        item = reader.get_object(number)
        if isinstance(item, pypdf.generic.StreamObject):
            found.append(item.get_data())
    return found


def streams_of_pages(data: bytes) -> bytes:
    return b"".join(s for s in streams(data) if b" Tf" in s or b"beginbf" in s)


def unicode_source(data: bytes) -> bytes:
    """The maps from codes to text, of all fonts."""
    return b"".join(s for s in streams(data) if b"beginbf" in s)


def unicode_maps(data: bytes) -> set[str]:
    """The characters that some font says it can be copied as."""
    found: set[str] = set()
    for code in re.findall(rb"<[0-9A-F]{4}> <([0-9A-F]+)>", unicode_source(data)):
        found |= set(bytes.fromhex(code.decode()).decode("utf-16-be"))
    return found


def characters_of_fonts(data: bytes) -> set[str]:
    """The characters whose outlines are in some font of the file: glyphs compared with those of the shipped fonts."""
    outlines: dict[bytes, set[str]] = {}
    for name in ("BIZUDMincho-Regular", "BIZUDGothic-Regular", "BIZUDGothic-Bold"):
        font = TTFont(resource_path("fonts", f"{name}.ttf"))
        names = font.getBestCmap()
        for character in SECRET:
            glyph = font["glyf"][names[ord(character)]]
            outlines.setdefault(_outline(font, glyph), set()).add(character)
    found: set[str] = set()
    for stream in streams(data):
        if stream[:4] not in {b"\0\1\0\0", b"true"}:
            continue
        font = TTFont(BytesIO(stream))
        for name in font.getGlyphOrder():
            found |= outlines.get(_outline(font, font["glyf"][name]), set())
    return found


def _outline(font: TTFont, glyph) -> bytes:
    points, _, flags = glyph.getCoordinates(font["glyf"])
    return repr((list(points), list(flags))).encode()


def _coded(character: str, encoding: str) -> bytes:
    try:
        return character.encode(encoding)
    except UnicodeEncodeError:
        return b"\xff\xff\xff\xff"


def repr_of(value: object) -> str:
    """Every text of a dataclass, also those that its repr hides."""
    fields = getattr(value, "__dataclass_fields__", None)
    if fields is not None:
        return "".join(repr_of(getattr(value, name)) for name in fields)
    if isinstance(value, tuple):
        return "".join(map(repr_of, value))
    return str(value)


NASTY = (
    "\x00\x07\u202e右から左\u202c\u200b",
    "が\u3099葛\U000e0100飾\u0301",
    "👩‍👩‍👧‍👦😀",
    "<b>&amp;</b>]]>(\\)endstream",
    "とても長い言葉" * 600,
    "■■■［99］",
    "\n\n\n\t　",
)


@pytest.mark.parametrize("nasty", NASTY, ids=range(len(NASTY)))
def test_whatever_stands_around_it_struck_text_is_gone(fonts, nasty):
    entry = an_entry()
    facts = Segment(
        segment_id=new_id(), kind=SegmentKind.FACTS, text=f"{nasty}{TEXT}{nasty}", source=nasty
    )
    plain = replace(
        entry,
        segments=(facts,),
        met=(MetPerson(label=f"{nasty}{MET}"),),
        author="見本",
        change=ChangeKind.WRITING,
    )
    parts = parts_of([plain], new_id(), [])
    redaction = redact(parts, marks_on(parts))
    copy = a_copy()
    record = replace(copy.record, entries=(redacted_entry(plain, redaction),))
    reasons = replace(copy.reasons, bars=redaction.bars)
    data = REDACTED_COPY.pdf(replace(copy, record=record, reasons=reasons), fonts).data
    assert [bar.part_label for bar in redaction.bars] == ["相手", "記録者", "事実"]
    assert not SECRET & set("".join(page_texts(data)))
    assert not SECRET & set(text_of_pypdf(data))
    assert not SECRET & unicode_maps(data)
    assert not SECRET & characters_of_fonts(data)
