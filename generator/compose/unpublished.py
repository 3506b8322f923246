"""What stands above a page that is shown to those who write, and that readers do not get."""

from __future__ import annotations

from markupsafe import Markup

from generator.compose.wording import clock_time, full_day
from generator.model.page import Withheld

_NOTICE = Markup('<p class="kb-unpublished" role="note"><strong>{}</strong> {}</p>\n')
_WORDS = {
    "draft": ("下書き", Markup("まだ公開されません。読者には、このページは見えません。")),
    "review": ("確認待ち", Markup("まだ公開されません。確認が済むまで、読者には見えません。")),
    "unapproved": (
        "承認待ち",
        Markup("まだ公開されません。<code>approved_by</code> と <code>approved_on</code> がそろうと公開されます。"),
    ),
}


def notice_of(stays_in: Withheld | None) -> str:
    """The notice as HTML; nothing above a page that readers get."""
    if stays_in is None:
        return ""
    if stays_in.until is not None:
        when = f"{full_day(stays_in.until.date())}{clock_time(stays_in.until)}"
        return str(_NOTICE.format("公開前", f"{when}に公開されます。それまで、読者には見えません。"))
    return str(_NOTICE.format(*_WORDS[stays_in.reason]))
