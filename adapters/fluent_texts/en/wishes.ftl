cli-read-batch = Wishes come as JSON lines on standard input: add --batch.
cli-read-not-json = This line is not JSON.
cli-read-not-object = A wish is a JSON object with "text", "attachments" and "reply_to".
cli-read-text = "text" has to be a text.
cli-read-attachments = "attachments" has to be a list.
cli-read-kind = "{ $name }" knows these kinds: { $kinds }.
