from __future__ import annotations

import pytest

from builder.finetune.documents.fields import parse_fields


def test_a_line_becomes_a_field() -> None:
    (field,) = parse_fields("due_date@: due date, pay by | Last day to pay; Day of payment")
    assert (field.key, field.form) == ("due_date", "day")
    assert field.names == ("due date", "pay by")
    assert field.abouts == ("Last day to pay", "Day of payment")


@pytest.mark.parametrize(
    ("mark", "form"), [("", "text"), ("#", "amount"), ("+", "integer"), ("[]", "list"), ("?", "flag")]
)
def test_the_mark_says_the_form(mark: str, form: str) -> None:
    assert parse_fields(f"key{mark}: name | about")[0].form == form


def test_a_choice_lists_its_options() -> None:
    (field,) = parse_fields("paid_by=cash/card: payment | How it was paid")
    assert field.options == ("cash", "card")


def test_a_key_alone_is_a_common_field() -> None:
    assert "telephone" in parse_fields("phone")[0].names


def test_an_unknown_common_field_is_refused() -> None:
    with pytest.raises(ValueError, match="'shoe_size' is not among the common fields"):
        parse_fields("shoe_size")


def test_a_line_that_is_no_field_is_refused() -> None:
    with pytest.raises(ValueError, match="is no field"):
        parse_fields("two words: name | about")
