"""Words that would tell a stranger what a programme is about."""

import re

_TELLING = re.compile(
    r"\b(hiv|aids|vih|sida|plhiv|plwh\w*|positiv\w*|antiretroviral\w*|arv|art clinic|sti|std|viral)\b",
    re.IGNORECASE,
)


def tells(text: str) -> bool:
    """Tell whether a text says more than a stranger may read."""
    return _TELLING.search(text) is not None
