"""Institutes, governments, encyclopaedias, journals and companies."""

from __future__ import annotations

from collections.abc import Iterator

from tests.importers.pages.page import Page, document, ld, og, page
from tests.importers.pages.words import FOOTER, NAV, NEWSLETTER, PEOPLE, SHARE, Prose, p


def pages() -> Iterator[Page]:
    """Every page of this kind."""
    yield from (make() for make in _MAKERS)


def think_tank_with_footnotes_outside_of_the_body() -> Page:
    """Notes stand in a section of their own behind share links and PDF buttons; authors have titles."""
    w = Prose(40)
    title, text, heads = (
        "After the levy: three options for coastal finance",
        w.paragraphs(9),
        [w.heading(), w.heading()],
    )
    notes = [w.sentence() for _ in range(3)]
    html = [*text]
    for n, place in enumerate((0, 3, 6), 1):
        html[place] += f'<sup><a href="#_ftn{n}" id="_ftnref{n}">[{n}]</a></sup>'
    experts = "<div class='expert-card'><h4><a href='/e/1'>Helen Strand</a></h4><p>Senior Fellow, Coastal Programme</p></div>"
    body = f"""<header class="global-header">{NAV}</header><main class="main"><section class="hero"><span class="content-type">Report</span><h1>{title}</h1><div
class="hero__authors">Helen Strand, Pieter van Dalen, and Li Wen</div><div class="hero__date">October 2023</div><div class="downloads"><a class="btn" href="/r.pdf">Download the full report
(PDF)</a></div></section><div class="social-share">{SHARE}</div><div class="wysiwyg report-content">{p(html[:3])}<h2>{heads[0]}</h2>{p(html[3:6])}<h2>{heads[1]}</h2>{p(html[6:])}</div>
<section class="footnotes-section"><h3>Notes</h3>{"".join(f'<p id="_ftn{n}"><a href="#_ftnref{n}">[{n}]</a> {note}</p>' for n, note in enumerate(notes, 1))}</section>
<section class="about-the-authors"><h3>About the authors</h3>{experts}</section><section class="related-content"><h3>Related content</h3><ul><li><a href="/x">{w.heading()}</a></li></ul></section></main>
<div class="newsletter">{NEWSLETTER}</div><footer>{FOOTER}</footer>"""
    head = f"<title>{title} | Littoral Institute</title>" + og(title, "Littoral Institute")
    true_text = [text[n] + (f"[{(n // 3) + 1}]" if n in (0, 3, 6) else "") for n in range(9)]
    true = [title, *true_text[:3], heads[0], *true_text[3:6], heads[1], *true_text[6:], *notes]
    return page(
        "think-tank", document(head, body), true, title, "Helen Strand; Pieter van Dalen; Li Wen", "2023-10"
    )


def government_press_release() -> Page:
    """A ministry: breadcrumbs, a summary, lists, notes to editors, contact, related links, feedback form."""
    w = Prose(41)
    title, stand, text = "New rules for harbour dues come into force", w.sentence(), w.paragraphs(5)
    points, more = [w.sentence() for _ in range(4)], w.sentence()
    body = f"""<div class="gem-c-cookie-banner" role="region" aria-label="Cookies on GOV">{p(["We would like to set additional cookies."])}<button>Accept</button></div><header role="banner">{NAV}</header>
<div class="govuk-width-container"><div class="gem-c-breadcrumbs govuk-breadcrumbs"><ol><li><a href="/">Home</a></li><li><a href="/t">Transport</a></li></ol></div><main role="main" id="content"><div
class="gem-c-title"><span>Press release</span><h1>{title}</h1></div><p class="gem-c-lead-paragraph">{stand}</p><div class="gem-c-metadata"><dl><dt>From:</dt><dd><a href="/o">Department for
Harbours</a></dd><dt>Published</dt><dd>1 April 2025</dd></dl></div><div class="govuk-govspeak"><div class="govspeak">{p(text[:2])}<ul>{"".join(f"<li>{t}</li>" for t in points)}</ul>{p(text[2:])}
<h2>Notes to editors</h2><p>{more}</p></div></div><div class="gem-c-share-links"><h2>Share this page</h2>{SHARE}</div><div class="gem-c-contextual-footer"><h2>Related content</h2><ul><li><a
href="/r">{w.heading()}</a></li></ul></div></main></div><div class="gem-c-feedback"><h2>Is this page useful?</h2><button>Yes</button><form><p>Help us improve.</p></form></div><footer role="contentinfo">{FOOTER}</footer>"""
    head = f"<title>{title} - GOV</title>" + og(title, "GOV") + ld(**{"@type": "NewsArticle", "headline": title,
        "datePublished": "2025-04-01T00:15:01+01:00", "author": {"@type": "Organization", "name": "Department for Harbours"}})  # fmt: skip
    true = [title, stand, *text[:2], *points, *text[2:], "Notes to editors", more]
    return page("government", document(head, body), true, title, "Department for Harbours", "2025-04-01")


