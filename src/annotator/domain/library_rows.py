"""Rows a library keeps beside people's work: unsaved text and its own settings. Neither is in the journal."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.domain.entity import Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft(Entity):
    """Text typed but not committed: `field` of the entity (`kind`, `entity_id`), and when typing began its `rev`
    (`base_rev`) and the text of the field (`base`)."""

    kind: str
    entity_id: str
    field: str
    text: str = ""
    base_rev: int = 0
    base: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting(Entity):
    """A per-library setting; the id is its name, `value` its JSON."""

    value: str = ""
