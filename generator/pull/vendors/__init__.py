"""Vendors' own interfaces, one file each. What they have in common:

- `service`    an address that tests and gateways may replace, and the first month to ask for
- `reports`    a service with several tables, of which a source names one
- `progress`   trackers of work: counts of a project on the day of a pull
- `microsoft_reports` `slack_members`   tables that come as files, too: the kinds that read these share them

A vendor's day is the vendor's: it is stored as given (UTC; UTC-8 at Google) and never shifted.
"""
