"""Where a library lies: whether that is a place that databases don't bear, such as a network drive or a synced folder.

Looks at names, markers and the table of mounts only; opens no library and asks nobody.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePath

_MOUNTS = Path("/proc/self/mountinfo")
# By the type of the file system, as Linux and macOS call it.
_NETWORK = re.compile(
    r"(nfs\d?|cifs|smb\d?|smbfs|9p|afs|openafs|auristorfs|ncpfs|ceph|glusterfs|lustre|gpfs|webdav|davfs2?|afpfs)$"
    r"|fuse\.(sshfs|rclone|davfs2?|curlftpfs|smbnetfs|gvfsd-fuse|s3fs|glusterfs|ceph-fuse)$"
)
_SYNCED_MOUNTS = re.compile(r"fuse\.(google-drive-ocamlfuse|onedriver|dropbox|megafs|pcloud)|pcloudfs$")
# By the name of a folder, in lower case. The end may be that of an account: “OneDrive - Harbour Board”.
_NAMES: tuple[tuple[str, str], ...] = (
    (r"dropbox( \(.+\))?", "Dropbox"),
    (r"onedrive( ?- ?.+)?", "OneDrive"),
    (r"google ?drive( ?- ?.+| \(.+\))?|googledrive-.+", "Google Drive"),
    (r"icloud ?drive|iclouddrive|mobile documents|com~apple~clouddocs", "iCloud Drive"),
    (r"nextcloud( ?- ?.+|\d+)?", "Nextcloud"),
    (r"owncloud( ?- ?.+|\d+)?", "ownCloud"),
    (r"pclouddrive|pcloud drive|pcloud ?sync", "pCloud"),
    (r"box( sync)?|box-box", "Box"),
    (r"mega( ?sync)?( downloads)?|megasync", "MEGA"),
    (r"proton ?drive(-.+)?", "Proton Drive"),
    (r"tresorit( drive)?", "Tresorit"),
    (r"synology ?drive|cloudstation", "Synology Drive"),
    (r"yandex\.?disk", "Yandex Disk"),
    (r"seafile", "Seafile"),
    (r"cloudstorage", "a cloud program"),  # where macOS keeps all of them
)
_NAMED = tuple((re.compile(pattern), program) for pattern, program in _NAMES)
# A folder of this name alone says too little; here it must lie in a home.
_AT_HOME = frozenset({"Box", "MEGA", "Seafile", "Google Drive"})
_MARKERS: tuple[tuple[str, str], ...] = (
    (".dropbox", "Dropbox"),
    (".dropbox.cache", "Dropbox"),
    (".stfolder", "Syncthing"),
    (".nextcloudsync.log", "Nextcloud"),
    (".owncloudsync.log", "ownCloud"),
    (".tmp.drivedownload", "Google Drive"),
    (".tmp.driveupload", "Google Drive"),
    (".megaignore", "MEGA"),
    (".seafile-data", "Seafile"),
    (".SynologyWorkingDirectory", "Synology Drive"),
    (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
)
_SYNC_DATABASE = re.compile(r"\._?sync_[0-9a-f]+\.db$")  # of Nextcloud and ownCloud
_VARIABLES = ("ONEDRIVE", "ONEDRIVECONSUMER", "ONEDRIVECOMMERCIAL")


class PlaceKind(StrEnum):
    """What is wrong with a place."""

    NETWORK = "network"
    SYNCED = "synced"


@dataclass(frozen=True, slots=True)
class Place:
    """A place that is bad for a library. `name` is the program or kind of drive; the rest is for people."""

    kind: PlaceKind
    name: str
    what: str
    todo: str

    def __str__(self) -> str:
        return f"{self.what} {self.todo}"


def warning_for(
    path: Path,
    *,
    filesystem: str = "",
    mounts: str | None = None,
    variables: Mapping[str, str] | None = None,
) -> Place | None:
    """What to tell about the place of a library, None where nothing is wrong with it.

    `filesystem` is the type of its file system; when it isn't given, Linux finds it in `mounts`, the content of
    /proc/self/mountinfo. `variables` are those of the environment.
    """
    if _is_unc(str(path)):
        return _network(filesystem)
    path = Path(os.path.abspath(path))
    kind = filesystem or _type_of(path, _read_mounts() if mounts is None else mounts)
    if _NETWORK.match(kind.lower()):
        return _network(kind)
    variables = os.environ if variables is None else variables
    spellings = dict.fromkeys((path, _resolved(path)))  # a link may lead into a synced folder, or out of one
    program = "a cloud program" if _SYNCED_MOUNTS.match(kind.lower()) else ""
    for spelling in spellings:
        program = program or _by_variable(spelling, variables) or _by_name(spelling) or _by_marker(spelling)
    return _synced(program) if program else None


def _network(kind: str) -> Place:
    known = f" ({kind})" if kind else ""
    return Place(
        PlaceKind.NETWORK,
        kind or "network",
        f"The library lies on a network drive{known}. There, locks can fail and a broken connection can damage the file"
        " or lose what was saved last.",
        "Keep it on a disk of this computer, and carry it elsewhere as a backup.",
    )


def _synced(program: str) -> Place:
    return Place(
        PlaceKind.SYNCED,
        program,
        f"The library lies in a folder that {program} synchronises. It can copy the file in the middle of a change, or"
        " put an older state over it, and so damage it or lose what was saved last.",
        "Keep it in a folder that isn't synchronised, and carry it elsewhere as a backup.",
    )


def _is_unc(path: str) -> bool:
    """Whether the path names another computer, as Windows writes it: two backslashes, its name, the share."""
    return re.match(r"\\\\([^\\?.]|\?\\UNC\\)", path) is not None


def _read_mounts() -> str:
    if sys.platform != "linux":
        return ""
    try:
        return _MOUNTS.read_text("utf-8", "surrogateescape")
    except OSError:
        return ""


def _type_of(path: Path, mounts: str) -> str:
    """The type of the file system that `path` lies on, "" where the table doesn't tell."""
    place = _resolved(path)
    best, found = -1, ""
    for point, kind in _mounted(mounts):
        depth = len(PurePath(point).parts)
        if depth >= best and place.is_relative_to(point):  # the last one mounted lies on top
            best, found = depth, kind
    return found


