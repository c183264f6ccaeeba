"""Blogs and platforms for writing, as their templates have them."""

from __future__ import annotations

from collections.abc import Iterator

from tests.importers.pages.page import Page, document, ld, og, page
from tests.importers.pages.words import COOKIES, FOOTER, NAV, NEWSLETTER, SHARE, Prose, comments, p


def pages() -> Iterator[Page]:
    """Every page of this kind."""
    yield from (make() for make in _MAKERS)


def wordpress_with_comments_and_sidebar() -> Page:
    """The classic theme: entry-content, tags, post navigation, comments, widgets, related posts by a plug-in."""
    w = Prose(20)
    title, text, sub = "Notes on tuning a church organ", w.paragraphs(6), w.heading()
    points = [w.sentence() for _ in range(3)]
    said = "".join(
        f"<li class='comment even'><article class='comment-body'><footer class='comment-meta'><b class='fn'>{n}</b> says:</footer>"
        f"<div class='comment-content'><p>{t}</p></div><a class='comment-reply-link' href='#'>Reply</a></article></li>"
        for n, t in comments(w, 5)
    )
    body = f"""<div id="page" class="site"><a class="skip-link screen-reader-text" href="#content">Skip to content</a><header class="site-header">
<p class="site-title">Pipes &amp; Reeds</p><nav class="main-navigation">{NAV}</nav></header><div id="content" class="site-content has-sidebar"><main id="main" class="site-main">
<article class="post type-post hentry"><header class="entry-header"><h1 class="entry-title">{title}</h1><div class="entry-meta"><span class="posted-on">Posted
on <time class="entry-date published" datetime="2022-11-08T20:14:00+00:00">8 November 2022</time></span> <span class="byline"> by <span class="author vcard"><a
class="url fn n" href="/author/samuel">Samuel Price</a></span></span></div></header><div class="entry-content">{p(text[:3])}<h2>{sub}</h2>
<ul>{"".join(f"<li>{t}</li>" for t in points)}</ul>{p(text[3:])}<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Share this:</h3>{SHARE}</div>
<div id="jp-relatedposts" class="jp-relatedposts"><h3>Related</h3><a href="/r">{w.heading()}</a><p>{w.sentence()}</p></div></div><footer class="entry-footer"><span
class="cat-links">Posted in <a href="/c">Organs</a></span><span class="tags-links">Tagged <a href="/t">reeds</a></span></footer></article><nav
class="navigation post-navigation"><div class="nav-previous"><a href="/p">Previous: {w.heading()}</a></div></nav><div id="comments"
class="comments-area"><h2 class="comments-title">5 thoughts on “{title}”</h2><ol class="comment-list">{said}</ol><div id="respond" class="comment-respond"><h3>Leave a
Reply</h3><form><p>Your email address will not be published.</p></form></div></div></main><aside id="secondary" class="widget-area"><section class="widget
widget_recent_entries"><h2>Recent Posts</h2><ul><li><a href="/1">{w.heading()}</a></li></ul></section></aside></div><footer class="site-footer">{FOOTER}</footer></div>"""
    head = f"<title>{title} – Pipes &amp; Reeds</title>" + og(
        title, "Pipes &amp; Reeds", "2022-11-08T20:14:00+00:00"
    )
    return page(
        "wordpress",
        document(head, body),
        [title, *text[:3], sub, *points, *text[3:]],
        title,
        "Samuel Price",
        "2022-11-08",
    )


def wordpress_built_with_blocks_of_a_page_builder() -> Page:
    """Every paragraph in widgets of their own, no article element."""
    w = Prose(21)
    title, text = "What a buoy knows", w.paragraphs(8)
    blocks = "".join(
        f'<div class="elementor-element elementor-widget elementor-widget-text-editor" data-widget_type="text-editor.default"><div class="elementor-widget-container"><p>{t}</p></div></div>'
        for t in text
    )
    body = f"""<div data-elementor-type="header" class="elementor elementor-location-header"><div class="elementor-widget-nav-menu">{NAV}</div></div>
<div data-elementor-type="single-post" class="elementor post"><section class="elementor-section"><div class="elementor-widget elementor-widget-heading"><h1
class="elementor-heading-title">{title}</h1></div><div class="elementor-widget-post-info"><ul><li itemprop="author"><span>Aisha Rahman</span></li><li
itemprop="datePublished"><time>March 3, 2025</time></li></ul></div></section><section class="elementor-section">{blocks}</section></div>
<div data-elementor-type="footer" class="elementor elementor-location-footer">{FOOTER}</div>"""
    head = f"<title>{title} - Buoyancy</title>" + og(title, "Buoyancy")
    return page("page-builder", document(head, body), [title, *text], title, "Aisha Rahman", "2025-03-03")


