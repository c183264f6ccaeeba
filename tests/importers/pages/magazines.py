"""Platforms, magazines and papers as they are now: boxes, calls and cards in the middle of the text.

Written after the rules were done, like those of `held_out`; what the rules made of them at first sight is said in `offices`.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.importers.pages.page import Page, document, ld, og, page
from tests.importers.pages.words import COOKIES, FOOTER, NAV, NEWSLETTER, SHARE, Prose, p


def pages() -> Iterator[Page]:
    """Every page of this kind."""
    yield from (make() for make in _MAKERS)


def letter_with_calls_in_the_text() -> Page:
    """A newsletter platform: calls to subscribe and share between paragraphs, a pull quote, a discussion below."""
    w = Prose(200)
    title, stand, text, quote, caption = (
        "What the ferry knows",
        w.sentence(),
        w.paragraphs(9),
        w.sentence(),
        w.sentence(),
    )
    call = """<div class="subscription-widget-wrap-editor" data-attrs="{}" data-component-name="SubscribeWidgetToDOM"><div class="subscription-widget show-subscribe"><div class="preamble"><p class="cta-caption">Slow Water is a reader-supported publication. To receive new posts and support my work, consider becoming a free or paid subscriber.</p></div><form class="subscription-widget-subscribe"><input type="email"><div class="fake-button"></div></form></div></div>"""
    image = f"""<div class="captioned-image-container"><figure><a class="image-link image2" target="_blank" href="https://img.example/1.jpeg"><div class="image2-inset"><picture><img src="https://img.example/1.jpeg" alt="" class="sizing-normal"></picture></div></a><figcaption class="image-caption">{caption}</figcaption></figure></div>"""
    body = f"""<div id="entry"><div id="main" class="main typography"><div class="main-menu"><div class="topBar-x1"><a href="/">Slow Water</a><button>Subscribe</button><button>Sign in</button></div></div>
<div class="single-post-container"><div class="container"><div class="single-post"><article class="typography newsletter-post post"><div role="region" aria-label="Post header" class="post-header"><h1 dir="auto" class="post-title published">{title}</h1><h3 dir="auto" class="subtitle">{stand}</h3>
<div role="region" aria-label="Post UFI" class="flex"><div class="profile-hover-card-target"><a href="https://substack.example/@mara">Mara Lindqvist</a></div><div class="meta-EgzBVA">Jan 14, 2025</div></div><div class="post-ufi"><button class="like-button-container post-ufi-button"><div class="label">41</div></button><button class="post-ufi-comment-button"><div class="label">12</div></button><a class="post-ufi-button">Share</a></div></div>
<div class="visibility-check"></div><div><div class="available-content"><div dir="auto" class="body markup">{p(text[:2])}{image}{p(text[2:4])}{call}{p(text[4:6])}<div class="pullquote"><p>{quote}</p></div>{p(text[6:8])}<p class="button-wrapper" data-attrs="{{}}"><a class="button primary" href="https://slow.example/share"><span>Share</span></a></p><h3>Elsewhere</h3>{p(text[8:])}<div><hr></div>{call}</div></div>
<div class="post-footer"><div class="post-ufi"><button>41</button></div></div></div></article></div></div></div>
<div class="container"><div id="discussion"><h4>Discussion about this post</h4><div class="tabs"><button>Comments</button><button>Restacks</button></div><div class="comments-page"><div class="comment-list">{"".join(f'<div class="comment"><div class="comment-meta"><a href="/p">{n}</a></div><div class="comment-body"><p>{t}</p></div></div>' for n, t in (("Anna", w.paragraph(2)), ("Bo", w.paragraph(3))))}</div></div></div>
<div class="portable-archive"><h2>Top Latest</h2>{"".join(f'<div class="post-preview"><a href="/p/1">{h}</a><div>{t}</div></div>' for h, t in w.teasers(3))}</div></div>
<div class="footer-wrap publication-footer"><p>Ready for more?</p><div>© 2025 Mara Lindqvist</div><a href="/privacy">Privacy</a> ∙ <a href="/tos">Terms</a></div></div></div>"""
    head = f"<title>{title} - by Mara Lindqvist - Slow Water</title>" + og(title, "", "", "Mara Lindqvist", "https://slow.example/p/ferry", stand) + ld(
        **{"@type": "NewsArticle", "headline": title, "datePublished": "2025-01-14T07:30:00+00:00", "author": [{"@type": "Person", "name": "Mara Lindqvist"}], "publisher": {"@type": "Organization", "name": "Slow Water"}}
    )  # fmt: skip
    true = [title, stand, *text[:2], caption, *text[2:6], quote, *text[6:8], "Elsewhere", text[8]]
    return page("letter-with-calls", document(head, body), true, title, "Mara Lindqvist", "2025-01-14")


def platform_of_stories() -> Page:
    """A story platform: hashed classes only, claps and "Member-only story" above, "Written by" and tags below."""
    w = Prose(201)
    title, stand, text, heads, caption = (
        "I logged every tide for a year",
        w.sentence(),
        w.paragraphs(8),
        [w.heading(), w.heading()],
        "Photo by Li Wen on Pictures",
    )
    bar = """<div class="ab ac ae"><div class="l"><button aria-label="clap"><span>1.2K</span></button></div><div class="l"><button aria-label="responses"><p class="be b">31</p></button></div><div class="l"><button><p class="be b">Listen</p></button></div><div class="l"><button><p class="be b">Share</p></button></div></div>"""
    body = f"""<div id="root"><div class="a b c"><div class="d e f"><div class="ab q"><a href="/" aria-label="Homepage"></a><div><a href="/signin">Sign up</a><a href="/signin">Sign in</a></div></div></div><div class="l"><article><div class="l"><div class="l"><span class="l"></span><section><div><div class="gp gq">
