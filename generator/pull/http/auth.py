"""Credentials: which headers let a source in. Values come from the environment and stay in memory."""

from __future__ import annotations

from abc import ABC, abstractmethod
from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Protocol

from pydantic import Field

from generator.model.finding import Text
from generator.model.record import Record
from generator.pull.remote.failure import FetchFailed
from generator.pull.remote.secret import Secret

if TYPE_CHECKING:
    from generator.pull.http.payload import Payload


class Door(Protocol):
    """What signing in may use of a client."""

    def now(self) -> datetime:
        """The moment that a signature speaks of."""
        ...

    def secret(self, secret: Secret) -> str:
        """The value behind a declared name; raises FetchFailed."""
        ...

    def exchange(self, url: str, form: Mapping[str, str], headers: Mapping[str, str]) -> Payload:
        """Post a form to a token endpoint, without other credentials; raises FetchFailed."""
        ...


class Auth(Record, ABC):
    """One way to be let in."""

    can_renew: ClassVar[bool] = False
    """Whether `headers` gives new ones when those of before are refused."""

    @property
    @abstractmethod
    def variables(self) -> tuple[str, ...]:
        """The environment variables to look at when the service refuses."""

    @abstractmethod
    def headers(self, door: Door) -> Mapping[str, str]:
        """Headers for every request to the service; raises FetchFailed."""


class BearerAuth(Auth):
    """`Authorization: Bearer …`."""

    kind: Literal["bearer"]
    token: Secret

    @property
    def variables(self) -> tuple[str, ...]:
        return (self.token.env,)

    def headers(self, door: Door) -> Mapping[str, str]:
        return {"Authorization": f"Bearer {door.secret(self.token)}"}


class HeaderAuth(Auth):
    """A key in a header of the service's own, e.g. `X-Cybozu-API-Token`."""

    kind: Literal["header"]
    name: str = Field(pattern=r"^[A-Za-z][A-Za-z0-9-]{0,60}$")
    value: Secret

    @property
    def variables(self) -> tuple[str, ...]:
        return (self.value.env,)

    def headers(self, door: Door) -> Mapping[str, str]:
        return {self.name: door.secret(self.value)}


class BasicAuth(Auth):
    """A user and a password."""

    kind: Literal["basic"]
    user: str
    password: Secret

    @property
    def variables(self) -> tuple[str, ...]:
        return (self.password.env,)

    def headers(self, door: Door) -> Mapping[str, str]:
        return {"Authorization": f"Basic {basic(self.user, door.secret(self.password))}"}


class ClientCredentialsAuth(Auth):
    """OAuth2 client credentials (RFC 6749, 4.4): an access token for a client id and its secret."""

    can_renew: ClassVar[bool] = True

    kind: Literal["client_credentials"]
    token_url: str = Field(pattern=r"^https?://[^@\s]+$")
    client_id: str
    client_secret: Secret
    scope: str | None = None
    send_as: Literal["form", "basic"] = "form"
    """How the token endpoint wants id and secret."""

    @property
    def variables(self) -> tuple[str, ...]:
        return (self.client_secret.env,)

    def headers(self, door: Door) -> Mapping[str, str]:
        secret = door.secret(self.client_secret)
        form = {"grant_type": "client_credentials"} | ({"scope": self.scope} if self.scope else {})
        if self.send_as == "form":
            payload = door.exchange(self.token_url, form | {"client_id": self.client_id, "client_secret": secret}, {})
        else:
            payload = door.exchange(self.token_url, form, {"Authorization": f"Basic {basic(self.client_id, secret)}"})
        return {"Authorization": f"Bearer {access_token(payload)}"}


AnyAuth = Annotated[
    BearerAuth | HeaderAuth | BasicAuth | ClientCredentialsAuth,
    Field(discriminator="kind"),
]
"""What sources.yml may say under `auth`."""


def basic(user: str, password: str) -> str:
    """The credentials of HTTP basic authentication (RFC 7617)."""
    return b64encode(f"{user}:{password}".encode()).decode()


def access_token(payload: Payload) -> str:
    """The token in a token endpoint's answer; raises FetchFailed when there is none that a header can carry."""
    document = payload.document
    token = document.get("access_token") if isinstance(document, dict) else None
    if isinstance(token, str) and token.isascii() and token.isprintable() and token.strip() == token != "":
        return token
    what = Text(
        f"`{payload.host}` の応答に、使える `access_token` がありません",
        f"the answer of `{payload.host}` has no usable `access_token`",
    )
    remedy = Text("`token_url` のURLを確かめてください", "check `token_url`")
    raise FetchFailed("no-access-token", what, remedy)
