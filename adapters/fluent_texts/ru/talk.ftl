# Что бот отвечает на неясный запрос и на слова, которые запросом не являются.

tg-offer-which = Что с этим сделать?
tg-offer-lacks = { $kind ->
    [image] Пришлите фото — сделаю с ним. Можно и сначала выбрать модель:
    [video] Пришлите видео — сделаю с ним. Можно и сначала выбрать модель:
    [audio] Пришлите звук или голосовое — сделаю с ним. Можно и сначала выбрать модель:
   *[other] Пришлите файл — сделаю с ним. Можно и сначала выбрать модель:
}

offer-absent = { $why ->
    [paused] Модель { $model } пока выключена
   *[gone] Модели { $model } сейчас нет
}{ $found ->
    [yes] ; ближе всего к ней { $nearest }.
   *[no] .
}
tg-own-result = { $kind ->
    [image] ваша прежняя картинка
    [video] ваше прежнее видео
    [audio] ваш прежний звук
   *[other] ваш прежний файл
}
offer-unsaid = { $model }: { $what } — здесь это не настраивается. Что можно выбрать, видно на карточке.
stated-duration = { $value } с
stated-aspect_ratio = формат { $value }
stated-resolution = качество { $value }
stated-count = количество { $value }
stated-sound = звук

tg-use-text_to_image = 🖼 Нарисовать картинку
tg-use-image_edit = 🖌 Изменить картинку
tg-use-remove_background = ✂️ Убрать фон
tg-use-layers = 🗂 Разложить по слоям
tg-use-image_upscale = 🔍 Увеличить картинку
tg-use-outpaint = ↔️ Дорисовать за краями
tg-use-describe_picture = 📝 Описать картинку
tg-use-segment_picture = 🧩 Выделить части картинки
tg-use-text_to_video = 🎬 Сделать видео
tg-use-image_to_video = ✨ Оживить картинку
tg-use-spoken_picture = 🗣 Пусть картинка заговорит
tg-use-video_edit = ✂️ Изменить видео
tg-use-motion_transfer = 💃 Перенести движение
tg-use-video_extend = ⏩ Продолжить видео
tg-use-video_upscale = 🔍 Сделать видео чётче
tg-use-character = 🧑 Создать персонажа
tg-use-lip_sync = 👄 Подогнать губы под голос
tg-use-talking_head = 🗣 Пусть лицо заговорит
tg-use-speech = 🔊 Озвучить текст
tg-use-dialogue = 👥 Озвучить диалог
tg-use-music = 🎵 Сочинить музыку
tg-use-sound_effect = 🔔 Сделать звук
tg-use-audio_clean = 🧹 Почистить звук
tg-use-lyrics = ✍️ Написать слова песни
tg-use-stems = 🎚 Отделить голос от музыки
tg-use-audio_remix = 🔁 Переделать музыку
tg-use-transcribe = 📝 Записать речь текстом

