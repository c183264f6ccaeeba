"""Starts annotator from a checkout and sets up what it needs, with the standard library alone.

    ./run                     open the window; without a display: the demo
    ./run ARGS…               the command line of annotator, which gets these arguments
    ./run setup               only set up
    ./run demo [FOLDER]       do the main job once without a window, leave pictures in build/demo
    ./run test [ARGS…]        ruff, mypy, import-linter, then pytest with these arguments
    ./run drills              the long tests: kills, power cuts, damaged files
    ./run bench [P1 …]        measure against the yardsticks
    ./run package | deb       build the program's folder, the Debian package, in dist/

On Windows: `py run.py …`. The environment is `.venv`, filled from the locks with hashes; a stamp inside says
for which locks and which Python. The set-up speaks on stderr; when it can't go on, the exit code is 2.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "annotator-stamp"
RUNTIME, DEV = ROOT / "requirements.lock", ROOT / "requirements-dev.lock"
LINUX = sys.platform.startswith("linux")

# What Qt links to and the wheels don't bring: shared library → package on Debian and Ubuntu.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libgthread-2.0.so.0": "libglib2.0-0",
}
X11_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
XVFB = {"Xvfb": "xvfb", "xauth": "xauth"}
NOTHING_COLLECTED = 5  # pytest's exit code


class SetupError(Exception):
    """The set-up can't go on; the text says what to do."""


def main(arguments: list[str]) -> int:
    """Do what the first word says; words that are not ours go to annotator."""
    commands = {
        "setup": setup,
        "demo": demo,
        "test": test,
        "drills": drills,
        "bench": bench,
        "package": package,
        "deb": deb,
    }
    word, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    try:
        if word in commands:
            return commands[word](rest)
        if not arguments and not has_display():
            say("There is no display, so no window can be shown. Running the demo instead.")
            return demo([])
        prepare(RUNTIME)
        return become(["-P", "-m", "annotator", *arguments])
    except SetupError as trouble:
        say(str(trouble))
        return 2
    except KeyboardInterrupt:
        return 130


# ---------------------------------------------------------------------- commands


def setup(_rest: list[str]) -> int:
    """Install what running the program takes."""
    prepare(RUNTIME)
    say("Ready. ./run opens the window.")
    return 0


def demo(rest: list[str]) -> int:
    """The main job once, without a window; pictures and the exported Markdown in build/demo."""
    prepare(RUNTIME)
    folder = rest or [str(ROOT / "build" / "demo")]
    return become(["-P", "-m", "annotator", "--demo", *folder], {"QT_QPA_PLATFORM": "offscreen"})


def bench(rest: list[str]) -> int:
    """The measurements; their table or JSON is all that stdout gets."""
    prepare(DEV)
    os.chdir(ROOT)
    return become(["-m", "benchmarks", *rest], {} if has_display() else {"QT_QPA_PLATFORM": "offscreen"})


def package(_rest: list[str]) -> int:
    """The program as a folder that needs no Python: dist/annotator."""
    prepare_packaging({"objdump": "binutils"} if LINUX else {})
    return step([str(ROOT / "packaging" / "build_folder.py")])


def deb(_rest: list[str]) -> int:
    """The Debian package: dist/annotator_….deb."""
    prepare_packaging({"objdump": "binutils", "dpkg-deb": "dpkg"})
    return step([str(ROOT / "packaging" / "build_deb.py")])


def test(rest: list[str]) -> int:
    """Every check, each to its end, and a summary; 1 when any of them failed."""
    prepare(DEV, libraries=X11_LIBRARIES if LINUX else {}, programs=XVFB if LINUX else {})
    lint_imports = "import sys, importlinter.cli as cli; sys.exit(cli.lint_imports_command())"
    results = {
        "ruff check": step(["-m", "ruff", "check", "."]),
        "ruff format": step(["-m", "ruff", "format", "--check", "."]),
        "mypy": step(["-m", "mypy"]),
        "import-linter": step(["-c", lint_imports, "--no-logo"]),
        **pytest(rest),
    }
    print("\nSummary")
    for name, code in results.items():
        print(f"  {'ok    ' if code == 0 else 'FAILED'}  {name}" + (f"  (exit code {code})" if code else ""))
    return 1 if any(results.values()) else 0


def drills(rest: list[str]) -> int:
    """The long tests: kills, power cuts and damaged files by the hundred. They print their figures."""
    prepare(DEV)
    return step(["-m", "pytest", "--no-xvfb", "-s", *rest, "-m", "slow"], {"QT_QPA_PLATFORM": "offscreen"})


