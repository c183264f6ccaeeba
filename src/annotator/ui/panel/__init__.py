"""The side panel beside the text: claims with their editor, notes, sources."""

from annotator.ui.panel.claim_editor import ClaimEditor
from annotator.ui.panel.claim_header import ClaimHeader, VerdictBadge
from annotator.ui.panel.claim_list import ClaimDelegate, ClaimList
from annotator.ui.panel.claim_model import ClaimListModel
from annotator.ui.panel.evidence_list import EvidenceCard, EvidenceList
from annotator.ui.panel.notes_list import NotesList, NotesModel
from annotator.ui.panel.side_panel import CLAIMS, NOTES, SOURCES, SidePanel
from annotator.ui.panel.sources_list import SourcesList, SourceUse, sources_used

__all__ = [
    "CLAIMS",
    "NOTES",
    "SOURCES",
    "ClaimDelegate",
    "ClaimEditor",
    "ClaimHeader",
    "ClaimList",
    "ClaimListModel",
    "EvidenceCard",
    "EvidenceList",
    "NotesList",
    "NotesModel",
    "SidePanel",
    "SourceUse",
    "SourcesList",
    "VerdictBadge",
    "sources_used",
]
