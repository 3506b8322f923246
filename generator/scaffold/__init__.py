"""What `kawaraban init` and `kawaraban new` write: a site that builds at once, and pages that ask the right questions.

- `starter/` is the new site: real files, with `§name` where a value goes in, like the drafts in `generator.archetypes`.
- `placeholders` knows every such name.
- `new_site` copies the starter; `new_page` writes one draft; `surroundings` reads what a draft fits itself into.
- `samples` finds what of the starter was never made somebody's own.
- `refusals` says why something was not written. Nothing that exists is ever overwritten.
"""

from __future__ import annotations

from generator.scaffold.new_page import create_page
from generator.scaffold.new_site import create_site
from generator.scaffold.samples import doubts_of_samples, samples_left

__all__ = ["create_page", "create_site", "doubts_of_samples", "samples_left"]
