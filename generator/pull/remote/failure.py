"""Why a source on the network gave no rows: raised wherever it is noticed, caught once, told as one finding."""

from __future__ import annotations

from generator.model.finding import Text


class FetchFailed(Exception):
    """Nothing of what was fetched is used. `what` and `remedy` never hold a secret, a query or a body."""

    def __init__(self, code: str, what: Text, remedy: Text) -> None:
        super().__init__(code, what, remedy)  # all of it, so that another process can raise it
        self.code = code
        self.what = what
        self.remedy = remedy

    def __str__(self) -> str:
        return self.what.en


ATTACKS = frozenset({"foreign-redirect", "forbidden-address"})
"""Findings that no earlier snapshot makes good: somebody may be leading us elsewhere, so people must look."""


LATER = Text(
    "しばらくして、もう一度実行してください。続くようなら、出典を受け持つ人に知らせてください",
    "run it again later; if it goes on, tell whoever runs the source",
)
