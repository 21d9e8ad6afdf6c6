"""A teacher's browser as far as the server can tell: it signs in, opens the marks page and saves cell by cell."""

from __future__ import annotations

import json
import re
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
CELL = re.compile(r'<input name="(\d+-\d+)"(?: value="([^"]*)")?')
HIDDEN = re.compile(r'<input type="?hidden"? name="(account|group|point|subject|columns|was-\d+)" value="([^"]*)"')


class Marker:
    """One person at the page of their class. Whatever answer is not the one hoped for raises."""

    def __init__(self, port: int) -> None:
        self._line = HTTPConnection("127.0.0.1", port, timeout=30)
        self._cookies: dict[str, str] = {}
        self._fields: dict[str, str] = {}

    def sign_in(self, username: str, password: str) -> None:
        told = {"username": username, "password": password, "csrfmiddlewaretoken": self._token("/sign-in")}
        status, _ = self._ask("POST", "/sign-in/enter", told)
        assert status == 302, f"signing in answered {status}"

    def open_page(self) -> dict[str, str]:
        """The mark in each cell of the class, "" where there is none."""
        status, page = self._ask("GET", "/mark/")
        assert status == 200, f"the marks page answered {status}"
        self._fields = {**dict(HIDDEN.findall(page)), "csrfmiddlewaretoken": TOKEN.findall(page)[0]}
        return dict(CELL.findall(page))

    def save(self, cell: str, code: str) -> None:
        """Returns when the server has said that this mark is saved; OSError or HTTPException when it fell silent."""
        was = f"was-{cell.partition('-')[0]}"
        sent = {name: told for name, told in self._fields.items() if not name.startswith("was-") or name == was}
        status, answer = self._ask("POST", "/mark/cells", sent | {cell: code})
        said = json.loads(answer) if status == 200 else {}
        assert (said.get("saved"), said.get("refused")) == (1, []), f"saving a mark answered {status}: {answer}"

    def leave(self) -> None:
        self._line.close()

    def _token(self, address: str) -> str:
        _, page = self._ask("GET", address)
        return str(TOKEN.findall(page)[0])

    def _ask(self, method: str, address: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._line.request(method, address, urlencode(fields) if fields is not None else None, headers)
        answer = self._line.getresponse()
        for line in answer.headers.get_all("Set-Cookie", []):
            self._cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return answer.status, answer.read().decode()
