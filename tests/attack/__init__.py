"""An attacker who has nothing but the published files, and companies whose truth the tests know.

It was written apart from `generator.protect` and shares no code with it. Read in this order:

- `published`: every claim that a site makes about a cell, whatever kind of file makes it.
- `attacker`: what follows from all claims of all releases together.
- `company`: twenty-four months of people who join, leave, move and are reorganised, as exports and as truth.
- `tables`: random tables of counts and the files that would be published of them.
- `private_companies`, `private_worlds`: random companies whose figures divide by something private (surveys, dual use,
  new people), and all that integer programming finds out of what would be published of them.
- `__main__`: the long run, `make attack`.
"""
