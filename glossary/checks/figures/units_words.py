"""Words for units and currencies. An entry is a unit and its forms, "a(b,c)" is "ab" and "ac"; a semicolon
stands between entries."""

from __future__ import annotations

from collections.abc import Mapping

from glossary.checks.figures.numerals import entries, expand

SHARED = """
km km км; m m м; cm cm см; mm mm мм; ft ft; mi mi; kg kg кг; mg mg мг; t t т; lb lb lbs; oz oz; l l л;
ml ml мл; ha ha га; km2 km² км²; m2 m² м²; m3 m³ м³; ft2 ft² sqft; km/h km/h kmh kph км/ч; mph mph;
m/s m/s м/с; C °c ℃; F °f ℉; kWh kwh квтч; MWh mwh; GWh gwh; W w; kW kw квт; MW mw мвт; GW gw гвт; MB mb мб;
GB gb гб; TB tb тб; kB kb кб
"""

_EN = """
km kilometer(,s) kilometre(,s) kms; m meter(,s) metre(,s); cm centimeter(,s) centimetre(,s);
mm millimeter(,s) millimetre(,s); mi mile(,s); ft foot feet; in inch(,es); yd yard(,s) yd yds;
ha hectare(,s); acre acre(,s); l liter(,s) litre(,s); gal gallon(,s); bbl barrel(,s);
kg kilogram(,s) kilo(,s) kilogramme(,s); g gram(,s) gramme(,s) g; t tonne(,s) ton(,s); lb pound(,s);
oz ounce(,s); kn knot(,s); s second(s); min minute(,s) min mins; h hour(,s) hr hrs hourly; day day(,s);
week week(,s) wk wks; month month(,s); year year(,s) yr yrs yo; MW megawatt(,s); kW kilowatt(,s);
GW gigawatt(,s); GB gigabyte(,s); MB megabyte(,s); USD dollar(,s) buck(,s); AUD dollar(,s); CAD dollar(,s);
EUR euro(,s); RUB ruble(,s) rouble(,s); UAH hryvnia(,s) hryvna(,s) hryvnya(,s) hryvnias hryven;
GBP pound(,s) quid; JPY yen; CNY yuan renminbi; CHF franc(,s); FRF franc(,s);
PLN zloty zlotys zloties zlotych złoty złotych; CZK koruna korunas koruny crown(,s);
SEK krona kronor crown(,s) krone(,r); NOK krone(,r) crown(,s); DKK krone(,r) crown(,s); TRY lira(,s) liras;
ITL lira lire; INR rupee(,s); KRW won; ILS shekel(,s); KZT tenge(,s); DEM deutschmark(,s);
IRR rial(,s) riyal(,s); BTC bitcoin(,s)
"""

