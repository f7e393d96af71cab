"""Small files for the demo: one page that says it is an illustration."""

from __future__ import annotations

from django.core.files.base import ContentFile

from sitepages.models import Authority, PortalDocument
from sitepages.text import fold, vietnamese_slug


def illustration(unit: Authority, title: str) -> PortalDocument:
    """A one-page PDF in the unit's collection, titled so that nobody takes it for the real thing."""
    document = PortalDocument(
        title=f"{title} (tệp minh họa)"[:255],
        file=ContentFile(_pdf(title), f"{vietnamese_slug(title, 40) or 'tep'}.pdf"),
        collection=unit.collection,
    )
    document.save()
    document.get_file_size()
    return document


def _pdf(title: str) -> bytes:
    """The least a reader of PDF accepts. Its built-in typeface has no Vietnamese, so marks are left out."""
    plain = fold(title).encode("ascii", "replace").decode().replace("\\", " ")
    plain = plain.replace("(", " ").replace(")", " ")[:90]
    words = f"BT /F1 14 Tf 60 780 Td (Tep minh hoa) Tj 0 -28 Td ({plain}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(words), words),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
    return out + head + table + tail
