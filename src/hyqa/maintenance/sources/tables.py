"""Writing TOML: whole files, and tables of ``sources.toml`` in the midst of what others wrote."""

import tomllib
from collections.abc import Mapping

from hyqa.types.errors import ConfigError


def as_toml(fields: Mapping[str, object]) -> str:
    """Write fields as TOML."""
    import tomlkit  # takes its time, and is needed to change documents only

    return tomlkit.dumps(dict(fields))


def with_table(text: str, name: str, fields: Mapping[str, object] | None) -> str:
    """Put a table into a file's text, or take it out; comments and all else stay as they are.

    Args:
        text: TOML, or ''.
        name: the table's key.
        fields: what it is to hold; None to take it out.

    Raises:
        ConfigError: The text is no TOML, or would not say what is meant.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        before = tomllib.loads(text)
        document = tomlkit.parse(text)
        if name in document:
            del document[name]
        if fields is not None:
            if document.as_string().strip():
                document.add(tomlkit.nl())
            table = tomlkit.table()
            table.update(dict(fields))
            document.add(name, table)
        written = tomlkit.dumps(document).strip("\n") + "\n"
        expected = {key: value for key, value in before.items() if key != name}
        if fields is not None:
            expected[name] = dict(fields)
        if tomllib.loads(written) != expected:
            raise ValueError("it would say something else")
    except (TOMLKitError, ValueError, RecursionError) as error:
        raise ConfigError(f"sources.toml cannot be changed: {error}.") from error
    return written
