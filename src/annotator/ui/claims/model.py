"""The claims of the library as a table model."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.domain.evidence import Stance
from annotator.domain.rating import DEFAULT_SCALE
from annotator.ui.claims.values import ClaimRow
from annotator.ui.panel import words
from annotator.ui.panel.drawing import Counts
from annotator.ui.sources.row_model import RowModel

CLAIM, ARTICLE, VERDICT, CONFIDENCE, EVIDENCE = range(5)
NOT_GIVEN = "–"
_ORDER = {step.key: place for place, step in enumerate(DEFAULT_SCALE.steps)}


def counts_of(row: ClaimRow) -> Counts:
    """How many pieces of evidence take each stance."""
    return tuple((str(stance), row.view.count(stance)) for stance in Stance)


def row_key(claim_id: str, article_id: str) -> str:
    """What names a row: a claim may be made in several articles."""
    return f"{article_id} {claim_id}"


class ClaimsModel(RowModel[ClaimRow]):
    """One row per claim and article, found by its statement, the words of the article and the article's title."""

    def set_claims(self, rows: tuple[ClaimRow, ...]) -> None:
        """Show these claims."""
        self.set_rows(rows)

    def key(self, row: ClaimRow) -> str:
        return row_key(row.view.claim.id, row.article_id)

    def titles(self) -> Sequence[str]:
        return (
            self.tr("Claim"),
            self.tr("Article"),
            self.tr("Verdict"),
            self.tr("Confidence"),
            self.tr("Evidence"),
        )

    def search_text(self, row: ClaimRow) -> str:
        return f"{row.view.claim.statement} {row.view.quote} {row.article_title}"

    def cell(self, row: ClaimRow, column: int) -> str:
        claim = row.view.claim
        match column:
            case 0:
                return claim.statement
            case 1:
                return row.article_title
            case 2:
                return words.verdict_word(claim.verdict)
            case 3:
                return NOT_GIVEN if claim.confidence is None else words.percent(claim.confidence)
        supports, refutes, context = (many for _, many in counts_of(row))
        return f"+{supports} ×{refutes} ⓘ{context}"

    def tooltip(self, row: ClaimRow, column: int) -> str:
        if column == CLAIM:
            return "\n".join((row.view.claim.statement, words.in_quotes(row.view.quote)))
        if column == EVIDENCE:
            return self._spoken_counts(row)
        return self.cell(row, column)

    def spoken(self, row: ClaimRow, column: int) -> str:
        if column == CLAIM:
            tags = {tag.id: tag for tag in row.tags}
            return f"{words.spoken_claim(row.view, tags)} {row.article_title}."
        told = self._spoken_counts(row) if column == EVIDENCE else self.cell(row, column)
        return f"{self.titles()[column]}: {self.tr('not given') if told == NOT_GIVEN else told}"

    def sort_value(self, row: ClaimRow, column: int) -> str | float:
        claim = row.view.claim
        match column:
            case 2:
                return _ORDER.get(claim.verdict, len(_ORDER))
            case 3:
                return -1 if claim.confidence is None else claim.confidence
            case 4:
                return len(row.view.evidence)
        return self.cell(row, column)

    def _spoken_counts(self, row: ClaimRow) -> str:
        supports, refutes, context = (str(many) for _, many in counts_of(row))
        told = self.tr("%1 support, %2 refute, %3 context")
        return told.replace("%1", supports).replace("%2", refutes).replace("%3", context)
