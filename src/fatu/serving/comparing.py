"""Comparisons of the store's reports, for programs."""

from __future__ import annotations

import asyncio
from itertools import islice

from ..exporting.records import Record
from .asking import EndpointStore
from .endpoint import Endpoint
from .protocol import ProtocolError

_LESS = "ask for fewer indicators, areas or years"


async def answer_comparison(
    endpoint: Endpoint, asked: dict[str, list[str]], base: str, most: int
) -> list[Record]:
    """The rows that `fatu compare --format json` gives of indicators, areas, years and levels, of at most `most` rows.

    Raises ArgumentError for what does not exist, InputError where no report is left, ProtocolError (413)
    where there are more rows.
    """
    store = EndpointStore(endpoint, asyncio.get_running_loop())
    return await asyncio.to_thread(_compare, store, asked, base, most)


def _compare(store: EndpointStore, asked: dict[str, list[str]], base: str, most: int) -> list[Record]:
    from ..querying.compared import comparison_record, plain_record
    from ..querying.comparing import compare_store
    from ..querying.comparison_choice import parse_choice

    rows = islice(compare_store(store, parse_choice(asked), base), most + 1)
    records = [plain_record(comparison_record(row)) for row in rows]
    if len(records) > most:
        raise ProtocolError(413, f"the comparison has more than {most} rows", _LESS)
    return records
