"""Settings of a server with one fault: it says that a mark is saved, and commits it a moment later.

The harness must notice. waitress sends a short answer only when the program has let go of the request, so the work is
done beside it; the pause before the commit stands for a slow disk.
"""

import time
from collections.abc import Callable
from queue import Queue
from threading import Thread

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse

from itrack.config.settings.trial import *  # noqa: F403 - settings are a namespace
from itrack.config.settings.trial import MIDDLEWARE as IN_ORDER

PAUSE = 0.5  # seconds

MIDDLEWARE = ["tests.durability.hasty.answer_first", *IN_ORDER]


def answer_first(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Does a save in a thread that hands the answer over inside its transaction."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.path != "/mark/cells":
            return get_response(request)
        answers: Queue[HttpResponse] = Queue()
        Thread(target=save, args=(request, answers), daemon=True).start()
        return answers.get()

    def save(request: HttpRequest, answers: "Queue[HttpResponse]") -> None:
        with transaction.atomic():
            answers.put(get_response(request))
            time.sleep(PAUSE)
        connection.close()

    return answer
