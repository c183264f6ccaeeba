"""The parts of a Word file, found by their relationships, and the names in them."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from annotator.errors import UnreadableFile
from annotator.importers.encodings import NOTHING_ADDED
from annotator.importers.packages import Package

if TYPE_CHECKING:
    from lxml.etree import _Element


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = "{http://purl.oclc.org/ooxml/"
_STRICT_NAMES = {  # the "strict" form of the standard names the same things differently
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}": W,
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}": R,
}


def child(element: _Element | None, *names: str) -> _Element | None:
    """The child of a child … by Word's names."""
    for name in names:
        if element is None:
            return None
        element = element.find(W + name)
    return element


def value(element: _Element | None, name: str = "val") -> str:
    """An attribute by Word's name, "" where there is none."""
    return "" if element is None else element.get(W + name) or ""


def is_on(element: _Element | None) -> bool:
    """Whether a switch such as `<w:b/>` is there and not turned off."""
    return element is not None and value(element) not in ("0", "false", "off", "none")


def number_in(element: _Element | None, name: str = "val", otherwise: int = 0) -> int:
    """An attribute that is a number."""
    text = value(element, name)[:9]
    try:
        return int(text)
    except ValueError:
        return otherwise


class Parts:
    """The main part of a package and those it refers to, by the last word of the relationship's type."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._names = {name.lower(): name for name in package.names()}
        found = [
            (target, mode)
            for kind, target, mode in self._related("", "_rels/.rels").values()
            if kind == "officeDocument"
        ]
        main = self._real(posixpath.normpath(found[0][0].lstrip("/"))) if found else ""
        self.main = main or self._real("word/document.xml")
        self._by_kind: dict[str, str] = {}
        for kind, target, mode in self._related(self.main, self._rels_of(self.main)).values():
            if mode != "External":
                self._by_kind.setdefault(kind, target)

    def document(self, file_name: str) -> _Element:
        """The main part.

        Raises:
            UnreadableFile: it isn't there.
        """
        root = self._parsed(self.main)
        if root is None or child(root, "body") is None:
            raise UnreadableFile(
                f"“{file_name}” can't be read: it is no Word document, or its text is missing.",
                kept=NOTHING_ADDED,
                todo="Open it in Word or LibreOffice, save it again, and import that.",
            )
        return root

    def root(self, kind: str) -> _Element | None:
        """The root of the part of that kind, such as "styles"; None without one."""
        name = self._by_kind.get(kind) or f"word/{kind}.xml"
        return self._parsed(self._real(name))

    def core(self) -> _Element | None:
        """What the file says of itself."""
        for kind, target, _ in self._related("", "_rels/.rels").values():
            if kind == "core-properties":
                return self._parsed(self._real(posixpath.normpath(target.lstrip("/"))))
        return self._parsed(self._real("docProps/core.xml"))

    def links_of(self, kind: str = "") -> dict[str, str]:
        """Addresses of the links in a part ("" is the main one), by their ids."""
        part = self._by_kind.get(kind, f"word/{kind}.xml") if kind else self.main
        return {
            ident: target
            for ident, (sort, target, mode) in self._related(part, self._rels_of(part)).items()
            if sort == "hyperlink" and mode == "External"
        }

    def pictures_of(self, kind: str = "") -> dict[str, str]:
        """Names of the pictures in a part ("" is the main one), by their ids."""
        part = self._by_kind.get(kind, f"word/{kind}.xml") if kind else self.main
        return {
            ident: self._real(target)
            for ident, (sort, target, mode) in self._related(part, self._rels_of(part)).items()
            if sort == "image" and mode != "External"
        }

    def _real(self, name: str) -> str:
        return self._names.get(name.lower(), "")

    def _rels_of(self, part: str) -> str:
        folder, _, name = part.rpartition("/")
        return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"

    def _related(self, part: str, rels: str) -> dict[str, tuple[str, str, str]]:
        """Type, target and mode of a part's relationships, by their ids."""
        root = self._parsed(self._real(rels))
        if root is None:
            return {}
        found: dict[str, tuple[str, str, str]] = {}
        for entry in root.iter(_RELATIONSHIP):
            kind = (entry.get("Type") or "").rpartition("/")[2]
            target, mode = entry.get("Target") or "", entry.get("TargetMode") or ""
            if mode != "External":
                folder = part.rpartition("/")[0]
                target = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                target = posixpath.normpath(target)
            found[entry.get("Id") or str(len(found))] = (kind, target, mode)
        return found

    def _parsed(self, name: str) -> _Element | None:
        if not name:
            return None
        root = self._package.xml(name)
        if root.tag.startswith(_STRICT):
            _loosen(root)
        return root


def _loosen(root: _Element) -> None:
    """Give the elements and attributes of a "strict" part the names that all others have."""
    for element in root.iter("*"):
        for strict, usual in _STRICT_NAMES.items():
            if element.tag.startswith(strict):
                element.tag = usual + element.tag[len(strict) :]
            for key, held in list(element.attrib.items()):
                if str(key).startswith(strict):
                    del element.attrib[key]
                    element.set(usual + str(key)[len(strict) :], held)
