"""Abbreviations whose full stop does not end a sentence, or not always.

Four sorts, by what may follow the full stop:

- ``head``: the rest of the name or number always follows («им. Ленина», "Mr. Hale");
- ``number``: an abbreviation before a figure ("No. 5", «стр. 15»), an ordinary word elsewhere ("He said no.");
- ``tail``: ends the sentence where a capital follows («500 руб. Дети …»), not before a figure;
- ``soft``: ends it where a small word with a capital follows ("to the U.S. She …"), else not ("the U.S. Senate").

A word that is both ``head`` and ``tail`` is a ``tail`` behind a number or century («в 1934 г. Через …») and a
``head`` elsewhere («в г. Суздале»).

Keys are in lower case, of abbreviations of several parts without the spaces (``т.е``, ``z.b``) and without the
last full stop. What no table has is asked of the libraries (``libraries.py``).
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from align.text.function_words import words

Sort = Literal["head", "number", "tail", "soft"]

_TABLES: dict[str, dict[Sort, str]] = {
    "ru": {
        "head": "т.е т.к т.н т.ч т.о и.о к.и.н к.э.н к.ф.н к.ю.н к.т.н д.и.н д.э.н д.ф.н д.ю.н им ул пр-т "
        "просп пер пл наб бул бульв ш пос дер г гор обл р-н респ о оз св проф акад доц асс "
        "чл.-корр корр инж гл.ред зам зав пом нач ген полк подполк кап лейт серж ряд адм г-н г-жа "
        "гг тов гос см ср напр ок прибл англ нем фр франц исп итал лат греч араб перс тур яп кит "
        "рус укр букв устар разг прим ред сост изд отв кн сб вып ст.л л.д с.-петербург "
        "ст.-петербург дж вс р с д а х",
        "number": "п пп ч ст рис табл стр с гл т тт вып №№ кв корп д эт оф каб ауд пом абз ок тел вагон авт",
        "tail": "т.д т.п др пр н.э р.х руб коп долл тыс млн млрд трлн чел шт экз проц кг км см мм га м "
        "сек мин час ч в вв г гг с.г л.с у.е кв.м кв.км куб.м и.д",
        "soft": "ст мл гр м.б н.ст ст.ст ч.т.д ред прим",
    },
    "uk": {
        "head": "т.зв т.ч т.к т.е т.н ім вул просп пров пл бул буд м р обл р-н оз св проф акад доц "
        "чл.-кор кор інж зам зав ген полк адм п пп див пор напр бл прибл англ нім фр лат укр рос "
        "прим пер ред упоряд вид кн зб вип с.-петербург дж о",
        "number": "п пп ч ст рис табл с стор гл т вип кв корп буд оф каб тел",
        "tail": "т.д т.п ін н.е р.х грн коп дол тис млн млрд трлн чол шт кг км см мм га м год хв сек ст р "
        "рр в кв.м",
        "soft": "мол гр прим ред",
    },
    "be": {
        "head": "г.зн т.зв ім вул прасп пл г обл воз св праф акад дац нам ген гл напр англ ням фр лац рус "
        "бел заўв",
        "number": "п ч арт мал табл с гл т вып кв корп",
        "tail": "г.д г.п інш н.э руб кап тыс млн млрд чал кг км см м ст гг",
        "soft": "",
    },
    "bg": {
        "head": "т.нар т.е т.к напр ул бул пл гр с св проф акад доц инж арх д-р г-н г-жа ген полк вж ср "
        "ок англ нем фр лат рус бел прев ред о р обл",
        "number": "чл ал т стр с гл табл фиг бл ап ет вх тел",
        "tail": "т.н др пр н.е сл.хр пр.хр лв ст хил млн млрд кг км см м г гг в вв мин сек",
        "soft": "",
    },
    "en": {
        "head": "mr mrs ms mx messrs dr prof gen lt col sgt capt cpt cmdr maj adm brig pvt cpl rep sen "
        "gov pres hon rev fr supt det insp i.e e.g viz cf vs v approx ca lt.col lt.gen maj.gen "
        "brig.gen mme mlle ed.by mt ft.lt st.petersburg",
        "number": "no nos p pp fig figs vol vols ch chap sec sect art par para eq ex ed app tab pt jan feb "
        "mar apr jun jul aug sep sept oct nov dec c ca circa tel ext st rd op",
        "tail": "etc p.m a.m b.c a.d",
        "soft": "u.s u.k u.n e.u u.s.a d.c ph.d m.d b.a m.a inc ltd co corp bros llc plc jr sr st ave "
        "blvd rd ln hwy dept est al ed eds jan feb mar apr aug sep sept oct nov dec mass calif ft "
        "mt esq ret",
    },
    "de": {
        "head": "z.b d.h u.a u.ä s.o s.u i.d.r i.a i.v o.ä z.t z.zt v.a m.e a.d st dr prof dipl ing "
        "dipl.-ing med phil jur rer nat hr fr frl herrn bzw ca vgl sog ggf evtl inkl zzgl gest "
        "geb verh engl franz lat griech russ gen hl ev kath allg bes mind max min tel str mio mrd "
        "tsd jh jhd abt hrsg red gegr ehem insb insbes fa usf.d ob.d",
        "number": "nr nrn s art abs bd bde kap ziff tab abb anm aufl jg bl hauptstr rn rdnr jan feb mär apr "
        "jun jul aug sep sept okt nov dez lit",
        "tail": "usw etc o.ä u.dgl u.v.m usf dgl chr n.chr v.chr ff f",
        "soft": "jan feb apr aug sept okt nov dez inc ltd co jr sen u.s",
    },
    "fr": {
        "head": "m mm mgr me dr pr st ste p.ex c.-à-d cf env av apr boul bd av.j.-c éd trad coll dir mlle",
        "number": "p pp art n no nos chap vol t fig tab al éd fasc tél §",
        "tail": "etc j.-c apr.j.-c",
        "soft": "inc ltd sté jan janv févr avr juil sept oct nov déc u.s",
    },
    "es": {
        "head": "sr sra srta sres sras dr dra d d.ª dña prof profa ing lic gral cnel cap tte fray sto sta "
        "san p.ej ee aprox av avda c cía pza urb vd vds ud uds excmo excma ilmo mons pbro v cf "
        "vid",
        "number": "núm núms n pág págs p pp art arts cap vol t fig tab tel apdo párr ed",
        "tail": "etc a.c d.c ej",
        "soft": "ee.uu s.a s.l ss.aa inc ltd jr sr.jr a.m p.m u.s",
    },
    "it": {
        "head": "sig sigg sig.ra sig.na dott dott.ssa dr prof prof.ssa ing avv arch geom rag on sen gen "
        "col cap ten mons don s ss p.es p.e es ecc.mo cfr ca c.a v vs gent egr spett p.zza v.le "
        "c.so fra",
        "number": "n nn art artt p pp pag pagg cap vol t fig tab tel comma sez sec par",
        "tail": "ecc etc a.c d.c",
        "soft": "s.p.a s.r.l s.n.c inc ltd jr u.s",
    },
    "pt": {
        "head": "sr sra srs sras dr dra drs prof profa eng enga gen cel cap ten d dom p.ex exmo exma "
        "ex.mo ex.ma cf séc av r pç trav lgo st sto sta aprox vs v mons pe",
        "number": "n nº núm art arts p pp pág págs cap vol t fig tab tel ed al",
        "tail": "etc a.c d.c",
        "soft": "s.a ltda lda cia inc jr e.u.a eua u.s",
    },
    "pl": {
        "head": "dr.hab hab prof inż mgr lic ks o św bł im ul al pl os pw tzw tzn tj np m.in ds wg por "
        "zob zw ww płk gen kpt mjr sierż adm red tłum wyd oprac ang niem franc ros łac gr hr woj "
        "pow gm śp godz m r w dot ok proc sygn lek med",
        "number": "nr s str t art ust pkt poz rys tab rozdz kl ul al m lok tel godz w r zob par",
        "tail": "itd itp etc r w n.e p.n.e in zł gr tys mln mld kg km cm ha min sek ww",
        "soft": "sp z.o.o s.a jun sen",
    },
    "cs": {
        "head": "např tj tzv tzn mj atp.d ing mgr bc mudr judr phdr rndr paeddr mvdr doc prof dr ul nám "
        "tř sv p pí sl gen plk mjr kpt por npor pplk red překl vyd srov viz angl něm franc rus "
        "lat řec nar zemř zv cca resp popř příp č čp",
        "number": "č čís čp s str sv r roč odst písm čl obr tab kap t tel stol ul",
        "tail": "atd apod aj n.l př.n.l l stol hod min sek kč tis mil mld ks",
        "soft": "a.s s.r.o spol ml st",
    },
    "sk": {
        "head": "napr t.j tzv tzn ing mgr bc mudr judr phdr rndr doc prof dr ul nám sv p gen plk mjr kpt "
        "red prekl vyd porov angl nem franc rus lat resp príp č",
        "number": "č čís s str r roč ods písm čl obr tab kap t tel stor ul",
        "tail": "atď a.pod apod n.l pr.n.l stor hod min tis mil mld ks",
        "soft": "a.s s.r.o spol ml st",
    },
    "tr": {
        "head": "dr prof doç yrd av alb gen yzb bnb örn bkz sn sok cad mah apt bul m.ö m.s st hz müh çev "
        "haz yay ed",
        "number": "no s ss cilt c md bkz sok cad mah tel kat",
        "tail": "vb vs vd",
        "soft": "a.ş ltd şti inc t.c a.b.d",
    },
    "ar": {
        "head": "د أ م ق.م ب.م ص ج",
        "number": "ص ج ت رقم",
        "tail": "إلخ الخ",
        "soft": "",
    },
    "fa": {
        "head": "ق.م ب.م د ص ج ر.ک",
        "number": "ص ج ش",
        "tail": "",
        "soft": "",
    },
}
_AS = {"sr": "bg", "mk": "bg", "kk": "ru", "ca": "es", "gl": "pt", "ur": "fa"}  # whose table serves too

# They end a sentence however short they are, though a library takes them for abbreviations.
_ORDINARY = {
    "ru": "пол кит рус ум пт пом см",
    "en": "in am art sun sat me fig mass miss pen cap gal ore dam oak",
}

# Numbers that a full stop makes ordinal: "am 3. Oktober", "3. kattadır".
ORDINALS = frozenset(
    ("de", "cs", "sk", "sl", "hr", "sr", "bs", "da", "no", "nb", "nn", "fi", "et", "lv", "hu", "tr")
)

BEFORE_ORDINAL = words("beim jeden jeder dieses dieser diesem unter zwischen jeho této tohoto")
AFTER_ORDINAL = words(
    "januar februar märz april mai juni juli august september oktober november dezember jänner "
    "jahrhundert jh jahrhunderts dünya weltkrieg"
)

# After them goes on what looks like the beginning of a sentence: "at 5 p.m. Monday".
CALENDAR = words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june "
    "july august september october november december est edt et pst pdt pt cst cdt mst gmt utc cet "
    "msk bst"
)

# Years, centuries and times, before whose full stop a sentence may have only begun:
DATED = frozenset(
    ("г", "гг", "в", "вв", "р", "рр", "r", "w", "ст", "стол", "stol", "stor", "хил", "a.m", "p.m")
)

# «В 2021 г. Россия …»: a sentence that has only begun with a date does not end there.
DATE_OPENERS = words(
    "в во с со к ко до после на по от из около осенью весной летом зимой начиная у від з із зі після "
    "w we od do po na z ze około at in on by from until till since after before"
)


@cache
def sorts(lang: str) -> dict[str, frozenset[Sort]]:
    """Abbreviation → its sorts, for one language; empty where there is no table."""
    table = _TABLES.get(lang) or _TABLES.get(_AS.get(lang, ""), {})
    found: dict[str, set[Sort]] = {}
    for sort, written in table.items():
        for word in written.split():
            found.setdefault(word, set()).add(sort)
    return {word: frozenset(kinds) for word, kinds in found.items()}


@cache
def ordinary(lang: str) -> frozenset[str]:
    """Short words that are no abbreviations."""
    return words(_ORDINARY.get(lang, ""))