def encyclopaedia() -> Page:
    """Infobox, references, edit links, hatnote, contents, navigation boxes, categories."""
    w = Prose(42)
    title, text, heads = "Seaholm Lighthouse", w.paragraphs(7), ["History", "Construction"]
    refs = [w.sentence(), w.sentence()]
    ref = '<sup id="cite_ref-{0}" class="reference"><a href="#cite_note-{0}"><span class="cite-bracket">[</span>{0}<span class="cite-bracket">]</span></a></sup>'
    html = [*text]
    html[0] += ref.format(1)
    html[3] += ref.format(2)
    edit = '<span class="mw-editsection"><span>[</span><a href="/w?action=edit">edit</a><span>]</span></span>'
    items = "".join(
        f'<li id="cite_note-{n}"><span class="mw-cite-backlink"><b><a href="#cite_ref-{n}">^</a></b></span> <span class="reference-text">{t}</span></li>'
        for n, t in enumerate(refs, 1)
    )
    body = f"""<div class="vector-header">{NAV}</div><div id="siteNotice"><p>Read our appeal.</p></div><main id="content" class="mw-body"><header class="mw-body-header"><h1 id="firstHeading"><span
class="mw-page-title-main">{title}</span></h1><div class="vector-page-toolbar"><ul><li><a href="/t">Talk</a></li><li><a href="/e">Edit</a></li></ul></div></header><div id="bodyContent"><div id="siteSub">From
the free encyclopaedia</div><div id="mw-content-text" class="mw-content-ltr"><div class="mw-parser-output"><div role="note" class="hatnote">For the town, see <a href="/s">Seaholm</a>.</div><table
class="infobox"><tbody><tr><th colspan="2">{title}</th></tr><tr><th>Height</th><td>41 metres above the quay</td></tr><tr><th>First lit</th><td>on a Thursday in 1893</td></tr></tbody></table><p>{html[0]}</p><p>{html[1]}</p><div id="toc"
class="toc"><h2>Contents</h2><ul><li><a href="#h">1 History</a></li><li><a href="#c">2 Construction</a></li></ul></div><div class="mw-heading mw-heading2"><h2 id="h">{heads[0]}</h2>{edit}</div><p>{html[2]}</p><p>{html[3]}</p><figure
typeof="mw:File/Thumb"><a href="/f"><img alt="Lens"></a><figcaption>The lens, ground in Paris and assembled on site</figcaption></figure><div class="mw-heading mw-heading2"><h2 id="c">{heads[1]}</h2>{edit}</div>{p(html[4:])}<div class="mw-heading"><h2
id="r">References</h2>{edit}</div><div class="reflist"><div class="mw-references-wrap"><ol class="references">{items}</ol></div></div><div class="navbox" role="navigation"><table><tr><td><a href="/1">Lighthouses of the north</a></td><td><a
href="/2">Of the south</a></td></tr></table></div></div></div><div id="catlinks" class="catlinks"><a href="/c">Categories</a>: <ul><li><a href="/c1">Lighthouses</a></li></ul></div></div></main><footer id="footer" class="mw-footer">{FOOTER}</footer>"""
    true = [title, title, "Height 41 metres above the quay", "First lit on a Thursday in 1893", text[0] + "[1]", text[1], heads[0], text[2], text[3] + "[2]",
            "The lens, ground in Paris and assembled on site", heads[1], *text[4:], "References", *refs]  # fmt: skip
    head = f"<title>{title} - Openpedia</title><meta property='og:title' content='{title} - Openpedia'>"
    return page("encyclopaedia", document(head, body), true, title)


