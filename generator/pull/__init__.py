"""pull: from the exports that content/data/sources.yml names to immutable snapshots of typed rows.

A tour, in the order in which a row travels:

- `sources_file`   reads sources.yml; `kinds` lists the kinds of source, our own and those of other packages
- `source`         what a kind is: a `FileSource` (`csv_file` `excel` `forms` `sqlite` `teams_user_activity`
                   `slack_member_analytics`) or a `RemoteSource` (`http_rows` `sql/` `python_source`)
- `files`          the files a source names: only below content/data, with a digest of their contents
- `window`         the spans of time a source on the network is asked for; `session` what it is handed for that:
                   a `deadline`, a `secret` by name, and `http/`, the careful way to whole answers
- `failure`        why there was none
- `text` `delimited` `header`   bytes to cells, strictly
- `workbook` `workbook_guard` `xls_guard` `compound_file`   the same for Excel, which can do harm
- `child` `child_process`   work that may end badly, in a process of its own
- `column` `cells` `numbers` `dates` `eras`   what a column is declared to hold, and one cell judged by it
- `table`          the rows together: unique keys, sane dates
- `parquet` `store`   written once, found damaged or whole, never changed
- `problems`       what is wrong with a file: one sentence a kind of problem and column, never a person's name
- `pieces` `reading`   all files or windows of a source; those that the last snapshot was made from are not read again
- `pulling`        the verb itself: unchanged sources are not read again, a failing one keeps its last good rows

To add a kind: one file with a subclass of `FileSource` or `RemoteSource` and one line in `kinds.KINDS`; from another
package, an entry point in the group `kawaraban.sources`.
"""

from generator.pull.pulling import pull

__all__ = ["pull"]
