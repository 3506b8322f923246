"""What people declare: YAML and departments.csv, read strictly and judged against a model, in two languages.

A tour, in the order in which a declaration passes:

- `declared_text`     a file's bytes to text, whatever is wrong with the file
- `yaml_fields`       YAML to plain values, each with its place               `marks`, `yaml_errors`
- `yaml_elsewhere`    only the places: for mkdocs.yml, whose values MkDocs reads
- `schema`            values against a model: every mistake a finding         `schema_sentences`, `unknown_keys`, `dates`
- `departments`       departments.csv: the organisation as it was on each day

`read` (front matter, figure blocks), `pull` (sources.yml), `measure` (metrics.yml) and the settings all answer
mistakes from here, so the same mistake gets the same words everywhere. The words are ours: those of a parser or of
a validation library never reach a reader.
"""
