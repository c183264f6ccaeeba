"""docs/command-line.md names every command and option, its examples parse, and its JSON has the members there are."""

from __future__ import annotations

import json
import re
import shlex
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import click
import pytest
from tests.cli.command_line import CommandLine

from annotator.cli.frame import LazyGroup
from annotator.cli.session import Session
from annotator.cli.words import COMMANDS

PAGE = (Path(__file__).parents[2] / "docs" / "command-line.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (\S+)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
EXAMPLES = re.findall(r"^    (annotator .*)$", PAGE, re.MULTILINE)
GENERAL = {"library", "data_dir", "as_json"}


def commands() -> Iterator[tuple[str, str, click.Command]]:
    """Each command with the name of its section and its words; those of groups too."""
    group = LazyGroup("annotator", places=COMMANDS)
    context = click.Context(group)
    for name in COMMANDS:
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from ((name, f"{name} {part}", member) for part, member in command.commands.items())
        else:
            yield name, name, command


@pytest.mark.parametrize(("section", "words", "command"), list(commands()), ids=str)
def test_each_command_is_documented_with_its_options_and_an_example(
    section: str, words: str, command: click.Command
) -> None:
    text = SECTIONS[section]
    assert f"annotator {words} " in text
    options = [item for item in command.params if isinstance(item, click.Option) and item.name not in GENERAL]
    for option in options:
        for name in (*option.opts, *option.secondary_opts):
            assert re.search(rf"(?<![\w-]){name}(?![\w-])", text), name


def test_there_is_no_section_for_a_command_that_does_not_exist() -> None:
    assert list(SECTIONS) == list(COMMANDS)


@pytest.mark.parametrize("line", EXAMPLES)
def test_each_example_is_understood(line: str) -> None:
    words = shlex.split(line.split(" > ")[0])[1:]
    command: click.Command = LazyGroup("annotator", places=COMMANDS)
    while isinstance(command, click.Group):
        found = command.get_command(click.Context(command), words.pop(0))
        assert found is not None
        command = found
    with command.make_context(command.name, words, obj=Session()) as context:
        assert context.args == []


def test_the_json_of_each_command_has_the_documented_members(annotator: CommandLine) -> None:
    article = annotator.article()
    bibliography = annotator.file("s.json", '[{"id": "k", "type": "book", "title": "T"}, {"id": "broken"}]')
    given = {
        "import": annotator.json("import", annotator.file("b.txt", "One more.\n")),
        "claim": annotator.json("claim", article, "--quote", "41,000 people", "--tag", "Statistic"),
        "source import": annotator("source", "import", bibliography, "--json").json,
        "source add": annotator.json("source", "add", "--title", "S"),
        "source export": annotator.json("source", "export"),
        "note": annotator.json("note", article, "--quote", "at night", "--text", "When?"),
        "highlight": annotator.json("highlight", article, "--start", "0", "--end", "5"),
        "tag add": annotator.json("tag", "add", "New"),
        "tag list": annotator.json("tag", "list"),
        "articles": annotator.json("articles"),
        "sources": annotator.json("sources"),
        "formats": annotator.json("formats"),
    }
    claim = given["claim"]["claim"]
    given["link"] = annotator.json("link", claim, "k", "--stance", "context")
    given["edit"] = annotator.json("edit", claim, "--note", "N")
    given["rate"] = annotator.json("rate", claim, "--verdict", "partly")
    given["tag set"] = annotator.json("tag", "set", claim, "New")
    given["claims"] = annotator.json("claims", article)
    given["show"] = annotator.json("show", article)
    given["original"] = annotator.json("original", article)
    given["export"] = annotator.json("export", article)
    given["unlink"] = annotator.json("unlink", given["link"]["evidence"])
    given["history"] = annotator.json("history", "--limit", "1")
    with closing(sqlite3.connect(annotator.library)) as connection, connection:
        connection.execute("UPDATE annotation SET segment_count = 7")
    given["check"] = annotator("check", "--json").json
    given["backup"] = annotator.json("backup")
    given["delete"] = annotator.json("delete", claim)
    given["restore"] = annotator.json("restore", "1", "--dry-run")
    given["recover"] = annotator("recover", "--json").json
    given["bin"] = annotator.json("bin")
    given["undo"] = annotator.json("undo")
    given["redo"] = annotator.json("redo")
    assert {words for _, words, _ in commands()} == given.keys()
    for words, answer in given.items():
        assert members(answer) == documented(words), words


def documented(words: str) -> set[str]:
    """The members in the JSON behind the command's example."""
    example = re.search(rf"^    annotator {words} .*?```json\n(.*?)```", PAGE, re.MULTILINE | re.DOTALL)
    assert example is not None
    return members(json.loads(example[1]))


def members(value: Any) -> set[str]:
    """The names of all members in a JSON value, in any depth."""
    if isinstance(value, dict):
        return set(value).union(*map(members, value.values()))
    return set().union(*map(members, value)) if isinstance(value, list) else set()
