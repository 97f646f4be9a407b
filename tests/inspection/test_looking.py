"""Every hostile file ends in a sentence; harmless ones are known by their content. Through the real process."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from desktop.domain import attachments as rules
from desktop.domain.attachments import FileKind, other_kind, too_many_pages
from desktop.domain.errors import UserError
from desktop.inspection.looking import Looking
from tests.support import files

PAGES = 200
LOOKING = Looking()


def refusal(data: bytes, name: str, looking: Looking = LOOKING, most: int = PAGES) -> str:
    with pytest.raises(UserError) as caught:
        looking.inspect(data, name, most)
    return caught.value.sentence


@pytest.mark.parametrize(
    ("data", "name", "kind", "pages"),
    [
        (files.a_pdf(3), "給与明細.pdf", FileKind.PDF, 3),
        (files.a_pdf(PAGES), "A.PDF", FileKind.PDF, PAGES),
        (files.an_image("JPEG"), "photo.jpeg", FileKind.JPEG, 1),
        (files.an_image("PNG"), "a.b.png", FileKind.PNG, 1),
        (files.a_tiff(5), "fax.tif", FileKind.TIFF, 5),
        (files.a_mail(), "mail.eml", FileKind.MAIL, 1),
    ],
)
def test_a_harmless_file_is_known_by_its_content(data, name, kind, pages):
    found = LOOKING.inspect(data, name, PAGES)
    assert (found.kind, found.pages) == (kind, pages)


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"MZ\x90\0", "slip.pdf", rules.PROGRAM),
        (b"\x7fELF\x02", "slip.pdf", rules.PROGRAM),
        (b"PK\x03\x04....[Content_Types].xml word/vbaProject.bin", "slip.docm", rules.OFFICE),
        (b"PK\x03\x04....secret.txt", "slip.zip", rules.ARCHIVE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "slip.xls", rules.OFFICE),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__substg1.0_".encode("utf-16-le"),
            "mail.msg",
            rules.OUTLOOK,
        ),
        (b"<html><script>alert(1)</script>", "slip.pdf", rules.WEB_PAGE),
        (b"\xef\xbb\xbf<?xml version='1.0'?><svg/>", "slip.png", rules.WEB_PAGE),
        (b"\0\0\0\x18ftypheic", "photo.heic", rules.HEIC),
        (b"GIF89a", "photo.gif", rules.OTHER_IMAGE),
        (b"just words", "slip.txt", rules.UNKNOWN),
        (b"Subject: words only\r\n\r\nx", "slip.eml", rules.UNKNOWN),
        (b"\0" * 100, "slip.pdf", rules.UNKNOWN),
    ],
)
def test_other_kinds_are_refused_by_what_they_are(data, name, sentence):
    assert refusal(data, name) == sentence


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (files.a_pdf(), "slip.jpg", FileKind.PDF),
        (files.an_image("PNG"), "slip.jpg", FileKind.PNG),
        (files.an_image("JPEG"), "slip", FileKind.JPEG),
        (files.a_pdf(), "slip.pdf.exe", FileKind.PDF),
        (files.a_mail(), "mail.txt", FileKind.MAIL),
    ],
)
def test_a_name_that_says_something_else_is_refused_and_told(data, name, kind):
    assert refusal(data, name) == other_kind(kind, rules.suffix_of(name))


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (files.a_pdf()[:200], "slip.pdf"),
        (b"%PDF-1.7\n" + os.urandom(2_000), "slip.pdf"),
        (files.an_image("JPEG", (900, 900))[:-500], "photo.jpg"),
        (files.an_image("JPEG")[:40], "photo.jpg"),
        (files.an_image("PNG")[:50], "photo.png"),
        (files.a_tiff(1)[:30], "fax.tiff"),
        (b"II*\0\xff\xff\xff\xff", "fax.tiff"),
    ],
)
def test_broken_files_are_told_so(data, name):
    assert refusal(data, name) == rules.BROKEN


def test_too_many_pages_are_counted_not_read():
    assert refusal(files.a_pdf(5_000), "slip.pdf") == too_many_pages(5_000, PAGES)
    assert refusal(files.a_tiff(12), "fax.tif", most=10) == too_many_pages(12, 10)


@pytest.mark.parametrize("size", [(100_000, 100_000), (9_000, 9_000)])
def test_a_picture_bomb_is_refused_before_it_is_unpacked(size):
    assert refusal(files.a_png_bomb(*size), "photo.png") == rules.BOMB


def test_a_pdf_bomb_ends_in_a_sentence():
    bomb = files.a_pdf_bomb()
    assert len(bomb) < rules.MOST_BYTES
    assert refusal(bomb, "slip.pdf") in {rules.TOO_MUCH, rules.CRASHED, rules.BROKEN}


def test_a_bomb_of_object_streams_is_refused():
    bomb = files.a_pdf_of(files.EMPTY_STREAM, files.an_object_stream(b" " * (70 << 20)))
    assert refusal(bomb, "slip.pdf") == rules.BOMB


def test_a_protected_pdf_is_refused_with_and_without_a_password(tmp_path):
    for password in ("himitsu", ""):
        path = tmp_path / "slip.pdf"
        canvas = Canvas(str(path), encrypt=StandardEncryption(password, ownerPassword="x"))
        canvas.drawString(10, 10, "x")
        canvas.save()
        assert refusal(path.read_bytes(), "slip.pdf") == rules.ENCRYPTED


@pytest.mark.parametrize(
    "catalog",
    [
        b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>",
        b"/OpenAction<</S/Launch/F(cmd.exe)>>",
        b"/OpenAction<</S/URI/URI(http://example.invalid)>>",
        b"/OpenAction 5 0 R",
        b"/OpenAction 99 0 R",
        b"/Names<</JavaScript 5 0 R>>",
        b"/Names<</EmbeddedFiles 5 0 R>>",
        b"/X<</S/Java#53cript>>",
        b"/X<</S/#4Caunch>>",
        b"/Open#41ction<</S/URI>>",
        b"/AA<</O<</S/SubmitForm>>>>",
        b"/X<</Subtype/RichMedia>>",
        b"/AcroForm<</XFA 5 0 R>>",
        b"/X<</Subtype/FileAttachment>>",
    ],
)
def test_what_acts_by_itself_is_refused(catalog):
    action = b"<</S/URI/URI(http://example.invalid)>>"
    made = files.a_pdf_of(files.EMPTY_STREAM, action, catalog=catalog)
    assert refusal(made, "slip.pdf") == rules.ACTIVE


def test_what_acts_is_found_inside_object_streams():
    hidden = files.an_object_stream(b"<</S/JavaScript/JS(x)>>")
    assert refusal(files.a_pdf_of(files.EMPTY_STREAM, hidden), "slip.pdf") == rules.ACTIVE


def test_what_acts_is_found_in_an_object_stream_that_hides_its_head():
    inner = files.an_object_stream(b"<</S/Launch/F(x)>>")
    hidden = inner.replace(b"/Filter", b"/X(4 0 obj)/Filter")
    assert refusal(files.a_pdf_of(files.EMPTY_STREAM, hidden), "slip.pdf") == rules.ACTIVE


def test_object_streams_packed_in_an_unusual_way_are_refused():
    odd = b"<</Type/ObjStm/N 1/First 4/Filter[/ASCIIHexDecode/FlateDecode]/Length 2>>stream\n00\nendstream"
    assert refusal(files.a_pdf_of(files.EMPTY_STREAM, odd), "slip.pdf") == rules.UNUSUAL


@pytest.mark.parametrize(
    "catalog",
    [
        b"/OpenAction[3 0 R/Fit]",
        b"/OpenAction<</S/GoTo/D[3 0 R/Fit]>>",
        b"/OpenAction 5 0 R",
        b"/OpenAction 50 0 R",
    ],
)
def test_a_pdf_that_only_opens_at_a_page_is_taken(catalog):
    jump = b"<</S/GoTo/D[3 0 R/Fit]>>"
    made = files.a_pdf_of(files.EMPTY_STREAM, jump, files.an_object_stream(jump), catalog=catalog)
    assert LOOKING.inspect(made, "slip.pdf", PAGES).pages == 1


def test_a_mail_shows_its_words_and_loads_nothing():
    page = "<p>明細です</p><script>steal()</script><style>p{}</style><img src='http://example.invalid/x'>終わり"
    shown = LOOKING.mail(files.a_mail(page, "text/html"))
    assert shown.body == "明細です\n終わり"
    assert dict(shown.head)["件名"] == "給与明細"
    assert dict(shown.head)["日時"] == "R6.10.1 09:00"


def test_a_mail_names_its_files_without_opening_them():
    shown = LOOKING.mail(files.a_mail_with(files.a_pdf(), "../../evil\u202efdp.exe"))
    assert len(shown.files) == 1
    assert "/" not in shown.files[0]
    assert shown.body == "words"


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"MZ\x90\0", "slip.exe", rules.IN_MAIL),
        (b"PK\x03\x04[Content_Types].xml", "slip.xlsm", rules.IN_MAIL),
        (b"<script>x</script>", "slip.html", rules.IN_MAIL),
        (files.a_pdf_of(catalog=b"/OpenAction<</S/JavaScript>>"), "slip.pdf", rules.ACTIVE),
        (files.a_png_bomb(), "photo.png", rules.BOMB),
    ],
)
def test_what_a_mail_carries_is_judged_too(data, name, sentence):
    assert refusal(files.a_mail_with(data, name), "mail.eml") == sentence


def test_a_mail_of_endless_mails_is_refused():
    assert refusal(files.a_deep_mail(50), "mail.eml") == rules.BOMB


def test_time_memory_and_cancelling_end_it_in_a_sentence():
    slip = files.a_pdf()
    assert refusal(slip, "slip.pdf", Looking(seconds=0.001)) == rules.TOO_MUCH
    large = files.an_image("PNG", (8_000, 8_000))
    assert refusal(large, "p.png", Looking(memory=160 << 20)) in {rules.TOO_MUCH, rules.BROKEN}
    with pytest.raises(UserError, match=rules.STOPPED):
        LOOKING.inspect(slip, "slip.pdf", PAGES, lambda: True)


def children() -> set[int]:
    return {
        int(p.name)
        for p in Path("/proc").iterdir()
        if p.name.isdigit() and f"PPid:\t{os.getpid()}\n" in _status(p)
    }


def _status(process: Path) -> str:
    try:
        return (
            (process / "status").read_text()
            if b"spawn_main" in (process / "cmdline").read_bytes()
            else ""
        )
    except OSError:
        return ""


@pytest.mark.skipif(not Path("/proc").exists(), reason="reads /proc")
def test_a_killed_process_ends_in_a_sentence_and_nobody_is_left():
    before = children()

    def kill() -> None:
        until = time.monotonic() + 20
        while time.monotonic() < until:
            for child in children() - before:
                os.kill(child, signal.SIGABRT)
                return

    killer = threading.Thread(target=kill)
    killer.start()
    sentence = refusal(files.a_pdf_bomb(1_000), "slip.pdf")
    killer.join()
    assert sentence == rules.CRASHED
    assert children() <= before


def test_a_page_is_drawn_and_a_page_that_is_not_there_is_not():
    picture = LOOKING.page(files.a_pdf(2), FileKind.PDF, 1, 48)
    assert len(picture.rgb) == picture.width * picture.height * 3
    assert set(picture.rgb) != {255}
    with pytest.raises(UserError, match=rules.NOT_SHOWN):
        LOOKING.page(files.a_pdf(2), FileKind.PDF, 2, 48)


def test_a_picture_is_drawn_in_its_colours():
    picture = LOOKING.page(files.an_image("PNG", (20, 10)), FileKind.PNG, 0, 96)
    assert (picture.width, picture.height) == (20, 10)
    assert picture.rgb[:3] == b"\xff\0\0"


def test_an_enormous_page_is_shown_smaller():
    wide = files.a_pdf_of().replace(b"[0 0 200 200]", b"[0 0 14400 14400]")
    picture = LOOKING.page(wide, FileKind.PDF, 0, 600)
    assert picture.width * picture.height <= 12_100_000