<div class="ch bg"><div class="cq"><p class="be b bf z">Member-only story</p></div><h1 class="pw-post-title hd he" id="1a2b">{title}</h1><h2 class="pw-subtitle-paragraph ib" id="1a2c">{stand}</h2><div class="ii"><div class="ab"><a rel="noopener follow" href="/@jonas"><div class="l"><img alt="Jonas Weber" class="l" src="x"></div></a><div class="bm bg l"><div class="ab"><span class="be b"><a data-testid="authorName" href="/@jonas">Jonas Weber</a></span><span>·</span><p class="be b"><a href="/follow">Follow</a></p></div><div class="l"><span class="be b"><div class="ab"><span data-testid="storyReadTime">7 min read</span><span>·</span><span data-testid="storyPublishDate">Aug 3, 2023</span></div></span></div></div></div></div>{bar}
<figure class="mr ms"><picture><img alt="" src="x"></picture><figcaption class="ne nf">{caption}</figcaption></figure>
{p(text[:2], ' class="pw-post-body-paragraph nl nm"')}<h1 id="h1" class="og oh">{heads[0]}</h1>{p(text[2:4], ' class="pw-post-body-paragraph nl nm"')}<blockquote class="pf"><p class="nl pg">{text[4]}</p></blockquote><h1 id="h2" class="og oh">{heads[1]}</h1><ul class=""><li class="nl pw">{text[5]}</li><li class="nl pw">{text[6]}</li></ul><p class="pw-post-body-paragraph nl nm">{text[7]}</p></div></div></div></section></div></div></article></div>
<div class="l"><div class="ab"><div class="qd"><a href="/tag/tides"><div class="qh">Tides</div></a><a href="/tag/data"><div class="qh">Data</div></a></div></div>{bar}<div class="ab"><h2 class="be">Written by Jonas Weber</h2><p class="be b">1.9K Followers</p><p class="be b">Counts things by the sea, mostly water, and writes about it.</p><button>Follow</button></div>
<div class="l"><h2 class="be">More from Jonas Weber</h2>{"".join(f'<div class="x1"><article data-testid="post-preview"><a href="/x"><h2>{h}</h2><h3>{t}</h3></a><p>5 min read</p></article></div>' for h, t in w.teasers(4))}<a href="/more">See all from Jonas Weber</a></div><div><a href="/help">Help</a><a href="/status">Status</a><a href="/about">About</a></div></div></div></div>"""
    head = f'<title data-rh="true">{title} | by Jonas Weber | Aug, 2023 | Storyhouse</title><meta property="article:published_time" content="2023-08-03T18:02:11.000Z"><meta name="author" content="Jonas Weber"><meta property="og:site_name" content="Storyhouse"><meta property="og:title" content="{title}">'
    true = [title, stand, caption, *text[:2], heads[0], *text[2:5], heads[1], *text[5:]]
    return page("story-platform", document(head, body), true, title, "Jonas Weber", "2023-08-03")


def weekly_with_letters_and_cartoons() -> Page:
    """A weekly: drop cap, rules, callouts in the text, a letter to sign up for, a correction, "published in print"."""
    w = Prose(202)
    title, stand, text, quote = "The man who mapped the mud", w.sentence(), w.paragraphs(10), w.sentence()
    caption, credit, note = (
        w.sentence(),
        "Photograph by Aisha Rahman for the Weekly",
        "An earlier version of this article misstated the year of the flood.",
    )
    opening = f'<span class="lead-in-text-callout">{text[0][:9]}</span>{text[0][9:]}'
    callout = f"""<div class="CalloutWrapper-abc callout--has-top-border" data-testid="GenericCallout"><div data-testid="cne-interlude"><span>Video From the Weekly</span></div><div><a href="/video/1">{w.heading()}</a></div></div>"""
    letter = """<div class="inline-newsletter-wrapper"><div class="InlineNewsletterTitle-xyz">The daily newsletter</div><div class="dek-9">Our editors pick the best of each day and send it to you with a note of their own.</div><div><a href="/newsletter">Sign up »</a></div></div>"""
    ad = """<div class="ad ad--mid-content should-hold-space"><div class="ad__slot ad__slot--mid-content"></div></div><div data-attr-viewport-monitor="inline-recirc" class="inline-recirc-wrapper"></div>"""
    body = f"""<div id="app-root"><div class="page__header"><nav class="standard-navigation">{NAV}</nav></div><main id="main-content" class="article main-content"><article class="article main-content" lang="en-US"><div data-testid="ContentHeaderHed"><header class="SplitScreenContentHeaderWrapper-abc"><div class="Rubric-1"><a href="/magazine/profiles">Profiles</a></div><h1 data-testid="ContentHeaderHed" class="BaseText-1 Hed-2">{title}</h1><div class="ContentHeaderDek-3">{stand}</div><div data-testid="BylinesWrapper"><p class="byline bylines__byline"><span itemprop="author"><span class="BylineNamesWrapper"><span class="BylinePreamble">By </span><a class="byline__name-link" href="/contributors/helen-strand">Helen Strand</a></span></span></p></div><time data-testid="ContentHeaderPublishDate" datetime="2022-10-17">October 17, 2022</time><div class="CaptionWrapper caption"><span class="caption__text">{caption}</span><span class="caption__credit">{credit}</span></div></header></div>
