"""Sign-in with Google or Microsoft: which of them an operator has set up, and what their word must say to be believed.

The address they vouch for is compared with the accounts there are. So it counts only when they know who reads its mail
today: an address that somebody once proved to be theirs may have a new owner by now.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from urllib.parse import urlsplit

from itrack.mailing.rules.addresses import settled_address

# So far may their clock and ours be apart, and so long may somebody be away at theirs.
CLOCKS_APART = timedelta(minutes=1)
ANSWERED_WITHIN = timedelta(minutes=10)
GOOGLE_AT: Final = "https://accounts.google.com/.well-known/openid-configuration"
MICROSOFT_AT: Final = "https://login.microsoftonline.com/{tenant}/v2.0/.well-known/openid-configuration"
GOOGLES_OWN: Final = ("@gmail.com", "@googlemail.com")
# Words of Microsoft's for "whoever has an account", the last as an id: of the directory of private accounts.
ANYBODYS: Final = frozenset({"common", "organizations", "consumers", "9188040d-6c67-4c5b-b112-36a304b66dad"})
LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_TENANT = re.compile(r"[a-z0-9][a-z0-9.-]*")


class Fate(StrEnum):
    """Why somebody who came back from a provider is not signed in."""

    REFUSED = "refused"
    LATE = "late"
    DOWN = "down"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Provider:
    """`code` is how addresses of ours spell it; `tenant` is Microsoft's alone, the directory that may sign in."""

    code: str
    name: str
    client: str
    secret: str = field(repr=False)
    discovery: str
    tenant: str = ""

    @property
    def origin(self) -> str:
        """Where the browser is sent, as a policy for forms spells it."""
        parts = urlsplit(self.discovery)
        return f"{parts.scheme}://{parts.netloc}"


def configured(told: Mapping[str, str]) -> dict[str, Provider]:
    """The providers whose variables are in the environment, by code. ValueError for what cannot be meant."""
    tenant = (told.get("ITRACK_MICROSOFT_TENANT") or "organizations").lower()
    if not _TENANT.fullmatch(tenant):
        raise ValueError("ITRACK_MICROSOFT_TENANT is a directory's id or its domain.")
    both = [_provider(told, "Google", GOOGLE_AT, ""), _provider(told, "Microsoft", MICROSOFT_AT, tenant)]
    return {one.code: one for one in both if one is not None}


def _provider(told: Mapping[str, str], name: str, at: str, tenant: str) -> Provider | None:
    prefix = f"ITRACK_{name.upper()}"
    client, secret = told.get(f"{prefix}_CLIENT_ID", ""), told.get(f"{prefix}_CLIENT_SECRET", "")
    if not client and not secret:
        return None
    if not client or not secret:
        raise ValueError(f"{prefix}_CLIENT_ID and {prefix}_CLIENT_SECRET go together.")
    discovery = told.get(f"{prefix}_DISCOVERY") or at.format(tenant=tenant)
    if not travels_safely(discovery):
        raise ValueError(f"{prefix}_DISCOVERY begins with https.")
    return Provider(name.lower(), name, client, secret, discovery, tenant)


def travels_safely(address: object) -> bool:
    """Whether what is asked there can be neither read nor changed on the way: by TLS, or on this machine."""
    if not isinstance(address, str):
        return False
    parts = urlsplit(address)
    here = parts.scheme == "http" and parts.hostname in LOOPBACK
    return bool(parts.hostname) and (parts.scheme == "https" or here)


def address_vouched_for(
    claims: Mapping[str, Any], *, provider: Provider, issuer: str, nonce: str, now: datetime
) -> str | None:
    """The e-mail address in a word whose signature holds, settled; None when it is not for us, for now, or not sure.

    `issuer` is who the provider's own description says it is. After OpenID Connect Core 1.0, 3.1.3.7.
    """
    email = claims.get("email")
    good = (
        claims.get("iss") == _issuer(issuer, claims)
        and claims.get("aud") in (provider.client, [provider.client])
        and claims.get("azp", provider.client) == provider.client
        and bool(nonce)
        and claims.get("nonce") == nonce
        and _holds_at(claims.get("exp"), now)
        and isinstance(email, str)
        and email.isascii()  # a Kelvin sign, made small, is a k
        and _sure_of(email, claims, provider)
    )
    return settled_address(email) if good and isinstance(email, str) else None


def _issuer(issuer: str, claims: Mapping[str, Any]) -> str:
    """Microsoft, asked about every directory at once, leaves a gap for the one that the person is of."""
    return issuer.replace("{tenantid}", str(claims.get("tid", "")))


def _holds_at(until: object, now: datetime) -> bool:
    return isinstance(until, int | float) and now.timestamp() < until + CLOCKS_APART.total_seconds()


def _sure_of(email: str, claims: Mapping[str, Any], provider: Provider) -> bool:
    """Google says that an address was proved once; it keeps track of its own and of those of schools that use it.
    Microsoft lets each directory write what it likes: ours is believed, of others the domain must be proved.
    """
    if provider.code == "google":
        own = email.lower().endswith(GOOGLES_OWN) or bool(claims.get("hd"))
        return own and _yes(claims.get("email_verified"))
    return provider.tenant not in ANYBODYS or _yes(claims.get("xms_edov"))


def _yes(said: object) -> bool:
    return said is True or said in ("true", "True", "1") or said == 1
