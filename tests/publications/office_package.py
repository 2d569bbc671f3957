"""An office file (OOXML) from its parts: no clock, XML library or zlib shows in the bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from xml.etree.ElementTree import canonicalize

XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def package(parts: Iterable[tuple[str, str | bytes]], moment: datetime) -> bytes:
    """The zip archive of the parts (name, XML) in their order: canonical XML, stored, all of `moment`."""
    result = BytesIO()
    with zipfile.ZipFile(result, "w") as archive:
        for name, xml in parts:
            member = zipfile.ZipInfo(name, moment.timetuple()[:6])
            member.create_system = 0
            archive.writestr(member, XML_DECLARATION + canonicalize(xml))
    return result.getvalue()
