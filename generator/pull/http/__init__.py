"""Whole answers from servers, or one sentence why there is none. What a source uses, from the outside in:

- `access`     which service, as whom, and which other hosts its downloads may come from
- `auth`       the kinds of credentials: bearer, a header of its own, basic, OAuth2 client credentials
- `client`     `get` and `query`: signs in, follows allowed redirects, retries what may pass, never parses half a body
- `paging`     page after page, each once, with an end
- `payload`    one whole answer: JSON, NDJSON, text

and what that stands on:

- `retry`      how often and how long to wait; Retry-After in all its forms
- `body`       bytes until the last one that was promised, and no more than we take
- `transport` `network` `addresses` `proxy`   one connection: resolved once, judged, pinned, under the deadline
"""
