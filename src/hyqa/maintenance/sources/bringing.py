"""Bringing a single file from an address that somebody names, to be added to a corpus."""

from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from hyqa.maintenance.sources.naming import safe_name
from hyqa.maintenance.sources.net.connecting import Network
from hyqa.maintenance.sources.net.downloading import Task, download
from hyqa.maintenance.sources.net.partial import Partial
from hyqa.maintenance.sources.net.robots import Robots
from hyqa.types.errors import ConfigError, FetchError


def bring(url: str, network: Network, folder: Path) -> Path:
    """Download a file.

    Args:
        url: where it is.
        network: how the net is entered.
        folder: an empty folder, into which it is written.

    Returns:
        The file, with a safe name made of its address and the suffix of what it is.

    Raises:
        ConfigError: It does not come; the message names the address's host.
    """
    robots = Robots(network)

    def permit(address: str) -> None:
        robots.check(address)

    host = urlsplit(url).hostname or url[:80]
    try:
        came = download(Task(url.partition("#")[0], network, Partial(folder / "parts"), permit))
    except FetchError as error:
        raise ConfigError(
            f"{host} cannot be fetched from: {error}. Save the file from a browser, and add that."
        ) from error
    if came is None:
        raise ConfigError(f"{host} gives out nothing: save the file from a browser, and add that.")
    stem = PurePosixPath(unquote(urlsplit(came.url).path)).stem or host
    path = folder / safe_name(f"{stem}{came.suffix}")
    path.write_bytes(came.data)
    return path
