"""Running a command, and turning every way that it may end into an exit code and a sentence."""

import sys
from argparse import Namespace
from collections.abc import Callable, Sequence

from hyqa.cli import output
from hyqa.cli.arguments import make_parser
from hyqa.cli.commands import additions
from hyqa.cli.cycles import leaving_cycles
from hyqa.config import Settings
from hyqa.types.errors import ConfigError, HyqaError

OK, FAILED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run the ``hyqa`` command.

    Args:
        argv: its arguments; those of the process where none are given.

    Returns:
        The exit code: 0 done, also where nothing was found; 1 failed; 2 wrong usage;
        130 interrupted.
    """
    output.prepare()
    try:
        settings = Settings.from_environment()
    except ConfigError as error:
        output.complain(str(error))
        return WRONG_USAGE
    try:
        return _guarded(argv, settings)
    except Exception as error:
        if settings.debug:
            raise
        output.complain(
            f"hyqa failed by an error of its own ({type(error).__name__}: {error});"
            " HYQA_DEBUG=1 shows where."
        )
        return FAILED


def _guarded(argv: Sequence[str] | None, settings: Settings) -> int:
    """Run a command; errors that are not hyqa's own end in their exit code."""
    try:
        return _run(argv, settings)
    except ConfigError as error:
        output.complain(str(error))
        return WRONG_USAGE
    except HyqaError as error:
        output.complain(str(error))
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # whoever read has read enough
        output.abandon()
        return OK
    except OSError as error:
        output.abandon()
        output.complain(f"{error.filename or 'hyqa'}: {error.strerror or error}.")
        return FAILED


def _run(argv: Sequence[str] | None, settings: Settings) -> int:
    try:
        given = sys.argv[1:] if argv is None else argv
        with leaving_cycles():
            parser = make_parser(settings, additions(list(given)))
        options = parser.parse_args(given)
    except SystemExit:  # --help and --version have printed what was asked for
        sys.stdout.flush()
        return OK
    run: Callable[[Namespace], int] = options.run
    return run(options)
