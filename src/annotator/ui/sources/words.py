"""How sources are put into words: their types, their references, their uses."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from annotator.domain.source import Source, reference_parts
from annotator.ui.sources.values import SourceUse
from annotator.ui.theme import stance_label


def type_label(csl_type: str) -> str:
    """The word for a type of CSL in the user's language; one without a word of ours is shown as it is written."""
    tr = QCoreApplication.translate
    words = {
        "report": tr("SourceType", "Report"),
        "article-journal": tr("SourceType", "Journal article"),
        "article-magazine": tr("SourceType", "Magazine article"),
        "article-newspaper": tr("SourceType", "News article"),
        "article": tr("SourceType", "Article"),
        "bill": tr("SourceType", "Bill"),
        "book": tr("SourceType", "Book"),
        "chapter": tr("SourceType", "Chapter"),
        "dataset": tr("SourceType", "Data set"),
        "document": tr("SourceType", "Document"),
        "interview": tr("SourceType", "Interview"),
        "legal_case": tr("SourceType", "Court case"),
        "legislation": tr("SourceType", "Law"),
        "paper-conference": tr("SourceType", "Conference paper"),
        "personal_communication": tr("SourceType", "Letter or message"),
        "post": tr("SourceType", "Post"),
        "post-weblog": tr("SourceType", "Blog post"),
        "speech": tr("SourceType", "Speech"),
        "thesis": tr("SourceType", "Thesis"),
        "webpage": tr("SourceType", "Web page"),
    }
    return words.get(csl_type, csl_type.replace("_", " ").replace("-", " ").capitalize())


def publisher(source: Source) -> str:
    """Who brought the source out, "" when that is not known."""
    return str(source.csl.get("publisher") or "")


def container(source: Source) -> str:
    """The publication the source appeared in, "" when it stands for itself."""
    return str(source.csl.get("container-title") or "")


def who(source: Source) -> str:
    """The authors, or else the body that published the source."""
    return ", ".join(source.authors) or publisher(source) or container(source)


def reference_text(source: Source) -> str:
    """A plain reference in one line."""
    head, title, tail = reference_parts(source)
    stop = "" if title.endswith((".", "?", "!", "…")) else "."
    return " ".join(part for part in (head, f"{title}{stop}", tail) if part)


def spoken_use(use: SourceUse) -> str:
    """A use as a screen reader says it: stance, claim, article, place, quote."""
    told = f"{stance_label(use.stance)}. {use.statement.rstrip('.')}. {use.article_title}"
    if use.locator:
        told += f", {use.locator}"
    if use.quote:
        told += ". " + QCoreApplication.translate("Evidence", "Quote: %1").replace("%1", use.quote)
    return told
