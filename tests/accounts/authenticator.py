"""A device with passkeys, in software: it signs as a real one does, and can be told to misbehave."""

import hashlib
import json
import secrets
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass
class Device:
    """Holds one passkey. `origin` is where its browser stands; `verifies` whether it asks for finger or PIN."""

    origin: str = "http://testserver"
    verifies: bool = True
    counter: int = 0
    handle: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    user: bytes = b""
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def create(self, options: dict) -> str:
        asked = options["publicKey"]
        self.user = websafe_decode(asked["user"]["id"])
        public = cbor.encode(dict(ES256.from_cryptography_key(self.key.public_key())))
        made = bytes(16) + len(self.handle).to_bytes(2, "big") + self.handle + public
        told = cbor.encode({"fmt": "none", "attStmt": {}, "authData": self._data(asked["rp"]["id"], ATTESTED) + made})
        return self._answer(self._said("webauthn.create", asked), attestationObject=told)

    def get(self, options: dict) -> str:
        asked = options["publicKey"]
        said, data = self._said("webauthn.get", asked), self._data(asked["rpId"], 0)
        signed = self.key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(said, authenticatorData=data, signature=signed, userHandle=self.user)

    def _said(self, kind: str, asked: dict) -> bytes:
        said = {"type": kind, "challenge": asked["challenge"], "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _data(self, site: str, more: int) -> bytes:
        if self.counter:
            self.counter += 1
        flags = PRESENT | more | (VERIFIED if self.verifies else 0)
        return hashlib.sha256(site.encode()).digest() + bytes([flags]) + self.counter.to_bytes(4, "big")

    def _answer(self, said: bytes, **parts: bytes) -> str:
        handle = websafe_encode(self.handle)
        response = {name: websafe_encode(part) for name, part in (("clientDataJSON", said), *parts.items())}
        return json.dumps({"id": handle, "rawId": handle, "type": "public-key", "response": response})
