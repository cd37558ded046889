"""Small word lists by language that tell names apart: titles, heads of organisations and places, months, peoples.

Written by hand. They are cues, not gazetteers: no list of names. Words are folded lemmas (see ``morphology.fold``).
"""

from __future__ import annotations

from functools import cache


def listed(words: str) -> frozenset[str]:
    """The words of a list written as one string."""
    return frozenset(words.split())


ROLES = {
    "en": "president vice-president minister premier chancellor secretary senator congressman congresswoman "
        "governor mayor general colonel lieutenant major captain sergeant admiral commander "
        "commander-in-chief marshal officer king queen prince princess emperor empress tsar sultan emir "
        "sheikh shah duke duchess count lord lady sir dame pope cardinal bishop archbishop patriarch rabbi "
        "imam ayatollah mullah father mother sister brother fr rev mr mrs ms miss mx dr prof professor doctor "
        "judge justice barrister attorney lawyer chief head leader director chairman chairwoman chairperson "
        "chair deputy prime foreign special representative envoy ambassador spokesman spokeswoman "
        "spokesperson speaker columnist correspondent reporter journalist editor author coach driver racer "
        "manager executive ceo cfo founder analyst consultant adviser advisor expert accountant-general "
        "prosecutor comrade commissioner inspector detective constable pilot champion actor actress singer "
        "director writer poet photographer accountant scientist historian engineer artist rapper striker "
        "goalkeeper midfielder defender colonel-general vice acting former late then-president uncle aunt "
        "grandma grandpa st saint officer agent high senior staff",
    "ru": "президент вице-президент министр премьер премьер-министр вице-премьер канцлер секретарь госсекретарь "
        "сенатор депутат конгрессмен губернатор мэр генерал генерал-полковник генерал-лейтенант генерал-майор "
        "полковник подполковник лейтенант майор капитан сержант адмирал командир командующий "
        "главнокомандующий маршал король королева принц принцесса император императрица царь царица султан "
        "эмир шейх шах герцог граф князь лорд сэр папа кардинал епископ архиепископ патриарх митрополит "
        "раввин имам аятолла мулла отец мать сестра брат господин госпожа г-н г-жа доктор профессор академик "
        "судья адвокат юрист прокурор начальник глава лидер вождь директор гендиректор председатель "
        "заместитель зам замминистра посол спецпредставитель представитель представительница спикер "
        "обозреватель корреспондент журналист журналистка редактор автор тренер водитель гонщик менеджер "
        "основатель аналитик консультант советник эксперт бухгалтер товарищ комиссар инспектор следователь "
        "пилот чемпион чемпионка актер актриса певец певица режиссер писатель писательница поэт фотограф "
        "мастер ученый историк инженер художник нападающий вратарь полузащитник защитник бывший экс-президент "
        "экс-премьер дядя тетя дедушка бабушка политолог экономист блогер спортсмен теннисист хоккеист "
        "футболист миллиардер бизнесмен предприниматель наследник шеф вице-мэр понтифик преподобный святой "
        "гражданин гражданка тов",
    "uk": "президент віцепрезидент міністр прем'єр прем'єр-міністр канцлер секретар держсекретар сенатор "
        "депутат губернатор мер генерал полковник підполковник лейтенант майор капітан сержант адмірал "
        "командир командувач головнокомандувач король королева принц цар імператор папа кардинал єпископ "
        "патріарх отець пан пані доктор професор академік суддя адвокат юрист прокурор начальник глава голова "
        "лідер директор заступник посол представник речник речниця спікер оглядач кореспондент журналіст "
        "журналістка редактор автор тренер водій менеджер засновник аналітик консультант радник експерт "
        "комісар інспектор слідчий пілот чемпіон актор актриса співак співачка режисер письменник поет "
        "художник колишній очільник ексміністр князь гетьман",
    "de": "präsident präsidentin bundespräsident bundeskanzler bundeskanzlerin kanzler kanzlerin minister "
        "ministerin außenminister außenministerin innenminister finanzminister verteidigungsminister "
        "ministerpräsident premierminister bürgermeister bürgermeisterin oberbürgermeister gouverneur senator "
        "general oberst leutnant major hauptmann admiral kommandeur könig königin prinz prinzessin kaiser zar "
        "papst kardinal bischof pfarrer herr frau dr prof professor doktor richter anwalt chef chefin leiter "
        "leiterin direktor vorsitzender vorsitzende sprecher sprecherin botschafter korrespondent journalist "
        "redakteur autor autorin trainer fahrer manager gründer experte kommissar pilot schauspieler "
        "schauspielerin sänger sängerin regisseur schriftsteller stabschef graf",
    "fr": "président présidente ministre premier chancelier secrétaire sénateur député gouverneur maire général "
        "colonel lieutenant major capitaine amiral commandant roi reine prince princesse empereur pape "
        "cardinal évêque père m mme mlle monsieur madame docteur dr professeur pr juge avocat procureur chef "
        "leader directeur directrice porte-parole ambassadeur correspondant journaliste rédacteur auteur "
        "entraîneur fondateur expert comte duc saint",
    "es": "presidente presidenta ministro ministra primer canciller secretario senador diputado gobernador "
        "alcalde general coronel teniente capitán almirante comandante rey reina príncipe princesa papa "
        "cardenal obispo padre señor señora sr sra don doña doctor dr profesor juez abogado fiscal jefe líder "
        "director portavoz embajador",
    "it": "presidente ministro ministra premier cancelliere segretario senatore deputato governatore sindaco "
        "generale colonnello tenente capitano ammiraglio comandante re regina principe papa cardinale vescovo "
        "padre signor signora dottor dr professor giudice avvocato procuratore capo leader direttore "
        "portavoce ambasciatore don san",
    "pl": "prezydent premier minister kanclerz sekretarz senator poseł gubernator burmistrz generał pułkownik "
        "major kapitan admirał król królowa książę papież kardynał biskup ksiądz pan pani doktor profesor "
        "sędzia adwokat prokurator szef szefowa lider dyrektor przewodniczący rzecznik ambasador dziennikarz "
        "redaktor autor trener",
}  # fmt: skip

