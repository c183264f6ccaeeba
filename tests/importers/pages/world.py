"""Other scripts, other languages, other ways of writing the same page."""

from __future__ import annotations

from collections.abc import Iterator

from tests.importers.pages.page import Page, document, ld, og, page
from tests.importers.pages.words import COOKIES, FOOTER, NAV, SHARE, Prose, p


def pages() -> Iterator[Page]:
    """Every page of this kind."""
    yield from (make() for make in _MAKERS)


def arabic() -> Page:
    """Right to left, with a box of related articles and the date in words."""
    title = "الميناء الذي نسيه الجميع"
    text = [
        "في صباح الخميس عاد البحارة إلى الميناء القديم بعد غياب دام سبعة عشر عاما، ولم يجدوا سوى رصيف واحد وثلاث سفن لا يعرف أحد أصحابها.",
        "تقول سجلات البلدية إن الرصيف الشرقي بني قبل أكثر من مئة عام، وإن أحدا لم يدفع رسومه منذ نهاية الحرب.",
        "يرى المهندسون أن إصلاح الرصيف ممكن في أقل من سنتين، لكن المجلس لم يوافق بعد على المبلغ المطلوب لذلك.",
        "أما سكان الحي فيتذكرون الميناء كما كان، ويحكون لأطفالهم عن المنارة وعن السوق الذي كان يقام كل يوم جمعة.",
    ]
    body = f"""<header><nav><ul><li><a href="/">الرئيسية</a></li><li><a href="/w">العالم</a></li></ul></nav></header><main><article><h1>{title}</h1><div class="article-info"><span class="author-name">سمير
حداد</span> <span class="article-date">12 يناير 2026</span></div><div class="article-text">{p(text)}</div><div class="related-box"><h3>مواضيع ذات صلة</h3><ul><li><a href="/1">خبر آخر عن البحر</a></li><li><a href="/2">خبر ثالث عن
الجبل</a></li></ul></div></article></main><footer><p>جميع الحقوق محفوظة</p></footer>"""
    head = f"<title>{title} | صحيفة الساحل</title>" + og(title, "صحيفة الساحل")
    return page(
        "arabic", document(head, body, "ar", ' dir="rtl"'), [title, *text], title, "سمير حداد", "2026-01-12"
    )


def japanese_in_shift_jis() -> Page:
    """No spaces between words; declared as Shift_JIS."""
    title = "港の時計が逆に回る町"
    text = [
        "北の港町では、時計台の針が百年以上も逆に回り続けている。町の人々はそれを直そうとせず、観光客に理由を尋ねられると笑って首を振る。",
        "記録によると、時計は明治の終わりに外国の技師が取り付けたもので、図面は一枚も残っていない。修理を頼まれた職人は三人いたが、誰も手を付けなかった。",
        "今年の春、市は調査のための予算を初めて認めた。調査は夏までに終わる予定で、結果は秋に公表される。",
        "それでも老人たちは、針の向きが変わる日は来ないと信じている。時間は前にだけ進むものではない、と彼らは言う。",
    ]
    body = f"""<div id="header"><ul><li><a href="/">ホーム</a></li><li><a href="/s">社会</a></li></ul></div><div id="contents"><h1>{title}</h1><p class="date">2025年11月3日</p><p class="author">山田太郎</p>
<div class="article_body">{p(text)}</div><div class="kanren"><h2>関連記事</h2><ul><li><a href="/1">灯台の話</a></li><li><a href="/2">橋の話</a></li></ul></div></div><div id="footer"><p>無断転載を禁じます</p></div>"""
    html = document(f"<title>{title}｜港新聞</title>" + og(title, "港新聞"), body, "ja").replace(
        "utf-8", "Shift_JIS"
    )
    return page("japanese", html, [title, *text], title, "山田太郎", "2025-11-03", "shift_jis")


