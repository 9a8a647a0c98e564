"""What goes over the wire: JSON objects of the Bot API."""

Json = dict[str, object]
