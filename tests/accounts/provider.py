"""A provider such as Google, on this machine: it answers over HTTP, signs with its own key, and can be told to lie."""

import json
import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "itrack-at-oakfield", "known-to-both"
PATH = "/.well-known/openid-configuration"


class Provider:
    """`claims` go over what is right in every word; `signs` is the key it signs with, `shows` the one it publishes."""

    def __init__(self, address: str) -> None:
        self.address, self.issuer = address, address
        self.signs = self.shows = RSAKey.generate_key(2048, {"kid": secrets.token_hex(4)})
        self.algorithm = "RS256"
        self.claims: dict[str, Any] = {}
        self.description: dict[str, Any] = {}
        self.asked: dict[str, dict[str, str]] = {}
        self.paths: list[str] = []
        self.broken = False

    def described(self) -> dict[str, Any]:
        at = self.address
        told = {"authorization_endpoint": f"{at}/ask", "token_endpoint": f"{at}/token", "jwks_uri": f"{at}/keys"}
        return {"issuer": self.issuer, **told, **self.description}

    def keys(self) -> dict[str, Any]:
        return {"keys": [{**self.shows.as_dict(private=False), "use": "sig", "alg": "RS256"}]}

    def consent(self, query: str) -> str:
        """The person says yes; where their browser is sent."""
        asked = dict(parse_qsl(query))
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        assert {"openid", "email"} <= set(asked["scope"].split())
        code = secrets.token_urlsafe(16)
        self.asked[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def exchange(self, body: str) -> tuple[int, dict[str, Any]]:
        sent = {name: values[0] for name, values in parse_qs(body).items()}
        asked = self.asked.pop(sent.get("code", ""), None)
        proof = urlsafe_b64encode(sha256(sent.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        ours = (sent.get("client_id"), sent.get("client_secret")) == (CLIENT, SECRET)
        if (
            asked is None
            or not ours
            or proof != asked["code_challenge"]
            or sent["redirect_uri"] != asked["redirect_uri"]
        ):
            return 400, {"error": "invalid_grant"}
        return 200, {"access_token": "a", "token_type": "Bearer", "expires_in": 60, "id_token": self.word(asked)}

    def word(self, asked: dict[str, str]) -> str:
        now = int(time.time())
        right = {"iss": self.issuer, "aud": CLIENT, "sub": "17", "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        said = {name: value for name, value in {**right, **self.claims}.items() if value is not None}
        key: Any = self.signs
        return jwt.encode({"alg": self.algorithm, "kid": self.signs.kid}, said, key, algorithms=[self.algorithm])


class Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        self.provider.paths.append(self.path)
        parts = urlsplit(self.path)
        if self.provider.broken:
            self._say(502, {})
        elif parts.path == "/ask":
            self.send_response(302)
            self.send_header("Location", self.provider.consent(parts.query))
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self._say(200, self.provider.described() if parts.path == PATH else self.provider.keys())

    def do_POST(self) -> None:
        self.provider.paths.append(self.path)
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._say(*((502, {}) if self.provider.broken else self.provider.exchange(body)))

    def _say(self, status: int, told: dict[str, Any]) -> None:
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing: the tests ask what was asked."""


@contextmanager
def running() -> Iterator[Provider]:
    handler = type("Bound", (Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    handler.provider = Provider(f"http://127.0.0.1:{server.server_address[1]}")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield handler.provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
