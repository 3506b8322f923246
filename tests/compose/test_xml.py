"""Feeds and sitemap say in XML what they were given."""

from xml.etree import ElementTree
from xml.sax import saxutils

from hypothesis import given
from hypothesis import strategies as st

from generator.compose import xml

_LINES = st.text(st.characters(min_codepoint=0x20, exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"))


@given(_LINES)
def test_text_is_written_as_the_standard_library_writes_it(content: str) -> None:
    assert xml.text(content) == saxutils.escape(content)


@given(_LINES)
def test_a_reader_gets_the_value_of_an_attribute_back(content: str) -> None:
    assert ElementTree.fromstring(f"<a b={xml.attribute(content)}/>").attrib == {"b": content}  # noqa: S314 (ours)
