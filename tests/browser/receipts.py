"""Receipts as pictures: drawn by the browser, then spoiled as scanners and telephones spoil them."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass
from html import escape

from PIL import Image, ImageChops, ImageFilter

SPOILED = ("clean", "small", "photo")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is printed, and in which letters."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]
    font: str
    size: int

    @property
    def text(self) -> str:
        """Everything that is printed, row by row."""
        return "\n".join((*self.head, *(f"{name} {price}" for name, price in self.rows)))

    @property
    def html(self) -> str:
        """The receipt as a page."""
        head = "<br>".join(escape(line) for line in self.head)
        rows = "".join(f"<tr><td>{escape(a)}</td><td align=right>{escape(b)}</td></tr>" for a, b in self.rows)
        style = f"margin:24px;width:420px;font:{self.size}px '{self.font}';background:#fff;color:#111"
        table = f'<table width="100%" style="font:inherit;margin:12px 0">{rows}</table>'
        return f'<body style="{style}"><center>{head}</center>{table}</body>'


RECEIPTS = (
    Receipt(
        ("HARBOUR STREET GROCERS", "14 Harbour Street, Bristol BS1 4RN", "12 March 2026 17:42 Till 3"),
        (("Rye bread", "3.20"), ("Olive oil 500 ml", "7.85"), ("Tomatoes", "2.40"), ("TOTAL", "14.57")),
        "DejaVu Sans Mono",
        18,
    ),
    Receipt(
        ("CAFE LUMEN", "Rue Haute 88, 1000 Brussels", "02/11/2025 09:14"),
        (("Flat white x2", "7.60"), ("Croissant", "2.10"), ("Orange juice", "4.25"), ("TOTAL", "EUR 13.95")),
        "Liberation Mono",
        16,
    ),
    Receipt(
        ("NORTHERN HARDWARE LTD", "Unit 9 Station Yard, Leeds", "Invoice 0042817 5 Jan 2026"),
        (
            ("Screws M4x20", "6.49"),
            ("Wood glue 750g", "11.99"),
            ("Brush 38mm", "4.20"),
            ("TOTAL", "GBP 22.68"),
        ),
        "Liberation Sans",
        15,
    ),
    Receipt(
        ("Pharmacie du Lac", "12 Quai Gustave, Geneva", "17.02.2026 18:03"),
        (("Ibuprofen 400mg", "8.90"), ("Sun cream SPF50", "19.50"), ("TOTAL", "CHF 28.40")),
        "DejaVu Serif",
        17,
    ),
)


def spoil(png: bytes, how: str) -> bytes:
    """The picture as it comes from a scanner (`clean`), a thumbnail (`small`) or a telephone (`photo`)."""
    image = Image.open(io.BytesIO(png)).convert("L")
    if how == "small":
        image = image.resize((image.width * 3 // 5, image.height * 3 // 5), Image.Resampling.LANCZOS)
    if how == "photo":
        image = _photographed(image)
    target = io.BytesIO()
    image.save(target, "JPEG", quality=80)
    return target.getvalue()


def _photographed(image: Image.Image) -> Image.Image:
    """Soft, under a lamp at one side, askew, with grain."""
    soft = image.filter(ImageFilter.GaussianBlur(1.2))
    lamp = (
        Image.linear_gradient("L")
        .rotate(90)
        .resize(soft.size)
        .point([110 + v * 145 // 255 for v in range(256)])
    )
    lit = ImageChops.multiply(soft, lamp)
    turned = lit.rotate(3, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=90)
    grain = random.Random(1)
    for _ in range(turned.width * turned.height // 30):
        at = (grain.randrange(turned.width), grain.randrange(turned.height))
        level = turned.getpixel(at)
        assert isinstance(level, int)
        turned.putpixel(at, max(0, min(255, level + grain.randrange(-40, 40))))
    return turned
