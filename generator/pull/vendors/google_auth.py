"""Google's way to be let in: a service account signs who it is, and for whom it asks (RFC 7523)."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from generator.model.finding import Text
from generator.pull.http.auth import Auth, BearerAuth, Door, access_token
from generator.pull.remote.failure import FetchFailed
from generator.pull.remote.secret import Secret

SCOPE = "https://www.googleapis.com/auth/admin.reports.usage.readonly"
_SECONDS = 3600


class ServiceAccountAuth(Auth):
    """A service account to which the domain has delegated reading its reports."""

    can_renew: ClassVar[bool] = True

    kind: Literal["service_account"]
    key: Secret
    """The account's key file, JSON on one line."""
    subject: str
    """The administrator in whose name it asks."""

    @property
    def variables(self) -> tuple[str, ...]:
        return (self.key.env,)

    def headers(self, door: Door) -> Mapping[str, str]:
        key = self._key(door.secret(self.key))
        now = int(door.now().timestamp())
        claims = {"iss": key["client_email"], "sub": self.subject, "scope": SCOPE, "aud": key["token_uri"]}
        assertion = self._signed({**claims, "iat": now, "exp": now + _SECONDS}, key["private_key"])
        form = {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": assertion}
        return {"Authorization": f"Bearer {access_token(door.exchange(key['token_uri'], form, {}))}"}

    def _key(self, text: str) -> dict[str, str]:
        try:
            key = json.loads(text)
            return {name: str(key[name]) for name in ("client_email", "token_uri", "private_key")}
        except (ValueError, KeyError, TypeError, RecursionError):
            raise self._no_key() from None  # the cause holds the text

    def _signed(self, claims: Mapping[str, object], private_key: str) -> str:
        try:
            from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
            from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
            from cryptography.hazmat.primitives.hashes import SHA256
            from cryptography.hazmat.primitives.serialization import load_pem_private_key
        except ImportError as error:
            what = Text("署名のための部品が入っていません", "what a signature is made with is not installed")
            remedy = Text(
                "`pip install 'kawaraban[google]'` を実行してください", "run `pip install 'kawaraban[google]'`"
            )
            raise FetchFailed("no-encryption", what, remedy) from error
        try:
            key = load_pem_private_key(private_key.encode(), password=None)
        except (ValueError, TypeError):
            raise self._no_key() from None
        if not isinstance(key, RSAPrivateKey):
            raise self._no_key()
        signing = f"{_part({'alg': 'RS256', 'typ': 'JWT'})}.{_part(claims)}"
        return f"{signing}.{_encoded(key.sign(signing.encode(), PKCS1v15(), SHA256()))}"

    def _no_key(self) -> FetchFailed:
        what = Text(
            f"環境変数 `{self.key.env}` は、Googleのサービスアカウントの鍵（JSON）ではありません",
            f"`{self.key.env}` holds no key of a Google service account (JSON)",
        )
        remedy = Text(
            "鍵のファイルを `jq -c . key.json` で一行にして設定してください",
            "set it to the key file on one line, as `jq -c . key.json` writes it",
        )
        return FetchFailed("bad-key", what, remedy)


def _part(document: Mapping[str, object]) -> str:
    return _encoded(json.dumps(document, separators=(",", ":")).encode())


def _encoded(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


GoogleAuth = Annotated[ServiceAccountAuth | BearerAuth, Field(discriminator="kind")]
"""What sources.yml may say under `auth`: a key, or a token that something else renews."""
