"""Invented prose in endless supply, the same at every run, and what pages put around it."""

from __future__ import annotations

import random
from collections.abc import Iterator

WHO = (
    "the harbour office", "a retired surveyor", "the council", "every second household", "the ferry company",
    "a small team of engineers", "the mayor", "her predecessor", "the night shift", "one of the pilots", "the archive", "a neighbour",
    "the orchestra", "the water board", "a schoolteacher from the upper town", "the union", "the museum's director", "nobody",
)  # fmt: skip
DID = (
    "counted", "measured", "rejected", "published", "rebuilt", "questioned", "paid for", "abandoned", "described", "welcomed",
    "inherited", "catalogued", "remembered", "insured", "defended", "underestimated", "translated", "repaired",
)  # fmt: skip
WHAT = (
    "the old lighthouse", "forty-one kilometres of pipes", "a ledger from 1893", "the results of the survey", "three bridges",
    "the eastern quay", "a plan that had no drawings", "the cost of the tunnel", "seventeen boxes of letters", "the tram depot",
    "the winter timetable", "a field of barley", "the missing signature", "half of the seed bank", "the new harbour crane",
)  # fmt: skip
HOW = (
    "without telling anyone", "in less than a fortnight", "at the request of the insurers", "while the river was still rising",
    "for the second time since the war", "with borrowed instruments", "because the first figures were wrong",
    "after a long dispute about noise", "although the money had run out", "to the surprise of the committee", "before the frost came",
    "under a law that has since been repealed", "on the last Thursday of the month", "with no more than a pencil",
)  # fmt: skip
LINKS = (
    "According to the minutes,", "As it turned out,", "In the spring of that year", "Nobody noticed that", "Even so,", "What is more,",
    "By then", "It is easily forgotten that", "On paper,", "Some months later", "Strangely enough,", "At the same time",
)  # fmt: skip
PEOPLE = (
    "Mara Lindqvist", "Tobias Okafor", "Helen Strand", "Ines Carvalho", "Jonas Weber", "Aisha Rahman", "Pieter van Dalen",
    "Rosa Jiménez", "Li Wen", "Oskar Brandt", "Nadia Haddad", "Samuel Price", "Eva Novák",
)  # fmt: skip


class Prose:
    """Sentences from a seed: no two alike, so that a misplaced one shows."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def sentence(self) -> str:
        """One sentence of some twelve to twenty words."""
        pick = self._random.choice
        number = self._random.randint(3, 998)
        body = f"{pick(WHO)} {pick(DID)} {pick(WHAT)} {pick(HOW)}"
        tail = pick(
            (f", {number} in all", f" and wrote down {number}", "", f", as page {number} of the report says")
        )
        return f"{pick(LINKS)} {body}{tail}." if number % 2 else f"{body[0].upper()}{body[1:]}{tail}."

    def paragraph(self, sentences: int = 0) -> str:
        """A paragraph."""
        return " ".join(self.sentence() for _ in range(sentences or self._random.randint(2, 5)))

    def paragraphs(self, count: int) -> list[str]:
        """Several."""
        return [self.paragraph() for _ in range(count)]

    def heading(self) -> str:
        """A line of a few words."""
        return f"{self._random.choice(WHO)} and {self._random.choice(WHAT)}".capitalize()

    def teasers(self, count: int, *, text: bool = True) -> Iterator[tuple[str, str]]:
        """Headlines of other articles, each with its sentence."""
        for _ in range(count):
            yield self.heading(), self.sentence() if text else ""


def p(texts: list[str], attributes: str = "") -> str:
    """Paragraphs as HTML."""
    return "\n".join(f"<p{attributes}>{text}</p>" for text in texts)


NAV = (
    "<ul><li><a href='/'>Home</a></li><li><a href='/world'>World</a></li><li><a href='/politics'>Politics</a></li>"
    "<li><a href='/business'>Business</a></li><li><a href='/culture'>Culture</a></li><li><a href='/sport'>Sport</a></li></ul>"
)
COOKIES = (
    "<p>We and our 842 partners use cookies and similar technologies to store and access information on your device, to show "
    "you personalised advertising and to measure how our pages are used. You can change your choice at any time.</p>"
    "<p><a href='/privacy'>Privacy policy</a></p><button>Accept all</button><button>Manage choices</button>"
)
NEWSLETTER = (
    "<h3>The morning letter</h3><p>Get the stories that matter to your inbox every weekday, written by our editors.</p>"
    "<form><input type=email placeholder='Your address'><button>Sign up</button></form>"
    "<p>By signing up you agree to our terms of use.</p>"
)
SHARE = (
    "<ul><li><a href='https://social.example/share'>Facebook</a></li><li><a href='https://s.example/t'>Twitter</a></li>"
    "<li><a href='mailto:?subject=x'>Email</a></li><li><a href='https://s.example/w'>WhatsApp</a></li></ul>"
)
FOOTER = (
    "<p>© 2026 The Harbour Press. All rights reserved. Registered at the court of Seaholm under number 4471.</p>"
    "<p><a href='/imprint'>Imprint</a> <a href='/privacy'>Privacy</a> <a href='/contact'>Contact</a> <a href='/jobs'>Jobs</a></p>"
)


def comments(prose: Prose, count: int) -> list[tuple[str, str]]:
    """Names and words of people who comment."""
    return [(f"reader{n}", prose.paragraph(2)) for n in range(count)]
