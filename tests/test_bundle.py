from __future__ import annotations

import pytest

from installer import licences
from installer.shipped import is_shipped


@pytest.mark.parametrize(
    "path",
    [
        "PySide6/Qt/lib/libQt6Widgets.so.6",
        "PySide6\\Qt6PrintSupport.dll",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6\\plugins\\platforms\\qwindows.dll",
        "PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
        "PySide6/Qt/translations/qtbase_ja.qm",
        "desktop/database/migrations/versions/0001_first_tables.py",
        "desktop/database/migrations/versions/0002_set_phrase_measure.py",
        "resources/fonts/OFL.txt",
    ],
)
def test_the_program_gets(path: str):
    assert is_shipped(path)


@pytest.mark.parametrize(
    "path",
    [
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "PySide6\\Qt6VirtualKeyboard.dll",
        "PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so",
        "PySide6\\plugins\\sqldrivers\\qsqlodbc.dll",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6/Qt/translations/designer_ja.qm",
        "desktop/database/migrations/__pycache__/env.cpython-311.pyc",
        "resources/pictures/desk.png",
    ],
)
def test_the_program_does_not_get(path: str):
    assert not is_shipped(path)


def test_every_shipped_package_brings_its_licence(tmp_path):
    without = licences.collect(tmp_path)
    assert without == []
    folders = {folder.name.lower() for folder in (tmp_path / "LICENSES").iterdir()}
    assert {"lgpl-3.txt", "gpl-3.txt", "biz-ud-fonts-ofl.txt"} <= folders
    assert any(name.startswith("sqlalchemy-") for name in folders)
    assert not any(name.startswith(("setuptools", "pytest")) for name in folders)
