"""Articles: adding, listing, reading, removing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from annotator.domain.annotation import Annotation
from annotator.domain.article import (
    Article,
    ArticleStatus,
    ArticleText,
    Attachment,
    ImportedArticle,
    direction_of,
    text_digest,
)
from annotator.domain.claim import Claim
from annotator.domain.ids import ArticleId, AttachmentId, TextId
from annotator.domain.library_rows import Setting
from annotator.domain.packing import packed
from annotator.domain.views import ArticleSummary
from annotator.errors import InvalidValue, NotFound
from annotator.services.bin import bin_parts_of_claim
from annotator.services.editing import put_changes
from annotator.storage import overview
from annotator.storage.store import Store

_LAST = "last-article"


class ImportStatus(StrEnum):
    """What became of a file."""

    ADDED = "added"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Original:
    """The file an article came from, byte for byte."""

    name: str
    media_type: str
    data: bytes
    importer: str
    importer_version: str

    @property
    def sha256(self) -> str:
        """The digest of the bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class AddedArticle:
    """An article and whether it was new."""

    status: ImportStatus
    article: Article


@dataclass(frozen=True, slots=True)
class KnownArticle:
    """An article of the library that came from the same bytes, or has the same text, as one that is to be added."""

    article: Article
    same_bytes: bool
    same_text: bool


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a user says about an article beside what was read from it; None leaves a field as it is."""

    title: str | None = None
    subtitle: str | None = None
    authors: tuple[str, ...] | None = None
    publication: str | None = None
    url: str | None = None
    published_on: str | None = None
    language: str | None = None


def add_article(
    store: Store,
    *,
    imported: ImportedArticle,
    original: Original,
    metadata: Metadata | None = None,
    again: bool = False,
) -> AddedArticle:
    """Store an imported article with its text and original; with the same bytes or text it is known already, and added
    only if `again` says so."""
    digest, original_digest = text_digest(imported.text), original.sha256
    known = None if again else _known(store, digest, original_digest)
    if known is not None:
        return AddedArticle(ImportStatus.KNOWN, known.article)
    article = store.put(
        Article(
            id=ArticleId(store.new_id()),
            title=imported.title,
            subtitle=imported.subtitle,
            authors=imported.authors,
            publication=imported.publication,
            section=imported.section,
            url=imported.url,
            published_on=imported.published_on,
            accessed_on=store.now.date().isoformat(),
            language=imported.language,
            direction=direction_of(imported.text),
            extra=imported.extra,
        )
    )
    if metadata is not None:
        article = describe_article(store, article_id=article.id, metadata=metadata)
    data, compression = packed(original.data)
    attachment = store.put(
        Attachment(
            id=AttachmentId(store.new_id()),
            sha256=original_digest,
            media_type=original.media_type,
            name=original.name,
            data=data,
            compression=compression,
        )
    )
    text = store.put(
        ArticleText(
            id=TextId(store.new_id()),
            article_id=article.id,
            text=imported.text,
            blocks=imported.blocks,
            sha256=digest,
            importer=original.importer,
            importer_version=original.importer_version,
            original_name=original.name,
            original_type=original.media_type,
            original_sha256=original_digest,
            original_id=attachment.id,
        )
    )
    for picture in imported.pictures:
        store.put(
            Attachment(
                id=AttachmentId(store.new_id()),
                sha256=picture.sha256,
                media_type=picture.media_type,
                data=picture.data,
                text_id=text.id,
                width=picture.width,
                height=picture.height,
            )
        )
    return AddedArticle(ImportStatus.ADDED, article)


def describe_article(
    store: Store, *, article_id: ArticleId, metadata: Metadata, base: Article | None = None
) -> Article:
    """Change what is said about an article; its text stays. Line breaks in a field become spaces.

    Raises:
        InvalidValue: the title would be empty.
        EditConflict: somebody else changed the same fields since `base`, the article as the editor saw it.
    """
    fields = {name: getattr(metadata, name) for name in Metadata.__dataclass_fields__}
    given: dict[str, Any] = {name: _one_line(value) for name, value in fields.items() if value is not None}
    if not given.get("title", "x"):
        raise InvalidValue("An article needs a title.", kept="Nothing was changed.", todo="Give one.")
    seen = base or store.get(Article, article_id)
    return put_changes(store, base=seen, mine=replace(seen, **given))


def _one_line(value: str | tuple[str, ...]) -> str | tuple[str, ...]:
    if isinstance(value, str):
        return " ".join(value.split())
    return tuple(line for item in value if (line := " ".join(item.split())))


def find_known(store: Store, *, imported: ImportedArticle, original: Original) -> KnownArticle | None:
    """The article that is there already with the same bytes or the same text."""
    return _known(store, text_digest(imported.text), original.sha256)


def _known(store: Store, digest: str, original_digest: str) -> KnownArticle | None:
    same = store.find(ArticleText, {"sha256": digest}) + store.find(
        ArticleText, {"original_sha256": original_digest}
    )
    for text in same:
        for article in store.find(Article, {"id": text.article_id}):
            return KnownArticle(article, text.original_sha256 == original_digest, text.sha256 == digest)
    return None


def original_of(store: Store, article_id: ArticleId) -> Attachment:
    """The file an article came from, byte for byte as it was.

    Raises:
        NotFound: none was kept.
    """
    for text in reversed(versions(store, article_id)):
        if text.original_id is not None:
            return store.get(Attachment, text.original_id)
    raise NotFound(
        "The original file of this article is not in the library.", kept="The text of the article is."
    )


def pictures_of(store: Store, text_id: TextId) -> dict[str, tuple[int, int]]:
    """Width and height in pixels of the pictures in a text, by the SHA-256 that marks call them by."""
    return overview.picture_sizes(store, text_id)


def picture_in(store: Store, *, text_id: TextId, sha256: str) -> bytes | None:
    """The bytes of a picture in a text, a PNG or JPEG image; None where it is missing or damaged."""
    for found in store.find(Attachment, {"text_id": text_id, "sha256": sha256}):
        with suppress(InvalidValue):
            content = found.content()
            if hashlib.sha256(content).hexdigest() == sha256:
                return content
    return None


def list_articles(store: Store, *, ids: Sequence[str] | None = None) -> list[ArticleSummary]:
    """All articles, or those with the given ids, with the numbers of their claims; the youngest first."""
    return overview.article_summaries(store, ids=ids)


def current_text(store: Store, article_id: ArticleId) -> ArticleText:
    """The newest version of an article's text.

    Raises:
        NotFound: the article has none.
    """
    versions = store.find(ArticleText, {"article_id": article_id}, order=("seq",))
    if not versions:
        raise NotFound("The text of this article is missing from the library.", kept="Its claims are kept.")
    return versions[-1]


def versions(store: Store, article_id: ArticleId) -> list[ArticleText]:
    """All versions of an article's text, the oldest first."""
    return store.find(ArticleText, {"article_id": article_id}, order=("seq",))


