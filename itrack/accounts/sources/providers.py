"""Google and Microsoft as OpenID Connect has them: where to ask, and what they say of whoever came back with a code.

No socket is opened before somebody presses the button, and the libraries are not loaded before that either.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from itrack.accounts.rules_links import new_token
from itrack.accounts.rules_providers import Provider, travels_safely

# Seconds until a provider that says nothing counts as down.
PATIENCE: Final = 5
KEPT: Final = timedelta(hours=1)
# The one signature both use; whoever else signs has no say in how it is checked.
SIGNED: Final = ["RS256"]

_read: dict[str, tuple[datetime, dict[str, Any]]] = {}


class Unreachable(Exception):
    """The provider did not answer, or not like one."""


class NotGranted(Exception):
    """The provider does not know the code, or its signature does not hold."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What one sign-in is known by: to us (`state`), in the word (`nonce`), and when the code is exchanged."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Description:
    """The provider of itself: who it is, and its addresses."""

    issuer: str
    ask: str
    exchange: str
    keys: str


def new_asked() -> Asked:
    return Asked(new_token(), new_token(), new_token())


def described(provider: Provider, *, now: datetime) -> Description:
    """What the provider says of itself; raises Unreachable. Browsers are only sent where its own pages are."""
    said = _json(provider.discovery, now)
    names = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
    told = [said.get(name) for name in names]
    if not all(travels_safely(one) for one in told) or not str(told[1]).startswith(f"{provider.origin}/"):
        raise Unreachable
    return Description(*(str(one) for one in told))


def where_to_ask(provider: Provider, asked: Asked, *, back: str, now: datetime) -> str:
    """The provider's page that asks the person; raises Unreachable."""
    about = described(provider, now=now)
    with _session(provider, back) as session:
        address, _ = session.create_authorization_url(
            about.ask, state=asked.state, nonce=asked.nonce, code_verifier=asked.verifier, prompt="select_account"
        )
    return str(address)


def word_for(provider: Provider, *, code: str, verifier: str, back: str, now: datetime) -> Mapping[str, Any]:
    """Exchanges the code for the provider's word, whose signature holds. Raises Unreachable or NotGranted."""
    about = described(provider, now=now)
    return _signed(_exchanged(provider, about, code, verifier, back), about, now)


def _exchanged(provider: Provider, about: Description, code: str, verifier: str, back: str) -> str:
    from authlib.integrations.base_client import OAuthError
    from requests import RequestException

    sent = {"grant_type": "authorization_code", "code": code, "code_verifier": verifier}
    try:
        with _session(provider, back) as session:
            told = session.fetch_token(about.exchange, allow_redirects=False, **sent)
    except OAuthError:
        raise NotGranted from None
    except (RequestException, ValueError):
        raise Unreachable from None
    if not isinstance(told.get("id_token"), str):
        raise NotGranted
    return str(told["id_token"])


def _session(provider: Provider, back: str) -> Any:
    from authlib.integrations.requests_client import OAuth2Session

    return OAuth2Session(
        provider.client,
        provider.secret,
        token_endpoint_auth_method="client_secret_post",  # noqa: S106 - the name of a way, no password
        scope="openid email",
        redirect_uri=back,
        code_challenge_method="S256",
        default_timeout=PATIENCE,
    )


def _signed(word: str, about: Description, now: datetime) -> Mapping[str, Any]:
    """What the word says. A key we have not met may be new, so the provider is asked for its keys once more."""
    from joserfc import jwt
    from joserfc.errors import InvalidKeyIdError, JoseError

    try:
        try:
            return jwt.decode(word, _keys(about, now), algorithms=SIGNED).claims
        except InvalidKeyIdError:
            return jwt.decode(word, _keys(about, now, anew=True), algorithms=SIGNED).claims
    except (JoseError, ValueError):
        raise NotGranted from None


def _keys(about: Description, now: datetime, *, anew: bool = False) -> Any:
    from joserfc.errors import JoseError
    from joserfc.jwk import KeySet

    told: Any = _json(about.keys, now, anew=anew)
    try:
        return KeySet.import_key_set(told)
    except (JoseError, LookupError, TypeError, ValueError):
        raise Unreachable from None


def _json(address: str, now: datetime, *, anew: bool = False) -> dict[str, Any]:
    import requests

    at, said = _read.get(address, (now, {}))
    if said and not anew and now - at < KEPT:
        return said
    try:
        answer = requests.get(address, timeout=PATIENCE, allow_redirects=False)
        answer.raise_for_status()
        said = answer.json()
    except (requests.RequestException, ValueError):
        raise Unreachable from None
    if not isinstance(said, dict):
        raise Unreachable
    _read[address] = (now, said)
    return said
