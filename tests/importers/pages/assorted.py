"""Pages that are kept rather than visited: from an archive, a word processor, a converter; and some more of papers.

Written after the rules for `magazines` and `offices` were done, to see what those are worth. At first sight body
F1 was .921 (least .389, a topic of a forum whose answers are marked as comments; .974 without it), titles, authors and dates 10 of 11.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.importers.pages.page import Page, document, ld, og, page
from tests.importers.pages.words import COOKIES, FOOTER, NAV, SHARE, Prose, p


def pages() -> Iterator[Page]:
    """Every page of this kind."""
    yield from (make() for make in _MAKERS)


def french_paper_with_catchers() -> Page:
    """A paper in French: catchers in the text, services above, a notice to subscribers below."""
    w = Prose(300)
    title, stand, text, heads = (
        "À Brume, le phare cherche un gardien",
        w.sentence(),
        w.paragraphs(7),
        [w.heading()],
    )
    catcher = f"""<section class="catcher catcher--inread"><div class="catcher__content"><p class="catcher__kicker"><span class="catcher__label">Lire aussi |</span> <a class="js-article-read-also" href="/1"><span class="catcher__title">{w.heading()}</span></a></p></div></section>"""
    services = """<ul class="article__actions"><li><button>Ajouter à vos sélections</button></li><li><a href="/offrir">Offrir l’article</a></li><li><a href="/partager">Partager</a></li></ul>"""
    body = f"""<header class="Header">{NAV}</header><main class="article--content"><section class="zone zone--article"><article class="article article__longform"><header class="article__heading"><ul class="breadcrumb"><li><a href="/planete">Planète</a></li><li><a href="/phares">Phares</a></li></ul><h1 class="article__title">{title}</h1><p class="article__desc">{stand}</p><section class="meta meta__container"><p class="meta__publisher meta__publisher--page">Par <span class="meta__author">Rosa Jiménez</span></p><span class="meta__date">Publié le 21 mai 2024 à 06h00</span> <p class="meta__reading-time">Temps de Lecture 6 min.</p></section>{services}</header><section class="article__content">{p(text[:2], ' class="article__paragraph"')}{catcher}{p(text[2:4], ' class="article__paragraph"')}<h2 class="article__sub-title">{heads[0]}</h2>{p(text[4:6], ' class="article__paragraph"')}<section class="inread inread--NL"><div class="inread__title">Newsletter</div><div class="inread__desc">Chaque semaine, notre sélection d’articles</div><a class="inread__button" href="/nl">S’inscrire</a></section>{p(text[6:], ' class="article__paragraph"')}<p class="article__signature">Rosa Jiménez</p></section><section class="friend"><p class="friend__title">L’espace des contributions est réservé aux abonnés.</p></section></article></section><section class="services"><h2>Dans la même rubrique</h2>{"".join(f'<a href="/2"><h3>{h}</h3></a>' for h, _ in w.teasers(3))}</section></main><footer>{FOOTER}</footer>"""
    head = (
        f"<title>{title}</title>"
        + og(
            title,
            "Le Matin",
            "2024-05-21T04:00:00+00:00",
            "",
            "https://matin.example/planete/article/2024/05/21/phare_6234.html",
            stand,
        )
        + ld(
            **{
                "@type": "NewsArticle",
                "headline": title,
                "datePublished": "2024-05-21T06:00:00+02:00",
                "author": [{"@type": "Person", "name": "Rosa Jiménez"}],
            }
        )
    )
    return page(
        "french-catchers",
        document(head, body, "fr"),
        [title, stand, *text[:4], heads[0], *text[4:]],
        title,
        "Rosa Jiménez",
        "2024-05-21",
    )


def topic_of_a_forum_for_robots() -> Page:
    """A forum's topic as it is given to readers without scripts: each post an item, likes, dates, links to more."""
    w = Prose(301)
    title, posts = "How do you dry a wet sextant case?", [w.paragraphs(2) for _ in range(5)]
    items = "".join(
        f"""<div id="post_{n}" itemprop="{"comment" if n > 1 else "mainEntity"}" itemscope itemtype="http://schema.org/{"Comment" if n > 1 else "DiscussionForumPosting"}" class="topic-body crawler-post"><div class="crawler-post-meta"><span class="creator" itemprop="author"><a rel="nofollow" href="/u/sailor{n}"><span itemprop="name">sailor{n}</span></a></span><span class="crawler-post-infos"><time datetime="2022-08-0{n}T10:00:00Z" class="post-time">August {n}, 2022, 10:00am</time><span itemprop="position">{n}</span></span></div><div class="post" itemprop="text">{p(text)}</div><div class="crawler-likes"><span class="post-likes">{n} Likes</span></div></div>"""
        for n, text in enumerate(posts, 1)
    )
    body = f"""<header><a href="/">Ropes &amp; Knots Forum</a></header><div id="main-outlet" class="wrap" role="main"><div id="topic-title"><h1><a href="/t/1">{title}</a></h1><div class="topic-category"><span><a href="/c/gear" class="badge-wrapper"><span class="badge-category__name">Gear</span></a></span></div></div><div itemscope itemtype="http://schema.org/DiscussionForumPosting">{items}</div><div id="related-topics" class="more-topics__list"><h3 class="more-topics__list-title">Related topics</h3><table class="topic-list"><tr><td class="main-link"><a href="/t/2">{w.heading()}</a></td><td class="replies">12</td></tr></table></div></div><footer class="container wrap"><nav class="crawler-nav"><ul><li><a href="/">Home</a></li><li><a href="/categories">Categories</a></li></ul></nav><p class="powered-by-link">Powered by Discourse</p></footer>"""
    head = f"<title>{title} - Gear - Ropes &amp; Knots Forum</title><meta property='og:site_name' content='Ropes &amp; Knots Forum'><meta property='og:title' content='{title}'><meta property='article:published_time' content='2022-08-01T10:00:00+00:00'>"
    true = [
        title,
        *(
            line
            for n, text in enumerate(posts, 1)
            for line in (f"sailor{n} August {n}, 2022, 10:00am {n}", *text)
        ),
    ]
    return page("topic-for-robots", document(head, body), true, title, "sailor1", "2022-08-01")