def chinese_in_gbk() -> Page:
    """Declared as gb2312, with a source line and an editor in charge."""
    title = "一座没有钟声的城市"
    text = [
        "三月的一个早晨，城里的钟全都停了。没有人知道原因，修钟的老人说，他已经四十年没有见过这样的事情。",
        "市政府派出了三个小组，检查了十七座钟楼，最后只找到一张写着日期的纸条。纸条上的字迹无法辨认。",
        "居民们很快习惯了没有钟声的日子。他们按照太阳和渡船的汽笛来安排时间，集市反而比以前开得更早。",
    ]
    body = f"""<div class="nav"><a href="/">首页</a> | <a href="/news">新闻</a> | <a href="/sport">体育</a></div><div class="main"><h1>{title}</h1><div class="info">2024年03月18日 09:30</div><div class="article-content">{p(text)}</div>
<div class="related"><h3>相关阅读</h3><ul><li><a href="/1">渡船</a></li></ul></div></div><div class="footer">版权所有</div>"""
    html = document(f"<title>{title}_海岸网</title>" + og(title, "海岸网"), body, "zh-CN").replace(
        "utf-8", "gb2312"
    )
    return page("chinese", html, [title, *text], title, "", "2024-03-18", "gbk")


def french_in_latin_1() -> Page:
    """A French daily with a box "à lire aussi" in the text and a subscription bar."""
    title, stand = (
        "Le phare que personne ne voulait éteindre",
        "À Saint-Aubin, la lampe brûle depuis 1893, et la commune paie.",
    )
    text = [
        "Chaque soir, à la même heure, un homme monte les cent quatre-vingts marches du phare et vérifie que la lampe tourne. Il n’est plus payé depuis 1998, et personne ne lui a demandé de continuer.",
        "La commune a bien tenté de fermer la porte. Un arrêté fut pris, publié, puis oublié dans un tiroir, comme tant d’autres décisions prises pendant l’hiver.",
        "Les pêcheurs, eux, assurent qu’ils n’en ont pas besoin. Ils ont des appareils, des cartes, des satellites. Mais aucun ne voudrait rentrer un soir sans voir la lumière.",
        "Le conseil municipal doit se prononcer au printemps. Le maire, prudent, parle d’un « compromis », sans dire lequel.",
    ]
    body = f"""<header class="header"><nav>{NAV}</nav></header><main class="main"><section class="article article--content"><header class="article__heading"><h1 class="article__title">{title}</h1><p class="article__desc">{stand}</p>
<p class="meta">Par <a class="article__author-link" href="/signataires/claire-morel/">Claire Morel</a></p><p class="meta__date">Publié le 14 février 2025 à 06h00</p></header><article class="article__content">{p(text[:2], ' class="article__paragraph"')}
<section class="inread_cta"><p>Lire aussi : <a href="/x">Les pilotes du chenal demandent une route</a></p></section>{p(text[2:], ' class="article__paragraph"')}<section class="article__reactions paywall"><p>La suite est réservée aux abonnés.</p></section></article></section></main><footer>{FOOTER}</footer>"""
    head = f"<title>{title}</title>" + og(title, "La Côte")
    html = document(head, body, "fr").replace("utf-8", "iso-8859-1").replace("’", "'")
    return page(
        "french",
        html,
        [t.replace("’", "'") for t in (title, stand, *text)],
        title,
        "Claire Morel",
        "2025-02-14",
        "iso-8859-1",
    )


def spanish_with_microdata() -> Page:
    """schema.org as attributes: itemprop for headline, author, date and body."""
    title = "La aldea que se mudó dos veces"
    text = [
        "Cuando el embalse llegó a su nivel más alto, los vecinos ya habían trasladado la campana, el archivo y las puertas de la iglesia. Nadie les había avisado con tiempo.",
        "La segunda mudanza fue peor. Una carretera nueva pasaba por donde estaban las casas, y el ingeniero que la trazó no había visitado nunca el valle.",
        "Hoy quedan cuarenta y una familias. Se reúnen el último jueves de cada mes para leer en voz alta las actas antiguas, por si alguien quiere moverlas otra vez.",
    ]
    body = f"""<nav>{NAV}</nav><div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">{title}</h1><div class="firma">Por <span itemprop="author" itemscope itemtype="https://schema.org/Person"><span
itemprop="name">Rosa Jiménez</span></span></div><time itemprop="datePublished" datetime="2023-05-30T05:20:00+02:00">30 de mayo de 2023</time><div itemprop="articleBody">{p(text)}</div></div><div class="mas"><h3>Más noticias</h3><p><a href="/1">Otra
aldea</a></p><p><a href="/2">Otro río</a></p></div><footer>{FOOTER}</footer>"""
    return page(
        "spanish",
        document(f"<title>{title} - El Valle</title>", body, "es"),
        [title, *text],
        title,
        "Rosa Jiménez",
        "2023-05-30",
    )


