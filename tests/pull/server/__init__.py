"""A real HTTP server on loopback that does whatever a test wants a vendor to do, well or badly.

- `reply`      one answer, with the ways in which an answer can be wrong
- `loopback`   the server: a path leads to answers in turn, or to a function of what was asked
- `clock`      time that passes only where somebody sleeps
"""
