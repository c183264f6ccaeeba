"""Addresses are told so that they can't be taken for others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.addresses import Caution, told


def test_an_address_is_told_in_full_with_its_host() -> None:
    address = told("https://Archive.Velmar.example/a/b?c=d#e")
    assert address.shown == "https://Archive.Velmar.example/a/b?c=d#e"
    assert address.host == "archive.velmar.example"
    assert address.can_open
    assert address.cautions == ()


@pytest.mark.parametrize(
    ("address", "words", "caution"),
    [
        ("https://vеlmar.example/", "", Caution.OTHER_LETTERS),  # the second letter is Cyrillic
        ("https://xn--vlmar-3of.example/", "", Caution.OTHER_LETTERS),
        ("https://velmar.example@harbour.example/", "", Caution.USER),
        ("https://harbour.example/", "velmar.example", Caution.OTHER_HOST),
        ("https://harbour.example/", "https://velmar.example/tram", Caution.OTHER_HOST),
        ("http://velmar.example/", "", Caution.UNSAFE),
    ],
)
def test_what_may_mislead_is_said(address: str, words: str, caution: Caution) -> None:
    assert caution in told(address, words).cautions


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("https://velmar.example/", "the survey"),
        ("https://www.velmar.example/tram", "velmar.example"),
        ("https://data.velmar.example/", "velmar.example/tram"),
        ("https://velmar.example/", "e.g. this one"),
    ],
)
def test_what_is_as_it_seems_needs_no_caution(address: str, words: str) -> None:
    assert told(address, words).cautions == ()


def test_the_host_is_in_letters_that_can_not_be_taken_for_others() -> None:
    assert told("https://bücher.example/").host == "xn--bcher-kva.example"


@pytest.mark.parametrize(
    "address",
    ["mailto:a@velmar.example", "file:///etc/passwd", "javascript:alert(1)", "#fn1", "", "https://["],
)
def test_only_web_addresses_can_be_opened(address: str) -> None:
    assert not told(address).can_open


def test_hidden_characters_are_shown() -> None:
    assert "\u202e" not in told("https://velmar.example/\u202egnp.exe").shown


@given(st.text(max_size=60), st.text(max_size=20))
def test_nothing_breaks_it(address: str, words: str) -> None:
    assert told("https://" + address, words).shown.isprintable()
