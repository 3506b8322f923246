{#- The whole program as one file: every file costs a reader a round trip, one after the other. A template of MkDocs,
    like its sitemap; the parts themselves are not on the site. -#}
{% for part in ("fold", "files", "page", "query", "engine") %}
{{ unparsed("assets/kb/search/program/" ~ part ~ ".js") }}
{%- endfor %}
