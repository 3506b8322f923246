"""The page around the content, inside a MkDocs build; the only folder (with the plugin) that knows MkDocs.

MkDocs loads the configuration and the theme, copies the theme's files and writes the error page. Every page of
the newsletter is rendered here with the theme's own templates: MkDocs' page loop would hold all pages in memory,
rebuild its Markdown instance for each, and put the whole navigation into every page.

pages.py           all documents and files of a site, written into one folder
chrome.py          a document's content inside the theme's page
frames.py          the page around the content, made once for all pages that share it
blanks.py          what stands in a frame for a page's own words while the templates run
guards.py          filters and tests that notice it
plugins.py         other people's plugins: which may see all pages, which cannot be used
news_page.py       a page of ours as plugins know pages
plugin_pages.py    the events of such pages: one page at a time, or all in MkDocs' own loop
looks.py           what plugins look at beside a page
shell.py           what MkDocs itself is left to do
server.py          `mkdocs serve`
configuration.py   mkdocs.yml as our settings
"""
