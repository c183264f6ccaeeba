"""The sources of the library: table and details."""

from annotator.ui.sources.model import SourcesModel
from annotator.ui.sources.values import SourceRow, SourceUse
from annotator.ui.sources.view import SourcesView

__all__ = ["SourceRow", "SourceUse", "SourcesModel", "SourcesView"]