ORGANISATIONS = {
    "en": "front movement network party union league alliance coalition committee commission council congress "
        "parliament assembly senate duma ministry department administration agency authority bureau office "
        "service police army navy force forces guard corps brigade regiment battalion division fleet group "
        "organization organisation association federation confederation foundation fund institute institution "
        "university college school academy centre center company corporation corp inc ltd llc plc holding "
        "bank club team court tribunal church mission headquarters newspaper times post journal news gazette "
        "magazine radio television tv channel press society trust board hospital clinic museum theatre "
        "theater orchestra airlines airways nations state cartel militia command secretariat embassy "
        "government cabinet directorate inspectorate observatory caliphate",
    "ru": "фронт движение сеть партия союз лига альянс коалиция комитет комиссия совет конгресс парламент "
        "собрание сенат дума рада министерство департамент управление администрация агентство ведомство бюро "
        "служба полиция армия флот войско сила гвардия корпус бригада полк батальон дивизия группа "
        "группировка организация ассоциация федерация конфедерация фонд институт университет колледж школа "
        "академия центр компания корпорация холдинг банк клуб команда суд трибунал церковь миссия штаб газета "
        "журнал издание телеканал канал радио радиостанция агентство общество фирма концерн правление "
        "больница клиника музей театр оркестр авиакомпания объединение боевик халифат командование "
        "секретариат посольство правительство инспекция обсерватория мид минобороны минфин госдеп "
        "госдепартамент автоконцерн портал сеть ритейлер производитель",
    "uk": "фронт рух мережа партія союз спілка ліга альянс коаліція комітет комісія рада конгрес парламент "
        "збори сенат дума міністерство департамент управління адміністрація агентство відомство бюро служба "
        "поліція армія флот сила гвардія корпус бригада полк батальйон дивізія група угруповання організація "
        "асоціація федерація фонд інститут університет школа академія центр компанія корпорація банк клуб "
        "команда суд трибунал церква місія штаб газета журнал видання телеканал канал радіо товариство фірма "
        "концерн лікарня музей театр об'єднання уряд",
    "de": "front bewegung netzwerk partei union bund verband liga allianz koalition ausschuss komitee "
        "kommission rat kongress parlament bundestag senat ministerium amt behörde agentur büro dienst "
        "polizei armee marine streitkräfte truppe garde korps brigade gruppe organisation verein gesellschaft "
        "stiftung fonds institut universität schule akademie zentrum firma konzern unternehmen bank klub club "
        "mannschaft team gericht kirche mission zeitung magazin sender partei kreml regierung gmbh ag staat "
        "miliz",
    "fr": "front mouvement réseau parti union ligue alliance coalition comité commission conseil congrès "
        "parlement assemblée sénat ministère département administration agence autorité bureau service police "
        "armée marine force garde brigade groupe organisation association fédération fondation fonds institut "
        "université école académie centre société compagnie banque club équipe cour tribunal église mission "
        "journal radio télévision état",
    "es": "frente movimiento red partido unión liga alianza coalición comité comisión consejo congreso "
        "parlamento asamblea senado ministerio departamento agencia oficina servicio policía ejército fuerza "
        "grupo organización asociación federación fundación fondo instituto universidad escuela academia "
        "centro empresa compañía banco club equipo tribunal corte iglesia misión diario periódico estado",
    "it": "fronte movimento rete partito unione lega alleanza coalizione comitato commissione consiglio "
        "congresso parlamento assemblea senato ministero dipartimento agenzia ufficio servizio polizia "
        "esercito forza gruppo organizzazione associazione federazione fondazione fondo istituto università "
        "scuola centro società banca club squadra tribunale corte chiesa missione giornale stato",
    "pl": "front ruch sieć partia związek unia liga sojusz koalicja komitet komisja rada kongres parlament sejm "
        "senat ministerstwo departament urząd agencja biuro służba policja armia wojsko flota grupa "
        "organizacja stowarzyszenie federacja fundacja fundusz instytut uniwersytet szkoła akademia centrum "
        "spółka firma bank klub drużyna sąd trybunał kościół misja gazeta dziennik państwo rząd",
}  # fmt: skip

