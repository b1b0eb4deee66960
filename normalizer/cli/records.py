"""Finding the record of an output in a log.

By the digest of the output first. Two documents may have come out the same, so
of several records those whose id fits the output's path or line go before; if
their sources still differ, the person has to say which (``--id``).
"""

from __future__ import annotations

import os

from normalizer.errors import InputError, LogError, UsageError
from normalizer.formats.documents import field_digests
from normalizer.formats.encoding import encoding_name
from normalizer.formats.pieces import ReadOptions
from normalizer.log import name_of, texts_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from normalizer.cli.arguments import Options, Parser
    from normalizer.cli.inputs import Input
    from normalizer.formats.log_file import LogIndex
    from normalizer.formats.pieces import Piece
    from normalizer.normalizing.result import Record


def add_log_options(parser: Parser) -> None:
    """Add the log and what narrows it down."""
    parser.add_argument("--log", required=True, metavar="FILE", help="the log of the run")
    parser.add_argument(
        "--id", metavar="ID", help="the id of the document in the log, if several would fit"
    )


def options_for_log(reading: ReadOptions, options: Options, log: LogIndex) -> ReadOptions:
    """Return how outputs are read: the fields that the log has unless others are named."""
    fields = reading.text_fields if options.text_fields else tuple(log.fields)
    return ReadOptions(
        encoding=reading.encoding,
        text_fields=fields or reading.text_fields,
        id_field=reading.id_field,
        lenient=True,
    )


def options_for_record(record: Record) -> ReadOptions:
    """Return how the plain text of a record is read: in the encoding that the record states."""
    try:
        return ReadOptions(encoding=encoding_name(str(record.get("encoding"))))
    except UsageError as error:
        raise LogError(f"the record of {name_of(record)} is broken: {error}") from None


def find_record(item: Input, piece: Piece, log: LogIndex, chosen: str | None) -> Record | None:
    """Return the newest record whose outputs are a document's texts.

    One with substitutions goes before one without. Returns None if there is
    none. Raises ``InputError`` if sources differ and nothing tells which it is.
    """
    records = log.with_outputs(field_digests(piece).items())
    if chosen is not None:
        records = [record for record in records if record.get("id") == chosen]
    changed = [record for record in records if record.get("substitutions")]
    fitting = _fitting(item, piece, changed or records)
    if not fitting:
        return None
    if len({_sources(record) for record in fitting}) > 1 and not _is_fit(item, piece, fitting[0]):
        ids = ", ".join(dict.fromkeys(map(name_of, fitting)))
        raise InputError(f"came out of several documents ({ids}); name one with --id")
    return fitting[0]


def record_of_changed(
    item: Input, piece: Piece, source: Piece | None, log: LogIndex, chosen: str | None
) -> Record | None:
    """Return the newest record of a document whatever it is now: by its source, else by its id."""
    if source is not None and chosen is None:
        made = log.with_sources(field_digests(source).items())
        if made:
            return _fitting(item, piece, made)[0]
    for record_id in [chosen] if chosen is not None else _fitting_ids(item, piece, log):
        records = log.with_id(record_id)
        if records:
            return records[0]
    return None


def _fitting(item: Input, piece: Piece, records: Sequence[Record]) -> list[Record]:
    """Return the records whose id fits a document best, else all of them."""
    fit = [record for record in records if _is_fit(item, piece, record)]
    longest = max((len(name_of(record)) for record in fit), default=0)
    return [record for record in fit if len(name_of(record)) == longest] or list(records)


def _fitting_ids(item: Input, piece: Piece, log: LogIndex) -> list[str]:
    """Return the ids that fit a document, the longest first; the only id of a log always fits."""
    ids = [record_id for record_id in log.ids() if _fits(item, piece, record_id)]
    if not ids and len(log.ids()) == 1 and not piece.line:
        return log.ids()
    return sorted(ids, key=len, reverse=True)


def _is_fit(item: Input, piece: Piece, record: Record) -> bool:
    return _fits(item, piece, name_of(record))


def _fits(item: Input, piece: Piece, record_id: str) -> bool:
    """Tell whether an id is that of a record, of a line, or the end of a path."""
    if piece.id is not None:
        return record_id == piece.id
    if piece.line:
        record_id, _, line = record_id.rpartition(":")
        if line != str(piece.line):
            return False
    path = "/" + os.path.abspath(item.path).replace(os.sep, "/")
    return item.is_stdin or record_id == "-" or path.endswith("/" + record_id)


def _sources(record: Record) -> tuple[tuple[str | None, str], ...]:
    return tuple((field, source) for field, (source, _) in texts_of(record).items())
