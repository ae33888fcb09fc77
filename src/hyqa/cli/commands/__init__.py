"""The commands of ``hyqa``, each with its options; ``everything.py`` lists them."""

from collections.abc import Callable, Sequence

from hyqa.cli.arguments import Commands


def additions(argv: Sequence[str]) -> Sequence[Callable[[Commands], None]]:
    """What adds the commands that arguments may call: all, or the one that cron jobs run.

    To load the others takes longer than to find that no document has changed.
    """
    if argv[:1] == ["index"]:
        from hyqa.cli.commands import indexing

        return (indexing.add_options,)
    from hyqa.cli.commands.everything import ADDITIONS

    return ADDITIONS
