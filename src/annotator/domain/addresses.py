"""Addresses of links, told so that nobody is led elsewhere than they think."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import urlsplit

_LIKE_HOST = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?=[/:?#\s]|$)", re.IGNORECASE)


class Caution(StrEnum):
    """Why an address may not lead where it seems to."""

    OTHER_LETTERS = "other letters"  # of the host: they may look like those of another one
    USER = "user"  # something stands before an @, which may look like the host
    OTHER_HOST = "other host"  # than the words of the link say
    UNSAFE = "not encrypted"


class Address(NamedTuple):
    """Where a link leads. `shown` is the address without hidden characters; `host` is in letters that can't be taken
    for others ("xn--…"), "" where there is none."""

    shown: str
    host: str
    can_open: bool
    cautions: tuple[Caution, ...]


def told(address: str, words: str = "") -> Address:
    """What to know of an address before following it; `words` are those of the link."""
    shown = "".join(c if c.isprintable() else f"%{ord(c):02X}" for c in address.strip())
    try:
        parts = urlsplit(shown)
        host, scheme, user = parts.hostname or "", parts.scheme, parts.username is not None
    except ValueError:
        return Address(shown, "", False, ())
    plain = _in_ascii(host)
    can_open = scheme in ("http", "https") and bool(host)
    cautions = [
        caution
        for caution, holds in (
            (Caution.OTHER_LETTERS, "xn--" in plain),
            (Caution.USER, user),
            (Caution.OTHER_HOST, can_open and _names_other(words, plain)),
            (Caution.UNSAFE, scheme == "http"),
        )
        if holds
    ]
    return Address(shown, plain, can_open, tuple(cautions))


def _in_ascii(host: str) -> str:
    """The host as it is asked for on the network."""
    labels = unicodedata.normalize("NFKC", host).lower().split(".")
    return ".".join(
        label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii") for label in labels
    )


def _names_other(words: str, host: str) -> bool:
    """Whether the words of a link are an address, but one of another host."""
    match = _LIKE_HOST.match(words.strip())
    if match is None:
        return False
    named = _in_ascii(match.group().split("//")[-1]).removeprefix("www.")
    own = host.removeprefix("www.")
    return own != named and not own.endswith("." + named)
