"""A verified site becomes a release that readers get whole: the old one or the new one, never a mixture.

    publish(...)         copy, prove the copy, switch; whatever happens before the switch, the old site stands
    rollback(...)        switch back to what readers had before
    leave_stamp(...)     called by a build that found no errors: only what it built can be published
    last_built(...)      when that was, by the clock of the machine
    edited_since(...)    a warning about what was saved after a site was built, so that it is not on it

    publication.py       the steps of both, in order
    stamp.py             the note a build leaves about each folder it verified
    moment.py            when a site was built, as both notes and records hold it
    edited.py            whether somebody has gone on writing since
    recording.py         what the figures of a site tell enters the release ledger
    manifest.py          a folder as digests of its files
    releases.py          the layout of a target, its records, what is kept
    transfer.py          copying so that a power cut cannot leave half a file behind
    lock.py              one publisher at a time
    refusals.py          why publishing stopped, in two languages

A target looks like this; the web server's document root is `current`:

    current -> releases/20261120T000500Z-1a2b3c4d
    releases/20261120T000500Z-1a2b3c4d/          the site
    releases/20261120T000500Z-1a2b3c4d.json      its record: digests, pages, when, what it followed
    .publish.lock                                who publishes at the moment
"""

from generator.publish.edited import edited_since
from generator.publish.publication import publish, rollback
from generator.publish.releases import Release
from generator.publish.stamp import last_built, leave_stamp

__all__ = ["Release", "edited_since", "last_built", "leave_stamp", "publish", "rollback"]
