"""PDFs for tests, letter by letter where we want them: a writer of the format and a setter of columns."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

# Widths of Helvetica, in thousandths of an em, from the space to the tilde.
_WIDTHS = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556,
    556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
]  # fmt: skip
REGULAR, BOLD, ITALIC, FIXED = "F1", "F2", "F3", "F4"
_FONTS = {REGULAR: "Helvetica", BOLD: "Helvetica-Bold", ITALIC: "Helvetica-Oblique", FIXED: "Courier"}
_WORDS = [
    "argument", "evidence", "claim", "source", "reader", "author", "report", "measure", "effect", "policy",
    "study", "method", "sample", "result", "figure", "number", "reason", "question", "answer", "doubt",
    "trust", "record", "letter", "village", "river", "market", "harbour", "council", "winter", "summer",
    "teacher", "school", "engine", "bridge", "signal", "garden", "kitchen", "window", "mountain", "island",
    "captain", "doctor", "witness", "lawyer", "judge", "painter", "writer", "singer", "farmer", "weather",
    "history", "memory", "language", "grammar", "sentence", "chapter", "volume", "paper", "printer",
    "machine", "factory", "railway", "station", "traffic", "ticket", "journey", "border", "country", "region",
    "district", "citizen", "member", "election", "parliament", "minister", "cabinet", "budget", "deficit",
    "interest", "capital", "labour", "industry", "service", "product", "quality", "quantity", "balance",
    "weight", "distance", "pressure", "current", "voltage", "carefully", "slowly", "quickly", "rarely",
    "often", "seldom", "always", "never", "perhaps", "certainly", "however", "therefore", "although",
    "because", "while", "during", "between", "against", "without", "within", "beyond", "towards", "under",
    "over", "after", "before", "since", "until", "among", "despite", "large", "small", "early", "late",
    "open", "closed", "public", "private", "common", "strange", "simple", "complex", "modern", "ancient",
    "local", "foreign", "general", "describes", "explains", "suggests", "confirms", "denies", "repeats",
    "collects", "compares", "considers", "supports", "rejects", "answers", "follows",
]  # fmt: skip


def width_of(text: str, size: float, font: str = REGULAR) -> float:
    """How wide `text` is, in points."""
    if font == FIXED:
        return 0.6 * size * len(text)
    return sum(_WIDTHS[ord(c) - 32] if 32 <= ord(c) < 127 else 556 for c in text) * size / 1000


def prose(seed: int, words: int) -> str:
    """Sentences of about `words` words; another seed gives another text."""
    chance = random.Random(seed)
    sentences: list[str] = []
    count = 0
    while count < words:
        length = chance.randint(8, 18)
        picked = [chance.choice(_WORDS) for _ in range(length)]
        sentences.append(" ".join(picked).capitalize() + ".")
        count += length
    return " ".join(sentences)


@dataclass
class Page:
    """A page that is written on. Places are points from the upper left corner."""

    width: float = 595.0
    height: float = 842.0
    rotate: int = 0
    operators: list[str] = field(default_factory=list)
    annotations: list[str] = field(default_factory=list)

    def put(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = 10,
        font: str = REGULAR,
        spread: float = 0,
        turn: str = "1 0 0 1",
    ) -> None:
        """Write `text` with its base line at `y`; `spread` widens every space."""
        code = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        shown = "".join(chr(byte) for byte in code)
        self.operators.append(
            f"BT /{font} {size:g} Tf {spread:.3f} Tw {turn} {x:.2f} {self.height - y:.2f} Tm ({shown}) Tj ET"
        )

    def centred(self, y: float, text: str, *, size: float = 10, font: str = REGULAR) -> None:
        """Write `text` in the middle of the page."""
        self.put((self.width - width_of(text, size, font)) / 2, y, text, size=size, font=font)

    def box(self, x: float, y: float, width: float, height: float) -> None:
        """Draw a frame, as around a sidebar, or the grey of a picture."""
        self.operators.append(f"{x:.1f} {self.height - y - height:.1f} {width:.1f} {height:.1f} re S")

    def link(self, x: float, y: float, width: float, height: float, action: str) -> None:
        """Let an area lead somewhere, as `action` says; `y` is its upper edge."""
        area = f"{x:.2f} {self.height - y - height:.2f} {x + width:.2f} {self.height - y:.2f}"
        self.annotations.append(f"<< /Type /Annot /Subtype /Link /Rect [{area}] /Border [0 0 0] {action} >>")

    def flow(
        self, x: float, y: float, width: float, text: str, *, size: float = 10, lead: float = 0, font: str = REGULAR,
        indent: float = 0, justify: bool = True, cut: int = 0, bottom: float = 10_000,
    ) -> tuple[float, str]:  # fmt: skip
        """Set a paragraph in lines; gives the base line that follows and what found no room above `bottom`. With `cut`,
        words of more letters are cut with a hyphen where they don't fit."""
        lead = lead or size * 1.25
        words = text.split()
        first = True
        while words and y <= bottom:
            room = width - (indent if first else 0)
            line: list[str] = []
            while words and width_of(" ".join([*line, words[0]]), size, font) <= room:
                line.append(words.pop(0))
            if words and cut and len(words[0]) > cut:
                head = next(
                    (k for k in range(len(words[0]) - 3, 2, -1)
                     if words[0][:k + 1].isalpha()
                     and width_of(" ".join([*line, words[0][:k] + "-"]), size, font) <= room), 0,
                )  # fmt: skip
                if head:
                    line.append(words[0][:head] + "-")
                    words[0] = words[0][head:]
            if not line:
                line.append(words.pop(0))
            joined = " ".join(line)
            gap = (room - width_of(joined, size, font)) / max(1, len(line) - 1) if words and justify else 0
            self.put(x + width - room, y, joined, size=size, font=font, spread=gap)
            y += lead
            first = False
        return y, " ".join(words)