<div class="ActionBar-1"><button>Save this story</button><button>Save this story</button></div><div class="content-background content-padding-top-medium"><div data-attribute-verso-pattern="article-body" class="ArticlePageContentBackGround-1 article-body__content"><div class="ArticlePageChunks"><div class="ArticlePageChunksGrid"><div class="ArticlePageChunksContent"><div class="GridWrapper"><div class="GridItem"><div class="body body__container article__body"><div class="body__inner-container"><p class="has-dropcap has-dropcap__lead-standard-heading paywall">{opening}</p>{p(text[1:3], ' class="paywall"')}{callout}{p(text[3:5], ' class="paywall"')}<blockquote class="PullQuoteEmbedWrapper"><p class="PullQuoteEmbedContent">“{quote}”</p></blockquote></div></div></div></div>{ad}<div class="body body__container article__body"><div class="body__inner-container"><hr class="paywall">{p(text[5:8], ' class="paywall"')}{letter}{p(text[8:], ' class="paywall"')} <p class="paywall"><em>{note}</em> ♦</p></div></div></div></div></div></div></div>
<div data-testid="ArticlePageDisclaimer"><div>Published in the print edition of the October 24, 2022, issue, with the headline “Silt.”</div></div></div><div class="ContentFooterBottom"><div class="ContributorBio"><div><a href="/contributors/helen-strand">Helen Strand</a> <p>has written for the Weekly since 2009. She is at work on a book about estuaries.</p></div></div><div class="TagCloud"><span>More:</span><a href="/tag/maps">Maps</a><a href="/tag/mud">Mud</a></div><div>{NEWSLETTER}</div><div class="ContentCardEmbed"><h2>Read More</h2>{"".join(f'<div class="summary-item"><a href="/1"><h3>{h}</h3></a><div>{t}</div></div>' for h, t in w.teasers(4))}</div></div></article></main><footer class="site-footer">{FOOTER}</footer></div>"""
    head = f"<title>{title} | The Weekly</title>" + og(title, "The Weekly", "", "Condensed", "https://weekly.example/magazine/2022/10/24/mud", stand) + ld(
        **{"@type": "NewsArticle", "headline": title, "datePublished": "2022-10-17T06:00:00.000-04:00", "author": [{"@type": "Person", "name": "Helen Strand"}], "isAccessibleForFree": False}
    )  # fmt: skip
    true = [title, stand, f"{caption} {credit}", *text[:5], quote, *text[5:], note]
    return page("weekly", document(head, body), true, title, "Helen Strand", "2022-10-17")


def monthly_with_links_in_brackets() -> Page:
    """A monthly: hashed classes, "[Read: …]" lines, an injected box of links, a pull quote that repeats, a bio of the author."""
    w = Prose(203)
    title, stand, text, caption = "Nobody owns the horizon", w.sentence(), w.paragraphs(9), w.sentence()
    read = f'<p class="ArticleParagraph_root__4mszW" id="injected-recirculation-link-0"><a href="https://monthly.example/ideas/1"><i>[Read: {w.heading()}]</i></a></p>'
    also = f'<p class="ArticleRelatedContentLink_root__VYc9V"><a href="https://monthly.example/ideas/2">From the May 2019 issue: {w.heading()}</a></p>'
    quote = text[3].split(". ")[0]
    cls = ' class="ArticleParagraph_root__4mszW" data-flatplan-paragraph="true"'
    body = f"""<div id="__next"><nav class="Nav_root__x">{NAV}</nav><main id="main-content"><article class="ArticlePageWrapper_article"><header class="ArticleHero_root__3s"><div class="ArticleRubric_root"><a href="/ideas">Ideas</a></div><h1 class="ArticleTitle_root__VrZaG">{title}</h1><p class="ArticleDek_root__P3leE">{stand}</p><div class="ArticleBylines_root"><address id="byline">By <a class="ArticleBylines_link" href="/author/ines">Ines Carvalho</a></address></div><figure class="ArticleLeadFigure_root"><img alt="A grey sea"><figcaption class="ArticleLeadFigure_caption">{caption}</figcaption></figure></header><div class="ArticleTimestamp"><time class="ArticleTimestamp_root" datetime="2024-02-08T12:00:00Z">February 8, 2024</time></div><div class="ArticleShare_root"><button>Share</button><button>Save</button></div>
<section class="ArticleBody_root__2gF81"><div class="ArticleAudio_root"><p>Listen to this article</p><div>00:00 / 18:20</div><p>Listen to more stories on hark</p></div><p{cls}><em>Sign up for <a href="/newsletters">the Monthly Daily</a>, a letter that guides you through the biggest stories.</em></p>{p(text[:2], cls)}{read}{p(text[2:4], cls)}<aside class="ArticlePullquote_root">{quote}</aside>{p(text[4:6], cls)}{also}{p(text[6:], cls)}<hr class="ArticleLegalDisclaimer_root"><p class="c-legal">&#8203;When you buy a book using a link on this page, we receive a commission. Thank you for supporting the Monthly.</p></section>
<div class="ArticleBio_root"><h2>About the Author</h2><div><a href="/author/ines">Ines Carvalho</a><div>Ines Carvalho is a staff writer at the Monthly.</div></div></div><div class="ArticleTags_root">Explore More Topics <a href="/t/sea">Sea</a> <a href="/t/law">Law</a></div></article><section class="MorePopular"><h2>Popular</h2>{"".join(f'<a href="/3"><h3>{h}</h3><p>{t}</p></a>' for h, t in w.teasers(3))}</section></main><footer>{FOOTER}</footer></div>"""
    head = f"<title>{title} - The Monthly</title>" + og(
        f"{title}",
        "The Monthly",
        "2024-02-08T12:00:00Z",
        "Ines Carvalho",
        "https://monthly.example/ideas/archive/2024/02/horizon/1/",
        stand,
    )
    return page(
        "monthly", document(head, body), [title, stand, caption, *text], title, "Ines Carvalho", "2024-02-08"
    )


def block_theme_with_footnotes() -> Page:
    """A blog program's block theme: notes with long ids, buttons, related posts, comments and a template's footer."""
    w = Prose(204)
    title, text, notes, heads = (
        "Counting boats, badly",
        w.paragraphs(7),
        [w.sentence(), w.sentence()],
        [w.heading()],
    )
    ids = ("5f1c2d9e-0b1a-4f7e-9a51-1c2d3e4f5a6b", "9a8b7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c6d")
    html = [*text]
    for at, (n, key) in zip((1, 4), enumerate(ids, 1), strict=True):
        html[at] += f'<sup data-fn="{key}" class="fn"><a href="#{key}" id="{key}-link">{n}</a></sup>'
    items = "".join(
        f'<li id="{key}">{note} <a href="#{key}-link" aria-label="Jump to footnote reference {n}">↩︎</a></li>'
        for n, (key, note) in enumerate(zip(ids, notes, strict=True), 1)
    )
    body = f"""<a class="skip-link screen-reader-text" href="#wp--skip-link--target">Skip to content</a><div class="wp-site-blocks"><header class="wp-block-template-part"><div class="wp-block-group"><p class="wp-block-site-title"><a href="/">Harbour notes</a></p><nav class="wp-block-navigation">{NAV}</nav></div></header>
