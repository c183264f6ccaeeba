"""Markdown written by hand in the manners of many programs, each with the words that a reader must find."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "essay": ("# Night *trams*\n\nThey **run** at night.\n\n## Why\n\nBecause.", "Night trams They run at night Why Because"),
    "jekyll": (
        "---\nlayout: post\ntitle: Trams\ncategories: [a, b]\n---\n\nText {% raw %}x{% endraw %}.\n\n* one\n{:.list}\n",
        "Trams Text raw x endraw one",
    ),
    "hugo": ('+++\ntitle = "Trams"\n[params]\nx = 1\n+++\n\n{{< figure src="a.png" >}}\n\nText', "Trams figure src a png Text"),
    "obsidian": (
        "---\ntags:\n  - x\n---\n# Note\n\nSee [[Other|that]] and ![[pic.png]] #tag\n\n> [!quote]+ Who\n> Said ==so==\n\n%% hidden %%",
        "Note See that and tag Who Said so hidden",
    ),
    "quarto": (
        "---\ntitle: T\nauthor:\n  - name: Ann\n---\n\n## One {#sec-one}\n\n::: {.callout-note}\nInside\n:::\n\n```{r, echo=FALSE}\nx <- 1\n```\n\nSee @fig-1.",
        "T One Inside x 1 See fig 1",
    ),
    "github": (
        "<p align=\"center\">\n  <img src=\"x\">\n  <b>Name</b>\n</p>\n\n| a | b |\n|---|---|\n| c\\|d | `e|f` |\n\n- [x] done\n\n<details>\n<summary>More</summary>\n\n```sh\nrun it\n```\n\n</details>",
        "Name a b c d e f done More run it",
    ),
    "pandoc": (
        "% Title line\n\nText[^1] and ^[inline note].\n\nTerm\n:   Definition\n\n[small]{.smallcaps} H~2~O x^2^\n\n[^1]: The note.\n\n    Its second part.\n",
        "Title line Text and Term Definition small H2O x2 The note Its second part inline note",
    ),
    "mkdocs": ('!!! tip "Be quick"\n    Run.\n\n    - now\n\n??? note\n    Hidden\n\n[TOC]\n', "Be quick Run now Note Hidden"),
    "letters": ("Dear Bo,  \nI write\\\nto you.\n\n--  \nAnn", "Dear Bo I write to you Ann"),
    "quotes": ("> One\n> > Two\n> > > Three\n>\n> - four\n>   1. five\n>\n>     more\nlazy", "One Two Three four five more lazy"),
    "deep lists": ("- a\n    - b\n        - c\n            - d\n\n                e\n- f", "a b c d e f"),
    "shallow lists": ("* a\n * b\n  * c\n   * d\n1) e\n2) f", "a b c d e f"),
    "loose lists": ("1. a\n\n   b\n\n   > c\n\n2. d\n\n       code e\n\n3. f", "a b c d code e f"),
    "fences": ("~~~\na\n```\nb\n~~~\n````\n```\nc\n````\n```\nd", "a b c d"),
    "code": ("    one\n\n\ttwo\n\nthree `four` ``five ` six``", "one two three four five six"),
    "tables": ("a | b\n:-|-:\nc | d | e\nf\n\n|g|\n|-|\n|h|", "a b c d e f g h"),
    "headings": ("One\n===\nTwo\n---\n###Three\n#### Four ####\nfive\n# Six", "One Two Three Four five Six"),
    "references": (
        "[a][x], [b], [C d][], ![e][x]\n\n[x]: https://x.example 'Title'\n[b]: <https://b.example>\n[c d]: #c\n[Ann]: Hello\n[Bo]: etc.",
        "a b C d Ann Hello Bo etc",
    ),
    "formulas": ("Let $x_1 < y$ and $$z^2$$.\n\n$$\n\\frac{a}{b}\n- c\n$$\n\nIt costs $5 or $6.", "Let x 1 y and z 2 frac a b c It costs 5 or 6"),
    "HTML": (
        "<table><tr><td>a</td><td>b</td></tr></table>\n\n<center>c</center>\n\nd <kbd>e</kbd> <unknown f> <g@h.example>\n\n<custom-tag>i</custom-tag>",
        "a b c d e unknown f g h example custom tag i custom tag",
    ),
    "things never closed": (
        "a <!-- b\n\nc <script> d\n\n**e\n\n[f](g\n\n`h\n\n<div>\n\ni",
        "a b c script d e f g h i",
    ),
    "comments": ("a <!-- not b --> c\n\n<!--\nnot d\n\nnot e\n-->\n\nf", "a c f"),
    "dialogue": ("[Ann]: Yes\n[Bo]: No\n\n*Ann*: 1. So\n\n1986\\. A year.", "Ann Yes Bo No Ann 1 So 1986 A year"),
    "no front matter": ("---\nWell: this\nis no header\n---\n\nText", "Well this is no header Text"),
    "Windows": ("\ufeff# A\r\n\r\n- b\r\n  - c\r\n\r\nd[^1]\r\n\r\n[^1]: e\r\n", "A b c d e"),
    "Arabic": ("# عنوان\n\nنص *مائل* و[رابط](https://x.example).\n\n- بند", "عنوان نص مائل ورابط بند"),
    "Japanese": ("# 夜の電車\n\n**電車**は走る。\n\n> 引用", "夜の電車 電車は走る 引用"),
    "links": ("See https://x.example/a_b and <https://y.example>, [back](#top) or [z](z.md \"not this\").", "See https x example a b and https y example back or z"),
    "notes": ("A[^a] B[^b] C[^a] D[^none]\n\n[^b]: bee\n[^a]: ay\n[^c]: unused\n[^a]: twice\n", "A B C D none ay bee unused twice"),
    "breaks": ("a\n***\nb\n- - -\nc\n___\n", "a b c"),
}  # fmt: skip
