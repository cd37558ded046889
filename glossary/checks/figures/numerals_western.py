"""The number words of English, German, French, Spanish, Italian, Portuguese and Dutch; see ``numerals_slavic.py``."""

from __future__ import annotations

_EN = """
links and; 0 zero nil nought; l1 one once first single firstly; 2 two; 3 three; 4 four; 5 five; 6 six;
7 seven; 8 eight; 9 nine; 10 ten; 11 eleven; 12 twelve; 13 thirteen; 14 fourteen; 15 fifteen; 16 sixteen;
17 seventeen; 18 eighteen; 19 nineteen; 20 twenty; 30 thirty; 40 forty; 50 fifty; 60 sixty; 70 seventy;
80 eighty; 90 ninety; 100 hundred; 1000 thousand; 1000000 million; 1000000000 billion;
1000000000000 trillion; o2 second secondly; o3 third thirds thirdly; o4 fourth fourths; o5 fifth fifths;
o6 sixth sixths; o7 seventh; o8 eighth eighths; o9 ninth; o10 tenth tenths; o11 eleventh; o12 twelfth;
o13 thirteenth; o14 fourteenth; o15 fifteenth; o16 sixteenth; o17 seventeenth; o18 eighteenth;
o19 nineteenth; o20 twentieth; o30 thirtieth; o40 fortieth; o50 fiftieth; o60 sixtieth; o70 seventieth;
o80 eightieth; o90 ninetieth; o100 hundredth; o1000 thousandth; l0.5 half halves halfway halved halving;
l0.25 quarter quarters quarterly;
l2 both couple pair pairs twice double doubled doubling twofold duo twin twins bilateral biennial;
l3 triple tripled tripling thrice trio threefold triplets trilateral triennial trimester;
l4 quadruple quadrupled fourfold quartet foursome; l5 fives fivefold quintet; l6 half-dozen semester;
l10 decade decades tens; l12 dozen dozens; l14 fortnight; l20 score scores twenties; l30 thirties;
l40 forties; l50 fifties; l60 sixties; l70 seventies; l80 eighties; l90 nineties;
l100 hundreds century centuries centennial centenary; l1000 thousands millennium millennia;
l1000000 millions; l1000000000 billions
"""

_DE = """
0 null; l1 ein eine einen einem einer eines eins einmal einzig(e,en,er,es); 2 zwei zweien zwo;
3 drei dreien dreier; 4 vier vieren; 5 fünf; 6 sechs; 7 sieben; 8 acht; 9 neun; 10 zehn; 11 elf; 12 zwölf;
13 dreizehn; 14 vierzehn; 15 fünfzehn; 16 sechzehn; 17 siebzehn; 18 achtzehn; 19 neunzehn; 20 zwanzig;
30 dreißig dreissig; 40 vierzig; 50 fünfzig; 60 sechzig; 70 siebzig; 80 achtzig; 90 neunzig;
100 hundert einhundert; 1000 tausend eintausend tsd; 1000000 million millionen mio;
1000000000 milliarde milliarden mrd; 1000000000000 billion billionen; o1 erst(e,en,er,es,em,ens);
o2 zweit(e,en,er,es,em,ens); o3 dritt(e,en,er,es,em,ens); o4 viert(e,en,er,es,em); o5 fünft(e,en,er,es,em);
o6 sechst(e,en,er,es,em); o7 siebt(e,en,er,es,em) siebent(e,en,er); o8 acht(e,en,er,es,em);
o9 neunt(e,en,er,es,em); o10 zehnt(e,en,er,es,em); o11 elft(e,en,er,es,em); o12 zwölft(e,en,er,es,em);
o13 dreizehnt(e,en,er,es,em); o14 vierzehnt(e,en,er,es,em); o15 fünfzehnt(e,en,er,es,em);
o16 sechzehnt(e,en,er,es,em); o17 siebzehnt(e,en,er,es,em); o18 achtzehnt(e,en,er,es,em);
o19 neunzehnt(e,en,er,es,em); o20 zwanzigst(e,en,er,es,em); o30 dreißigst(e,en,er,es,em);
o40 vierzigst(e,en,er,es,em); o50 fünfzigst(e,en,er,es,em); o100 hundertst(e,en,er,es,em);
l0.5 halb(e,en,er,es,em) halb hälfte; l0.25 viertel quartal; l0.3333333333 drittel;
l1.5 anderthalb eineinhalb; l2.5 zweieinhalb; l3.5 dreieinhalb; l4.5 viereinhalb; l5.5 fünfeinhalb;
l2 beid(e,en,er,es,em) paar zweimal doppelt(e,en,er,es) doppel verdoppelt verdoppeln zweitens;
l3 dreimal dreifach(e,en,er,es) drittens trio verdreifacht; l4 viermal vierfach(e,en); l5 fünfmal;
l10 jahrzehnt jahrzehnt(e,en,es) dekade dekaden; l12 dutzend dutzende; l20 zwanziger; l30 dreißiger;
l40 vierziger; l50 fünfziger; l60 sechziger; l70 siebziger; l80 achtziger; l90 neunziger;
l100 hunderte hunderten jahrhundert jahrhundert(e,en,s);
l1000 tausende tausenden jahrtausend jahrtausend(e,en,s); p2 zwei doppel; p3 drei; p4 vier; p5 fünf;
p6 sechs; p7 sieben; p8 acht; p9 neun; p10 zehn; p12 zwölf; p15 fünfzehn; p20 zwanzig; p30 dreißig;
p40 vierzig; p50 fünfzig; p100 hundert
"""

