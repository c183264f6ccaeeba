"""Hostile texts: Markdown, plain text, RTF."""

from __future__ import annotations

import random

from tests.hostile.case import Case, text

_START = "# A title\n\nA paragraph of words that is there to be read.\n\n"


def _run(name: str, run: str, times: int) -> Case:
    return text(name, lambda size: _START + run * (times * size) + "\n\nThe end.\n")


def _nested(name: str, step: str, times: int) -> Case:
    """Each line one step deeper than the one before."""
    return text(name, lambda size: _START + "\n".join(step * n + "- x" for n in range(times * size)) + "\n")


def _soup(size: int) -> str:
    chance = random.Random(3)
    return _START + "".join(chance.choice("[]()!<>*_`~|#->\n\n \\^=:&abc1.") for _ in range(30_000 * size))


MARKDOWN = (
    _run("brackets.md", "[", 20_000),
    _run("closing-brackets.md", "]", 20_000),
    _run("pairs-of-brackets.md", "[]", 10_000),
    _run("brackets-with-words.md", "[a", 10_000),
    _run("brackets-apart.md", "[ab cd ", 3000),
    _run("brackets-on-lines.md", "[a\n", 5000),
    _run("images.md", "![", 10_000),
    _run("images-with-words.md", "![a](", 5000),
    _run("links.md", "[a](", 5000),
    _run("links-apart.md", "[a]( b ", 3000),
    _run("links-quoted.md", '[a](b "', 3000),
    _run("links-in-links.md", "[a [b](c) ", 2000),
    _run("reference-links.md", "[a][", 5000),
    _run("tags.md", "<a ", 5000),
    _run("tags-apart.md", "<a href=x word ", 3000),
    _run("tags-closed.md", "</a", 5000),
    _run("autolinks.md", "<http://a", 5000),
    _run("comments.md", "<!-- ", 5000),
    _run("instructions.md", "<? ", 5000),
    _run("cdata.md", "<![CDATA[ ", 5000),
    _run("blocks-of-html.md", "<div>\n", 3000),
    _run("emphasis.md", "*a ", 10_000),
    _run("emphasis-underscores.md", "_a_b", 10_000),
    _run("strong.md", "**a *b ", 5000),
    _run("stars.md", "*", 50_000),
    _run("backticks.md", "`", 50_000),
    _run("backticks-growing.md", "` `` ``` ", 5000),
    _run("tildes.md", "~~a ~b ", 5000),
    _run("carets.md", "^a ^^b ", 5000),
    _run("equals.md", "==a =b ", 5000),
    _run("dollars.md", "$a $$b ", 5000),
    _run("backslashes.md", "\\", 50_000),
    _run("fences.md", "```\n~~~\n", 5000),
    _run("fences-with-attributes.md", "``` { .a .b ", 2000),
    _run("attributes.md", "{: #a .b ", 5000),
    _run("quotes-on-a-line.md", "> ", 5000),
    _run("quotes-in-lists.md", "> - ", 5000),
    _run("lists-on-a-line.md", "- ", 5000),
    _run("numbers-on-a-line.md", "1. ", 5000),
    _run("footnotes.md", "[^a]", 5000),
    _run("footnote-loop.md", "[^a]: x [^a]\n\n", 1000),
    _run("rules.md", "---\n", 10_000),
    _run("spaces.md", " ", 200_000),
    _run("tabs.md", "\t", 100_000),
    _run("entities.md", "&#", 50_000),
    _run("pipes.md", "|", 50_000),
    _run("pipes-on-lines.md", "|a\n|-\n", 3000),
    _run("definitions.md", "a\n: b\n", 3000),
    _run("headings.md", "# a\n", 10_000),
    _run("underlines.md", "a\n=\n", 5000),
    _run("wiki-links.md", "[[a|", 5000),
    _run("hashes.md", "#", 50_000),
    _run("one-word.md", "x", 400_000),
    _run("colons.md", ":::\n", 5000),
    _run("abbreviations.md", "*[a]: b\n", 3000),
    _nested("nested-lists.md", "    ", 700),
    _nested("nested-by-two.md", "  ", 700),
    _nested("nested-quotes.md", ">", 900),
    text("quotes-5000-deep.md", lambda size: _START + ">" * 5000 * size + " deep"),
    text("lists-5000-deep.md", lambda size: _START + "- " * 5000 * size + "deep"),
    text("table.md", lambda size: _START + "|a" * 20 + "|\n" + "|-" * 20 + "|\n" + ("|c" * 20 + "|\n") * 1000 * size),
    text("wide-table.md", lambda size: _START + "|a" * 20_000 * size + "|\n" + "|-" * 20_000 * size + "|\n"),
    text("front-matter-bomb.md", lambda size: "---\n" + "a: &a [*a, *a]\n" * 5000 * size + "---\n" + _START),
    text("front-matter-without-end.md", lambda size: "---\n" + "key: value\n" * 20_000 * size),
    text("front-matter-nested.md", lambda size: "---\nk:\n" + "\n".join(" " * n + "- x" for n in range(1000 * size)) + "\n---\n" + _START),
    text("front-matter-long.md", lambda size: f"---\ntitle: {'x' * 300_000 * size}\nauthor: {'A B, ' * 20_000}\n---\n" + _START),
    text("references.md", lambda size: _START + "".join(f"[{n}]: http://e.example/{n}\n" for n in range(10_000 * size))),
    text("reference-uses.md", lambda size: _START + "".join(f"[r{n}] " for n in range(5000 * size)) + "\n\n[r1]: http://e.example/\n"),
    text("script.md", lambda _: _START + "<script>alert(1)</script>\n[a](javascript:alert(1)) ![a](file:///etc/passwd)\n"),
    text("stash-marks.md", lambda _: _START + "\x02wzxhzdk:0\x03 \x02klzzwxh:0000\x03 \x02amp\x03 " * 100),
    text("soup.md", _soup),
    text("bidi.md", lambda size: _START + "\u202eabc\u2066\n\n" * 3000 * size),
)  # fmt: skip

