"""Words that negate, and words that can stand for a negation in a translation. Pure.

``firm`` finds words that deny a statement ("did not", «не пришёл»); cues are those and all that a translator may
put for one: "without", "fail", "unable", «вряд ли», «кроме». Phrases that look like a negation and are none ("not
only", «чуть не») are taken out first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

_FIRM: Mapping[str, str] = {
    "en": r"not|cannot|never|\w+n['’]t|ain['’]t",
    "ru": r"не|нет|нельзя",
    "uk": r"не|немає|нема",
    "de": r"nicht|nie|niemals|kein\w{0,2}",
    "fr": r"ne|n(?=['’])",
    "es": r"no|nunca|jamás",
    "it": r"non|mai",
    "pt": r"não|nunca|jamais",
    "pl": r"nie|nigdy",
    "cs": r"nikdy|není|nejsou|nejsem|nebyl\w?|nebud\w+|nemá|nemají|nemohl?\w?|nemůž\w+|nechc\w+",
    "nl": r"niet|nooit|geen",
}
_CUES: Mapping[str, str] = {
    "en": r"no|none|nobody|nothing|nowhere|nor|neither|without|un(?!der|til|it|ion|ique|iver|ifor|ifi|cle|"
    r"animous|ited|fortun)"
    r"\w{3,}|non\w*|in(?:ability|abil\w+|capab\w+|correct\w*|effect\w+|sufficient\w*|complete\w*|"
    r"direct\w*|visible|"
    r"valid\w*|evitab\w+|accura\w+|active|adequate\w*|appropriate\w*|consisten\w+|dependen\w+|differen\w+|"
    r"secur\w+|"
    r"stab\w+|tolera\w+|decent\w*|definite\w*|experienced|formal\w*|finite\w*|accessib\w+|significant\w*|"
    r"compatib\w+)|"
    r"im(?:possib\w+|proper\w*|perfect\w*|patien\w+|mobil\w+|matur\w+|probab\w+|passab\w+)|il(?:legal\w*|"
    r"legitima\w+|"
    r"literat\w+|logical\w*)|ir(?:regular\w*|relevant\w*|responsib\w+|reversib\w+|replaceab\w+)|dis(?!tri|"
    r"tan|cuss|cover|"
    r"play|h|k|c\b|ease|tinct|patch|pos|aster)\w{3,}|mis\w{4,}|\w{3,}less(?:ly|ness)?|fail\w*|refus\w+|"
    r"den(?:y|ie\w+|ial\w*)|"
    r"lack\w*|avoid\w*|prevent\w*|stop\w*|only|hardly|barely|scarcely|rarely|seldom|few|little|unless|"
    r"until|till|except\w*|"
    r"instead|banned|prohibit\w*|forb\w+|reject\w*|miss\w*|absen\w+|exclud\w+|beyond|despite|"
    r"otherwise|zero|doubt\w*|ignor\w+|neglect\w*|oppos\w+|contrary|cease\w*|halt\w*|unlike|"
    r"difficult\w*|abstain\w*|resist\w*|never\w*|abandon\w*|loss|lose|losing|lost|"
    r"wrong|restrain|cancel\w*|barred|abolish\w*|"
    r"withdr\w+|reluctan\w+|rid|ruin\w*",
    "ru": r"не(?!сколько|котор|обходим|медл|бол|дел|сколь|бес|фт|мец|рв|зави)\w*|ни(?!х|м|ж|з|"
    r"к[ои]л)\w*|без\w*|бес\w+|вряд|едва|отсутств\w*|отказ\w*|отриц\w+|лиш\w+|кроме|против\w*|запр\w+|"
    r"избе\w+|"
    r"переста\w+|прекра\w+|предотвр\w+|прежде|пока|недо\w+|мало|редко|вместо|исключ\w+|мимо|трудно|сложно|"
    r"сомн\w+|провал\w*|"
    r"упус\w+|иначе|иначе|потер\w+|утра\w+|нару\w+|мешат\w+|меша\w+|помеша\w+|нехват\w+|"
    r"антис\w*|анти\w+|вне|дале\w+|ошиб\w+|отмен\w+|уклон\w+|воздерж\w+|отклон\w+|отверг\w+|игнор\w+|"
    r"нол\w+|нул\w+|меньше|менее|прочь|зря|нет",
    "uk": r"не(?!щодав|обхід|вдовз|мов|зваж|залеж|ю|ї)\w*|ні(?!м|ч[но]|ж|к)\w*|без\w*|навряд|ледь|"
    r"відсутн\w*|відмов\w*|запереч\w+|позбав\w+|крім|окрім|проти\w*|забор\w+|"
    r"уник\w+|припин\w+|перест\w+|запоб\w+|поки|доки|мало|рідко|замість|виключ\w+|повз|важко|складно|"
    r"сумн\w+|провал\w*|інакше|"
    r"втра\w+|пору\w+|заваж\w+|брак\w*|анти\w+|поза|помил\w+|скас\w+|"
    r"утрим\w+|відхил\w+|ігнор\w+|залиш\w+|нул\w+|менше|жод\w+",
    "de": r"un(?!d|s|ter|ten|i|gef|gl|geheu)\w{3,}|ohne|nichts|niemand\w*|nirgend\w*|weder|noch|kaum|"
    r"selten|bloß|außer\w*|statt\w*|anstatt|verhinder\w*|"
    r"vermeid\w*|fehl\w*|mangel\w*|weiger\w*|verweiger\w*|ablehn\w*|lehnt\w*|abgelehnt\w*|verbot\w*|"
    r"verbiet\w*|"
    r"\w+los\w{0,2}|\w+frei\w{0,2}|sondern|wenig\w*|schwer\w*|schwierig\w*|zweifel\w*|nein|null|miss\w+|"
    r"verlor\w*|verlier\w*|verlust\w*|anders|stopp\w*|"
    r"ausgeschlossen|lieber|aufhör\w*|scheiter\w*|trotz\w*|entgegen",
    "fr": r"pas|plus|jamais|rien|personne|aucun\w*|sans|ni|in\w{4,}|im\w{4,}|ir\w{4,}|il(?:lég\w+|lis\w+)|"
    r"dé\w{4,}|mé\w{5,}|non|"
    r"refus\w+|évit\w+|empêch\w+|manqu\w+|absen\w+|seul\w*|sauf|interdi\w+|contre|mais|peu|guère|avant|"
    r"jusqu\w*|moins|autre\w*|"
    r"échou\w+|arrêt\w+|cess\w+|sinon|plutôt|trop|difficile\w*|perd\w+|hors|loin",
    "es": r"ni|nada|nadie|ningun\w*|ningún|sin|tampoco|in\w{4,}|im\w{4,}|ir\w{4,}|des\w{4,}|negar\w*|"
    r"neg\w+|evit\w+|impid\w+|"
    r"imped\w+|falt\w+|ausen\w+|carec\w+|solo|sólo|salvo|excepto|prohib\w+|contra\w*|pero|sino|poco\w*|"
    r"apenas|antes|hasta|"
    r"menos|otr\w+|fracas\w+|dej\w+|demasiado|difícil\w*|perd\w+|fuera|lejos|rechaz\w+",
    "it": r"no|né|niente|nulla|nessun\w*|senza|neanche|nemmeno|in\w{4,}|im\w{4,}|ir\w{4,}|dis\w{4,}|"
    r"s\w{5,}|rifiut\w+|evit\w+|"
    r"imped\w+|manc\w+|assen\w+|solo|soltanto|tranne|viet\w+|contro|ma|poco|appena|prima|fino|meno|"
    r"altr\w+|troppo|perd\w+|fuori",
    "pt": r"nem|nada|ninguém|nenhum\w*|sem|tampouco|in\w{4,}|im\w{4,}|ir\w{4,}|des\w{4,}|neg\w+|evit\w+|"
    r"imped\w+|falt\w+|ausên\w+|"
    r"só|apenas|exceto|proib\w+|contra\w*|mas|pouco\w*|antes|até|menos|outr\w+|deix\w+|difícil|perd\w+|"
    r"fora|recus\w+",
    "pl": r"nie\w*|ni\w*|bez\w*|brak\w*|żad\w+|tylko|oprócz|przeciw\w*|zakaz\w*|odm\w+|unik\w+|przest\w+|"
    r"zapobie\w+|mało|rzadko|"
    r"zamiast|wyłącz\w+|trudno|wątp\w+|ale|a|lecz|dopóki|póki|zanim|inn\w+|zbyt|mniej|strac\w+|poza|"
    r"daleko|jeszcze|już|ledwo",
    "cs": r"ne\w+|ni\w+|bez\w*|žád\w+|jen\w*|kromě|proti\w*|zakáz\w+|odmít\w+|vyhn\w+|přest\w+|zabrán\w+|"
    r"málo|zřídka|místo|"
    r"vyjma|těžko|těžk\w+|sotva|ale|dokud|než|jin\w+|příliš|méně|ztra\w+|mimo|daleko|ještě|už|chyb\w+|"
    r"postr\w+|ani|však",
    "nl": r"zonder|on\w{4,}|niets|niemand|nergens|noch|nauwelijks|zelden|slechts|alleen|behalve|"
    r"verhinder\w*|vermijd\w*|ontbre\w+|"
    r"gebrek|weiger\w*|verbod\w*|verbied\w*|tegen\w*|\w+loos|maar|voor\w*|tot|weinig|te|moeilijk|anders?|nee",
}
_NO_NEGATION: Mapping[str, str] = {
    "en": r"not (?:only|just|merely|simply|least|to mention|until|unlike|so much)|no(?:t)? (?:more|less|"
    r"fewer|later|longer) than|"
    r"(?:why|if|or|whether or) not|not (?:uncommon|unusual|infrequent\w*|unlike\w*)|never ?mind|"
    r"never-?ending|"
    r"(?:can(?:no|['’])t|couldn['’]t) (?:help|wait|but)|(?:is|are|was|were|do|does|did|has|have|had|wo|"
    r"would|could|should|ca)n['’]t "
    r"(?:it|he|she|they|you|we|there|I)\b|(?:^|[.!?] |[\"“])(?:is|are|was|were|do|does|did|has|have|wo|"
    r"would|could|should|ca)n['’]t",
    "ru": r"не (?:только|раз|просто|менее|более|позднее|позже|ранее|раньше|меньше|больше|столько|говоря|"
    r"иначе|прочь|без|кто иной|что иное|"
    r"так давно|то что)|не (?:\w+ся ли|\w+ ли)|(?:чуть|едва|вовсе|пока|если|как бы|кабы|разве|что|тем|кто|"
    r"где|ли|куда|"
    r"или) не|как нельзя|не правда ли|не за что|не исключ\w+|не сомн\w+|не слишком|не так|не сто\w+|"
    r"не случайно|не мог\w* не|нельзя не",
    "uk": r"не (?:лише|тільки|раз|просто|менше|більше|пізніше|раніше|стільки|кажучи|інакше|без|так давно)|"
    r"(?:мало|ледь|поки|доки|якщо|"
    r"хіба|тим|чи|або|що) не|не виключ\w+",
    "de": r"nicht (?:nur|allein|bloß|zuletzt|weniger|mehr als|selten)|(?:ob|oder|wenn|warum) nicht|"
    r"nicht wahr|nicht um\w*",
    "fr": r"n['’](?:est-ce|importe|y a qu)|ne \w+ que|ne serait-ce",
    "es": r"no (?:solo|sólo|solamente|obstante|más|menos)|(?:si|o|por qué) no",
    "it": r"non (?:solo|soltanto|appena|meno)|se non",
    "pt": r"não (?:só|apenas|somente)|se não|ou não",
    "pl": r"nie (?:tylko|mniej|więcej|raz|bez)|(?:jeśli|czy|lub|póki|o mało) nie",
    "cs": r"ne(?:jen|jenom)|zda ne|ne(?:ž|jv\w+|b\w{1,2})",
    "nl": r"niet (?:alleen|slechts|minder)|of niet",
}
LANGUAGES = frozenset(_FIRM)


_ABSOLUTE: Mapping[str, str] = {
    "en": r"no|none|nobody|nothing|nowhere|nor|neither|no-one|noone|without|unknown|impossible|unable",
    "ru": r"ни|ник\w+|нич\w+|ниг\w+|никогда|без|неизвестн\w+|невозможн\w+|невидим\w+|неясн\w+",
    "uk": r"ні|нік\w+|ніч\w+|жод\w+|без|невідом\w+|неможлив\w+",
    "de": r"nichts|niemand\w*|nirgend\w*|weder|ohne|unbekannt\w*|unmöglich",
    "fr": r"sans|aucun\w*|personne|rien|jamais|pas|ni|non",
    "es": r"sin|ningun\w*|ningún|nadie|nada|tampoco|ni",
    "it": r"senza|nessun\w*|niente|nulla|né|neanche|nemmeno|no",
    "pt": r"sem|nenhum\w*|ninguém|nada|nem|tampouco",
    "pl": r"bez|żad\w+|nik\w+|nic\w*|ani|nie\w{4,}",
    "cs": r"bez|žád\w+|nik\w+|nic\w*|ani\w*|ne\w{2,}|aniž",
    "nl": r"zonder|niets|niemand|nergens|noch",
}


class Negations(NamedTuple):
    """What denies in a stretch of text: spans of firm words, of words as absolute ("nobody"), and of all cues."""

    firm: tuple[tuple[int, int], ...]
    absolute: tuple[tuple[int, int], ...]
    cues: tuple[tuple[int, int], ...]


@cache
def _patterns(lang: str) -> tuple[re.Pattern[str], ...]:
    def pattern(words: str) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)

    cues = f"{_FIRM[lang]}|{_ABSOLUTE[lang]}|{_CUES[lang]}"
    return pattern(_FIRM[lang]), pattern(_NO_NEGATION[lang]), pattern(_ABSOLUTE[lang]), pattern(cues)


def firm(text: str, lang: str) -> tuple[tuple[int, int], ...]:
    """Where a text in one of ``LANGUAGES`` denies a statement in so many words."""
    words, none, *_ = _patterns(lang)
    found = [match.span() for match in words.finditer(text)]
    if not found:
        return ()
    idle = [match.span() for match in none.finditer(text)]
    return tuple((a, b) for a, b in found if not any(start < b and a < end for start, end in idle))


def negations(text: str, lang: str) -> Negations:
    """All that denies in a text in one of ``LANGUAGES``."""
    absolute, cues = (tuple(m.span() for m in p.finditer(text)) for p in _patterns(lang)[2:])
    return Negations(firm(text, lang), absolute, cues)
