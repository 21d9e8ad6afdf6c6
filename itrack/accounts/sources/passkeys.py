"""Passkeys (WebAuthn): what the browser is asked, and whether its answer holds.

The device must have made sure who is in front of it (a finger, a face, a PIN), so a passkey is two proofs in one.
Attestation is not asked for: which make of device somebody has is not ours to know.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any, Final

from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestationConveyancePreference,
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialParameters,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

NAME: Final = "iTRACK"
ES256, EDDSA, RS256 = -7, -8, -257
ALGORITHMS: Final = (ES256, EDDSA, RS256)
ALGORITHM: Final = 3  # where a COSE key says it
# The longest credential id we keep, in letters; no authenticator on sale comes near.
LONGEST_HANDLE: Final = 700
PARTS: Final = ("clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle")


class NotAccepted(ValueError):
    """The answer of the browser does not hold. What is said in it is for the tests, not for people."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where the page stands: the name passkeys are bound to, and the origin that answers must come from."""

    name: str
    origin: str


@dataclass(frozen=True, slots=True)
class Passkey:
    """What is kept of one: `handle` names it, `key` is its public part, `counter` how often it was used, or 0."""

    handle: str
    key: bytes
    counter: int


def site_of(*, scheme: str, host: str) -> Site | None:
    """The site of a request whose host is known to be ours; None at a bare number, where browsers allow no passkey."""
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return Site(name.lower(), f"{scheme}://{host}")
    return None


def ask_new(*, site: Site, user: bytes, name: str, known: Sequence[Passkey]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What to ask the browser for a new passkey, and what to remember until it answers; both fit into JSON."""
    options, state = _server(site).register_begin(
        PublicKeyCredentialUserEntity(id=user, name=name, display_name=name),
        credentials=[_descriptor(one) for one in known],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return _plain(options), _plain(state)


def take_new(*, site: Site, state: Mapping[str, Any], answer: str) -> Passkey:
    """The new passkey in the browser's answer. Raises NotAccepted."""
    return _judged(lambda told: _taken(site, state, told), answer)


def _taken(site: Site, state: Mapping[str, Any], told: dict[str, Any]) -> Passkey:
    _same_page(RegistrationResponse.from_dict(told))
    seen = _server(site).register_complete(state, told)
    made = seen.credential_data
    if made is None or made.public_key.get(ALGORITHM) not in ALGORITHMS:
        raise NotAccepted("algorithm")
    handle = websafe_encode(made.credential_id)
    if len(handle) > LONGEST_HANDLE:
        raise NotAccepted("handle")
    return Passkey(handle, bytes(made), seen.counter)


def ask(*, site: Site, known: Sequence[Passkey]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What to ask for one of these passkeys, or with none for whichever the device has for this site."""
    options, state = _server(site).authenticate_begin(
        credentials=[_descriptor(one) for one in known] or None,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return _plain(options), _plain(state)


def handle_in(answer: str) -> str:
    """Which passkey the answer claims to come from. Raises NotAccepted."""
    return _judged(lambda told: websafe_encode(AuthenticationResponse.from_dict(told).raw_id), answer)


def check(*, site: Site, state: Mapping[str, Any], passkey: Passkey, user: bytes, answer: str) -> int:
    """The passkey's counter as the answer gives it, 0 for one that does not count. Raises NotAccepted."""
    return _judged(lambda told: _checked(site, state, passkey, user, told), answer)


def _checked(site: Site, state: Mapping[str, Any], passkey: Passkey, user: bytes, told: dict[str, Any]) -> int:
    said = AuthenticationResponse.from_dict(told)
    _same_page(said)
    if said.response.user_handle not in (None, b"", user):
        raise NotAccepted("user")
    _server(site).authenticate_complete(state, [AttestedCredentialData(passkey.key)], said)
    counter = said.response.authenticator_data.counter
    if (counter or passkey.counter) and counter <= passkey.counter:
        raise NotAccepted("counter")
    return counter


def _judged[Done](judge: Callable[[dict[str, Any]], Done], answer: str) -> Done:
    """Whatever is wrong with bytes from outside, the answer is the same."""
    try:
        return judge(_texts_in(json.loads(answer)))
    except NotAccepted:
        raise
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError) as fault:
        raise NotAccepted(type(fault).__name__) from fault


def _texts_in(told: Any) -> dict[str, Any]:
    """What we read of an answer, all of it text: the library would make a number into that many bytes."""
    given = {name: told["response"][name] for name in PARTS if told["response"].get(name) is not None}
    whole = {name: told[name] for name in ("id", "rawId", "type")}
    if not all(isinstance(value, str) for value in (*given.values(), *whole.values())):
        raise TypeError
    return {**whole, "response": given}


def _same_page(said: RegistrationResponse | AuthenticationResponse) -> None:
    """Not from a page of ours that somebody else's page has framed."""
    if said.response.client_data.cross_origin:
        raise NotAccepted("framed")


def _server(site: Site) -> Fido2Server:
    server = Fido2Server(
        PublicKeyCredentialRpEntity(id=site.name, name=NAME),
        attestation=AttestationConveyancePreference.NONE,
        verify_origin=lambda origin: origin == site.origin,
    )
    server.allowed_algorithms = [
        PublicKeyCredentialParameters(type=PublicKeyCredentialType.PUBLIC_KEY, alg=alg) for alg in ALGORITHMS
    ]
    return server


def _descriptor(one: Passkey) -> PublicKeyCredentialDescriptor:
    held = AttestedCredentialData(one.key)
    return PublicKeyCredentialDescriptor(type=PublicKeyCredentialType.PUBLIC_KEY, id=held.credential_id)


def _plain(told: Any) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(dict(told)))
    return plain