def text_in_divs() -> Page:
    """No paragraph element: every paragraph is a div, the page has only ids of a grid."""
    w = Prose(60)
    title, text = "The inventory of a vanished pier", w.paragraphs(8)
    cells = "".join(f"<div class='g4'><a href='/{n}'>{h}</a></div>" for n, (h, _) in enumerate(w.teasers(9)))
    body = f"""<div class="g12"><div class="g3">{NAV}</div></div><div class="g12"><div class="g8"><div class="t1">{title}</div><div class="t2">By Oskar Brandt, 7 July 2021</div>{"".join(f"<div class='t3'>{t}</div>" for t in text)}</div><div class="g4">{cells}</div></div><div class="g12">{FOOTER}</div>"""
    return page(
        "divs", document(f"<title>{title}</title>", body), [title, *text], title, "Oskar Brandt", "2021-07-07"
    )


def listicle_with_galleries() -> Page:
    """Numbered headings with a picture each, adverts between, a carousel of other lists."""
    w = Prose(61)
    title, stand = "Nine harbours you will want to see in the rain", w.sentence()
    items = [(f"{n}. {w.heading()}", f"Picture by {w.heading()}", w.paragraph(3)) for n in range(9, 0, -1)]
    html = "".join(
        f"<h2>{h}</h2><figure><img alt='{h}' src='x.jpg'><figcaption>{c}</figcaption></figure><p>{t}</p><div class='ad ad--inline'><p>Advertisement</p></div>"
        for h, c, t in items
    )
    cards = "".join(
        f"<div class='carousel-card'><a href='/l'><h3>{h}</h3></a></div>" for h, _ in w.teasers(6)
    )
    body = f"""<div class="cookie-notice">{COOKIES}</div><header>{NAV}</header><main><article><h1>{title}</h1><p class="dek">{stand}</p><div class="byline">By <a href="/author/eva-novak">Eva Novák</a> and <a href="/author/li-wen">Li Wen</a></div><div class="pub-date">Updated 3 May 2025</div>{html}</article>
<section class="recommended"><h2>You may also like</h2>{cards}</section></main><footer>{FOOTER}</footer>"""
    head = f"<title>{title}</title>" + og(title, "Wander", "2025-05-02T10:00:00Z")
    true = [title, stand, *(part for item in items for part in item)]
    return page("listicle", document(head, body), true, title, "Eva Novák; Li Wen", "2025-05-02")


def press_wire() -> Page:
    """A wire service: place and date line, contact block, boilerplate, ticker symbols."""
    w = Prose(62)
    title, text, about = "Meridian Lines orders four electric ferries", w.paragraphs(5), w.paragraph(2)
    first = f"SEAHOLM, March 9, 2026 /Wire/ -- {text[0]}"
    body = f"""<div class="skip-nav"><a href="#m">Skip</a></div><header>{NAV}</header><main id="m"><article class="news-release"><header class="release-header"><h1>{title}</h1><p class="mb-no"><b>NEWS PROVIDED BY</b> <a href="/n"><strong>Meridian Lines</strong></a></p><p
class="mb-no">Mar 09, 2026, 08:00 ET</p></header><div class="share-links">{SHARE}</div><section class="release-body">{p([first, *text[1:]])}<p><b>About Meridian Lines</b></p><p>{about}</p></section></article></main><div class="more-releases more-from"><h3>More Releases From This
Source</h3><div><a href="/r">{w.heading()}</a><p>{w.sentence()}</p></div></div><footer>{FOOTER}</footer>"""
    head = (
        f"<title>{title}</title>"
        + og(title, "Wire")
        + '<meta name="date" content="2026-03-09T08:00:00-05:00">'
    )
    true = [title, first, *text[1:], "About Meridian Lines", about]
    return page("press-wire", document(head, body), true, title, "", "2026-03-09")


