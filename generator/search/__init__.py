"""Search that finds Japanese: every piece of two or more characters of any page, without a server's help.

Read in this order:

- `entry`       what a reader can find, and where the index is kept between builds.
- `fold`        which ways of writing count as the same (the browser folds with the same rules: assets/kb/search/program/fold.js).
- `plain_text`  the words of a finished page, and where its sections begin.
- `grams`       a text as its pairs of characters; `slots`: a page, or a part of a long one, as a small number.
- `shards`      pages with figures apart from all others, so that a new month touches few files.
- `postings`    which parts have a pair; `chunks`: many pairs in one file, in `columns`.
- `page_file`   a part's text beside the index: a hit is shown only after it was found in there.
- `front`       the two files that every query needs.
- `state`       what the last build left; `inversion` makes all chunks anew; `amend` changes only those that differ.
- `index`       the whole of it on one screen: `refresh` and `content_of`.
- `synonyms`    content/data/synonyms.yml.

The index is a pure function of the entries: whatever happened before, the same bytes. It imports no verb's folder.
"""

from generator.search.entry import Entry, Part, Store
from generator.search.index import Damaged, content_of, forget, refresh
from generator.search.page_file import parts_of
from generator.search.plain_text import text_of
from generator.search.synonyms import read_synonyms

__all__ = [
    "Damaged",
    "Entry",
    "Part",
    "Store",
    "content_of",
    "forget",
    "parts_of",
    "read_synonyms",
    "refresh",
    "text_of",
]
