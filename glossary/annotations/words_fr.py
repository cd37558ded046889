"""French words of the annotation grammar; see ``words_ru``. Elided articles («l'», «d'») are tokens of their own."""

from __future__ import annotations

WORDS = r"""
DET     le la les l' un une des ce cette ces cet
ALL     tou(?:s|tes)
NUM2    deux
NUM3    trois
NUM4    quatre
NUM5    cinq
REL     qui que qu' lequel laquelle
RELGEN  dont
PRON    il elle ils elles son sa ses leur leurs
COP     est sont a ont été était étaient fut étant
BAN     interdit(?:e|s|es)? prohibé(?:e|s|es)? proscrit(?:e|s|es)? banni(?:e|s|es)? illégal(?:e|es)?
        illégaux
REC     (?:reconnu|déclaré|désigné|classé|considéré|qualifié|répertorié|proclamé|étiqueté|jugé)(?:e|s|es)?
ENTER   inscrit(?:e|s|es)? inclus(?:e|es)? ajouté(?:e|s|es)? placé(?:e|s|es)? figure figurent figurant
LIQ     dissous dissoute(?:s)? liquidé(?:e|s|es)?
TER     terroristes?
EXT     extrémistes?
UND     indésirables?
TERN    terroristes
EXTN    extrémistes
FOR     étrang(?:er|ers|ère|ères)
AGT     agent(?:e|s|es)?
PERF    exerce exercent exerçant remplit remplissant
FUNC    fonctions?
NOUN    organisations? groupes? mouvements? partis? réseaux? associations? sociétés? entreprises?
        médias? ong fondations? fonds unions? plateformes? publications? journa(?:l|ux) revues? sites?
        chaînes? portails? entités? structures? sectes? milices? groupuscules? communautés? factions?
        personnes? instituts? brigades? clubs? groupements? compagnies?
ADJ     internationa(?:l|le|ux|les) radica(?:l|le|ux|les) islamistes? armée?s? militaires?
        religieu(?:x|se|ses) politiques? officiellement criminel\w* djihadistes?
REG     registres? listes? répertoires?
PREP    en au aux sur dans à
TERRI   territoire sol
OUR     notre ce plusieurs certains d'autres
CTRY    pays
ACT     activités?
DEC     décision décisions ordre ordonnance jugement arrêt décret
AGW     tribuna(?:l|ux) cour justice ministère parquet autorités gouvernement suprême procureur général
LAWP    selon au en d'après
LAW     lois? droit législation
AS      comme
CONJ    et ou
DPREP   depuis en le du
MONTH   janvier février mars avril mai juin juillet août septembre octobre novembre décembre
YEAR    ans? années?
OWN     appartient appartenant appartiennent propriété propriétaire produit filiale détenu(?:e|s|es)?
        maison-mère
WHY     pour
NEG     ne n' pas jamais prétendument jadis autrefois
UNTIL   jusqu' jusque sauf avant
OF      de d' du des
BY      par sur suite
MAT     contenu matériel message texte article information publication document
PROD    produit diffusé créé distribué envoyé publié réalisé concerne
MENT    mentionne mentionnées? cite évoque contient
NET     réseau
THING   films? livres? romans? chansons? pièces? jeux? médicaments? pesticides? substances? armes?
        tableaux? poèmes? slogans? symboles? drapeaux? séries? albums? drogues? produits? vidéos? clips?
        affiches? hymne technique race marchandises?
"""

COUNTRIES = r"""
RU:federation fédération de russie | rf | fédération russe
RU            russie
UA            ukraine
BY            biélorussie | bélarus
KZ            kazakhstan
KG            kirghizistan | kirghizstan
TJ            tadjikistan
UZ            ouzbékistan
TM            turkménistan
GE            géorgie
LT            lituanie
LV            lettonie
EE            estonie
PL            pologne
DE            allemagne
FR            france
GB            royaume-uni | grande-bretagne
US            états-unis | états-unis d' amérique
CA            canada
IL            israël
TR            turquie
IR            iran
CN            chine
CH            suisse
BE            belgique
EG            égypte
SY            syrie
SA            arabie saoudite
AE            émirats arabes unis
IQ            irak
AF            afghanistan
PK            pakistan
IN            inde
AU            australie
IT            italie
ES            espagne
NL            pays-bas
AT            autriche
CZ            tchéquie | république tchèque
HU            hongrie
RS            serbie
AM            arménie
AZ            azerbaïdjan
MD            moldavie
LB            liban
JO            jordanie
EU            union européenne | ue
"""

ADJECTIVES = r"""
RU            russes?
US            américaine?s?
FR            française?s? | français
UA            ukrainien(?:ne)?s?
"""
