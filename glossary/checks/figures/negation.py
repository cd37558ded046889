"""Words that negate, and words that can stand for a negation in a translation. Pure.

``firm`` finds words that deny a statement ("did not", «не пришёл»), without phrases that look like a negation and
are none ("not only", «чуть не»). ``cues`` are words that a translator may put for one: "fail", «вряд ли», «кроме».
Of English translations ``negation_english`` knows more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

_FIRM: Mapping[str, str] = {
    "en": r"not|cannot|never|\w+n['’]t|ain['’]t",
    "ru": r"не|нет|нельзя",
    "uk": r"не|немає|нема",
    "de": r"nicht|nichts|nie|niemals|niemand\w*|kein\w{0,2}",
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
    "en": r"not (?:only|just|merely|simply|solely|least|to mention|until|unlike|so much|that)|"
    r"no(?:t)? (?:more|less|"
    r"fewer|later|longer) than|(?:why|if|or|whether or|believe it or) not|not (?:uncommon|unusual|"
    r"infrequent\w*|"
    r"unlike\w*|alone)|never ?mind|never[- ]?ending|once in a never|(?:can(?:no|['’])t|couldn['’]t) (?:help|"
    r"wait|but)|"
    r"(?:do|did)n['’]t (?:forget|hesitate|miss|worry)|(?:is|are|was|were|do|does|did|has|have|had|wo|would|"
    r"could|"
    r"should|ca)n['’]t (?:it|he|she|they|you|we|there|I)\b|not (?:even close|enough)|more often than not|"
    r"(?:do|does|did)n['’]t (?:really )?(?:matter|care|give a)|(?:can|could)(?:not|"
    r"n['’]t)(?: \w+){0,6} enough|never (?:seen|had|met|been)|(?:^|[.!?] |[\"“])(?:is|are|was|were|does|did|"
    r"has|have|"
    r"wo|would|could|should|ca)n['’]t",
    "ru": r"а не|не (?:только|раз|просто|менее|более|позднее|позже|ранее|раньше|меньше|больше|столько|говоря|"
    r"иначе|прочь|"
    r"без|кто иной|что иное|так давно|то что|то|считая|один|одно|одну|одного|терпится|удивительно|мешало|"
    r"лезть)|"
    r"не \w+ ли|не (?:помеша|меша|повреди)\w+ бы|(?:чуть|едва|кабы|разве|ли|вовсе|почти|тем) не|"
    r"(?:как|что|кто|где|куда|кого|чего|какой|сколько) (?:бы|только|ни)(?: \w+){0,3} не|как нельзя|"
    r"не правда ли|не за что|не мог\w* не|нельзя не|не хоч\w+|не дожд\w+|не забу\w+|не хват\w+|не успе\w+|"
    r"далеко не|нет[,.!]",
    "uk": r"а не|не (?:лише|тільки|раз|просто|менше|менш|більше|пізніше|раніше|стільки|кажучи|інакше|без|"
    r"так давно|"
    r"зважаючи|дивлячись|один|одну|одного|забу\w+|вистача\w+|підкаж\w+|байдуже|терпиться|встиг\w*)|"
    r"не (?:завади|зашкоди)\w+ б\w?|б\w? не (?:завади|зашкоди)\w+|(?:мало|ледь|хіба|мов|ледве|чи|майже|"
    r"далеко) не|"
    r"(?:як|що|хто|де|куди|ким|кого|чого) б\w?(?: \w+){0,3} не|не \w+ без|не має аналог\w+|немає аналог\w+|"
    r"не перемик\w+|не менш\w*|ні[,.!]",
    "de": r"nicht (?:nur|bloß|zuletzt|weniger|mehr als|selten|vergessen|wahr|umhin|umsonst)|"
    r"(?:ob|oder|wenn|warum|vergiss|vergessen sie|zögern sie) nicht|lange nicht|keine? (?:sorge|zweifel|"
    r"problem)|nichts als|nicht ohne|"
    r"nicht[- ](?=[A-ZÄÖÜ])(?=\w+\))|nie aus|vergiss\w* \w+ nicht",
    "fr": r"n['’](?:est-ce|importe|y a qu)|ne \w+ que|ne serait-ce|ne manquez",
    "es": r"no (?:solo|sólo|solamente|obstante|más|menos|dud\w+|olvid\w+)|(?:si|o|por qué) no",
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


_STANDS_IN: Mapping[str, str] = {
    "ru": r"не\w{3,}|впервые|плох\w*|промолч\w*|молч\w*|всё равно|все равно|пофиг|отказ\w*|перест\w*|без\w*|"
    r"бес\w+|"
    r"мало|кроме|вместо|пока|едва|вряд|лишь|только|до|хватит|устойчив\w*|наоборот|иначе|против\w*|вне|"
    r"помимо|лиш\w+",
    "uk": r"не\w{3,}|вперше|погано|поган\w*|мовч\w*|байдуже|відмов\w*|перест\w*|без\w*|мало|замало|крім|"
    r"окрім|"
    r"замість|поки|доки|ледь|навряд|лише|тільки|до|зник\w*|пропа\w+|інакше|проти\w*|поза|позбав\w*|брак\w*|"
    r"відсутн\w*",
    "de": r"un(?!d\b|s\b|ser|ter|ten|i|gef|gl|geheu)\w{3,}|\w{3,}los\w{0,2}|\w{3,}frei\w{0,2}|sonst|"
    r"andernfalls|erst|"
    r"bevor|bis|egal|kaum|statt|anstatt|ohne|ausgenommen|ungern\w*|unter\w*|entzieh\w*|wenig\w*|schlecht\w*|"
    r"lassen|"
    r"gleich|ned|ausgeschlossen|außer\w*|schwer\w*|hinter|weg|verfall\w*|geändert|fehl\w*|mangel\w*|"
    r"verlor\w*|"
    r"verlier\w*|nur|noch|zu|anders",
}


Span = tuple[int, int]


@cache
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def firm(text: str, lang: str) -> list[Span]:
    """Where a text in one of ``LANGUAGES`` denies a statement in so many words."""
    found = denials(text, lang)
    if not found:
        return []
    idle = [match.span() for match in _pattern(_NO_NEGATION[lang]).finditer(text)]
    return [(a, b) for a, b in found if not any(start < b and a < end for start, end in idle)]


def denials(text: str, lang: str) -> list[Span]:
    """Every "not", whatever it belongs to."""
    return [match.span() for match in _pattern(_FIRM[lang]).finditer(text)]


def absolute(text: str, lang: str) -> list[Span]:
    """Every "nobody", "without" and the like."""
    return [match.span() for match in _pattern(_ABSOLUTE[lang]).finditer(text)]


def cues(text: str, lang: str) -> list[Span]:
    """Words that may stand for a negation: "hardly", "fail", «вряд ли», «кроме»."""
    return [match.span() for match in _pattern(_CUES[lang]).finditer(text)]


def stand_ins(text: str, lang: str) -> list[Span]:
    """Words that, beside the word in question, stand for its denial; in languages without a list every cue does."""
    return [match.span() for match in _pattern(_STANDS_IN.get(lang, _CUES[lang])).finditer(text)]


def not_only(text: str, lang: str) -> Span | None:
    """Where "not only" stands, None where it does not."""
    found = _pattern(_NOT_ONLY[lang]).search(text) if lang in _NOT_ONLY else None
    return found.span() if found else None


def is_idle(word: str, lang: str) -> bool:
    """Whether a word says nothing of itself ("and", "was"): its likeness to others means nothing."""
    return len(word) < 2 or word.lower() in _IDLE_WORDS.get(lang, frozenset())


_NOT_ONLY: Mapping[str, str] = {
    "ru": "не только", "uk": "не (?:тільки|лише)", "de": "nicht (?:nur|allein)", "cs": "nejen(?:om)?",
    "pl": "nie tylko", "es": "no (?:solo|sólo|solamente)", "fr": "non seulement", "it": "non "
    "(?:solo|soltanto)",
    "pt": "não (?:só|apenas|somente)", "nl": "niet (?:alleen|slechts)",
}  # fmt: skip
_IDLE_WORDS: Mapping[str, frozenset[str]] = {
    lang: frozenset(words.split())
    for lang, words in {
        "ru": "и в во на с со к у о об от до по за из же бы ли то а но его ее её их мы вы он она они я ты "
        "это этот что "
        "как так уже еще ещё очень совсем был была были было есть будет только при для или мне нам вам ему "
        "ей им нас "
        "вас себя себе где когда если",
        "uk": "і й в у на з зі із до по за від же б би чи та але його її їх ми ви він вона вони я ти це "
        "цей що як так "
        "вже ще дуже зовсім був була були було є буде тільки при для або мені нам вам йому їй їм нас вас "
        "себе собі де "
        "коли якщо про щоб то а",
        "de": "und in im an am auf mit zu zum zur von vom der die das den dem des ein eine einen einem "
        "einer er sie es "
        "ich wir ihr du ist sind war waren wird werden wurde hat haben hatte sich auch so aber als wie "
        "dass oder für "
        "bei noch schon mehr sehr nur man doch dann wenn mir mich uns aus um nach",
        "es": "y e o u a de del la el los las un una en con por para se su sus lo le les me nos te que es "
        "son fue era "
        "ha han más muy ya si como pero al",
        "cs": "a i v ve na s se si z ze k o od do po za u to je jsou byl byla bylo jako tak už ještě že "
        "aby ale který "
        "která které by pro při nebo jen",
        "en": "the a an of in on at to for with and or but as by from that this it its is are was were be "
        "been has have "
        "had do does did he she they we i you his her their our my your there then so if when who which "
        "what will "
        "would can could should may might must also just even still more very all",
    }.items()
}