def pdf(
    pages: Sequence[Page], *, info: dict[str, str] | None = None, labels: str = "", language: str = "",
    encoding: str = "/WinAnsiEncoding", bookmarks: Sequence[tuple[int, str, int, float]] = (),
    times: int = 1,
) -> bytes:  # fmt: skip
    """The bytes of a PDF with these pages; `labels` is the content of its /PageLabels. A bookmark is its level from 1,
    its title, its page from 0, and how far down that it points. All pages stand there so many `times`."""
    objects: list[bytes] = [b"", b""]
    fonts = []
    for name, base in _FONTS.items():
        widths = " ".join(["600"] * 95 if name == FIXED else map(str, _WIDTHS))
        objects.append(
            f"<< /Type /Font /Subtype /Type1 /BaseFont /{base} /Encoding {encoding} /FirstChar 32 /LastChar 126"
            f" /Widths [{widths}] >>".encode()
        )
        fonts.append(f"/{name} {len(objects)} 0 R")
    kids = []
    for page in pages:
        stream = "\n".join(page.operators).encode("latin-1")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {page.width:g} {page.height:g}] /Rotate {page.rotate}"
            f" /Resources << /Font << {' '.join(fonts)} >> >> /Contents {len(objects)} 0 R"
            f" /Annots [{' '.join(page.annotations)}] >>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    kids *= times
    catalog = "/Type /Catalog /Pages 2 0 R"
    catalog += f" /PageLabels << /Nums [{labels}] >>" if labels else ""
    catalog += f" /Lang ({language})" if language else ""
    if bookmarks:
        catalog += f" /Outlines {len(objects) + 1} 0 R"
        objects += _outlines(
            bookmarks, len(objects) + 1, [(kid, page.height) for kid, page in zip(kids, pages, strict=False)]
        )
    objects[0] = f"<< {catalog} >>".encode()
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    trailer = ""
    if info:
        said = "".join(
            f"/{key} <{(chr(0xFEFF) + value).encode('utf-16-be').hex()}> " for key, value in info.items()
        )
        objects.append(f"<< {said}>>".encode())
        trailer += f" /Info {len(objects)} 0 R"
    return _file(objects, trailer)


