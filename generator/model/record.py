"""What everything that people declare in YAML is made of: records, and checks that speak both languages."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict
from pydantic_core import PydanticCustomError

from generator.model.finding import Text


class Record(BaseModel):
    """Base of everything declared in YAML: unknown keys are errors, values never change."""

    # What reads a record is built when one is read: a build with one changed page reads one kind of thirty.
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True)


def unfit(code: str, what: Text, remedy: Text) -> PydanticCustomError:
    """The error that a check of ours raises inside a model; it becomes a finding with this code.

    `what` follows the name of the key it is about: 「`by` の」 + 「`来年` は年月として読めません」.
    """
    return PydanticCustomError(
        code, "{en}", {"en": what.en, "ja": what.ja, "remedy_en": remedy.en, "remedy_ja": remedy.ja}
    )


NAME_RULE = Text(
    "英小文字で始め、英小文字、数字、`_` だけで書いてください",
    "begin with a lower-case letter and use only these, digits and `_`",
)
_NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)


def is_name(text: str) -> bool:
    """Whether `text` can name a source, a column or a metric: in SQL, in file names and in addresses."""
    return _NAME.fullmatch(text) is not None


def _name(text: str) -> str:
    if not is_name(text):
        raise unfit("bad-name", Text(f"`{text}` は名前に使えません", f"`{text}` cannot be a name"), NAME_RULE)
    return text


Name = Annotated[str, AfterValidator(_name)]


def _words(text: str) -> str:
    if not text.strip():
        raise unfit("missing-key", Text("値が空です", "this is empty"), Text("値を書いてください", "write something"))
    return text


Words = Annotated[str, AfterValidator(_words)]
"""Text that is printed for readers, who must find something."""
