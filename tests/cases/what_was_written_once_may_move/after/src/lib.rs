// It stands where cargo looks by itself.
