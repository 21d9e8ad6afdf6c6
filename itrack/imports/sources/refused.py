"""A whole file that is turned away."""


class Refused(Exception):
    """The file cannot be taken. Its text is one sentence or two for the person who chose the file.

    It never holds anything of a pupil, and no other exception hangs on it: a parser's message quotes the file.
    """
