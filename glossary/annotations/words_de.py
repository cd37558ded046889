"""German words of the annotation grammar; see ``words_ru``."""

from __future__ import annotations

WORDS = r"""
DET     der die das dem den des ein eine einer einem einen eines diese[rsmn]?
BOTH    beide[rsmn]?
ALL     alle[rsmn]?
NUM2    zwei
NUM3    drei
NUM4    vier
NUM5    fünf
REL     der die das welche[rsmn]? den
RELGEN  deren dessen
PRON    sie er es ihre seine
COP     ist sind wird werden wurde wurden worden gilt gelten war waren
BAN     verboten(?:e[rsmn]?)? illegal(?:e[rsmn]?)? untersagt(?:e[rsmn]?)? geächtet(?:e[rsmn]?)?
UNDER   unter
REC     (?:eingestuft|anerkannt|erklärt|gelistet|deklariert|bezeichnet|geführt|registriert|benannt)(?:e[rsmn]?)?
ENTER   (?:aufgenommen|eingetragen|gesetzt)(?:e[rsmn]?)? steht stehen
LIQ     (?:aufgelöst|liquidiert)(?:e[rsmn]?)?
TER     terroristisch(?:e[rsmn]?)?
EXT     (?:rechts|links)?extremistisch(?:e[rsmn]?)?
UND     unerwünscht(?:e[rsmn]?)?
TERN    terroristen
EXTN    extremisten
FOR     ausländisch(?:e[rsmn]?)?
AGT     agent(?:en|in|innen)?
INO     auslandsagent(?:en|in|innen)?
TERC    terror(?:organisation|gruppe|vereinigung|gruppierung|miliz|netzwerk)(?:en|s)?
EXTC    extremisten(?:organisation|gruppe)(?:en)?
NOUN    organisation(?:en)? gruppe(?:n)? bewegung(?:en)? partei(?:en)? vereinigung(?:en)?
        gruppierung(?:en)? netzwerk(?:e[ns]?|s)? miliz(?:en)? verein(?:e[ns]?|s)? firma firmen
        unternehmen(?:s)? konzern(?:s|e)? medi(?:um|en) portal(?:e|s)? sender(?:s|n)? stiftung(?:en)?
        zeitung(?:en)? ngos? gemeinschaft(?:en)? verband(?:es|s)? nachrichtenseite website person(?:en)?
        terror\w*(?:organisation|gruppe|miliz|vereinigung)(?:en)?
        extremisten(?:organisation|gruppe)(?:en)?
ADJ     international(?:e[rsmn]?)? radikal(?:e[rsmn]?)? islamistisch(?:e[rsmn]?)? bewaffnet(?:e[rsmn]?)?
        militant(?:e[rsmn]?)? politisch(?:e[rsmn]?)? kriminell(?:e[rsmn]?)? offiziell gerichtlich
        behördlich dort amtlich
REG     register(?:s|n)? liste listen verzeichnis(?:ses)?
PREP    in im auf ins zur zum
TERRI   gebiet(?:s|es)? territorium(?:s)? boden staatsgebiet(?:s|es)?
OUR     unserem mehreren vielen einigen anderen
CTRY    land ländern
HOME    hierzulande
ACT     tätigkeit(?:en)? aktivität(?:en)? arbeit
DEC     beschluss(?:es)? entscheidung urteil gerichtsbeschluss gerichtsentscheid gerichtsurteil
        anordnung
AGW     gericht(?:s|es)? justizministerium(?:s)? ministerium(?:s)? behörde(?:n)?
        generalstaatsanwaltschaft staatsanwaltschaft oberste[rsmn]? regierung justiz gerichtlich
LAWP    nach laut gemäß
LAW     recht gesetz gesetzen
AS      als für zur zum
CONJ    und oder sowie
DPREP   seit am vom im
MONTH   januar februar märz april mai juni juli august september oktober november dezember
YEAR    jahr(?:e[sn]?)?
OWN     gehört gehören gehörend\w* eigentümer\w* eigentum besitzer besitz produkt mutterkonzern
WHY     wegen
NEG     nicht nie kein\w* angeblich ob falls damals einst zeitweise
UNTIL   bis außer
OF      der von des
BY      von vom durch per
MAT     material beitrag inhalt text artikel meldung nachricht information(?:en)? publikation
PROD    erstellt verbreitet hergestellt produziert veröffentlicht betrifft versandt
MENT    erwähnt erwähnten nennt enthält genannt
THING   film(?:s|e)? buch(?:es|s)? bücher lied(?:es|er)? roman(?:s|e)? spiel(?:s|e)? stück(?:s|e)?
        medikament(?:s|e)? pestizid(?:s|e)? substanz(?:en)? waffe(?:n)? gemälde parole(?:n)?
        symbol(?:e|s)? fahne(?:n)? serie(?:n)? album(?:s)? droge(?:n)? mittel werbung video(?:s)?
        produkt(?:e|s)? gedicht(?:e|s)? flugblatt flagge hymne technik zucht rasse
"""

COUNTRIES = r"""
RU:federation rf | russische[nr]? föderation
RU            russland(?:s)? | rußland(?:s)?
UA            ukraine
BY            belarus | weißrussland(?:s)?
KZ            kasachstan(?:s)?
KG            kirgisistan(?:s)? | kirgistan(?:s)?
TJ            tadschikistan(?:s)?
UZ            usbekistan(?:s)?
TM            turkmenistan(?:s)?
GE            georgien(?:s)?
LT            litauen(?:s)?
LV            lettland(?:s)?
EE            estland(?:s)?
PL            polen(?:s)?
DE            deutschland(?:s)? | bundesrepublik
FR            frankreich(?:s)?
GB            großbritannien(?:s)? | vereinigte[ns]? königreich(?:s)?
US            usa | vereinigte[nr]? staaten
CA            kanada(?:s)?
IL            israel(?:s)?
TR            türkei
IR            iran(?:s)?
CN            china(?:s)?
AT            österreich(?:s)?
CH            schweiz
EG            ägypten(?:s)?
SY            syrien(?:s)?
SA            saudi-arabien(?:s)?
AE            vereinigte[nr]? arabische[nr]? emirate[n]?
IQ            irak(?:s)?
AF            afghanistan(?:s)?
PK            pakistan(?:s)?
IN            indien(?:s)?
AU            australien(?:s)?
IT            italien(?:s)?
ES            spanien(?:s)?
NL            niederlande[n]?
CZ            tschechien(?:s)?
HU            ungarn(?:s)?
RS            serbien(?:s)?
AM            armenien(?:s)?
AZ            aserbaidschan(?:s)?
MD            moldau | moldawien(?:s)?
EU            eu | europäische[nr]? union
"""

ADJECTIVES = r"""
RU            russische[nrsm]?
US            amerikanische[nrsm]?
DE            deutsche[nrsm]?
UA            ukrainische[nrsm]?
BY            belarussische[nrsm]?
"""