_RU = """
km километр(,а,ы,ов,ам,ами,ах,е,ом) километров(ый,ая,ое,ого,ой,ом,ую,ые,ых);
m метр(,а,ы,ов,ам,ами,ах,е,ом) метров(ый,ая,ое,ого,ой,ом,ую,ые,ых);
cm сантиметр(,а,ы,ов,ам,ами,ах,е,ом) сантиметров(ый,ая,ое,ого,ой,ом,ую,ые,ых);
mm миллиметр(,а,ы,ов,ам,ами,ах) миллиметров(ый,ая,ое,ого,ой,ую,ые,ых); mi мил(я,и,ь,ю,е,ям,ями,ях);
nmi мил(я,и,ь,ю,е,ям,ями,ях); ft фут(,а,ы,ов,ам,ами); in дюйм(,а,ы,ов,ам) дюймов(ый,ая,ого);
yd ярд(,а,ы,ов,ам); ha гектар(,а,ы,ов,ам,ах); acre акр(,а,ы,ов); sotka сот(ка,ки,ок);
l литр(,а,ы,ов,ам) литров(ый,ая,ого); gal галлон(,а,ы,ов); bbl баррел(ь,я,и,ей);
kg килограмм(,а,ы,ов,ам) кило килограммов(ый,ая,ого); g грамм(,а,ы,ов,ам) гр; mg миллиграмм(,а,ы,ов);
t тонн(а,ы,у,,ам,ами,ах,е); centner центнер(,а,ы,ов); lb фунт(,а,ы,ов); oz унци(я,и,й,ю); kn уз(ел,ла,лов);
s секунд(а,ы,у,,ам,ами) сек секундн(ый,ая,ого);
min минут(а,ы,у,,ам,ами,е) мин минутн(ый,ая,ое,ого,ой,ую,ые,ых);
h час(,а,ы,ов,ам,ами,у,ом) часов(ой,ая,ое,ого,ую,ые,ых);
day дн(я,ей,ям,ями,ях) день днем суток сутки сутк(ам,ах) дневн(ый,ая,ое,ого,ой,ому,ом,ую,ые,ых);
week недел(я,и,ь,ю,е,ям,ями) недельн(ый,ая,ое,ого,ой,ую,ые,ых);
month месяц(,а,ы,ев,ам,ами,ах,ем,е) мес месячн(ый,ая,ое,ого,ой,ому,ую,ые,ых);
year год(,а,у,ом,ы,ам,ами) лет летн(ий,яя,ее,его,ей,ему,им,ем,юю,ие,их,ими) летия летие; MW мегаватт(,а,ы);
kW киловатт(,а,ы); GW гигаватт(,а,ы); C °с;
USD доллар(,а,ы,ов,у,ам,ами,ах,е) долл бакс(,ов,а) долларов(ый,ая); AUD доллар(,а,ы,ов,у,ам,ами,ах);
CAD доллар(,а,ы,ов,у,ам,ами,ах); EUR евро; RUB рубл(ь,я,и,ей,ю,ям,ями,ях,ем,е) руб р рублев(ый,ая);
UAH гривн(а,ы,у,е,ам,ами,ах) гривен гривень грн; GBP фунт(,а,ы,ов,ам); JPY иен(а,ы,у,,ам) йен(а,ы,у,,ам);
CNY юан(ь,я,и,ей,ям); CHF франк(,а,и,ов); FRF франк(,а,и,ов); PLN злот(ый,ых,ые,ого); CZK крон(а,ы,,у);
SEK крон(а,ы,,у); NOK крон(а,ы,,у); DKK крон(а,ы,,у); TRY лир(а,ы,,у); ITL лир(а,ы,,у); INR рупи(я,и,й,ю);
KRW вон(,а,ы); ILS шекел(ь,я,и,ей); KZT тенге; DEM мар(ка,ки,ок); IRR риал(,а,ы,ов);
BTC биткоин(,а,ы,ов) биткойн(,а,ы,ов)
"""

_UK = """
km кілометр(,а,и,ів,ам,ами,ах) кілометров(ий,а,е,ого,ої,у,і,их);
m метр(,а,и,ів,ам,ами,ах) метров(ий,а,е,ого,ої,у,і,их); cm сантиметр(,а,и,ів,ам) сантиметров(ий,а,е,ого);
mm міліметр(,а,и,ів) міліметров(ий,а,е,ого); mi мил(я,і,ь,ю); nmi мил(я,і,ь,ю); ft фут(,а,и,ів);
in дюйм(,а,и,ів); ha гектар(,а,и,ів); acre акр(,а,и,ів); l літр(,а,и,ів); gal галон(,а,и,ів);
bbl барел(ь,я,і,ів); kg кілограм(,а,и,ів) кіло; g грам(,а,и,ів) гр; t тон(на,ни,ну,н,нам); lb фунт(,а,и,ів);
oz унці(я,ї,й,ю); s секунд(а,и,у,,ам) сек; min хвилин(а,и,у,,ам,ами) хв хвилинн(ий,а,е,ого,ої);
h годин(а,и,у,,ам,ами,і) год годинн(ий,а,е,ого,ої,у,і,их);
day дн(я,і,ів,ям,ями,ях) день доб(а,и,у,і) діб денн(ий,а,е,ого,ої,у,і,их);
week тиж(день,ня,ні,нів,ням,нями) тижнев(ий,а,е,ого,ої);
month місяц(ь,я,і,ів,ям,ями,ях) міс місячн(ий,а,е,ого,ої,у,і,их);
year рік рок(у,и,ів,ам,ами,ах,ом) річн(ий,а,е,ого,ої,ому,им,у,і,их) річчя; USD долар(,а,и,ів,у,ам) дол;
AUD долар(,а,и,ів,у,ам); CAD долар(,а,и,ів,у,ам); EUR євро; RUB рубл(ь,я,і,ів,ю,ям) руб;
UAH грив(ня,ні,ню,ень,ням,нею) грн гривень; GBP фунт(,а,и,ів); JPY єн(а,и,у,) ієн(а,и,у,);
CNY юан(ь,я,і,ів,ей); CHF франк(,а,и,ів); PLN злот(ий,их,і,ого); CZK крон(а,и,у,); SEK крон(а,и,у,);
TRY лір(а,и,у,); INR рупі(я,ї,й); ILS шекел(ь,я,і,ів)
"""

