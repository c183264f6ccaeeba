"""Offices, institutes, encyclopaedias and journals, pages of the years before style sheets, and pages without a text of
their own.

Written after the rules were done, as `magazines`. The 24 pages
of both at first sight: body F1 .830 (least .006: both pages that are filled by a script; .182 and .371 two more), titles 22, authors
22, dates 23 of 24. The truth was corrected in three places since: authors that are an office, an infobox that counts, a date that is said.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from tests.importers.pages.page import Page, document, ld, og, page
from tests.importers.pages.words import COOKIES, FOOTER, NAV, SHARE, Prose, p


def pages() -> Iterator[Page]:
    """Every page of this kind."""
    yield from (make() for make in _MAKERS)


def guidance_of_a_ministry() -> Page:
    """A government's guidance: banners, a list of facts, a contents list, a call, notes, "Is this page useful?"."""
    w = Prose(220)
    title, lead, text, heads, note = (
        "Moor a boat in a public harbour",
        w.sentence(),
        w.paragraphs(6),
        ["Who can apply", "What it costs"],
        w.sentence(),
    )
    rows = [("Length of boat", "Fee each month"), ("Up to 6 metres", "£41"), ("Up to 12 metres", "£83")]
    table = f"<table><caption>Fees from April 2025</caption><thead><tr>{''.join(f'<th scope=col>{c}</th>' for c in rows[0])}</tr></thead><tbody>{''.join('<tr>' + ''.join(f'<td>{c}</td>' for c in r) + '</tr>' for r in rows[1:])}</tbody></table>"
    body = f"""<div id="global-cookie-message" class="gem-c-cookie-banner govuk-cookie-banner">{COOKIES}</div><a href="#content" class="gem-c-skip-link govuk-skip-link">Skip to main content</a><header class="gem-c-layout-super-navigation-header">{NAV}</header><div id="wrapper" class="govuk-width-container"><div class="gem-c-phase-banner"><strong>Beta</strong> <span>This is a new service – your <a href="/feedback">feedback</a> will help us to improve it.</span></div><nav class="gem-c-breadcrumbs"><ol><li><a href="/">Home</a></li><li><a href="/boats">Boats</a></li></ol></nav><main role="main" id="content" class="detailed-guide" lang="en"><div class="govuk-grid-row"><div class="gem-c-heading"><span class="govuk-caption-xl gem-c-heading__context">Guidance</span><h1 class="gem-c-heading__text govuk-heading-l">{title}</h1></div><p class="gem-c-lead-paragraph">{lead}</p></div><div class="gem-c-metadata"><dl data-module="metadata"><dt class="gem-c-metadata__term">From:</dt><dd class="gem-c-metadata__definition"><a href="/office">Harbour Office</a></dd><dt class="gem-c-metadata__term">Published</dt><dd class="gem-c-metadata__definition">3 March 2024</dd><dt class="gem-c-metadata__term">Last updated</dt><dd class="gem-c-metadata__definition">1 April 2025 — <a href="#history">See all updates</a></dd></dl></div>
<div class="gem-c-single-page-notification-button"><a href="/email">Get emails about this page</a></div><nav class="gem-c-contents-list"><h2>Contents</h2><ol><li><a href="#who">{heads[0]}</a></li><li><a href="#cost">{heads[1]}</a></li></ol></nav><div class="gem-c-govspeak govuk-govspeak"><div class="govspeak">{p(text[:1])}<h2 id="who">{heads[0]}</h2>{p(text[1:2])}<div role="note" aria-label="Information" class="application-notice info-notice"><p>{text[2]}</p></div><div class="call-to-action"><p>{text[3]}</p></div><h2 id="cost">{heads[1]}</h2><p>{text[4]}<sup id="fnref:1" role="doc-noteref"><a href="#fn:1" class="govuk-link" rel="footnote">[footnote 1]</a></sup></p>{table}{p(text[5:])}<div class="footnotes" role="doc-endnotes"><ol><li id="fn:1" role="doc-endnote"><p>{note} <a href="#fnref:1" class="govuk-link" role="doc-backlink" aria-label="go to where this is referenced">↩</a></p></li></ol></div></div></div>
<div class="gem-c-published-dates" id="history"><h2>Updates to this page</h2>Published 3 March 2024<br>Last updated 1 April 2025<a href="#all">show all updates</a><ol><li><time datetime="2025-04-01">1 April 2025</time><p>New fees.</p></li></ol></div><div class="gem-c-devolved-nations"></div><div class="gem-c-contextual-footer"><h2>Related content</h2><ul><li><a href="/r1">{w.heading()}</a></li></ul></div></main><div class="gem-c-feedback"><h2>Is this page useful?</h2><button>Yes</button><button>No</button><button>Report a problem with this page</button></div></div><footer class="gem-c-layout-footer">{FOOTER}</footer>"""
    head = f"<title>{title} - GOV.EXAMPLE</title><meta property='og:site_name' content='GOV.EXAMPLE'><meta property='og:title' content='{title}'><meta name='govuk:first-published-at' content='2024-03-03T09:30:00+00:00'>" + ld(
        **{"@type": "Article", "headline": title, "datePublished": "2024-03-03T09:30:00+00:00", "author": {"@type": "Organization", "name": "Harbour Office"}}
    )  # fmt: skip
    cells = ["Fees from April 2025", *(" ".join(row) for row in rows)]
    true = [
        title,
        lead,
        text[0],
        heads[0],
        *text[1:4],
        heads[1],
        text[4] + "[footnote 1]",
        *cells,
        text[5],
        note,
    ]
    return page("guidance", document(head, body), true, title, "Harbour Office", "2024-03-03")


