"""What a document can be asked for: fields, read from small tables, one field a line.

A line is `key<form>: name, other name, ... | description; other description; ...`. The mark after the key \
    says
what the value is: none for a text, `#` an amount, `+` a whole number, `@` a day, `[]` a list of texts,
`?` yes or
no, `=a/b/c` a choice. A line that is a key alone takes the field of that key from the common table. A star
before the key marks what most people want of such a document: it is asked for more often.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

Form = Literal["text", "amount", "integer", "day", "list", "flag", "choice"]
MARKS: dict[str, Form] = {
    "": "text",
    "#": "amount",
    "+": "integer",
    "@": "day",
    "[]": "list",
    "?": "flag",
    "=": "choice",
}
LINE = re.compile(
    r"(?P<key>\w+)(?P<mark>\[\]|[#+@?]|=|)(?P<options>(?<==)[^:|]*|):(?P<names>[^|]*)\|(?P<abouts>.*)"
)

COMMON = """
person: name, full name, person, contact name | Full name of the person; Who it is about; Name of the person
first_name: first name, given name, forename | Given name of the person; First name only
last_name: last name, surname, family name | Family name of the person; Surname only
email: email, e-mail, email address, mail | E-mail address; The e-mail address given; Electronic mail address
phone: phone, telephone, phone number, tel, telephone number | Telephone number; Number to call; Phone number
mobile: mobile, cell phone, mobile number, cellular | Mobile number; Number of the mobile phone
fax: fax, fax number, telefax | Fax number; Number for faxes
website: website, url, web address, homepage | Address of the website; Web page; Link to the site
company: company, organisation, company name, firm | Name of the company; Company or organisation; \
    Organisation named
job_title: job title, position, role, title | Position held by the person; Job of the person; Role in the \
    company
address: address, postal address, full address | Full postal address; Street, town and postcode; Where it \
    is, as one line
street: street, street name, road | Street with its number; Street and house number
city: city, town, place, locality | City or town; Name of the town
postcode: postcode, zip, zip code, postal code | Postal code; ZIP or postal code
country: country, nation, land | Country; Name of the country
iban: iban, bank account, account iban | Bank account number; IBAN to pay to
bic: bic, swift, swift code | SWIFT code of the bank; BIC
bank: bank, bank name | Name of the bank; Bank that keeps the account
vat_id: vat id, vat number, tax number, tax id | Tax number of the seller; VAT registration number
currency: currency, currency code, currency sign | Currency sign or code, as printed; Currency of the amounts
"""


@dataclass(frozen=True)
class Field:
    """A thing to ask for, with the names and the descriptions it goes by (all in plain words)."""

    key: str
    form: Form
    names: tuple[str, ...]
    abouts: tuple[str, ...]
    options: tuple[str, ...] = ()
    core: bool = False


def parse_fields(table: str) -> tuple[Field, ...]:
    """The fields of a table in the order of its lines.

    Raises ValueError for a line that cannot be read and for a key that the common table does not have.
    """
    return tuple(parse_line(" ".join(line.split())) for line in table.strip().splitlines() if line.strip())


def parse_line(line: str) -> Field:
    """One field from one line."""
    if line.startswith("*"):
        return replace(parse_line(line[1:].lstrip()), core=True)
    if ":" not in line:
        return common_field(line)
    match = LINE.fullmatch(line)
    if match is None:
        raise ValueError(f"the line {line!r} is no field, expected `key: names | descriptions`")
    options = tuple(option.strip() for option in match["options"].split("/") if option.strip())
    return Field(
        match["key"], MARKS[match["mark"]], split(match["names"], ","), split(match["abouts"], ";"), options
    )


def split(text: str, mark: str) -> tuple[str, ...]:
    """The parts of a list, without the blanks around them."""
    return tuple(part.strip() for part in text.split(mark) if part.strip())


def common_field(key: str) -> Field:
    """A field that many kinds of documents share."""
    found = common_fields().get(key)
    if found is None:
        raise ValueError(f"{key!r} is not among the common fields, write the field out")
    return found


@cache
def common_fields() -> dict[str, Field]:
    """The common table by key."""
    return {field.key: field for field in map(parse_line, COMMON.strip().splitlines())}