<main class="wp-block-group is-layout-flow" id="wp--skip-link--target"><div class="wp-block-group has-global-padding"><h1 class="wp-block-post-title">{title}</h1><div class="wp-block-template-part"><div class="wp-block-group"><div class="wp-block-post-date"><time datetime="2024-05-21T09:00:00+00:00"><a href="/x">May 21, 2024</a></time></div><p class="has-contrast-2-color">—</p><div class="wp-block-post-author-name"><p>by <a href="/author/oskar">Oskar Brandt</a></p></div><div class="taxonomy-category wp-block-post-terms"><span class="wp-block-post-terms__prefix">in </span><a href="/c" rel="tag">Boats</a></div></div></div></div>
<div class="entry-content wp-block-post-content has-global-padding is-layout-constrained">{p(html[:3], ' class="wp-block-paragraph"')}<h2 class="wp-block-heading">{heads[0]}</h2>{p(html[3:6])}<div class="wp-block-buttons"><div class="wp-block-button"><a class="wp-block-button__link wp-element-button" href="/join">Join the crew</a></div></div>{p(html[6:])}<ol class="wp-block-footnotes">{items}</ol><div class="sharedaddy sd-sharing-enabled"><div class="robots-nocontent sd-block"><h3 class="sd-title">Share this:</h3><div class="sd-content"><ul><li><a href="/?share=facebook"><span>Click to share on Facebook (Opens in new window)</span><span>Facebook</span></a></li></ul></div></div></div><div id="jp-relatedposts" class="jp-relatedposts"><h3 class="jp-relatedposts-headline"><em>Related</em></h3></div></div>
<div class="wp-block-group"><div class="wp-block-post-navigation-link"><a href="/p"><span>Previous: </span>{w.heading()}</a></div><div class="wp-block-post-navigation-link"><a href="/n"><span>Next: </span>{w.heading()}</a></div></div><div class="wp-block-comments"><h2>Comments</h2><h3 class="wp-block-comments-title">2 responses to “{title}”</h3><ol class="wp-block-comment-template"><li><div class="wp-block-comment-author-name">Tom</div><div class="wp-block-comment-content"><p>{w.paragraph(3)}</p></div></li><li><div class="wp-block-comment-content"><p>{w.paragraph(3)}</p></div></li></ol><div class="comment-respond"><h3>Leave a Reply</h3></div></div>
<h2 class="wp-block-heading">More posts</h2><div class="wp-block-query"><ul class="wp-block-post-template">{"".join(f'<li><h2 class="wp-block-post-title"><a href="/z">{h}</a></h2><div class="wp-block-post-excerpt">{t}</div></li>' for h, t in w.teasers(3))}</ul></div></main><footer class="wp-block-template-part">{FOOTER}</footer></div>"""
    head = f"<title>{title} &#8211; Harbour notes</title>" + og(
        title, "Harbour notes", "2024-05-21T09:00:00+00:00", "Oskar Brandt"
    )
    true = [title, text[0], text[1] + "1", text[2], heads[0], text[3], text[4] + "2", *text[5:], *notes]
    return page("block-theme", document(head, body), true, title, "Oskar Brandt", "2024-05-21")


def static_theme_with_numbered_code() -> Page:
    """A static site: crumbs, a folded table of contents, code in a table with line numbers, notes, previous and next."""
    w = Prose(205)
    title, text, heads, note = "A cron job for the tide", w.paragraphs(6), ["Why", "How"], w.sentence()
    code = ["def tide(hour):", "    return level_at(hour) - chart_datum", "print(tide(11))"]
    numbers = "\n".join(f'<span class="lnt">{n}</span>' for n in range(1, 4))
    lines = "".join(f'<span class="line"><span class="cl">{line}\n</span></span>' for line in code)
    block = f"""<div class="highlight"><div class="chroma"><table class="lntable"><tr><td class="lntd"><pre tabindex="0" class="chroma"><code>{numbers}\n</code></pre></td><td class="lntd"><pre tabindex="0" class="chroma"><code class="language-python" data-lang="python">{lines}</code></pre></td></tr></table></div></div>"""
    body = f"""<header class="header"><nav class="nav"><div class="logo"><a href="/">ebb.example</a></div><ul id="menu"><li><a href="/posts/"><span>Posts</span></a></li><li><a href="/tags/"><span>Tags</span></a></li></ul></nav></header><main class="main"><article class="post-single"><header class="post-header"><div class="breadcrumbs"><a href="/">Home</a>&nbsp;»&nbsp;<a href="/posts/">Posts</a></div><h1 class="post-title entry-hint-parent">{title}</h1><div class="post-meta"><span title="2024-03-03 00:00:00 +0000 UTC">March 3, 2024</span>&nbsp;·&nbsp;5 min&nbsp;·&nbsp;812 words&nbsp;·&nbsp;Ines Carvalho&nbsp;|&nbsp;<a href="https://git.example/edit" rel="noopener noreferrer edit">Suggest Changes</a></div></header><div class="toc"><details><summary accesskey="c"><span class="details">Table of Contents</span></summary><div class="inner"><ul><li><a href="#why">Why</a></li><li><a href="#how">How</a></li></ul></div></details></div>