PLACES = {
    "en": "river sea ocean lake bay gulf strait cape peninsula island islands archipelago mountain mountains "
        "mount valley pass desert canyon forest city town village county province region state district "
        "republic kingdom emirate emirates territory oblast krai street avenue square road bridge port "
        "airport station coast embankment canal park dam falls hill hills",
    "ru": "река море океан озеро залив пролив мыс полуостров остров архипелаг гора горы долина перевал пустыня "
        "ущелье лес город село деревня поселок кишлак аул станица область край район округ уезд провинция "
        "регион штат графство республика королевство эмират территория улица проспект площадь шоссе мост порт "
        "аэропорт вокзал станция побережье набережная канал парк плотина гэс водопад столица страна",
    "uk": "річка море океан озеро затока протока мис півострів острів гора гори долина перевал пустеля ліс "
        "місто село селище область край район округ провінція регіон штат республіка королівство територія "
        "вулиця проспект площа міст порт аеропорт вокзал станція узбережжя канал парк столиця країна",
    "de": "fluss meer see ozean bucht golf insel berg tal pass wüste wald stadt dorf bezirk kreis provinz "
        "region bundesland republik königreich straße platz brücke hafen flughafen bahnhof küste kanal park",
    "fr": "fleuve rivière mer océan lac baie golfe île mont montagne vallée col désert forêt ville village "
        "province région département état république royaume rue avenue place pont port aéroport gare côte "
        "canal parc",
    "es": "río mar océano lago bahía golfo isla monte montaña valle desierto ciudad pueblo provincia región "
        "estado república reino calle avenida plaza puente puerto aeropuerto estación costa canal parque",
    "it": "fiume mare oceano lago baia golfo isola monte montagna valle deserto città villaggio provincia "
        "regione stato repubblica regno via piazza ponte porto aeroporto stazione costa canale parco",
    "pl": "rzeka morze ocean jezioro zatoka wyspa góra dolina przełęcz pustynia las miasto wieś województwo "
        "powiat gmina prowincja region stan republika królestwo ulica plac most port lotnisko dworzec "
        "wybrzeże kanał park",
}  # fmt: skip