TEXTS = (
    text("one-line.txt", lambda size: "x" * 2_500_000 * size),
    text("one-line-of-words.txt", lambda size: "word " * 500_000 * size),
    text("many-lines.txt", lambda size: "word\n" * 100_000 * size),
    text("many-empty-lines.txt", lambda size: "\n" * 1_000_000 * size + "x"),
    text("spaces.txt", lambda size: " " * 1_000_000 * size + "x" + " " * 1_000_000 * size),
    text("bullets.txt", lambda size: "- " * 300_000 * size),
    text("rule-bait.txt", lambda size: ("* " * 300 + "x\n") * 200 * size + "* " * 100_000 + "x"),
    text(
        "byline-bait.txt",
        lambda size: "A title\n\nBy " + "A. B. and " * 20_000 * size + "\n\nText of the article.\n",
    ),
    text("wrapped.txt", lambda size: ("word " * 14 + "\n") * 20_000 * size),
    text("mail-quotes.txt", lambda size: "\n".join(">" * n + " x" for n in range(900 * size))),
    text("gutenberg-bait.txt", lambda size: "*** START OF THE PROJECT GUTENBERG EBOOK " * 5000 * size),
    text("combining.txt", lambda size: "e" + "\u0301\u0327" * 100_000 * size),
    text("hangul.txt", lambda size: "\u1100\u1161\u11a8" * 100_000 * size),
    text("expanding.txt", lambda size: "\ufdfa\U0001d160" * 100_000 * size),
    text("bidi.txt", lambda size: "\u202e\u2066abc\u2069" * 50_000 * size),
    Case("controls.txt", lambda size: bytes(range(1, 32)) * 10_000 * size),
    Case("all-bytes.txt", lambda size: bytes(range(256)) * 2000 * size),
    Case("nulls.txt", lambda size: b"word\0" * 100_000 * size),
    Case("surrogates.txt", lambda size: b"\xed\xa0\x80word" * 50_000 * size),
    Case("utf-16-surrogates.txt", lambda size: b"\xff\xfe" + b"\x00\xd8a\x00" * 50_000 * size),
    Case("utf-32-large.txt", lambda size: b"\xff\xfe\x00\x00" + b"\xff\xff\xff\x7f" * 50_000 * size),
    Case("latin.txt", lambda size: b"caf\xe9 na\xefve \xfc\xdf " * 50_000 * size),
    Case("random.txt", lambda size: bytes(random.Random(4).choices(range(32, 256), k=300_000 * size))),
    Case("escapes.txt", lambda size: b"\x1b$B\x1b(B" * 50_000 * size),
    Case("without-extension", lambda size: random.Random(5).randbytes(300_000 * size)),
    Case("only-spaces.txt", lambda size: b" \n\t" * 100_000 * size),
)

