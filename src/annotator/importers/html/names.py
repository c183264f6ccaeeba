"""What the class, id and label words of a page say an element is: its body, a byline, or the furniture around it."""

from __future__ import annotations

import re
from functools import lru_cache

# Around the article; beside or behind it; what readers say, often longer than it is; and what is laid over the page.
FURNITURE, AFTERWARDS, COMMENTS, CONSENT = "furniture", "afterwards", "comments", "consent"
SURROUNDINGS = (COMMENTS, CONSENT, AFTERWARDS, FURNITURE)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CLASSES = (
    (re.compile(r"(?:language|lang|highlight-source)-([\w+#.-]{1,20})"), r"language-\1"),
    (
        re.compile(
            r".*(?:standfirst|subtitle|subhead|subheadline|subheading)|(?:.*[-_])?de[cs]?k"
            r"|(?:.*[-_])?[a-z]*(?:header|hero|article|story)dek(?:[-_].*)?"
            r"|(?:post|article|entry|story|hero)[-_]{1,2}(?:title[-_]{1,2})?excerpt"
        ),
        "standfirst",
    ),
    (re.compile(r"(?:.*[-_])?(?:byline|authors?|contributors?|personname)(?:[-_](?:block|name))?"), "byline"),
    (re.compile(r"(?:.*[-_])?meta(?:data)?"), "byline"),
    (re.compile(r"(?:.*[-_])?(?:date|dateline|published|pubdate|timestamp|posted-on)"), "date"),
    (
        re.compile(
            r"mso(?:foot|end)notereference|(?:.*[-_])?foot-?notes?[-_]{0,2}(?:ref|reference|anchor|link|call)|noteref"
        ),
        "note-ref",
    ),
    (re.compile(r"ltx_note_outer|sidenote"), "inline-note"),
    (re.compile(r"ltx_note_mark|ltx_tag_note"), "note-mark"),
    (re.compile(r"label|ltx_tag_bibitem|ltx_bibblock"), "apart"),
    (re.compile(r"footnote-?back(?:ref|link)?|mw-cite-backlink|back-?ref|reversefootnote"), "note-back"),
    (re.compile(r"footnotes?|endnotes?|references|(?:fn|footnotes?)-list"), "notes"),
    (re.compile(r"header-?link|anchor|mw-editsection"), "anchor"),
    (re.compile(r"(?:.*[-_])?pull-?_?quotes?(?:[-_].*)?"), "pull-quote"),
    (
        re.compile(
            r"(?:.*[-_])?(?:article|story|post|entry|page|blog|news|main)[-_]{0,2}(?:body|content|text)"
            r"(?:[-_]{1,2}(?:inner|main|container|content))?|mw-parser-output|available-content|body__container"
        ),
        "body",
    ),
)
_AROUND = _words(
    "nav navigation navbar breadcrumb breadcrumbs menu submenu share sharing sharebar sharebuttons sharedaddy "
    "social socials addtoany teaser teasers outbrain taboola pagination pager newsletter newsletters signup "
    "subscribe subscription paywall regwall donate donation advert adverts advertisement advertising adslot "
    "ads sponsored promo promos promotion toolbar noprint skiplink bio authorbox authorbio tags taglist toc "
    "catlinks printfooter hatnote toast masthead topbar upsell ticker sponsor reklame anzeige werbung "
    "publicite crosslinks btn button buttons rollover tooltip popover dropdown flyout offcanvas readingtime "
    "listen audioplayer hashtags copyright disclaimer ambox toclist linenos lineno lnt"
)
_BEHIND = _words(
    "related recommended recommendation recommendations recirc recirculation trending mostread mostpopular "
    "popular yarpp sidebar footer navbox onward"
)
_SAID = _words("comments commentlist respond disqus kommentare commentaires")
_LAID_OVER = _words(
    "cookie cookies consent gdpr onetrust cookiebanner cookieconsent cmp cmp2 popup modal overlay lightbox"
)
_AROUND_PAIRS = (
    "readmore", "readnext", "readalso", "alsoread", "followus", "visuallyhidden", "sronly", "screenreader", "topiclist",
    "taglist", "posttags", "authorcard", "authorprofile", "authorinfo", "authordetail", "contributorbio", "aboutauthor",
    "abouttheauthor", "siteheader", "globalheader", "skipto", "mweditsection", "mwjumplink", "jumptonav", "sitesub",
    "contentsub", "postnav", "prevnext", "nextprev", "viewscount", "likebutton", "addcomment",
    "affiliatedisclosure", "affiliatedisclaimer", "jumplinks",
    "catlinks", "postmetadata", "rating-box", "siteinfo", "sitenotice", "breakingnews", "loginbox", "appbanner",
)  # fmt: skip
_BEHIND_PAIRS = (
    "morefrom", "morestories", "moreon", "mostread", "youmaylike", "youmightlike", "upnext", "nextarticle",
    "linksblock",     "entryfooter", "postfooter", "articlefooter", "sitefooter", "widgetarea",
    "latestnews", "latestposts", "recentposts", "alsolike", "morenews",
)  # fmt: skip
_NOT_ITSELF = ("has", "no", "with", "without", "not", "show", "hide", "isnot", "page", "wp")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PARTS = re.compile(r"[-_:.]+")


@lru_cache(maxsize=4096)
def meaning_of(word: str) -> tuple[str, ...]:
    """What one word of a class, a name or a label says of its element; () for most."""
    lower = word.lower()
    known = [match.expand(meaning) for pattern, meaning in _CLASSES if (match := pattern.fullmatch(lower))]
    about = _surroundings(word)
    return (*known, about) if about and "notes" not in known else tuple(known)


def _surroundings(word: str) -> str:
    plain = [part for part in _PARTS.split(word.lower()) if part]
    parts = [part for part in _PARTS.split(_CAMEL.sub("-", word).lower()) if part]
    if parts[:2] == ["wp", "block"]:
        parts = parts[2:]
    joined = "".join(parts)
    if joined in ("hidecaption", "togglecaption"):
        return FURNITURE
    if not parts or parts[0] in _NOT_ITSELF or len(parts) > 7:
        return ""
    if joined in ("widget", "jprelatedposts") or word.startswith("widget_"):
        return AFTERWARDS
    if _SAID.intersection(parts) or "commentsection" in joined or "commentform" in joined:
        return COMMENTS
    if _LAID_OVER.intersection(parts):
        return CONSENT
    if _BEHIND.intersection(parts) or any(pair in joined for pair in _BEHIND_PAIRS):
        return AFTERWARDS
    if _AROUND.intersection(parts) or any(pair in joined for pair in _AROUND_PAIRS):
        return FURNITURE
    return FURNITURE if "ad" in plain and len(plain) <= 3 else ""
