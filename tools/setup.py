"""Makes the environment in ``.venv``: pinned and hashed packages, then Tilik itself, then the web app.

What has been done for the same content is not done again. An environment that was broken off half-way,
or that was made elsewhere and moved, is made anew.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from stamps import FOLDER, ROOT, begin, digest_of, done, finish

VENV = ROOT / ".venv"
BIN = VENV / "bin"
UV = BIN / "uv"
REQUIREMENTS = ROOT / "requirements"
MAKING = FOLDER / "making-environment"
PIP_INSTALL = (BIN / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")

LOAD_ALL = """
from importlib import import_module
from tilik.cli.doors import MODULES
for name in sorted({*MODULES.values()}):
    import_module(f"tilik.cli.{name}")
import pandas, tilik.api, tilik.demo.build, tilik.media.inside
from tilik.demo.clips_sign import make_authority, signing_possible
if signing_possible():
    make_authority()
"""


def main() -> None:
    """Bring the environment and the web app to what this checkout asks for."""
    asked = [*REQUIREMENTS.glob("*.txt"), ROOT / "pyproject.toml", ROOT / "hatch_build.py"]
    wanted = digest_of(asked, sys.version, str(ROOT))
    warming = None
    if not (is_whole() and done("environment", wanted)):
        make_environment(wanted)
        warming = keep_bytecode()
    made = subprocess.run([BIN / "python", ROOT / "tools" / "web.py"], check=False)
    if warming is not None:
        warming.wait()
    sys.exit(made.returncode)


def is_whole() -> bool:
    """The environment runs this very program, was finished, and stands where it was made."""
    pip = BIN / "pip"
    return (
        Path(sys.prefix) == VENV
        and not MAKING.exists()
        and all(program.is_file() for program in (pip, BIN / "python"))
        and str(VENV) in pip.read_text(errors="replace")
    )


def make_environment(wanted: str) -> None:
    """Install what is pinned, and Tilik itself; into a new ``.venv`` unless the one there is whole."""
    started = time.monotonic()
    begin("environment")
    whole = is_whole()
    FOLDER.mkdir(exist_ok=True)
    MAKING.touch()
    if not whole:
        say(f"making .venv with Python {sys.version.split()[0]}")
        shutil.rmtree(VENV, ignore_errors=True)
        run(base_python(), "-m", "venv", VENV)
    get_uv()
    packages = REQUIREMENTS / "dev.txt"
    count = len(re.findall(r"^\S+==", packages.read_text(), re.MULTILINE))
    say(f"installing {count} pinned packages with {installer()}")
    install("--require-hashes", "-r", packages)
    say("installing Tilik itself")
    install("--no-deps", "--no-build-isolation", "-e", ROOT)
    MAKING.unlink()
    finish("environment", wanted)
    say(f"the environment is ready after {time.monotonic() - started:.0f} s")


def keep_bytecode() -> subprocess.Popen[bytes]:
    """Load what the commands load, once, so that each start after this one is short.

    It runs beside the making of the web app, which mostly waits for a registry. A machine that asks
    Python not to write bytecode would otherwise compile some 1,500 modules at every start.
    """
    wanted = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.Popen([BIN / "python", "-c", LOAD_ALL], env=wanted)


def base_python() -> str:
    """The Python that environments are made with, also when this one runs inside an environment."""
    inside = Path(sys.base_prefix) / "bin" / f"python{sys.version_info[0]}.{sys.version_info[1]}"
    return str(inside) if inside.is_file() else sys.executable


def get_uv() -> None:
    """Fetch uv, which installs in a fraction of pip's time; without it pip does the work."""
    arguments = ("--require-hashes", "--only-binary", ":all:", "-r", REQUIREMENTS / "uv.txt")
    subprocess.run([*PIP_INSTALL, *arguments], check=False, capture_output=True)


def installer() -> str:
    """What installs here."""
    return "uv" if UV.is_file() else "pip"


def install(*arguments: str | Path) -> None:
    """Install by uv; by pip where uv is not to be had or cannot do it."""
    if UV.is_file():
        command = [UV, "pip", "install", "--quiet", "--python", BIN / "python", *arguments]
        if subprocess.run(command, check=False, env=uv_environment()).returncode == 0:
            return
        say("uv could not do it; pip tries")
    run(*PIP_INSTALL, *arguments)


def uv_environment() -> dict[str, str]:
    """uv reads no pip settings, so a machine that names its index to pip alone is heard here."""
    asked = subprocess.run(
        [BIN / "python", "-m", "pip", "config", "get", "global.index-url"],
        check=False,
        capture_output=True,
        text=True,
    )
    index = os.environ.get("PIP_INDEX_URL") or asked.stdout.strip()
    return ({"UV_DEFAULT_INDEX": index} if index else {}) | os.environ


def run(*command: str | Path) -> None:
    """Run a program; when it fails, say which and stop."""
    finished = subprocess.run(command, check=False)
    if finished.returncode:
        say(f"failed: {' '.join(map(str, command))}")
        sys.exit(finished.returncode)


def say(text: str) -> None:
    """One short line to whoever waits."""
    print(f"setup: {text}", flush=True)


if __name__ == "__main__":
    main()