def _outlines(
    bookmarks: Sequence[tuple[int, str, int, float]], root: int, pages: Sequence[tuple[str, float]]
) -> list[bytes]:
    """The objects of bookmarks, from number `root` on."""
    parents = [root]
    below: dict[int, list[int]] = {root: []}
    owner = {}
    for number, (level, *_) in enumerate(bookmarks, root + 1):
        del parents[level:]
        owner[number] = parents[-1]
        below[parents[-1]].append(number)
        below[number] = []
        parents.append(number)

    def family(number: int) -> str:
        own = below[number]
        return f" /First {own[0]} 0 R /Last {own[-1]} 0 R /Count {len(own)}" if own else ""

    found = [f"<< /Type /Outlines{family(root)} >>".encode()]
    for number, (_, title, page, down) in enumerate(bookmarks, root + 1):
        beside = below[owner[number]]
        place = beside.index(number)
        next_one = f" /Next {beside[place + 1]} 0 R" if place + 1 < len(beside) else ""
        kid, height = pages[page]
        said = (chr(0xFEFF) + title).encode("utf-16-be").hex()
        found.append(
            f"<< /Title <{said}> /Parent {owner[number]} 0 R{next_one}{family(number)}"
            f" /Dest [{kid} /XYZ 0 {height - down:.1f} 0] >>".encode()
        )
    return found


def _file(objects: Sequence[bytes], trailer: str) -> bytes:
    data = bytearray(b"%PDF-1.6\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    data += (
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R{trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    )
    return bytes(data)


def longest_common(one: Sequence[str], other: Sequence[str]) -> int:
    """The length of the longest common subsequence: how many words come in the same order."""
    row = [0] * (len(other) + 1)
    for word in one:
        diagonal = 0
        for place, candidate in enumerate(other, 1):
            above = row[place]
            row[place] = diagonal + 1 if word == candidate else max(above, row[place - 1])
            diagonal = above
    return row[-1]


def encrypted(data: bytes, password: str) -> bytes:
    """`data` of `pdf` locked with the 40-bit cipher of PDF 1.1 (PDF 32000-1, 7.6.3), its streams at least."""
    pad = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    name = bytes.fromhex("00112233445566778899aabbccddeeff")
    user = (password.encode("latin-1") + pad)[:32]
    owner = _rc4(hashlib.md5(user).digest()[:5], user)
    allowed = -4
    key = hashlib.md5(user + owner + allowed.to_bytes(4, "little", signed=True) + name).digest()[:5]
    lock = f"<< /Filter /Standard /V 1 /R 2 /O <{owner.hex()}> /U <{_rc4(key, pad).hex()}> /P {allowed} >>"
    parts = re.split(rb"(?m)^(\d+) 0 obj\n(.*?)\nendobj\n", data.partition(b"xref\n")[0], flags=re.DOTALL)
    objects = [(int(parts[n]), parts[n + 1]) for n in range(1, len(parts) - 1, 3)]
    return _file(
        [_locked(content, number, key) for number, content in objects] + [lock.encode()],
        f" /Encrypt {len(objects) + 1} 0 R /ID [<{name.hex()}> <{name.hex()}>]",
    )


def _locked(content: bytes, number: int, key: bytes) -> bytes:
    head, mark, rest = content.partition(b"\nstream\n")
    if not mark:
        return content
    own = hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]
    return head + mark + _rc4(own, rest.removesuffix(b"\nendstream")) + b"\nendstream"


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def outcome(data: bytes) -> str:
    """What becomes of `data` when it is read: "read", "refused", or the name of what must not be raised."""
    from annotator.errors import UnreadableFile
    from annotator.importers.base import ImportHints
    from annotator.importers.pdf.importer import IMPORTER

    try:
        IMPORTER.read(data, ImportHints("damaged.pdf"))
    except UnreadableFile:
        return "refused"
    except BaseException as error:  # noqa: BLE001 - the test names it
        return f"{type(error).__name__}: {error}"
    return "read"