_FR = """
links et; 0 zéro; l1 un une premi(er,ère,ers,ères) seul seule; 2 deux; 3 trois; 4 quatre; 5 cinq; 6 six;
7 sept; 8 huit; 9 neuf; 10 dix; 11 onze; 12 douze; 13 treize; 14 quatorze; 15 quinze; 16 seize;
20 vingt vingts; 30 trente; 40 quarante; 50 cinquante; 60 soixante; 70 septante; 80 huitante octante;
90 nonante; 100 cent cents; 1000 mille mill(iers); 1000000 million millions mio;
1000000000 milliard milliards md mds; 1000000000000 billion billions; o2 second seconde deuxième deuxièmes;
o3 troisième troisièmes tiers; o4 quatrième; o5 cinquième; o6 sixième; o7 septième; o8 huitième;
o9 neuvième; o10 dixième; o11 onzième; o12 douzième; o15 quinzième; o20 vingtième; o100 centième;
l0.5 demi demie moitié mi; l0.25 quart quarts trimestre;
l2 paire couple double doublé doubler deux-fois bis; l3 triple triplé tripler trio; l8 huitaine;
l10 dizaine dizaines décennie décennies; l12 douzaine douzaines; l15 quinzaine; l20 vingtaine;
l30 trentaine; l40 quarantaine; l50 cinquantaine; l60 soixantaine; l100 centaine centaines siècle siècles;
l1000 millier milliers millénaire
"""

_ES = """
links y; 0 cero; l1 un uno una primer primero primera único única; 2 dos; 3 tres; 4 cuatro; 5 cinco; 6 seis;
7 siete; 8 ocho; 9 nueve; 10 diez; 11 once; 12 doce; 13 trece; 14 catorce; 15 quince;
16 dieciséis dieciseis; 17 diecisiete; 18 dieciocho; 19 diecinueve; 20 veinte; 21 veintiun(o,a) veintiún;
22 veintidós veintidos; 23 veintitrés veintitres; 24 veinticuatro; 25 veinticinco; 26 veintiséis veintiseis;
27 veintisiete; 28 veintiocho; 29 veintinueve; 30 treinta; 40 cuarenta; 50 cincuenta; 60 sesenta;
70 setenta; 80 ochenta; 90 noventa; 100 cien ciento cientos; 200 doscient(os,as); 300 trescient(os,as);
400 cuatrocient(os,as); 500 quinient(os,as); 600 seiscient(os,as); 700 setecient(os,as);
800 ochocient(os,as); 900 novecient(os,as); 1000 mil; 1000000 millón millones;
1000000000000 billón billones; o2 segund(o,a,os,as); o3 tercer tercer(o,a,os,as) tercio tercios;
o4 cuart(o,a,os,as); o5 quint(o,a,os,as); o6 sext(o,a,os,as); o7 séptim(o,a,os,as); o8 octav(o,a,os,as);
o9 noven(o,a,os,as); o10 décim(o,a,os,as); l0.5 medio media mitad medios; l0.25 cuarto trimestre;
l2 ambos ambas par pareja doble dobl(ar,ado,ó) segundo bienal; l3 triple trío; l6 semestre;
l10 década décadas decena decenas; l12 docena docenas; l20 veintena; l100 centenar centenares siglo siglos;
l1000 miles millar millares milenio
"""

