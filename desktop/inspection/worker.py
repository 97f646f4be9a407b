"""The process that looks into one file. It gets the file's bytes and one question, answers, and ends.

Questions and answers are JSON and plain bytes: nothing that comes back is ever unpickled.
"""

from __future__ import annotations

import json
import os
import signal
from multiprocessing.connection import Connection
from typing import Any

from desktop.domain import attachments as rules
from desktop.domain.attachments import SUFFIXES, FileKind, Picture, suffix_of
from desktop.inspection.kinds import kind_of, refusal_of
from desktop.inspection.limits import limit_this_process
from desktop.inspection.refusal import RefusedFileError

#: How the process ends where the memory was not enough.
OUT_OF_MEMORY = 77


def look(connection: Connection, memory: int, seconds: int) -> None:
    """Answer one question and end, without tidying up: what a hostile file left behind is not touched again."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interruption is the parent's to answer
    _be_silent()
    _load_readers()
    limit_this_process(memory, seconds)
    question = json.loads(connection.recv_bytes())
    data = connection.recv_bytes()
    try:
        answer, picture = _answer(question, data)
    except RefusedFileError as refused:
        answer, picture = {"refused": refused.sentence}, b""
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    connection.send_bytes(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))
    connection.send_bytes(picture)
    connection.close()
    os._exit(0)


def _be_silent() -> None:
    """What libraries and tracebacks say may hold words of the file: nobody hears it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for place in (1, 2):
        os.dup2(nowhere, place)
    os.close(nowhere)


def _load_readers() -> None:
    """Load the libraries while files may still be opened."""
    from desktop.inspection import images, mail, pdf  # noqa: F401, PLC0415 - in this process only


def _answer(question: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    if question["ask"] == "inspect":
        return _inspected(data, str(question["name"]), int(question["most_pages"])), b""
    kind = FileKind(question["kind"])
    if question["ask"] == "mail":
        return _mail(data), b""
    return _page(data, kind, int(question["page"]), int(question["dpi"]))


def _inspected(data: bytes, name: str, most_pages: int) -> dict[str, Any]:
    from desktop.inspection import images, mail, pdf  # noqa: PLC0415 - in this process only

    kind = kind_of(data)
    if kind is None:
        raise RefusedFileError(refusal_of(data))
    suffix = suffix_of(name)
    if suffix not in SUFFIXES[kind]:
        raise RefusedFileError(rules.other_kind(kind, suffix))
    if kind is FileKind.PDF:
        found = pdf.inspect_pdf(data, most_pages)
    elif kind is FileKind.MAIL:
        found = mail.inspect_mail(data, most_pages)
    else:
        found = images.inspect_image(data, kind, most_pages)
    return {"kind": found.kind.value, "pages": found.pages}


def _mail(data: bytes) -> dict[str, Any]:
    from desktop.inspection import mail  # noqa: PLC0415 - in this process only

    text = mail.mail_text(data)
    return {"head": text.head, "body": text.body, "files": text.files}


def _page(data: bytes, kind: FileKind, page: int, dpi: int) -> tuple[dict[str, Any], bytes]:
    from desktop.inspection import images, pdf  # noqa: PLC0415 - in this process only

    picture: Picture = (
        pdf.pdf_page(data, page, dpi)
        if kind is FileKind.PDF
        else images.image_page(data, kind, page, dpi)
    )
    return {"width": picture.width, "height": picture.height}, picture.rgb
