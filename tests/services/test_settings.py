from __future__ import annotations

import pytest

from desktop.domain.errors import UserError
from desktop.services.settings import Settings, SettingsFile, Theme


@pytest.fixture
def file(tmp_path):
    return SettingsFile(tmp_path / "deep" / "settings.toml")


def test_without_a_file_the_defaults_hold(file):
    assert file.load() == Settings()


def test_what_is_saved_is_loaded(file):
    settings = Settings(
        database_url='postgresql://host/o"ffice\\1',
        theme=Theme.DARK,
        zoom=150,
        keyring_allowed=True,
        shared_accounts=("madoguchi*", "CITY\\kyoyo"),
    )
    file.save(settings)
    assert file.load() == settings
    assert [path.name for path in file.path.parent.iterdir()] == ["settings.toml"]


@pytest.mark.parametrize(
    "text",
    ["zoom = ", 'theme = "pink"', 'zoom = "large"', "\x00", "theme = 1", 'shared_accounts = "a"'],
)
def test_unreadable_file_is_said_in_words(file, text):
    file.path.parent.mkdir()
    file.path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match="設定ファイル"):
        file.load()


def test_zoom_between_steps_goes_to_the_nearest(file):
    file.path.parent.mkdir()
    file.path.write_text("zoom = 147\n", encoding="utf-8")
    assert file.load().zoom == 150


def test_folder_that_cannot_be_written_is_said_in_words(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="保存できません"):
        SettingsFile(tmp_path / "file" / "settings.toml").save(Settings())
