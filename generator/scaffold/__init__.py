"""What `kawaraban init` and `kawaraban new` write: a site that builds at once, and pages that ask the right questions.

- `starter/` is the new site: real files, with `§name` where a value goes in, like the drafts in `generator.archetypes`.
- `placeholders` knows every such name.
- `new_site` copies the starter; `new_page` writes one draft; `surroundings` reads what a draft fits itself into.
- `refusals` says why something was not written. Nothing that exists is ever overwritten.
"""

from __future__ import annotations

from generator.scaffold.new_page import create_page
from generator.scaffold.new_site import create_site

__all__ = ["create_page", "create_site"]
