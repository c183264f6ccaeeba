"""Hostile web pages: .html and .mhtml."""

from __future__ import annotations

import base64
import random

from tests.hostile.case import Case, text

_HEAD = "<!DOCTYPE html><html><head><title>A page</title></head><body><article><h1>A page</h1>"
_WORDS = "<p>These words are what a reader came for, and they are long enough to be an article. </p>" * 5


def _page(body: str, head: str = "") -> str:
    return _HEAD.replace("</head>", f"{head}</head>") + _WORDS + body + "</article></body></html>"


def _shell(scripts: str) -> str:
    """A page that a script would fill."""
    return f"<!DOCTYPE html><html><head><title>A page</title></head><body><div id=root></div>{scripts}</body></html>"


def _soup(size: int) -> str:
    chance = random.Random(7)
    tags = [
        "a",
        "b",
        "div",
        "p",
        "span",
        "table",
        "tr",
        "td",
        "ul",
        "li",
        "ol",
        "blockquote",
        "pre",
        "h1",
        "h6",
        "figure",
        "img",
        "sup",
        "svg",
        "math",
        "form",
        "select",
    ]
    parts = [
        f"<{'/' if chance.random() < 0.4 else ''}{chance.choice(tags)} x={chance.random()}>word{chance.choice('<>&;')}"
        for _ in range(8000 * size)
    ]
    return _page("".join(parts))


def _nested(tag: str, times: int, size: int) -> str:
    return _page(f"<{tag}>" * times * size + "deep" + f"</{tag}>" * times * size)


def _laughs(_: int) -> str:
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    return f"<?xml version='1.0'?><!DOCTYPE html [{entities}]><html><body><article>{_WORDS}<p>&a11;</p></article></body></html>"


def _many_links(size: int) -> str:
    return _page(
        "".join(
            f"<a href='#n{n}' id='r{n}'>[{n}]</a> <p id='n{n}'><a href='#r{n}'>^</a> note</p>"
            for n in range(5000 * size)
        )
    )