def journal_with_twelve_authors() -> Page:
    """citation_* tags, authors as "Family, Given", sections, a table with caption, references."""
    w = Prose(43)
    title, text = "Sediment transport in tidal creeks: a twelve-station survey", w.paragraphs(8)
    refs = [w.sentence() for _ in range(4)]
    names = PEOPLE[:12]
    metas = "".join(
        f'<meta name="citation_author" content="{name.split(" ", 1)[1]}, {name.split(" ", 1)[0]}">'
        for name in names
    )
    body = f"""<header class="c-header">{NAV}</header><main><article><div class="c-article-header"><ul class="c-article-identifiers"><li>Research</li><li>Open access</li><li><time datetime="2022-06-15">15 June
2022</time></li></ul><h1 class="c-article-title">{title}</h1><ul class="c-article-author-list">{"".join(f"<li><a href='#a'>{n}</a><sup>1</sup></li>" for n in names)}</ul></div>
<div class="c-article-body"><section><h2>Abstract</h2><p>{text[0]}</p></section><section><h2>Introduction</h2>{p(text[1:4])}</section><section><h2>Results</h2><p>{text[4]}</p><table><caption>Load by station</caption>
<thead><tr><th>Station</th><th>Mean load</th></tr></thead><tbody><tr><td>North creek</td><td>14.2 kg</td></tr><tr><td>South creek</td><td>9.8 kg</td></tr></tbody></table>{p(text[5:])}</section><section><h2>References</h2><ol
class="c-article-references">{"".join(f"<li><p>{r}</p><a href='https://scholar.example/{n}'>Google Scholar</a></li>" for n, r in enumerate(refs))}</ol></section></div></article></main><aside class="c-sidebar">Download PDF</aside><footer>{FOOTER}</footer>"""
    head = f'<title>{title} | Journal of Mud</title><meta name="citation_title" content="{title}"><meta name="citation_journal_title" content="Journal of Mud"><meta name="citation_publication_date" content="2022/06/15">{metas}'
    true = [title, "Abstract", text[0], "Introduction", *text[1:4], "Results", text[4], "Load by station", "Station Mean load", "North creek 14.2 kg",
            "South creek 9.8 kg", *text[5:], "References", *refs]  # fmt: skip
    return page("journal", document(head, body), true, title, ";".join(names), "2022-06-15")


def title_of_five_hundred_characters() -> Page:
    """A title that fills a screen."""
    w = Prose(44)
    title = "On the necessity of ropes, " * 18 + "with an appendix"
    text = w.paragraphs(5)
    body = f"<header>{NAV}</header><main><article><h1>{title}</h1>{p(text)}</article></main><footer>{FOOTER}</footer>"
    return page("long-title", document(f"<title>{title}</title>" + og(title), body), [title, *text], title)