<div class="post-content"><h2 id="why">{heads[0]}<a hidden class="anchor" aria-hidden="true" href="#why">#</a></h2>{p(text[:2])}<p>{text[2]}<sup id="fnref:1"><a href="#fn:1" class="footnote-ref" role="doc-noteref">1</a></sup></p><h2 id="how">{heads[1]}<a hidden class="anchor" aria-hidden="true" href="#how">#</a></h2>{p(text[3:4])}{block}{p(text[4:])}<div class="footnotes" role="doc-endnotes"><hr><ol><li id="fn:1"><p>{note}&#160;<a href="#fnref:1" class="footnote-backref" role="doc-backlink">&#x21a9;&#xfe0e;</a></p></li></ol></div></div>
<footer class="post-footer"><ul class="post-tags"><li><a href="/tags/cron/">Cron</a></li></ul><nav class="paginav"><a class="prev" href="/p"><span class="title">« Prev</span><br><span>{w.heading()}</span></a></nav><div class="share-buttons">{SHARE}</div></footer></article></main><footer class="footer"><span>© 2024 <a href="/">ebb.example</a></span> · <span>Powered by <a href="https://h.example">Hugo</a></span></footer>"""
    head = f'<title>{title} | ebb.example</title><meta name="author" content="Ines Carvalho">' + og(title, "ebb.example", "2024-03-03T00:00:00+00:00") + ld(
        **{"@type": "BlogPosting", "headline": title, "datePublished": "2024-03-03T00:00:00Z", "author": {"@type": "Person", "name": "Ines Carvalho"}}
    )  # fmt: skip
    true = [title, heads[0], *text[:2], text[2] + "1", heads[1], text[3], *code, *text[4:], note]
    return page("numbered-code", document(head, body), true, title, "Ines Carvalho", "2024-03-03")


def blog_of_divs_and_captioned_tables() -> Page:
    """A free blog host: paragraphs by breaks and divs, pictures in tables with their captions, labels and comments below."""
    w = Prose(206)
    title, text, caption = "My grandmother's barometer", w.paragraphs(7), w.sentence()
    picture = f"""<table align="center" cellpadding="0" cellspacing="0" class="tr-caption-container" style="margin-left: auto"><tbody><tr><td style="text-align: center;"><a href="https://b.example/s1600/1.jpg"><img border="0" src="https://b.example/1.jpg" alt="A brass barometer"></a></td></tr><tr><td class="tr-caption" style="text-align: center;">{caption}</td></tr></tbody></table><br>"""
    body = f"""<div class="page"><div class="page_body"><div class="centered"><header class="centered-top-container" role="banner"><div class="section" id="header"><div class="widget Header"><h1><a href="/">Small instruments</a></h1></div></div></header><main class="centered-bottom" role="main"><div class="main section" id="page_body"><div class="widget Blog" data-version="2" id="Blog1"><div class="blog-posts hfeed"><article class="post-outer-container"><div class="post-outer"><div class="post"><a name="4711"></a><h3 class="post-title entry-title">{title}</h3><div class="post-header"><div class="post-header-line-1"><span class="byline post-author vcard"><span class="post-author-label">By</span> <span class="fn"><a class="g-profile" href="https://b.example/profile/9" rel="author"><span>Rosa Jiménez</span></a></span></span> <span class="byline post-timestamp">- <a class="timestamp-link" href="/x"><time class="published" datetime="2019-11-02T21:14:00+01:00">November 02, 2019</time></a></span></div></div>
<div class="post-body entry-content float-container" id="post-body-4711">{text[0]}<br><br>{text[1]}<br><br>{picture}<div>{text[2]}</div><div><br></div><div>{text[3]}</div><div><br></div><div style="text-align: justify;"><span style="font-family: georgia;">{text[4]}</span></div><div><br></div><blockquote class="tr_bq">{text[5]}</blockquote>{text[6]}<div><br></div></div>
<div class="post-bottom"><div class="post-footer"><div class="post-footer-line post-footer-line-0"><span class="byline post-labels"><span class="byline-label">Labels:</span> <span class="labels"><a href="/search/label/brass" rel="tag">brass</a></span></span></div></div><div class="post-share-buttons post-share-buttons-bottom"><div class="byline post-share-buttons"><ul><li><span>Get link</span></li><li><a href="/f">Facebook</a></li></ul></div></div></div></div></div><section class="comments embed" id="comments"><h3 class="title">Comments</h3><div class="comment-thread"><ol><li class="comment"><div class="comment-header"><cite class="user">Karl</cite></div><p class="comment-content">{w.paragraph(4)}</p></li></ol></div><p class="comment-footer"><a href="/post">Post a Comment</a></p></section></article></div></div><div class="widget PopularPosts"><h3 class="title">Popular posts from this blog</h3>{"".join(f'<div class="post-content"><h3 class="post-title"><a href="/q">{h}</a></h3><div class="item-content"><div class="snippet-container">{t} …</div></div></div>' for h, t in w.teasers(2))}</div></div></main></div></div></div>"""
    head = f"<title>{title}</title><meta content='blogger' name='generator'><link href='https://small.example/2019/11/barometer.html' rel='canonical'><meta content=\"{title}\" property='og:title'>"
    true = [title, *text[:2], caption, *text[2:]]
    return page("blog-host", document(head, body), true, title, "Rosa Jiménez", "2019-11-02")


def site_builder() -> Page:
    """A site builder: blocks in rows and columns, a summary block of other posts, a sign-up block, previous and next."""
    w = Prose(207)
    title, text, quote, caption = "On making rope by hand", w.paragraphs(6), w.sentence(), w.sentence()

    def row(inner: str, kind: str = "html-block") -> str:
        return f'<div class="row sqs-row"><div class="col sqs-col-12 span-12"><div class="sqs-block {kind} sqs-block-{kind.split("-")[0]}" data-block-type="2"><div class="sqs-block-content">{inner}</div></div></div></div>'

    body = f"""<div id="siteWrapper" class="clearfix site-wrapper"><header id="header" class="header theme-col--primary">{NAV}</header><main id="page" class="container" role="main"><article class="sections" id="sections"><section class="page-section content-collection blog-item-section"><div class="content-wrapper"><div class="content"><div class="blog-item-wrapper"><article class="h-entry entry blog-item-wrapper" data-item-id="1"><div class="blog-item-inner-wrapper"><div class="blog-item-top-wrapper"><div class="blog-item-title"><h1 class="entry-title entry-title--large p-name" data-content-field="title" itemprop="headline">{title}</h1></div><div class="blog-item-meta-wrapper"><a class="blog-author-name" href="/blog?author=1">Samuel Price</a><time class="dt-published blog-meta-item--date" datetime="Oct 9" pubdate><span>Oct 9</span></time></div></div>
