"""Asks a process of its own about a file, and ends it where it takes too long, too much, or dies."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from threading import Event, Thread
from time import monotonic
from typing import Any

from desktop.domain import attachments as rules
from desktop.domain.attachments import FileKind, Inspected, MailText, Picture
from desktop.domain.errors import UserError
from desktop.inspection.limits import MOST_MEMORY, MOST_SHOWN_POINTS
from desktop.inspection.worker import OUT_OF_MEMORY, look

_POLL_SECONDS = 0.05
_MOST_ANSWER = 4 * 1024 * 1024
_BYTES_A_POINT = 3
#: Sides of a page are rounded up.
_MOST_PICTURE = MOST_SHOWN_POINTS * _BYTES_A_POINT + (1 << 20)
_DYING_SECONDS = 2.0
#: SIGXCPU and SIGKILL: out of processor time.
_ENDED_BY_LIMITS = (-24, -9)


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """Looks into files. `seconds` is the time one question may take, `memory` the bytes its process may use.

    Every method raises UserError with the reason where the file is not taken or the process failed.
    """

    seconds: float = 30.0
    memory: int = MOST_MEMORY

    def inspect(
        self, data: bytes, name: str, most_pages: int, cancelled: Callable[[], bool] = _never
    ) -> Inspected:
        """What a file is, whether it may be taken, and how many pages it has."""
        question = {"ask": "inspect", "name": name, "most_pages": most_pages}
        answer, _ = self._ask(question, data, cancelled)
        try:
            found = Inspected(kind=FileKind(answer["kind"]), pages=_number(answer, "pages"))
        except (KeyError, ValueError, TypeError):
            raise UserError(rules.BROKEN) from None
        if not 1 <= found.pages <= most_pages:
            raise UserError(rules.BROKEN)
        return found

    def page(self, data: bytes, kind: FileKind, page: int, dpi: int) -> Picture:
        """One page (0 is the first) as a picture."""
        question = {"ask": "page", "kind": kind.value, "page": page, "dpi": dpi}
        answer, rgb = self._shown(question, data)
        try:
            width, height = _number(answer, "width"), _number(answer, "height")
        except (KeyError, ValueError, TypeError):
            raise UserError(rules.NOT_SHOWN) from None
        if width < 1 or height < 1 or len(rgb) != width * height * _BYTES_A_POINT:
            raise UserError(rules.NOT_SHOWN)
        return Picture(width=width, height=height, rgb=rgb)

    def mail(self, data: bytes) -> MailText:
        """A mail as plain text."""
        answer, _ = self._shown({"ask": "mail", "kind": FileKind.MAIL.value}, data)
        try:
            head = tuple((_plain(label), _plain(value)) for label, value in answer["head"])
            files = tuple(_plain(name) for name in answer["files"])
            return MailText(head=head, body=_plain(answer["body"], "\n\t"), files=files)
        except (KeyError, ValueError, TypeError):
            raise UserError(rules.NOT_SHOWN) from None

    def _shown(self, question: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
        """An answer to be looked at: the file is stored, and what keeps it from being shown is all one."""
        try:
            return self._ask(question, data, _never)
        except UserError:
            raise UserError(rules.NOT_SHOWN) from None

    def _ask(
        self, question: dict[str, Any], data: bytes, cancelled: Callable[[], bool]
    ) -> tuple[dict[str, Any], bytes]:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(
            target=look, args=(theirs, self.memory, max(1, round(self.seconds))), daemon=True
        )
        try:
            process.start()
        except OSError:
            ours.close()
            raise UserError(rules.NOT_STARTED) from None
        finally:
            theirs.close()
        try:
            return _Talk(process, ours, monotonic() + self.seconds, cancelled).hold(question, data)
        finally:
            ours.close()
            process.kill()
            process.join()
            process.close()


class _Talk:
    """One question to one process. A thread beside ends the process when it is time, so that no reading waits for ever."""

    def __init__(
        self,
        process: SpawnProcess,
        connection: Connection,
        until: float,
        cancelled: Callable[[], bool],
    ) -> None:
        self._process = process
        self._connection = connection
        self._until = until
        self._cancelled = cancelled
        self._is_over = Event()
        self._sentence = ""

    def hold(self, question: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
        """Ask and hear. Raises UserError where there is no answer, or the answer is a refusal."""
        guard = Thread(target=self._watch, daemon=True)
        guard.start()
        try:
            self._connection.send_bytes(json.dumps(question).encode())
            self._connection.send_bytes(data)
            answer = json.loads(self._connection.recv_bytes(_MOST_ANSWER))
            picture = self._connection.recv_bytes(_MOST_PICTURE)
        except (EOFError, OSError, ValueError, RecursionError):
            self._is_over.set()
            guard.join()
            raise UserError(self._why()) from None
        finally:
            self._is_over.set()
            guard.join()
        if not isinstance(answer, dict):
            raise UserError(rules.CRASHED)
        if "refused" in answer:
            raise UserError(_sentence(answer["refused"]))
        return answer, picture

    def _watch(self) -> None:
        while not self._is_over.wait(_POLL_SECONDS):
            if self._cancelled():
                self._sentence = rules.STOPPED
            elif monotonic() > self._until:
                self._sentence = rules.TOO_MUCH
            else:
                continue
            self._process.kill()
            return

    def _why(self) -> str:
        """Why there was no answer: stopped, out of time or memory, or the process died of the file."""
        if self._sentence:
            return self._sentence
        self._process.join(_DYING_SECONDS)
        too_much = (OUT_OF_MEMORY, *_ENDED_BY_LIMITS)
        return rules.TOO_MUCH if self._process.exitcode in too_much else rules.CRASHED


def _number(answer: dict[str, Any], name: str) -> int:
    """A whole number of an answer. A process that a file took over may answer anything."""
    found = answer[name]
    if type(found) is not int:
        raise TypeError
    return found


def _plain(text: object, kept: str = "") -> str:
    """Words of an answer without signs that control, but those in `kept`."""
    return "".join(c for c in str(text) if c.isprintable() or c in kept)


def _sentence(refusal: object) -> str:
    """A refusal as the process gave it, where it is a sentence of ours."""
    said = str(refusal)
    return said if rules.is_refusal(said) else rules.CRASHED
