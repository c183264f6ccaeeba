"""Builds dist/annotator_<version>_<architecture>.deb from the folder of build_folder.py. `./run deb` starts this."""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path

import build_folder

ROOT = build_folder.ROOT
HERE = ROOT / "packaging"
ICONS = ROOT / "resources" / "icons"

# Debian 13 and Ubuntu 24.04 renamed what changed with 64-bit time; the older name is the alternative.
DEPENDS = (
    "libdbus-1-3, libegl1, libfontconfig1, libfreetype6, libgcc-s1, libgl1, libglib2.0-0t64 | libglib2.0-0, libstdc++6,"
    " libwayland-client0, libwayland-cursor0, libwayland-egl1, libx11-6, libx11-xcb1, libxcb-cursor0, libxcb-icccm4,"
    " libxcb-image0, libxcb-keysyms1, libxcb-randr0, libxcb-render-util0, libxcb-render0, libxcb-shape0, libxcb-shm0,"
    " libxcb-sync1, libxcb-util1, libxcb-xfixes0, libxcb-xkb1, libxcb1, libxkbcommon-x11-0, libxkbcommon0, libzstd1"
)

CONTROL = """\
Package: annotator
Version: {version}
Architecture: {architecture}
Maintainer: annotator contributors <annotator@localhost>
Installed-Size: {size}
Depends: libc6 (>= {libc}), {depends}
Section: editors
Priority: optional
Description: tag claims in an article, link them to sources, rate them
 annotator shows an article beside a side panel. Its reader marks claims in
 the text, links each one to the passages of sources that support or refute
 it, rates the confidence in a verdict, and exports the annotated essay as
 Markdown. Everything lies in one file on the own disk; nothing calls home.
"""

COPYRIGHT = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: annotator
Comment: The Python libraries inside keep their own licences, each a file in /opt/annotator/licences.
 Qt and PySide6 are used under the LGPL-3; their libraries lie in /opt/annotator/_internal/PySide6
 as files of their own and may be replaced by other builds.

Files: *
Copyright: 2026 annotator contributors
License: Expat

Files: opt/annotator/_internal/annotator/_resources/fonts/*
Copyright: the Inter, Literata, Source Serif 4, Atkinson Hyperlegible Next and JetBrains Mono project authors
License: OFL-1.1
 See /opt/annotator/_internal/annotator/_resources/fonts/LICENSE-*.txt

Files: opt/annotator/_internal/annotator/_resources/icons/*
Copyright: Lucide Icons and contributors
License: ISC
 See /opt/annotator/_internal/annotator/_resources/icons/LICENSE-lucide.txt

License: Expat
{licence}
"""


def main() -> int:
    """Build the folder, lay out the package, pack it; 0 when the file is there."""
    code = build_folder.main()
    if code != 0:
        return code
    version = read_version()
    architecture = output_of("dpkg", "--print-architecture")
    tree = ROOT / "build" / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    lay_out(tree)
    write_control(tree, version, architecture)
    set_modes(tree)
    file = ROOT / "dist" / f"annotator_{version}_{architecture}.deb"
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(tree), str(file)], check=True)
    print(f"{file}: {file.stat().st_size / 1e6:.0f} MB. Install it with: sudo apt install {file}")
    return 0


def lay_out(tree: Path) -> None:
    """The files where they will be on the computer."""
    shutil.copytree(build_folder.FOLDER, tree / "opt" / "annotator", symlinks=True)
    share = tree / "usr" / "share"
    (tree / "usr" / "bin").mkdir(parents=True)
    (tree / "usr" / "bin" / "annotator").symlink_to("/opt/annotator/annotator")
    copy(HERE / "annotator.desktop", share / "applications" / "annotator.desktop")
    copy(HERE / "annotator-mime.xml", share / "mime" / "packages" / "annotator.xml")
    copy(ICONS / "annotator.svg", share / "icons" / "hicolor" / "scalable" / "apps" / "annotator.svg")
    for icon in ICONS.glob("annotator-*.png"):
        size = icon.stem.removeprefix("annotator-")
        copy(icon, share / "icons" / "hicolor" / f"{size}x{size}" / "apps" / "annotator.png")
    documents = share / "doc" / "annotator"
    documents.mkdir(parents=True)
    (documents / "copyright").write_text(
        COPYRIGHT.format(licence=in_paragraph(ROOT / "LICENSE")), encoding="utf-8"
    )
    copy(ROOT / "CHANGELOG.md", documents / "CHANGELOG.md")


def write_control(tree: Path, version: str, architecture: str) -> None:
    """DEBIAN/control and the checksums of all files."""
    files = sorted(file for file in tree.rglob("*") if file.is_file() and not file.is_symlink())
    control = CONTROL.format(
        version=version,
        architecture=architecture,
        size=sum(file.stat().st_size for file in files) // 1024 + 1,
        libc=platform.libc_ver()[1] or "2.36",
        depends=DEPENDS,
    )
    sums = "".join(
        f"{hashlib.md5(file.read_bytes()).hexdigest()}  {file.relative_to(tree)}\n" for file in files
    )
    (tree / "DEBIAN").mkdir()
    (tree / "DEBIAN" / "control").write_text(control, encoding="utf-8")
    (tree / "DEBIAN" / "md5sums").write_text(sums, encoding="utf-8")


def set_modes(tree: Path) -> None:
    """Readable by all, writable by the owner, whatever the umask here is."""
    for path in (tree, *tree.rglob("*")):
        if not path.is_symlink():
            runs = path.is_dir() or os.access(path, os.X_OK)
            path.chmod(0o755 if runs else 0o644)


def read_version() -> str:
    """The version the package states of itself."""
    found = re.search(
        r'^__version__ = "([^"]+)"', (ROOT / "src/annotator/__init__.py").read_text(), re.MULTILINE
    )
    if not found:
        raise SystemExit("src/annotator/__init__.py states no __version__.")
    return found[1]


def in_paragraph(file: Path) -> str:
    """A text in the form that Debian's copyright file asks for."""
    return "\n".join(
        f" {line.strip() or '.'}" for line in file.read_text(encoding="utf-8").strip().splitlines()
    )


def copy(source: Path, target: Path) -> None:
    """Copy a file into a folder that may not be there yet."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def output_of(*command: str) -> str:
    """What a program prints."""
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
