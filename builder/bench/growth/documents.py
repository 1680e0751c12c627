"""Texts of a given number of tokens, cut from real records, and schemas of a given number of fields."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from builder.bench.errors import BenchError
from builder.evaluate.records import read_sets
from builder.evaluate.scoring import JsonValue

if TYPE_CHECKING:
    from tokenizers import Tokenizer

# The longest texts among the records: receipts, as they come.
SOURCE = "sroie.jsonl"
BETWEEN = "\n\n"

# What a reader might ask of a receipt; a schema of n fields has the first n.
FIELDS = (
    ("company", "Name of the company that issued the receipt"),
    ("date", "Date of the receipt, as printed"),
    ("total", "Total amount paid, as printed"),
    ("address", "Postal address of the company"),
    ("phone", "Telephone number of the company"),
    ("fax", "Fax number of the company"),
    ("email", "E-mail address of the company"),
    ("website", "Web address of the company"),
    ("registration_number", "Registration number of the company"),
    ("tax_number", "Tax number of the company"),
    ("receipt_number", "Number of the receipt"),
    ("time", "Time of the receipt, as printed"),
    ("cashier", "Name or number of the cashier"),
    ("counter", "Number of the counter or till"),
    ("table", "Number of the table"),
    ("guests", "Number of guests"),
    ("customer", "Name of the customer"),
    ("customer_address", "Address of the customer"),
    ("customer_number", "Number of the customer or member"),
    ("salesperson", "Name of the salesperson"),
    ("payment_method", "How it was paid"),
    ("card_number", "Number of the card, as printed"),
    ("approval_code", "Approval code of the payment"),
    ("paid", "Amount handed over"),
    ("change", "Amount given back"),
    ("subtotal", "Sum before tax"),
    ("discount", "Amount of the discount"),
    ("service_charge", "Amount of the service charge"),
    ("tax_rate", "Rate of the tax"),
    ("tax_amount", "Amount of the tax"),
    ("tax_code", "Code of the tax"),
    ("rounding", "Amount of the rounding"),
    ("first_item", "Name of the first item"),
    ("first_quantity", "Quantity of the first item"),
    ("first_price", "Price of the first item"),
    ("last_item", "Name of the last item"),
    ("item_count", "Number of items"),
    ("currency", "Currency of the amounts"),
    ("return_policy", "What it says about returning goods"),
    ("greeting", "Closing words of the receipt"),
)


def receipts(folder: Path) -> list[str]:
    """The texts of the records, in their order. Raises BenchError where the file is missing."""
    path = folder / SOURCE
    if not path.is_file():
        raise BenchError(f"there are no records {path}", "name the folder that holds them: --records")
    [one] = read_sets([path], None)
    return [record.text for record in one.records]


def text_of(tokens: int, texts: Iterable[str], tokenizer: Tokenizer) -> str:
    """One text after the other, cut behind the `tokens`-th token. BenchError where they are too short."""
    joined = ""
    for text in texts:
        joined += text + BETWEEN
        offsets = tokenizer.encode(joined, add_special_tokens=False).offsets
        if len(offsets) >= tokens:
            return joined[: offsets[tokens - 1][1]]
    raise BenchError(f"all records together have fewer than {tokens} tokens", "give more records: --records")


def schema_of(fields: int) -> dict[str, JsonValue]:
    """A schema of the first `fields` fields, each a text of the document or null."""
    chosen = FIELDS[:fields]
    properties: dict[str, JsonValue] = {
        name: {"type": ["string", "null"], "description": description} for name, description in chosen
    }
    required: list[JsonValue] = [name for name, _ in chosen]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
