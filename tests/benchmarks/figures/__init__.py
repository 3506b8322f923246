"""`make bench-figures`: how long figures take, and how much memory, from millions of rows."""