def report_of_a_think_tank() -> Page:
    """A report on one page: hero, key findings, figures of charts, a table, boxes, endnotes, about the authors, downloads."""
    w = Prose(221)
    title, stand, text, heads = (
        "Who pays for dry feet?",
        w.sentence(),
        w.paragraphs(8),
        ["Executive summary", "The bill", "What to do"],
    )
    findings, notes, box = [w.sentence() for _ in range(3)], [w.sentence() for _ in range(3)], w.paragraphs(2)
    caption, source = "Figure 1. Cost of dykes by decade", "Source: Own calculations from harbour accounts."
    rows = [
        ("Decade", "Cost", "Share"),
        ("1990s", "410", "12%"),
        ("2000s", "660", "19%"),
        ("2010s", "905", "31%"),
    ]
    table = f"<p class='table-title'>Table 1. What was spent</p><table class='data'><tr>{''.join(f'<th>{c}</th>' for c in rows[0])}</tr>{''.join('<tr>' + ''.join(f'<td>{c}</td>' for c in r) + '</tr>' for r in rows[1:])}</table>"
    html = [*text]
    for n, at in enumerate((1, 3, 6), 1):
        html[at] += f'<a class="endnote-link" id="_ednref{n}" href="#_edn{n}"><sup>[{n}]</sup></a>'
    endnotes = "".join(
        f'<div id="edn{n}"><p><a id="_edn{n}" href="#_ednref{n}">[{n}]</a> {note}</p></div>'
        for n, note in enumerate(notes, 1)
    )
    body = f"""<header class="site-header">{NAV}</header><main class="site-main"><section class="report-hero"><div class="hero-type">Report</div><h1>{title}</h1><p class="hero-subtitle">{stand}</p><div class="hero-authors">By <a href="/experts/eva">Eva Novák</a> and <a href="/experts/li">Li Wen</a></div><div class="hero-date">September 18, 2024</div><div class="hero-actions"><a class="btn" href="/r.pdf">Download PDF (2.3 MB)</a> <a class="btn" href="/cite">Cite this report</a></div></section>
<div class="report-grid"><div class="report-nav"><p>In this report</p><ul><li><a href="#s1">{heads[0]}</a></li><li><a href="#s2">{heads[1]}</a></li><li><a href="#s3">{heads[2]}</a></li></ul></div><div class="report-content wysiwyg"><h2 id="s1">{heads[0]}</h2>{p(html[:2])}<div class="key-findings"><h3>Key findings</h3><ul>{"".join(f"<li>{f}</li>" for f in findings)}</ul></div><h2 id="s2">{heads[1]}</h2>{p(html[2:4])}<figure class="chart"><img src="c.png" alt="Bars that grow"><figcaption>{caption}<br><span class="source">{source}</span></figcaption></figure>{p(html[4:5])}{table}<div class="text-box"><h4>Box 1. A dyke in the north</h4>{p(box)}</div><h2 id="s3">{heads[2]}</h2>{p(html[5:])}<h2>Endnotes</h2>{endnotes}</div></div>
<section class="experts"><h2>About the authors</h2><div class="expert"><h3>Eva Novák</h3><p>Eva Novák is a senior fellow for water and money at the Institute.</p></div><div class="expert"><h3>Li Wen</h3><p>Li Wen is a research assistant.</p></div></section><section class="media-contact"><h2>Media contact</h2><p>Press office, press@institute.example</p></section><section class="related-publications"><h2>Related publications</h2>{"".join(f'<a href="/7">{h}</a><p>{t}</p>' for h, t in w.teasers(3))}</section></main><footer class="site-footer">{FOOTER}</footer>"""
    head = (
        f"<title>{title} - Institute for Dry Land</title><meta name='citation_author' content='Eva Novák'><meta name='citation_author' content='Li Wen'><meta name='citation_publication_date' content='2024/09/18'>"
        + og(title, "Institute for Dry Land")
    )
    marked = [text[n] + {1: "[1]", 3: "[2]", 6: "[3]"}.get(n, "") for n in range(8)]
    cells = ["Table 1. What was spent", *(" ".join(row) for row in rows)]
    true = [
        title,
        stand,
        heads[0],
        *marked[:2],
        "Key findings",
        *findings,
        heads[1],
        *marked[2:4],
        f"{caption} {source}",
        marked[4],
        *cells,
    ]
    true += ["Box 1. A dyke in the north", *box, heads[2], *marked[5:], "Endnotes", *notes]
    return page("report", document(head, body), true, title, "Eva Novák; Li Wen", "2024-09-18")


