"""Files to attach, made up by the tests: harmless ones and hostile ones, all small on the disk."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image
from reportlab.pdfgen.canvas import Canvas


def a_pdf(pages: int = 1, text: str = "給与明細") -> bytes:
    """A PDF of so many pages."""
    made = io.BytesIO()
    canvas = Canvas(made)
    for page in range(pages):
        canvas.drawString(100, 700, f"{len(text)} {page + 1}")
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def an_image(form: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB") -> bytes:
    """A picture of one colour."""
    made = io.BytesIO()
    Image.new(mode, size, "red" if mode == "RGB" else 0).save(made, form)
    return made.getvalue()


def a_tiff(pages: int) -> bytes:
    """A TIFF of so many small pages."""
    made = io.BytesIO()
    first, *others = [Image.new("1", (16, 16), n % 2) for n in range(pages)]
    first.save(made, "TIFF", save_all=True, append_images=others)
    return made.getvalue()


def a_mail(body: str = "こんにちは。給与明細を送ります。", kind: str = "text/plain") -> bytes:
    """A mail of one part."""
    return (
        "From: kakuu@example.invalid\r\nTo: banso@example.invalid\r\n"
        "Date: Tue, 01 Oct 2024 09:00:00 +0900\r\nSubject: =?utf-8?B?57Wm5LiO5piO57Sw?=\r\n"
        f"MIME-Version: 1.0\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{body}\r\n"
    ).encode()


def a_mail_with(data: bytes, name: str, kind: str = "application/octet-stream") -> bytes:
    """A mail that carries a file."""
    return (
        a_mail("x", "multipart/mixed; boundary=B")
        .replace(
            b"8bit\r\n\r\nx", b"8bit\r\n\r\n--B\r\nContent-Type: text/plain\r\n\r\nwords\r\n--B\r\n"
        )
        .rstrip()
        + f'\r\nContent-Type: {kind}\r\nContent-Disposition: attachment; filename="{name}"\r\n'.encode()
        + b"Content-Transfer-Encoding: 8bit\r\n\r\n"
        + data
        + b"\r\n--B--\r\n"
    )


def a_pdf_of(*objects: bytes, catalog: bytes = b"", trailer: bytes = b"") -> bytes:
    """A PDF of one empty page; further objects are numbered from 4 on, and `catalog` stands in the catalog."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R " + catalog + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R>>",
        *(objects or (b"<</Length 0>>stream\n\nendstream",)),
    ]
    made = b"%PDF-1.7\n"
    places = []
    for number, part in enumerate(parts, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(parts) + 1, table)
    made += b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (
        len(parts) + 1,
        trailer,
        start,
    )
    return made


EMPTY_STREAM = b"<</Length 0>>stream\n\nendstream"


def packed(data: bytes, head: bytes = b"") -> bytes:
    """A compressed stream."""
    small = zlib.compress(data, 9)
    return b"<<%s/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (head, len(small), small)


def an_object_stream(*objects: bytes) -> bytes:
    """Objects from number 50 on inside a compressed object stream."""
    table, body = b"", b""
    for number, each in enumerate(objects, start=50):
        table += b"%d %d " % (number, len(body))
        body += each + b" "
    head = b"/Type/ObjStm/N %d/First %d" % (len(objects), len(table))
    return packed(table + body, head)


def a_pdf_bomb(megabytes: int = 4_000) -> bytes:
    """A page whose words are gigabytes of nothing, packed into some megabytes."""
    worker = zlib.compressobj(9)
    block = b" " * (1 << 20)
    small = b"".join(worker.compress(block) for _ in range(megabytes)) + worker.flush()
    return a_pdf_of(b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(small), small))


def a_png_bomb(width: int = 100_000, height: int = 100_000) -> bytes:
    """A picture that says it is enormous."""

    def chunk(name: bytes, data: bytes) -> bytes:
        check = zlib.crc32(name + data)
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 10_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def a_deep_mail(depth: int) -> bytes:
    """Mails in mails in mails."""
    made = a_mail()
    for _ in range(depth):
        made = (
            a_mail("x", "message/rfc822").replace(b"; charset=utf-8", b"").replace(b"x\r\n", made)
        )
    return made
