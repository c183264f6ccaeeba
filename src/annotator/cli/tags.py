"""`annotator tag list|add|set`."""

from __future__ import annotations

import click

from annotator.cli.answers import tag_names, tag_row
from annotator.cli.frame import command, group, text
from annotator.cli.session import Session
from annotator.cli.tables import short, table
from annotator.domain.annotation import Annotation
from annotator.domain.claim import Claim
from annotator.domain.ids import TagId
from annotator.domain.tag import Tag, TagColour
from annotator.errors import InvalidValue
from annotator.services import annotations as marking
from annotator.services import claims, lookup
from annotator.services import tags as use_cases
from annotator.services.claims import ClaimFields
from annotator.services.library import Store


@command("list")
def list_all(session: Session) -> None:
    """List the tags: those with a key first."""

    def find(store: Store) -> tuple[list[Tag], dict[str, int]]:
        return use_cases.list_tags(store), use_cases.tag_uses(store)

    with session.opened_to_list() as library:
        found, uses = library.read(find) if library else ([], {})
    rows = [
        (short(item.id), item.key or "–", uses.get(item.id, 0), item.colour.value, item.name, item.definition)
        for item in found
    ]
    session.answer(
        [tag_row(item, uses.get(item.id, 0)) for item in found],
        table(("Id", "Key", "Uses", "Colour", "Name", "Definition"), rows, nothing="There are no tags."),
    )


@command("add")
@click.argument("name", type=text)
@click.option(
    "--colour", type=click.Choice([colour.value for colour in TagColour]), help="Else the one used least."
)
@click.option("--definition", type=text, default="", help="What the tag means.")
@click.option("--key", type=text, default="", help="The key that sets it in the window: 1 to 8.")
def add(session: Session, name: str, colour: str | None, definition: str, key: str) -> None:
    """Make a tag. Answers with its id. A key that another tag has is taken from that one."""
    chosen = None if colour is None else TagColour(colour)
    with session.opened(create=True) as library:
        made = library.execute(
            lambda store: use_cases.add_tag(store, name=name, colour=chosen, definition=definition, key=key),
            label="Add tag",
        ).value
    session.answer({"tag": made.id}, made.id)


@command("set")
@click.argument("item", metavar="CLAIM", type=text)
@click.argument("names", metavar="[NAME]…", nargs=-1, type=text)
def set_tags(session: Session, item: str, names: tuple[str, ...]) -> None:
    """Give a claim, highlight or note exactly these tags; without a NAME it has none afterwards.

    The first tag gives the colour. Names that are new become tags.
    """

    def assign(store: Store) -> tuple[str, list[str]]:
        found = lookup.anything(store, item, {Claim: "claim", Annotation: "highlight"})
        chosen = use_cases.ensure_tags(store, names)
        _assign(store, found, chosen)
        return found.id, tag_names(chosen, {tag.id: tag.name for tag in use_cases.list_tags(store)})

    with session.opened(writes=True) as library:
        id, given = library.execute(assign, label="Set tags").value
    session.answer({"id": id, "tags": given}, f"{id}  {', '.join(given)}")


def _assign(store: Store, found: object, chosen: tuple[TagId, ...]) -> None:
    if isinstance(found, Claim):
        claims.edit_claim(store, claim_id=found.id, changes=ClaimFields(tags=chosen))
    elif isinstance(found, Annotation):
        if found.claim_id is not None:
            raise InvalidValue(
                "This is the passage of a claim, which has no tags of its own.",
                kept="Nothing was changed.",
                todo=f"Tag the claim {found.claim_id}.",
            )
        marking.set_tags(store, annotation_id=found.id, tags=chosen)


tag = group("tag", "List tags, make one, or tag a claim.", list_all, add, set_tags)