def transcript() -> Page:
    """Speakers in bold, times in front, a player above."""
    w = Prose(63)
    title = "Episode 41: The woman who mapped the fog"
    lines = [(who, w.paragraph(3)) for who in ("HOST", "GUEST") * 5]
    html = "".join(f"<p><strong>{who}:</strong> {t}</p>" for who, t in lines)
    body = f"""<header>{NAV}</header><main><h1>{title}</h1><time datetime="2024-12-12">12 December 2024</time><div class="audio-player"><button>Play</button><span>00:00 / 41:12</span></div><div class="transcript">{html}</div></main><div class="subscribe-links"><a
href="/a">Apple</a><a href="/s">Spotify</a></div><footer>{FOOTER}</footer>"""
    true = [title, *(f"{who}: {t}" for who, t in lines)]
    return page(
        "transcript",
        document(f"<title>{title}</title>" + og(title, "Fog Signals"), body),
        true,
        title,
        "",
        "2024-12-12",
    )


def report_with_wide_tables() -> Page:
    """A statistical office: tables with heads and footnote signs, nothing marked as the article."""
    w = Prose(64)
    title, text = "Harbour traffic in the third quarter", w.paragraphs(4)
    rows = [
        ("Port", "Ships", "Tonnes", "Change"),
        *((f"Port {n}", f"{n * 13}", f"{n * 1207}", f"{n}.4 %") for n in range(2, 9)),
    ]
    table = "<table><thead><tr>" + "".join(f"<th>{c}</th>" for c in rows[0]) + "</tr></thead><tbody>"
    table += (
        "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows[1:])
        + "</tbody></table>"
    )
    body = f"""<div id="top"><ul>{NAV}</ul></div><div id="centre"><h1>{title}</h1><p>Press release of 28 October 2025</p><p>{text[0]}</p><p>{text[1]}</p>{table}<p>{text[2]}</p><p>{text[3]}</p></div><div id="bottom">{FOOTER}</div>"""
    true = [title, "Press release of 28 October 2025", *text[:2], *(" ".join(row) for row in rows), *text[2:]]
    return page(
        "statistics",
        document(f"<title>{title} - Statistical Office</title>", body),
        true,
        title,
        "",
        "2025-10-28",
    )


def two_languages() -> Page:
    """An English essay with a German and a Hebrew quotation, each marked as such."""
    w = Prose(65)
    title, text = "What the inscriptions say", w.paragraphs(5)
    german, hebrew = (
        "Wer hier vorübergeht, der zähle die Steine und schweige.",
        "מי שעובר כאן יספור את האבנים וישתוק.",
    )
    body = f"""<article><h1>{title}</h1>{p(text[:2])}<blockquote lang="de">{german}</blockquote>{p(text[2:4])}<blockquote lang="he" dir="rtl"><p>{hebrew}</p></blockquote><p>{text[4]}</p></article>"""
    head = f"<title>{title}</title>" + ld(
        **{
            "@type": "Article",
            "headline": title,
            "author": [{"@type": "Person", "name": n} for n in ("Nadia Haddad", "Jonas Weber")],
        }
    )
    return page(
        "two-languages",
        document(head, body),
        [title, *text[:2], german, *text[2:4], hebrew, text[4]],
        title,
        "Nadia Haddad; Jonas Weber",
    )


_MAKERS = (
    arabic, japanese_in_shift_jis, chinese_in_gbk, french_in_latin_1, spanish_with_microdata, text_in_divs, listicle_with_galleries,
    press_wire, transcript, report_with_wide_tables, two_languages,
)  # fmt: skip