def encyclopaedia_of_today() -> Page:
    """A wiki's newer skin: contents and tools beside, headings in boxes, backlinks with letters, navigation boxes."""
    w = Prose(222)
    title, text, heads, caption = "Seaholm harbour", w.paragraphs(6), ["History", "Trade"], w.sentence()
    refs = [w.sentence() for _ in range(3)]
    html = [*text]
    html[0] += (
        '<sup id="cite_ref-a_1-0" class="reference"><a href="#cite_note-a-1"><span class="cite-bracket">[</span>1<span class="cite-bracket">]</span></a></sup>'
    )
    html[2] += (
        '<sup id="cite_ref-2" class="reference"><a href="#cite_note-2"><span class="cite-bracket">[</span>2<span class="cite-bracket">]</span></a></sup>'
    )
    html[4] += (
        '<sup id="cite_ref-a_1-1" class="reference"><a href="#cite_note-a-1"><span class="cite-bracket">[</span>1<span class="cite-bracket">]</span></a></sup><sup id="cite_ref-3" class="reference"><a href="#cite_note-3"><span class="cite-bracket">[</span>3<span class="cite-bracket">]</span></a></sup>'
    )
    items = f"""<li id="cite_note-a-1"><span class="mw-cite-backlink">^ <a href="#cite_ref-a_1-0"><sup><i><b>a</b></i></sup></a> <a href="#cite_ref-a_1-1"><sup><i><b>b</b></i></sup></a></span> <span class="reference-text"><cite class="citation web cs1">{refs[0]}</cite></span></li><li id="cite_note-2"><span class="mw-cite-backlink"><b><a href="#cite_ref-2">^</a></b></span> <span class="reference-text">{refs[1]}</span></li><li id="cite_note-3"><span class="mw-cite-backlink"><b><a href="#cite_ref-3">^</a></b></span> <span class="reference-text">{refs[2]}</span></li>"""

    def heading(text: str, level: int = 2) -> str:
        return f'<div class="mw-heading mw-heading{level}"><h{level} id="{text}">{text}</h{level}><span class="mw-editsection"><span class="mw-editsection-bracket">[</span><a href="/e"><span>edit</span></a><span class="mw-editsection-bracket">]</span></span></div>'

    body = f"""<a class="mw-jump-link" href="#bodyContent">Jump to content</a><div class="vector-header-container"><header class="vector-header mw-header"><nav class="vector-main-menu-landmark" aria-label="Site"><div class="vector-menu-heading">Navigation</div><ul><li><a href="/m">Main page</a></li><li><a href="/r">Random article</a></li></ul></nav></header></div><div class="mw-page-container"><div class="mw-page-container-inner"><div class="vector-sitenotice-container"><div id="siteNotice"><p>Please read: a personal appeal from our founder.</p></div></div><div class="vector-column-start"><nav id="mw-panel-toc" class="mw-table-of-contents-container"><h2>Contents</h2><ul><li><a href="#History">1 {heads[0]}</a></li><li><a href="#Trade">2 {heads[1]}</a></li></ul></nav></div>
<div class="mw-content-container"><main id="content" class="mw-body"><header class="mw-body-header vector-page-titlebar"><h1 id="firstHeading" class="firstHeading mw-first-heading"><span class="mw-page-title-main">{title}</span></h1><div id="p-lang-btn" class="vector-dropdown mw-portlet mw-portlet-lang"><label>4 languages</label><ul><li><a href="/de">Deutsch</a></li><li><a href="/fr">Français</a></li></ul></div></header><div class="vector-page-toolbar"><nav aria-label="Namespaces"><ul><li><a href="/a">Article</a></li><li><a href="/t">Talk</a></li></ul></nav></div><div id="bodyContent" class="vector-body"><div id="siteSub" class="noprint">From Wikilike, the free encyclopaedia</div><div id="contentSub"></div><div id="mw-content-text" class="mw-body-content"><div class="mw-content-ltr mw-parser-output" lang="en" dir="ltr"><div class="shortdescription nomobile noexcerpt noprint searchaux" style="display:none">Harbour in the north</div><div role="note" class="hatnote navigation-not-searchable">For the town, see <a href="/s">Seaholm</a>.</div><table class="box-More_citations_needed plainlinks metadata ambox ambox-content" role="presentation"><tbody><tr><td class="mbox-text">This article <b>needs additional citations</b>.</td></tr></tbody></table>
<table class="infobox vcard"><tbody><tr><th colspan="2" class="infobox-above">{title}</th></tr><tr><th class="infobox-label">Opened</th><td class="infobox-data">1893</td></tr><tr><th class="infobox-label">Depth</th><td class="infobox-data">11 m</td></tr></tbody></table>{p(html[:1])}<meta property="mw:PageProp/toc">{heading(heads[0])}{p(html[1:3])}<figure class="mw-default-size" typeof="mw:File/Thumb"><a href="/f"><img class="mw-file-element" alt=""></a><figcaption>{caption}</figcaption></figure>{p(html[3:4])}{heading(heads[1])}{p(html[4:])}{heading("See also")}<ul><li><a href="/l">List of harbours</a></li></ul>{heading("References")}<div class="reflist reflist-columns references-column-width"><ol class="references">{items}</ol></div><div class="navbox-styles"></div><div role="navigation" class="navbox" aria-labelledby="Harbours"><table class="nowraplinks navbox-inner"><tbody><tr><th class="navbox-title"><div id="Harbours">Harbours of the north</div></th></tr><tr><td class="navbox-list"><ul><li><a href="/1">Upland</a></li><li><a href="/2">Ness</a></li></ul></td></tr></tbody></table></div></div><div class="printfooter">Retrieved from "<a href="/x">https://w.example</a>"</div></div><div id="catlinks" class="catlinks"><a href="/c">Categories</a>: <ul><li><a href="/c1">Harbours</a></li></ul></div></div></main></div></div></div><footer id="footer" class="mw-footer"><ul><li>This page was last edited on 2 May 2025, at 10:11.</li></ul></footer>"""
    head = f"<title>{title} - Wikilike</title>" + ld(
        **{
            "@type": "Article",
            "name": title,
            "headline": "harbour in the north",
            "datePublished": "2006-04-11T10:02:00Z",
            "author": {"@type": "Organization", "name": "Contributors to projects"},
        }
    )
    true = [
        title,
        f"{title} Opened 1893 Depth 11 m",
        text[0] + "[1]",
        heads[0],
        text[1],
        text[2] + "[2]",
        caption,
        text[3],
        heads[1],
        text[4] + "[1][3]",
        text[5],
    ]
    true += ["See also", "List of harbours", "References", *refs]
    return page(
        "encyclopaedia-now", document(head, body), true, title, "Contributors to projects", "2006-04-11"
    )


