"""What a value must be, in plain words, for each of pydantic's errors."""

from pydantic_core import ErrorDetails

# Errors that say "this is another type", which a choice of types gives for every type not meant.
MISFITS = frozenset({"tuple_type", "dict_type", "string_type", "model_type", "rule_type"})

_WORDS = {
    "rule_type": "must be a due rule such as anchor - 20 workdays, a list or a map of tiers",
    "tuple_type": "must be a list: write [ … ], or lines that begin with '- '",
    "dict_type": "must be a map: write 'key: value' lines under it",
    "model_type": "must be a map: write 'key: value' lines under it",
    "string_type": "must be a text",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "int_parsing_size": "must be a smaller number",
    "float_type": "must be a number, without unit or thousands separator",
    "float_parsing": "must be a number, without unit or thousands separator",
    "finite_number": "must be a finite number",
    "literal_error": "must be {expected}",
    "greater_than": "must be above {gt}",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "string_too_long": "must have at most {max_length} characters",
    "too_short": "must hold at least {min_length}",
    "too_long": "must hold at most {max_length}",
}


def say_type(detail: ErrorDetails) -> str:
    """An error's words, without saying what they are about."""
    context = detail.get("ctx", {})
    if detail["type"] == "value_error":
        return str(context["error"])
    if detail["type"] == "literal_error":
        return f"must be {str(context['expected']).replace(chr(39), '')}"
    words = _WORDS.get(detail["type"])
    return (
        words.format(**context) if words else "is not right: compare it with sopbot playbook schema"
    )
