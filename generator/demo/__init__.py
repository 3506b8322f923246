"""The exports of the demo company 株式会社あさひ野製作所, written as its vendors would write them.

`python -m generator.demo` fills `content/data/exports` so that the newsletter in `content/` has figures
to tell. Nobody in them exists. Where to look:

- `company`   departments, headcounts, targets and the course each campaign took, month by month
- `people`    who worked where and when: joiners, leavers, transfers, leave, dispatched staff, 兼務
- `adoption`  which people make up the numerators of a month
- `teams` `slack` `survey` `roster` `workbook`   one vendor format each, with that format's traps
- `write`     puts the files in a folder, and does nothing when they are there already
- `chance` `days` `names`   reproducible luck, the calendar, the stock of names

Only the standard library is used: the demo must come up on a bare machine.
"""