def paper_in_an_archive_of_medicine() -> Page:
    """An archive of papers: front matter in details, abstract, figure and table boxes, notes, references with their links."""
    w = Prose(223)
    title, abstract, text = "Sleep of harbour pilots on alternating watches", w.paragraphs(2), w.paragraphs(6)
    heads, caption, notes, refs = (
        ["Abstract", "1. Introduction", "2. Methods", "3. Results", "References"],
        w.sentence(),
        w.sentence(),
        [w.sentence() for _ in range(4)],
    )
    rows = [("Watch", "Pilots", "Hours"), ("Early", "18", "6.1"), ("Late", "17", "7.0")]
    table = f"<table class='content' frame='hsides'><thead><tr>{''.join(f'<th>{c}</th>' for c in rows[0])}</tr></thead><tbody>{''.join('<tr>' + ''.join(f'<td>{c}</td>' for c in r) + '</tr>' for r in rows[1:])}</tbody></table>"
    cite = [f'<a href="#B{n}-x" class="usa-link" aria-describedby="B{n}-x">{n}</a>' for n in range(1, 5)]
    body = f"""<a class="usa-skipnav" href="#main-content">Skip to main content</a><section class="usa-banner"><header class="usa-banner__header"><p>An official website of the archive</p><button>Here's how you know</button></header></section><header class="ncbi-header">{NAV}</header><div class="pmc-layout"><div class="pmc-sidenav"><section class="pmc-sidenav__container"><h2>ON THIS PAGE</h2><ul><li><a href="#abs">Abstract</a></li><li><a href="#s1">1. Introduction</a></li></ul></section><section class="pmc-actions"><h6>ACTIONS</h6><ul><li><a href="/v">View on publisher site</a></li><li><button>PDF (1.1 MB)</button></li><li><button>Cite</button></li></ul></section></div><main id="main-content" class="usa-layout-docs__main"><article lang="en"><section aria-label="Journal banner"><img alt="Archive of Sleep logo"></section><section aria-label="Article citation and metadata"><section class="pmc-layout__citation font-secondary font-xs"><div><div class="display-inline-block"><button class="cursor-text">Arch Sleep</button></div>. 2021 Jul 9;18(14):7321. doi: <a href="https://doi.example/10.9999/sleep.7321" class="usa-link">10.9999/sleep.7321</a></div></section></section>
<section class="front-matter"><div class="ameta p font-secondary font-xs"><hgroup><h1>{title}</h1></hgroup><div class="cg p"><a href="https://a.example/?term=Rahman" class="usa-link"><span class="name western">Aisha Rahman</span></a><sup>1,</sup><sup>*</sup>, <a href="https://a.example/?term=Weber" class="usa-link"><span class="name western">Jonas Weber</span></a><sup>2</sup></div><ul class="d-buttons inline-list"><li><button class="d-button">Author information</button></li><li><button class="d-button">Article notes</button></li><li><button class="d-button">Copyright and License information</button></li></ul><div class="d-panels font-secondary-light"><div class="d-panel p"><div class="notes p"><section class="history"><p>Received 2021 May 6; Accepted 2021 Jul 5; Collection date 2021 Jul.</p></section></div><p>© 2021 by the authors.</p></div></div></div></section>
<section aria-label="Article content"><section class="body main-article-body"><section class="abstract" id="abs"><h2>{heads[0]}</h2>{p(abstract)}<section class="kwd-group"><p><strong>Keywords:</strong> sleep, pilots, watches</p></section></section><section id="s1"><h2 class="pmc_sec_title">{heads[1]}</h2><p>{text[0]} [{cite[0]},{cite[1]}].</p><p>{text[1]}</p></section><section id="s2"><h2 class="pmc_sec_title">{heads[2]}</h2><p>{text[2]}</p><p>{text[3]} [{cite[2]}].</p><figure class="fig xbox font-sm" id="f1"><h4 class="obj_head">Figure 1.</h4><p class="img-box line-height-none"><a class="tileshop" href="/f1"><img class="graphic zoom-in" alt="Figure 1"></a></p><div class="p text-right font-secondary"><a href="figure/f1/" class="usa-link">Open in a new tab</a></div><figcaption><p>{caption}</p></figcaption></figure></section><section id="s3"><h2 class="pmc_sec_title">{heads[3]}</h2><p>{text[4]}</p><section class="tw xbox font-sm" id="t1"><h3 class="obj_head">Table 1.</h3><div class="caption p"><p>Sleep by watch.</p></div><div class="tbl-box p">{table}</div><div class="p text-right font-secondary"><a href="table/t1/" class="usa-link">Open in a new tab</a></div><div class="tw-foot p"><div class="fn"><p>{notes}</p></div></div></section><p>{text[5]} [{cite[3]}].</p></section><section id="ref-list" class="ref-list"><h2 class="pmc_sec_title">{heads[4]}</h2><section><ul class="ref-list font-sm" style="list-style-type:none">{"".join(f'<li id="B{n}-x"><span class="label">{n}.</span><cite>{r}</cite> [<a href="https://doi.example/{n}" class="usa-link">DOI</a>] [<a href="https://gs.example/{n}" class="usa-link">Google Scholar</a>]</li>' for n, r in enumerate(refs, 1))}</ul></section></section></section></section><footer class="p courtesy-note font-secondary font-sm text-center"><hr>Articles from Archive of Sleep are provided here courtesy of <strong>the publisher</strong></footer></article></main></div><footer class="ncbi-footer">{FOOTER}</footer>"""
    head = f"<title>{title} - PMC</title><meta name='citation_journal_title' content='Archive of Sleep'><meta name='citation_title' content='{title}'><meta name='citation_author' content='Aisha Rahman'><meta name='citation_author' content='Jonas Weber'><meta name='citation_publication_date' content='2021/07/09'>"
    cells = ["Table 1.", "Sleep by watch.", *(" ".join(row) for row in rows), notes]
    true = [
        title,
        heads[0],
        *abstract,
        "Keywords: sleep, pilots, watches",
        heads[1],
        f"{text[0]} [1,2].",
        text[1],
        heads[2],
        text[2],
        f"{text[3]} [3].",
        "Figure 1.",
        caption,
    ]
    true += [heads[3], text[4], *cells, f"{text[5]} [4].", heads[4], *refs]
    return page("archive-paper", document(head, body), true, title, "Aisha Rahman; Jonas Weber", "2021-07-09")


