"""One process that changes a store and ends: the server itself never opens the store.

python -m fatu.serving.writer STORE BASE < update.ru
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pyoxigraph as ox

from fatu.errors import StoreError
from fatu.storing.leases import leases


def main() -> None:
    """Runs the update on standard input as one transaction; says in a line of JSON how it went."""
    text = sys.stdin.buffer.read().decode("utf-8")
    try:
        leases.take(Path(sys.argv[1]), writable=True)
        store = ox.Store(sys.argv[1])
        store.update(text, base_iri=sys.argv[2] or None)
        store.flush()
    except StoreError as error:
        print(json.dumps({"status": 503, "message": _line(error)}))
    except SyntaxError as error:
        from fatu.querying.failures import explain_syntax  # most updates need none of it

        problem = explain_syntax(text, str(error), sys.argv[2], is_update=True)
        print(json.dumps({"status": 400, "message": f"the update does not parse: {problem}"}))
    except (OSError, ValueError, RuntimeError) as error:
        status = 500 if isinstance(error, OSError) else 400
        print(json.dumps({"status": status, "message": _line(error)}))
    else:
        print(json.dumps({"status": 204}))


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())


if __name__ == "__main__":
    main()
