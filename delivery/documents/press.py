"""The renderer's own process: jobs as JSON lines on stdin, PDFs into a folder, one line out for each.

Started by `chunk.render_many`; it loads no Django and ends with its chunk, so that
what typst remembers is given back. Usage: `python -m delivery.documents.press FOLDER`.
"""

import json
import resource
import sys
from pathlib import Path
from typing import Any

from delivery.documents.typeset import forget, typeset

ADDRESS_SPACE = 3 * 1024**3  # bytes; a run-away document dies here and not the machine

REMEMBERED = 200_000  # bytes of jobs; a chunk that is cut by weight ends before


def printed(job: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Set one job; its fault is an answer like another."""
    try:
        pdf = typeset(job["template"], job["payload"])
    except Exception as fault:  # noqa: BLE001 - one bad job must not stop its chunk
        return {"fault": str(fault) or type(fault).__name__}
    path = folder / f"{job['number']}.pdf"
    path.write_bytes(pdf.content)
    return {"file": path.name, "pages": pdf.pages}


def main() -> None:
    """Work through stdin."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    folder = Path(sys.argv[1])
    remembered = 0
    for line in sys.stdin.buffer:
        if remembered > REMEMBERED:
            forget()
            remembered = 0
        remembered += len(line)
        answer = printed(json.loads(line), folder)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
