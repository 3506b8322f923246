"""How this step words a finding: always about content, always with a place, both languages at once."""

from __future__ import annotations

from generator.model.finding import Family, Finding, Place, Severity, Text

MAX_REPORTED = 20  # findings of one kind on one page; whoever mends these learns the rest in the next run


def error(code: str, place: Place, what: Text, remedy: Text) -> Finding:
    """Something that stops the build."""
    return Finding(Family.CONTENT, code, place, what, remedy)


def warning(code: str, place: Place, what: Text, remedy: Text) -> Finding:
    """Something worth saying that does not stop the build."""
    return Finding(Family.CONTENT, code, place, what, remedy, Severity.WARNING)


def listed(names: list[str]) -> str:
    """Names as a sentence shows them: `a`, `b`."""
    return ", ".join(f"`{name}`" for name in names)


def named(location: tuple[str | int, ...]) -> Text:
    """`people` の2番目の `name`: the way to a value, in words."""
    ja, en = "", ""
    for step in location:
        if isinstance(step, int):
            ja, en = f"{ja} の{step + 1}番目", f"{en}, item {step + 1}"
        else:
            shown = f"`{one_line(step)}`"
            space = " " if ja.endswith("`") else ""
            ja, en = (f"{ja}{space}の {shown}", f"{en}: {shown}") if ja else (shown, shown)
    return Text(ja, en)


def one_line(text: str, limit: int = 40) -> str:
    """A piece of the author's text, short enough and plain enough to stand inside backticks."""
    flat = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text.replace("\n", " ")).replace("`", "'")
    return flat if len(flat) <= limit else flat[:limit] + "…"
