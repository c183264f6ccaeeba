"""Newspapers, broadcasters and magazines."""

from __future__ import annotations

from collections.abc import Iterator

from tests.importers.pages.page import Page, document, ld, og, page
from tests.importers.pages.words import COOKIES, FOOTER, NAV, NEWSLETTER, SHARE, Prose, comments, p


def pages() -> Iterator[Page]:
    """Every page of this kind."""
    yield from (make() for make in _MAKERS)


def newspaper_with_paywall_and_ticker() -> Page:
    """Classes for everything, a paywall box in the text, a live ticker and a list of what is read most."""
    w = Prose(1)
    title, stand, text, sub = "The quay nobody wanted to buy", w.sentence(), w.paragraphs(8), w.heading()
    ticker = "".join(
        f"<li><time>14:{n:02}</time> <a href='/live/{n}'>{h}</a></li>"
        for n, (h, _) in enumerate(w.teasers(6))
    )
    most = "".join(f"<li><a href='/a/{n}'>{h}</a></li>" for n, (h, _) in enumerate(w.teasers(5)))
    teasers = "".join(
        f"<div class='teaser'><h3><a href='/b'>{h}</a></h3><p>{t}</p></div>" for h, t in w.teasers(4)
    )
    body = f"""<div class="live-ticker"><h4>Live</h4><ul>{ticker}</ul></div><header class="site-header"><nav>{NAV}</nav></header>
<main><article class="article"><div class="article__header"><span class="article__kicker">Harbour</span><h1>{title}</h1>
<p class="article__standfirst">{stand}</p><div class="article__byline">By <a href="/authors/helen">Helen Strand</a> and
<a href="/authors/li">Li Wen</a></div><time datetime="2025-11-04T06:12:00+01:00" class="article__date">4 November 2025, 6:12 am</time></div>
<div class="share-bar">{SHARE}</div><figure class="article__image"><img src="q.jpg" alt="The eastern quay"><figcaption>The
eastern quay at low tide, seen from the customs house. Photo: P. Amsel</figcaption></figure>
<div class="article__body">{p(text[:3])}<div class="ad-slot"><span>Advertisement</span></div>{p(text[3:5])}
<div class="paywall-box"><h3>Read on with a subscription</h3><p>Unlimited access to all articles for one euro a week. Cancel at
any time.</p><a href="/abo">Subscribe now</a></div><h2>{sub}</h2>{p(text[5:])}</div></article>
<section class="related-articles"><h2>Related articles</h2>{teasers}</section></main>
<aside class="most-read"><h3>Most read</h3><ol>{most}</ol></aside><div class="newsletter-box">{NEWSLETTER}</div><footer>{FOOTER}</footer>
<div id="cookie-banner" role="dialog">{COOKIES}</div>"""
    head = f"<title>{title} | The Harbour Press</title>" + og(
        title, "The Harbour Press", "2025-11-04T06:12:00+01:00"
    )
    caption = "The eastern quay at low tide, seen from the customs house. Photo: P. Amsel"
    return page("newspaper", document(head, body), [title, stand, caption, *text[:5], sub, *text[5:]], title,
                "Helen Strand; Li Wen", "2025-11-04")  # fmt: skip


def broadcaster_with_data_components() -> Page:
    """Blocks told apart by data-component and hashed classes only."""
    w = Prose(2)
    title, text, sub = "Ferry line to be electrified by spring", w.paragraphs(9), w.heading()
    blocks = "".join(
        f'<div data-component="text-block" class="ssrcss-11r1m41-RichText e5tfeyi1"><p class="ssrcss-1q0x1qg-Paragraph">{t}</p></div>'
        for t in text[:5]
    )
    more = "".join(f'<div data-component="text-block" class="ssrcss-x"><p>{t}</p></div>' for t in text[5:])
    links = "".join(f'<li><a href="/news/{n}">{h}</a></li>' for n, (h, _) in enumerate(w.teasers(3)))
    body = f"""<div data-testid="consent-banner" class="ssrcss-c1">{COOKIES}</div><header role="banner"><nav>{NAV}</nav></header>
<div role="main" id="main-content"><article class="ssrcss-pv1rh6-ArticleWrapper"><header data-component="headline-block"><h1
 id="main-heading">{title}</h1></header><div data-component="byline-block"><div class="ssrcss-68pt20-Text-TextContributorName">By Tobias
 Okafor</div><div class="ssrcss-84ltp5-Text">Transport correspondent</div></div><div data-component="image-block"><figure><img alt="A
ferry"><figcaption>The line carries nine thousand people a day</figcaption></figure></div>{blocks}
<div data-component="subheadline-block"><h2>{sub}</h2></div>{more}<div data-component="links-block"><p>More on this story</p><ul>{links}</ul></div>
<div data-component="topic-list"><h2>Related Topics</h2><ul><li><a href="/t/1">Ferries</a></li><li><a href="/t/2">Energy</a></li></ul></div>
</article></div><div data-component="top-stories"><h2>Top Stories</h2><ul>{links}</ul></div><footer role="contentinfo">{FOOTER}</footer>"""
    head = f"<title>{title} - Coast News</title>" + ld(**{
        "@type": "NewsArticle", "headline": title, "datePublished": "2026-01-19T07:00:12.000Z",
        "author": [{"@type": "Person", "name": "Tobias Okafor"}], "publisher": {"@type": "NewsMediaOrganization", "name": "Coast News"},
    })  # fmt: skip
    true = [title, "The line carries nine thousand people a day", *text[:5], sub, *text[5:]]
    return page("broadcaster", document(head, body), true, title, "Tobias Okafor", "2026-01-19")