def journal_with_sections_and_rights() -> Page:
    """A publisher of journals: sections by title, boxes of figures, references with links, much about the article below."""
    w = Prose(302)
    title, abstract, text, caption = (
        "Silt records a century of quiet storms",
        w.paragraph(4),
        w.paragraphs(6),
        w.paragraph(2),
    )
    refs = [w.sentence() for _ in range(3)]

    def section(head: str, inner: str) -> str:
        return f'<section data-title="{head}"><div class="c-article-section" id="S-section"><h2 class="c-article-section__title js-section-title js-c-reading-companion-sections-item" id="S">{head}</h2><div class="c-article-section__content" id="S-content">{inner}</div></div></section>'

    cited = [
        f'<sup><a data-track="click" data-track-action="reference anchor" href="/articles/x#ref-CR{n}" title="{refs[n - 1][:40]}" id="ref-link-{n}">{n}</a></sup>'
        for n in (1, 2, 3)
    ]
    figure = f"""<div class="c-article-section__figure js-c-reading-companion-figures-item" id="figure-1"><figure><figcaption><b id="Fig1" class="c-article-section__figure-caption">Fig. 1: Layers of silt.</b></figcaption><div class="c-article-section__figure-content"><div class="c-article-section__figure-item"><a class="c-article-section__figure-link" href="/articles/x/figures/1"><picture><img aria-describedby="Fig1" src="x.png" alt="figure 1"></picture></a></div><div class="c-article-section__figure-description"><p>{caption}</p></div></div><div class="u-text-right u-hide-print"><a class="c-article__pill-button" href="/articles/x/figures/1"><span>Full size image</span></a></div></figure></div>"""
    more = "".join(
        section(head, f"<p>{w.sentence()}</p>")
        for head in (
            "Author information",
            "Ethics declarations",
            "Additional information",
            "Rights and permissions",
            "About this article",
        )
    )
    body = f"""<a class="c-skip-link" href="#content">Skip to main content</a><header class="c-header">{NAV}</header><div id="content"><main class="c-article-main-column u-float-left js-main-column"><article lang="en"><div class="c-article-header"><header><ul class="c-article-identifiers"><li class="c-article-identifiers__item">Article</li><li class="c-article-identifiers__item"><a href="/oa">Open access</a></li><li class="c-article-identifiers__item">Published: <time datetime="2020-03-04">04 March 2020</time></li></ul><h1 class="c-article-title" data-test="article-title">{title}</h1><ul class="c-article-author-list"><li class="c-article-author-list__item"><a data-test="author-name" href="#auth-1">Pieter van Dalen</a><sup><a href="#Aff1">1</a></sup>, </li><li class="c-article-author-list__item"><a data-test="author-name" href="#auth-2">Aisha Rahman</a></li></ul><p class="c-article-info-details"><a href="/ng"><i>Mud Geoscience</i></a> <b>volume 13</b>, pages 201–207 (2020)<a href="#cite" class="c-article-info-details__cite-as">Cite this article</a></p><div class="c-article-metrics-bar__wrapper"><ul><li><p>12k Accesses</p></li><li><p>41 Citations</p></li><li><p>208 Altmetric</p></li></ul></div></header></div>
<div class="c-article-body">{section("Abstract", f"<p>{abstract}</p>")}<section aria-labelledby="inline-recommendations" data-title="Inline Recommendations" class="c-article-recommendations"><h3 class="c-article-recommendations-title" id="inline-recommendations">Similar content being viewed by others</h3><div class="c-article-recommendations-list">{"".join(f'<article class="c-article-recommendations-card"><h3><a href="/r">{h}</a></h3><div>Article 2 May 2019</div></article>' for h, _ in w.teasers(3))}</div></section>{section("Main", f"<p>{text[0]}{cited[0]}</p><p>{text[1]}{cited[1]}</p>{figure}<p>{text[2]}</p>")}{section("Methods", f'<h3 class="c-article__sub-heading">Cores</h3><p>{text[3]}{cited[2]}</p><p>{text[4]}</p>')}{section("Data availability", f"<p>{text[5]}</p>")}<section data-title="References"><div class="c-article-section" id="Bib1-section"><h2 class="c-article-section__title" id="Bib1">References</h2><div class="c-article-section__content"><ol class="c-article-references" data-track-component="outbound reference">{"".join(f'<li class="c-article-references__item js-c-reading-companion-references-item" data-counter="{n}."><p class="c-article-references__text" id="ref-CR{n}">{r}</p><p class="c-article-references__links u-hide-print"><a href="https://doi.example/{n}">Article</a> <a href="https://s.example/{n}">Google Scholar</a> </p></li>' for n, r in enumerate(refs, 1))}</ol><p class="c-article-references__download u-hide-print"><a href="/ris">Download references</a></p></div></div></section>{more}</div></article></main><aside class="c-article-extras"><h2>Associated content</h2><p>{w.sentence()}</p></aside></div><footer class="composite-layer">{FOOTER}</footer>"""
    head = f"<title>{title} | Mud Geoscience</title><meta name='citation_title' content='{title}'><meta name='citation_journal_title' content='Mud Geoscience'><meta name='citation_author' content='van Dalen, Pieter'><meta name='citation_author' content='Rahman, Aisha'><meta name='citation_online_date' content='2020/03/04'><meta name='dc.date' content='2020-03-04'><meta name='dc.title' content='{title}'>"
    true = [
        title,
        "Abstract",
        abstract,
        "Main",
        text[0] + "1",
        text[1] + "2",
        "Fig. 1: Layers of silt.",
        caption,
        text[2],
        "Methods",
        "Cores",
        text[3] + "3",
        text[4],
    ]
    true += ["Data availability", text[5], "References", *refs]
    return page(
        "journal-sections", document(head, body), true, title, "Pieter van Dalen; Aisha Rahman", "2020-03-04"
    )


