## Errors of use cases that any front end may have to say.

failure-costs_more = It may cost more than was agreed. Nothing was started and nothing was charged.
failure-draft_not_found = This draft is not there any more. Start again.
failure-edit_refused = This value cannot be changed so. Nothing was changed.
failure-media_gone = This file is not kept here any more.
failure-media_not_fitted = The file could not be fitted to what the model takes. Nothing was sent. Give another file.
failure-media_unavailable = The file could not be read or kept this time. Try again in a minute.
failure-not_authenticated = A valid API key is needed.
failure-not_served = The person of this key is not served here any more. Ask the owner of the bot to let them in.
failure-not_signed_in = You are not signed in. Sign in again.
failure-upload_refused = This file is not taken. Pictures, video and sound up to 100 MB are.
failure-key_not_found = There is no such API key, or it is not yours.
