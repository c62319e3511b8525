"""A word of a vocabulary: the code that is kept and the label that is shown."""

from enum import StrEnum
from typing import Self


class Word(StrEnum):
    """A code with the label a person sees; members are written `NAME = "code", N_("Label")`."""

    _value_: str
    label: str

    def __new__(cls, code: str, label: str = "") -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member