def guardian_like() -> Page:
    """data-gu-name islands, an aside with a pull quote, a newsletter inside the text, a drop cap."""
    w = Prose(3)
    title, stand, text = "I spent a winter counting other people’s boats", w.sentence(), w.paragraphs(9)
    quote = text[6].split(". ")[0]
    first = text[0]
    body = f"""<a href="#maincontent" class="skip">Skip to main content</a><header><nav>{NAV}</nav></header><main id="maincontent">
<div data-gu-name="title"><a href="/environment">Environment</a></div><div data-gu-name="headline"><h1 class="dcr-y70er6">{title}</h1></div>
<div data-gu-name="standfirst"><div class="dcr-standfirst"><p>{stand}</p></div></div><div data-gu-name="meta"><address
aria-label="Contributor info"><a rel="author" href="/profile/ines">Ines Carvalho</a></address><details><summary><span>Sat 28 Feb 2026
09.00 GMT</span></summary>Last modified on Sat 28 Feb 2026 11.14 GMT</details><div data-component="share-buttons"><a href="mailto:x">Share</a></div></div>
<div data-gu-name="body"><div id="maincontent2" class="article-body-commercial-selector article-body-viewer-selector">
<p><span data-drop-cap="{first[0]}" class="dcr-drop"><span aria-hidden="true"></span>{first[0]}</span>{first[1:]}</p>{p(text[1:4])}
<figure id="sign-in-gate" class="newsletter-sign-up"><p>Sign up to our weekly letter about the sea and everything that lives in it</p>
<a href="#EmailSignup-skip-link-4">skip past newsletter promotion</a></figure>{p(text[4:7])}
<aside class="dcr-pullquote element-pullquote"><blockquote>“{quote}”</blockquote></aside>{p(text[7:])}</div>
<div class="submeta"><span>Explore more on these topics</span><ul><li><a href="/e">Environment</a></li><li><a href="/f">Features</a></li></ul>
<div class="share"><a href="#">Share</a><a href="#">Reuse this content</a></div></div></div></main>
<section data-component="most-viewed"><h2>Most viewed</h2><ol><li><a href="/1">{w.heading()}</a></li><li><a href="/2">{w.heading()}</a></li></ol></section>
<footer>{FOOTER}</footer>"""
    head = f"<title>{title} | Environment | The Watchman</title>" + og(title, "the Watchman", "2026-02-28T09:00:00.000Z") + (
        '<meta property="article:author" content="https://www.watchman.example/profile/ines">'
        '<link rel="canonical" href="https://www.watchman.example/environment/2026/feb/28/boats">'
    )  # fmt: skip
    return page(
        "guardian-like", document(head, body), [title, stand, *text], title, "Ines Carvalho", "2026-02-28"
    )