PROGRAMMES = {
    "en": "law act bill code constitution regulation regulations treaty agreement accord protocol pact "
        "convention declaration resolution war revolution uprising battle operation crisis cup championship "
        "olympics games league prix race series circuit tournament festival prize award day holiday christmas "
        "easter ramadan film movie novel book song album game show series programme program project plan "
        "initiative campaign strategy format vaccine drug app platform software model missile aircraft ship "
        "submarine battleship analytics flights summit forum conference exhibition report summary statistics "
        "century age era movement",
    "ru": "закон кодекс конституция регламент договор соглашение протокол пакт конвенция декларация резолюция "
        "война революция восстание битва операция кризис кубок чемпионат олимпиада игры гран-при гонка серия "
        "турнир фестиваль премия день праздник рождество пасха рамадан фильм роман книга песня альбом игра "
        "сериал шоу программа проект план инициатива кампания стратегия формат вакцина препарат приложение "
        "платформа модель ракета самолет корабль лодка крейсер саммит форум конференция выставка доклад отчет "
        "блиц матрас сумка трофей ежегодник рассылка",
    "uk": "закон кодекс конституція регламент договір угода протокол пакт конвенція декларація резолюція війна "
        "революція повстання битва операція криза кубок чемпіонат олімпіада ігри гонка серія турнір фестиваль "
        "премія день свято різдво великдень фільм роман книга пісня альбом гра серіал шоу програма проєкт "
        "план ініціатива стратегія формат вакцина препарат застосунок платформа модель ракета літак корабель "
        "саміт форум конференція виставка",
    "de": "gesetz verfassung vertrag abkommen protokoll pakt konvention krieg weltkrieg revolution aufstand "
        "schlacht operation pokal meisterschaft weltmeisterschaft olympiade spiele turnier festival preis tag "
        "film roman buch lied album spiel serie programm projekt plan initiative strategie impfstoff app "
        "plattform rakete gipfel forum",
    "fr": "loi code constitution traité accord protocole pacte convention guerre révolution bataille opération "
        "coupe championnat jeux prix tournoi festival jour fête film roman livre chanson album jeu série "
        "programme projet plan initiative stratégie vaccin application plateforme missile sommet forum",
    "es": "ley código constitución tratado acuerdo protocolo pacto guerra revolución batalla operación copa "
        "campeonato juegos premio torneo festival día película novela libro canción álbum juego serie "
        "programa proyecto plan vacuna",
    "it": "legge codice costituzione trattato accordo protocollo patto guerra rivoluzione battaglia operazione "
        "coppa campionato giochi premio torneo festival giorno film romanzo libro canzone album gioco serie "
        "programma progetto",
    "pl": "ustawa kodeks konstytucja traktat umowa protokół pakt wojna rewolucja bitwa operacja puchar "
        "mistrzostwa igrzyska nagroda turniej festiwal dzień film powieść książka piosenka album gra serial "
        "program projekt plan",
}  # fmt: skip

# Never part of a name by itself, though written with a capital.
DATES = {
    "en": "january february march april may june july august september october november december jan feb mar "
        "apr jun jul aug sept sep oct nov dec monday tuesday wednesday thursday friday saturday sunday mon "
        "tue wed thu fri sat sun i i'm i've i'd i'll am pm a.m p.m a.m. p.m. est gmt utc",
    "de": "januar februar märz april mai juni juli august september oktober november dezember montag dienstag "
        "mittwoch donnerstag freitag samstag sonntag uhr sie ihr ihre ihnen ihren ihrem",
    "ru": "мск gmt utc вы вас вам вами ваш ваша ваше ваши вашего вашей вашему вашим ваших вашу",
    "uk": "ви вас вам вами ваш ваша ваше ваші вашого вашої вашому вашим ваших вашу",
}  # fmt: skip

