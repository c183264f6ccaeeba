"""A child process that writes a library through a layer below SQLite, which notes every write and sync in order.

    python traced_writer.py LIBRARY FULL|NORMAL COUNT NOTES

NOTES is a pickle of tuples: ("write", file, offset, bytes), ("truncate", file, size), ("sync", file),
("delete", file), ("stored", number).
"""

from __future__ import annotations

import _sqlite3
import ctypes
import pickle
import sys
from functools import partial
from pathlib import Path
from typing import Any

NOTES: list[tuple[Any, ...]] = []
_P, _I, _L = ctypes.c_void_p, ctypes.c_int, ctypes.c_int64
# Names are passed on as addresses: the layer below keeps them as long as the file is open.
_OPEN = ctypes.CFUNCTYPE(_I, _P, _P, _P, _I, _P)
_DELETE = ctypes.CFUNCTYPE(_I, _P, ctypes.c_char_p, _I)
_WRITE = ctypes.CFUNCTYPE(_I, _P, _P, _I, _L)
_TRUNCATE = ctypes.CFUNCTYPE(_I, _P, _L)
_SYNC = ctypes.CFUNCTYPE(_I, _P, _I)


class Vfs(ctypes.Structure):
    """`sqlite3_vfs` of version 3, by its layout: https://sqlite.org/c3ref/vfs.html"""

    _fields_ = (
        ("version", _I),
        ("file_size", _I),
        ("longest_path", _I),
        ("next", _P),
        ("name", ctypes.c_char_p),
        ("data", _P),
        ("open", _P),
        ("delete", _P),
        ("others", _P * 15),
    )


class Methods(ctypes.Structure):
    """`sqlite3_io_methods` of version 3: https://sqlite.org/c3ref/io_methods.html"""

    _fields_ = (
        ("version", _I),
        ("close", _P),
        ("read", _P),
        ("write", _P),
        ("truncate", _P),
        ("sync", _P),
        ("others", _P * 13),
    )


def library_of_sqlite() -> ctypes.CDLL:
    """The very SQLite that Python uses: found through its module, which is linked to it."""
    found = ctypes.CDLL("sqlite3.dll" if sys.platform == "win32" else _sqlite3.__file__)
    found.sqlite3_vfs_find.restype = ctypes.POINTER(Vfs)
    return found


class Tracer:
    """A copy of the system's own layer whose files note what is done to them before doing it."""

    def __init__(self) -> None:
        self._sqlite = library_of_sqlite()
        self._below = self._sqlite.sqlite3_vfs_find(None)
        self._names: dict[int, str] = {}
        self._methods: dict[int, tuple[Methods, Methods]] = {}
        self._of_file: dict[int, Methods] = {}
        below = self._below.contents
        self._open_below, self._delete_below = _OPEN(below.open), _DELETE(below.delete)
        self._hooks = (
            _OPEN(self._open),
            _DELETE(self._delete),
            _WRITE(self._write),
            _TRUNCATE(self._truncate),
            _SYNC(self._sync),
        )
        self._vfs = Vfs.from_buffer_copy(below)
        self._vfs.name = b"traced"
        self._vfs.open = ctypes.cast(self._hooks[0], _P)
        self._vfs.delete = ctypes.cast(self._hooks[1], _P)
        assert self._sqlite.sqlite3_vfs_register(ctypes.byref(self._vfs), 1) == 0

    def _open(self, _: int, name: int | None, file: int, flags: int, found: int) -> int:
        code = self._open_below(ctypes.addressof(self._below.contents), name, file, flags, found)
        slot = _P.from_address(file)
        if code == 0 and slot.value and name:
            if slot.value not in self._methods:
                below = Methods.from_address(slot.value)
                own = Methods.from_buffer_copy(below)
                own.write, own.truncate, own.sync = (ctypes.cast(hook, _P) for hook in self._hooks[2:])
                self._methods[slot.value] = below, own
            self._of_file[file], own = self._methods[slot.value]
            self._names[file] = Path(ctypes.string_at(name).decode()).name
            slot.value = ctypes.addressof(own)
        return code

    def _delete(self, _: int, name: bytes, sync: int) -> int:
        NOTES.append(("delete", Path(name.decode()).name))
        return self._delete_below(ctypes.addressof(self._below.contents), name, sync)

    def _write(self, file: int, data: int, size: int, offset: int) -> int:
        NOTES.append(("write", self._names[file], offset, ctypes.string_at(data, size)))
        return _WRITE(self._of_file[file].write)(file, data, size, offset)

    def _truncate(self, file: int, size: int) -> int:
        NOTES.append(("truncate", self._names[file], size))
        return _TRUNCATE(self._of_file[file].truncate)(file, size)

    def _sync(self, file: int, flags: int) -> int:
        NOTES.append(("sync", self._names[file]))
        return _SYNC(self._of_file[file].sync)(file, flags)


def main(path: Path, mode: str, count: int, notes: Path) -> None:
    from annotator.domain.claim import Claim
    from annotator.services.library import Library
    from annotator.storage import engine

    if mode == "NORMAL":
        engine._PRAGMAS["synchronous"] = 1

    def put(store, number: int) -> None:
        store.put(Claim(id=str(number), statement=str(number), note="x" * 4000))

    with Library.open(path) as library:
        for number in range(count):
            library.execute(partial(put, number=number), label="Tag claim")
            NOTES.append(("stored", number))
        notes.write_bytes(pickle.dumps(NOTES))


if __name__ == "__main__":
    tracer = Tracer()
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))
