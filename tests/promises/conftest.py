"""The same two schools as the completeness tests use."""

from tests.architecture.conftest import built, world

__all__ = ["built", "world"]
