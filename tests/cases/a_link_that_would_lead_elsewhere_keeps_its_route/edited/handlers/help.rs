// Help.
