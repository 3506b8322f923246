"""The page around the content, inside a MkDocs build; the only folder (with the plugin) that knows MkDocs.

MkDocs loads the configuration and the theme, copies the theme's files and writes the error page. Every page of
the newsletter is rendered here with the theme's own templates: MkDocs' page loop would hold all pages in memory,
rebuild its Markdown instance for each, and put the whole navigation into every page.
"""