def preprint_made_from_latex() -> Page:
    """A preprint set from LaTeX: spans and paras by the hundred, formulas, notes inside of the line, a bibliography."""
    w = Prose(224)
    title, abstract, text = "A lower bound for the height of waves", w.paragraph(4), w.paragraphs(5)
    heads, note, caption, refs = (
        ["1 Introduction", "2 Model"],
        w.sentence(),
        w.sentence(),
        [w.sentence() for _ in range(3)],
    )

    def para(words: str) -> str:
        return f'<div class="ltx_para"><p class="ltx_p">{words}</p></div>'

    def section(head: str, inner: str) -> str:
        return f'<section class="ltx_section"><h2 class="ltx_title ltx_title_section"><span class="ltx_tag ltx_tag_section">{head[0]} </span>{head[2:]}</h2>{inner}</section>'

    cited = '<cite class="ltx_cite ltx_citemacro_citep">(<a href="#bib.bib1" title="" class="ltx_ref">Brandt, <span class="ltx_ref_year">2019</span></a>)</cite>'
    foot = f'<span id="footnote1" class="ltx_note ltx_role_footnote"><sup class="ltx_note_mark">1</sup><span class="ltx_note_outer"><span class="ltx_note_content"><sup class="ltx_note_mark">1</sup><span class="ltx_tag ltx_tag_note">1</span>{note}</span></span></span>'
    body = f"""<header class="mob_header"><a href="#main">Skip to main content</a></header><header class="desktop_header"><nav>{NAV}</nav><div class="html-header-message"><p>This is experimental HTML to improve accessibility. We invite you to report rendering errors.</p></div></header><nav class="ltx_page_navbar"><nav class="ltx_TOC active"><h2>Table of Contents</h2><ol class="ltx_toclist"><li class="ltx_tocentry"><a href="#S1" class="ltx_ref">{heads[0]}</a></li></ol></nav></nav><div class="ltx_page_main"><div class="ltx_page_content"><div class="section" id="target-section"><div id="license-tr">License: CC BY 4.0</div><div id="watermark-tr">arXiv:2403.01234v1 [math.AP] 02 Mar 2024</div></div><article class="ltx_document ltx_authors_1line"><h1 class="ltx_title ltx_title_document">{title}</h1><div class="ltx_authors"><span class="ltx_creator ltx_role_author"><span class="ltx_personname">Li Wen</span><span class="ltx_author_notes"><span class="ltx_contact ltx_role_affiliation">Department of Water, University of Seaholm</span></span></span></div><div class="ltx_abstract"><h6 class="ltx_title ltx_title_abstract">Abstract</h6><p class="ltx_p">{abstract}</p></div>
{section(heads[0], para(f"{text[0]} {cited}.") + para(f"{text[1]}{foot}"))}{section(heads[1], para(text[2]) + f'<figure class="ltx_figure"><img class="ltx_graphics ltx_centering" alt="Refer to caption"><figcaption class="ltx_caption ltx_centering"><span class="ltx_tag ltx_tag_figure">Figure 1: </span>{caption}</figcaption></figure>' + para(text[3]) + para(text[4]))}<section id="bib" class="ltx_bibliography"><h2 class="ltx_title ltx_title_bibliography">References</h2><ul class="ltx_biblist">{"".join(f'<li id="bib.bib{n}" class="ltx_bibitem"><span class="ltx_tag ltx_tag_bibitem">Brandt ({2018 + n})</span><span class="ltx_bibblock">{r}</span></li>' for n, r in enumerate(refs, 1))}</ul></section></article></div><footer class="ltx_page_footer"><div class="ltx_page_logo">Generated on Sat Mar 2 10:00:00 2024 by <a href="http://l.example">LaTeXML</a></div></footer></div><div class="keyboard-glossary ltx_page_footer"><h2>Instructions for reporting errors</h2><p>We are continuing to improve HTML versions of papers, and your feedback helps enhance accessibility and mobile support.</p></div>"""
    true = [
        title,
        "Abstract",
        abstract,
        heads[0],
        f"{text[0]} (Brandt, 2019).",
        f"{text[1]}1",
        heads[1],
        text[2],
        f"Figure 1: {caption}",
        *text[3:],
        "References",
        *(f"Brandt ({2018 + n}) {r}" for n, r in enumerate(refs, 1)),
        note,
    ]
    return page("preprint", document(f"<title>{title}</title>", body), true, title, "Li Wen", "2024-03-02")


