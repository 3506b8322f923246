"""The door for people: the command `kawaraban`. Only what is in this folder prints and exits.

    init new check pull build serve publish audit doctor     a file each: its options, what it does, what it tells

    commands     the list of them, in the order of `--help`
    entry        the process from its start to its exit code
    language     the language that this run speaks; `locale/` has click's own words in Japanese
    options      the options that several commands have
    anomalies    the option that takes a surprising figure for right
    outside      the clock, the workers and the progress bars of a run
    progress     the bars at a terminal
    telling      what was found and what was done, for people or machines
    exits        errors become sentences and an exit code
    ctrl_c       whether Ctrl-C was pressed

Imports stand inside the commands: `kawaraban --help` answers in a fifth of a second, and what a command does not
use it does not load.
"""

from generator.cli.entry import main

__all__ = ["main"]
