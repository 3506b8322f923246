"""A picture without what its file says beside it: where it was taken, with which camera, by whom, with which words.

Phones write the place into every photograph. The published copy holds what browsers need to show the picture, and
nothing else: whatever is not known to be needed stays out. Of EXIF the way up is kept, and nothing but that; colour
profiles are kept. No picture is decoded: its bytes are those of the author's file.

    jpeg, png, webp, gif, avif    a walk over the parts of each format
    exif                          which way up
    boxes                         those of which AVIF consists
    parts                         reading them, and what is raised where they end too early
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from generator.read.metadata import avif, gif, jpeg, png, webp
from generator.read.metadata.parts import Damaged

__all__ = ["WITHOUT_METADATA", "Damaged"]

WITHOUT_METADATA: Mapping[str, Callable[[bytes], bytes]] = MappingProxyType(
    {
        "PNG": png.without_metadata,
        "JPEG": jpeg.without_metadata,
        "GIF": gif.without_metadata,
        "WebP": webp.without_metadata,
        "AVIF": avif.without_metadata,
    }
)
"""By name of the format: a picture's file in, the file to publish out. Each raises Damaged where it cannot tell."""
