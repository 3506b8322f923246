"""What everything that people declare in YAML is made of: records, and checks that speak both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict
from pydantic_core import PydanticCustomError

from generator.model.finding import Text


class Record(BaseModel):
    """Base of everything declared in YAML: unknown keys are errors, values never change."""

    # What reads a record is built when one is read: a build with one changed page reads one kind of thirty.
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True)

    def __reduce__(self) -> tuple[Callable[..., Record], tuple[type[Record], dict[str, object], tuple[str, ...]]]:
        """Kept without what is so by default, mostly two thirds of thirty keys: builds read thousands of records back.

        All records of a class share their keys then, which would else be as many texts as records.
        """
        values, said, defaults = vars(self), self.model_fields_set, defaults_of(type(self))
        told = {name: values[name] for name, other in defaults.items() if name in said or values[name] != other}
        return restored, (type(self), told, tuple(sorted(told.keys() - said)))


def restored(kind: type[Record], told: dict[str, object], unsaid: tuple[str, ...]) -> Record:
    """The record of which this was kept; nobody has written what is `unsaid`."""
    record = kind.__new__(kind)
    record.__setstate__(
        {
            "__dict__": defaults_of(kind) | told,
            "__pydantic_fields_set__": told.keys() - unsaid,
            "__pydantic_extra__": None,
            "__pydantic_private__": None,
        }
    )
    return record


@cache
def defaults_of(kind: type[Record]) -> dict[str, object]:
    """What each key is when nobody writes it, in order; None for one that must be written."""
    fields = kind.model_fields.items()
    return {
        name: None if field.is_required() else field.get_default(call_default_factory=True) for name, field in fields
    }


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