# Written with a capital in the language, and alone no name; or acronyms of common nouns.
NO_NAMES = {
    "en": "usd eur gbp "
        "god ok okay dad mom mum mommy daddy mama papa internet web covid covid-19 tv pc ceo cfo ai it usb "
        "url dna rna hiv aids gdp faq ps p.s fyi lol omg wtf diy dvd cd gps sms pdf html id vip ngo pr hr phd "
        "earth arabic hebrew farsi dari pashto islamic arab arabs orthodox catholic protestant western "
        "eastern northern southern northwest northeast southwest southeast n s e w ad bc ce bce a.m p.m part "
        "chapter section article figure table appendix volume page paragraph question answer q a photo source "
        "author text image caption video editor's note no yes hi hello dear thanks thank sincerely "
        "facebook-page lord heaven suv ux ui crm gdpr api ussr-era lgbt lgbtq+ lgbtq pcr ppe hull roman "
        "numeral thing anglo-saxon caucasian hello goodbye wow oh yeah hey ugh hmm ah",
    "ru": "бог господь господи аллах интернет рунет сми тв пк ии ит чп дтп то офп ввп днк рнк вич спид спорт "
        "url pdf ps p.s id covid covid-19 фото видео текст источник автор вы ваш вас вам вами ваше ваша "
        "вопрос ответ наш он она они мы я это пресс-служба нло вуз жкх тэц аэс гэс азс кпп усн ндс чс рф-ия "
        "it ok dvd cd gps sms vip pr hr ceo лгбт юг север запад восток юго-восток северо-запад юго-запад "
        "северо-восток земля родина отечество вселенная зож пцр огэ егэ бтр бмп пво рсзо бпла дна квн фио ип "
        "ооо зао оао ао нко гаи тц трц кт мрт узи орви оон-овец гаишник",
    "uk": "бог господь інтернет змі тв пк ші зсув днк рнк віл снід url pdf ви ваш вас вам фото відео текст "
        "джерело автор covid covid-19 дтп нс ввп тов зао бпла ппо єдиний південь північ захід схід "
        "батьківщина земля",
    "de": "gott januar februar märz april mai juni juli august september oktober november dezember montag "
        "dienstag mittwoch donnerstag freitag samstag sonntag sie ihr ihre ihnen ihren ihrem uhr herr frau "
        "mutter vater mama papa internet covid covid-19 eu-weit usd eur tv pc ki dna prozent foto text quelle "
        "euro dollar million millionen milliarde milliarden ende anfang mitte jahr jahre",
    "fr": "dieu internet covid covid-19 tv pc ia adn je vous photo texte source pib français anglais russes "
        "français",
    "es": "dios internet covid covid-19 tv pc ia adn usted ustedes foto texto fuente pib",
    "it": "dio internet covid covid-19 tv pc ia dna lei foto testo fonte pil",
    "pl": "bóg internet covid covid-19 tv pc dna pan pani państwo foto tekst źródło pkb wy",
}  # fmt: skip

# English adjectives of peoples and countries, and the people themselves: with a capital, and no names of the country.
_PEOPLES = (
    "afghan african albanian algerian american angolan arabian argentine argentinian armenian asian "
        "australian austrian azerbaijani azeri bahraini bangladeshi basque belarusian belgian bolivian "
        "bosnian brazilian british briton bulgarian burmese byzantine cambodian cameroonian canadian catalan "
        "caucasian chechen chilean chinese christian colombian congolese corsican cossack croatian croat "
        "cuban cypriot czech danish dane dutch ecuadorian egyptian english englishman estonian ethiopian "
        "european eurasian filipino finnish finn flemish french frenchman georgian german ghanaian greek "
        "guatemalan haitian hawaiian honduran hungarian icelandic indian indonesian iranian iraqi irish "
        "irishman israeli italian ivorian jamaican japanese jew jewish jordanian kazakh kenyan korean kosovar "
        "kurd kurdish kuwaiti kyrgyz laotian latvian lebanese leninist liberian libyan lithuanian macedonian "
        "malaysian maltese marxist mexican moldovan mongolian montenegrin moroccan mozambican muslim namibian "
        "nazi nepalese nicaraguan nigerian norwegian omani ottoman pakistani palestinian panamanian "
        "paraguayan pashtun persian peruvian pole polish portuguese punjabi qatari roman romanian russian "
        "rwandan salvadoran saudi scandinavian scot scottish senegalese serb serbian siberian sicilian "
        "singaporean slavic slav slovak slovene slovenian somali soviet spanish spaniard stalinist sudanese "
        "sunni shia shiite swede swedish swiss syrian taiwanese tajik tamil tanzanian tatar texan thai "
        "tibetan trojan tunisian turk turkish turkmen ugandan ukrainian uruguayan uyghur uzbek venezuelan "
        "vietnamese viking welsh yemeni yugoslav zambian zimbabwean parisian londoner muscovite californian "
        "latin bavarian prussian hindu buddhist catholic protestant islamist zionist republican democrat "
        "democratic hispanic nordic baltic balkan pro-russian pro-ukrainian anti-american post-soviet"
)  # fmt: skip