<div class="blog-item-content-wrapper"><div class="blog-item-content e-content"><div class="sqs-layout sqs-grid-12 columns-12" data-layout-label="Post Body">{row(f'<div class="sqs-html-content">{p(text[:2])}</div>')}{row(f'<div class="image-block-outer-wrapper"><figure class="sqs-block-image-figure"><div class="image-block-wrapper"><img alt="rope.jpg"></div><figcaption class="image-caption-wrapper"><p>{caption}</p></figcaption></figure></div>', "image-block")}{row(f'<figure class="block-animation-none"><blockquote><span>“</span>{quote}<span>”</span></blockquote><figcaption class="source">&mdash; Eva Novák</figcaption></figure>', "quote-block")}{row(f'<div class="sqs-html-content">{p(text[2:])}</div>')}{row('<div class="newsletter-block"><div class="newsletter-form-header"><h2>Join the list</h2><p>One letter a month about fibres, knots and the people who make them.</p></div><form><button>Sign Up</button></form></div>', "newsletter-block")}</div></div></div><div class="blog-item-share-wrapper">{SHARE}</div><div class="blog-item-comments"><div class="squarespace-comments"><div class="comments-header">Comments (1)</div><div class="comment"><p>{w.paragraph(2)}</p></div></div></div></div></article></div><section class="item-pagination item-pagination--prev-next"><a class="item-pagination-link item-pagination-link--prev" href="/p"><div class="item-pagination-prev-next">Previous</div><h2 class="item-pagination-title">{w.heading()}</h2></a></section></div></div></section></article></main><footer class="sections" id="footer-sections">{FOOTER}</footer></div>"""
    head = (
        f"<title>{title} — Fibre House</title>"
        f'<meta property="og:title" content="{title} — Fibre House"><meta property="og:site_name" content="Fibre House"><meta itemprop="datePublished" content="2021-10-09T10:30:00+0100"><meta itemprop="author" content="Samuel Price"><meta itemprop="headline" content="{title}">'
    )
    true = [title, *text[:2], caption, quote, "— Eva Novák", *text[2:]]
    return page("site-builder", document(head, body), true, title, "Samuel Price", "2021-10-09")


def radio_story() -> Page:
    """A radio network: player with embed code, captions said twice with "toggle caption", a promo in the text, transcript link."""
    w = Prose(208)
    title, text, caption, credit = (
        "Why the gulls moved inland",
        w.paragraphs(9),
        w.sentence(),
        "Tobias Okafor/Coast Radio",
    )
    image = f"""<div id="res11" class="bucketwrap image large"><div class="imagewrap has-source-dimensions"><picture><img src="x" alt="Gulls on a roof"></picture></div><div class="credit-caption"><div class="caption-wrap"><div class="caption" aria-label="Image caption"><p>{caption} <b class="credit" aria-label="Image credit">{credit}</b> <b class="hide-caption"><b>hide caption</b></b></p></div><b class="toggle-caption"><b>toggle caption</b></b></div><span class="credit" aria-label="Image credit">{credit}</span></div></div>"""
    promo = f"""<div id="res12" class="bucketwrap internallink insettwocolumn inset2col"><div class="bucket img"><a href="/1"></a><div class="bucketblock"><h3 class="slug"><a href="/s">Science</a></h3><h3><a href="/1">{w.heading()}</a></h3></div></div></div>"""
    body = f"""<header id="npheader">{NAV}<a href="/donate">Donate</a></header><main><div id="main-section"><article class="story clearfix"><div class="slug-wrap"><h3 class="slug"><a href="/science">Science</a></h3></div><div class="storytitle"><h1>{title}</h1></div><div id="story-meta" class="story-meta"><div class="story-meta__one"><div class="dateblock"><time datetime="2023-04-05T05:01:07-04:00"><span class="date">April 5, 2023</span><span class="time">5:01 AM ET</span></time></div><span class="program-block">Heard on <a href="/me">Morning Tide</a></span></div><div class="story-meta__two"><div id="storybyline"><div class="bucketwrap byline"><div class="byline-container--block"><div class="byline byline--block"><p class="byline__name byline__name--block"><a href="/people/1/nadia-haddad" rel="author">Nadia Haddad</a></p></div></div></div></div></div></div>