def _mounted(mounts: str) -> Iterator[tuple[str, str]]:
    """Mount points with their types. The fields are those of proc(5): the point is the fifth, the type follows “-”."""
    for line in mounts.splitlines():
        head, dash, tail = line.partition(" - ")
        fields, types = head.split(" "), tail.split(" ")
        if dash and len(fields) >= 5 and types[0]:
            yield re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), fields[4]), types[0]


def _resolved(path: Path) -> Path:
    """The path without links; it need not exist."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path


def _by_variable(path: Path, variables: Mapping[str, str]) -> str:
    folders = [value for name, value in variables.items() if name.upper() in _VARIABLES and value]
    return "OneDrive" if any(path.is_relative_to(folder) for folder in folders) else ""


def _by_name(path: Path) -> str:
    home = _home()
    for folder in path.parents:
        if (
            folder.name == "My Drive" and folder.parent == folder.parent.parent
        ):  # what Google's drive letter shows
            return "Google Drive"
        for pattern, program in _NAMED:
            if not pattern.fullmatch(folder.name.lower()):
                continue
            if program not in _AT_HOME or folder.parent == home or folder.parent.name == "CloudStorage":
                return program
    return ""


def _by_marker(path: Path) -> str:
    """The program that left its mark in one of the folders above, up to the home or the root."""
    home = _home()
    for folder in path.parents:
        try:
            names = {entry.name for entry in os.scandir(folder)}
        except OSError:
            names = set()
        if folder != home:  # programs keep their own settings there, under the same names
            for marker, program in _MARKERS:
                if marker in names:
                    return program
        if any(_SYNC_DATABASE.fullmatch(name) for name in names):
            return "Nextcloud or ownCloud"
        if folder == home:
            break
    return ""


def _home() -> Path:
    return Path(os.path.expanduser("~"))  # unlike Path.home() it has an answer where there is no home
