"""What the deployment starts exists, and what must run is started."""

import re
import shlex
import shutil
import subprocess
from configparser import RawConfigParser
from pathlib import Path

import pytest
from django.core.management import get_commands

from groupbuy.roof.service import programs
from tests.house.source import ROOT

DEPLOY = ROOT / "deploy"
SERVICES = sorted(DEPLOY.glob("*.service"))
SETTING = re.compile(r"^([A-Z_]+)=", re.M)


class Unit(RawConfigParser):
    """systemd's format, where a key may come twice (the later one is read here)."""

    def __init__(self, path: Path) -> None:
        super().__init__(strict=False, interpolation=None)
        self.optionxform = str  # type: ignore[assignment,method-assign]
        self.read(path)


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_a_service_runs_a_command_that_there_is_locked_in_its_folders(
    path: Path,
) -> None:
    unit = Unit(path)["Service"]
    words = shlex.split(unit["ExecStart"].replace("'", " "))

    assert words[words.index("manage.py") + 1] in get_commands()
    assert unit["User"] == "groupbuy"
    assert unit["ProtectSystem"] == "strict"
    assert unit["UMask"] == "0077"
    assert unit["EnvironmentFile"] == "/etc/groupbuy.env"


def test_every_timer_has_its_service_and_is_switched_on() -> None:
    timers = {path.stem for path in DEPLOY.glob("*.timer")}

    assert timers == {"groupbuy-tick", "groupbuy-backup"}
    assert timers < {path.stem for path in SERVICES}
    text = (DEPLOY / "groupbuy.service").read_text()
    assert {name for name in timers if f"{name}.timer" not in text} == set()


def test_the_service_names_every_process_that_it_keeps() -> None:
    children = {child.name for child in programs.site("127.0.0.1", 1, "http://x")}
    told = Unit(DEPLOY / "groupbuy.service")["Unit"]["Description"]

    assert {name for name in children if name not in told} == set()


def test_every_setting_of_the_example_is_explained() -> None:
    names = set(SETTING.findall((DEPLOY / "groupbuy.env.example").read_text()))
    readme = (ROOT / "README.md").read_text()

    assert {"DATABASE_URL", "SECRET_KEY", "OPERATOR_CONTACT"} <= names
    assert {name for name in names if f"`{name}" not in readme} == set()


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
@pytest.mark.parametrize("path", sorted(DEPLOY.glob("groupbuy*.timer")))
def test_systemd_reads_the_timer(path: Path) -> None:
    said = subprocess.run(
        ["systemd-analyze", "verify", path], capture_output=True, check=False
    )
    assert said.returncode == 0, said.stderr
