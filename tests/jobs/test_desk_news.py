"""What other desks did: asked for every few seconds, told to the screens, silent while nothing answers."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject

from desktop.domain.desk_news import EVERYTHING, GROUPS, PAPERS, PLANS, TODOS
from desktop.domain.errors import UnavailableError
from desktop.jobs.change_bus import ChangeBus
from desktop.jobs.desk_news import DeskNews
from tests.support.qt import InlineRunner


@pytest.fixture
def owner(qapp):
    return QObject()


def news_of(owner, *answers):
    """The news, what it told so far, and how often it asked."""
    changes, left = ChangeBus(), list(answers)
    told: list[object] = []

    def listen():
        answer = left.pop(0) if left else ()
        if isinstance(answer, Exception):
            raise answer
        return answer

    changes.paper_changed.connect(told.append)
    return DeskNews(listen, InlineRunner(), changes, owner), told, left


def test_screens_are_told_when_there_is_news_and_only_then(owner):
    news, told, _ = news_of(owner, (), {PAPERS}, ())
    news.ask()
    assert told == []
    news.ask()
    news.ask()
    assert told == [news]


def test_a_server_that_does_not_answer_is_asked_again(owner):
    news, told, _ = news_of(owner, UnavailableError("データベースに接続できません。"), {PAPERS})
    news.ask()
    news.ask()
    assert told == [news]


def test_it_asks_by_itself(owner, qtbot):
    news, told, left = news_of(owner, {PAPERS}, {PAPERS})
    news._timer.setInterval(1)
    news.begin()
    qtbot.waitUntil(lambda: not left)
    news._timer.stop()
    assert told == [news, news]


def test_each_channel_has_its_signal(owner):
    changes = ChangeBus()
    heard: list[tuple[object, ...]] = []
    changes.paper_changed.connect(lambda by: heard.append((PAPERS, by)))
    changes.plan_changed.connect(lambda plan_id, by: heard.append((PLANS, plan_id, by)))
    changes.todo_changed.connect(lambda by: heard.append((TODOS, by)))
    changes.group_changed.connect(lambda home, by: heard.append((GROUPS, home, by)))
    answers = [{PLANS}, {TODOS}, frozenset(EVERYTHING)]
    news = DeskNews(lambda: answers.pop(0), InlineRunner(), changes, owner)
    news.ask()
    assert heard == [(PLANS, None, news)]
    news.ask()
    assert heard[1:] == [(TODOS, news)]
    news.ask()
    assert len(heard) == 2 + len(EVERYTHING)
    assert (GROUPS, None, news) in heard