def letter_by_subscription() -> Page:
    """A newsletter platform: subscribe widgets in the text, footnotes by anchor, buttons, a discussion."""
    w = Prose(22)
    title, stand, text = "The case for slow harbours", w.sentence(), w.paragraphs(7)
    note1, note2 = w.sentence(), w.sentence()
    ref = '<a class="footnote-anchor" data-component-name="FootnoteAnchorToDOM" id="footnote-anchor-{0}" href="#footnote-{0}">{0}</a>'
    foot = '<div class="footnote" data-component-name="FootnoteToDOM"><a id="footnote-{0}" href="#footnote-anchor-{0}" class="footnote-number">{0}</a><div class="footnote-content"><p>{1}</p></div></div>'
    html = [*text]
    html[1] += ref.format(1)
    html[4] += ref.format(2)
    body = f"""<div class="main-menu"><div class="topbar">{NAV}</div></div><div class="single-post-container"><div class="single-post"><article
class="typography newsletter-post post"><div class="post-header"><h1 class="post-title published">{title}</h1><h3 class="subtitle">{stand}</h3><div
class="byline-wrapper"><div class="profile-hover"><a href="/@mara">Mara Lindqvist</a></div><div class="pencraft">Dec 01, 2025</div></div><div
class="post-ufi"><a href="#">112</a><a href="#">Share</a></div></div><div class="available-content"><div class="body markup">{p(html[:3])}
<div class="subscription-widget-wrap"><div class="subscription-widget"><p class="cta-caption">Slow Harbours is a reader-supported letter. To receive new
posts consider becoming a subscriber.</p><form><input></form></div></div>{p(html[3:])}<p class="button-wrapper"><a class="button primary"
href="/subscribe"><span>Subscribe now</span></a></p>{foot.format(1, note1)}{foot.format(2, note2)}</div></div></article></div>
<div id="discussion" class="comments-section"><h4>Discussion about this post</h4><p>{w.paragraph()}</p></div></div><div class="footer">{FOOTER}</div>"""
    head = f"<title>{title} - by Mara Lindqvist - Slow Harbours</title>" + og(title, "", "", "Mara Lindqvist") + ld(
        **{"@type": "NewsArticle", "headline": title, "datePublished": "2025-12-01T08:00:00+00:00",
           "author": [{"@type": "Person", "name": "Mara Lindqvist"}], "publisher": {"@type": "Organization", "name": "Slow Harbours"}}
    )  # fmt: skip
    true = [title, stand, text[0], text[1] + "1", *text[2:4], text[4] + "2", *text[5:], note1, note2]
    return page("letter", document(head, body), true, title, "Mara Lindqvist", "2025-12-01")


def platform_with_hashed_classes() -> Page:
    """No telling class at all: hashed names, claps, a follow button, figures, a footer of recommendations."""
    w = Prose(23)
    title, stand, text, sub = (
        "I read every bill of lading so that you need not",
        w.sentence(),
        w.paragraphs(8),
        w.heading(),
    )
    rec = "".join(
        f"<div class='mx my'><a href='/s'><h2 class='be mz'>{h}</h2></a><p class='be na'>{t}</p></div>"
        for h, t in w.teasers(4)
    )
    body = f"""<div id="root"><div class="a b c"><div class="d e"><a href="/app">Open in app</a><button>Sign up</button><a href="/login">Sign in</a></div>
<article><div class="l"><section><div><div class="fj fk"><h1 class="pw-post-title fs ft" data-testid="storyTitle">{title}</h1><h2 class="pw-subtitle-paragraph gr">{stand}</h2>
<div class="speechify-ignore ab"><div class="authorPhoto"></div><a data-testid="authorName" href="/@eva">Eva Novák</a><span><a href="#">Follow</a></span><span
data-testid="storyReadTime">7 min read</span><span data-testid="storyPublishDate">Apr 17, 2024</span></div><div class="pw-multi"><a href="#">--</a><a href="#">3</a></div>
{p(text[:4], ' class="pw-post-body-paragraph ho hp"')}<figure class="kk"><picture><img alt="A bill"></picture><figcaption class="kq">A bill of 1907. Scan by the
author.</figcaption></figure><h1 class="ks kt">{sub}</h1>{p(text[4:], ' class="pw-post-body-paragraph ho"')}</div></div></section></div></article>
<div class="lx"><a href="/tag/ships">Ships</a><a href="/tag/paper">Paper</a></div><div class="ma"><h2>Written by Eva Novák</h2><div>1.2K Followers</div><p>Reads old
paper.</p></div><div class="mm"><h2>More from Eva Novák</h2>{rec}</div></div></div>"""
    head = f"<title>{title} | by Eva Novák | Quayside | Medium-ish</title>" + og(
        title, "Medium-ish", "2024-04-17T09:12:00.000Z", "Eva Novák"
    )
    true = [title, stand, *text[:4], "A bill of 1907. Scan by the author.", sub, *text[4:]]
    return page("platform", document(head, body), true, title, "Eva Novák", "2024-04-17")