def science_magazine_with_inline_letter() -> Page:
    """A science magazine: intro box, a side bar of related stories in the text, a letter, comments invited, next article."""
    w = Prose(303)
    title, stand, text, caption = (
        "The mathematics of moored boats",
        w.sentence(),
        w.paragraphs(8),
        w.sentence(),
    )
    body = f"""<div id="postContent"><div class="outer"><section class="hero-title-stage"><div class="hero-title"><div class="kicker"><a href="/topology">topology</a></div><h1 class="hero-title-text">{title}</h1><div class="header-byline"><em>By <h3 class="byline__author mv05"><a href="/authors/ines"><span class="screen-reader-text">By </span>Ines Carvalho</a></h3></em><em><span>April 30, 2021</span></em></div><div class="post__title__excerpt wysiwyg p italic">{stand}</div><div class="post__title__actions"><a href="#comments"><span>4</span></a><a href="/save">Read Later</a></div></div></section><figure class="post__hero"><img alt=""><figcaption><div class="caption"><p>{caption}</p></div><p class="attribution">Li Wen for Boundary Magazine</p></figcaption></figure><div class="post__aside--left"><h3 class="label">Introduction</h3><div class="author"><h3>Ines Carvalho</h3><p>Contributing Writer</p><p>April 30, 2021</p></div><div class="article__permalink">{SHARE}</div></div>
<div class="post__content outer--content"><div class="post__content__section wysiwyg">{p(text[:3])}</div><div class="newsletter-cta"><h3>Get Boundary delivered to your inbox</h3><p>Get highlights of the most important news.</p><a class="button" href="/nl">Subscribe</a></div><div class="post__content__section wysiwyg">{p(text[3:5])}</div><div class="post__sidebar__related"><h3>Related:</h3><ol>{"".join(f'<li><a href="/4">{h}</a></li>' for h, _ in w.teasers(3))}</ol></div><div class="post__content__section wysiwyg">{p(text[5:])}</div></div><div class="post__category"><h3>Also in Topology</h3>{"".join(f'<div class="card"><h2><a href="/5">{h}</a></h2><div>{t}</div></div>' for h, t in w.teasers(3))}</div><div id="comments"><h3>Comment on this article</h3><p>Boundary moderates comments to facilitate an informed conversation.</p></div><div class="next-article"><h2>Next article</h2><a href="/6">{w.heading()}</a></div></div></div><footer>{FOOTER}</footer>"""
    head = f"<title>{title} | Boundary Magazine</title>" + og(
        f"{title} | Boundary Magazine",
        "Boundary Magazine",
        "2021-04-30T14:40:00+00:00",
        "Ines Carvalho",
        "https://boundary.example/boats-20210430/",
        stand,
    )
    return page(
        "science-magazine",
        document(head, body),
        [title, stand, f"{caption} Li Wen for Boundary Magazine", *text],
        title,
        "Ines Carvalho",
        "2021-04-30",
    )


