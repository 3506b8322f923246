"""Secrets: sources.yml names the environment variable that holds one; the value is in no file and in no message."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from pydantic import BaseModel, model_validator

from generator.model.finding import Text
from generator.model.record import Record, unfit
from generator.pull.remote.failure import FetchFailed

_NAME = re.compile(r"[A-Z][A-Z0-9_]{0,99}", re.ASCII)


class Secret(Record):
    """A token, key or password, by the name of its environment variable: `token: {env: GRAPH_TOKEN}`."""

    env: str

    @model_validator(mode="before")
    @classmethod
    def _names_a_variable(cls, written: Any) -> Any:
        # Whoever pastes the secret itself must not meet it again in a message, so the value is never repeated.
        name = written.get("env") if isinstance(written, dict) and set(written) == {"env"} else None
        if isinstance(name, str) and _NAME.fullmatch(name):
            return written
        raise unfit(
            "secret-in-file",
            Text(
                "には、秘密の値そのものではなく、それを入れた環境変数の名前を書きます",
                "takes the name of an environment variable, never the secret itself",
            ),
            Text(
                "`{env: GRAPH_TOKEN}` の形（大文字、数字、`_`）で書き、値を書いてしまったなら失効させてください",
                "write it like `{env: GRAPH_TOKEN}` (capitals, digits, `_`); if you wrote the secret, revoke it",
            ),
        )

    def value(self, environ: Mapping[str, str]) -> str:
        """The secret itself; raises FetchFailed when its variable is unset, or holds what no header can carry."""
        value = environ.get(self.env, "")
        if not value:
            what = Text(
                f"環境変数 `{self.env}` が設定されていません", f"the environment variable `{self.env}` is not set"
            )
            raise FetchFailed("secret-unset", what, Text(f"`{self.env}` を設定してください", f"set `{self.env}`"))
        if not (value.isascii() and value.isprintable() and value.strip() == value):
            what = Text(
                f"環境変数 `{self.env}` の値に、改行、前後の空白、または使えない文字があります",
                f"the value of the environment variable `{self.env}` has line breaks, outer spaces or unfit characters",
            )
            raise FetchFailed(
                "secret-unfit", what, Text(f"`{self.env}` を設定し直してください", f"set `{self.env}` anew")
            )
        return value


def secrets_in(record: BaseModel) -> Iterator[str]:
    """The environment variables that a declaration takes secrets from."""
    if isinstance(record, Secret):
        yield record.env
        return
    for name in type(record).model_fields:
        value = getattr(record, name)
        if isinstance(value, BaseModel):
            yield from secrets_in(value)


class Vault:
    """The secrets of one pull, revealed where a request is made, and looked for in what comes back."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self._known: set[str] = set()

    def reveal(self, secret: Secret) -> str:
        """The value behind a declared name; raises FetchFailed."""
        value = secret.value(self._environ)
        self.keep([value])
        return value

    def keep(self, values: Iterable[str]) -> None:
        """Remember what was made of secrets, such as a header."""
        self._known.update(value for value in values if len(value) >= _SHORTEST)

    def is_in(self, content: bytes) -> bool:
        """Whether `content` holds a secret, as it is or encoded: it would end in a file."""
        return any(form in content for value in self._known for form in _forms(value))


_SHORTEST = 8  # characters; shorter values stand in data by chance


def _forms(value: str) -> set[bytes]:
    plain = value.encode()
    return {
        plain,
        plain[::-1],
        quote(value, safe="").encode(),
        b64encode(plain).rstrip(b"="),
        plain.hex().encode(),
        plain.hex().upper().encode(),
        json.dumps(value)[1:-1].encode(),
        value.encode("utf-16-le"),
    }
