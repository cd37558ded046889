"""Sentences of our own, in parallel, that carry what clean news seldom has often enough: organisations with
an acronym, a collective name with its verb, a programme that is not translated, a paper in quotation marks,
figures.

Everything named here is invented. ``{}`` fields are filled from ``NAMES``; a strand is put into a document
whole.
"""

from __future__ import annotations

LANGS = ("ru", "de", "uk", "cs", "en")
# field: by document one of these; each gives its value in LANGS and, where there is one, its rival in English.
FRONTS = (
    (("Фронт обновления Мерхистана", "ФОМ"), ("Erneuerungsfront Merhistans",
     "EFM"), ("Фронт оновлення Мерхістану", "ФОМ"),
     ("Fronta obnovy Merhistánu", "FOM"), ("Renewal Front of Merhistan", "RFM"), "FOM"),
    (("Фронт горных общин", "ФГО"), ("Front der Berggemeinden", "FBG"), ("Фронт гірських громад", "ФГГ"),
     ("Fronta horských obcí", "FHO"), ("Mountain Communities Front", "MCF"), "FMC"),
    (("Фронт свободных долин", "ФСД"), ("Front der freien Täler", "FFT"), ("Фронт вільних долин", "ФВД"),
     ("Fronta svobodných údolí", "FSU"), ("Free Valleys Front", "FVF"), "FFV"),
    (("Фронт речной стражи", "ФРС"), ("Front der Flusswache", "FFW"), ("Фронт річкової варти", "ФРВ"),
     ("Fronta říční stráže", "FRS"), ("River Guard Front", "RGF"), "FRG"),
)  # fmt: skip
COLLECTIVES = (
    ("Шамширан", "Schamschiran", "Шамширан", "Šamširan", "Shamshiran"),
    ("Зардуна", "Sarduna", "Зардуна", "Zarduna", "Zarduna"),
    ("Талхоб", "Talchob", "Талхоб", "Talchob", "Talkhob"),
    ("Мирзагор", "Mirsagor", "Мірзагор", "Mirzagor", "Mirzaghor"),
)
TOWNS = (
    ("Кохистор", "Kochistor", "Кохістор", "Kochistor", "Kokhistor"),
    ("Бахорак", "Bachorak", "Бахорак", "Bachorak", "Bakhorak"),
    ("Навруз-Бела", "Nawrus-Bela", "Навруз-Бела", "Navruz-Bela", "Navruz-Bela"),
)
PROGRAMMES = (("Terra Nova", "New Land"), ("Casa Aperta", "Open House"), ("Via Lucis", "Path of Light"))
PAPERS = (
    ("Полуденная газета", "Mittagszeitung", "Полуднева газета", "Polední noviny", "Noonday Gazette"),
    ("Горный вестник", "Bergbote", "Гірський вісник", "Horský posel", "Mountain Herald"),
)
# {F} the organisation, {A} its acronym, {C} a collective name, {O} a town, {P} a programme, {Q} a paper; "~"
# before the
# place of a legal mark. Columns as in LANGS.
FRONT = (
    ("{F}~ ({A}) начинает новые переговоры с соседями.",
     "Die {F}~ ({A}) beginnt neue Gespräche mit den Nachbarn.",
     "{F}~ ({A}) починає нові переговори із сусідами.", "{F}~ ({A}) zahajuje nová jednání se sousedy.",
     "The {F}~ ({A}) is starting new talks with the neighbors."),
    ("{F}~ требует, чтобы дорогу открыли до зимы.",
     "Die {F}~ verlangt, dass der Weg vor dem Winter geöffnet wird.",
     "{F}~ вимагає, щоб дорогу відкрили до зими.", "{F}~ žádá, aby byla cesta otevřena před zimou.",
     "The {F}~ demands that the road be opened before winter."),
    ("Как и раньше, {A} не называет имен своих командиров.",
     "Wie bisher nennt die {A} die Namen ihrer Kommandeure nicht.",
     "Як і раніше, {A} не називає імен своїх командирів.", "Jako dosud {A} nezveřejňuje jména svých velitelů.",
     "As before, the {A} does not give the names of its commanders."),
    ("По мнению наблюдателей, {F}~ пользуется поддержкой крестьян.",
     "Nach Ansicht von Beobachtern genießt die {F}~ die Unterstützung der Bauern.",
     "На думку спостерігачів, {F}~ користується підтримкою селян.",
     "Podle pozorovatelů má {F}~ podporu rolníků.",
     "According to observers, the {F}~ enjoys the support of farmers."),
    ("Сегодня {A} отвечает за долину и перевал.", "Heute ist die {A} für das Tal und den Pass zuständig.",
     "Сьогодні {A} відповідає за долину та перевал.", "Dnes {A} odpovídá za údolí a průsmyk.",
     "Today the {A} is in charge of the valley and the pass."),
    ("После встречи {A} просит посредников приехать еще раз.",
     "Nach dem Treffen bittet die {A} die Vermittler, noch einmal zu kommen.",
     "Після зустрічі {A} просить посередників приїхати ще раз.",
     "Po schůzce {A} žádá zprostředkovatele, aby přijeli znovu.",
     "After the meeting the {A} is asking the mediators to come once more."),
    ("Вечером {F}~ отправляет гонцов в город {O}.", "Am Abend schickt die {F}~ Boten in die Stadt {O}.",
     "Увечері {F}~ відправляє гінців до міста {O}.", "Večer {F}~ posílá posly do města {O}.",
     "In the evening the {F}~ is sending messengers to the town of {O}."),
    ("В городе {O} давно знают, чего добивается {F}~.",
     "In der Stadt {O} weiß man längst, was die {F}~ erreichen will.",
     "У місті {O} давно знають, чого домагається {F}~.", "Ve městě {O} už dávno vědí, oč {F}~ usiluje.",
     "In the town of {O} people have long known what the {F}~ is trying to achieve."),
)  # fmt: skip
COLLECTIVE = (
    ("{C} держит перевал уже третий год.", "{C} hält den Pass nun schon das dritte Jahr.",
     "{C} тримає перевал уже третій рік.", "{C} drží průsmyk už třetí rok.",
     "{C} have been holding the pass for a third year now."),
    ("Крестьяне говорят, что {C} собирает налог дважды.",
     "Die Bauern sagen, dass {C} die Steuer zweimal einzieht.",
     "Селяни кажуть, що {C} збирає податок двічі.", "Rolníci říkají, že {C} vybírá daň dvakrát.",
     "Farmers say that {C} are collecting the tax twice."),
    ("В столице {C} строит новую казарму.", "In der Hauptstadt baut {C} eine neue Kaserne.",
     "У столиці {C} будує нову казарму.", "V hlavním městě {C} staví nová kasárna.",
     "In the capital {C} are building new barracks."),
    ("С осени {C} ищет новых союзников.", "Seit dem Herbst sucht {C} neue Verbündete.",
     "З осені {C} шукає нових союзників.", "Od podzimu {C} hledá nové spojence.",
     "Since the fall {C} have been looking for new allies."),
    ("Соседи видят, что {C} теряет влияние.", "Die Nachbarn sehen, dass {C} an Einfluss verliert.",
     "Сусіди бачать, що {C} втрачає вплив.", "Sousedé vidí, že {C} ztrácí vliv.",
     "The neighbors see that {C} are losing influence."),
)  # fmt: skip
PROGRAMME = (
    ("Программа {P} снова принимает заявки.", "Das Programm {P} nimmt wieder Anträge an.",
     "Програма {P} знову приймає заявки.", "Program {P} opět přijímá žádosti.",
     "The {P} program is accepting applications again."),
    ("Больницу уже много лет содержит {P}.", "Das Spital wird seit vielen Jahren von {P} unterhalten.",
     "Лікарню вже багато років утримує {P}.", "Špitál už mnoho let provozuje {P}.",
     "The infirmary has been run by {P} for many years."),
    ("За зерно для долины тоже платит {P}.", "Auch das Getreide für das Tal bezahlt {P}.",
     "За зерно для долини теж платить {P}.", "Také obilí pro údolí platí {P}.",
     "The grain for the valley is paid for by {P}, too."),
    ("Без помощи {P} мост бы не построили.", "Ohne die Hilfe von {P} wäre die Brücke nie gebaut worden.",
     "Без допомоги {P} міст би не збудували.", "Bez pomoci {P} by most nepostavili.",
     "Without the help of {P} the bridge would never have been built."),
)  # fmt: skip
PAPER = (
    ("Об этом пишет издание «{Q}».", "Darüber schreibt das Blatt „{Q}“.", "Про це пише видання «{Q}».",
     "Píše o tom list „{Q}“.", "This is reported by the newspaper “{Q}”."),
    ("Издание «{Q}» ссылается на очевидцев.", "Das Blatt „{Q}“ beruft sich auf Augenzeugen.",
     "Видання «{Q}» посилається на очевидців.", "List „{Q}“ se odvolává na očité svědky.",
     "The newspaper “{Q}” cites eyewitnesses."),
    ("Снимки прислало издание «{Q}».", "Die Bilder schickte das Blatt „{Q}“.",
     "Знімки надіслало видання «{Q}».",
     "Snímky zaslal list „{Q}“.", "The pictures were sent in by the newspaper “{Q}”."),
    ("Позже издание «{Q}» исправило ошибку.", "Später berichtigte das Blatt „{Q}“ den Fehler.",
     "Пізніше видання «{Q}» виправило помилку.", "Později list „{Q}“ chybu opravil.",
     "Later the newspaper “{Q}” corrected the mistake."),
)  # fmt: skip
# {n} is one number in all languages.
FIGURES = (
    ("До перевала оттуда {n} км по горной дороге.", "Von dort sind es {n} km Bergweg bis zum Pass.",
     "До перевалу звідти {n} км гірською дорогою.", "Odtud je to k průsmyku {n} km po horské cestě.",
     "From there it is {n} km to the pass along a mountain track."),
    ("Урожай за один год сократился на {n} %.", "Die Ernte ist in einem Jahr um {n} % gesunken.",
     "Урожай за один рік скоротився на {n} %.", "Úroda se za jediný rok snížila o {n} %.",
     "The harvest has shrunk by {n}% in a single year."),
    ("Мешок муки стоил на базаре {n} рублей.", "Ein Sack Mehl kostete auf dem Basar {n} Rubel.",
     "Мішок борошна коштував на базарі {n} рублів.", "Pytel mouky stál na trhu {n} rublů.",
     "A sack of flour cost {n} rubles at the bazaar."),
    ("Караван вышел в путь {n} марта.", "Die Karawane brach am {n}. März auf.",
     "Караван вирушив у дорогу {n} березня.", "Karavana se vydala na cestu {n}. března.",
     "The caravan set out on March {n}."),
)  # fmt: skip
# A hospital in every sentence: a term for the glossary.
TERM = (
    ("Новая больница откроется весной.", "Das neue Krankenhaus wird im Frühjahr eröffnet.",
     "Нова лікарня відкриється навесні.",
     "Nová nemocnice se otevře na jaře.", "The new hospital will open in the spring."),
    ("До долины больница была только в столице.", "Vor dem Tal gab es ein Krankenhaus nur in der Hauptstadt.",
     "До долини лікарня була тільки у столиці.", "Před údolím byla nemocnice jen v hlavním městě.",
     "Before the valley, only the capital had a hospital."),
    ("Крестьяне сами построили больницу из камня.", "Die Bauern haben das Krankenhaus selbst aus Stein gebaut.",
     "Селяни самі збудували лікарню з каменю.", "Rolníci postavili nemocnici sami z kamene.",
     "Farmers built the hospital themselves out of stone."),
    ("Зимой больница лечит даже погонщиков.", "Im Winter behandelt das Krankenhaus sogar die Treiber.",
     "Узимку лікарня лікує навіть погоничів.", "V zimě nemocnice léčí i honáky.",
     "In winter the hospital treats even the drovers."),
)  # fmt: skip
STRANDS = {
    "front": FRONT,
    "collective": COLLECTIVE,
    "programme": PROGRAMME,
    "paper": PAPER,
    "figures": FIGURES,
    "term": TERM,
}