def blogger_table_layout_of_2005() -> Page:
    """Tables around everything, the post in a cell between two side bars."""
    w = Prose(24)
    title, text = "My grandfather's sextant", w.paragraphs(6)
    posts = "".join(f"<li><a href='/2005/{n}.html'>{h}</a></li>" for n, (h, _) in enumerate(w.teasers(8)))
    body = f"""<table width="100%" border=0><tr><td colspan=3><h2><a href="/">Brass and Salt</a></h2></td></tr><tr><td width=160 valign=top id="sidebar"><b>Archives</b><ul>{posts}</ul>
</td><td valign=top><div class="date-header">Sunday, September 18, 2005</div><div class="post"><h3 class="post-title">{title}</h3><div class="post-body">{p(text)}</div>
<p class="post-footer"><em>posted by Samuel Price at <a href="#">9:42 PM</a></em> | <a href="#c">2 comments</a></p></div><div id="comments"><h4>2 Comments:</h4><dl><dt>Anonymous said...</dt><dd>{w.paragraph()}</dd></dl></div></td>
<td width=160 valign=top><b>Links</b><ul>{posts}</ul></td></tr></table>"""
    return page(
        "blogger-2005",
        document(f"<title>Brass and Salt: {title}</title>", body),
        [title, *text],
        title,
        "Samuel Price",
        "2005-09-18",
    )


def breaks_and_fonts() -> Page:
    """A home page of the nineties: capitals, fonts, double breaks, no paragraph element."""
    w = Prose(25)
    title, text = "How to read a tide table", w.paragraphs(7)
    body = f"""<CENTER><FONT SIZE=+3><B>{title}</B></FONT></CENTER><HR><CENTER>[ <A HREF="index.html">Home</A> | <A HREF="links.html">Links</A> | <A
HREF="guest.html">Guestbook</A> ]</CENTER><FONT FACE="Arial" SIZE=2>{"<BR><BR>".join(text)}</FONT><HR><CENTER><A HREF="index.html">Back to the home page</A></CENTER>"""
    html = f"<HTML><HEAD><TITLE>{title}</TITLE></HEAD><BODY BGCOLOR=#FFFFFF>{body}</BODY></HTML>"
    return page("breaks-and-fonts", html, [title, *text], title, encoding="iso-8859-1")


def static_site_with_code() -> Page:
    """A developer's blog: code, a table, footnotes at the end, a table of contents, heading anchors."""
    w = Prose(26)
    title, text, heads = "Parsing ships’ logs with forty lines", w.paragraphs(6), [w.heading(), w.heading()]
    note = w.sentence()
    code = "def parse(line):\n    day, rest = line.split(':', 1)\n    return day, rest.strip()"
    rows = [("Ship", "Lines", "Errors"), ("Aurora", "1,204", "3"), ("Meridian", "877", "0")]
    table = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    body = f"""<header class="masthead"><a href="/">~/nadia</a> <nav>{NAV}</nav></header><main><article class="h-entry"><h1 class="p-name">{title}</h1>
<p class="meta"><time class="dt-published" datetime="2023-02-11">Feb 11, 2023</time> · 6 min read</p><div class="toc"><h2>Contents</h2><ul><li><a href="#one">{heads[0]}</a></li><li><a
href="#two">{heads[1]}</a></li></ul></div><div class="e-content"><p>{text[0]}<sup id="fnref:1"><a href="#fn:1" class="footnote" rel="footnote">1</a></sup></p><p>{text[1]}</p><h2 id="one">{heads[0]}<a
class="header-link" href="#one">#</a></h2><div class="highlight"><pre><code class="language-python">{code}</code></pre></div><p>{text[2]}</p><table><tbody>{table}</tbody></table><p>{text[3]}</p>
<h2 id="two">{heads[1]}</h2>{p(text[4:])}</div><div class="footnotes" role="doc-endnotes"><ol><li id="fn:1"><p>{note} <a href="#fnref:1" class="reversefootnote" role="doc-backlink">↩</a></p></li></ol></div></article>
<nav class="pagination"><a href="/prev">← Older</a></nav></main><footer><p>Set in a typeface. <a href="/feed.xml">RSS</a></p></footer>"""
    head = f"<title>{title} · nadia</title><meta name='author' content='Nadia Haddad'><meta property='og:title' content='{title}'>"
    true = [
        title,
        text[0] + "1",
        text[1],
        heads[0],
        code,
        text[2],
        *(" ".join(row) for row in rows),
        text[3],
        heads[1],
        *text[4:],
        note,
    ]
    return page("static-site", document(head, body), true, title, "Nadia Haddad", "2023-02-11")