def company_blog_without_date() -> Page:
    """A company's page: calls to action, a form, testimonials behind, no date and no author anywhere."""
    w = Prose(45)
    title, text, sub = (
        "Five things we learnt from moving a crane",
        w.paragraphs(7),
        [w.heading() for _ in range(3)],
    )
    body = f"""<div class="navbar">{NAV}</div><div class="hero-banner"><h1>{title}</h1></div><div class="container"><div class="row"><div class="col-md-8"><div class="rich-text">{p(text[:2])}<h3>{sub[0]}</h3>{p(text[2:4])}<h3>{sub[1]}</h3><p>{text[4]}</p>
<h3>{sub[2]}</h3>{p(text[5:])}</div></div><div class="col-md-4 sidebar"><h4>Talk to sales</h4><form><input></form><h4>Recent posts</h4><ul><li><a href="/1">{w.heading()}</a></li></ul></div></div></div><div class="cta-section call-to-action"><h2>Ready to
lift more?</h2><p>Book a demonstration with one of our engineers today.</p><a href="/demo">Book</a></div><div class="footer-wrap footer">{FOOTER}</div>"""
    true = [title, *text[:2], sub[0], *text[2:4], sub[1], text[4], sub[2], *text[5:]]
    return page(
        "company", document(f"<title>{title} | LiftCo</title>" + og(title, "LiftCo"), body), true, title
    )


def quotes_definitions_and_marks() -> Page:
    """A page of a museum: block quotes with a source, a definition list, kbd, sub and sup, deletions, a nested list."""
    w = Prose(46)
    title, text, quote = "Reading the keeper’s journal", w.paragraphs(5), w.paragraph(2)
    body = f"""<nav>{NAV}</nav><main><h1>{title}</h1><p class="date">2 February 2018</p><p>{text[0]} H<sub>2</sub>O and 4<sup>th</sup>, <mark>marked</mark> and <del>struck</del>, then <kbd>Enter</kbd>.</p><blockquote><p>{quote}</p><footer>— <cite>The
keeper, in his last entry</cite></footer></blockquote><p>{text[1]}</p><dl><dt>Fathom</dt><dd>Six feet of water or of rope</dd><dt>Cable</dt><dd>A tenth of a sea mile</dd></dl><p>{text[2]}</p><ol><li>{w.sentence()}<ul><li>Inner one of the list</li></ul></li></ol>{p(text[3:])}</main><footer>{FOOTER}</footer>"""
    nested = body.split("<ol><li>")[1].split("<ul>")[0]
    true = [title, text[0] + " H2O and 4th, marked and struck, then Enter.", quote, "— The keeper, in his last entry", text[1], "Fathom", "Six feet of water or of rope",
            "Cable", "A tenth of a sea mile", text[2], nested, "Inner one of the list", *text[3:]]  # fmt: skip
    return page(
        "museum",
        document(f"<title>{title}</title>" + og(title, "Museum of the Coast"), body),
        true,
        title,
        "",
        "2018-02-02",
    )


def interview() -> Page:
    """Questions in bold, answers in plain text, a box with the guest's life in the middle."""
    w = Prose(47)
    title, stand = "“Nobody asks the divers”", w.sentence()
    pairs = [(w.sentence().rstrip(".") + "?", w.paragraph(3)) for _ in range(6)]
    html = "".join(f"<p><strong>{q}</strong></p><p>{a}</p>" for q, a in pairs)
    body = f"""<header>{NAV}</header><article><h1>{title}</h1><p class="intro standfirst">{stand}</p><p class="byline">Interview: Ines Carvalho and Jonas Weber</p><p class="date">23.05.2024</p>{html}</article><footer>{FOOTER}</footer>"""
    head = f"<title>{title}</title>" + og(title, "Depth", author="Ines Carvalho, Jonas Weber")
    true = [title, stand, *(part for pair in pairs for part in pair)]
    return page("interview", document(head, body), true, title, "Ines Carvalho; Jonas Weber", "2024-05-23")


_MAKERS = (
    think_tank_with_footnotes_outside_of_the_body, government_press_release, encyclopaedia, journal_with_twelve_authors,
    title_of_five_hundred_characters, company_blog_without_date, quotes_definitions_and_marks, interview,
)  # fmt: skip
