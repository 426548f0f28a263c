"""The edge: bytes of a file -> documents with positions -> validated histories, or every fault at once."""
