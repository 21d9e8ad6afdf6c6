"""A refusal is an answer, not an accident: it carries the sentence its reader sees.

raise Refused("This file is already being applied by Olu Office. Nothing was changed twice.")
"""


class Refused(Exception):
    """Said to the user as it stands; the transaction it leaves is rolled back.

    The sentence may name staff. It never holds a pupil's name, mark or UPN, because refusals reach logs.
    """

    # What the answer says beside the sentence: HTTP's word for it, and headers such as Retry-After.
    status = 409

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.headers: dict[str, str] = {}
