"""The values of one document: people, companies, places, days and amounts of one locale, drawn from "
"one source."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from random import Random
from typing import TypeVar

from babel.dates import format_date
from babel.numbers import format_decimal
from faker import Faker

from . import locales, words
from .draft import Written
from .phrasebook import phrases

Item = TypeVar("Item")
# The name library keeps the towns of these locales in a set: drawn from it, they differ from run to run.
UNORDERED_CITIES = frozenset({"it_IT"})
FIRST_DAY = date(2005, 1, 1)
LAST_DAY = date(2029, 6, 30)


@dataclass(frozen=True)
class Address:
    """A postal address; `region` and `country` may be empty."""

    number: str
    street_name: str
    unit: str
    city: str
    region: str
    postcode: str
    country: str
    street: str
    lines: tuple[str, ...]

    def one_line(self, mark: str = ", ") -> str:
        """The lines joined."""
        return mark.join(self.lines)


@cache
def faker_of(locale: str) -> Faker:
    """The source of names of a locale; it takes long to make and is used again with another generator."""
    return Faker(locale, use_weighting=False)


def ascii_of(text: str) -> str:
    """Letters and digits without accents, in lower case; empty for scripts without Latin letters."""
    plain = unicodedata.normalize(
        "NFKD", text.replace("\u00df", "ss").replace("\u0142", "l").replace("\u00f8", "o")
    )
    return re.sub(r"[^a-z0-9]", "", plain.encode("ascii", "ignore").decode().lower())


class Scene:
    """One locale and one random source; every method draws a new value."""

    def __init__(self, rng: Random, locale: str = "", english: float = 0.66) -> None:
        """Draw the locale, where none is given, and what all values of the document share."""
        self.rng = rng
        self.locale = locale or self.draw_locale(english)
        self.language = self.locale[:2]
        self.fake = self.names_of(self.locale)
        self.labels_in = self.language if self.chance(0.75) else "en"
        self.code, self.sign = locales.CURRENCIES.get(self.locale, locales.EURO)
        if self.language == "en" and self.chance(0.2):
            self.code, self.sign = self.pick(*locales.OTHER_CURRENCIES)
        self.day_style = self.draw_day_style()
        self.today = FIRST_DAY + timedelta(days=self.number(0, (LAST_DAY - FIRST_DAY).days))
        self.plain_blanks = self.chance(0.7)

    # --- choices

    def draw_locale(self, english: float) -> str:
        """A locale, English-speaking with the given probability."""
        table = locales.ENGLISH if self.rng.random() < english else locales.OTHERS
        return self.rng.choices(list(table), weights=list(table.values()))[0]

    def chance(self, probability: float) -> bool:
        """True with the given probability."""
        return self.rng.random() < probability

    def pick(self, *options: Item) -> Item:
        """One of the options."""
        return self.rng.choice(options)

    def word(self, table: Sequence[str]) -> str:
        """One entry of a table of words."""
        return self.rng.choice(table)

    def some(self, table: Sequence[str], low: int, high: int) -> list[str]:
        """Between low and high different entries of a table."""
        count = min(len(table), self.rng.randint(low, high))
        return self.rng.sample(table, count)

    def maybe(self, text: str, probability: float = 0.5) -> str:
        """The text or nothing."""
        return text if self.chance(probability) else ""

    def number(self, low: int, high: int) -> int:
        """A whole number, both bounds included."""
        return self.rng.randint(low, high)

    def label(self, key: str) -> str:
        """The words for a label in the language of the document, in English where none are known."""
        table = locales.LABELS.get(self.labels_in, {})
        return self.rng.choice((table.get(key) or locales.LABELS["en"].get(key) or key).split("/"))

    # --- people and companies

    def names_of(self, locale: str) -> Faker:
        """The names of a locale, drawn from the random source of this document."""
        fake = faker_of(locale)
        fake.factories[0].random = self.rng
        return fake

    def strange_names(self) -> Faker:
        """Mostly the names of the document's locale, now and then those of another one in Latin letters."""
        if self.locale == "ja_JP" or self.chance(0.8):
            return self.fake
        return self.names_of(self.rng.choice([other for other in locales.OTHERS if other != "ja_JP"]))

    def person_parts(self) -> tuple[str, str]:
        """Given name and family name."""
        fake = self.strange_names()
        return fake.first_name(), fake.last_name()

    def full_name(self, first: str, last: str) -> str:
        """Both names in the order of the locale."""
        return f"{last} {first}" if self.locale == "ja_JP" else f"{first} {last}"

    def person(self) -> str:
        """A name as people write it: with given name first, now and then with an initial."""
        first, last = self.person_parts()
        if self.locale == "ja_JP":
            return self.full_name(first, last)
        roll = self.rng.random()
        if roll < 0.06:
            return f"{first[0]}. {last}"
        if roll < 0.14:
            return f"{first} {self.rng.choice('ABCDEFGHJKLMPRSTW')}. {last}"
        return self.full_name(first, last)

    def people(self, low: int, high: int) -> list[str]:
        """Several different names."""
        return list(dict.fromkeys(self.person() for _ in range(self.number(low, high))))

    def company(self) -> str:
        """The name of a firm."""
        roll = self.rng.random()
        if roll < 0.4:
            return str(self.fake.company())
        stem = self.word(words.BRAND_STEMS) if roll < 0.75 else f"{self.fake.last_name()}"
        suffix = self.rng.choice(words.LEGAL_FORMS.get(self.language, words.LEGAL_FORMS["en"]))
        comma = "," if self.language in ("en", "es") and suffix and self.chance(0.15) else ""
        return f"{stem} {self.word(words.TRADES)}{comma} {suffix}".strip()

    def organisation(self) -> str:
        """The name of an employer or a client without a legal form: an office, a school, a partnership."""
        table = phrases("organisations")
        frame = self.word(table.get(self.language, table["en"])["names"])
        first, second = self.fake.last_name(), self.fake.last_name()
        return frame.format(c=self.city(), l=first, m=second, s=self.word(words.BRAND_STEMS))

    def shop(self) -> str:
        """The name over the door of a shop, a restaurant or a practice."""
        last, city, stem = self.fake.last_name(), self.city(), self.word(words.BRAND_STEMS)
        trade = self.word(words.SHOPS)
        return self.pick(
            f"{last}'s {trade}",
            f"{stem} {trade}",
            f"{trade} {last}",
            f"{city} {trade}",
            f"The {stem} {trade}",
            self.company(),
        )

    def email(self, name: str = "", host: str = "") -> str:
        """An address that fits the name."""
        parts = [ascii_of(part) for part in re.split(r"\s+", name) if ascii_of(part)] or [
            self.word(words.MAILBOXES)
        ]
        first, last = parts[0], parts[-1]
        local = self.pick(
            f"{first}.{last}", f"{first[0]}.{last}", f"{first[0]}{last}", first, f"{last}{self.number(1, 99)}"
        )
        return f"{local if first != last else first}@{host or self.host()}"

    def host(self, name: str = "") -> str:
        """The name of a server, made from a firm's name where one is given."""
        stem = "".join(ascii_of(part) for part in name.split()[:2]) or ascii_of(self.word(words.BRAND_STEMS))
        return f"{stem}.{self.word(words.DOMAINS)}"

    def website(self, host: str) -> str:
        """The address of a page."""
        return self.pick(f"www.{host}", f"https://{host}", f"https://www.{host}", f"http://www.{host}/", host)

    def phone(self) -> str:
        """A telephone number."""
        return str(self.fake.phone_number())

    def job(self) -> str:
        """What somebody works as."""
        return str(self.fake.job()) if self.chance(0.35) else self.word(words.JOBS)

    # --- places

    def city(self) -> str:
        """A town: half of them real."""
        real = words.CITIES.get(self.language if self.language != "en" else self.locale)
        if real and (self.locale in UNORDERED_CITIES or self.chance(0.6)):
            return self.word(real)
        return str(self.fake.city())

    def region(self) -> str:
        """A state or province, where people write one."""
        if self.locale in ("en_US", "en_CA", "en_AU"):
            short = bool(self.chance(0.7))
            return str(
                self.fake.state_abbr()
                if short and self.locale != "en_CA"
                else self.fake.administrative_unit()
            )
        if self.locale in ("en_IN", "pt_BR", "en_GB", "en_IE"):
            return str(self.fake.administrative_unit()) if self.chance(0.5) else ""
        return ""

    def unit(self) -> str:
        """Flat, floor or suite; mostly none."""
        if self.language != "en" or self.chance(0.65):
            return ""
        return self.pick("Apt {n}", "Suite {n}", "Unit {n}", "Floor {f}", "#{n}", "Flat {f}").format(
            n=self.number(1, 420), f=self.number(1, 24)
        )

    def address(self, country: float = 0.25) -> Address:
        """A postal address as it is written in the locale, with the country at the given probability."""
        number, name = str(self.fake.building_number()), str(self.fake.street_name())
        unit, city, region, postcode = self.unit(), self.city(), self.region(), str(self.fake.postcode())
        land = self.rng.choice(locales.COUNTRIES[self.locale]) if self.chance(country) else ""
        street = self.join_street(number, name)
        lines = [street if not unit else f"{street}, {unit}", *self.town_lines(city, region, postcode)]
        lines = [*lines, land] if land else lines
        return Address(number, name, unit, city, region, postcode, land, street, tuple(lines))

    def join_street(self, number: str, name: str) -> str:
        """Number and name of a street in the order of the locale."""
        if self.language == "en" or self.locale in locales.NUMBER_FIRST:
            return f"{number} {name}"
        return f"{name}, {number}" if self.language in ("es", "pt", "it") else f"{name} {number}"

    def town_lines(self, city: str, region: str, postcode: str) -> list[str]:
        """The line or lines of the town."""
        if self.locale in locales.POSTCODE_FIRST or self.locale == "ja_JP":
            return [f"{postcode} {city}"]
        if self.locale == "en_US":
            return [f"{city}, {region} {postcode}"]
        if self.locale in ("en_GB", "en_IE"):
            return [part for part in (city, region, postcode) if part]
        return [" ".join(part for part in (city, region, postcode) if part)]

    # --- days, times, numbers

    def draw_day_style(self) -> str:
        """The pattern in which this document writes its days."""
        digits = locales.DIGITS.get(self.locale, locales.DAY_FIRST)
        letters = locales.LETTERS.get(self.locale) or locales.LETTERS.get(self.language) or ("d MMMM yyyy",)
        return self.rng.choice(digits if self.chance(0.55) else letters)

    def some_day(self, first: date | None = None, last: date | None = None) -> date:
        """A day between two days; without them one within some months of the document's own time."""
        first = first or self.today - timedelta(days=150)
        last = last or self.today + timedelta(days=150)
        return first + timedelta(days=self.rng.randint(0, (last - first).days))

    def later(self, start: date, low: int = 1, high: int = 60) -> date:
        """A day some days after another one."""
        return start + timedelta(days=self.rng.randint(low, high))

    def day(self, value: date | None = None, style: str = "") -> Written:
        """A day as this document writes days (or in the given pattern)."""
        value = value or self.some_day()
        pattern = style or self.day_style
        return Written(format_date(value, pattern, locale=self.locale), self.normal_day(value, pattern))

    def normal_day(self, value: date, pattern: str) -> str | None:
        """The normal form, where the writing can be read in one way only."""
        month_first = pattern.startswith(("M/", "MM/", "MM-")) and value.day <= 12
        unknown_month = "MMM" in pattern and self.language not in locales.MONTHS_KNOWN
        unclear = month_first or unknown_month or "\u5e74" in pattern or pattern == "d. M. yyyy"
        return None if unclear else value.isoformat()

    def clock(self, low: int = 7, high: int = 21) -> str:
        """A time of day."""
        hour, minute = self.number(low, high), self.rng.choice((0, 0, 15, 30, 45, self.number(1, 59)))
        if self.locale in ("en_US", "en_AU", "en_IN", "en_CA") and self.chance(0.7):
            half = (
                self.pick(" AM", " am", "am", " a.m.")
                if hour < 12
                else self.pick(" PM", " pm", "pm", " p.m.")
            )
            return f"{(hour - 1) % 12 + 1}:{minute:02d}{half}"
        return (
            f"{hour:02d}:{minute:02d}"
            if self.language != "fr" or self.chance(0.6)
            else f"{hour}h{minute:02d}"
        )

    def cents(self, low: float, high: float) -> Decimal:
        """An amount with two decimals; yen have none."""
        amount = Decimal(str(round(self.rng.uniform(low, high), 2))).quantize(Decimal("0.01"))
        return amount if self.code != "JPY" else Decimal(int(amount) * 100)

    def amount(self, value: Decimal) -> Written:
        """An amount as the locale writes it, without its currency."""
        pattern = "#,##0.00" if self.code != "JPY" else "#,##0"
        text = str(format_decimal(value, pattern, locale=self.locale))
        if self.plain_blanks:
            text = re.sub("[\u00a0\u202f]", " ", text)
        if self.chance(0.04):
            text = f"{value:.2f}"
        normal = float(value)
        return Written(text, int(normal) if normal.is_integer() else normal)

    def priced(self, value: Decimal) -> Written:
        """An amount whose wider writing has the currency; the document has to show that one."""
        bare = self.amount(value)
        return Written(bare.text, bare.normal, self.with_currency(bare.text))

    def with_currency(self, text: str) -> str:
        """The amount with the sign or the code of the currency."""
        if self.language == "en" or self.locale in ("ja_JP", "pt_BR", "es_MX"):
            blank = self.pick(" ", " ", "  ") if self.sign[-1].isalpha() else ""
            return self.pick(
                f"{self.sign}{blank}{text}",
                f"{self.sign}{blank}{text}",
                f"{self.code} {text}",
                f"{text} {self.code}",
            )
        return self.pick(
            f"{text} {self.sign}", f"{text} {self.sign}", f"{self.code} {text}", f"{text} {self.code}"
        )

    def count(self, low: int, high: int) -> Written:
        """A whole number in digits."""
        value = self.number(low, high)
        return Written(str(value), value)

    def reference(self, *patterns: str) -> str:
        """A number or code; `#` stands for a digit, `?` for a capital letter, `%` for a digit that "
        "is not nought."""
        letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
        drawn = {"#": "0123456789", "%": "123456789", "?": letters}
        return "".join(
            self.rng.choice(drawn[mark]) if mark in drawn else mark for mark in self.rng.choice(patterns)
        )

    def iban(self) -> str:
        """A bank account, in groups of four or in one."""
        plain = str(self.fake.iban())
        return plain if self.chance(0.4) else " ".join(plain[at : at + 4] for at in range(0, len(plain), 4))
