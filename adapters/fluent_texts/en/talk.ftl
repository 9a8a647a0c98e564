# What the bot says to a wish that is not clear, and to words that are no wish.

tg-offer-which = What would you like me to do with it?
tg-offer-lacks = { $kind ->
    [image] Send me a photo, and I'll do it with that. You can also choose a model first:
    [video] Send me a video, and I'll do it with that. You can also choose a model first:
    [audio] Send me a sound or a voice message, and I'll do it with that. You can also choose a model first:
   *[other] Send me the file, and I'll do it with that. You can also choose a model first:
}

offer-absent = { $why ->
    [paused] { $model } is switched off for now
   *[gone] { $model } is not on offer
}{ $found ->
    [yes] ; the nearest is { $nearest }.
   *[no] .
}
tg-own-result = { $kind ->
    [image] your earlier picture
    [video] your earlier video
    [audio] your earlier sound
   *[other] your earlier file
}
offer-unsaid = { $model } has no setting for { $what }. Its card shows what can be chosen.
stated-duration = { $value } s
stated-aspect_ratio = the shape { $value }
stated-resolution = the quality { $value }
stated-count = { $value } results
stated-sound = sound

tg-use-text_to_image = 🖼 Make a picture
tg-use-image_edit = 🖌 Change the picture
tg-use-remove_background = ✂️ Remove the background
tg-use-layers = 🗂 Split it into layers
tg-use-image_upscale = 🔍 Enlarge the picture
tg-use-outpaint = ↔️ Continue the picture beyond its edges
tg-use-describe_picture = 📝 Describe the picture
tg-use-segment_picture = 🧩 Mark parts of the picture
tg-use-text_to_video = 🎬 Make a video
tg-use-image_to_video = ✨ Bring the picture to life
tg-use-spoken_picture = 🗣 Let the picture speak
tg-use-video_edit = ✂️ Change the video
tg-use-motion_transfer = 💃 Transfer the movement
tg-use-video_extend = ⏩ Continue the video
tg-use-video_upscale = 🔍 Make the video sharper
tg-use-character = 🧑 Create a character
tg-use-lip_sync = 👄 Match lips to a voice
tg-use-talking_head = 🗣 Make a face speak
tg-use-speech = 🔊 Read it aloud
tg-use-dialogue = 👥 Read a dialogue aloud
tg-use-music = 🎵 Make music
tg-use-sound_effect = 🔔 Make a sound
tg-use-audio_clean = 🧹 Clean the sound
tg-use-lyrics = ✍️ Write the words of a song
tg-use-stems = 🎚 Separate voice and music
tg-use-audio_remix = 🔁 Make the music over
tg-use-transcribe = 📝 Write down what is said

tg-talk-greeting = 👋 Hello! Tell me what to make: “a fox in the snow”, “a 10-second video of waves”. Or send a photo and say what to change.
tg-talk-thanks = 🙂 You're welcome! Tell me what to make next.
tg-talk-small_talk = 🙂 I make pictures, videos, music and speech. Write what you would like to see or hear.
tg-talk-help = Write what you want in your own words, or send a photo, a video or a sound with it. I show who can do it and what it costs; ▶️ begins at once. /help tells more.
tg-talk-abilities = I make and change pictures, bring photos to life, make videos, music, speech and sounds, remove backgrounds, make pictures and videos sharper. Write what you want, or see all models:
tg-talk-trouble = Sorry about that! /history shows what became of each request, and whether it was charged. If something waits too long, /cancel takes back what has not begun.
tg-talk-price = Every button shows the price before anything is bought, and I ask again when it is high. The cheapest now:
tg-talk-price-line = { $use }: { $price }
tg-talk-price-task = { $use }: { $price }. { $named ->
    [yes] With the usual settings:
   *[no] The best, the fast and the cheap offer with the usual settings:
}
tg-talk-balance = { $kind ->
    [account] You have { $credits ->
        [one] { NUMBER($credits, useGrouping: 0, maximumFractionDigits: 2) } credit
       *[other] { NUMBER($credits, useGrouping: 0, maximumFractionDigits: 2) } credits
    }. Your account: /balance.
    [limit] Of your { NUMBER($limit, useGrouping: 0, maximumFractionDigits: 2) } credits in 24 hours you have { NUMBER($credits, useGrouping: 0, maximumFractionDigits: 2) } left. You pay nothing for them.
   *[free] You pay nothing here and have no limit. Every button still shows what it costs; the cheapest now:
}
tg-talk-models = Here are some of the models; the button below leads to all of them:
tg-talk-availability = { $found ->
    [yes] These are there or come closest:
   *[no] I don't have a model of that name. See what there is:
}
tg-talk-abuse = I'd rather make something nice. Tell me what you would like to see.
tg-talk-other_service = I can't do that. I make pictures, videos, music and speech; write what you would like.
tg-talk-unsafe = I won't make that. I'll gladly make something else.

# What a model is good at, in a list: a few words each, joined with commas.
good-at-picture_with_text = text in pictures
good-at-spoken_video = people speak
good-at-first_and_last_frame = first and last frame
good-at-reference_to_video = by your pictures
good-at-dialogue = several voices
good-at-mask_edit = by a painted mask
good-at-layers = splits into layers
good-at-motion_transfer = takes over movement
good-at-seconds = up to { $value } s
good-at-resolution = { $value }
good-at-sound = with sound
good-at-pictures = up to { $value } pictures
good-at-voices = { $value } voices
good-at-factor = up to { $value }×
good-at-people_masks = masks of people
good-at-finds_people = finds people in pictures
good-at-redubs = new speech in your video
good-at-no_noise = voice without noise
good-at-continues_veo = continues Veo results
good-at-veo_results = sharper Veo results
good-at-continues_grok = continues Grok results
good-at-one_face = one face, many scenes
good-at-portrait_speaks = portrait speaks your audio
good-at-clean_enlargement = enlarges cleanly
good-at-transparent = transparent background
good-at-remakes_film = remakes your video
good-at-songs = songs with vocals
good-at-continues_song = continues a Suno song
good-at-other_style = your track, another style
good-at-continues_own = continues your track
good-at-music_to_voice = music for your vocals
good-at-voice_to_music = vocals for your music
good-at-replaces_part = replaces part of a song
good-at-two_songs = blends two songs
good-at-effects = sound effects and loops
good-at-lyrics = writes lyrics
good-at-wav = song as WAV
good-at-music_video = video for a song
good-at-cover_art = cover of a song
good-at-voice_apart = vocals and music apart
good-at-midi = song as notes
good-at-singer = keeps a singer
good-at-richer_style = describes a style better
good-at-timed_lyrics = lyrics with times
good-at-lost_songs = brings songs back
good-at-phrase_to_record = phrase for your voice
good-at-own_voice = sings with your voice
good-at-voice_ready = is the voice ready
good-at-object_map = map of objects
good-at-at_once = up to { $value } at once
good-at-shapes = { $value } formats
good-at-letters = prompt up to { $value } characters
