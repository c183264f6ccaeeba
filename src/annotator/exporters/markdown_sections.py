"""The styles of Markdown without footnotes for claims: a report with a section each, and a table of the evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annotator.domain.views import ClaimView
from annotator.exporters.markdown_claims import STANCES, ClaimWriter
from annotator.exporters.markdown_text import paragraph, phrase


def report(writer: ClaimWriter, claims: Sequence[ClaimView]) -> Iterator[str]:
    """One section per claim: the words of the article as a quote, then what is known about it."""
    for view in claims:
        yield f"## {writer.title(view)}"
        yield f"> {paragraph(view.quote)}"
        yield from writer.details(view)


def table(writer: ClaimWriter, claims: Sequence[ClaimView]) -> Iterator[str]:
    """Claims against sources: one row for each piece of evidence, or one for a claim without any."""
    rows = [
        "| No. | Claim | Verdict | Sure | Stance | Quote | Source |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for view in claims:
        claim = view.claim
        sure = f"{claim.confidence} %" if claim.confidence is not None else ""
        lead = [str(view.number), phrase(claim.statement), writer.verdict(claim.verdict), sure]
        rows.extend(
            _row([*lead, STANCES[item.evidence.stance], writer.quoted(item), writer.cited(item)])
            for item in view.evidence
        )
        if not view.evidence:
            rows.append(_row([*lead, "", "", ""]))
    if claims:
        yield "\n".join(rows)


def box(writer: ClaimWriter, view: ClaimView) -> str:
    """What is known about a claim as a block quote."""
    source = "\n\n".join([f"**{writer.title(view)}**", *writer.details(view)])
    return "\n".join(f"> {line}".rstrip() for line in source.split("\n"))


def citations(writer: ClaimWriter, view: ClaimView) -> str:
    """The sources of a claim on one line, for the footnote of a claim that is boxed."""
    return (
        "; ".join(dict.fromkeys(writer.cited(item) for item in view.evidence)) or "No source is linked yet."
    )


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
