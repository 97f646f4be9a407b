"""A mail (.eml) as plain text. Pages in it are shown as text, nothing is ever loaded, files in it are not opened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from html.parser import HTMLParser

from desktop.domain import attachments as rules
from desktop.domain.attachments import FileKind, Inspected, MailText, plain_name
from desktop.domain.clock import JAPAN
from desktop.domain.era import DateStyle, format_date
from desktop.inspection.images import inspect_image
from desktop.inspection.kinds import kind_of
from desktop.inspection.pdf import inspect_pdf
from desktop.inspection.refusal import RefusedFileError
from desktop.override import override

MOST_PARTS = 200
_DEPTH = 10
_MOST_CHARACTERS = 500_000
_HEAD = {"From": "差出人", "To": "宛先", "Cc": "写し", "Date": "日時", "Subject": "件名"}
_MOST_IN_HEAD = 1_000
#: A line of the head with its continuations; thousands of addressees fit. Readers of longer ones take for ever.
_LONGEST_LINE = 100_000
_HARMLESS_IMAGES = (b"GIF8", b"BM")
_SIGNATURES = frozenset(
    {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
)
_SILENT = frozenset({"script", "style", "head", "title", "template", "noscript"})
_BREAKS = frozenset({"p", "br", "div", "tr", "li", "table", "h1", "h2", "h3", "h4", "blockquote"})


def inspect_mail(data: bytes, most_pages: int) -> Inspected:
    """Raise RefusedFileError where a mail, or a file in it, is not taken. A mail is one page."""
    mail = _parsed(data)
    for part in _leaves(mail):
        if not _is_words(part):
            _refuse_bad(_payload(part), part, most_pages)
    _text_of(mail)  # what could not be shown is not taken
    return Inspected(kind=FileKind.MAIL, pages=1)


def mail_text(data: bytes) -> MailText:
    """The mail as it is shown."""
    return _text_of(_parsed(data))


def _text_of(mail: EmailMessage) -> MailText:
    files = [
        plain_name(part.get_filename() or "") or "（名前なし）"
        for part in _leaves(mail)
        if not _is_words(part)
    ]
    return MailText(head=tuple(_head(mail)), body=_words(mail), files=tuple(files))


def _parsed(data: bytes) -> EmailMessage:
    try:
        mail = BytesParser(policy=policy.default).parsebytes(data)
    except RecursionError:
        raise RefusedFileError(rules.BOMB) from None
    except (ValueError, LookupError, TypeError, AttributeError, IndexError):
        raise RefusedFileError(rules.BROKEN) from None
    if not isinstance(mail, EmailMessage):
        raise RefusedFileError(rules.BROKEN)
    if any(len(str(value)) > _LONGEST_LINE for _, value in mail.raw_items()):
        raise RefusedFileError(rules.BOMB)
    return mail


def _leaves(mail: EmailMessage) -> Iterator[EmailMessage]:
    """The parts that hold something, also those of mails in the mail. BOMB where they are too many or too deep."""
    waiting: list[tuple[EmailMessage, int]] = [(mail, 0)]
    seen = 0
    while waiting:
        part, depth = waiting.pop()
        seen += 1
        if seen > MOST_PARTS or depth > _DEPTH:
            raise RefusedFileError(rules.BOMB)
        if part.is_multipart():
            waiting.extend((inner, depth + 1) for inner in reversed(_inner(part)))
        else:
            yield part


def _is_words(part: EmailMessage) -> bool:
    is_file = part.get_content_disposition() == "attachment" or bool(part.get_filename())
    return part.get_content_type() in {"text/plain", "text/html"} and not is_file


def _inner(part: EmailMessage) -> list[EmailMessage]:
    inner = part.get_payload()
    return (
        [each for each in inner if isinstance(each, EmailMessage)]
        if isinstance(inner, list)
        else []
    )


def _payload(part: EmailMessage) -> bytes:
    try:
        found = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError):
        raise RefusedFileError(rules.BROKEN) from None
    return found if isinstance(found, bytes) else b""


def _refuse_bad(data: bytes, part: EmailMessage, most_pages: int) -> None:
    """Files in a mail are stored with it: they are looked into as others are, and only harmless ones more are let by."""
    kind = kind_of(data)
    if kind is FileKind.PDF:
        inspect_pdf(data, most_pages)
    elif kind in {FileKind.JPEG, FileKind.PNG, FileKind.TIFF}:
        inspect_image(data, kind, most_pages)
    elif not (
        data.startswith(_HARMLESS_IMAGES)
        or part.get_content_type() in _SIGNATURES
        or _is_plain_text(data, part)
    ):
        raise RefusedFileError(rules.IN_MAIL)


def _is_plain_text(data: bytes, part: EmailMessage) -> bool:
    """A text file without markup, by name and content; a script is not one."""
    is_text = part.get_content_type() in {"text/plain", "text/calendar"}
    name = (part.get_filename() or "").lower()
    return is_text and (not name or name.endswith((".txt", ".ics"))) and b"\0" not in data


def _head(mail: EmailMessage) -> Iterator[tuple[str, str]]:
    for name, label in _HEAD.items():
        try:
            value = _shown(mail, name)
        except (ValueError, LookupError, TypeError, AttributeError, IndexError, OverflowError):
            value = "（読めません）"
        if value:
            yield label, "".join(c for c in value if c.isprintable())[:_MOST_IN_HEAD]


def _shown(mail: EmailMessage, name: str) -> str:
    """A line of the head; the time as the office reads it, where it is one."""
    line = mail.get(name, "")
    sent_at: datetime | None = getattr(line, "datetime", None)
    if sent_at is None or sent_at.tzinfo is None:
        return str(line)
    here = sent_at.astimezone(JAPAN)
    return f"{format_date(here.date(), DateStyle.SHORT)} {here:%H:%M}"


def _words(mail: EmailMessage) -> str:
    """The words: plain text where there is any, else the text of the page."""
    words = [part for part in _leaves(mail) if _is_words(part)]
    plain = [part for part in words if part.get_content_type() == "text/plain"]
    texts = [_text(part) for part in plain or words]
    return "\n\n".join(texts)[:_MOST_CHARACTERS]


def _text(part: EmailMessage) -> str:
    data = _payload(part)
    charset = part.get_content_charset() or "utf-8"
    try:
        text = data.decode(charset, errors="replace")
    except LookupError:
        text = data.decode("utf-8", errors="replace")
    if part.get_content_type() == "text/html":
        text = _without_markup(text)
    return "".join(c for c in text.replace("\r\n", "\n") if c.isprintable() or c in "\n\t").strip()


class _Words(HTMLParser):
    """Collects what a page says."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._silent = 0

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag in _BREAKS:
            self.found.append("\n")

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT and self._silent:
            self._silent -= 1
        elif tag in _BREAKS:
            self.found.append("\n")

    @override
    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(data)


def _without_markup(page: str) -> str:
    reader = _Words()
    reader.feed(page)
    reader.close()
    lines = (line.strip() for line in "".join(reader.found).splitlines())
    return "\n".join(line for line in lines if line)