_IT = """
0 zero; l1 un uno una prim(o,a,i,e) unic(o,a); 2 due; 3 tre; 4 quattro; 5 cinque; 6 sei; 7 sette; 8 otto;
9 nove; 10 dieci; 11 undici; 12 dodici; 13 tredici; 14 quattordici; 15 quindici; 16 sedici; 17 diciassette;
18 diciotto; 19 diciannove; 20 venti; 30 trenta; 40 quaranta; 50 cinquanta; 60 sessanta; 70 settanta;
80 ottanta; 90 novanta; 100 cento; 1000 mille mila; 1000000 milione milioni mln;
1000000000 miliardo miliardi mld; 1000000000000 bilione bilioni; o2 second(o,a,i,e); o3 terz(o,a,i,e);
o4 quart(o,a,i,e); o5 quint(o,a,i,e); o6 sest(o,a,i,e); o7 settim(o,i); o8 ottav(o,a,i,e); o9 non(o,a);
o10 decim(o,a,i,e); l0.5 mezz(o,a) metà; l0.25 quarto trimestre;
l2 entramb(i,e) coppia paio doppi(o,a) raddoppi(ato,are) ambedue; l3 tripl(o,a) trio;
l10 decenni(o) decina decine; l12 dozzina dozzine; l15 quindicina; l20 ventina; l30 trentina;
l40 quarantina; l50 cinquantina; l100 centinai(o,a) secolo secoli; l1000 migliai(o,a) millennio
"""

_PT = """
links e; 0 zero; l1 um uma primeir(o,a,os,as) únic(o,a); 2 dois duas; 3 três; 4 quatro; 5 cinco; 6 seis;
7 sete; 8 oito; 9 nove; 10 dez; 11 onze; 12 doze; 13 treze; 14 catorze quatorze; 15 quinze;
16 dezesseis dezasseis; 17 dezessete dezassete; 18 dezoito; 19 dezenove dezanove; 20 vinte; 30 trinta;
40 quarenta; 50 cinquenta; 60 sessenta; 70 setenta; 80 oitenta; 90 noventa; 100 cem cento;
200 duzent(os,as); 300 trezent(os,as); 400 quatrocent(os,as); 500 quinhent(os,as); 600 seiscent(os,as);
700 setecent(os,as); 800 oitocent(os,as); 900 novecent(os,as); 1000 mil; 1000000 milhão milhões;
1000000000 bilhão bilhões; o2 segund(o,a,os,as); o3 terceir(o,a,os,as) terço terços; o4 quart(o,a,os,as);
o5 quint(o,a,os,as); o6 sext(o,a); o7 sétim(o,a); o8 oitav(o,a); o9 non(o,a); o10 décim(o,a);
l0.5 mei(o,a) metade; l0.25 trimestre; l2 ambos ambas par casal dobro dupl(o,a) dupla; l3 tripl(o,a) trio;
l6 semestre; l10 década décadas dezena dezenas; l12 dúzia dúzias; l100 centena centenas século séculos;
l1000 milhar milhares milénio milênio
"""

_NL = """
0 nul; l1 een één eerste eens enige; 2 twee; 3 drie; 4 vier; 5 vijf; 6 zes; 7 zeven; 8 acht; 9 negen;
10 tien; 11 elf; 12 twaalf; 13 dertien; 14 veertien; 15 vijftien; 16 zestien; 17 zeventien; 18 achttien;
19 negentien; 20 twintig; 30 dertig; 40 veertig; 50 vijftig; 60 zestig; 70 zeventig; 80 tachtig;
90 negentig; 100 honderd; 1000 duizend; 1000000 miljoen miljoenen mln; 1000000000 miljard miljarden mld;
o2 tweede; o3 derde; o4 vierde; o5 vijfde; o6 zesde; o7 zevende; o8 achtste; o9 negende; o10 tiende;
l0.5 half halve helft; l0.25 kwart kwartaal; l1.5 anderhalf anderhalve;
l2 beide paar dubbel dubbele tweemaal; l3 driemaal drievoudig(e); l10 decennium decennia tientallen tiental;
l12 dozijn; l100 honderden eeuw eeuwen; l1000 duizenden
"""

TABLES = {"en": _EN, "de": _DE, "fr": _FR, "es": _ES, "it": _IT, "pt": _PT, "nl": _NL}
HALVES = {
    "en": "and a half|and-a-half|and one half",
    "de": "und eine halbe|und ein halbes|einhalb",
    "fr": "et demie?|et demi",
    "es": "y medi[oa]",
    "it": "e mezz[oa]",
    "pt": "e mei[oa]",
    "nl": "en een halve?|en een half",
}
