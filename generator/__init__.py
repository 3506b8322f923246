"""Kawaraban (瓦版): Markdown and adoption figures to an internal newsletter site.

The road is one function of verbs, drawn in `generator.pipeline`; each verb has a folder of its own and hands
the next one plain frozen types from `generator.model`. Two doors lead in: `generator.cli` (the command
`kawaraban`) and `generator.mkdocs_plugin` (so that `mkdocs build` and `mkdocs serve` take the same road).
"""

__version__ = "0.1.0"
