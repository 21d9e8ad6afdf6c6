"""`itrack COMMAND …`: the same program as the pages, for scripts.

Exit 0: done. 1: refused, with one sentence on stderr. 2: wrong usage.
"""

import json
import os
import sys
from collections.abc import Sequence

from itrack.config.cli.words import parser
from itrack.config.launcher.refusal import LauncherRefused
from itrack.foundation.discretion import Discreet
from itrack.foundation.refusal import Refused
from itrack.imports.sources.refused import Refused as FileRefused

DONE, REFUSED = 0, 1
BROKEN = "Something went wrong inside the program. What was under way was put back. This tells where:"


def main(arguments: Sequence[str]) -> int:
    asked = parser().parse_args(arguments)
    try:
        answer = asked.run(asked)
    except (Refused, FileRefused, LauncherRefused) as refusal:
        sys.stderr.write(f"{refusal}\n")
        return REFUSED
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001 - whatever broke, its own words may be a pupil's
        sys.stderr.write(f"{BROKEN}\n{Discreet().formatException((type(error), error, error.__traceback__))}\n")
        return REFUSED
    if answer is not None:
        data, text = answer
        print(json.dumps(data, indent=2, ensure_ascii=False, default=str) if asked.json else text)
    return DONE


if __name__ == "__main__":
    try:
        code = main(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read us has seen enough (`| head`).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = DONE
    sys.exit(code)
