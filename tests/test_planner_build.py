from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

import pytest
from setuptools import Distribution

from desktop.planning import engine_form
from installer import planner
from installer.console import Stop

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def sources(monkeypatch, tmp_path):
    """The planner's sources in a folder of their own; compiling makes empty extensions there."""
    folder = tmp_path / "desktop" / "planning"
    folder.mkdir(parents=True)
    for path in planner.FOLDER.glob("engine*.p*"):
        if path.suffix in (".py", ".pxd"):
            shutil.copy(path, folder)
    for name in ("setup.py", "requirements/run.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    monkeypatch.setattr(planner, "ROOT", tmp_path)
    monkeypatch.setattr(planner, "FOLDER", folder)
    monkeypatch.setattr(planner, "BUILD", tmp_path / "build")
    monkeypatch.setattr(planner, "STAMP", tmp_path / "build" / "planner.txt")
    monkeypatch.setattr(planner, "has_compiler", lambda: True)

    def call(*_command: object) -> int:
        for part in planner.PARTS:
            (folder / f"{part}.abi3.so").touch()
        return 0

    monkeypatch.setattr(planner, "call", call)
    return folder


def test_compiled_once_and_again_when_a_source_changes(sources):
    assert not planner.is_compiled()
    assert planner.compile_planner()
    assert planner.is_compiled()
    types = sources / "engine_moves.pxd"
    types.write_text(types.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert not planner.is_compiled()


def test_a_missing_part_is_no_compiled_planner(sources):
    planner.compile_planner()
    (sources / "engine_state.abi3.so").unlink()
    assert not planner.is_compiled()


def test_half_a_build_leaves_nothing(sources, monkeypatch):
    def call(*_command: object) -> int:
        (sources / "engine_rows.abi3.so").touch()
        return 0

    monkeypatch.setattr(planner, "call", call)
    assert not planner.compile_planner()
    assert planner.made() == []


def test_an_old_build_is_thrown_away_first(sources):
    stale = planner.BUILD / "lib.old" / "engine.cpython-311.so"
    stale.parent.mkdir(parents=True)
    stale.touch()
    (sources / "engine.cpython-311-x86_64-linux-gnu.so").touch()
    planner.compile_planner()
    assert not stale.exists()
    assert [path.name for path in planner.made()] == sorted(
        f"{part}.abi3.so" for part in planner.PARTS
    )


@pytest.mark.parametrize("kind", ["test", "bundle"])
def test_tests_and_bundle_refuse_to_go_without(sources, monkeypatch, kind: str):
    monkeypatch.setattr(planner, "has_compiler", lambda: False)
    with pytest.raises(Stop, match="コンパイルできません"):
        planner.prepare_planner(kind)


def test_the_program_runs_without_and_says_so(sources, monkeypatch, capsys):
    monkeypatch.setattr(planner, "has_compiler", lambda: False)
    planner.prepare_planner("run")
    told = capsys.readouterr().out
    assert "コンパイルされていません" in told
    assert "libpython3" in told


def test_an_extension_of_older_sources_is_not_kept_without_a_compiler(sources, monkeypatch):
    planner.compile_planner()
    (sources / "engine.py").write_text("# changed\n", encoding="utf-8")
    monkeypatch.setattr(planner, "has_compiler", lambda: False)
    planner.prepare_planner("run")
    assert planner.made() == []


@pytest.fixture
def no_compiler(monkeypatch):
    asked: list[str] = []
    monkeypatch.setattr(planner, "LINUX", True)
    monkeypatch.setattr(planner, "has_compiler", lambda: False)
    monkeypatch.setattr(planner, "may_install_silently", lambda: True)
    monkeypatch.setattr(planner, "install_packages", asked.extend)
    return asked


@pytest.mark.parametrize("kind", ["test", "bundle"])
def test_tests_and_bundle_need_the_compiler(no_compiler, kind: str):
    assert "gcc" in planner.compiler_packages(kind, first=False, others=False)


def test_the_program_wishes_for_the_compiler_once(no_compiler):
    assert planner.compiler_packages("run", first=True, others=False) == []
    assert "gcc" in no_compiler
    no_compiler.clear()
    assert planner.compiler_packages("run", first=False, others=False) == []
    assert no_compiler == []
    assert "gcc" in planner.compiler_packages("run", first=True, others=True)


def test_the_program_goes_on_where_the_compiler_does_not_come(no_compiler, monkeypatch, capsys):
    def refuse(packages: list[str]) -> None:
        raise Stop("ネットワーク")

    monkeypatch.setattr(planner, "install_packages", refuse)
    assert planner.compiler_packages("run", first=True, others=False) == []
    assert "なしで続けます" in capsys.readouterr().out


def test_who_has_a_compiler_is_asked_for_nothing(no_compiler, monkeypatch):
    monkeypatch.setattr(planner, "has_compiler", lambda: True)
    assert planner.compiler_packages("test", first=True, others=True) == []


def test_the_same_parts_everywhere():
    build = _setup_module()
    assert build.PARTS == planner.PARTS == engine_form.PARTS
    assert {path.stem for path in planner.FOLDER.glob("*.pxd")} == set(planner.PARTS)


def test_a_wheel_holds_nothing_of_an_older_build(tmp_path):
    command = _setup_module().FreshBuild(Distribution({"name": "nothing"}))
    command.build_base = str(tmp_path)
    command.build_lib = str(tmp_path / "lib")
    stale = tmp_path / "lib" / "desktop" / "planning" / "engine.cpython-39.so"
    stale.parent.mkdir(parents=True)
    stale.touch()
    command.ensure_finalized()
    command.run()
    assert not stale.exists()


def _setup_module():
    spec = importlib.util.spec_from_file_location("setup_of_the_planner", ROOT / "setup.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
