"""Other desks' papers: asked for every few seconds, told to the screens, silent while nothing answers."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject

from desktop.domain.errors import UnavailableError
from desktop.jobs.change_bus import ChangeBus
from desktop.jobs.paper_news import PaperNews
from tests.support.qt import InlineRunner


@pytest.fixture
def owner(qapp):
    return QObject()


def news_of(owner, *answers):
    """The news, what it told so far, and how often it asked."""
    changes, left = ChangeBus(), list(answers)
    told: list[object] = []

    def has_news():
        answer = left.pop(0) if left else False
        if isinstance(answer, Exception):
            raise answer
        return answer

    changes.paper_changed.connect(told.append)
    return PaperNews(has_news, InlineRunner(), changes, owner), told, left


def test_screens_are_told_when_there_is_news_and_only_then(owner):
    news, told, _ = news_of(owner, False, True, False)
    news.ask()
    assert told == []
    news.ask()
    news.ask()
    assert told == [news]


def test_a_server_that_does_not_answer_is_asked_again(owner):
    news, told, _ = news_of(owner, UnavailableError("データベースに接続できません。"), True)
    news.ask()
    news.ask()
    assert told == [news]


def test_it_asks_by_itself(owner, qtbot):
    news, told, left = news_of(owner, True, True)
    news._timer.setInterval(1)
    news.begin()
    qtbot.waitUntil(lambda: not left)
    news._timer.stop()
    assert told == [news, news]
