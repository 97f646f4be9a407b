from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import bootstrap
from installer import environment, system
from installer.console import Stop

ROOT = Path(__file__).resolve().parents[1]
LOCKS = {name: ROOT / "requirements" / f"{name}.txt" for name in ("run", "test", "bundle")}


@pytest.mark.parametrize("name", LOCKS)
def test_locks_say_versions_and_hashes_but_not_where_things_came_from(name: str):
    lines = LOCKS[name].read_text(encoding="utf-8").splitlines()
    for line in lines:
        assert re.match(r"#|[\w.\[\]-]+==|    --hash=sha256:[0-9a-f]{64}", line), line
    told = [line for line in lines if not line.startswith("#   python3 bootstrap.py lock")]
    assert not [line for line in told[2:] if re.search(r"https?:|file:|/|@", line)]


@pytest.mark.parametrize("name", ["test", "bundle"])
def test_larger_sets_contain_what_the_program_needs(name: str):
    assert _versions("run").items() <= _versions(name).items()


def test_locks_hold_what_the_editable_install_needs_offline():
    assert {"setuptools", "cython"} <= _versions("run").keys()


@pytest.fixture
def bare(monkeypatch):
    """A Debian machine that has nothing."""
    monkeypatch.setattr(system, "LINUX", True)
    monkeypatch.setattr(system, "loads", lambda soname: False)
    monkeypatch.setattr(system, "has_postgresql", lambda: False)
    monkeypatch.setattr(system, "has_cups", lambda: False)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)


def test_bare_machine_lacks_everything(bare):
    need = system.missing_packages("test", window=True)
    assert need[0] == "python3-venv"
    assert {"libegl1", "libxcb-cursor0", "postgresql-15", "cups-daemon", "cups-client"} <= set(need)


def test_running_needs_no_server(bare):
    need = system.missing_packages("run", window=True)
    assert not {"postgresql-15", "cups-daemon", "cups-client"} & set(need)


def test_without_a_printer_to_test_with_the_set_up_stops(bare):
    with pytest.raises(Stop, match="cups-daemon"):
        system.check_cups()


def test_without_a_display_no_window_library_is_asked_for(bare):
    need = system.missing_packages("test", window=False)
    assert "libegl1" in need
    assert not [package for package in need if "xcb" in package]


def test_bundling_needs_the_interpreter_as_a_library(bare, monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr("sys.base_prefix", "nowhere")
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    assert {"binutils", f"libpython{version}"} <= set(
        system.missing_packages("bundle", window=True)
    )


def test_complete_machine_lacks_nothing(bare, monkeypatch):
    monkeypatch.setattr(system, "loads", lambda soname: True)
    monkeypatch.setattr(system, "has_postgresql", lambda: True)
    monkeypatch.setattr(system, "has_cups", lambda: True)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: object())
    assert system.missing_packages("test", window=True) == []


def test_other_systems_are_not_asked_for_debian_packages(bare, monkeypatch):
    monkeypatch.setattr(system, "LINUX", False)
    assert system.missing_packages("test", window=True) == []


def test_who_may_not_install_gets_one_line_to_copy(monkeypatch):
    monkeypatch.setattr(system, "root_prefix", lambda: None)
    monkeypatch.setattr("shutil.which", lambda name: name)
    with pytest.raises(Stop) as stopped:
        system.install_packages(["libegl1", "postgresql-15"])
    sentence, line = str(stopped.value).split("\n\n")
    assert "管理者" in sentence
    assert line.startswith("apt-get update && apt-get install")
    assert line.endswith("libegl1 postgresql-15")