def pytest(rest: list[str]) -> dict[str, int]:
    """pytest twice: offscreen, then what is marked `display` on an X server that exists for this run only."""
    parser = argparse.ArgumentParser(prog="./run test", add_help=False, allow_abbrev=False)
    parser.add_argument("-m", dest="marks", default="")
    known, others = parser.parse_known_args(rest)
    also = f" and ({known.marks})" if known.marks else ""
    offscreen, native = {"QT_QPA_PLATFORM": "offscreen"}, {"QT_QPA_PLATFORM": "xcb"} if LINUX else {}
    slow = "" if "slow" in known.marks else " and not slow"  # those are ./run drills
    first = step(["-m", "pytest", "--no-xvfb", *others, "-m", f"not display{slow}{also}"], offscreen)
    second = step(["-m", "pytest", *others, "-m", f"display{also}"], native)
    codes = {"pytest": first, "pytest, with a display": second}
    chosen = {name: code for name, code in codes.items() if code != NOTHING_COLLECTED}
    return chosen or codes


# ---------------------------------------------------------------------- running


def say(text: str) -> None:
    """A message of the set-up: on stderr, because stdout belongs to the program."""
    print(f"annotator: {text}", file=sys.stderr, flush=True)


def has_display() -> bool:
    """Whether a window could be shown."""
    return not LINUX or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def become(arguments: list[str], variables: Mapping[str, str] = {}) -> int:
    """Run the environment's Python in place of this process: streams, signals and exit code are its own."""
    command, environment = [str(PYTHON), *arguments], {**os.environ, **variables}
    if os.name != "nt":
        os.execve(PYTHON, command, environment)
    return subprocess.call(command, env=environment)  # on Windows `exec` would return to the shell at once


def step(arguments: list[str], variables: Mapping[str, str] = {}) -> int:
    """Run the environment's Python in the checkout, saying with what; the exit code."""
    shown = " ".join(argument if len(argument) < 60 else "…" for argument in arguments)
    print(f"\n$ python {shown}", flush=True)
    return subprocess.call([str(PYTHON), *arguments], cwd=ROOT, env={**os.environ, **variables})


# ---------------------------------------------------------------------- environment


def prepare(lock: Path, *, libraries: Mapping[str, str] = {}, programs: Mapping[str, str] = {}) -> None:
    """Make sure of the system's libraries and of everything in `lock`. Fast when all is there."""
    current = is_current(lock)
    if LINUX:
        shown = X11_LIBRARIES if os.environ.get("DISPLAY") else {}
        venv = {} if current or shutil.which("uv") else {"ensurepip": venv_package()}
        need_from_system({**QT_LIBRARIES, **shown, **libraries}, programs, venv)
    if current:
        return
    with only_one_set_up():
        if not is_current(lock):  # another one may have done it meanwhile
            build_environment(lock)


def prepare_packaging(programs: Mapping[str, str]) -> None:
    """The same for PyInstaller, which takes along Python's own library; Debian keeps it in a package."""
    shared = str(sysconfig.get_config_var("INSTSONAME"))
    of_system = LINUX and base_python().startswith("/usr/bin/") and ".so" in shared
    library = {shared: f"libpython3.{sys.version_info.minor}"} if of_system else {}
    prepare(DEV, libraries=library, programs=programs)


def stamp_of(lock: Path) -> str:
    """The line in the stamp that says: this lock was installed completely, for this Python."""
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    return f"{lock.name} {digest} Python {sys.version.split()[0]}"


def is_current(lock: Path) -> bool:
    """Whether `.venv` works and holds `lock`."""
    return PYTHON.exists() and STAMP.is_file() and stamp_of(lock) in STAMP.read_text().splitlines()


def build_environment(lock: Path) -> None:
    """Fill `.venv` from `lock`: from nothing, unless it holds the runtime lock and has only to grow."""
    started = time.monotonic()
    say(f"Setting up {VENV.name} from {lock.name}. This is done once and takes up to a minute.")
    grow = is_current(RUNTIME)
    uv = shutil.which("uv")
    try:
        if not (uv and install_with_uv(uv, lock, grow)):
            install_with_pip(lock, grow)
        link_checkout()
        # The development lock is compiled against the runtime lock and holds all of it.
        STAMP.write_text("".join(f"{stamp_of(done)}\n" for done in dict.fromkeys((RUNTIME, lock))))
    except OSError as trouble:
        raise SetupError(
            f"The set-up in {VENV} stopped: {trouble}. Put that right, then start again."
        ) from trouble
    say(f"Set up in {time.monotonic() - started:.0f} s.")


def install_with_uv(uv: str, lock: Path, grow: bool) -> bool:
    """The fast way, when uv is there. False when it didn't work out."""
    if not grow:
        shutil.rmtree(VENV, ignore_errors=True)
        if not quietly([uv, "venv", "--quiet", "--python", base_python(), str(VENV)]):
            return False
    packages = ["--no-deps", "--require-hashes", "--compile-bytecode", "-r", str(lock)]
    return quietly([uv, "pip", "install", "--quiet", "--python", str(PYTHON), *packages])


