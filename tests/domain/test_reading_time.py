"""The reading time follows the script: a Chinese character is worth a word, a Latin letter a sixth of one."""

from __future__ import annotations

from time import process_time

import pytest

from annotator.domain.reading_time import ReadingTime

ENGLISH = "The trams stop at midnight and nobody knows why. "
CHINESE = "午夜电车停驶没有人知道为什么城市从来不睡。"
JAPANESE = "夜行の電車は零時に止まりますが理由は誰も知りません。"
THAI = "รถรางหยุดวิ่งตอนเที่ยงคืนและไม่มีใครรู้ว่าทำไม"


@pytest.mark.parametrize(
    ("text", "letters", "minutes"),
    [(ENGLISH, 14_280, 10), (CHINESE, 3_000, 10), (JAPANESE, 3_000, 10), (THAI, 10_710, 10)],
)
def test_each_script_has_its_own_speed(text: str, letters: int, minutes: int) -> None:
    whole = (text * (letters // len(text) + 1))[:letters]
    assert abs(ReadingTime(whole).minutes() - minutes) <= 1


def test_what_is_left_gets_less_with_every_page_and_never_less_than_a_minute() -> None:
    text = ENGLISH * 300 + CHINESE * 300
    time = ReadingTime(text)
    left = [time.minutes(at) for at in range(0, len(text) + 1, 500)]
    assert left == sorted(left, reverse=True)
    assert left[0] > 30
    assert time.minutes(len(text)) == 1


def test_one_chinese_quote_in_an_english_text_changes_nothing() -> None:
    assert ReadingTime(ENGLISH * 300 + CHINESE).minutes() == ReadingTime(ENGLISH * 300).minutes()


def test_an_empty_text_takes_a_minute() -> None:
    assert ReadingTime("").minutes() == 1


def test_asking_again_costs_nothing() -> None:
    time = ReadingTime(CHINESE * 40_000)
    before = process_time()
    for at in range(0, 800_000, 1_000):
        time.minutes(at)
    assert process_time() - before < 2
