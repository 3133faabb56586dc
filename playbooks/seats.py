"""Whether seats can be taken by different people."""

from collections.abc import Sequence


def can_be_filled(seats: Sequence[set[str]]) -> bool:
    """Whether each seat can have a person of its own."""
    holder: dict[str, int] = {}

    def seat(number: int, tried: set[str]) -> bool:
        for person in seats[number] - tried:
            tried.add(person)
            if person not in holder or seat(holder[person], tried):
                holder[person] = number
                return True
        return False

    return all(seat(number, set()) for number in range(len(seats)))
