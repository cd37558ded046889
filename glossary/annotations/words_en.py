"""English words of the annotation grammar; see ``words_ru``."""

from __future__ import annotations

WORDS = r"""
DET     the a an this these such one
BOTH    both
ALL     all each
NUM2    two
NUM3    three
NUM4    four
NUM5    five
REL     which who that
RELGEN  whose
PRON    it he she they its his her their them him
COP     is are has have had been was were being remains remain currently officially also now
BAN     banned outlawed prohibited proscribed forbidden illegal barred criminali[sz]ed
BANN    ban
UNDER   under
REC     (?:recogni[sz]|designat|declar|label+|list|classifi|brand|deem|nam|consider|register)ed
        (?:blacklist|categori[sz]|regard)ed
ENTER   included entered added placed put inscribed listed
ACTIVE  added declared designated recogni[sz]ed included placed entered outlawed banned label+ed
LIQ     liquidated dissolved disbanded
TER     terrorist
EXT     extremist
UND     undesirable
TERN    terrorists
EXTN    extremists
FOR     foreign
AGT     agents?
INO     foreign-agents?
PERF    performs? performing fulfil+s? fulfilling carr(?:ies|y) carrying acting
FUNC    functions?
NOUN    organi[sz]ations? groups? movements? part(?:y|ies) networks? associations? compan(?:y|ies)
        corporations? media outlets? ngos? foundations? funds? unions? societ(?:y|ies) platforms?
        publications? newspapers? magazines? websites? channels? broadcasters? portals? entit(?:y|ies)
        bod(?:y|ies) structures? sects? cults? militias? outfits? agenc(?:y|ies) formations? factions?
        communit(?:y|ies) battalions? units? nonprofits? institutes? individuals? persons? people firms?
        cent(?:er|re)s? gangs? brotherhoods?
ADJ     international radical islamist armed militant religious public nationalist jihadi(?:st)?
        separatist political non-profit non-?governmental nongovernmental far-right neo-nazi mass
        so-called independent social criminal underground local officially currently also formally news
        rights
REG     registers? registry lists? roster blacklist
PREP    in on within inside throughout across to
TERRI   territory soil
OUR     our this several many some other most
CTRY    countr(?:y|ies)
ACT     activit(?:y|ies) work operations
DEC     decisions? order orders rulings? verdict decree
AGW     courts? ministry justice supreme prosecutors? general prosecutor-general authorities government
        roskomnadzor rosfinmonitoring kremlin fsb watchdog regulator district regional city state
        department office treasury council un security eu
LAWP    under per
LAW     laws? legislation
AS      as
CONJ    and or
DPREP   since in on from of
MONTH   january february march april may june july august september october november december jan feb
        mar apr jun jul aug sept? oct nov dec
YEAR    years?
OWN     owned belongs belonging belong owner owners property product parent subsidiary service brand
        owns operated
WHY     for
NEG     not never no if whether allegedly yet could may might would should will once formerly then
        previously
UNTIL   until till before unless
OF      of
BY      by through following
MAT     material message text article content information publication report story video post
PROD    produced distributed created sent disseminated concerns prepared published made directed
MENT    mentions? mentioned contains? refers? names
NET     networks? clan brigades?
THING   alcohol marijuana cannabis abortions? gambling surrogacy euthanasia pornography polygamy
        prostitution asbestos ivory vap(?:es?|ing) cigarettes fracking whaling films? movies? songs?
        books? novels? plays? games? drugs? pesticides? substances? stimulants? weapons? paintings?
        toys? poems? pamphlets? videos? clips? posters? pictures? products? paint series albums?
        leaflets? anthem slogans? symbols? flags? goods items? materials? medicines? dictionar(?:y|ies)
        documentar(?:y|ies) cartoons? brands? treat(?:y|ies) laws? beer wine breeds? nets? fireworks
        chemicals? herbicides? tracks? concerts? shows? exhibitions? essays? memoirs? ballets? operas?
        swastika tattoo techniques? trick doctrine practice
"""

COUNTRIES = r"""
RU:federation rf | russian federation
RU            russia | moscow
UA            ukraine
BY            belarus
KZ            kazakhstan
KG            kyrgyzstan | kirghizia
TJ            tajikistan
UZ            uzbekistan
TM            turkmenistan
AM            armenia
AZ            azerbaijan
GE            georgia
MD            moldova
LT            lithuania
LV            latvia
EE            estonia
PL            poland
DE            germany
FR            france
GB            united kingdom | great britain | britain | uk
US            united states of america | united states | us | usa | u\.s\.?
CA            canada
AU            australia
IL            israel
TR            turkey | türkiye
IR            iran
IQ            iraq
SY            syria
AF            afghanistan
PK            pakistan
IN            india
CN            china
EG            egypt
SA            saudi arabia
AE            united arab emirates | uae
JO            jordan
LB            lebanon
JP            japan
IT            italy
ES            spain
NL            netherlands
NO            norway
SE            sweden
FI            finland
CZ            czech republic | czechia
AT            austria
CH            switzerland
RS            serbia
BG            bulgaria
HU            hungary
EU            european union | eu
"""

ADJECTIVES = r"""
RU            russian
UA            ukrainian
BY            belarusian
KZ            kazakh | kazakhstani
US            american | us | u\.s\.?
GB            british | uk
DE            german
FR            french
TR            turkish
IL            israeli
CN            chinese
GE            georgian
"""
