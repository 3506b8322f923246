"""The built folder is judged as a reader's browser, a screen reader and an attacker would meet it. Nothing is changed.

    judgement.py         the whole judgement: every file by itself, then what holds between them
    facts.py             what one page's bytes say: links, ids, pictures, scripts; a pure function, so it can be kept
    stylesheet.py        what one style sheet loads
    address.py           where a link leads, below any base address
    folder.py            which files there are, and which have no business there
    links.py             broken links, anchors and pictures, on whole-site knowledge
    page.py              one page's headings, language, alternative texts, ids, emptiness
    loading.py           what would leave the intranet, and what a strict Content-Security-Policy forbids
    forbidden.py         a text that may not occur in any byte
    gathering.py         where they come from: people, credentials, pages that stay in
    disguises.py         characters that hide one from bytes and not from readers
    sweep.py             the search for them, through every usual way of writing a character
    places.py            back to the author's file and line
    wording.py           each problem in two languages

To add a check: yield a `Problem` with a new code and give the code its sentences in `wording.py`.
"""

from generator.verify.disguises import without_disguises
from generator.verify.facts import PageFacts
from generator.verify.forbidden import ForbiddenText, Kind
from generator.verify.gathering import Quotes, credential_texts, gathered, one_of_each, people_texts, withheld_texts
from generator.verify.judgement import FileJudge, SiteJudge, Verdict
from generator.verify.places import Origin, Sources, findings
from generator.verify.sought import Forbidden
from generator.verify.sweep import leak_problems
from generator.verify.wording import Problem

__all__ = [
    "FileJudge",
    "Forbidden",
    "ForbiddenText",
    "Kind",
    "Origin",
    "PageFacts",
    "Problem",
    "Quotes",
    "SiteJudge",
    "Sources",
    "Verdict",
    "credential_texts",
    "findings",
    "gathered",
    "leak_problems",
    "one_of_each",
    "people_texts",
    "withheld_texts",
    "without_disguises",
]
