"""How a process that answers for hours looks after its memory."""

import gc

# As many new objects, and as often the younger ones, before the older ones are looked through for rubbish.
ROOM, OFTEN, SELDOM = 10_000, 20, 20


def settle() -> None:
    """Called once all is imported: what stands by now stands to the end and need not be looked through again.

    A report makes thousands of small values and almost no rubbish that only a search would find.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(ROOM, OFTEN, SELDOM)
