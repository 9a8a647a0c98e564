"""Whole texts by which a person goes back in a chain of edits, or looks at the step before, in the languages of the reader."""

import re
from typing import Final

from domain.edit_steps import StepOrder

_LAST: Final = r"(?:last|latest|previous)"
_STEP: Final = r"(?:edit|change|step|one|version|picture|image|photo)"
_POLITE: Final = (
    r"(?:please|pls|now|no,?|ok,?|пожалуйста|плиз|теперь|нет,?|лучше|будь ласка|bitte|jetzt|por favor|s'il te pla[iî]t|per favore|"
    r"lütfen|proszę|请|tolong)"
)
_SHOWN: Final = r"(?:правк\w*|изменени\w*|шаг\w*|верси\w*|картинк\w*|вариант\w*|фото|кадр\w*|рисун\w*)"
_EARLIER: Final = r"(?:предыдущ\w+|прошл\w+|последн\w+)"
UNDO: Final = (
    rf"undo(?: (?:it|that|this|the {_LAST} {_STEP}|{_LAST} {_STEP}|the {_STEP}))?|revert(?: (?:it|that|this|back))?|take (?:it|that) back"
    rf"|(?:go|step|one step) back|back (?:one step|to the {_LAST}(?: {_STEP})?|to the {_STEP} before)|as it was(?: before)?|put it back"
    rf"|(?:bring|give me|get)(?: me)? (?:back )?the {_LAST} {_STEP}(?: back)?|the {_STEP} before(?: was better)?|it was better before",
    rf"отмени(?:ть|те)?(?: (?:это|{_EARLIER}|{_EARLIER} {_SHOWN}|{_SHOWN}))?|откати(?:ть|те)?(?: (?:назад|{_SHOWN}))?|(?:на )?шаг назад|назад"
    rf"|верни(?:те)?(?: (?:назад|обратно|как было|{_EARLIER}|{_EARLIER} {_SHOWN}|всё как было))?|(?:сделай )?как было(?: раньше)?"
    rf"|(?:до этого|раньше) было лучше|{_EARLIER} {_SHOWN} (?:был\w* )?лучше",
    r"скасуй(?: останн\w+(?: \w+)?)?|поверни(?: назад| як було)?|як було",
    r"rückgängig(?: machen)?|mach (?:das|es) rückgängig|(?:einen )?schritt zurück|wie (?:es )?vorher|zurück",
    r"deshacer?|deshaz(?:lo)?|vuelve atrás|volver atrás|(?:un )?paso atrás|como (?:estaba|antes)",
    r"annule(?:r|z)?(?: la dernière modification)?|reviens en arrière|retour en arrière|comme avant",
    r"desfazer|desfaz|desfaça|volta(?:r)?(?: atrás)?|como estava(?: antes)?|annulla|torna indietro|com'era prima",
    r"geri al|önceki hali(?:ne dön)?|cofnij(?: to)?|batalkan (?:perubahan|yang terakhir)|kembali(?:kan)? (?:ke )?sebelumnya",
    r"撤销|撤回|恢复上一[步张个]|回到上一[步张个]|元に戻して|元に戻す|تراجع|ارجع خطوة|पहले जैसा(?: करो)?|वापस करो|되돌려(?: ?줘)?",
)
COMPARE: Final = (
    rf"compare(?: (?:it|them|this|both))?(?: (?:with|to) (?:the (?:{_STEP} before|{_LAST}(?: {_STEP})?)|before))?"
    r"|(?:show (?:me )?)?(?:the )?before (?:and|vs|/) after|what (?:has )?changed",
    rf"сравни(?:ть|те)?(?: (?:их|это))?(?: с (?:{_EARLIER}(?: {_SHOWN})?|тем,? что было))?|(?:покажи(?:те)? )?(?:до и после|что изменилось|было и стало|было[- ]стало)",
    r"порівняй(?: з попередн\w+)?|(?:покажи )?до і після|vergleiche?(?: (?:es )?mit dem vorherigen(?: \w+)?)?|vorher[- ](?:und )?nachher",
    r"compara(?:r|lo|la)?(?: con (?:el|la) anterior)?|antes y después|compare[rz]? avec (?:le|la) précédente?|avant(?:[ /-]| et )après",
    r"compar[ae]r?(?: com (?:o|a) anterior)?|antes e depois|confronta(?: con (?:il|la) precedente)?|prima e dopo",
    r"öncekiyle karşılaştır|öncesi ve sonrası|porównaj(?: z poprzedni\w+)?|przed i po|bandingkan(?: dengan (?:yang )?sebelumnya)?",
    r"(?:和|与)上一[张个步]?(?:对比|比较)(?:一下)?|对比一下|前後を比べて|قارن(?: مع السابقة?)?|قبل وبعد|पहले और बाद|पिछले से तुलना करो|비교해 ?줘",
)
STEP_ORDERS: Final = tuple(
    (
        order,
        re.compile(
            rf"(?:{_POLITE}[\s,]+)*(?:{'|'.join(f'(?:{one})' for one in said)})(?:[\s,]+{_POLITE})*[\s.!?。！؟।…]*",
            re.I,
        ),
    )
    for order, said in ((StepOrder.UNDO, UNDO), (StepOrder.COMPARE, COMPARE))
)
LONGEST_ORDER: Final = 60
"""Letters of such a text: a longer one says more."""
