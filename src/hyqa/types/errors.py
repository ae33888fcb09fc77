"""Errors that a caller may meet; every message is safe to show and says what to do.

HyqaError
├── ConfigError     a setting or an argument is wrong
├── ParseError      a file cannot be read as a document
├── EncoderError    an encoder cannot be loaded, or gave what does not fit
├── SnapshotError   an index is missing, damaged, or made with something else
├── DocumentError   no document of that name is there
├── FetchError      an address cannot be fetched
└── WriterError     the writer's model gave nothing that can be used
"""


class HyqaError(Exception):
    """Base of all errors that hyqa raises on purpose."""


class ConfigError(HyqaError):
    """A setting or an argument is wrong."""


class ParseError(HyqaError):
    """A file cannot be read as a document; the message is the reason, without the file's name."""


class EncoderError(HyqaError):
    """An encoder cannot be loaded, or gave vectors that do not fit."""


class SnapshotError(HyqaError):
    """An index is missing, damaged, or was made with another encoder or tokenizer."""


class DocumentError(HyqaError):
    """No document of that name is there, or a file is none."""


class WriterError(HyqaError):
    """The writer's model gave nothing; the message is the reason, without its address and words."""


class FetchError(HyqaError):
    """An address cannot be fetched; the message is the reason, without the address.

    ``passing`` says that it may be otherwise soon; ``wait`` are the seconds that the host asks
    for before it is asked again, None where it says nothing.
    """

    def __init__(self, reason: str, *, passing: bool = False, wait: float | None = None) -> None:
        super().__init__(reason)
        self.passing = passing
        self.wait = wait


DAMAGED_INDEX = "The index is damaged: run `hyqa index` to build it anew."
"""What a :class:`SnapshotError` says wherever a snapshot turns out not to be what was written."""
