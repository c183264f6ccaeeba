"""Where a library lies: network drives and synced folders are told, ordinary places are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.services.places import PlaceKind, warning_for

HOME_DISK = "29 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw\n"
MOUNTS = (
    HOME_DISK
    + r"""30 29 0:26 / /proc rw,nosuid shared:12 - proc proc rw
88 29 0:60 / /mnt/office\040files rw,relatime shared:40 - cifs //server/office rw
89 29 0:61 / /mnt/far rw - nfs4 server:/export rw
90 89 0:62 / /mnt/far/near rw - ext4 /dev/vdb1 rw
91 29 0:63 / /home/ines/server rw shared:3 master:2 - fuse.sshfs ines@server: rw
92 29 0:64 / /mnt/host rw - 9p host rw
93 29 0:65 / /mnt/over rw - nfs server:/over rw
94 93 0:66 / /mnt/over rw - tmpfs tmpfs rw
a line that is none
"""
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/mnt/office files/library.annotator", "cifs"),
        ("/mnt/far/deep/library.annotator", "nfs4"),
        ("/mnt/far/near/library.annotator", ""),
        ("/mnt/farther/library.annotator", ""),
        ("/home/ines/server/library.annotator", "fuse.sshfs"),
        ("/mnt/host/library.annotator", "9p"),
        ("/mnt/over/library.annotator", ""),
        ("/home/ines/library.annotator", ""),
    ],
)
def test_the_table_of_mounts_tells_a_network_drive(place: str, kind: str) -> None:
    found = warning_for(Path(place), mounts=MOUNTS, variables={})
    if not kind:
        assert found is None
        return
    assert found is not None
    assert (found.kind, found.name) == (PlaceKind.NETWORK, kind)
    assert "network drive" in found.what
    assert "disk of this computer" in found.todo


@pytest.mark.parametrize(
    "filesystem",
    ["nfs", "nfs4", "cifs", "smb3", "smbfs", "CIFS", "fuse.sshfs", "fuse.rclone", "9p", "afs", "webdav", "davfs"],
)  # fmt: skip
def test_a_file_system_that_is_given_counts(filesystem: str) -> None:
    found = warning_for(Path("/x/library.annotator"), filesystem=filesystem, mounts=HOME_DISK, variables={})
    assert found is not None
    assert found.kind is PlaceKind.NETWORK


@pytest.mark.parametrize(
    "filesystem", ["ext4", "btrfs", "tmpfs", "apfs", "fuseblk", "fuse.ntfs-3g", "overlay"]
)
def test_a_disk_of_this_computer_is_no_trouble(filesystem: str) -> None:
    place = Path("/x/library.annotator")
    assert warning_for(place, filesystem=filesystem, mounts=HOME_DISK, variables={}) is None


@pytest.mark.parametrize(
    ("place", "is_remote"),
    [
        (r"\\server\share\library.annotator", True),
        (r"\\?\UNC\server\share\library.annotator", True),
        (r"\\?\C:\Users\Ines\library.annotator", False),
        (r"\\.\C:\library.annotator", False),
    ],
)
def test_a_path_that_begins_with_a_computer_lies_on_it(place: str, is_remote: bool) -> None:
    found = warning_for(Path(place), mounts=HOME_DISK, variables={})
    assert (found is not None) == is_remote


@pytest.mark.parametrize(
    ("folder", "program"),
    [
        ("Dropbox/essays", "Dropbox"),
        ("Dropbox (Harbour Board)", "Dropbox"),
        ("OneDrive/Documents", "OneDrive"),
        ("OneDrive - Harbour Board/Documents", "OneDrive"),
        ("Google Drive", "Google Drive"),
        ("Library/CloudStorage/GoogleDrive-ines@example.org/My Drive", "Google Drive"),
        ("Library/CloudStorage/Box-Box", "Box"),
        ("Library/CloudStorage/Somebody-else", "a cloud program"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud Drive"),
        ("iCloudDrive", "iCloud Drive"),
        ("Nextcloud/a/b/c", "Nextcloud"),
        ("Nextcloud2", "Nextcloud"),
        ("ownCloud", "ownCloud"),
        ("pCloudDrive", "pCloud"),
        ("Box", "Box"),
        ("MEGA", "MEGA"),
        ("MEGAsync", "MEGA"),
        ("Proton Drive", "Proton Drive"),
        ("Documents", ""),
        ("Documents/Box/essays", ""),
        ("Documents/Dropboxes", ""),
        ("boxes", ""),
        ("Documents/My Drive", ""),
    ],
)
def test_folders_are_known_by_their_names(home: Path, folder: str, program: str) -> None:
    found = warning_for(home / folder / "library.annotator", mounts=HOME_DISK, variables={})
    if not program:
        assert found is None
        return
    assert found is not None
    assert (found.kind, found.name) == (PlaceKind.SYNCED, program)
    assert program in found.what
    assert "isn't synchronised" in found.todo


@pytest.mark.parametrize(
    ("marker", "program"),
    [
        (".stfolder", "Syncthing"),
        (".dropbox", "Dropbox"),
        (".sync_5f3a9c01be.db", "Nextcloud or ownCloud"),
        ("._sync_5f3a9c01be.db", "Nextcloud or ownCloud"),
        (".syncing.db", ""),
    ],
)
def test_folders_are_known_by_the_marks_that_programs_leave(home: Path, marker: str, program: str) -> None:
    synced = home / "shared" / "essays"
    synced.mkdir(parents=True)
    (home / "shared" / marker).touch()
    found = warning_for(synced / "library.annotator", mounts=HOME_DISK, variables={})
    assert (found.name if found else "") == program


def test_the_settings_that_programs_keep_in_the_home_are_no_mark(home: Path) -> None:
    (home / ".dropbox").mkdir()
    (home / "essays").mkdir()
    assert warning_for(home / "essays" / "library.annotator", mounts=HOME_DISK, variables={}) is None


def test_the_folder_that_onedrive_names_is_synced_whatever_it_is_called(home: Path) -> None:
    variables = {"OneDrive": str(home / "Board")}
    found = warning_for(home / "Board" / "a" / "library.annotator", mounts=HOME_DISK, variables=variables)
    assert found is not None
    assert found.name == "OneDrive"
    assert warning_for(home / "library.annotator", mounts=HOME_DISK, variables=variables) is None


def test_a_link_into_a_synced_folder_is_followed(home: Path) -> None:
    (home / "Dropbox").mkdir()
    (home / "essays").symlink_to(home / "Dropbox")
    found = warning_for(home / "essays" / "library.annotator", mounts=HOME_DISK, variables={})
    assert found is not None
    assert found.name == "Dropbox"


def test_this_computers_own_table_is_read_when_none_is_given(home: Path) -> None:
    assert warning_for(home / "library.annotator", variables={}) is None


def test_a_library_need_not_exist_yet_and_nothing_is_made(home: Path) -> None:
    assert warning_for(home / "Nextcloud" / "new" / "library.annotator", mounts=HOME_DISK, variables={})
    assert list(home.iterdir()) == []
