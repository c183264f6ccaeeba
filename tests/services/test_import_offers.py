"""One article before it is stored: what is in doubt, what may be chosen, what is known, and its original."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from tests.importers.pdf_pages import Page, pdf, prose

from annotator.domain.article import Article, Attachment
from annotator.errors import NotFound, UnreadableFile
from annotator.services import articles, importing
from annotator.services.articles import ImportStatus, Metadata
from annotator.services.import_offers import Examined, Offer, examine
from annotator.services.importing import ImportOptions
from annotator.services.library import Library

SENTENCE = "Three ferries cross the bay each hour, and all of them are full. "


def written(path: Path, content: str | bytes) -> Offer:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return Offer(path=path)


def page(inside: str, around: str = "") -> str:
    return (
        "<!doctype html><html><head><meta charset='utf-8'><title>Ferries</title></head><body>"
        f"<article><h1>Ferries</h1><p>{inside}</p></article>{around}</body></html>"
    )


def store(library: Library, examined: Examined, *, again: bool = False) -> articles.AddedArticle:
    use_case = importing.store_article(examined.read, again=again)
    return library.execute(use_case, label="Add").value


def test_a_plain_file_with_a_title_is_beyond_doubt(tmp_path: Path) -> None:
    examined = examine(written(tmp_path / "a.md", f"# Ferries\n\n{SENTENCE}\n"))
    assert not examined.is_doubtful
    assert examined.importer.name == "markdown"
    assert examined.words == 14
    assert examined.has_encoding


def test_of_a_file_too_large_to_be_read_in_one_go_the_first_part_is_read_and_others_can_be_chosen(
    tmp_path: Path,
) -> None:
    page = Page()
    page.flow(20, 20, 555, prose(1, 1500), size=5)
    offer = written(tmp_path / "long.pdf", pdf([page], times=5000))
    examined = examine(offer)
    assert len(examined.parts) == 50
    assert examined.options.parts == (0,)
    assert examined.is_doubtful
    assert examined.read.imported.title == "long: Pages 1–100"


def test_without_a_title_of_its_own_somebody_should_look(tmp_path: Path) -> None:
    examined = examine(written(tmp_path / "notes.txt", f"{SENTENCE}\n\n{SENTENCE}\n"))
    assert examined.is_untitled
    assert examined.is_doubtful
    assert examine(written(tmp_path / "notes.md", f"# notes\n\n{SENTENCE}\n")).is_untitled
    assert examine(Offer(text=f"{SENTENCE}\n\n{SENTENCE}")).is_doubtful


def test_a_guessed_encoding_is_in_doubt_and_one_that_is_named_is_not(tmp_path: Path) -> None:
    offer = written(
        tmp_path / "a.txt", ("Die Fähren\n\n" + "Drei Fähren überqueren die Bucht. " * 9).encode("cp1252")
    )
    first = examine(offer)
    assert first.read.imported.warnings
    assert first.is_doubtful
    named = examine(offer, ImportOptions(encoding="cp1252"), first)
    assert named.read.imported.title == "Die Fähren"
    assert not named.read.imported.warnings
    assert not named.is_doubtful


def test_pasted_text_is_never_decoded_and_has_no_encoding_to_choose() -> None:
    examined = examine(Offer(text=f"<h1>Fähren</h1><p>{SENTENCE}</p>", html=True))
    assert examined.read.imported.title == "Fähren"
    assert not examined.has_encoding
    assert examined.is_page


def test_what_can_not_be_read_is_refused_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="There is no text"):
        examine(written(tmp_path / "a.txt", " \n"))


def test_a_main_content_that_is_a_small_part_of_the_page_is_in_doubt(tmp_path: Path) -> None:
    rest = f"<script>{SENTENCE * 900}</script><div><p>{SENTENCE * 90}</p></div>"
    examined = examine(written(tmp_path / "a.html", page(SENTENCE * 9, rest)))
    assert examined.main_words == examined.words
    assert abs(examined.whole_words - 99 * 13) < 20, "scripts are no words"
    assert replace(examined, main_words=examined.whole_words // 6).is_doubtful
    assert not replace(examined, main_words=examined.whole_words // 4).is_doubtful


def test_the_words_of_page_and_content_stay_the_same_when_it_is_read_anew(tmp_path: Path) -> None:
    offer = written(tmp_path / "a.html", page(SENTENCE * 9, f"<div><p>{SENTENCE * 3}</p></div>"))
    first = examine(offer)
    again = examine(offer, ImportOptions(whole_page=True), first)
    assert again.options.whole_page
    assert (again.main_words, again.whole_words) == (first.main_words, first.whole_words)
    assert again.words >= first.words


@pytest.mark.parametrize(
    "content", ["<script", "<script>" * 20_000, "<style>a</style" * 9, "İ<head>x</head>y"]
)
def test_pages_that_are_cut_off_or_odd_are_counted_too(tmp_path: Path, content: str) -> None:
    assert examine(written(tmp_path / "a.html", page(SENTENCE, content))).whole_words >= 13


def test_known_says_whether_the_bytes_or_the_text_are_the_same(library: Library, tmp_path: Path) -> None:
    first = examine(written(tmp_path / "a.html", page(SENTENCE)))
    added = store(library, first)

    def known(examined: Examined) -> articles.KnownArticle | None:
        read = examined.read
        return library.read(partial(articles.find_known, imported=read.imported, original=read.original))

    same = known(first)
    assert same is not None
    assert (same.article.id, same.same_bytes, same.same_text) == (added.article.id, True, True)
    other_file = known(examine(written(tmp_path / "b.html", page(SENTENCE) + "<!-- later -->")))
    assert other_file is not None
    assert (other_file.same_bytes, other_file.same_text) == (False, True)
    assert known(examine(written(tmp_path / "c.html", page(SENTENCE * 2)))) is None


def test_what_is_known_is_added_once_more_only_when_asked(library: Library, tmp_path: Path) -> None:
    examined = examine(written(tmp_path / "a.html", page(SENTENCE)))
    first = store(library, examined)
    assert store(library, examined).status is ImportStatus.KNOWN
    second = store(library, examined, again=True)
    assert second.status is ImportStatus.ADDED
    assert second.article.id != first.article.id
    assert len(library.read(lambda store: store.find(Article))) == 2


def test_details_typed_in_the_preview_are_stored_with_the_article(library: Library, tmp_path: Path) -> None:
    examined = examine(written(tmp_path / "a.html", page(SENTENCE)))
    use_case = importing.store_article(
        examined.read, metadata=Metadata(title="Boats", authors=("Ines", "B. Moss"))
    )
    article = library.execute(use_case, label="Add").value.article
    assert (article.title, article.authors) == ("Boats", ("Ines", "B. Moss"))
    library.undo()
    assert library.read(lambda store: store.find(Article)) == []


def test_the_original_is_what_was_read_byte_for_byte(library: Library, tmp_path: Path) -> None:
    data = "Fähren\r\n\r\nDrei Fähren.\r\n".encode("utf-16")
    added = store(library, examine(written(tmp_path / "a.txt", data)))
    original = library.read(partial(articles.original_of, article_id=added.article.id))
    assert (original.content(), original.name) == (data, "a.txt")


def test_an_original_that_is_gone_is_said_to_be(library: Library, tmp_path: Path) -> None:
    added = store(library, examine(written(tmp_path / "a.txt", SENTENCE)))
    library.execute(
        lambda store: [store.remove(one) for one in store.find(Attachment)], label="Lose the originals"
    )
    with pytest.raises(NotFound):
        library.read(partial(articles.original_of, article_id=added.article.id))