_DE = """
km kilometer(,n,s); m meter(,n,s); cm zentimeter(,n); mm millimeter(,n); mi meile(,n); nmi seemeile(,n);
ft fuß fuss; in zoll; ha hektar; acre acre(,s); km2 quadratkilometer(,n); m2 quadratmeter(,n) qm;
m3 kubikmeter(,n); l liter(,n); gal gallone(,n); bbl barrel fass; kg kilogramm kilo(,s); g gramm;
t tonne(,n); lb pfund; oz unze(,n); s sekunde(,n) sek; min minute(,n) min minütig(e,en,er,es);
h stunde(,n) std stündig(e,en,er,es); day tag(,e,en,es) tägig(e,en,er,es);
week woche(,n) wöchig(e,en,er,es); month monat(,e,en,s,es) monatig(e,en,er,es);
year jahr(,e,en,es,s) jährig(e,en,er,es) jähriges; C grad; F grad; USD dollar(,s); AUD dollar(,s);
CAD dollar(,s); EUR euro(,s); RUB rubel(,n); UAH hrywnja hrywna griwna griwen; GBP pfund; JPY yen; CNY yuan;
CHF franken; FRF franken francs; PLN złoty zloty; CZK krone(,n); SEK krone(,n); NOK krone(,n);
DKK krone(,n); TRY lira; INR rupie(,n); DEM mark; ILS schekel
"""

_FR = """
km kilomètre(,s); m mètre(,s); cm centimètre(,s); mm millimètre(,s); mi mille(s) mile(,s); ft pied(,s);
in pouce(,s); ha hectare(,s); acre acre(,s); l litre(,s); gal gallon(,s); bbl baril(,s);
kg kilogramme(,s) kilo(,s); g gramme(,s) g; t tonne(,s); lb livre(,s); oz once(s); s seconde(s);
min minute(,s) min; h heure(,s) h; day jour(,s) journée(,s); week semaine(,s); month mois;
year an(,s) année(,s); USD dollar(,s); AUD dollar(,s); CAD dollar(,s); EUR euro(,s); RUB rouble(,s);
UAH hryvnia(,s); GBP livre(,s); JPY yen(,s); CNY yuan(,s); CHF franc(,s); FRF franc(,s); PLN zloty(,s);
CZK couronne(,s); SEK couronne(,s); NOK couronne(,s); DKK couronne(,s); TRY livre(,s)
"""

_ES = """
km kilómetro(,s); m metro(,s); cm centímetro(,s); mm milímetro(,s); mi milla(,s); ft pie(,s);
in pulgada(,s); ha hectárea(,s); acre acre(,s); l litro(,s); gal galón galones; bbl barril barriles;
kg kilogramo(,s) kilo(,s); g gramo(,s); t tonelada(,s); lb libra(,s); oz onza(,s); s segundos;
min minuto(,s) min; h hora(,s) h; day día(,s); week semana(,s); month mes(,es); year año(,s);
USD dólar dólares; AUD dólar dólares; CAD dólar dólares; EUR euro(,s); RUB rublo(,s); UAH grivna(,s);
GBP libra(,s); JPY yen yenes; CNY yuan yuanes; CHF franco(,s); FRF franco(,s); MXN peso(,s);
PLN esloti(,s) zloty(,s); CZK corona(,s); SEK corona(,s)
"""

