"""Makes the documents that the tests of reading open: `python -m tests.files.make` writes them here.

Everything in them is made up. The same packages write the same bytes: dates are fixed, and nothing is random.
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from email.message import EmailMessage
from pathlib import Path

import docx
import openpyxl
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

HERE = Path(__file__).parent
WRITTEN = datetime(2026, 3, 2, 9, 30)
PASSWORD = "harbour-17"
SAID = b"2026-03-02T09:30:00Z"
ZIP_TIME = (2026, 3, 2, 9, 30, 0)

INVOICE = (
    ("Northwind Print Ltd", None),
    ("Unit 5, Mill Lane, Leeds LS1 6AB", None),
    ("", None),
    ("INVOICE NW-2026-0187", None),
    ("Date: 3 February 2026", "Payment due: 5 March 2026"),
    ("", None),
    ("Bill to: Calder Bookshop, 22 Bridge Road, Hebden Bridge", None),
    ("", None),
    ("500 bookmarks, two colours", "180.00"),
    ("40 posters A2", "220.00"),
    ("Delivery", "15.00"),
    ("VAT 20%", "83.00"),
    ("TOTAL GBP", "498.00"),
)
LEFT_COLUMN = (
    "The harbour was rebuilt after the",
    "storm of that winter, and most of",
    "its merchants came back within a",
    "year, bringing back their trade.",
    "The town council met on Tuesdays.",
)
RIGHT_COLUMN = (
    "What they found was a town that",
    "had learned to live without them",
    "and did not mean to forget it as",
    "quickly as they had hoped to do.",
    "The market was held on Saturdays.",
)
RECEIPT = (
    "HARBOUR STREET GROCERS",
    "14 Harbour Street, Bristol",
    "",
    "12 March 2026   17:42",
    "",
    "Rye bread            3.20",
    "Olive oil 500 ml     7.85",
    "Tomatoes             2.40",
    "",
    "Subtotal            13.45",
    "VAT                  1.12",
    "TOTAL GBP           14.57",
    "",
    "Paid by card ending 0042",
)


def pdf_of(pages: Sequence[Callable[[Canvas], None]], password: str | None = None) -> bytes:
    """A PDF with one page for each drawing."""
    target = io.BytesIO()
    lock = None if password is None else StandardEncryption(password, strength=128)
    canvas = Canvas(target, pagesize=A4, invariant=1, encrypt=lock)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def draw_invoice(canvas: Canvas) -> None:
    """The invoice's lines, with what belongs to the right at the right."""
    canvas.setFont("Helvetica", 11)
    for number, (left, right) in enumerate(INVOICE):
        canvas.drawString(72, 770 - 16 * number, left)
        if right is not None:
            canvas.drawRightString(520, 770 - 16 * number, right)


def draw_columns(canvas: Canvas) -> None:
    """Two columns of running text, drawn in turns as some programs do, under a heading."""
    canvas.setFont("Helvetica-Bold", 14)
    canvas.drawString(72, 780, "A history of the harbour and of the people who came back to it")
    canvas.setFont("Helvetica", 11)
    for number, (left, right) in enumerate(zip(LEFT_COLUMN, RIGHT_COLUMN, strict=True)):
        canvas.drawString(72, 740 - 14 * number, left)
        canvas.drawString(310, 740 - 14 * number, right)


def draw_japanese(canvas: Canvas) -> None:
    """Text whose font is not in the file: to read it takes tables that the program must bring along."""
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))
    canvas.setFont("HeiseiMin-W3", 14)
    canvas.drawString(72, 770, "領収書 東京都港区 合計 1,200円")


def draw_receipt_picture(canvas: Canvas) -> None:
    """The receipt as a scanner gives it: a picture on the page."""
    picture = ImageReader(io.BytesIO(receipt_png()))
    canvas.drawImage(picture, 60, 250, width=360, preserveAspectRatio=True, anchor="sw")


def text_pdf() -> bytes:
    """Three pages: an invoice, two columns, and a scan without a text layer."""
    return pdf_of([draw_invoice, draw_columns, draw_receipt_picture])