def spiegel_like() -> Page:
    """A German weekly: headline with kicker, a box for subscribers, an opinion box, hashed utility classes."""
    title, stand = (
        "Das Amt, das seine Akten verlor",
        "Siebzehn Kisten fehlen, und niemand will sie getragen haben.",
    )
    text = [
        "Als die Archivarin am Montag den Keller aufschloss, roch es nach nassem Papier. Siebzehn Kisten fehlten, und auf dem Boden lag ein Zettel ohne Unterschrift.",
        "Die Behörde sprach zunächst von einem Versehen. Später hieß es, ein Umzugsunternehmen habe die Kisten an eine falsche Adresse geliefert, in ein Lagerhaus am Nordkai.",
        "Dort hat sie nie jemand gesehen. Der Betreiber des Lagers führt ein Buch, in das jede Lieferung eingetragen wird, und an diesem Tag steht darin nur eine Fuhre Kies.",
        "Die Landrätin verlangt nun Aufklärung bis zum Ende des Monats. Sie habe Vertrauen in ihre Leute, sagte sie, aber kein blindes.",
        "Wer die Akten heute lesen möchte, bekommt eine Kopie aus dem Jahr 1998. Sie ist unvollständig, an vielen Stellen unleserlich und trotzdem das Beste, was es gibt.",
    ]
    body = f"""<div id="sp_message_container"><div role="dialog" aria-modal="true"><p>Weiter mit Werbung lesen oder das Pur-Abo abschließen. Wir
verarbeiten Daten mit bis zu 190 Drittanbietern.</p><button>Zustimmen</button></div></div><header data-area="header"><nav>{NAV}</nav></header>
<main><article data-sara-click-el="body"><header data-area="intro"><h2><span class="text-primary-base">Verwaltung</span> <span>{title}</span></h2>
<div class="leading-loose">{stand}</div><div class="font-sansUI">Von <a href="/impressum/autor-1">Jonas Weber</a></div><div><time
datetime="2025-09-03 15:04:00">03.09.2025, 15.04 Uhr</time></div></header><section data-area="body"><div data-area="text" class="RichText"><p>{text[0]}</p><p>{text[1]}</p></div>
<div data-area="contentbox" class="paywall-teaser"><p>Jetzt weiterlesen mit dem Abo</p></div><div data-area="text" class="RichText"><p>{text[2]}</p><p>{text[3]}</p>
<p>{text[4]}</p></div></section><footer><div data-area="article-teaser-list"><h3>Mehr zum Thema</h3><ul><li><a href="/x">{Prose(4).heading()}</a></li></ul></div></footer></article></main>
<footer>{FOOTER}</footer>"""
    head = f"<title>Verwaltung: {title} - DER PEGEL</title>" + og(title, "DER PEGEL") + ld(**{
        "@type": "NewsArticle", "headline": title, "datePublished": "2025-09-03T15:04:00+02:00",
        "author": {"@type": "Person", "name": "Jonas Weber"}, "inLanguage": "de", "publisher": {"@type": "Organization", "name": "DER PEGEL"},
    })  # fmt: skip
    return page(
        "spiegel-like", document(head, body, "de"), [title, stand, *text], title, "Jonas Weber", "2025-09-03"
    )


def magazine_with_drop_caps_and_pull_quotes() -> Page:
    """A long read: drop cap, one pull quote from the text and one of its own, captions, an author's bio, footer boxes."""
    w = Prose(5)
    title, stand, text = "The Cartographer’s Daughter", w.sentence(), w.paragraphs(12)
    quote, own = (
        text[3].split(". ")[0],
        "We measured the coast for years and never once agreed on where it began.",
    )
    body = f"""<div class="masthead"><a href="/">The Longshore Review</a><nav>{NAV}</nav></div><div class="content-wrapper has-sidebar">
<div class="article-header"><div class="rubric"><a href="/letters">Letters</a></div><h1 class="hed">{title}</h1><div class="dek">{stand}</div>
<div class="contributors">By <span itemprop="author">Rosa Jiménez</span></div><div class="publish-date">May 2024</div></div>
<div class="article-content"><p class="has-dropcap"><span class="dropcap">{text[0][0]}</span>{text[0][1:]}</p>{p(text[1:4])}
<div class="pullquote">{quote}</div>{p(text[4:8])}<figure><img alt="A chart"><figcaption>A chart of the bay, drawn in 1911 and never printed.</figcaption></figure>
<blockquote class="pull-quote"><p>{own}</p></blockquote>{p(text[8:])}<p>♦</p></div>
<div class="author-bio"><p>Rosa Jiménez is a staff writer at the Review. Her book about harbours will be published next year.</p></div>
<div class="subscribe-promo"><p>Never miss a long read: get the Review delivered to your door four times a year.</p></div></div>
<div class="sidebar"><h3>This issue</h3><ul><li><a href="/1">{w.heading()}</a></li><li><a href="/2">{w.heading()}</a></li></ul></div><div class="footer">{FOOTER}</div>"""
    head = f"<title>{title} — The Longshore Review</title>" + og(title, "The Longshore Review")
    caption = "A chart of the bay, drawn in 1911 and never printed."
    true = [title, stand, *text[:8], caption, own, *text[8:]]
    return page("magazine", document(head, body), true, title, "Rosa Jiménez", "2024-05")