def paper_of_2002_in_tables() -> Page:
    """A daily of 2002: everything in nested tables, spacers, fonts for headings, "Printer friendly", bars of bare links."""
    w = Prose(225)
    title, text, caption = "Mayor defends the price of the new bridge", w.paragraphs(7), w.sentence()
    bar = '<font face="Arial" size="1"><a href="/news"><b>News</b></a> | <a href="/sports"><b>Sports</b></a> | <a href="/ent"><b>Entertainment</b></a> | <a href="/class"><b>Classifieds</b></a> | <a href="/weather"><b>Weather</b></a></font>'
    photo = f'<table width="200" align="right" cellpadding="4"><tr><td><img src="b.jpg" width="192" height="140" alt="The bridge"></td></tr><tr><td><font size="1" face="Arial">{caption}</font></td></tr></table>'
    box = f'<table width="160" align="left" border="1" cellpadding="3"><tr><td bgcolor="#cccccc"><font size="2"><b>RELATED STORIES</b></font></td></tr><tr><td><font size="1"><a href="/1.html">{w.heading()}</a><br><a href="/2.html">{w.heading()}</a></font></td></tr></table>'
    side = "<br>".join(
        f'<a href="/s{n}.html"><font size="1">{h}</font></a>' for n, (h, _) in enumerate(w.teasers(8))
    )
    html = f"""<html><head><title>Seaholm Daily: {title}</title><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"></head><body bgcolor="#ffffff" topmargin="0"><table width="760" border="0" cellpadding="0" cellspacing="0"><tr><td colspan="3"><img src="logo.gif" alt="Seaholm Daily"><br>{bar}</td></tr><tr><td width="140" valign="top" bgcolor="#eeeeee"><font size="1"><b>SECTIONS</b></font><br>{side}</td><td width="10"><img src="spacer.gif" width="10" height="1"></td><td width="610" valign="top"><font size="1"><a href="/">Home</a> &gt; <a href="/news">News</a> &gt; Local</font><br><br><font face="Georgia" size="5"><b>{title}</b></font><br><font size="2">By HELEN STRAND<br>Staff Writer<br>Published: Thursday, June 13, 2002</font><br><br>{photo}{text[0]}<p>{text[1]}<p>{text[2]}<p>{box}{text[3]}<p>{text[4]}<p>{text[5]}<p>{text[6]}<p><font size="1"><a href="/print">Printer friendly version</a> | <a href="/mail">E-mail this story to a friend</a></font><br><hr><center>{bar}<br><font size="1">Copyright 2002 Seaholm Daily Publishing Co. <a href="/terms">Terms of service</a></font></center></td></tr></table></body></html>"""
    return page("tables-2002", html, [title, caption, *text], title, "Helen Strand", "2002-06-13", "latin-1")