def test_system_without_apt_is_told_what_to_install(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(Stop, match="libegl1"):
        system.install_packages(["libegl1"])


def test_server_gets_no_cluster_of_its_own(monkeypatch, tmp_path):
    asked: list[tuple[object, ...]] = []

    def call(*command: object) -> int:
        asked.append(command)
        return 0

    setting = tmp_path / "etc" / "createcluster.conf"
    monkeypatch.setattr(system, "NO_CLUSTER", setting)
    monkeypatch.setattr(system, "root_prefix", list)
    monkeypatch.setattr("shutil.which", lambda name: name)
    monkeypatch.setattr(system, "call", call)
    system.install_packages(["libegl1"])
    assert not setting.exists()
    system.install_packages(["postgresql-15"])
    assert setting.read_text() == "create_main_cluster = false\n"
    assert asked[-1][-1] == "postgresql-15"


def test_failed_installation_is_a_sentence(monkeypatch):
    monkeypatch.setattr(system, "root_prefix", list)
    monkeypatch.setattr("shutil.which", lambda name: name)
    monkeypatch.setattr(system, "call", lambda *command: 100)
    with pytest.raises(Stop, match="ネットワーク"):
        system.install_packages(["libegl1"])


def test_proxy_goes_through_sudo(monkeypatch):
    monkeypatch.setenv("http_proxy", "http://proxy.invalid:8080")
    assert "Acquire::http::Proxy=http://proxy.invalid:8080" in system.apt_options()


@pytest.fixture
def environment_folder(monkeypatch, tmp_path):
    """Set-up in an empty folder; programs are noted and answer well."""
    calls: list[str] = []
    monkeypatch.setattr(environment, "VENV", tmp_path)
    monkeypatch.setattr(environment, "STAMP", tmp_path / "stamp.json")
    monkeypatch.setattr(environment, "check_libraries", lambda window: None)

    def call(*command: object) -> int:
        calls.append(" ".join(map(str, command)))
        tmp_path.mkdir(exist_ok=True)
        return 0

    monkeypatch.setattr(environment, "call", call)
    return calls


def test_second_set_up_has_nothing_to_do(environment_folder):
    assert not environment.is_current("run")
    environment.make_environment("test", window=True)
    assert environment.is_current("test")
    assert environment.is_current("run")
    assert not environment.is_current("bundle")


def test_changed_lock_is_installed_without_a_new_environment(environment_folder, monkeypatch):
    environment.make_environment("test", window=True)
    environment_folder.clear()
    monkeypatch.setattr(environment, "fingerprint", lambda kind: "changed")
    assert not environment.is_current("test")
    environment.make_environment("test", window=True)
    assert not [line for line in environment_folder if "-m venv" in line]
    assert environment.is_current("test")


def test_moved_project_gets_a_new_environment(environment_folder, monkeypatch):
    environment.make_environment("run", window=True)
    environment_folder.clear()
    monkeypatch.setattr(environment, "ROOT", ROOT.parent)
    monkeypatch.setattr(environment, "fingerprint", lambda kind: "same")
    assert not environment.is_current("run")
    environment.make_environment("run", window=True)
    assert "-m venv" in environment_folder[0]


def test_set_up_that_was_stopped_is_not_taken_for_finished(environment_folder, monkeypatch):
    environment.make_environment("run", window=True)
    monkeypatch.setattr(environment, "fingerprint", lambda kind: "changed")
    monkeypatch.setattr(environment, "call", lambda *command: 1)
    with pytest.raises(Stop, match="ネットワーク"):
        environment.make_environment("run", window=True)
    assert environment.read_stamp() == {}


def test_broken_stamp_counts_as_none(environment_folder):
    environment.STAMP.write_text("{", encoding="utf-8")
    assert environment.read_stamp() == {}
    environment.STAMP.write_text(json.dumps({"home": "elsewhere"}), encoding="utf-8")
    assert not environment.is_current("run")


def test_loader_names_what_it_does_not_find():
    told = "lib.so:\n\tlibEGL.so.1 => not found\n\tlibc.so.6 => /lib/libc.so.6 (0x00)\n"
    assert environment.not_found(told) == ["libEGL.so.1"]


@pytest.mark.parametrize(
    ("display", "expected"),
    [({}, False), ({"DISPLAY": ":0"}, True), ({"WAYLAND_DISPLAY": "w"}, True)],
)
def test_display(monkeypatch, display: dict[str, str], expected: bool):
    monkeypatch.setattr(system, "LINUX", True)
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in display.items():
        monkeypatch.setenv(name, value)
    assert system.has_display() is expected


def test_every_check_runs_and_one_failure_decides(monkeypatch, capsys):
    monkeypatch.setattr(bootstrap, "set_up", lambda kind: None)
    monkeypatch.setattr(bootstrap, "call", lambda *command: int("mypy" in str(command[0])))
    assert bootstrap.main(["test"]) == 1
    closing = capsys.readouterr().out.strip().splitlines()[-5:]
    assert [line.split()[0] for line in closing] == ["合格", "合格", "不合格", "合格", "合格"]


def test_stop_is_a_sentence_and_status_1(monkeypatch, capsys):
    def stop(kind: str) -> None:
        raise Stop("次の1行を実行してください。")

    monkeypatch.setattr(bootstrap, "set_up", stop)
    assert bootstrap.main(["setup"]) == 1
    assert "次の1行" in capsys.readouterr().err


def test_unknown_command_is_a_wrong_call():
    answer = subprocess.run(
        [sys.executable, ROOT / "bootstrap.py", "dance"], check=False, capture_output=True
    )
    assert answer.returncode == 2


def test_ci_calls_the_test_command():
    assert "bootstrap.py test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def _versions(name: str) -> dict[str, str]:
    text = LOCKS[name].read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.\[\]-]+)==([^\s\\]+)", text, re.MULTILINE))