def page_out_of_an_archive() -> Page:
    """A page of 2006 as the web's archive gives it out: the archive's bar above, its comment below."""
    w = Prose(304)
    title, text = "Why I keep bees on the roof", w.paragraphs(6)
    bar = """<!-- BEGIN WAYBACK TOOLBAR INSERT --><div id="wm-ipp-base" lang="en" style="display:block;direction:ltr;height:0"><div id="wm-ipp" style="position:fixed"><div id="donato"><div id="donato-base"></div></div><div id="wm-ipp-inside"><div id="wm-toolbar"><div id="wm-logo"><a href="/web/" title="home page">Archive</a></div><div class="c"><div class="u"><a class="t" href="/web/2006*/x" title="See a list of every capture for this URL">41 captures</a><div class="r" title="Timespan for captures of this URL">12 Mar 2005 - 04 Jul 2019</div></div></div><table class="d"><tbody><tr class="m"><td class="b"><a href="/web/2005">Jan</a></td><td class="c">MAR</td><td class="f">Apr</td></tr><tr class="d"><td class="c">12</td></tr><tr class="y"><td class="b"><a href="/web/2005">2005</a></td><td class="c">2006</td><td class="f">2007</td></tr></tbody></table></div><div id="wm-capinfo"><p>About this capture</p><p>COLLECTED BY Archive Team</p></div></div></div></div><!-- END WAYBACK TOOLBAR INSERT -->"""
    body = f"""{bar}<div id="container"><div id="banner"><h1><a href="/web/20060312/http://roof.example/">Roof notes</a></h1><h2>from above</h2></div><div id="center"><div class="content"><p align="right"><a href="/web/p">« Tar and rain</a> | <a href="/web/m">Main</a> | <a href="/web/n">The neighbour's ladder »</a></p><h2>March 12, 2006</h2><h3>{title}</h3>{p(text)}<p class="posted">Posted by Helen Strand at March 12, 2006 09:14 PM</p><h2><a id="comments"></a>Comments</h2><p>{w.paragraph(3)}</p><p class="posted">Posted by: karl at March 13, 2006 08:00 AM</p><h2>Post a comment</h2><p>Name:</p></div></div></div><!-- FILE ARCHIVED ON 21:14:00 Mar 12, 2006 -->"""
    return page(
        "archived",
        document(f"<title>Roof notes: {title}</title>", body),
        [title, *text],
        title,
        "Helen Strand",
        "2006-03-12",
    )