def articles_after_the_article() -> Page:
    """Several teasers as `<article>` behind the main one, all in `<main>`, and endless scroll's next story."""
    w = Prose(6)
    title, text = "A bridge with three ends", w.paragraphs(7)
    cards = "".join(
        f"<article class='card'><h2><a href='/c'>{h}</a></h2><p>{t} {w.sentence()}</p><time datetime='2026-03-0{n}'>{n} March</time></article>"
        for n, (h, t) in enumerate(w.teasers(6), 1)
    )
    body = f"""<header><nav>{NAV}</nav></header><main><article><h1>{title}</h1><p>By Pieter van Dalen | <time datetime="2026-03-10">10 March
2026</time></p>{p(text)}</article><h2>More from Opinion</h2>{cards}</main><footer>{FOOTER}</footer>"""
    head = f"<title>{title}</title>" + og(title, "Daily Span", url="https://span.example/bridge")
    return page(
        "teaser-articles", document(head, body), [title, *text], title, "Pieter van Dalen", "2026-03-10"
    )


def graph_of_json_ld() -> Page:
    """All metadata in an @graph with references by @id; the body in a div that says articleBody."""
    w = Prose(7)
    title, text = "Why the tunnel leaks on Thursdays", w.paragraphs(8)
    graph = ld(**{"@graph": [
        {"@type": "WebSite", "@id": "https://tunnel.example/#site", "name": "Tunnel Weekly"},
        {"@type": "WebPage", "@id": "https://tunnel.example/leaks/", "name": f"{title} - Tunnel Weekly", "datePublished": "2023-07-02T10:00:00+00:00"},
        {"@type": "Article", "headline": title, "datePublished": "2023-07-02T10:00:00+00:00", "author": {"@id": "https://tunnel.example/#p9"},
         "publisher": {"@id": "https://tunnel.example/#org"}},
        {"@type": "Person", "@id": "https://tunnel.example/#p9", "name": "Nadia Haddad"},
        {"@type": "Organization", "@id": "https://tunnel.example/#org", "name": "Tunnel Weekly"},
    ]})  # fmt: skip
    body = f"""<div class="wrap"><div class="top"><div class="menu">{NAV}</div></div><h1 class="t">{title}</h1><div class="byl">by Nadia Haddad</div>
<div itemprop="articleBody">{p(text)}</div><div class="tags">Tagged: <a href="/t/a">tunnels</a>, <a href="/t/b">water</a></div>
<div class="cols"><div class="c">{"".join(f"<h4><a href='/o'>{h}</a></h4><p>{t}</p>" for h, t in w.teasers(4))}</div></div><div class="b">{FOOTER}</div></div>"""
    return page(
        "json-ld-graph",
        document(f"<title>{title} - Tunnel Weekly</title>{graph}", body),
        [title, *text],
        title,
        "Nadia Haddad",
        "2023-07-02",
    )


def consent_wall_in_front() -> Page:
    """A wall of consent text longer than the article's first paragraphs, in a div without a role."""
    w = Prose(8)
    title, text = "The clock that ran backwards", w.paragraphs(6)
    wall = p([("We value your privacy. We store and access information on your device and process personal data such as unique "
              "identifiers for personalised advertising and content, measurement, audience research and services development.")] * 3)  # fmt: skip
    body = f"""<div id="qc-cmp2-container" class="qc-cmp-cleanslate consent-wall"><div class="qc-cmp2-summary">{wall}{COOKIES}</div></div>
<div class="page"><div class="page-content"><h1>{title}</h1><div class="article-info"><span class="author">Samuel Price</span> <span
class="date">12 August 2025</span></div><div class="text">{p(text)}</div></div></div><div class="footer">{FOOTER}</div>"""
    head = f"<title>{title} | Timekeeper</title>" + og(title, "Timekeeper", "2025-08-12")
    return page("consent-wall", document(head, body), [title, *text], title, "Samuel Price", "2025-08-12")