LINKS = {
    "en": "of for and the & in on de del der van von di da la le el al bin ibn ben",
    "de": "für der des die und von zu van im in",
    "fr": "de du des la le les l d et pour en sur à",
    "es": "de del la las los el y para e",
    "it": "di del della dei delle degli e per la il",
    "pt": "de do da dos das e para",
    "pl": "i do na w z",
    "ru": "и по о", "uk": "і та з",
}  # fmt: skip
PARTICLES = listed(
    "de del der den van von di da la le el al bin ibn ben bint ter dos das du ван фон де бен ибн аль эль "
    "да ди дер"
)
ARTICLES = {
    "en": "the a an", "de": "der die das den dem des ein eine einen einem einer eines",
    "fr": "le la les l un une des",
    "es": "el la los las un una", "it": "il lo la i gli le un una l", "pt": "o a os as um uma",
    "nl": "de het een", "sv": "en ett den det", "da": "en et den det", "no": "en et den det",
}  # fmt: skip
TAILS = listed(
    "based era led backed owned style born wide like related free made run controlled held occupied "
    "linked funded sponsored friendly bound level sized trained built dominated ruled aligned born "
    "focused inspired speaking supported affiliated type class"
)
SPEECH = {
    "en": "said says told asked replied added stated wrote thinks believes announced whispered smiled nodded "
        "laughed",
    "ru": "сказать сказал сказала заявил заявила рассказал рассказала отметил отметила сообщил сообщила добавил "
        "добавила спросил спросила ответил ответила считает написал написала подчеркнул подчеркнула пояснил "
        "пояснила засмеялся улыбнулся кивнул",
    "uk": "сказав сказала заявив заявила розповів розповіла зазначив зазначила повідомив повідомила додав "
        "додала",
    "de": "sagte sagt erklärte erzählte fragte antwortete betonte",
    "fr": "dit déclaré affirmé expliqué", "es": "dijo afirmó declaró explicó", "pl": "powiedział powiedziała dodał",
}  # fmt: skip
IN_PLACES = {
    "en": "in from near across outside throughout",
    "ru": "в во из на под",
    "uk": "в у із з на до",
    "de": "in aus nach bei", "fr": "à en", "es": "en", "it": "in a", "pl": "w z do",
}  # fmt: skip
COMPANIES = listed("inc ltd llc plc gmbh ag corp co sa oy ab ооо оао зао пао ltd. inc. corp.")


@cache
def words_of(table: str, lang: str) -> frozenset[str]:
    """One list of this module ("ROLES", "PLACES", …) for a language; empty where there is none."""
    if table == "PEOPLES":
        if lang != "en":
            return frozenset()
        singular = _PEOPLES.split()
        return frozenset(singular) | {f"{word}s" for word in singular}
    found: dict[str, str] = globals()[table]
    return frozenset(found.get(lang, "").split())


def is_people(word: str, lang: str) -> bool:
    "Whether a folded English word is an adjective of a people or country, or the people themselves."
    known = words_of("PEOPLES", lang)
    parts = word.split("-")
    return word in known or (
        len(parts) > 1
        and all(
            part in known or part in ("anti", "pro", "post", "non", "afro", "anglo", "indo", "sino")
            for part in parts
        )
    )