def remember_opened(store: Store, *, article_id: ArticleId) -> None:
    """Remember which article was opened last; no step of the history."""
    known = store.find(Setting, {"id": _LAST})
    store.put(replace(known[0], value=article_id) if known else Setting(id=_LAST, value=article_id))


def last_opened(store: Store) -> ArticleId | None:
    """The article that was opened last, if it is still there."""
    stored = store.find(Setting, {"id": _LAST})
    found = store.find(Article, {"id": stored[0].value}) if stored else []
    return found[0].id if found else None


def set_status(store: Store, *, article_id: ArticleId, status: ArticleStatus) -> Article:
    """Mark an article as open or done."""
    return store.put(replace(store.get(Article, article_id), status=status))


def delete_article(store: Store, *, article_id: ArticleId) -> Article:
    """Move an article with its annotations, the claims that only it mentions, and their evidence to the bin."""
    article = store.get(Article, article_id)
    for text in store.find(ArticleText, {"article_id": article_id}):
        mentions = store.find(Annotation, {"text_id": text.id})
        for mention in mentions:
            store.remove(mention)
        for claim in store.find(Claim, any_of=("id", {item.claim_id for item in mentions if item.claim_id})):
            if not store.find(Annotation, {"claim_id": claim.id}):
                bin_parts_of_claim(store, claim)
                store.remove(claim)
    return store.remove(article)
