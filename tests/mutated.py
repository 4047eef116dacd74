"""Texts and bytes put out of order, for tests that a reader only ever refuses or reads: a strategy of hypothesis."""

from hypothesis import strategies as st

GARBAGE = (b"", b"\xff", b"\x00", b"<", b">", b"&", b"-", b"0", b"9" * 30, b"1e99", b"\xe2\x80\xae", b"\r", b"\t", b'"')


@st.composite
def mutations(draw, content: bytes) -> bytes:
    """Return the bytes with one to four lines dropped, doubled, swapped or cut, or bytes replaced by others."""
    found = content
    for _ in range(draw(st.integers(1, 4))):
        found = draw(st.sampled_from((_lines, _bytes, _cut)))(draw, found)
    return found


def _lines(draw, content: bytes) -> bytes:
    lines = content.split(b"\n")
    first, second = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
    deed = draw(st.sampled_from(("drop", "double", "swap")))
    if deed == "drop":
        del lines[min(first, second) : min(first, second) + draw(st.integers(1, 3))]
    elif deed == "double":
        lines.insert(second, lines[first])
    else:
        lines[first], lines[second] = lines[second], lines[first]
    return b"\n".join(lines)


def _bytes(draw, content: bytes) -> bytes:
    place, length = draw(st.integers(0, len(content))), draw(st.integers(0, 8))
    return content[:place] + draw(st.sampled_from(GARBAGE)) + content[place + length :]


def _cut(draw, content: bytes) -> bytes:
    return content[: draw(st.integers(len(content) // 2, len(content)))]
