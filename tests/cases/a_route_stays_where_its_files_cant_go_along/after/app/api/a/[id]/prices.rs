// Of one kind.