def page_without_paragraphs() -> Page:
    """A home-made page: one element of bare text with breaks, a bar of links without a name above and below."""
    w = Prose(226)
    title, text = "The wreck of the Meridian", w.paragraphs(8)
    bar = '<div><a href="index.html">Home</a> &middot; <a href="boats.html">Boats</a> &middot; <a href="maps.html">Maps</a> &middot; <a href="guest.html">Guest book</a> &middot; <a href="links.html">Links</a></div>'
    body = f"""{bar}<center><h2>{title}</h2></center><div class="x1">{"<br/><br/>".join(text)}</div><br>{bar}<div align="right"><small>Last change: 4 July 2008</small></div>"""
    return page(
        "no-paragraphs", document(f"<title>{title}</title>", body), [title, *text], title, "", "2008-07-04"
    )


def app_with_its_text_in_a_script() -> Page:
    """An application that draws itself: the file holds an empty shell and the story in the script with its data."""
    w = Prose(227)
    title, stand, text, heads = "The pumps beneath the opera", w.sentence(), w.paragraphs(7), [w.heading()]
    story = f"{p(text[:3])}<h2>{heads[0]}</h2>{p(text[3:])}"
    state = {
        "props": {
            "pageProps": {
                "nav": [{"label": "Home", "href": "/"}, {"label": "World", "href": "/w"}],
                "article": {
                    "id": 99,
                    "headline": title,
                    "standfirst": stand,
                    "byline": "Nadia Haddad",
                    "published": "2024-11-30T06:00:00Z",
                    "bodyHtml": story,
                    "related": [{"headline": h, "summary": t} for h, t in w.teasers(4)],
                },
            }
        },
        "page": "/story/[slug]",
        "buildId": "x",
    }
    written = json.dumps(state).replace("</", "<\\/")
    body = f"""<div id="__next"><div class="header"><a href="/">The Lantern</a></div><div class="loading"><span>Loading…</span></div></div><noscript>You need to enable JavaScript to run this app.</noscript><script id="__NEXT_DATA__" type="application/json">{written}</script><script src="/_next/static/main.js" defer></script>"""
    head = f"<title>{title} | The Lantern</title>" + og(
        title,
        "The Lantern",
        "2024-11-30T06:00:00Z",
        "Nadia Haddad",
        "https://lantern.example/story/pumps",
        stand,
    )
    return page(
        "app-state",
        document(head, body),
        [title, stand, *text[:3], heads[0], *text[3:]],
        title,
        "Nadia Haddad",
        "2024-11-30",
    )


def app_that_says_its_text_to_robots() -> Page:
    """An empty shell whose story stands in JSON-LD only, for search engines."""
    w = Prose(228)
    title, text = "A census of chimneys", w.paragraphs(6)
    body = """<div id="root"></div><noscript><p>Please enable JavaScript to view this page.</p></noscript><script src="/bundle.js"></script>"""
    head = f"<title>{title}</title>" + og(title, "Rooftop") + ld(
        **{"@type": "NewsArticle", "headline": title, "datePublished": "2023-01-20", "author": {"@type": "Person", "name": "Eva Novák"}, "articleBody": "\n\n".join(text)}
    )  # fmt: skip
    return page("for-robots", document(head, body), [title, *text], title, "Eva Novák", "2023-01-20")


