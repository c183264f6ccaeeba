"""The pictures of a text on screen: known by their sizes at once, decoded when they are first painted."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage, QImageReader

_SIGNS = ((b"\x89PNG", b"png"), (b"\xff\xd8\xff", b"jpeg"))
_MOST_PIXELS = 16_000_000  # kept ready: four full screens
_MEMORY = 64  # MB that decoding one may take

Load = Callable[[str, QSize, Callable[[QImage], None]], None]


class Pictures:
    """What the reader knows of a text's pictures.

    `sizes` are their pixels by name; `load` gets the name of one, the device pixels it is wanted in, and whom to give
    it to once it is there. `on_loaded` is called when one can be painted.
    """

    def __init__(self, sizes: Mapping[str, tuple[int, int]], load: Load) -> None:
        self._sizes = sizes
        self._load = load
        self._ready: OrderedDict[tuple[str, int, int], QImage] = OrderedDict()
        self._asked: set[tuple[str, int, int]] = set()
        self.on_loaded: Callable[[], None] = _ignore

    def fitted(self, name: str, most: QSize) -> QSize | None:
        """The room that a picture takes, as wide and high as it is or as there is room; None when there is none of that
        name."""
        size = self._sizes.get(name)
        if size is None:
            return None
        width, height = size
        scale = min(1.0, most.width() / width, most.height() / height)
        return QSize(max(1, round(width * scale)), max(1, round(height * scale)))

    def at(self, name: str, pixels: QSize) -> QImage | None:
        """The picture in that many device pixels; None until it is there, or where it is damaged."""
        key = (name, pixels.width(), pixels.height())
        image = self._ready.get(key)
        if image is None:
            if key not in self._asked:
                self._asked.add(key)
                self._load(name, pixels, lambda found: self._keep(key, found))
                image = self._ready.get(key)  # at once, where nothing has to be read
            return None if image is None or image.isNull() else image
        self._ready.move_to_end(key)
        return None if image.isNull() else image

    def _keep(self, key: tuple[str, int, int], image: QImage) -> None:
        self._ready[key] = image
        while sum(kept.width() * kept.height() for kept in self._ready.values()) > _MOST_PIXELS:
            gone, _ = self._ready.popitem(last=False)
            self._asked.discard(gone)
            if gone == key:
                return
        self.on_loaded()


def _ignore() -> None:
    """Nobody waits."""


def decoded(data: bytes, pixels: QSize) -> QImage:
    """A PNG or JPEG image in that many pixels; a null image when it is none. May run in any thread."""
    form = next((form for sign, form in _SIGNS if data.startswith(sign)), None)
    if form is None:
        return QImage()
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(form))
    reader.setAutoDetectImageFormat(False)
    QImageReader.setAllocationLimit(_MEMORY)
    reader.setScaledSize(pixels)
    return reader.read()


NO_PICTURES = Pictures({}, lambda _name, _pixels, _done: None)
