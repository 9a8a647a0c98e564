## Файлы, которые пришлось изменить для модели.

tg-progress-fitted = 📐 { file-fitted }
file-fitted =
    { $change ->
        [both] { $name }: { $before } отправлен как { $after }, { $size }
        [size] { $name }: уменьшен до { $size }
        [type] { $name }: { $before } отправлен как { $after }
       *[weight] { $name }: сделан легче
    }

## Ограничения файлов, которые называет модель.

violation-file_outside_limit =
    { $measure ->
        [same_size_as] размер { $actual } px, а у картинки «{ $name }» — { $most } px: сделайте их одинаковыми
        [total_seconds] вместе файлы длятся { $actual } с, а можно не больше { $most } с: пришлите меньше файлов или покороче
        [total_mb] вместе файлы весят { $actual } МБ, а можно не больше { $most } МБ: пришлите меньше файлов или полегче
        [price] с этим файлом выходит до { $actual } кредитов, а вы согласились на { $most }: согласитесь на новую цену или пришлите файл короче или меньше
        [price_of_unread_length] длину файла не удалось узнать, поэтому это может стоить до { $actual } кредитов, а вы согласились на { $most }: согласитесь на новую цену или пришлите другой файл
        [price_today] теперь это стоит до { $actual } кредитов, а вы согласились на { $most }: согласитесь на новую цену
       *[other] файл не подходит: { file-measure }; можно{ file-least }{ file-most }
    }
file-measure =
    { $measure ->
        [seconds] длится { $actual } с
        [side_px] сторона { $actual } px
        [short_side_px] короткая сторона { $actual } px
        [long_side_px] длинная сторона { $actual } px
        [pixels] всего пикселей { $actual }
        [ratio] ширина ÷ высота = { $actual }
        [fps] кадров в секунду { $actual }
       *[other] { $measure }: { $actual }
    }
file-least =
    { $least_known ->
        [no] {""}
       *[yes] {" "}от { $least }
    }
file-most =
    { $most_known ->
        [no] {""}
       *[yes] {" "}до { $most }
    }