<div id="primaryaudio"><div class="bucketwrap resaudio primaryaudio"><article class="bucket"><b class="audio-module-listen"><b class="audio-module-listen-text"><b class="audio-module-cta">Listen</b><span>·</span> <time>3:51</time></b></b><div class="audio-module-more"><button>Toggle more options</button><ul><li class="audio-tool audio-tool-download"><a href="/a.mp3">Download</a></li><li class="audio-tool audio-tool-embed"><button>Embed</button><div class="audio-embed-overlay"><b>Embed</b><code>&lt;iframe src="https://radio.example/player/embed/1/2" width="100%"&gt;</code></div></li><li class="audio-tool audio-tool-transcript"><a href="/t">Transcript</a></li></ul></div></article></div></div>
<div id="storytext" class="storytext storylocation linkLocation">{image}{p(text[:3])}<aside id="ad-backstage-wrap"><div><p>Sponsor Message</p></div></aside>{p(text[3:5])}{promo}{p(text[5:])}<p class="contributors-text"><em>The audio version of this story was produced by Li Wen.</em></p></div><div class="tags"><ul><li><a href="/g">gulls</a></li></ul></div><div class="share-tools share-tools--secondary">{SHARE}</div></article></div><aside id="sidebar"><h2>More stories</h2><ul><li><a href="/2">{w.heading()}</a></li></ul></aside></main><footer id="npfooter">{FOOTER}</footer>"""
    head = f"<title>{title} : Coast Radio</title>" + og(f"{title}", "Coast Radio", "", "", "https://radio.example/2023/04/05/1167/gulls") + ld(
        **{"@type": "NewsArticle", "headline": title, "datePublished": "2023-04-05T05:01:07-04:00", "author": {"@type": "Person", "name": ["Nadia Haddad"]}, "publisher": {"@type": "Organization", "name": "Coast Radio"}}
    )  # fmt: skip
    true = [title, f"{caption} {credit}", *text, "The audio version of this story was produced by Li Wen."]
    return page("radio", document(head, body), true, title, "Nadia Haddad", "2023-04-05")


def german_paper_with_boxes() -> Page:
    """A paper in German: boxes with neutral names in the text, a call to support it, a correction, the author's box."""
    w = Prose(209)
    title, stand, text = "Der Hafen, der wandern ging", w.sentence(), w.paragraphs(8)
    inset = f"""<div class="c-box c-box--inset"><div class="c-box__headline">Lesen Sie auch</div><ul class="c-box__list"><li><a href="/1">{w.heading()}</a></li><li><a href="/2">{w.heading()}</a></li></ul></div>"""
    support = """<section class="c-box"><h3>Journalismus unterstützen</h3><p>Unsere Texte bleiben frei, weil viele freiwillig dafür zahlen.</p><p><a class="c-button" href="/zahlen">Jetzt unterstützen</a></p></section>"""
    body = f"""<div class="l-page"><div class="c-skip"><a href="#inhalt">Zum Inhalt springen</a></div><header class="l-header">{NAV}</header><main id="inhalt" class="l-main"><div class="c-article"><div class="c-article__head"><span class="c-article__kicker">Küste</span><h1 class="c-article__headline">{title}</h1><p class="c-article__intro">{stand}</p><div class="c-article__info"><span>Von <a href="/autor/oskar-brandt">Oskar Brandt</a></span> <time datetime="2025-06-11T16:20">11.06.2025, 16:20 Uhr</time></div></div><div class="c-article__tools"><a href="/m">Merken</a> <a href="/d">Drucken</a> <a href="/t">Teilen</a></div>
<div class="c-richtext">{p(text[:2])}<div class="c-ad"><span class="c-ad__label">Anzeige</span></div>{p(text[2:4])}{inset}{p(text[4:6])}{support}{p(text[6:])}</div><div class="c-note"><p>Fehler auf dieser Seite gefunden? <a href="/f">Schreiben Sie uns</a></p></div><div class="c-person"><h4>Oskar Brandt</h4><p>schreibt seit 2011 über Häfen und was aus ihnen wird.</p><a href="/autor/oskar-brandt">Alle Texte</a></div><div class="c-topics"><span>Themen:</span> <a href="/t/1">Hafen</a> <a href="/t/2">Küste</a></div></div><div class="c-stage"><h2>Meistgelesen</h2>{"".join(f'<div class="c-teaser"><a href="/5"><h3>{h}</h3></a><p>{t}</p></div>' for h, t in w.teasers(3))}</div></main><footer class="l-footer">{FOOTER}</footer></div>"""
    head = f"<title>{title} | Küstenblatt</title>" + og(
        title, "Küstenblatt", "2025-06-11T16:20:00+02:00", "Oskar Brandt"
    )
    return page(
        "german-boxes", document(head, body, "de"), [title, stand, *text], title, "Oskar Brandt", "2025-06-11"
    )