_IT = """
km chilometr(o,i); m metr(o,i); cm centimetr(o,i); mm millimetr(o,i); mi migli(o,a); ft pied(e,i);
in pollic(e,i); ha ettar(o,i); acre acr(o,i); l litr(o,i); gal gallon(e,i); bbl baril(e,i);
kg chilogramm(o,i) chil(o,i); g gramm(o,i); t tonnellat(a,e); lb libbr(a,e); oz onc(ia,e); s second(i);
min minut(o,i); h or(a,e); day giorn(o,i); week settiman(a,e); month mes(e,i); year ann(o,i) anni;
USD dollar(o,i); AUD dollar(o,i); CAD dollar(o,i); EUR euro; RUB rubl(o,i); GBP sterlin(a,e); JPY yen;
CNY yuan; CHF franch(i); ITL lir(a,e); TRY lir(a,e)
"""

_PT = """
km quilómetro(,s) quilômetro(,s); m metro(,s); cm centímetro(,s); mm milímetro(,s); mi milha(,s); ft pé pés;
in polegada(,s); ha hectare(,s); acre acre(,s); l litro(,s); gal galão galões; bbl barril barris;
kg quilograma(,s) quilo(,s); g grama(,s); t tonelada(,s); lb libra(,s); oz onça(,s); min minuto(,s);
h hora(,s) h; day dia(,s); week semana(,s); month mês meses; year ano(,s); USD dólar dólares; EUR euro(,s);
RUB rublo(,s); GBP libra(,s); JPY iene(,s); CNY yuan; BRL reais
"""

_CS = """
km kilometr(,u,y,ů,ům,ech); m metr(,u,y,ů,ům,ech); cm centimetr(,u,y,ů); mm milimetr(,u,y,ů);
mi míl(e,í,i,ích); ft stop(a,y,); in pal(ec,ce,ců); ha hektar(,u,y,ů); acre akr(,u,y,ů); l litr(,u,y,ů);
gal galon(,u,y,ů); bbl barel(,u,y,ů); kg kilogram(,u,y,ů) kilo kila; g gram(,u,y,ů); t tun(a,y,,u,ách);
lb libr(a,y,,u) liber; oz unc(e,í); s sekund(a,y,,u,ách); min minut(a,y,,u,ách) min; h hodin(a,y,,u,ách,ám);
day den dn(i,e,y,ů,ech,ům) dní denní(,ho,m); week týd(en,ny,nů,nu,nech) týdn(e) týdenní;
month měsíc(,e,i,ů,ích,ům) měsíční(,ho,m); year rok(,u,y,ů,em,ům) let letech lety letý letá letého;
USD dolar(,u,y,ů,ech); AUD dolar(,u,y,ů); CAD dolar(,u,y,ů); EUR euro eur(a,o); RUB rubl(,u,ů,y,ech) rubel;
UAH hřiv(na,ny,en); GBP libr(a,y,,u) liber; JPY jen(,u,y,ů); CNY juan(,u,ů); CHF frank(,u,y,ů);
PLN zlot(ý,ých,é); CZK korun(a,y,,u,ách,ám) kč; SEK korun(a,y,,u); NOK korun(a,y,,u); DKK korun(a,y,,u)
"""

