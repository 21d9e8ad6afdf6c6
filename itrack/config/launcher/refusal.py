"""What the launcher says when it will not start: one sentence for the person who typed the command."""


class LauncherRefused(Exception):
    """Carries one whole sentence: what is wrong and what to do about it."""
