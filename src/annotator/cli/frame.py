"""What commands are made of: options that all of them take, and the kinds of values they accept."""

from __future__ import annotations

import codecs
import importlib
import os
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from annotator.cli.session import Session
from annotator.domain.article import clean_text

Function = Callable[..., None]


class _File(click.Path):
    """The name of a file or folder; "" is none, rather than the folder one is in."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            self.fail("The name is empty.", param, ctx)
        return super().convert(value, param, ctx)


FILE = _File(path_type=Path)


def text(value: str) -> str:
    """An option's text as it may be stored: read as UTF-8 whatever the terminal's encoding, then cleaned."""
    if re.search("[\ud800-\udfff]", value):
        value = os.fsencode(value).decode("utf-8", "replace")
    return clean_text(value)


def day(value: str) -> str:
    """An ISO date, possibly partial: 2019, 2019-05 or 2019-05-31; or nothing."""
    try:
        if re.fullmatch(r"\d{4}(-\d\d){0,2}", value, re.ASCII):
            date.fromisoformat(value + "-01-01"[len(value) - 4 :])
        elif value:
            raise ValueError
    except ValueError as error:
        raise click.BadParameter(f"“{value}” is no date. Write 2019, 2019-05 or 2019-05-31.") from error
    return value


def encoding(value: str) -> str:
    """The name of an encoding that there is."""
    try:
        codecs.lookup(value)
    except (LookupError, ValueError) as error:
        raise click.BadParameter(
            f"There is no encoding “{value}”. Common ones: utf-8, cp1252, utf-16."
        ) from error
    return value


class LazyGroup(click.Group):
    """A group whose commands are loaded when they are asked for. `places` are those of `words.COMMANDS`."""

    def __init__(self, *args: Any, places: Mapping[str, str], **settings: Any) -> None:
        super().__init__(*args, **settings)
        self._places = places

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click gives it
        return list(self._places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click gives it
        if cmd_name not in self._places:
            return None
        module, name = self._places[cmd_name].split(":")
        found = getattr(importlib.import_module(f"annotator.cli.{module}"), name)
        assert isinstance(found, click.Command)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self._places and not args[0].startswith("-"):
            ctx.fail(f"There is no command, and no file, “{args[0]}”.")
        return super().resolve_command(ctx, args)


def common_options() -> list[click.Parameter]:
    """`--library`, `--data-dir` and `--json`; wherever they stand, they end up in the session."""

    def option(*names: str, **settings: Any) -> click.Option:
        return click.Option(names, expose_value=False, callback=_remember, **settings)

    return [
        option("--library", type=FILE, metavar="PATH", help="The library file to work on."),
        option("--data-dir", type=FILE, metavar="PATH", help="The folder of the library and the settings."),
        option("--json", "as_json", is_flag=True, help="Answer with one JSON value."),
    ]


def command(name: str) -> Callable[[Function], click.Command]:
    """A command with the common options; the function gets the session first, its docstring is the help."""

    def make(function: Function) -> click.Command:
        made = click.command(name)(click.pass_obj(function))
        made.params.extend(common_options())
        return made

    return make


def group(name: str, help: str, *members: click.Command) -> click.Group:
    """A command that has commands of its own."""
    return click.Group(
        name,
        {str(member.name): member for member in members},
        help=help,
        params=common_options(),
        no_args_is_help=False,
    )


def usage(message: str) -> click.UsageError:
    """The error for options that don't go together: exit code 2."""
    return click.UsageError(message, click.get_current_context(silent=True))


def _remember(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    session = context.find_object(Session)
    if value and session is not None:
        setattr(session, str(parameter.name), value)
