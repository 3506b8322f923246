"""What every source off the machine works with, whatever it talks to.

- `window`     the spans of days it is asked for
- `session`    what it is handed for that: the time that is left (`deadline`), its secrets (`secret`), a way out
- `failure`    why there was no answer
"""