def long_pdf(pages: int) -> bytes:
    """A report of so many pages, some fifty words each."""

    def page(number: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            canvas.setFont("Helvetica", 11)
            canvas.drawString(72, 780, f"Report, sheet {number} of {pages}")
            for line in range(12):
                canvas.drawString(
                    72, 750 - 16 * line, f"Line {line + 1} tells of matter {number * 100 + line}."
                )

        return draw

    return pdf_of([page(number) for number in range(1, pages + 1)])


def scanned_pdf() -> bytes:
    """A receipt as a scanner makes it: one picture, no text."""
    return pdf_of([draw_receipt_picture])


def locked_pdf() -> bytes:
    """The invoice under a password."""
    return pdf_of([draw_invoice], PASSWORD)


def japanese_pdf() -> bytes:
    """A receipt in Japanese."""
    return pdf_of([draw_japanese])


def corrupt_pdf() -> bytes:
    """A PDF of which everything after the first bytes is lost."""
    return text_pdf()[:60] + b"\x00lost\xff" * 40


def receipt_png() -> bytes:
    """The receipt in black on white, as from a good scanner."""
    return _png(_receipt_image())


def receipt_photo() -> bytes:
    """The receipt as a telephone takes it: askew, soft, on a table, under a lamp."""
    paper = _receipt_image().convert("L").filter(ImageFilter.GaussianBlur(0.8))
    shade = Image.linear_gradient("L").resize(paper.size).point(lambda level: 200 + level // 5)
    paper = Image.composite(paper, Image.new("L", paper.size, 40), shade)
    table = Image.new("L", (paper.width + 160, paper.height + 160), 96)
    turned = paper.rotate(2.5, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=96)
    table.paste(turned, (60, 60))
    target = io.BytesIO()
    table.save(target, "JPEG", quality=82)
    return target.getvalue()


def _receipt_image() -> Image.Image:
    font = ImageFont.load_default(size=34)
    image = Image.new("L", (820, 70 + 52 * len(RECEIPT)), 255)
    draw = ImageDraw.Draw(image)
    for number, line in enumerate(RECEIPT):
        left, _, right = line.partition("   ")
        draw.text((50, 40 + 52 * number), left, font=font, fill=0)
        draw.text((770, 40 + 52 * number), right.strip(), font=font, fill=0, anchor="ra")
    return image


def _png(image: Image.Image) -> bytes:
    target = io.BytesIO()
    image.save(target, "PNG", optimize=True)
    return target.getvalue()


def word() -> bytes:
    """A letter with a heading, a list and a table."""
    document = docx.Document()
    document.core_properties.created = document.core_properties.modified = WRITTEN
    document.add_heading("Order confirmation", level=1)
    document.add_paragraph("Dear Ms Okafor, thank you for order 7731 of 2 March 2026.")
    document.add_paragraph("Delivery: Thursday", style="List Bullet")
    table = document.add_table(rows=0, cols=2)
    for cells in (("Item", "Price"), ("Desk lamp", "49.90"), ("Total", "49.90")):
        row = table.add_row().cells
        row[0].text, row[1].text = cells
    target = io.BytesIO()
    document.save(target)
    return _same_times(target.getvalue())


def workbook() -> bytes:
    """Two sheets: expenses with dates and amounts, and notes."""
    book = openpyxl.Workbook()
    book.properties.created = book.properties.modified = WRITTEN
    expenses = book.active
    assert expenses is not None
    expenses.title = "Expenses"
    for row in (
        ("Date", "What", "Amount"),
        (date(2026, 3, 2), "Train to Leeds", 41.5),
        (None, "Total", 41.5),
    ):
        expenses.append(row)
    book.create_sheet("Notes").append(("Approved by", "Ines Alvarez"))
    target = io.BytesIO()
    book.save(target)
    return _same_times(target.getvalue())


def mail() -> bytes:
    """A mail of HTML alone, with an invoice attached as a PDF and the picture of its signature."""
    message = EmailMessage()
    message["From"] = "Zoë Marchetti <zoe@northwind.example>"
    message["To"] = "Calder Bookshop <orders@calder.example>"
    message["Date"] = "Mon, 02 Mar 2026 09:30:00 +0000"
    message["Subject"] = "Your invoice NW-2026-0187"
    message["Message-ID"] = "<0187@northwind.example>"
    message.set_content(
        "<p>Good morning,</p><p>please find our invoice attached.</p>"
        "<p>Zoë Marchetti<br>Northwind Print Ltd<br>+44 113 496 0021</p><img src='cid:sign'>",
        subtype="html",
        cte="quoted-printable",
    )
    message.add_related(_png(Image.new("L", (4, 4), 128)), "image", "png", cid="<sign>", disposition="inline")
    message.add_attachment(pdf_of([draw_invoice]), "application", "pdf", filename="invoice.pdf")
    for part, name in zip(message.walk(), ("outer", "inner"), strict=False):
        part.set_boundary(f"={name}=")
    return message.as_bytes()


def archive() -> bytes:
    """A ZIP archive that is no office document."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as members:
        members.writestr(zipfile.ZipInfo("note.txt", ZIP_TIME), "hello")
    return target.getvalue()


def _same_times(packed: bytes) -> bytes:
    """The same archive, its members and what they say of themselves written at one fixed time."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as members, zipfile.ZipFile(target, "w") as out:
        for name in members.namelist():
            info = zipfile.ZipInfo(name, ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(info, re.sub(rb"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", SAID, members.read(name)))
    return target.getvalue()


FILES: dict[str, Callable[[], bytes]] = {
    "three-pages.pdf": text_pdf,
    "scan.pdf": scanned_pdf,
    "locked.pdf": locked_pdf,
    "corrupt.pdf": corrupt_pdf,
    "japanese.pdf": japanese_pdf,
    "damaged.docx": lambda: word()[:5000],
    "receipt.png": receipt_png,
    "receipt-photo.jpg": receipt_photo,
    "letter.docx": word,
    "expenses.xlsx": workbook,
    "expenses.csv": lambda: b'Date,What,Amount\r\n2026-03-02,"Train, to Leeds",41.50\r\n,Total,41.50\r\n',
    "mail.eml": mail,
    "archive.zip": archive,
    "empty.txt": bytes,
}


def main() -> None:
    """Write every file."""
    for name, make in FILES.items():
        (HERE / name).write_bytes(make())
        sys.stdout.write(f"{name}\n")


if __name__ == "__main__":
    main()