def agency_story_with_sign_off() -> Page:
    """A news agency: test ids by paragraph, key points, a letter, "Reporting by", standards, rights, an author's card."""
    w = Prose(305)
    title, text, points = "Seaholm votes to widen the canal", w.paragraphs(7), [w.sentence(), w.sentence()]
    paras = "".join(
        f'<div data-testid="paragraph-{n}" class="text__text__1FZLe body__full_width__ekUdw body__small_body__2vQyf article-body__paragraph__2-BtD">{t}</div>'
        for n, t in enumerate(text)
    )
    body = f"""<div id="fusion-app"><header>{NAV}</header><div class="article-grid"><main><article data-testid="Article" class="article__container"><div class="article__main"><header><div class="article-header__heading"><span data-testid="Body"><a href="/world">World</a></span><h1 data-testid="Heading" class="text__text__1FZLe heading__base">{title}</h1></div><div class="article-header__author-date"><div class="author-name"><span class="text__text__1FZLe">By </span><a rel="author" href="/authors/tobias-okafor/">Tobias Okafor</a></div><time datetime="2025-07-08T11:05:00Z"><span class="date-line__date">July 8, 2025</span><span class="date-line__date">11:05 AM UTC</span><span class="date-line__date">Updated 3 hours ago</span></time></div></header><div data-testid="PrimaryImage"><figure><img alt="x"><figcaption><span>{points[0]} Harbour Agency/Li Wen</span> <a href="/l">Purchase Licensing Rights, opens new tab</a></figcaption></figure></div><div class="article-body__content"><div data-testid="ContextWidget" class="summary"><h2>Summary</h2><ul><li>{points[1]}</li></ul></div>{paras}<p class="sign-off">Reporting by Tobias Okafor in Seaholm; Editing by Eva Novák and Samuel Price</p><p class="article-body__trust">Our Standards: <a href="/trust">The Trust Principles, opens new tab</a></p><div data-testid="NewsletterWidget"><p>The Daily Briefing newsletter provides all the news you need to start your day. Sign up <a href="/nl">here</a>.</p></div></div><div class="toolbar">{SHARE}</div><div class="author-bio"><address><p>Tobias Okafor</p><p>Agency correspondent who has covered canals since 2012.</p></address></div></div></article></main><aside data-testid="ReadNext"><h2>Read Next</h2>{"".join(f'<div data-testid="TextStoryCard"><a href="/7">{h}</a><time>July 7, 2025</time></div>' for h, _ in w.teasers(3))}</aside></div><footer>{FOOTER}</footer></div>"""
    head = (
        f"<title>{title} | Agency</title>"
        + og(title, "Agency", "2025-07-08T11:05:00Z")
        + ld(
            **{
                "@type": "NewsArticle",
                "headline": title,
                "datePublished": "2025-07-08T11:05:00Z",
                "author": [{"@type": "Person", "name": "Tobias Okafor"}],
                "publisher": {"@type": "Organization", "name": "Agency"},
            }
        )
    )
    true = [
        title,
        f"{points[0]} Harbour Agency/Li Wen",
        "Summary",
        points[1],
        *text,
        "Reporting by Tobias Okafor in Seaholm; Editing by Eva Novák and Samuel Price",
    ]
    return page("agency", document(head, body), true, title, "Tobias Okafor", "2025-07-08")


