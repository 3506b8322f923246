"""pull: from the exports that content/data/sources.yml names to immutable snapshots of typed rows.

A tour, in the order in which a row travels:

- `sources_file`   reads sources.yml; `KINDS` lists the kinds of source, one line each
- `source`         what a kind is: `csv_file` `excel` `teams_user_activity` `slack_member_analytics` `sqlite`
- `files`          the files a source names: only below content/data, with a digest of their contents
- `text` `delimited` `header` `workbook_guard`   bytes to cells, strictly
- `column` `cells` `dates`   what a column is declared to hold, and one cell judged by it
- `table`          the rows together: unique keys, sane dates
- `reading`        all files of a source; those that the last snapshot was made from are not read again
- `parquet` `store`   written once, found damaged or whole, never changed
- `problems`       what is wrong with a file: one sentence a kind of problem and column, never a person's name
- `pulling`        the verb itself: unchanged sources are not read again, a failing one keeps its last good rows

To add a kind: one file with a subclass of `Source` and one line in `sources_file.KINDS`.
"""

from generator.pull.pulling import pull

__all__ = ["pull"]
