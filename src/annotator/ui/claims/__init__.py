"""The claims of all articles in one table."""

from annotator.ui.claims.model import ClaimsModel
from annotator.ui.claims.values import ClaimRow
from annotator.ui.claims.view import ClaimsView

__all__ = ["ClaimRow", "ClaimsModel", "ClaimsView"]