def published_document_of_an_office_on_the_web() -> Page:
    """A document published from an office on the web: spans with numbered classes, notes by anchors, a bar above."""
    w = Prose(306)
    title, text, heads, notes = (
        "Minutes of the mooring committee",
        w.paragraphs(5),
        ["Attendance", "Decisions"],
        [w.sentence()],
    )
    body = f"""<div id="header"><div id="title">{title}</div><div id="publish-banner"><span>Published using Docs</span><a href="/abuse">Report abuse</a><a href="/learn">Learn more</a></div></div><div id="contents"><div class="doc-content"><p class="c4 title" id="h.1"><span class="c9">{title}</span></p><p class="c1"><span class="c0">{text[0]}</span></p><h1 class="c3" id="h.2"><span class="c5">{heads[0]}</span></h1><ul class="c6 lst-kix_1-0 start"><li class="c1 li-bullet-0"><span class="c0">{text[1]}</span></li><li class="c1 li-bullet-0"><span class="c0">{text[2]}</span></li></ul><h1 class="c3" id="h.3"><span class="c5">{heads[1]}</span></h1><p class="c1"><span class="c0">{text[3]}</span><sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup></p><p class="c1 c7"><span class="c0"></span></p><p class="c1"><span class="c0">{text[4]}</span></p><hr class="c8"><div><p class="c2"><a href="#ftnt_ref1" id="ftnt1">[1]</a><span class="c10">&nbsp;{notes[0]}</span></p></div></div></div>"""
    true = [title, text[0], heads[0], *text[1:3], heads[1], text[3] + "[1]", text[4], *notes]
    return page(
        "web-document",
        document(f"<title>{title}</title><meta property='og:title' content='{title}'>", body),
        true,
        title,
    )