_RTF = r"{\rtf1\ansi\deff0{\fonttbl{\f0 Times;}}\pard A paragraph of words.\par "
RTF = (
    text("deep-groups.rtf", lambda size: _RTF + "{" * 50_000 * size + "x" + "}" * 50_000 * size + "}"),
    text("groups-without-end.rtf", lambda size: _RTF + r"{\b x" * 50_000 * size),
    text("closing-only.rtf", lambda size: _RTF + "}" * 100_000 * size),
    text("binary-bomb.rtf", lambda _: _RTF + r"\bin9999999999 x}"),
    text("binary-negative.rtf", lambda _: _RTF + r"\bin-5 x\bin0 }" * 500),
    text("numbers.rtf", lambda size: _RTF + r"\u99999999999 \u-1 \uc999999 \'zz\'f" * 5000 * size + "}"),
    text("surrogates.rtf", lambda size: _RTF + r"\u-10240 ?\u55357 ?" * 5000 * size + "}"),
    text("long-word.rtf", lambda size: _RTF + "\\" + "a" * 300_000 * size + "}"),
    text("tables.rtf", lambda size: _RTF + r"\trowd\cellx1\cellx2\intbl a\cell b\cell\row " * 5000 * size + "}"),
    text("nested-tables.rtf", lambda size: _RTF + r"\trowd\cellx9\intbl\itap99 {\nestcell " * 2000 * size + "}"),
    text("wide-table.rtf", lambda size: _RTF + r"\trowd" + r"\cellx1" * 20_000 * size + r"\intbl a\cell" * 20_000 * size + r"\row}"),
    text("fields.rtf", lambda size: _RTF + r'{\field{\*\fldinst HYPERLINK "file:///etc/passwd"}{\fldrslt ' * 3000 * size + "}"),
    text("objects.rtf", lambda size: _RTF + r"{\object\objdata " + "41" * 200_000 * size + "}}"),
    text("pictures.rtf", lambda size: _RTF + r"{\pict\pngblip " + "00" * 200_000 * size + "}}"),
    text("fonts.rtf", lambda size: r"{\rtf1{\fonttbl" + "".join(rf"{{\f{n}\fcharset{n % 300} F;}}" for n in range(5000 * size)) + "}x}"),
    text("lists.rtf", lambda size: _RTF + r"{\listtext\pard 1.}\ls1\ilvl99 x\par " * 5000 * size + "}"),
    text("notes.rtf", lambda size: _RTF + r"{\footnote " * 3000 * size + "x" + "}" * 3000 * size + "}"),
    text("stars.rtf", lambda size: _RTF + r"{\*\unknown{\*\x " * 10_000 * size),
    Case("random.rtf", lambda size: _RTF.encode() + random.Random(6).randbytes(200_000 * size)),
    text("empty.rtf", lambda _: r"{\rtf1}"),
)  # fmt: skip