def live_blog() -> Page:
    """A ticker that is the article: entries with times."""
    w = Prose(9)
    title, stand = "Storm over the estuary: as it happened", w.sentence()
    entries = [(f"1{n}:05", w.heading(), w.paragraph(3)) for n in range(8)]
    html = "".join(
        f"<article class='block' id='block-{n}'><p class='block-time'><time datetime='2026-01-02T{t}'>{t}</time></p><h2>{h}</h2><p>{x}</p></article>"
        for n, (t, h, x) in enumerate(entries)
    )
    body = f"""<header><nav>{NAV}</nav></header><main><h1>{title}</h1><p class="standfirst">{stand}</p><p class="byline">By Eva Novák and Oskar Brandt</p>
<div class="liveblog">{html}</div></main><footer>{FOOTER}</footer>"""
    head = f"<title>{title}</title>" + og(title, "Coast News", "2026-01-02T08:00:00Z")
    true = [title, stand, *(part for entry in entries for part in entry)]
    return page("live-blog", document(head, body), true, title, "Eva Novák; Oskar Brandt", "2026-01-02")


def amp() -> Page:
    """Accelerated pages: elements of their own, a side bar, an advert, an image."""
    w = Prose(10)
    title, text = "A parliament of gulls", w.paragraphs(7)
    body = f"""<amp-sidebar id="sidebar" layout="nodisplay" side="left">{NAV}</amp-sidebar><amp-consent id="c" layout="nodisplay"><div>{COOKIES}</div></amp-consent>
<header class="header"><a href="/">Gull</a></header><main><article class="amp-wp-article"><header class="amp-wp-article-header"><h1
class="amp-wp-title">{title}</h1><div class="amp-wp-meta amp-wp-byline"><span class="amp-wp-author">Aisha Rahman</span></div><div class="amp-wp-meta
amp-wp-posted-on"><time datetime="2024-10-30T12:00:00+00:00">October 30, 2024</time></div></header><figure><amp-img src="g.jpg" width="9" height="9"
layout="responsive" alt="Gulls"></amp-img><figcaption>Gulls on the roof of the fish market.</figcaption></figure><div class="amp-wp-article-content">
{p(text[:4])}<amp-ad width="300" height="250" type="x"><div placeholder>Advertisement</div></amp-ad>{p(text[4:])}<amp-social-share type="email"></amp-social-share></div>
<footer class="amp-wp-article-footer"><div>Categories: <a href="/n">Nature</a></div></footer></article></main><footer>{FOOTER}</footer>"""
    head = f"<title>{title}</title>" + ld(**{"@type": "BlogPosting", "headline": title, "datePublished": "2024-10-30T12:00:00+00:00",
                                              "author": {"@type": "Person", "name": "Aisha Rahman"}})  # fmt: skip
    return page(
        "amp",
        document(head, body, extra=" amp"),
        [title, "Gulls on the roof of the fish market.", *text],
        title,
        "Aisha Rahman",
        "2024-10-30",
    )


def print_version() -> Page:
    """The page for printing: little mark-up, a source line, the address at the end."""
    w = Prose(11)
    title, text = "Seventeen boxes", w.paragraphs(6)
    body = f"""<div class="noprint"><a href="javascript:window.print()">Print this page</a> | <a href="/a/17">Back</a></div><hr><p><b>The Harbour Press</b></p>
<h1>{title}</h1><p><i>By Oskar Brandt</i></p><p>Published: 21 June 2019</p>{"".join(f"<p>{t}</p>" for t in text)}<hr>"""
    return page(
        "print-version",
        document(f"<title>{title} - Print version</title>", body),
        [title, *text],
        title,
        "Oskar Brandt",
        "2019-06-21",
    )


def comments_longer_than_the_article() -> Page:
    """A short piece under which people wrote ten times its length."""
    w = Prose(12)
    title, text = "Paint the lighthouse red", w.paragraphs(4)
    said = "".join(
        f"<li class='comment'><div class='comment-author'>{n}</div><p>{t}</p></li>"
        for n, t in comments(w, 25)
    )
    body = f"""<nav>{NAV}</nav><div class="story"><h1>{title}</h1><p class="author">By Mara Lindqvist</p><p class="date">January 5, 2026</p>{p(text)}
</div><div id="comments"><h3>25 Comments</h3><ol>{said}</ol><h3>Leave a comment</h3><form><textarea></textarea></form></div><footer>{FOOTER}</footer>"""
    head = f"<title>{title}</title>" + og(title, "Opinion Desk")
    return page("many-comments", document(head, body), [title, *text], title, "Mara Lindqvist", "2026-01-05")


_MAKERS = (
    newspaper_with_paywall_and_ticker, broadcaster_with_data_components, guardian_like, spiegel_like, amp, print_version,
    magazine_with_drop_caps_and_pull_quotes, articles_after_the_article, graph_of_json_ld, consent_wall_in_front, live_blog,
    comments_longer_than_the_article,
)  # fmt: skip
