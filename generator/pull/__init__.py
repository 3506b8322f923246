"""pull: from the exports that content/data/sources.yml names to immutable snapshots of typed rows.

A tour, in the order in which a row travels:

- `sources_file`   reads sources.yml
- `kinds/`         the kinds of source, a file each; its `__init__` lists them, and those of other packages
- `vendors/`       the kinds that ask a vendor, and what they share with those that read its files
- `source`         what a kind is: a `FileSource` or a `RemoteSource`
- `files`          the files that a source names: only below content/data, with a digest of their contents
- `digests`        what the files were known by when they last looked the same
- `remote/`        what a source elsewhere is asked for and handed: windows, a deadline, secrets by name
- `http/` `sql/`   the careful way to whole answers of servers and of databases
- `formats/`       from bytes to raw cells: text, JSON, Excel
- `child` `child_process`   work that may end badly, in a process of its own
- `bulk`           large files, typed and judged without a row of them in Python
- `cells/`         what a column is declared to hold, and one cell judged by it
- `table`          the rows together: unique keys, sane dates
- `problems`       what is wrong: one sentence a kind of problem and column, never a person's name
- `refusals`       what is wrong with a source as a whole, and what stands in for it
- `pieces` `reading`   all files or windows of a source; those that the last snapshot was made from are not read again
- `snapshots/`     what was read, on the disk
- `one_source`     what is declared and stored of one source, and its last good rows standing in when it fails
- `renewing`       a new snapshot, unless the last one is made of the same pieces
- `looking`        tables of a database, whose rows stay there
- `judging`        all rows together, seen from today and from the rows of before
- `accepting`      what the figures made of the rows say of them: which rows may stand in for later ones
- `pulling`        the verb itself

To add a kind: one file with a subclass of `FileSource` or `RemoteSource` and one line in `KINDS`; from another
package, an entry point in the group `kawaraban.sources`.
"""

from generator.pull.accepting import note_judgement
from generator.pull.digests import Digests
from generator.pull.pulling import pull

__all__ = ["Digests", "note_judgement", "pull"]