tg-talk-greeting = 👋 Привет! Напишите, что сделать: «лиса в снегу», «видео с волнами на 10 секунд». Или пришлите фото и скажите, что изменить.
tg-talk-thanks = 🙂 Пожалуйста! Напишите, что сделать дальше.
tg-talk-small_talk = 🙂 Я делаю картинки, видео, музыку и озвучку. Напишите, что хотите увидеть или услышать.
tg-talk-help = Напишите своими словами, что нужно, или пришлите с этим фото, видео или звук. Я покажу, кто это сделает и сколько это стоит; ▶️ запускает сразу. Подробнее — /help.
tg-talk-abilities = Я рисую и меняю картинки, оживляю фото, делаю видео, музыку, озвучку и звуки, убираю фон, улучшаю качество. Напишите, что нужно, или посмотрите все модели:
tg-talk-trouble = Простите за неудобство! /history покажет, что стало с каждым запросом и списаны ли за него кредиты. Если что-то слишком долго ждёт очереди, /cancel отменит то, что ещё не началось.
tg-talk-price = Цена стоит на каждой кнопке до покупки, а если она высокая, я переспрошу. Дешевле всего сейчас:
tg-talk-price-line = { $use }: { $price }
tg-talk-price-task = { $use }: { $price }. { $named ->
    [yes] С обычными настройками:
   *[no] Лучшая, быстрая и дешёвая модель с обычными настройками:
}
tg-talk-balance = { $kind ->
    [account] У вас { $credits ->
        [one] { NUMBER($credits, useGrouping: 0, maximumFractionDigits: 2) } кредит
        [few] { NUMBER($credits, useGrouping: 0, maximumFractionDigits: 2) } кредита
        [many] { NUMBER($credits, useGrouping: 0, maximumFractionDigits: 2) } кредитов
       *[other] { NUMBER($credits, useGrouping: 0, maximumFractionDigits: 2) } кредита
    }. Подробнее — /balance.
    [limit] Из { NUMBER($limit, useGrouping: 0, maximumFractionDigits: 2) } кредитов на 24 часа у вас осталось { NUMBER($credits, useGrouping: 0, maximumFractionDigits: 2) }. Платить за них не нужно.
   *[free] Здесь вы ничего не платите, и лимита у вас нет. Цена всё равно стоит на каждой кнопке. Дешевле всего сейчас:
}
tg-talk-models = Вот некоторые модели; кнопка внизу ведёт ко всем:
tg-talk-availability = { $found ->
    [yes] Есть эти, или они ближе всего:
   *[no] Модели с таким названием у меня нет. Посмотрите, какие есть:
}
tg-talk-abuse = Лучше сделаю что-нибудь хорошее. Напишите, что хотите увидеть.
tg-talk-other_service = Этого я не умею. Я делаю картинки, видео, музыку и озвучку — напишите, что нужно.
tg-talk-unsafe = Такого я делать не буду. С радостью сделаю что-нибудь другое.

# В чём модель сильна: по два-три слова через запятую.
good-at-picture_with_text = надписи на картинке
good-at-spoken_video = речь в кадре
good-at-first_and_last_frame = первый и последний кадр
good-at-reference_to_video = по вашим картинкам
good-at-dialogue = несколько голосов
good-at-mask_edit = правка по маске
good-at-layers = делит на слои
good-at-motion_transfer = повторяет движение
good-at-seconds = до { $value } с
good-at-resolution = { $value }
good-at-sound = со звуком
good-at-pictures = до { $value } картинок
good-at-voices = голосов: { $value }
good-at-factor = до { $value }×
good-at-people_masks = маски людей
good-at-finds_people = находит людей на фото
good-at-redubs = новая речь в вашем видео
good-at-no_noise = голос без шума
good-at-continues_veo = продолжает ролики Veo
good-at-veo_results = ролики Veo чётче
good-at-continues_grok = продолжает ролики Grok
good-at-one_face = одно лицо в разных сценах
good-at-portrait_speaks = портрет говорит ваш звук
good-at-clean_enlargement = чистое увеличение
good-at-transparent = прозрачный фон
good-at-remakes_film = переделывает ваше видео
good-at-songs = песни с вокалом
good-at-continues_song = продолжает песню Suno
good-at-other_style = ваш трек в другом стиле
good-at-continues_own = продолжает ваш трек
good-at-music_to_voice = музыка к вашему вокалу
good-at-voice_to_music = вокал к вашей музыке
good-at-replaces_part = заменяет часть песни
good-at-two_songs = сводит две песни
good-at-effects = звуковые эффекты и петли
good-at-lyrics = пишет слова песен
good-at-wav = песня в WAV
good-at-music_video = видео к песне
good-at-cover_art = обложка песни
good-at-voice_apart = вокал отдельно от музыки
good-at-midi = ноты песни
good-at-singer = запоминает исполнителя
good-at-richer_style = описывает стиль подробнее
good-at-timed_lyrics = слова с таймкодами
good-at-lost_songs = возвращает песни
good-at-phrase_to_record = фраза для вашего голоса
good-at-own_voice = поёт вашим голосом
good-at-voice_ready = готов ли голос
good-at-object_map = карта объектов
good-at-at_once = до { $value } за раз
good-at-shapes = форматов: { $value }
good-at-letters = описание до { $value } знаков
