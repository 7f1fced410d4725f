"""Bodies that schemathesis does not know how to send."""

import schemathesis


@schemathesis.serializer("application/x-ndjson")
def lines(_, value):
    """One JSON value a line, in a text that is sent as it is."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
