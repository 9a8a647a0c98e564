## Values that the provider drops. `$text` is the rule's own sentence.

notice-dropped = KIE will ignore this value: { $text }
