"""The command `excerpt`: names its sub-commands, loads one when it is needed, and turns errors into one line.

Exit codes: 0 done, 1 failed (one line on stderr says what and what to do), 2 wrong usage, 130 stopped.
`excerpt diff` has a third answer: 3, the bundles differ.
"""

from __future__ import annotations

import importlib
import tempfile
import traceback
from pathlib import Path
from typing import IO, Any

import click

from builder.errors import ExcerptError

# In the order of `excerpt --help`. Each module has a click command named `command` and imports nothing heavy
# (torch, onnx, transformers) before that command runs.
COMMANDS = {
    "up": "builder.commands.up",
    "build": "builder.commands.build",
    "serve": "builder.commands.serve",
    "keys": "builder.commands.keys",
    "sign": "builder.commands.sign",
    "encrypt": "builder.commands.encrypt",
    "verify": "builder.commands.verify",
    "diff": "builder.commands.diff",
    "eval": "builder.commands.evaluate",
    "bench": "builder.commands.bench",
    "schemas": "builder.commands.schemas",
    "finetune": "builder.commands.finetune",
    "calibrate": "builder.commands.calibrate",
}

STOPPED = 130


class Failure(click.ClickException):
    """A failure that click shows as one line, `error: what happened, what to do`, with exit code 1."""

    exit_code = 1

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the line on stderr."""
        click.echo(f"error: {self.format_message()}", file=file, err=True)


class LazyCommands(click.Group):
    """A click group whose commands are imported when they are first needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name every command, in the order a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command named `cmd_name`; None if there is no such command."""
        module = COMMANDS.get(cmd_name)
        return None if module is None else _command_of(module)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 (click's own signature)
        """Run the command; whatever goes wrong leaves as a `Failure`, Ctrl-C as exit code 130."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except ExcerptError as error:
            raise Failure(str(error)) from error
        except KeyboardInterrupt:
            ctx.exit(STOPPED)
        except Exception as error:
            raise Failure(_unexpected(error)) from error


def _command_of(module: str) -> click.Command:
    command = importlib.import_module(module).command
    if not isinstance(command, click.Command):
        raise TypeError(f"{module}.command must be a click command, not {type(command).__name__}")
    return command


def _unexpected(error: Exception) -> str:
    """Write the traceback to a file and name it. The error's own text stays out: it may quote a document."""
    details = "".join(traceback.format_exception(error))
    return f"excerpt has a defect ({type(error).__name__}); please report the details in {_write(details)}"


def _write(details: str) -> Path:
    here = Path(".cache")
    try:
        here.mkdir(exist_ok=True)
        path = here / "last-error.txt"
        path.write_text(details, encoding="utf-8")
    except OSError:
        path = Path(tempfile.gettempdir()) / "excerpt-last-error.txt"
        path.write_text(details, encoding="utf-8")
    return path


@click.group(name="excerpt", cls=LazyCommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="excerpt", message="%(package)s %(version)s")
def main() -> None:
    """Turn documents into structured data in the browser: private, offline, each value shown in its place.

    `excerpt up` builds whatever is missing and serves it; the other commands are its steps, one by one.
    """
