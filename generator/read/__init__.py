"""read: from `content/` to typed pages, or every problem found, with file and line.

A guided tour, in the order in which a file passes:

    walk          the files below content/, no link followed      look, file_names, file_kinds
    metadata/     a picture without where, when and by whom it was taken
    decode        bytes to text: strict UTF-8, NFC                characters, places
    front_matter  where a page speaks about itself                declared/yaml_fields
    foreign       other tools' front matter in our words
    (validate)    front matter against its model                  declared/schema
    markup        which lines are code                            headings, references
    blocks        ```kpi and ```chart become typed requests
    unsafe        what the sanitiser will take out
    manuscript    all of that for one page
    rules/        what must hold between pages
    withhold      drafts, unapproved and embargoed pages stay in
    addresses     where pages stand, and which clash
    assets        pictures leave only with a page that shows them
    library       the verb itself

Nothing here raises for what people wrote: each step returns findings, and `read` returns all of them.
"""

from generator.read.library import read
from generator.read.notebook import Notebook

__all__ = ["Notebook", "read"]
