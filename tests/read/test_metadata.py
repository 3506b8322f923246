"""Pictures are published without what their files say about place, camera and people, and look as before."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.read.metadata import WITHOUT_METADATA, Damaged
from generator.read.metadata.exif import only_orientation, orientation
from tests.read.picture_files import (
    EXIF,
    JPEG_SCAN,
    avif,
    avif_box,
    gif,
    gif_extension,
    jpeg,
    jpeg_segment,
    png,
    png_chunk,
    tiff,
    webp,
    webp_chunk,
)

SECRET = b"HANAKO 35.0116N"
TURNED = only_orientation(6)
PROFILE = b"ICC_PROFILE\0\1\1 colours"
JFIF = b"JFIF\0\1\2\0\0\1\0\1"
ADOBE = b"Adobe\0\x64\0\0\0\0\1"

secrets = st.binary(max_size=40).map(lambda noise: SECRET + noise)
turned = st.integers(0, 9)


@given(st.lists(st.tuples(st.sampled_from([0xE1, 0xE3, 0xE4, 0xEC, 0xED, 0xEF, 0xF0, 0xFD, 0xFE]), secrets)), turned)
def test_a_jpeg_keeps_its_picture_and_which_way_up_whatever_is_beside_it(
    beside: list[tuple[int, bytes]], way: int
) -> None:
    told = b"".join(jpeg_segment(kind, body) for kind, body in beside)
    exif = jpeg_segment(0xE1, EXIF + tiff(way, SECRET, SECRET))
    published = WITHOUT_METADATA["JPEG"](jpeg(before=told + exif + told, after=told) + SECRET)
    kept = jpeg_segment(0xE1, EXIF + only_orientation(way)) if 1 < way < 9 else b""
    assert published == jpeg(before=kept)
    assert WITHOUT_METADATA["JPEG"](published) == published


@given(
    st.lists(st.tuples(st.sampled_from([b"tEXt", b"zTXt", b"iTXt", b"tIME", b"caNv", b"sPLT", b"vpAg"]), secrets)),
    turned,
)
def test_a_png_keeps_its_picture_and_which_way_up_whatever_is_beside_it(
    beside: list[tuple[bytes, bytes]], way: int
) -> None:
    told = b"".join(png_chunk(name, data) for name, data in beside)
    exif = png_chunk(b"eXIf", tiff(way, SECRET, SECRET))
    published = WITHOUT_METADATA["PNG"](png(before=told + exif + told, after=told) + SECRET)
    kept = png_chunk(b"eXIf", only_orientation(way)) if 1 < way < 9 else b""
    assert published == png(before=kept)
    assert WITHOUT_METADATA["PNG"](published) == published


@given(st.lists(st.tuples(st.sampled_from([b"XMP ", b"META", b"abcd"]), secrets)), turned)
def test_a_webp_keeps_its_picture_and_which_way_up_whatever_is_beside_it(
    beside: list[tuple[bytes, bytes]], way: int
) -> None:
    told = b"".join(webp_chunk(name, data) for name, data in beside)
    exif = webp_chunk(b"EXIF", tiff(way, SECRET, SECRET))
    published = WITHOUT_METADATA["WebP"](webp(flags=0x2C, before=told, after=told + exif + told) + SECRET)
    if 1 < way < 9:
        assert published == webp(flags=0x28, after=webp_chunk(b"EXIF", only_orientation(way)))
    else:
        assert published == webp(flags=0x20)
    assert WITHOUT_METADATA["WebP"](published) == published


@given(st.lists(st.tuples(st.sampled_from([0x01, 0xFE, 0xFF]), st.lists(secrets, min_size=1, max_size=3))))
def test_a_gif_keeps_its_picture_whatever_is_beside_it(beside: list[tuple[int, list[bytes]]]) -> None:
    told = b"".join(gif_extension(label, *pieces) for label, pieces in beside)
    published = WITHOUT_METADATA["GIF"](gif(before=told, after=told) + SECRET)
    assert published == gif()
    assert WITHOUT_METADATA["GIF"](published) == published


@given(st.lists(st.tuples(st.sampled_from([b"Exif", b"mime", b"uri "]), secrets)))
def test_an_avif_keeps_its_picture_where_it_was_whatever_is_beside_it(beside: list[tuple[bytes, bytes]]) -> None:
    file = avif(*beside, (b"av01", b"picture"), *beside) + avif_box(b"uuid", SECRET)
    published = WITHOUT_METADATA["AVIF"](file)
    assert SECRET not in published
    assert (published.find(b"picture"), len(published)) == (file.find(b"picture"), len(file))
    assert WITHOUT_METADATA["AVIF"](published) == published


def test_what_browsers_need_is_kept() -> None:
    needed = jpeg_segment(0xE0, JFIF + b"\0\0") + jpeg_segment(0xE2, PROFILE) + jpeg_segment(0xEE, ADOBE)
    shown = {
        "JPEG": jpeg(before=needed),
        "PNG": png(before=b"".join(png_chunk(name) for name in (b"iCCP", b"gAMA", b"tRNS", b"acTL", b"fcTL"))),
        "WebP": webp(flags=0x22, before=webp_chunk(b"ICCP", b"colours") + webp_chunk(b"ANIM", bytes(6))),
        "GIF": gif(before=gif_extension(0xF9, bytes(4)) + gif_extension(0xFF, b"NETSCAPE2.0", b"\1\0\0")),
        "AVIF": avif((b"av01", b"picture"), (b"grid", b"of pictures")),
    }
    assert {name: WITHOUT_METADATA[name](file) for name, file in shown.items()} == shown


def test_small_pictures_within_a_jpeg_stay_out() -> None:
    small = jpeg_segment(0xE0, JFIF + b"\4\4" + SECRET) + jpeg_segment(0xE0, b"JFXX\0\x10" + jpeg())
    assert WITHOUT_METADATA["JPEG"](jpeg(before=small)) == jpeg(before=jpeg_segment(0xE0, JFIF + b"\0\0"))


def test_what_stands_between_the_parts_of_a_webp_frame_stays_out() -> None:
    picture = webp_chunk(b"ALPH", b"clear") + webp_chunk(b"VP8 ", b"moving")
    frame = webp_chunk(b"ANMF", bytes(16) + webp_chunk(b"note", SECRET) + picture)
    assert WITHOUT_METADATA["WebP"](webp(before=frame)) == webp(before=webp_chunk(b"ANMF", bytes(16) + picture))


def moving_avif(handler: bytes) -> bytes:
    """One of a track, with remarks beside it and in what is needed of it."""
    named = avif_box(b"hdlr", bytes(8), handler, bytes(12), SECRET)
    timed = bytes(4) + SECRET[:8] + b"needed"
    track = avif_box(b"mdia", avif_box(b"mdhd", timed), named, avif_box(b"minf", b"kept"))
    return avif((b"av01", b"picture")) + avif_box(
        b"moov",
        avif_box(b"mvhd", timed),
        avif_box(b"trak", avif_box(b"tkhd", timed), avif_box(b"meta", SECRET), track),
        avif_box(b"udta", SECRET),
    )


def test_remarks_in_and_beside_the_tracks_of_a_moving_avif_are_emptied() -> None:
    file = moving_avif(b"pict")
    published = WITHOUT_METADATA["AVIF"](file)
    assert SECRET[:8] not in published
    assert (published.count(b"needed"), avif_box(b"minf", b"kept") in published, len(published)) == (3, True, len(file))


def test_a_moving_avif_with_another_track_than_of_pictures_is_refused() -> None:
    with pytest.raises(Damaged):
        WITHOUT_METADATA["AVIF"](moving_avif(b"soun"))


def test_texts_of_an_avif_that_lie_on_one_another_are_refused_at_once() -> None:
    file = bytearray(avif((b"av01", b"picture"), *((b"Exif", SECRET) for _ in range(1_000)), more=bytes(0)))
    places = file.index(b"iloc") + 12  # each: number, what it is counted from, how many stretches, offset, length
    for item in range(1, 1_001):
        struct.pack_into(">II", file, places + item * 14 + 6, 0, len(file))
    with pytest.raises(Damaged):
        WITHOUT_METADATA["AVIF"](bytes(file))


def test_names_properties_and_data_that_no_picture_of_an_avif_needs_are_emptied() -> None:
    size, words = avif_box(b"ispe", b"size"), avif_box(b"udes", SECRET)
    properties = avif_box(b"iprp", avif_box(b"ipco", size, words), avif_box(b"ipma", b"which"))
    file = avif((b"av01", b"picture"), name=SECRET, more=properties, unclaimed=SECRET)
    published = WITHOUT_METADATA["AVIF"](file)
    assert SECRET not in published
    assert (size in published, b"which" in published, b"picture" in published) == (True, True, True)
    assert WITHOUT_METADATA["AVIF"](published) == published


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("JPEG", jpeg(before=jpeg_segment(0xE1, EXIF + tiff(6)))),
        ("PNG", png(before=png_chunk(b"eXIf", tiff(6)))),
        ("WebP", webp(flags=8, after=webp_chunk(b"EXIF", tiff(6)))),
        ("AVIF", avif((b"av01", b"picture"), (b"Exif", tiff(6)))),
    ],
)
def test_a_picture_cut_anywhere_is_damaged(name: str, file: bytes) -> None:
    for length in range(len(file)):
        with pytest.raises(Damaged):
            WITHOUT_METADATA[name](file[:length])


def test_a_gif_may_end_without_its_mark_but_nowhere_else() -> None:
    file = gif(after=gif_extension(0xFE, SECRET))
    sound = {len(file) - 1: gif(), len(gif()) - 1: gif()}
    for length in range(len(file)):
        if length in sound:
            assert WITHOUT_METADATA["GIF"](file[:length]) == sound[length]
        else:
            with pytest.raises(Damaged):
                WITHOUT_METADATA["GIF"](file[:length])


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("JPEG", jpeg(before=SECRET)),
        ("JPEG", jpeg(before=b"\xff\xd0" + SECRET)),
        ("JPEG", jpeg(before=b"\xff\x30\0\x04ab")),
        ("JPEG", jpeg(before=b"\xff\xe1\0\0")),
        ("JPEG", b"\xff\xd8\xff\xd9"),
        ("PNG", png(before=png_chunk(b"CgBI", SECRET))),
        ("PNG", b"\x89PNG\r\n\x1a\n" + png_chunk(b"IEND")),
        ("WebP", b"RIFF\x04\0\0\0WEBP"),
        ("GIF", gif(before=SECRET)),
        ("GIF", gif()[:19] + b"\x3b"),
        ("AVIF", avif_box(b"ftyp", b"avif")),
        ("AVIF", avif((b"av01", b"picture"), (b"Exif", b""))),
    ],
)
def test_what_cannot_be_told_apart_is_damaged(name: str, file: bytes) -> None:
    with pytest.raises(Damaged):
        WITHOUT_METADATA[name](file)


@given(st.binary(max_size=200))
def test_any_bytes_are_published_bare_or_damaged(noise: bytes) -> None:
    beginnings = {"PNG": png()[:33], "JPEG": jpeg()[:15], "GIF": gif()[:19], "WebP": webp()[:30], "AVIF": b""}
    for name, beginning in beginnings.items():
        try:
            published = WITHOUT_METADATA[name](beginning + noise)
        except Damaged:
            continue
        assert WITHOUT_METADATA[name](published) == published


@given(st.binary(max_size=100))
def test_any_exif_tells_which_way_up_or_upright(noise: bytes) -> None:
    for beginning in (b"", b"II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08"):
        assert 1 <= orientation(beginning + noise) <= 8


def test_the_way_up_is_read_in_both_byte_orders() -> None:
    assert [orientation(tiff(way)) for way in range(10)] == [1, 1, 2, 3, 4, 5, 6, 7, 8, 1]
    assert orientation(TURNED) == 6
    assert orientation(TURNED.replace(struct.pack(">H", 3), struct.pack(">H", 4))) == 1, "of another kind"


def test_a_long_run_of_ones_in_a_scan_takes_no_longer_than_its_length() -> None:
    long = JPEG_SCAN + b"\xff" * 1_000_000 + b"\0"
    assert WITHOUT_METADATA["JPEG"](jpeg(after=long)) == jpeg(after=long)
