"""compose: accepted pages and released figures become documents, figure files and feeds.

Read in this order:

- `newspaper`: the whole newsletter on one screen, and `compose` itself.
- `desk`: everything a page may draw on: `shelves` (the authors' pages, sorted once) and `figure_book` (the
  released figures, ordered once). Numbers only come from there; nothing here computes one.
- `sections`: the lists and their addresses; `parts`: what several kinds of page share, `draft_of` above all.
- one module a kind of page (`home`, `issues`, `stories`, `metrics`, `faq`, `campaigns`, `switchoff`,
  `departments`, `mvv`, `articles`, `notices`, `tags`): each makes `Draft`s, a view object for a template.
- `views`: the documented, frozen objects that templates see.
- `press`: the sandbox in which the templates of `theme_overrides/articles/` are printed.
- `trends`: a department's course, marked where it was reorganised; `targets_reached`: 目標達成, from released figures.
- `blocks`: an author's figure blocks; `references`: everything named that does not exist, as findings.
- `figure_files`, `feeds`, `sitemap`: what stands beside the pages.

An author's Markdown never meets a template: it travels in a document's slots and is rendered and sanitised by
the next verb.
"""

from __future__ import annotations

from generator.compose.newspaper import Newspaper, Writer, compose, plan

__all__ = ["Newspaper", "Writer", "compose", "plan"]