def install_with_pip(lock: Path, grow: bool) -> None:
    """The way that needs nothing but Python; pip compiles byte code as it installs."""
    if not (grow and quietly([str(PYTHON), "-c", "import pip"])):
        create_with_venv()
    packages = ["--no-deps", "--require-hashes", "-r", str(lock)]
    options = ["--quiet", "--no-input", "--disable-pip-version-check"]
    if subprocess.call([str(PYTHON), "-m", "pip", "install", *options, *packages], stdout=sys.stderr):
        raise SetupError(
            "The packages could not be installed; pip says why above. Without a network it can't be."
        )


def create_with_venv() -> None:
    """A fresh `.venv` with pip in it."""
    shutil.rmtree(VENV, ignore_errors=True)
    if subprocess.call([base_python(), "-m", "venv", str(VENV)], stdout=sys.stderr):
        shutil.rmtree(VENV, ignore_errors=True)  # what a failed attempt leaves looks whole, but has no pip
        raise SetupError(f"No environment can be made with {base_python()}; the reason is above.")


def link_checkout() -> None:
    """Make `import annotator` find this checkout and give `.venv` its command; relative, so it all can move."""
    packages = Path(sysconfig.get_path("purelib", "venv", {"base": str(VENV), "platbase": str(VENV)}))
    (packages / "annotator.pth").write_text(os.path.relpath(ROOT / "src", packages) + "\n")
    if os.name == "nt":
        (PYTHON.parent / "annotator.cmd").write_text('@"%~dp0python.exe" -P -m annotator %*\n')
    else:
        command = PYTHON.parent / "annotator"
        command.write_text('#!/bin/sh\nexec "$(dirname -- "$0")/python" -P -m annotator "$@"\n')
        command.chmod(0o755)


def base_python() -> str:
    """The Python to build with; never that of `.venv`, which is about to be removed."""
    return str(getattr(sys, "_base_executable", sys.executable))


def quietly(command: list[str]) -> bool:
    """Run and say nothing; whether it worked."""
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@contextlib.contextmanager
def only_one_set_up() -> Iterator[None]:
    """Wait until no other `run` sets up this checkout."""
    try:
        file = (ROOT / ".venv.lock").open("a")
    except OSError as trouble:
        raise SetupError(f"Nothing can be set up in {ROOT}: {trouble}.") from trouble
    with file:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - only Windows has it

            while True:
                with contextlib.suppress(OSError):  # it gives up after ten seconds
                    msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
                    break
        else:
            import fcntl  # noqa: PLC0415 - Windows doesn't have it

            fcntl.flock(file, fcntl.LOCK_EX)
        yield  # closing the file releases the lock


# ---------------------------------------------------------------------- system


def need_from_system(
    libraries: Mapping[str, str], programs: Mapping[str, str], modules: Mapping[str, str]
) -> None:
    """Install the packages of what is missing: Qt would end the process with a text of its own."""
    missing = absent(libraries, programs, modules)
    if missing:
        install_from_system(sorted(set(missing.values())))
        missing = absent(libraries, programs, modules)
    if missing:
        raise SetupError(f"Still missing on this computer: {', '.join(missing)}.")


def absent(
    libraries: Mapping[str, str], programs: Mapping[str, str], modules: Mapping[str, str]
) -> dict[str, str]:
    """Those libraries that don't load and programs and modules that aren't found, with their packages."""
    missing = {program: owner for program, owner in programs.items() if not shutil.which(program)}
    importlib.invalidate_caches()
    missing |= {module: owner for module, owner in modules.items() if not importlib.util.find_spec(module)}
    for library, owner in libraries.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing[library] = owner
    return missing


def venv_package() -> str:
    """Where Debian keeps the part of `venv` that it took out of Python."""
    of_system = os.path.realpath("/usr/bin/python3") == os.path.realpath(base_python())
    return "python3-venv" if of_system else f"python3.{sys.version_info.minor}-venv"


def install_from_system(packages: Iterable[str]) -> None:
    """apt-get install, as root or with a sudo that asks nothing; else say the line and stop."""
    names = " ".join(packages)
    if not shutil.which("apt-get"):
        raise SetupError(f"Missing on this computer (by their Debian names): {names}. Install them first.")
    options = ["install", "-y", "--no-install-recommends"]
    if os.geteuid() == 0:
        root = []
    elif shutil.which("sudo") and quietly(["sudo", "-n", "true"]):
        root = ["sudo", "-n"]
    else:
        line = " ".join(["sudo apt-get", *options, *map(name_here, packages)])
        raise SetupError(f"Something from the system is missing. Run this line, then start again:\n  {line}")
    say(f"Installing {names}.")
    apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]
    if quietly([*apt, *options, *map(name_here, packages)]):
        return
    subprocess.call([*apt, "update"], stdout=sys.stderr)
    if subprocess.call([*apt, *options, *map(name_here, packages)], stdout=sys.stderr):
        raise SetupError(f"apt-get could not install {names}; it says why above.")


def name_here(name: str) -> str:
    """What this system calls a package: since Debian 13 and Ubuntu 24.04 glib's ends in t64."""
    return f"{name}t64" if quietly(["apt-cache", "show", f"{name}t64"]) else name


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
