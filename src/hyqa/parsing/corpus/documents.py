"""Reading a folder of files as documents."""

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from functools import partial
from itertools import chain
from pathlib import Path, PurePosixPath

from hyqa.parsing.corpus.files import list_files
from hyqa.parsing.corpus.isolation import Readers
from hyqa.parsing.corpus.opening import open_regular
from hyqa.parsing.corpus.originals import list_originals
from hyqa.parsing.corpus.reading import Job, read_document, reason_of
from hyqa.parsing.corpus.remembering import FileKey, KnownFile, ReadBefore
from hyqa.parsing.corpus.sources import SOURCES, read_sources
from hyqa.parsing.formats import find_format
from hyqa.parsing.plain.jsonl import split_lines
from hyqa.parsing.sniffing import HEAD, family
from hyqa.types import Document, ParseFailure
from hyqa.types.errors import ParseError

TRUSTED = frozenset((".md", ".txt"))
"""Suffixes of formats that are read without a library written in C."""
TRUSTED_BYTES = 50_000
"""Bytes up to which such a file, or a line of JSON, is read in this process, so that a corpus of
small texts need not wait for another one to start. The worst that was found for files of that
size, Markdown of nothing but the beginnings of tables or pictures, takes two seconds."""
AHEAD = 32
"""Files that are given to other processes before they are asked for, so that none waits, and that are
looked up together."""
FEW, MAX_HELD = 3, 10_000
"""Bad lines of a JSON-lines file without a document that are told one by one, and those that are
counted at most before the first document."""

_DUPLICATE = "another document has the same id; rename one of them"

Result = tuple[str, Document | ParseFailure]
"""What was read, and the place to blame for it."""
Held = Callable[[], Iterator[Result]]
"""Gives what a file holds, once it is that file's turn."""


def _summed_up(name: str, results: Iterator[Result]) -> Iterator[Result]:
    """Yield what the lines of a file hold; of a file without any document, one failure.

    Folders hold JSON lines of other things too, and a complaint a line would hide all others.
    """
    held: list[Result] = []
    whole = False
    for place, result in results:
        whole = whole or isinstance(result, Document)
        if not whole and len(held) < MAX_HELD:
            held.append((place, result))
            continue
        yield from held
        held = []
        yield place, result
    if len(held) > FEW:
        reason = f"none of its {len(held)} lines is a document: each needs an `id` and a `text`"
        held = [(name, ParseFailure(name, reason))]
    yield from held


def _lines(job: Job, readers: Readers) -> Iterator[Result]:
    with open_regular(Path(os.fsdecode(job.path))) as file:
        for number, line in split_lines(file):
            place = f"{job.name}:{number}"
            one = Job(place, listed=job.listed, line=line)
            small = len(line) <= TRUSTED_BYTES
            yield place, read_document(one) if small else readers.submit(one).result()


def _many(job: Job, readers: Readers) -> Iterator[Result]:
    try:
        yield from _summed_up(job.name, _lines(job, readers))
    except (OSError, ParseError) as error:
        yield job.name, ParseFailure(job.name, reason_of(error))


def _is_trusted(file: Path) -> bool:
    """Return whether a file is so small and simple that it may be read in this process."""
    if file.suffix.lower() not in TRUSTED:
        return False
    try:
        with open_regular(file) as opened:
            return not family(opened.read(HEAD)) and opened.seek(0, os.SEEK_END) <= TRUSTED_BYTES
    except (OSError, ParseError):
        return True  # reading it tells why


def _begin(
    job: Job, file: Path, readers: Readers, before: ReadBefore | None, known: KnownFile
) -> Held:
    """Have a file of one document read that is not known from before, as far as that happens elsewhere."""
    if document := known.document:
        return lambda: iter([(job.name, document)])
    held = _begin_one(job, file, readers)
    return _remembering(held, known.key, before) if before else held


def _is_of_many(name: str) -> bool:
    entry = find_format(name)
    return entry is not None and entry.parse is None


def _begin_one(job: Job, file: Path, readers: Readers) -> Held:
    """Have a file of one document read."""
    if _is_trusted(file):
        return lambda: iter([(job.name, read_document(job))])
    future = readers.submit(job)
    return lambda: iter([(job.name, future.result())])


def _remembering(held: Held, key: FileKey, before: ReadBefore) -> Held:
    """What a file holds; what is read of it is remembered."""

    def read() -> Iterator[Result]:
        for place, result in held():
            if isinstance(result, Document):
                before.keep(key, result)
            yield place, result

    return read