def letter_saved_from_a_word_processor() -> Page:
    """What a word processor saves as a web page: paragraphs of classes, conditional comments, notes with both links."""
    w = Prose(307)
    title, text, heads, notes = (
        "Report on the state of the sluices",
        w.paragraphs(5),
        ["Findings"],
        [w.sentence(), w.sentence()],
    )

    def ref(n: int) -> str:
        return f"""<a style='mso-footnote-id:ftn{n}' href="#_ftn{n}" name="_ftnref{n}" title=""><span class=MsoFootnoteReference><span style='mso-special-character:footnote'><![if !supportFootnotes]><span class=MsoFootnoteReference><span style='font-size:11.0pt'>[{n}]</span></span><![endif]></span></span></a>"""

    feet = "".join(
        f"""<div style='mso-element:footnote' id=ftn{n}><p class=MsoFootnoteText><a style='mso-footnote-id:ftn{n}' href="#_ftnref{n}" name="_ftn{n}" title=""><span class=MsoFootnoteReference><span style='mso-special-character:footnote'><![if !supportFootnotes]>[{n}]<![endif]></span></span></a> {note}</p></div>"""
        for n, note in enumerate(notes, 1)
    )
    cell = "".join(
        f"<tr style='mso-yfti-irow:{n}'><td width=200 valign=top style='border:solid windowtext 1.0pt'><p class=MsoNormal>{a}<o:p></o:p></p></td><td width=200 valign=top><p class=MsoNormal>{b}<o:p></o:p></p></td></tr>"
        for n, (a, b) in enumerate((("Sluice", "State"), ("North", "sound"), ("South", "leaks")))
    )
    body = f"""<div class=WordSection1><p class=MsoTitle>{title}<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>{text[0]}{ref(1)}<o:p></o:p></p><h2>{heads[0]}<o:p></o:p></h2><p class=MsoNormal><b>{text[1]}</b></p><p class=MsoListParagraphCxSpFirst style='text-indent:-.25in;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>{text[2]}</p><p class=MsoNormal>{text[3]}{ref(2)}</p><table class=MsoTableGrid border=1>{cell}</table><p class=MsoQuote>{text[4]}</p></div><div style='mso-element:footnote-list'><![if !supportFootnotes]><br clear=all><hr align=left size=1 width="33%"><![endif]>{feet}</div>"""
    html = f"""<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns="http://www.w3.org/TR/REC-html40"><head><meta http-equiv=Content-Type content="text/html; charset=windows-1252"><meta name=Generator content="Word 15"><title>{title}</title><!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>Samuel Price</o:Author><o:Created>2019-02-03T10:00:00Z</o:Created></o:DocumentProperties></xml><![endif]--><style>p.MsoNormal {{margin:0in}}</style></head><body lang=EN-GB>{body}</body></html>"""
    true = [
        title,
        text[0] + "[1]",
        heads[0],
        text[1],
        f"· {text[2]}",
        text[3] + "[2]",
        "Sluice State",
        "North sound",
        "South leaks",
        text[4],
        *notes,
    ]
    return page("word-page", html, true, title, "", "", "cp1252")


def page_of_an_open_office() -> Page:
    """What an open office saves: breaks by style, notes with symbols, a table of contents as an index."""
    w = Prose(308)
    title, text, heads, notes = (
        "Notes on tidal mills",
        w.paragraphs(4),
        ["The wheel", "The pond"],
        [w.sentence()],
    )
    body = f"""<h1 class="western" align="center">{title}</h1><div id="Table of Contents1" dir="ltr"><div id="Table of Contents1_Head" dir="ltr"><p style="font-weight: bold">Table of Contents</p></div><p style="margin-bottom: 0in"><a href="#__RefHeading___1">{heads[0]} 2</a></p><p style="margin-bottom: 0in"><a href="#__RefHeading___2">{heads[1]} 5</a></p></div><h2 class="western"><a name="__RefHeading___1"></a>{heads[0]}</h2><p style="line-height: 100%; margin-bottom: 0in">{text[0]}<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a></p><p style="line-height: 100%; margin-bottom: 0in"><br></p><p style="line-height: 100%">{text[1]}</p><h2 class="western"><a name="__RefHeading___2"></a>{heads[1]}</h2><p>{text[2]}</p><p>{text[3]}</p><div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a>{notes[0]}</p></div>"""
    head = f'<title>{title}</title><meta name="generator" content="Office 7"><meta name="author" content="Nadia Haddad"><meta name="created" content="2021-11-05T09:00:00">'
    true = [title, heads[0], text[0] + "1", text[1], heads[1], *text[2:], *notes]
    return page("open-office-page", document(head, body), true, title, "Nadia Haddad", "2021-11-05")