PAGES = (
    text("nested-div.html", lambda size: _nested("div", 5000, size)),
    text("nested-span.html", lambda size: _nested("span", 20000, size)),
    text("nested-table.html", lambda size: _nested("table><tr><td", 2000, size)),
    text("nested-list.html", lambda size: _nested("ul><li", 5000, size)),
    text("nested-quote.html", lambda size: _nested("blockquote", 5000, size)),
    text("nested-b.html", lambda size: _nested("b", 10000, size)),
    text("nested-a.html", lambda size: _nested("a href=x", 5000, size)),
    text("nested-font.html", lambda size: _nested("font", 20000, size)),
    text("nested-h1.html", lambda size: _nested("h1", 5000, size)),
    text("nested-sup.html", lambda size: _nested("sup", 3000, size)),
    text("nested-figure.html", lambda size: _nested("figure><figcaption", 2000, size)),
    text("nested-svg.html", lambda size: _nested("svg><foreignObject", 2000, size)),
    text("nested-article.html", lambda size: _nested("article", 3000, size)),
    text("nested-form.html", lambda size: _nested("form", 3000, size)),
    text("nested-template.html", lambda size: _nested("template", 3000, size)),
    text("unclosed-b-and-p.html", lambda size: _page("<b><p>word" * 3000 * size)),
    text("unclosed-i-in-div.html", lambda size: _page("<i><div>word" * 2000 * size)),
    text("unclosed-lists.html", lambda size: _page("<ul><li>word" * 3000 * size)),
    text("closing-only.html", lambda size: _page("</div></p></b></table>" * 20000 * size)),
    text("one-word.html", lambda size: _page(f"<p>{'x' * 400_000 * size}</p>")),
    text("one-word-without-end.html", lambda size: _page(f"<p>{'é' * 400_000 * size}")),
    text("one-tag-name.html", lambda size: _page(f"<{'x' * 400_000 * size}>")),
    text("many-attributes.html", lambda size: _page("<p " + " ".join(f"a{n}=1" for n in range(100_000 * size)) + ">word</p>")),
    text("long-attribute.html", lambda size: _page(f"<p class='{'a ' * 400_000 * size}' id='x'>word</p>")),
    text("same-attribute.html", lambda size: _page("<p " + "class=a " * 100_000 * size + ">word</p>")),
    text("quote-without-end.html", lambda size: _page(f"<a href='{'x<' * 200_000 * size}")),
    text("comment-without-end.html", lambda size: _page("<!--" * 50_000 * size)),
    text("comments-nested.html", lambda size: _page("<!-- <!-- -- > --!> " * 30_000 * size)),
    text("cdata-without-end.html", lambda size: _page("<![CDATA[" * 50_000 * size)),
    text("less-than.html", lambda size: _page("<" * 300_000 * size)),
    text("ampersands.html", lambda size: _page("&" * 300_000 * size)),
    text("entities.html", lambda size: _page("&amp;&#x202e;&NotEqualTilde;&#38" * 30_000 * size)),
    text("scripts.html", lambda size: _page("<script>alert(1)</script><script src=//e.example/x></script>" * 3000 * size)),
    text("script-without-end.html", lambda size: _page("<script>" + "<!--<script>" * 30_000 * size)),
    text("style-without-end.html", lambda size: _page("<style>@import url(file:///etc/passwd);" * 2000 * size)),
    text("handlers.html", lambda _: _page("<img src=x onerror=alert(1)><body onload=alert(1)><svg onload=alert(1)>")),
    text("script-links.html", lambda _: _page("".join(f"<a href='{a}'>a link</a> " for a in ("javascript:alert(1)", "java\tscript:alert(1)", " data:text/html,x", "file:///etc/passwd", "vbscript:x", "//[", "http://[::1", "http://\x00", "\\\\server\\share", "smb://x/y")))),
    text("file-images.html", lambda _: _page("<img src='file:///etc/passwd' alt='a'><img src='/etc/passwd'><img src='//192.0.2.1/x.png'><object data='file:///etc/passwd'></object><embed src='file:///etc/passwd'><iframe src='file:///etc/passwd'></iframe><link rel=stylesheet href='file:///etc/passwd'>")),
    text("base-of-files.html", lambda _: _page("<a href='etc/passwd'>x</a>", "<base href='file:///'>")),
    text("refresh.html", lambda _: _page("", "<meta http-equiv=refresh content='0;url=file:///etc/passwd'>")),
    text("external-entity.xhtml", lambda _: f"<?xml version='1.0'?><!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><html><body><article>{_WORDS}<p>&x;</p></article></body></html>"),
    text("external-dtd.xhtml", lambda _: f"<?xml version='1.0'?><!DOCTYPE html SYSTEM 'http://192.0.2.1/x.dtd'><html><body><article>{_WORDS}</article></body></html>"),
    text("billion-laughs.xhtml", _laughs),
    text("xinclude.xhtml", lambda _: _page("<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='file:///etc/passwd' parse='text'/>")),
    text("stylesheet.xhtml", lambda _: "<?xml version='1.0'?><?xml-stylesheet href='file:///etc/passwd' type='text/xsl'?>" + _page("")),
    Case("nulls.html", lambda size: _page("<p>wo\0rd</p>" * 100 * size).encode()),
    text("bidi.html", lambda size: _page("<p>\u202e\u2066\u2069\u202dabc\u200f\u061c</p>" * 3000 * size)),
    text("surrogates.html", lambda size: _page("<p>&#xD800;&#xDFFF;&#x110000;&#xFFFE;&#0;&#x1F600;</p>" * 3000 * size)),
    Case("bad-utf-8.html", lambda size: _page("<p>\ud800word</p>" * 1000 * size).encode("utf-8", "surrogatepass")),
    text("combining.html", lambda size: _page("<p>e" + "\u0301" * 100_000 * size + "</p>")),
    text("joiners.html", lambda size: _page("<p>" + "\U0001f468\u200d" * 50_000 * size + "</p>")),
    text("huge-table.html", lambda size: _page("<table>" + "<tr>" + "<td>c" * 100 * 1 + "</tr>" * 0 + ("<tr>" + "<td>c" * 100) * 300 * size + "</table>")),
    text("wide-table.html", lambda size: _page("<table><tr>" + "<td>c" * 15_000 * size + "</table>")),
    text("spans.html", lambda size: _page("<table>" + "<tr><td rowspan=65534 colspan=1000>c</td></tr>" * 500 * size + "</table>")),
    text("huge-span.html", lambda _: _page("<table><tr><td colspan=99999999999999999999 rowspan=-1>c<tr><td>d</table>")),
    text("many-paragraphs.html", lambda size: _page("<p>w" * 15_000 * size)),
    text("many-breaks.html", lambda size: _page("<br>" * 50_000 * size)),
    text("many-headings.html", lambda size: _page("<h2>head</h2>" * 6_000 * size)),
    text("many-ids.html", _many_links),
    text("many-links.html", lambda size: _page("".join(f"<a href='http://e.example/{n}'>w</a> " for n in range(20_000 * size)))),
    text("many-images.html", lambda size: _page("<img src=x alt=word>" * 6_000 * size)),
    text("long-address.html", lambda size: _page(f"<a href='http://e.example/{'a' * 300_000 * size}'>word</a>")),
    text("long-title.html", lambda size: _page("", f"<title>{'word ' * 60_000 * size}</title><meta name=author content='{'A B, ' * 40_000 * size}'>")),
    text("long-date.html", lambda size: _page("", f"<meta property='article:published_time' content='{'2019-' * 50_000 * size}'>")),
    text("json-ld-bomb.html", lambda size: _page("", f"<script type='application/ld+json'>{'[' * 100_000 * size}</script>")),
    text("json-ld-objects.html", lambda size: _page("", "<script type='application/ld+json'>" + '{"author":' * 900 + "1" + "}" * 900 + "</script>")),
    text("json-ld-numbers.html", lambda size: _page("", f"<script type='application/ld+json'>{{\"headline\": {'9' * 50_000}, \"author\": [null, 1, {{}}]}}</script>")),
    text("many-metas.html", lambda size: _page("", "<meta name=author content='Ann Lee'>" * 20_000 * size)),
    text("spaces.html", lambda size: _page("<p>" + " " * 400_000 * size + "x</p>" + "<p>a" + "\u00a0" * 200_000 * size + "</p>")),
    text("byline-bait.html", lambda size: _page("<p class=byline>By " + "A. B. and " * 20_000 * size + "</p>")),
    text("dots.html", lambda size: _page("<p>" + ". " * 100_000 * size + "!?" * 50_000 + "</p>")),
    text("digits.html", lambda size: _page("<p>" + "1" * 200_000 * size + "</p><sup>" + "1," * 50_000 * size + "</sup>")),
    text("pre.html", lambda size: _page("<pre>" + "x\n" * 100_000 * size + "</pre>")),
    text("hidden.html", lambda size: _page("<div style='display:none'>" * 3000 * size + "word")),
    text("soup.html", _soup),
    text("amp.html", lambda size: _page("<amp-img>" * 10_000 * size)),
    text("data-uri.html", lambda size: _page(f"<img src='data:image/png;base64,{base64.b64encode(bytes(300_000 * size)).decode()}' alt='x'>")),
    text("state-bomb.html", lambda size: _shell(f"<script type='application/json'>{'[' * 300_000 * size}</script>")),
    text("state-deep.html", lambda size: _shell("<script>window.x = " + '{"body":' * 900 * size + "1" + "}" * 900 * size + "</script>")),
    text("state-many.html", lambda size: _shell("<script type='application/json'>[" + '{"text":"<p>a <p>b "},' * 30_000 * size + '"x"]</script>')),
    text("state-markup.html", lambda size: _shell(f"<script type='application/json'>{{\"body\": \"{'<p><script><b>' * 20_000 * size}\"}}</script>")),
    text("scripts-without-end.html", lambda size: _shell("<script>{" * 50_000 * size)),
    text("noscripts.html", lambda size: _shell(("<noscript>" + "x" * 1990) * 100 * size + "<noscript><" * 20_000 * size)),
    text("nested-sidenotes.html", lambda size: _nested("span class=sidenote", 3000, size)),
    text("many-sidenotes.html", lambda size: _page("<p>w<sup class=ltx_note_mark>1</sup><span class=ltx_note_outer>n</span>" * 5000 * size)),
    text("nested-cards.html", lambda size: _nested("div><a href=/x></a><a href=/y><h3>x</h3></a", 1500, size)),
    text("nested-calls.html", lambda size: _nested("div><h2>x</h2><a class=button href=/x>y</a", 1500, size)),
    text("bars.html", lambda size: "<title>A page</title>" + "<a href=/x>w</a> | " * 20_000 * size + _WORDS),
    text("directions.html", lambda size: _nested("div dir=rtl lang=ar><p dir=ltr>w</p", 3000, size)),
    text("empty.html", lambda _: "<html></html>"),
    text("utf-7.html", lambda _: "<meta charset=utf-7>" + _page("+ADw-script+AD4-alert(1)+ADw-/script+AD4-")),
    text("codec-hex.html", lambda _: "<meta charset=hex>" + _page("")),
    text("codec-idna.html", lambda size: "<meta charset=idna>" + _page("é" * 30_000 * size)),
    Case("random.html", lambda size: b"<html><body><p>" + random.Random(1).randbytes(200_000 * size)),
    Case("utf-16-odd.html", lambda size: b"\xff\xfe" + _page("word " * 10_000 * size).encode("utf-16-le") + b"x"),
)  # fmt: skip


