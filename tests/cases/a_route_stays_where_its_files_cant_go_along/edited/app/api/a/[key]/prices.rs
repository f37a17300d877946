// Of another.
