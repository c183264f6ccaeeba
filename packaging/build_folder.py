"""Builds dist/annotator, a folder that runs without Python, and tries it. `./run package` starts this."""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "dist" / "annotator"
PROGRAM = FOLDER / ("annotator.exe" if os.name == "nt" else "annotator")
LICENCE_NAME = re.compile(r"(^|/)(licen[cs]e|copying|notice|authors)[^/]*$", re.IGNORECASE)


def main() -> int:
    """Build, add the licences, try the result; 0 when it runs."""
    for needed in ("src/annotator/__main__.py", "resources", "sample_texts"):
        if not (ROOT / needed).exists():
            print(f"{needed} is missing; nothing was built.", file=sys.stderr)
            return 1
    shutil.rmtree(FOLDER, ignore_errors=True)
    work = ROOT / "build" / "pyinstaller"
    folders = ["--distpath", str(FOLDER.parent), "--workpath", str(work)]
    options = ["--noconfirm", "--clean", "--log-level", "WARN"]
    spec = str(ROOT / "packaging" / "annotator.spec")
    code = subprocess.call([sys.executable, "-m", "PyInstaller", *options, *folders, spec], cwd=ROOT)
    if code != 0:
        return code
    copy_licences(FOLDER / "licences")
    if not answers():
        print("The folder was built, but the program in it does not run.", file=sys.stderr)
        return 1
    size = sum(file.stat().st_size for file in FOLDER.rglob("*") if not file.is_symlink() and file.is_file())
    print(f"{FOLDER}: {size / 1e6:.0f} MB")
    return 0


def copy_licences(target: Path) -> None:
    """The licences of everything that runs inside: ours, and those of the packages in requirements.lock."""
    target.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "LICENSE", target / "annotator.txt")
    names = re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
    for name in sorted(set(names)):
        try:
            package = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # for another system
        texts = [file for file in package.files or [] if LICENCE_NAME.search(file.as_posix())]
        about = [f"{name} {package.version}", str(package.metadata.json.get("license_expression", ""))]
        for file in texts:
            path = Path(str(file.locate()))
            if path.is_file() and path.suffix not in (".py", ".pyc"):
                about.append(path.read_text(encoding="utf-8", errors="replace"))
        (target / f"{name}.txt").write_text("\n\n".join(filter(None, about)) + "\n", encoding="utf-8")


def answers() -> bool:
    """Whether the built program says its version, without anything of this environment to lean on."""
    keep = ("PATH", "SYSTEMROOT", "TEMP", "TMPDIR")
    environment = {name: os.environ[name] for name in keep if name in os.environ}
    try:
        run = subprocess.run(
            [str(PROGRAM), "--version"],
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as trouble:
        print(trouble, file=sys.stderr)
        return False
    print(run.stdout.strip() or run.stderr.strip())
    return run.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
