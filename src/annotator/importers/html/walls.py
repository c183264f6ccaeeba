"""Pages that hold no article or only its beginning: they ask for consent or to sign in, or a script fills them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotator.domain.article import BlockKind
from annotator.errors import UnreadableFile
from annotator.importers.encodings import NOTHING_ADDED
from annotator.importers.html.events import TEXT, Event
from annotator.importers.pieces import Piece

CARRIED = (
    "The page shows its text by a script. It was taken from the data in the file: compare it with the page as you "
    "know it."
)
SIGN_IN = "The page asks its readers to sign in, and little text was saved. Sign in with the browser and save it again."
_SHORT = 1500  # characters of a text that may be all that a wall lets through
_SHOWN = 60_000  # characters of the page in which a wall is looked for
_NOTHING = 40  # characters that are no text
_SHELL = re.compile(
    r"<(?:div|main)\s+id=[\"']?(?:root|app|__next|__nuxt|___gatsby|app-root|react-root|main-app)\b|<noscript[^<]{0,2000}(?:<[^<]{0,500}){0,4}"
    r"javascript",
    re.IGNORECASE,
)
_WAITING = re.compile(
    r"(?:loading|please wait|one moment|lädt|wird geladen|bitte warten|chargement|cargando|"
    r"(?:please |you need to )?(?:enable|activate|turn on) javascript.{0,60})[\s.…!]*",
    re.IGNORECASE,
)
_BY_ROBOT = re.compile(
    r"(?:verif(?:y|ying)|confirm|make sure|check(?:ing)?) (?:that )?you are (?:a )?(?:human|not a robot)|"
    r"checking (?:your browser|if the site connection)|enable javascript and cookies to continue|unusual traffic from",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"\b(?:we|our (?:\d+ )?partners|this (?:web)?site|wir|unsere|nous|utilizamos)\b.{0,80}\bcookies\b|"
    r"\bcookies\b.{0,80}\b(?:we|our (?:\d+ )?partners|this (?:web)?site|wir|nous)\b",
    re.IGNORECASE,
)
_CHOICE = re.compile(
    r"\b(?:accept|agree|reject|manage|our (?:\d+ )?partners|zustimm\w+|akzeptier\w+|ablehnen|accepter|refuser|"
    r"aceptar)\b",
    re.IGNORECASE,
)
_SIGN_IN = re.compile(
    r"(?:log ?in|sign (?:in|up)|subscribe|register|create (?:a|your) (?:free )?account)\b.{0,30}"
    r"\bto (?:read|continue|view|access|keep)|to (?:continue|keep) reading|for (?:paid )?(?:subscribers|members) only|"
    r"(?:only|exclusively) (?:available )?(?:for|to) (?:our )?(?:subscribers|members)|"
    r"this (?:story|article|post) is for (?:paid )?(?:subscribers|members)|nur für abonnent|jetzt weiterlesen|"
    r"weiterlesen mit|bereits abonnent|réservé aux abonnés|déjà abonné|solo para suscriptores|ya eres suscriptor",
    re.IGNORECASE,
)
_NOT_FREE = re.compile(r"\"isAccessibleForFree\"\s*:\s*\"?false", re.IGNORECASE)


def text_size(pieces: Sequence[Piece]) -> int:
    """Characters of text, without headings and "Loading…"."""
    texts = (piece.text.strip() for piece in pieces if piece.kind is not BlockKind.HEADING)
    return sum(len(text) for text in texts if not _WAITING.fullmatch(text))


def check_for_walls(
    html: str, events: Sequence[Event], pieces: Sequence[Piece], name: str
) -> tuple[str, ...]:
    """What to tell of a page that holds less than an article; nothing for most.

    Raises:
        UnreadableFile: a script fills it, and nothing of its text is in the file.
    """
    size = text_size(pieces)
    if size >= _SHORT:
        return ()
    if size <= _NOTHING and _SHELL.search(html):
        raise UnreadableFile(
            f"“{name}” holds no text: a script loads it when the page is opened.",
            kept=NOTHING_ADDED,
            todo="Open the page in a browser, wait until its text is there, and save it again.",
        )
    shown = " ".join(event.value for event in events if event.kind == TEXT)[:_SHOWN]
    text = " ".join(piece.text for piece in pieces)
    if _BY_ROBOT.search(text):
        return (
            "The page as saved holds only a check for robots. Open it in a browser, and save it again after that.",
        )
    if _CONSENT.search(text) and _CHOICE.search(text):
        return (
            "The page as saved holds only a question about cookies. Answer it in the browser, and save the page again.",
        )
    if _SIGN_IN.search(shown) or _NOT_FREE.search(html):
        return (SIGN_IN,)
    return ()