def _mhtml(parts: str, boundary: str = "b", more: str = "") -> str:
    return f'From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="{boundary}"{more}\r\n\r\n{parts}'


def _part(body: str, kind: str = "text/html", encoding: str = "8bit") -> str:
    return f"--b\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\nContent-Location: http://e.example/\r\n\r\n{body}\r\n"


def _mhtml_nested(size: int) -> str:
    parts = "".join(
        f"--b{n}\r\nContent-Type: multipart/mixed; boundary=b{n + 1}\r\n\r\n" for n in range(2000 * size)
    )
    return _mhtml(parts, "b0")


MHTML = (
    text("no-boundary.mhtml", lambda _: _mhtml(_part(_page("")), "").replace('boundary=""', "")),
    text("other-boundary.mhtml", lambda _: _mhtml(_part(_page("")), "other")),
    text("boundary-without-end.mhtml", lambda _: _mhtml(_part(_page("")))),
    text("long-boundary.mhtml", lambda size: _mhtml(_part(_page("")), "b" * 100_000 * size)),
    text("many-parts.mhtml", lambda size: _mhtml(_part(_page("")) + _part("x") * 5000 * size + "--b--")),
    text("nested-parts.mhtml", _mhtml_nested),
    text("bad-base64.mhtml", lambda _: _mhtml(_part("PGh0bWw+!!!=" * 1000, encoding="base64") + "--b--")),
    text("bad-quoted.mhtml", lambda size: _mhtml(_part("=" * 200_000 * size + _page(""), encoding="quoted-printable") + "--b--")),
    text("no-page.mhtml", lambda _: _mhtml(_part("x", "image/png") + "--b--")),
    text("long-headers.mhtml", lambda size: "X: " + "a\r\n " * 50_000 * size + "\r\n" + _mhtml(_part(_page("")) + "--b--")),
    text("encoded-words.mhtml", lambda size: "Subject: " + "=?utf-8?b?w6k=?= " * 10_000 * size + "\r\n" + _mhtml(_part(_page("")) + "--b--")),
    text("loop.mhtml", lambda _: _mhtml("--b\r\nContent-Type: message/rfc822\r\n\r\n" * 3000)),
    Case("random.mhtml", lambda size: _mhtml("--b\r\nContent-Type: text/html\r\n\r\n").encode() + random.Random(2).randbytes(100_000 * size)),
)  # fmt: skip
