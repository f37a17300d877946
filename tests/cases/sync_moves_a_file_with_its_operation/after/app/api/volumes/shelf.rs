// Beside it.
