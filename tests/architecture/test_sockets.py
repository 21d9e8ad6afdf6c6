"""No test reaches beyond this machine."""

import socket

import pytest
from pytest_socket import SocketConnectBlockedError

REFUSED = (SocketConnectBlockedError, UserWarning)  # the guard warns before it raises, and a warning fails here


def test_a_connection_beyond_this_machine_is_refused() -> None:
    beyond = ("192.0.2.1", 9)  # an address kept for documents: nobody is there

    with pytest.raises(REFUSED, match="A test tried to use socket"):
        socket.create_connection(beyond, timeout=0.5)


def test_this_machine_itself_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as here, socket.create_connection(here.getsockname(), timeout=2) as us:
        assert us.getpeername() == here.getsockname()
