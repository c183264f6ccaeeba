"""The pictures of a file: which of them are shown, decoded once here, so that nothing else has to trust them.

While a file is read, the mark of an image carries the name that the file has for it. What the article keeps of these is
looked up, decoded and named by its bytes at the end. Nothing is ever fetched: a picture that isn't in the file has no
bytes.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from annotator.domain.article import Block, ImportedArticle, Mark, MarkKind, Picture

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_PIXELS = 16_000_000  # of one picture; above that it is left out
MAX_SIDE = 1600  # pixels; larger ones are made smaller
MAX_BYTES = 8 * 1024 * 1024  # of one picture in the file
MAX_STORED = 1_500_000  # bytes of one picture in the library
MAX_PICTURES = 400  # of one text
MAX_BESIDE = 64 * 1024 * 1024  # bytes of the pictures that were saved with a page
MAX_TOTAL = 24 * 1024 * 1024  # bytes of all pictures of a text in the library
_JPEG = b"\xff\xd8\xff"
MEDIA_TYPES: Mapping[str, bytes] = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": _JPEG}
_MAX_READ = 128 * 1024 * 1024  # bytes of all pictures of a file that are looked at
# Pixels of all pictures of a text: some three seconds. A JPEG takes a quarter of the time of others.
_MAX_DECODED = 60_000_000
_SMALLEST, _SPEAKING = 4, 48  # pixels: spacers and counters are no pictures; icons say nothing without words
_QUALITY = 85  # of JPEG
_DAMAGED = (
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    KeyError,
    IndexError,
    OverflowError,
    MemoryError,
    EOFError,
)

SCHEME = "picture"  # of the names that `name_for` gives
Fetch = Callable[[str], bytes | None]


def may_be_shown(data: bytes) -> bool:
    """Whether bytes begin as a picture of a known kind does; nothing is decoded."""
    return data.startswith(tuple(sign for sign, _ in _SIGNS))


class Pictures:
    """Pictures by the names that a file has for them; `fetch` gives the bytes of one that is in the file."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._keys: dict[str, str] = {}
        self._read: dict[str, bytes] = {}
        self._left = _MAX_READ

    def name_for(self, key: str) -> str:
        """A short name that any page can carry, for what `fetch` knows as `key`."""
        name = f"{SCHEME}:{len(self._keys)}"
        self._keys[name] = key
        return name

    def with_keys(self, text: str) -> str:
        """`text` with what `name_for` gave names to, where the names stand in it."""
        return _NAME.sub(lambda match: self._keys.get(match.group(), match.group()), text)

    def is_shown(self, name: str) -> bool:
        """Whether the file holds that picture, and it is large enough to say something without words."""
        data = self._bytes(name)
        size = _size(data)
        return size is not None and min(size) >= _SPEAKING and size[0] * size[1] <= MAX_PIXELS

    def shown_in(self, article: ImportedArticle) -> ImportedArticle:
        """`article` with the pictures that its images name; an image without one is named nothing."""
        names = dict.fromkeys(
            mark.picture for block in article.blocks for mark in block.marks if mark.kind is MarkKind.IMAGE
        )
        found: dict[str, Picture] = {}
        left_out = total = decoded = 0
        for name in names:
            data = self._bytes(name)
            size = _size(data)
            if not data or (size is not None and min(size) < _SMALLEST):
                continue
            decoded += 0 if size is None else size[0] * size[1] // (4 if data.startswith(_JPEG) else 1)
            fits = size is not None and len(found) < MAX_PICTURES and decoded <= _MAX_DECODED
            picture = _decoded(data) if fits else None
            if picture is None or total + len(picture.data) > MAX_TOTAL:
                left_out += 1
                continue
            total += len(picture.data)
            found[name] = picture
        kept = tuple({picture.sha256: picture for picture in found.values()}.values())
        warnings = (*article.warnings, _left_out(left_out)) if left_out else article.warnings
        blocks = tuple(_named(block, found) for block in article.blocks)
        return replace(article, blocks=blocks, pictures=kept, warnings=warnings)

    def _bytes(self, name: str) -> bytes:
        if not name:
            return b""
        if name in self._read:
            return self._read[name]
        data = self._fetch(self._keys.get(name, name)) if self._left > 0 else None
        if data is None:
            return b""
        self._left -= len(data)
        self._read[name] = data if len(data) <= MAX_BYTES else b"too large"
        return self._read[name]