def guide_to_products() -> Page:
    """A test of things to buy: numbered headings, boxes with prices and shops, a table of results, "why trust us"."""
    w = Prose(210)
    title, stand, text = "The 4 best hand lamps of 2025", w.sentence(), w.paragraphs(3)
    picks = [
        (f"{n}. {name}", w.paragraph(3), w.paragraph(2))
        for n, name in enumerate(("Brightwater 40", "Ember Mini", "Old Faithful", "Lantern No. 9"), 1)
    ]
    blocks = "".join(
        f"""<h2>{head}</h2><div class="product-embed"><div class="product-embed__content"><div class="product-embed__title">{head[3:]}</div><ul><li><a class="external-link button" rel="sponsored" href="https://shop.example/1">$49 at Shopalot</a></li><li><a class="external-link button" rel="sponsored" href="https://buy.example/1">$47 at Buymore</a></li></ul></div></div><p>{one}</p><p>{two}</p>"""
        for head, one, two in picks
    )
    rows = [
        ("Lamp", "Hours", "Weight"),
        ("Brightwater 40", "11", "310 g"),
        ("Ember Mini", "6", "90 g"),
        ("Old Faithful", "9", "420 g"),
    ]
    table = f"<div class='table-wrapper'><table><thead><tr>{''.join(f'<th>{c}</th>' for c in rows[0])}</tr></thead><tbody>{''.join('<tr>' + ''.join(f'<td>{c}</td>' for c in r) + '</tr>' for r in rows[1:])}</tbody></table></div>"
    body = f"""<div class="site">{NAV}<main><article><header class="header"><div class="rubric"><a href="/gear">Gear</a></div><h1>{title}</h1><p class="dek">{stand}</p><div class="bylines">By <a href="/author/eva-novak" rel="author">Eva Novák</a> <time datetime="2025-09-30T07:00:00Z">Sep 30, 2025</time></div></header><div class="affiliate-disclosure"><p>If you buy something using links in our stories, we may earn a commission. <a href="/affiliates">Learn more</a>.</p></div><div class="article-content"><div class="jump-links"><span>Jump to:</span><a href="#1">Brightwater 40</a><a href="#2">Ember Mini</a><a href="#3">Old Faithful</a></div>{p(text)}{blocks}<h2>How they compare</h2>{table}<div class="newsletter-promo">{NEWSLETTER}</div></div><div class="tag-list"><a href="/t">Lamps</a></div></article><section class="recirc"><h2>More great guides</h2>{"".join(f'<a href="/9">{h}</a>' for h, _ in w.teasers(3))}</section></main><footer>{FOOTER}</footer></div>"""
    head = (
        f"<title>{title} | Wired Shed</title>"
        + og(title, "Wired Shed")
        + ld(
            **{
                "@type": "NewsArticle",
                "headline": title,
                "datePublished": "2025-09-30T07:00:00Z",
                "author": [{"@type": "Person", "name": "Eva Novák"}],
            }
        )
    )
    true = [
        title,
        stand,
        *text,
        *(t for pick in picks for t in pick),
        "How they compare",
        *(" ".join(r) for r in rows),
    ]
    return page("products", document(head, body), true, title, "Eva Novák", "2025-09-30")


def rolling_report() -> Page:
    """A live report: key points, entries as articles with times and bylines, share bars, older posts by pages."""
    w = Prose(211)
    title, stand, points = (
        "Storm tide at Seaholm – as it happened",
        w.sentence(),
        [w.sentence() for _ in range(3)],
    )
    posts = [(f"{18 - n}:0{n}", w.heading(), w.paragraphs(2)) for n in range(6)]
    entries = "".join(
        f"""<article id="block-{n}" class="dcr-1y block"><header><a href="?page=with:block-{n}"><time data-relativeformat="med" datetime="2024-01-09T{at}:00Z">{at} GMT</time></a><h2 class="dcr-h2">{head}</h2></header><div class="block-contributor"><span>Aisha Rahman</span></div>{p(text, ' class="dcr-p"')}<footer><div class="share-block"><a href="https://f.example/share">Share</a></div><span class="updated">Updated at {at} GMT</span></footer></article>"""
        for n, (at, head, text) in enumerate(posts)
    )
    body = f"""<header>{NAV}</header><main><div class="liveblog-head"><h1>{title}</h1><div class="standfirst"><p>{stand}</p></div><div class="contributors"><address aria-label="Contributor info">Aisha Rahman</address></div><div class="publish-date">Tue 9 Jan 2024 18.00 GMT</div></div><div class="liveblog-grid"><div class="key-events"><h2>Key events</h2><ol><li><a href="#block-1"><time>18:00</time> {posts[0][1]}</a></li><li><a href="#block-2"><time>17:01</time> {posts[1][1]}</a></li></ol></div><div id="liveblog-body" class="liveblog-body"><div class="summary-block"><h2>Summary</h2><ul>{"".join(f"<li>{t}</li>" for t in points)}</ul></div>{entries}</div><div class="pagination"><a href="?page=1">Newest</a> <span>1 of 3</span> <a href="?page=2">Older</a></div></div><section class="onward"><h2>Most viewed</h2>{"".join(f'<a href="/9">{h}</a>' for h, _ in w.teasers(3))}</section></main><footer>{FOOTER}</footer>"""
    head = f"<title>{title} | Weather | The Lookout</title>" + og(
        title, "The Lookout", "2024-01-09T12:00:00Z", "Aisha Rahman"
    )
    true = [
        title,
        stand,
        "Summary",
        *points,
        *(t for at, head, text in posts for t in (f"{at} GMT", head, *text)),
    ]
    return page("rolling-report", document(head, body), true, title, "Aisha Rahman", "2024-01-09")


def story_with_reactions_below() -> Page:
    """A paper whose readers' words are longer than the story and stand in elements with neutral names."""
    w = Prose(212)
    title, text = "Ring road closed until Friday", w.paragraphs(4)
    voices = "".join(
        f"""<div class="voice"><div class="voice__who">walker{n}</div><div class="voice__when">{n} hours ago</div><div class="voice__said">{w.paragraph(3)}</div><div class="voice__do"><a href="/r">Reply</a> <a href="/l">Like ({n})</a></div></div>"""
        for n in range(1, 15)
    )
    body = f"""<div id="top">{NAV}</div><div id="story"><h1>{title}</h1><div class="credits">Pieter van Dalen · 2 December 2025 · 11:40</div>{p(text)}</div><div id="voices"><h3>Comments (14)</h3><p>Please stay friendly. Our rules for the discussion apply to all who write here.</p>{voices}</div><div id="below">{COOKIES}{FOOTER}</div>"""
    head = f"<title>{title} - Upland Post</title>" + og(
        title, "Upland Post", "2025-12-02T11:40:00+01:00", "Pieter van Dalen"
    )
    return page("reactions", document(head, body), [title, *text], title, "Pieter van Dalen", "2025-12-02")


_MAKERS = (
    letter_with_calls_in_the_text, platform_of_stories, weekly_with_letters_and_cartoons, monthly_with_links_in_brackets,
    block_theme_with_footnotes, static_theme_with_numbered_code, blog_of_divs_and_captioned_tables, site_builder, radio_story,
    german_paper_with_boxes, guide_to_products, rolling_report, story_with_reactions_below,
)  # fmt: skip
