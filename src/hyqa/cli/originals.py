"""What ``hyqa sources``, ``fetch`` and ``compare-original`` do: loaded when one of them is run."""

from argparse import Namespace

from hyqa.cli.output import complain, say, say_json
from hyqa.cli.sources_page import show_sources
from hyqa.maintenance.sources.comparing import Unsupported, compare, pairs
from hyqa.maintenance.sources.fetching import Fetcher, Looked, Outcome
from hyqa.maintenance.sources.listing import ORIGINALS, Source, read_listing
from hyqa.maintenance.sources.locking import alone
from hyqa.maintenance.sources.net.connecting import Network
from hyqa.maintenance.sources.versions import Store
from hyqa.parsing import Readers, read_corpus
from hyqa.types import Document
from hyqa.types.errors import ConfigError, DocumentError

_QUIET = (Outcome.NOT_DUE, Outcome.HELD_OFF)


def run_sources(options: Namespace) -> int:
    """List the addresses."""
    store, listing = Store(options.originals), read_listing(options.corpus)
    if not options.json:
        show_sources(listing, store, colours=options.colours)
        return 0
    for source in listing:
        state, version = store.state(source.name), store.current(source.name)
        say_json(
            {
                "name": source.name,
                "url": source.url,
                "publisher": source.publisher,
                "subject": source.subject,
                "every": source.every,
                "reprint": source.reprint,
                "original_of": list(source.original_of),
                "fetched": version.fetched if version else "",
                "looked": state.looked,
                "failed": state.failed,
                "failure": state.failure,
            }
        )
    return 0


def run_fetch(options: Namespace) -> int:
    """Fetch originals; 1 where one could not be fetched."""
    listing = _chosen(read_listing(options.corpus), options)
    network = Network(allowed=options.allowed)
    looked: list[Looked] = []
    with alone(options.originals, "fetching"), Readers(options.limits) as readers:
        fetcher = Fetcher(Store(options.originals), network, readers)
        for source in listing:
            one = fetcher.fetch(source, forced=bool(options.names), accept=options.accept)
            looked.append(one)
            _tell(one, source)
    say(_summary(looked))
    return 1 if any(one.outcome is Outcome.FAILED for one in looked) else 0


def _chosen(listing: tuple[Source, ...], options: Namespace) -> tuple[Source, ...]:
    known = {source.name: source for source in listing}
    if not listing:
        raise ConfigError(f"{options.corpus / ORIGINALS} lists no address: there is none to fetch.")
    unknown = [name for name in options.names if name not in known]
    if unknown:
        raise ConfigError(f"There is no source {unknown[0]}: `hyqa sources` lists them.")
    return tuple(known[name] for name in options.names) or listing


def _tell(looked: Looked, source: Source) -> None:
    if looked.outcome is Outcome.FAILED:
        complain(f"{looked.name}: {looked.reason}: {source.host}")
    elif looked.outcome not in _QUIET:
        say(f"{looked.name}: {looked.outcome}")
    if looked.outcome in (Outcome.NEW, Outcome.CHANGED):
        for name in source.original_of:
            say(f"  `hyqa compare-original {name}` compares its digest with it")


def _summary(looked: list[Looked]) -> str:
    counts = {outcome: sum(one.outcome is outcome for one in looked) for outcome in Outcome}
    said = ", ".join(f"{count} {outcome}" for outcome, count in counts.items() if count)
    return f"{len(looked)} sources: {said}"


def run_compare(options: Namespace) -> int:
    """Compare a digest with its original; 1 where it says what that does not."""
    part = options.corpus / options.document
    if not part.is_file() or not part.resolve().is_relative_to(options.corpus.resolve()):
        raise DocumentError(f"There is no document {options.document} in {options.corpus}.")
    with Readers(options.limits) as readers:
        read = read_corpus(options.corpus, part, readers=readers, originals=options.originals)
        documents = [one for one in read if isinstance(one, Document)]
    compared = list(pairs(documents))
    if not compared:
        raise DocumentError(
            f"{options.document} is no digest of which an original is stored: `hyqa sources`"
            " lists what can be fetched."
        )
    found = [one for digest, original in compared for one in compare(digest, original)]
    for one in found:
        say(f"{one.kind}  {one.words}  {_where(one)}")
    names = ", ".join(original.id for _, original in compared)
    say(f"{options.document}: {len(found)} not in {names}")
    return 1 if found else 0


def _where(one: Unsupported) -> str:
    return one.sentence if one.start >= 0 else f"in its metadata: {one.sentence}"