def _originals(
    root: Path | None, held: frozenset[str], readers: Readers, *, whole: bool
) -> Iterator[Result]:
    """Yield the originals of a folder: all, or those of what is held where that is only a part."""
    for one in list_originals(root):
        if isinstance(one, ParseFailure):
            yield one.source, one
            continue
        missing = [name for name in one.original_of if name not in held]
        if not whole and len(missing) == len(one.original_of):
            continue
        for name in missing if whole else []:
            yield one.id, ParseFailure(one.id, f"its digest {name} is not in the folder")
        job = Job(one.id, os.fsencode(one.path.absolute()), one.listed)
        yield one.id, readers.submit(job).result()


def _name(entry: tuple[str, Path] | ParseFailure) -> str:
    return entry.source if isinstance(entry, ParseFailure) else entry[0]


def _told(failure: ParseFailure) -> Held:
    return lambda: iter([(failure.source, failure)])


def _unlisted(listed: Mapping[str, object], names: set[str]) -> Iterator[ParseFailure]:
    for name in sorted(set(listed) - names):
        yield ParseFailure(SOURCES, f"it lists {name}, which is not in the folder")


def _read_all(
    entries: list[tuple[str, Path] | ParseFailure],
    listed: Mapping[str, Mapping[str, object]],
    readers: Readers,
    before: ReadBefore | None,
) -> Iterator[Result]:
    """Yield what the files hold in their order, some files read ahead."""
    begun: deque[Held] = deque()
    for first in range(0, len(entries), AHEAD):
        for one in _begun(entries[first : first + AHEAD], listed, readers, before):
            begun.append(one)
            if len(begun) > AHEAD:
                yield from begun.popleft()()
    while begun:
        yield from begun.popleft()()


def _begun(
    entries: list[tuple[str, Path] | ParseFailure],
    listed: Mapping[str, Mapping[str, object]],
    readers: Readers,
    before: ReadBefore | None,
) -> Iterator[Held]:
    """Have some files read; what was read of them before is looked up for all at once."""
    jobs = {
        name: Job(name, os.fsencode(file.absolute()), listed.get(name, {}))
        for name, file in (one for one in entries if not isinstance(one, ParseFailure))
    }
    many = set(filter(_is_of_many, jobs))
    known = before.known(jobs[name] for name in jobs if name not in many) if before else {}
    for entry in entries:
        if isinstance(entry, ParseFailure):
            yield _told(entry)
        elif (name := entry[0]) in many:
            yield partial(_many, jobs[name], readers)
        else:
            yield _begin(jobs[name], entry[1], readers, before, known.get(name, KnownFile()))


def read_corpus(
    path: Path,
    only: Path | None = None,
    *,
    readers: Readers | None = None,
    before: ReadBefore | None = None,
    originals: Path | None = None,
) -> Iterator[Document | ParseFailure]:
    """Yield the documents of a folder in the order of their paths, or of a single file.

    What cannot be read is yielded as a failure in its place. In a folder, hidden files,
    ``README.md`` and ``sources.toml`` are no documents; the latter gives other files'
    metadata. A document's id is its path in the folder, or the id in a line of JSON.

    All but small texts is read by other processes within limits of time and memory.

    Args:
        path: A folder or a file.
        only: A file or folder in it, if nothing else of it is to be read.
        readers: Processes that read; without any, some are started and ended again.
        before: Remembers what was read of files, so that one that is the same is not read again.
        originals: A folder of originals of the folder's digests, which are read after them; see
            :mod:`hyqa.parsing.corpus.originals`.

    Raises:
        ConfigError: There is nothing at the path, or ``sources.toml`` cannot be read.
    """
    entries = list_files(path)
    listed = read_sources(path) if path.is_dir() else {}
    if only:
        part = only.resolve().relative_to(path.resolve())
        entries = [
            entry
            for entry in entries
            if PurePosixPath(_name(entry)).is_relative_to(part.as_posix())
        ]
    else:
        yield from _unlisted(listed, set(map(_name, entries)))
    seen: set[str] = set()
    with nullcontext(readers) if readers else Readers() as processes:
        held = frozenset(map(_name, entries))
        second = _originals(originals, held, processes, whole=only is None)
        for place, result in chain(_read_all(entries, listed, processes, before), second):
            if isinstance(result, Document) and result.id in seen:
                result = ParseFailure(place, _DUPLICATE)
            if isinstance(result, Document):
                seen.add(result.id)
            yield result