def accelerated_page_with_lists() -> Page:
    """An accelerated page: consent, side bar, adverts, embeds with fallbacks, a list of more stories, a sticky bar."""
    w = Prose(229)
    title, text, caption, said = "Eels return to the upper river", w.paragraphs(8), w.sentence(), w.sentence()
    body = f"""<amp-analytics type="x"><script type="application/json">{{"vars": {{}}}}</script></amp-analytics><amp-consent id="consent" layout="nodisplay"><div id="consent-ui"><p>We use cookies to show you relevant advertising.</p><button on="tap:consent.accept">Accept</button></div></amp-consent><amp-sidebar id="sidebar" layout="nodisplay" side="left">{NAV}</amp-sidebar><header class="amp-header"><a href="/">River News</a></header><main><article class="amp-article"><header><h1 class="amp-title">{title}</h1><ul class="amp-meta"><li class="amp-byline">Jonas Weber</li><li class="amp-posted"><time datetime="2022-05-05T08:00:00+00:00">5 May 2022</time></li></ul></header><figure class="amp-featured"><amp-img src="x.jpg" width="800" height="600" layout="responsive" alt="An eel"><noscript><img src="x.jpg"></noscript></amp-img><figcaption>{caption}</figcaption></figure>
<div class="amp-content">{p(text[:3])}<amp-ad width="300" height="250" type="x"><div placeholder>Advertisement</div></amp-ad>{p(text[3:5])}<amp-twitter width="375" height="472" layout="responsive" data-tweetid="1"><blockquote placeholder><p>{said}</p></blockquote></amp-twitter>{p(text[5:])}<amp-embed width="100" height="100" type="outbrain"></amp-embed></div><amp-list src="/more.json" width="auto" height="300"><template type="amp-mustache"><a href="{{{{url}}}}">{{{{title}}}}</a></template><div fallback>More stories could not be loaded.</div></amp-list><section class="amp-more"><h3>More in Nature</h3><ul>{"".join(f'<li><a href="/a">{h}</a></li>' for h, _ in w.teasers(4))}</ul></section><amp-social-share type="email"></amp-social-share></article></main><footer class="amp-footer">{FOOTER}</footer>"""
    head = f'<title>{title}</title><link rel="canonical" href="https://river.example/eels">' + ld(
        **{
            "@type": "NewsArticle",
            "headline": title,
            "datePublished": "2022-05-05T08:00:00+00:00",
            "author": {"@type": "Person", "name": "Jonas Weber"},
        }
    )
    return page(
        "accelerated-lists",
        document(head, body, extra=" amp"),
        [title, caption, *text[:5], said, *text[5:]],
        title,
        "Jonas Weber",
        "2022-05-05",
    )


def brief_of_a_charity() -> Page:
    """A content management system: fields of a node, a folded author card, "On this page", tags, downloads, a donation block."""
    w = Prose(230)
    title, stand, text, heads, quote = (
        "Clean water is a question of pipes",
        w.sentence(),
        w.paragraphs(7),
        ["What we saw", "What we ask for"],
        w.sentence(),
    )
    body = f"""<div class="dialog-off-canvas-main-canvas"><header class="header" role="banner">{NAV}</header><div class="layout-container"><main role="main"><a id="main-content" tabindex="-1"></a><div class="layout-content"><div class="region region-content"><div class="block block-system block-system-main-block"><article class="node node--type-brief node--view-mode-full"><div class="node__header"><div class="field field--name-field-type"><div class="field__item">Policy brief</div></div><h1 class="page-title"><span class="field field--name-title">{title}</span></h1><div class="field field--name-field-summary"><p>{stand}</p></div><div class="field field--name-field-date"><time datetime="2023-06-01T12:00:00Z">1 June 2023</time></div><div class="field field--name-field-author"><div class="field__label visually-hidden">Author</div><div class="field__item"><a href="/people/rosa">Rosa Jiménez</a></div></div></div>
<div class="node__content"><div class="block-inline-on-this-page"><div class="title">On this page</div><ul><li><a href="#a">{heads[0]}</a></li><li><a href="#b">{heads[1]}</a></li></ul></div><div class="clearfix text-formatted field field--name-body field__item"><h2 id="a">{heads[0]}</h2>{p(text[:3])}<blockquote><p>{quote}</p><footer>Field diary, 2022</footer></blockquote><h2 id="b">{heads[1]}</h2>{p(text[3:])}</div><div class="field field--name-field-downloads"><div class="field__label">Downloads</div><div class="field__item"><span class="file"><a href="/b.pdf">Policy brief (PDF, 310 KB)</a></span></div></div><div class="field field--name-field-tags"><div class="field__label">Topics</div><div class="field__items"><a href="/t/w">Water</a></div></div><div class="paragraph paragraph--type--cta"><h2>Your gift brings water</h2><p>With 40 a month you pay for one metre of pipe.</p><a href="/donate" class="button">Donate now</a></div></div></article></div><div class="views-element-container block"><h2>Read more</h2><div class="view"><div class="views-row"><a href="/1">{w.heading()}</a><p>{w.sentence()}</p></div><div class="views-row"><a href="/2">{w.heading()}</a><p>{w.sentence()}</p></div></div></div></div></div></main></div><div class="share-bar">{SHARE}</div><footer role="contentinfo">{FOOTER}</footer></div>"""
    head = f"<title>{title} | Pipes for All</title>" + og(title, "Pipes for All")
    true = [title, stand, heads[0], *text[:3], quote, "Field diary, 2022", heads[1], *text[3:]]
    return page("charity", document(head, body), true, title, "Rosa Jiménez", "2023-06-01")


_MAKERS = (
    guidance_of_a_ministry, report_of_a_think_tank, encyclopaedia_of_today, paper_in_an_archive_of_medicine, preprint_made_from_latex,
    paper_of_2002_in_tables, page_without_paragraphs, app_with_its_text_in_a_script, app_that_says_its_text_to_robots,
    accelerated_page_with_lists, brief_of_a_charity,
)  # fmt: skip
