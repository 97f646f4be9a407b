"""Files that are hostile in their head, and a process that a file took over: nothing of its answer is taken as it comes."""

from __future__ import annotations

import ctypes
import json
import os
from typing import Any

import pytest

from desktop.domain import attachments as rules
from desktop.domain.attachments import FileKind
from desktop.domain.errors import UserError
from desktop.inspection import limits, looking
from desktop.inspection.looking import Looking
from tests.support import files

HEAD = b"From: a@example.invalid\r\nDate: Tue, 01 Oct 2024 09:00:00 +0900\r\n"


def answering(answer: bytes, picture: bytes = b"") -> Any:
    """What stands in for the process: it hears the question and answers this."""
    return _Answer(answer, picture)


class _Answer:
    def __init__(self, answer: bytes, picture: bytes) -> None:
        self._said = (answer, picture)

    def __call__(self, connection: Any, _memory: int, _seconds: int) -> None:
        connection.recv_bytes()
        connection.recv_bytes()
        for part in self._said:
            connection.send_bytes(part)
        os._exit(0)


def taken_over(monkeypatch, answer: object, picture: bytes = b"") -> Looking:
    """Looks into files with a process that a file took over."""
    raw = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    monkeypatch.setattr(looking, "look", answering(raw, picture))
    return Looking()


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ({"refused": "至急、次の番号に電話してください。"}, rules.CRASHED),
        ({"refused": rules.BOMB}, rules.BOMB),
        ({"refused": rules.too_many_pages(5_000, 200)}, rules.too_many_pages(5_000, 200)),
        ({"refused": "名前（x\u202e" + "に変えてから添付してください。"}, rules.CRASHED),
        ({"refused": {"a": 1}}, rules.CRASHED),
        ({"kind": "pdf", "pages": 10**12}, rules.BROKEN),
        ({"kind": "pdf", "pages": -1}, rules.BROKEN),
        ({"kind": "pdf", "pages": 201}, rules.BROKEN),
        ({"kind": "pdf", "pages": "3"}, rules.BROKEN),
        ({"kind": "pdf", "pages": True}, rules.BROKEN),
        (b'{"kind": "pdf", "pages": Infinity}', rules.BROKEN),
        ({"kind": "exe", "pages": 1}, rules.BROKEN),
        ([], rules.CRASHED),
        (b"[" * 1_000_000, rules.CRASHED),
        (b"\xff\xfe", rules.CRASHED),
        (b"x" * (5 << 20), rules.CRASHED),
    ],
    ids=range(16),
)
def test_no_answer_is_believed_that_is_none_of_ours(monkeypatch, answer, sentence):
    with pytest.raises(UserError) as caught:
        taken_over(monkeypatch, answer).inspect(files.a_pdf(), "slip.pdf", 200)
    assert caught.value.sentence == sentence


@pytest.mark.parametrize(
    "size",
    [{"width": 2, "height": 3}, {"width": 0, "height": 0}, {"width": 1.0, "height": 1}, {}],
    ids=repr,
)
def test_a_picture_is_as_large_as_it_says(monkeypatch, size):
    with pytest.raises(UserError, match=rules.NOT_SHOWN):
        taken_over(monkeypatch, size, b"abc").page(files.a_pdf(), FileKind.PDF, 0, 96)


def test_words_come_back_without_signs_that_control(monkeypatch):
    answer = {"head": [["件名", "a\u202eb\0"]], "body": "x\u2066\n\ty\x1b", "files": ["a\n.pdf"]}
    shown = taken_over(monkeypatch, answer).mail(files.a_mail())
    assert (shown.head, shown.body, shown.files) == ((("件名", "ab"),), "x\n\ty", ("a.pdf",))


@pytest.mark.parametrize(
    "mail",
    [
        HEAD + b"To: " + b"a@example.invalid, " * 400_000 + b"\r\n\r\nx",
        HEAD + b"Subject: " + b"=?utf-8?B?57Wm?= " * 400_000 + b"\r\n\r\nx",
        HEAD + b"Subject: a\r\n" + b" b\r\n" * 100_000 + b"\r\nx",
    ],
    ids=("to", "subject", "folded"),
)
def test_a_mail_whose_head_could_not_be_shown_is_not_taken(mail):
    with pytest.raises(UserError, match=rules.BOMB):
        Looking().inspect(mail, "mail.eml", 200)


def test_a_long_mail_of_any_signs_is_taken_and_shown():
    mail = files.a_mail("😀" * 600_000)
    assert Looking().inspect(mail, "mail.eml", 200).pages == 1
    assert len(Looking().mail(mail).body) == 500_000


@pytest.mark.parametrize("size", [(1, 70_000), (70_000, 1)])
def test_a_thread_of_points_is_no_picture(size):
    with pytest.raises(UserError, match=rules.BOMB):
        Looking().inspect(files.an_image("PNG", size), "photo.png", 200)


def test_the_longest_picture_that_is_taken_is_shown():
    longest = files.an_image("PNG", (1, 65_535))
    assert Looking().inspect(longest, "photo.png", 200).pages == 1
    assert Looking().page(longest, FileKind.PNG, 0, 300).height > 65_535


class _Kernel:
    def __init__(self) -> None:
        self.limits: Any = None

    def CreateJobObjectW(self, *_given: object) -> int:
        return 1

    def GetCurrentProcess(self) -> int:
        return 1

    def SetInformationJobObject(self, _job: Any, _kind: int, given: Any, _size: Any) -> int:
        self.limits = given._obj
        return 1

    def AssignProcessToJobObject(self, *_given: object) -> int:
        return 1


def test_on_windows_a_process_left_behind_ends_by_itself(monkeypatch):
    kernel = _Kernel()
    for name in ("CreateJobObjectW", "GetCurrentProcess", "SetInformationJobObject"):
        monkeypatch.setattr(_Kernel, name, _settable(getattr(_Kernel, name)))
    monkeypatch.setattr(ctypes, "WinDLL", lambda *_a, **_k: kernel, raising=False)
    limits._limit_on_windows(1 << 20, 30)
    basic = kernel.limits.BasicLimitInformation
    assert basic.PerProcessUserTimeLimit == 30 * 10_000_000
    assert basic.LimitFlags & 0x2


def _settable(function: Any) -> Any:
    """A method that takes attributes, as a function of ctypes does."""

    class Bound:
        def __get__(self, kernel: object, _owner: type) -> Any:
            def call(*given: object) -> object:
                return function(kernel, *given)

            return call

    return Bound()
