### В чём помогают чат-модели.

tg-improve = ✨ Улучшить текст · { $price }
tg-improve-wait = ✨ Подбираю слова…
tg-improve-none = Лучше сформулировать не вышло, деньги не списаны. Ваш текст остался прежним.
tg-improved =
    ✨ <b>Текст для { $model }</b>

    Ваш:
    <blockquote>{ $before }</blockquote>
    { $translated ->
        [yes] Улучшенный, на английском — эта модель понимает его лучше всего:
       *[other] Улучшенный:
    }
    <blockquote>{ $after }</blockquote>
tg-improve-take = ✅ Взять улучшенный
tg-improve-again = 🔁 Ещё вариант · { $price }
tg-improve-leave = ⬅ Оставить свой

failure-assistance_unavailable = На этот раз не получилось, деньги не списаны. Всё остальное работает как обычно.
failure-limit_reached-text_credits_per_day = Дневной бюджет на помощь с текстом исчерпан. Деньги не списаны, всё остальное работает как обычно.

tg-admin-text-credits =
    { $credits ->
        [one] ✨ Чат-модели: { $credits } кредит за 24 часа
        [few] ✨ Чат-модели: { $credits } кредита за 24 часа
       *[many] ✨ Чат-модели: { $credits } кредитов за 24 часа
    }

tg-offer-more = ⚙️ Параметры и другие модели ▶
tg-several = 🔀 Несколько сразу
tg-several-page = Выберите от { $least } до { $most }. Они идут одновременно и приходят одним альбомом; неудачные ничего не стоят.
tg-several-takes = 🎲 { $count } варианта { $model }
tg-several-run = ▶️ Запустить { $count } · { $price }
tg-several-count = Выберите от { $least } до { $most } готовых к запуску.
tg-several-begun = 🔀 <b>Сразу { $count }</b>: придут вместе, у каждого будет своя кнопка.
tg-several-ended =
    🔀 <b>Все сразу</b>: готово { $done }{ $failed ->
        [0] { "" }
       *[other] , не вышло { $failed }
    }{ $cancelled ->
        [0] { "" }
       *[other] , отменено { $cancelled }
    }.
tg-several-cost = 💰 Всего { $price }
tg-together-done = Нажмите на название, чтобы увидеть всё, что можно сделать дальше.

tg-button-undo = ↩️ Отменить
tg-button-compare = 🆚 До и после
tg-undone = Вернулись к прежней картинке. Дальше речь о ней.
tg-undo-gone = Прежней картинки больше нет в вашей истории.
tg-no-step = Возвращаться не к чему: последняя картинка сделана не из другой. Если вы о более ранней, ответьте этими словами на неё.
tg-compare-before = До
tg-compare-after = После

tg-setting-auto = Любой формат
tg-setting-quality-auto = Как обычно
tg-setting-quality-best = ⭐ Лучше
tg-setting-quality-fast = ⚡ Быстрее
tg-setting-quality-cheap = 💰 Дешевле

tg-help-hear = 🗣 Принять как слова · { $price }
tg-help-see = 👁 Что на картинке · { $price }
tg-offer-help-see = Могу посмотреть и рассказать:
tg-offer-help-hear = Могу послушать и записать словами:
tg-help-wait = ⏳ Минуту…
tg-help-none-hear = Слов разобрать не удалось, деньги не списаны. Как звук его по-прежнему можно использовать.
tg-help-none-see = На этот раз рассмотреть не удалось, деньги не списаны.

tg-button-ideas = 💡 Идеи
tg-ideas = 💡 <b>Идеи.</b> Нажмите, чтобы увидеть пример:
tg-idea-use = ✅ Взять эти слова
tg-unsafe-page = 🚫 <b>Что бот делать отказывается</b>
tg-unsafe-added = 🚫 Добавлено: такие просьбы теперь отклоняются.
tg-unsafe-known = 🚫 Это уже в списке.
tg-unsafe-removed = 🚫 Убрано из списка.
tg-unsafe-unknown = 🚫 В списке этого нет.
tg-unsafe-invalid = ⚠️ Нужно хотя бы одно слово и не больше 200 символов.
tg-unsafe-usage = <code>/admin unsafe add СЛОВА</code>, <code>/admin unsafe remove СЛОВА</code>. Звёздочка в конце слова означает любое окончание.

failure-request_declined = Такое я делать не буду, деньги не списаны. С радостью сделаю что-нибудь другое.
tg-command-ideas = дюжина идей с примерами
tg-shelf-marks = ⭐ лучшая, ⚡ быстрая, 💰 дешёвая; в конце — обычная цена.
