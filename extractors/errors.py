"""Errors that send a document to quarantine. Their text is one sentence a person can act on."""


class ExtractionError(Exception):
    """A document cannot be read in full.

    The message names page and table, what was expected and what to do; the caller adds the document.
    """


class UnreadableDocument(ExtractionError):
    """The file itself cannot be read: encrypted, truncated, empty, of another type than its name says, over a limit."""


class LayoutMismatch(ExtractionError):
    """The file opens, but its tables are not what the layout of the source declares."""


class UnaccountedCells(ExtractionError):
    """Cells or rows are left over that the layout neither maps nor ignores by name."""


class SourceError(Exception):
    """A `source.yml` is not valid; the message names file and key."""


class UnknownDocument(Exception):
    """What a person named is no document of the warehouse, or more than one."""
