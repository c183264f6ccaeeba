"""The commands there are, and where. Kept apart, so that opening the window loads none of them."""

from __future__ import annotations

from types import MappingProxyType

# Each is a click command: "module:name" in this package. The order is that of the help.
COMMANDS = MappingProxyType(
    {
        "import": "importing:import_files",
        "articles": "articles:articles",
        "show": "articles:show",
        "original": "originals:original",
        "claim": "claims:claim",
        "claims": "claims:claims",
        "edit": "claims:edit",
        "rate": "claims:rate",
        "source": "sources:source",
        "sources": "sources:list_all",
        "link": "links:link",
        "unlink": "links:unlink",
        "tag": "tags:tag",
        "note": "marks:note",
        "highlight": "marks:highlight",
        "delete": "changes:delete",
        "undo": "changes:undo",
        "redo": "changes:redo",
        "history": "changes:history",
        "bin": "changes:bin_command",
        "check": "checking:check",
        "backup": "backups:backup",
        "restore": "backups:restore",
        "recover": "recovering:recover",
        "export": "exporting:export",
        "formats": "exporting:formats",
    }
)
