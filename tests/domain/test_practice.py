"""Files of exercises: what is read, and what is refused."""

import pytest

from desktop.domain.card_files import CardError
from desktop.domain.practice import Exercise, Finder, read_exercise

GOOD = {
    "title": '"練習"',
    "order": "1",
    "finder": '"among"',
    "rules": '["V08"]',
    "others": "3",
    "where": '"記録"',
    "hints": '["一つめ"]',
    "key": '"答え"',
    "card": '"radar"',
}


def read(text: str = "課題です。", key: str = "a-trial", /, **changes: str | None) -> Exercise:
    settings = {name: value for name, value in {**GOOD, **changes}.items() if value is not None}
    head = "\n".join(f"{name} = {value}" for name, value in settings.items())
    return read_exercise(key, f"+++\n{head}\n+++\n{text}\n")


def test_an_exercise_is_read():
    exercise = read()
    assert (exercise.finder, exercise.rules, exercise.others) == (Finder.AMONG, ("V08",), 3)
    assert (exercise.text, exercise.answer, exercise.hints) == ("課題です。", "答え", ("一つめ",))


@pytest.mark.parametrize(
    "changes",
    [
        {"finder": '"sql"'},
        {"finder": None},
        {"rules": None},
        {"rules": '["V08", "V08"]'},
        {"rules": '["1=1"]'},
        {"rules": "3"},
        {"others": None},
        {"others": "7"},
        {"finder": '"rule"'},  # with others
        {"finder": '"each"', "others": None},  # of one rule
        {"finder": '"any"', "others": None, "rules": None},  # without a rule
        {"hints": "[]"},
        {"hints": '[" "]'},
        {"key": '" "'},
        {"card": None},
        {"order": "0"},
        {"household": '"0001001"'},
    ],
)
def test_a_wrong_exercise_is_refused(changes):
    with pytest.raises(CardError, match="a-trial"):
        read(**changes)


def test_an_exercise_has_a_task_and_a_plain_name():
    with pytest.raises(CardError):
        read(" ")
    with pytest.raises(CardError):
        read("課題", "../x")
