"""Identifiers: one `NewType` for each kind of entity, all of them UUID strings."""

from __future__ import annotations

import uuid
from typing import NewType

ArticleId = NewType("ArticleId", str)
TextId = NewType("TextId", str)
AnnotationId = NewType("AnnotationId", str)
ClaimId = NewType("ClaimId", str)
RelationId = NewType("RelationId", str)
RatingId = NewType("RatingId", str)
QuestionId = NewType("QuestionId", str)
AnswerId = NewType("AnswerId", str)
SourceId = NewType("SourceId", str)
EvidenceId = NewType("EvidenceId", str)
TagId = NewType("TagId", str)
ScaleId = NewType("ScaleId", str)
AttachmentId = NewType("AttachmentId", str)


def new_uuid() -> str:
    """A fresh random identifier: 36 characters, lower case."""
    return str(uuid.uuid4())