def forum_thread() -> Page:
    """Posts of several people: all of them are the text."""
    w = Prose(27)
    title = "Which rope for a 9 metre boat?"
    posts = [(n, w.paragraphs(2)) for n in ("keelhaul", "old_salt", "mira_b", "keelhaul")]
    html = "".join(
        f"<article class='message message--post' id='post-{n}'><div class='message-user'><h4 class='message-name'>{who}</h4></div><div class='message-main'>"
        f"<div class='message-attribution'><a href='#post-{n}'>#{n}</a></div><div class='message-body'><div class='bbWrapper'>{p(said)}</div></div>"
        f"<div class='message-actionBar'><a href='#'>Like</a> <a href='#'>Reply</a></div></div></article>"
        for n, (who, said) in enumerate(posts, 1)
    )
    body = f"""<div class="p-pageWrapper"><header class="p-header">{NAV}</header><div class="breadcrumb"><a href="/">Forums</a> › <a href="/r">Rigging</a></div><h1 class="p-title-value">{title}</h1>
<div class="p-body-main"><div class="block-body">{html}</div></div><footer class="p-footer">{FOOTER}</footer></div>"""
    true = [title, *(part for who, said in posts for part in (who, *said))]
    return page(
        "forum",
        document(f"<title>{title} | Knots and Lines</title>" + og(title, "Knots and Lines"), body),
        true,
        title,
    )


def tumblr_like_without_title() -> Page:
    """A short post without a title: the page's title is the blog's."""
    w = Prose(28)
    text = w.paragraphs(4)
    body = f"""<div id="header"><h1><a href="/">postcards from a lock keeper</a></h1></div><div id="posts"><div class="post text"><div class="caption">{p(text)}</div><div class="tags"><a
href="/t">#locks</a> <a href="/u">#canals</a></div><div class="notes-count"><a href="#">54 notes</a></div></div></div><div id="footer">Theme by Nobody</div>"""
    return page(
        "no-title",
        document("<title>postcards from a lock keeper</title>", body),
        text,
        "postcards from a lock keeper",
    )


def bare_text_page() -> Page:
    """Nothing but a heading and paragraphs."""
    w = Prose(29)
    title, text = "A list of lost islands", w.paragraphs(5)
    return page("bare", f"<h1>{title}</h1>{p(text)}", [title, *text], title)


def single_page_app_with_cookie_dialog_first() -> Page:
    """The dialog is first in the document and has more words than the first screen of the text."""
    w = Prose(30)
    title, text = "Who pays for the sea wall", w.paragraphs(7)
    body = f"""<div id="onetrust-consent-sdk"><div class="onetrust-pc-dark-filter"></div><div id="onetrust-banner-sdk" role="region" aria-label="Cookie banner">{COOKIES}{COOKIES}</div></div>
<div id="__next"><div class="Layout_wrap__Zk3"><div class="Header_bar__a81">{NAV}</div><div class="Article_root__x9"><h1 class="Article_headline__q1">{title}</h1><p class="Article_byline__u2">By
Tobias Okafor</p><p class="Article_date__zz">Published 9 April 2025</p><div class="Article_content__tt1">{p(text)}</div></div><div class="Newsletter_box__11">{NEWSLETTER}</div><div
class="Footer_root__99">{FOOTER}</div></div></div><script id="__NEXT_DATA__" type="application/json">{{"props":{{"text":"<p>{w.paragraph()}</p>"}}}}</script>"""
    head = f"<title>{title} | Sea Level</title>" + og(title, "Sea Level")
    return page("cookies-first", document(head, body), [title, *text], title, "Tobias Okafor", "2025-04-09")


_MAKERS = (
    wordpress_with_comments_and_sidebar, wordpress_built_with_blocks_of_a_page_builder, letter_by_subscription,
    platform_with_hashed_classes, blogger_table_layout_of_2005, breaks_and_fonts, static_site_with_code, forum_thread,
    tumblr_like_without_title, bare_text_page, single_page_app_with_cookie_dialog_first,
)  # fmt: skip
