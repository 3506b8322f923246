"""Documents to HTML: the author's Markdown is rendered, sanitised and put into its slots.

markdown.py   one Markdown instance a process, with what Japanese text needs
sanitise.py   the allow-list; every author's HTML passes it, generated fragments are put in afterwards
links.py      relative .md links and pictures to addresses of the site
body.py       a document's slots filled: the finished content of a page
deliver.py    the finished folder to where the site is served from
mkdocs/       the page around the content: Material's templates, inside a MkDocs build
"""
