## Files that were changed for a model.

tg-progress-fitted = 📐 { file-fitted }
file-fitted =
    { $change ->
        [both] { $name }: { $before } sent as { $after }, { $size }
        [size] { $name }: made smaller, { $size }
        [type] { $name }: { $before } sent as { $after }
       *[weight] { $name }: made lighter
    }

## Every limit of a file that a model states.

violation-file_outside_limit =
    { $measure ->
        [same_size_as] it has { $actual } pixels, and the picture in “{ $name }” has { $most }: make both the same size
        [total_seconds] the files last { $actual } s together; { $most } s is the most: send fewer or shorter ones
        [total_mb] the files have { $actual } MB together; { $most } MB is the most: send fewer or smaller ones
        [price] with this file it costs up to { $actual } credits, and { $most } were agreed: agree to the new price, or send a shorter or smaller file
        [price_of_unread_length] its length cannot be read, so it could cost up to { $actual } credits, and { $most } were agreed: agree to the new price, or send another file
        [price_today] it costs up to { $actual } credits by now, and { $most } were agreed: agree to the new price
       *[other] the file does not fit: { file-measure }; allowed{ file-least }{ file-most }
    }
file-measure =
    { $measure ->
        [seconds] it lasts { $actual } s
        [side_px] a side has { $actual } px
        [short_side_px] the shorter side has { $actual } px
        [long_side_px] the longer side has { $actual } px
        [pixels] it has { $actual } pixels in all
        [ratio] width ÷ height is { $actual }
        [fps] it has { $actual } frames a second
       *[other] { $measure } is { $actual }
    }
file-least =
    { $least_known ->
        [no] {""}
       *[yes] {" "}from { $least }
    }
file-most =
    { $most_known ->
        [no] {""}
       *[yes] {" "}up to { $most }
    }