def embedded(address: str) -> bytes | None:
    """The bytes of a picture that is written into its own address (`data:`, RFC 2397); None for any other address."""
    match = _DATA.match(address)
    if match is None:
        return None
    try:
        return base64.b64decode(unquote_to_bytes(match.group(1))) or None
    except ValueError:
        return None


NO_PICTURES = Pictures(lambda _name: None)  # of a file that can't hold any


def _named(block: Block, found: Mapping[str, Picture]) -> Block:
    if not any(mark.picture for mark in block.marks):
        return block

    def named(mark: Mark) -> Mark:
        return mark._replace(picture=found[mark.picture].sha256 if mark.picture in found else "")

    return block._replace(marks=tuple(map(named, block.marks)))


def _left_out(count: int) -> str:
    pictures = "One picture was" if count == 1 else f"{count} pictures were"
    return f"{pictures} left out: too large, too many, damaged, or of a kind that is not shown."


def _size(data: bytes) -> tuple[int, int] | None:
    """Width and height that a picture says it has; None when it is none of a known kind."""
    try:
        with _opened(data) as image:
            return image.size
    except _DAMAGED:
        return None


def _opened(data: bytes) -> Image:
    """A picture whose head was read.

    Raises:
        one of _DAMAGED: it is none.
    """
    from PIL import Image  # noqa: PLC0415 - not needed until a file with pictures is imported

    form = next((form for sign, form in _SIGNS if data.startswith(sign)), "")
    if not form or (form == "WEBP" and data[8:12] != b"WEBP"):
        raise ValueError("no picture of a known kind")
    try:
        return Image.open(io.BytesIO(data), formats=(form,))
    except Image.DecompressionBombError as error:
        raise ValueError("more pixels than a picture may have") from error


_DATA = re.compile(
    r"data:image/(?:png|jpe?g|gif|webp);(?:[\w=.-]{1,40};)?base64,(.*)", re.IGNORECASE | re.DOTALL
)
_NAME = re.compile(rf"\b{SCHEME}:\d+\b")
_SIGNS = ((b"\x89PNG\r\n\x1a\n", "PNG"), (_JPEG, "JPEG"), (b"GIF8", "GIF"), (b"RIFF", "WEBP"))


def _decoded(data: bytes) -> Picture | None:
    """The picture, if every bit of it can be decoded. It stays as it is where any viewer shows it; else it becomes a
    PNG or JPEG of at most `MAX_SIDE` pixels, upright and with its first frame alone."""
    try:
        with _opened(data) as image:
            if image.width * image.height > MAX_PIXELS:
                return None
            return _kept(image, data)
    except _DAMAGED:
        return None


def _kept(image: Image, data: bytes) -> Picture | None:
    from PIL import ImageOps  # noqa: PLC0415 - as above

    large = max(image.size) > MAX_SIDE
    usual = image.format in ("PNG", "JPEG") and image.mode in ("1", "L", "LA", "P", "RGB", "RGBA")
    plain = usual and not large and len(data) <= MAX_STORED and getattr(image, "n_frames", 1) == 1
    if large and image.format == "JPEG":
        image.draft(None, (MAX_SIDE, MAX_SIDE))  # decodes a half, quarter or eighth of the size
    image.load()
    if plain and image.getexif().get(_ORIENTATION, 1) == 1:
        form = "image/png" if image.format == "PNG" else "image/jpeg"
        return Picture(hashlib.sha256(data).hexdigest(), form, *image.size, data)
    is_photo = image.format == "JPEG"
    return _encoded(ImageOps.exif_transpose(image), is_photo=is_photo)


_ORIENTATION = 0x0112


def _encoded(image: Image, *, is_photo: bool) -> Picture | None:
    """The picture anew, as a photo or with sharp edges, whichever fits."""
    clear = image.has_transparency_data
    image = image.convert("RGBA" if clear else "RGB")
    image.thumbnail((MAX_SIDE, MAX_SIDE))
    if not is_photo:
        data = _saved(image, "PNG")
        if len(data) <= MAX_STORED // 3:
            return Picture(hashlib.sha256(data).hexdigest(), "image/png", *image.size, data)
    if clear:
        from PIL import Image as images  # noqa: PLC0415, N813 - as above

        ground = images.new("RGBA", image.size, "white")
        image = images.alpha_composite(ground, image).convert("RGB")
    data = _saved(image, "JPEG")
    if len(data) > MAX_STORED:
        return None
    return Picture(hashlib.sha256(data).hexdigest(), "image/jpeg", *image.size, data)


def _saved(image: Image, form: str) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, form, quality=_QUALITY)
    return buffer.getvalue()