def paper_made_by_a_converter() -> Page:
    """What a converter of plain text makes: a title block, a contents list, sections, citations and notes."""
    w = Prose(309)
    title, sub, abstract, text, heads, notes = (
        "Harbours without ships",
        w.heading(),
        w.paragraph(2),
        w.paragraphs(4),
        ["Introduction", "Conclusion"],
        [w.sentence(), w.sentence()],
    )
    body = f"""<header id="title-block-header"><h1 class="title">{title}</h1><p class="subtitle">{sub}</p><p class="author">Eva Novák</p><p class="author">Li Wen</p><p class="date">2018-06-01</p><div class="abstract"><div class="abstract-title">Abstract</div><p>{abstract}</p></div></header><nav id="TOC" role="doc-toc"><ul><li><a href="#introduction" id="toc-introduction">{heads[0]}</a></li><li><a href="#conclusion">{heads[1]}</a></li></ul></nav><h1 id="introduction">{heads[0]}</h1><p>{text[0]} <span class="citation" data-cites="brandt">(Brandt 2016)</span><a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a></p><p>{text[1]}</p><h1 id="conclusion">{heads[1]}</h1><p>{text[2]}<a href="#fn2" class="footnote-ref" id="fnref2" role="doc-noteref"><sup>2</sup></a></p><blockquote><p>{text[3]}</p></blockquote><section id="footnotes" class="footnotes footnotes-end-of-document" role="doc-endnotes"><hr /><ol>{"".join(f'<li id="fn{n}"><p>{note}<a href="#fnref{n}" class="footnote-back" role="doc-backlink">↩︎</a></p></li>' for n, note in enumerate(notes, 1))}</ol></section>"""
    head = f'<meta name="generator" content="converter"><meta name="author" content="Eva Novák"><meta name="author" content="Li Wen"><meta name="dcterms.date" content="2018-06-01"><title>{title}</title>'
    true = [
        title,
        sub,
        "Abstract",
        abstract,
        heads[0],
        f"{text[0]} (Brandt 2016)1",
        text[1],
        heads[1],
        text[2] + "2",
        text[3],
        *notes,
    ]
    return page("converted", document(head, body), true, title, "Eva Novák; Li Wen", "2018-06-01")


def agency_of_health_with_folds() -> Page:
    """A health agency: "key points", folded sections, "On this page", sources and resources below, a consent bar first."""
    w = Prose(310)
    title, points, text, heads = (
        "Living beside a river that floods",
        [w.sentence() for _ in range(3)],
        w.paragraphs(6),
        ["Before a flood", "After a flood"],
    )
    fold = f"""<details class="accordion"><summary class="accordion-button">{heads[1]}</summary><div class="accordion-body">{p(text[3:])}</div></details>"""
    body = f"""<div class="cmp-bar" role="region" aria-label="Consent">{COOKIES}</div><a class="skippy visually-hidden-focusable" href="#content">Skip directly to site content</a><header role="banner">{NAV}</header><div class="container d-flex"><main class="container" id="content"><div class="topic-date"><span>March 1, 2025</span></div><h1 class="page-title">{title}</h1><div class="at-a-glance"><h2>Key points</h2><ul>{"".join(f"<li>{t}</li>" for t in points)}</ul></div><nav class="on-this-page"><strong>On This Page</strong><ul><li><a href="#b">{heads[0]}</a></li></ul></nav><div class="dfe-section" data-section="b"><h2 id="b">{heads[0]}</h2><div>{p(text[:3])}</div></div>{fold}<div class="dfe-resources"><h2>Resources</h2><ul><li><a href="/r1">{w.heading()}</a></li><li><a href="/r2">{w.heading()}</a></li></ul></div></main></div><div class="page-information"><div>March 1, 2025</div><div>Content Source: <a href="/o">Office of Rivers</a></div></div><footer role="contentinfo">{FOOTER}</footer>"""
    head = f"<title>{title} | River Health</title>" + og(title, "River Health", "2025-03-01")
    true = [title, "Key points", *points, heads[0], *text[:3], heads[1], *text[3:]]
    return page("health-agency", document(head, body), true, title, "", "2025-03-01")


_MAKERS = (
    french_paper_with_catchers, topic_of_a_forum_for_robots, journal_with_sections_and_rights, science_magazine_with_inline_letter,
    page_out_of_an_archive, agency_story_with_sign_off, published_document_of_an_office_on_the_web, letter_saved_from_a_word_processor,
    page_of_an_open_office, paper_made_by_a_converter, agency_of_health_with_folds,
)  # fmt: skip