_PL = """
km kilometr(,a,y,ów,om,ach); m metr(,a,y,ów,om,ach); cm centymetr(,a,y,ów); mm milimetr(,a,y,ów);
mi mil(a,e,i,ach) mil; ft stop(a,y); in cal(,e,i); ha hektar(,a,y,ów); acre akr(,a,y,ów); l litr(,a,y,ów);
gal galon(,a,y,ów); bbl barył(ka,ki,ek); kg kilogram(,a,y,ów) kilo; g gram(,a,y,ów); t ton(a,y,,ę,ach);
lb funt(,a,y,ów); oz uncj(a,e,i); s sekund(a,y,,ę,ach); min minut(a,y,,ę,ach) min;
h godzin(a,y,,ę,ach,ie) godz; day dzień dni dnia dniach dób; week tydzień tygodni(e,,a,ach);
month miesiąc(,a,e,ach) miesięcy; year rok(,u,iem) lat(a,,ach) letni(,a,e,ego,ej); USD dolar(,a,y,ów,ach);
EUR euro; RUB rubl(a,e,i) rubel; UAH hrywn(a,y,ę) hrywien; GBP funt(,a,y,ów); JPY jen(,a,y,ów);
CNY juan(,a,y,ów); CHF frank(,a,i,ów); PLN złot(y,ych,e,ego) zł; CZK koron(a,y,); SEK koron(a,y,)
"""

_NL = """
km kilometer(,s); m meter(,s); cm centimeter(,s); mi mijl(,en); ft voet; in inch duim; ha hectare(,n);
l liter(,s); kg kilogram kilo; g gram; t ton; lb pond; s seconden; min minuut minuten; h uur uren;
day dag(,en); week week weken; month maand(,en); year jaar jaren; USD dollar(,s); EUR euro(,s);
RUB roebel(,s); GBP pond; JPY yen; CNY yuan
"""

_ZH = """
km 公里 千米; m 米; cm 厘米; mm 毫米; mi 英里; ft 英尺; in 英寸; ha 公顷; acre 英亩; l 升; kg 公斤 千克;
g 克; t 吨; lb 磅; oz 盎司;
km/h 公里/小时; s 秒 秒钟; min 分钟; h 小时 个小时; day 天; week 周 星期 个星期; month 个月;
year 年 岁 周岁 周年; C 摄氏度 度; F 华氏度 度;
USD 美元 美金; EUR 欧元; RUB 卢布; UAH 格里夫纳; GBP 英镑; JPY 日元; CNY 元 人民币 块; KRW 韩元
"""

_JA = """
km キロメートル キロ; m メートル; cm センチ センチメートル; mm ミリ; mi マイル; ft フィート; in インチ;
ha ヘクタール; acre エーカー; l リットル;
kg キログラム キロ; g グラム; t トン; lb ポンド; oz オンス; s 秒 秒間; min 分間; h 時間; day 日間;
week 週間; month か月 ヶ月 カ月 ヵ月;
year 年間 歳 周年; USD ドル 米ドル; EUR ユーロ; RUB ルーブル; UAH フリヴニャ; GBP ポンド; JPY 円;
CNY 元 人民元; KRW ウォン
"""

_KO = """
km 킬로미터; m 미터; cm 센티미터; mi 마일; kg 킬로그램; t 톤; h 시간; month 개월; week 주; USD 달러;
EUR 유로; RUB 루블; GBP 파운드; JPY 엔;
CNY 위안; KRW 원
"""

WORDS: Mapping[str, str] = {
    "en": _EN, "ru": _RU, "uk": _UK, "de": _DE, "fr": _FR, "es": _ES, "it": _IT, "pt": _PT, "cs":
_CS, "pl": _PL,
    "nl": _NL, "zh": _ZH, "ja": _JA, "ko": _KO,
}  # fmt: skip


def _forms(lang: str, *names: str) -> frozenset[str]:
    return frozenset(form for name, *forms in entries(WORDS[lang]) if name in names for form in expand(forms))


# Words that mean money wherever they stand: no figure is needed to know a currency by them.
_SURE = ("USD", "EUR", "RUB", "UAH", "CNY", "JPY")
_UNSURE = frozenset(
    [
        "jen",
        "р",
        "бакс",
        "бакса",
        "баксов",
        "buck",
        "bucks",
        "долл",
        "дол",
        "元",
        "块",
        "円",
        "엔",
        "원",
        "キロ",
    ]
)
SURE_MONEY: Mapping[str, frozenset[str]] = {lang: _forms(lang, *_SURE) - _UNSURE for lang in WORDS}
