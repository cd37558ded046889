"""The small words of each language, most frequent first, and letter tables of two languages without a corpus.

Written by hand. ``sr-latn`` is Serbian in Latin letters.
"""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """A set written as one string with spaces."""
    return frozenset(text.split())


WORDS: dict[str, str] = {
    "en": "the and to of a in you for is that it be on with i this are will have not as he from by or "
    "they we all his can if but was has an which who their been them my at him when these one so "
    "there were no do me said our out more what would about into than its after she her had could "
    "how over just because don",
    "de": "die und der in sie zu von das für den mit ist auf eine ein es nicht werden des um dass wir "
    "oder im wird sich dem als an sind wenn einen wie ich diese er können einem aus einer du auch "
    "über kann wurde haben hat nach aber so zum was durch zur nur bei sein war noch man mehr sehr "
    "schon hier doch gibt mir mich",
    "nl": "de het van en een te in is op om zijn voor met u dat je die als niet of worden deze aan ik "
    "we door er kan dit naar ze wordt maar zal dan hebben tot heeft uit ook geen hij wat bij meer "
    "alle moet mijn nog hoe onze zich zo was waar wel heb mij goed veel hier gaat jij mensen "
    "waren werd haar",
    "da": "og er i at en af til den for på det et med som ikke der du vi de har fra om jeg ved var "
    "eller blev så hvis være men denne din alle kan over os også hvad han ham sig efter mig meget "
    "hvor blive bliver skal når kunne nogle hun havde nu vores mod mellem siger noget godt af "
    "bare",
    "no": "og i til er som en det for å de av på den ikke med har jeg han så skal kan men at vi var vil "
    "et du om da fra dem ham alle eller din dette sa ved over ut oss denne hadde der må være mot "
    "hvis meg deg seg når inn deres nå bare også etter hva hun ble bli blir opp noe mye gikk bra "
    "veldig mellom hvor av",
    "sv": "att för i och en som av den har är på till det med ett du inte om kan vi de detta eller från "
    "jag så men din alla när denna genom in var dig över han även vara sig hur måste vad mer oss "
    "efter under där hon mycket skulle mig bli blir nu bara också vill sina hade kommer inga "
    "något ingen upp ut mellan",
    "fi": "ja on hän ei että mutta se oli ovat he niin minä sen joka hänen kun jos tai ole kuin ne "
    "jotka kaikki tämä heidän mitä minun voi olen sitä nyt eivät meidän vain sanoi en myös sitten "
    "olivat me tämän siitä olla vielä näin siinä tässä hyvin mukaan jo sekä vuonna paljon ovat "
    "häntä miksi joten mikä",
    "et": "on ja ei ma kui et see me nad ta sa oma kuid meie selle nende aga seda ka pole mis nii oli "
    "kes ning nüüd või siin tagasi need tema mida kõik veel olen siis neid vastu eest peame ära "
    "oleme välja palju läbi üle peale nagu olla võib seal väga mille mind sest juba pärast",
    "fr": "de la les le et à l d des un pour en une dans est que vous du a il sur pas qui par nous ce "
    "ne plus ou n avec au sont été si qu être votre je ont s se mais ces cette comme aux ils c "
    "même tout son elle faire non bien sa était y leur très sans fait deux moi où leurs après j m "
    "ses peu encore notre",
    "es": "de la en el que y a para los se un una no las con del por es o como su al si más ha lo este "
    "tu esta pero sobre está ser sus son cuando sin esto le qué han ya todos pueden hay desde era "
    "muy también me mi yo hasta donde porque fue ese así años todo nos él ella entre dijo tiene "
    "uno ni hace",
    "ca": "de la que i a el els no per les d en un una l amb és del més ha al dels com però es s són si "
    "hi ens va aquesta aquest hem ser tot molt ara què encara pot ho us han ja fer està bé això "
    "tots quan seus fins seu on només nostres qualsevol també perquè he jo dir seva sense entre "
    "aquests",
    "pt": "de o a e que para do um em não uma os com se é da você no as por na ou como mais pode seu "
    "ser são dos ao mas sua está foi ele sobre nós das nos seus eu quando este isso eles tem sem "
    "esta pelo muito bem agora até ainda ela meu minha me já também era pela às depois há nem só "
    "disse mesmo aos anos lhe num",
    "it": "di e per il la che un è a in non i le del una l con sono si da ha dei come della su o se più "
    "al gli questo essere delle ma alla nel anche lo dell nella ad questa stato ci può ed quando "
    "sul dal loro tutti hanno all sia mi ho io era molto cosa perché anni ne fatto suo sua solo "
    "prima due cui lui lei",
    "ro": "de a în şi să și pe o la cu pentru nu care este din un mai ce se lui au că ca sau fi s va te "
    "dacă fost cum sunt ai le el ar al când prin l ei am toate era vor tot după despre cel multe "
    "fie ale ta are într cele mi foarte fără doar acest această asta lor eu noi prea nici iar "
    "unde până",
    "pl": "w i na z się nie do jest to że dla a o jak są aby przez może po ale od co za być które ich "
    "tym tak można tylko tego czy oraz już ma ten będzie by jego jako gdy który go ze te przy "
    "tych tej przed niż je bez był była było jej mnie mi pan sobie bardzo jeszcze kiedy ja nic "
    "nawet teraz u więc mam",
    "cs": "a se na v je to že s do ale k z i pro nebo si když jsou o jako tak jsem co jak aby za ve po "
    "jeho by jsme jejich od které pokud bude než pak byl jen být ty není vám tu před nás už také "
    "jste jest má který více všechny ji já může ti teď ho byla bylo při ještě bych kde velmi roku "
    "proto",
    "sk": "a sa na je to v že si ale ako sme som do s čo z sú ich tak by aby o nie už ak za tu keď nás "
    "aj po k pre len nám jeho alebo ho ja ste bol od bude ešte toto ktoré mi ma byť ty boli viac "
    "proti ťa veľmi pri má tam potom vás toho ani cez ktorý bola bolo kde povedal rokov ktorá "
    "však nič",
    "sl": "in je v se da na za so ali ne ki z pa to s kot bi ni še jih tako do če tudi ta si pri bo od "
    "po več smo ga kaj ko iz sem bodo o nekaj nam vam brez že pred nas te ti ampak vse le kako "
    "mogoče zdaj tu vsi lahko bil bila bilo zelo samo kje nič bomo moj tega",
    "hr": "i u je se na za da ne a od što s će koji te ga sve kao to kako ili o jer ti više bi mu iz "
    "nije ih ali kad tako li mi on po neka sam ako im ja si do ću biti koje samo sa još me pa oni "
    "svi gdje prije vrijeme netko tko nakon ovdje uvijek također kod bio bila bilo ovo dobro "
    "možda nešto bez",
    "sr-latn": "i je da u se na ne za su od a što ali ili kako će li to sa bi kao o koji nam može iz ako sam "
    "ih mi još ga sve te koje koja biti on samo mogu nije gde pre vreme neko ko posle ovde uvek "
    "takođe kod bio bila bilo ovo dobro možda nešto bez juče nismo ovaj deo",
    "lt": "ir kad į tai su bet iš yra aš jie jis mūsų savo ar mes kaip o čia mano kas taip ne tik tu "
    "kai jų dabar jo buvo nuo per turi gali jūsų už man dar mums ką jūs juos jau daugiau jei "
    "prieš kur būti apie prie jį mus po tavo labai reikia nei metų jos ji jog",
    "lv": "un ir no uz to tā ar tas kas es tie par bet ka tad lai viņš kā tu bija vai viņu tiem pie "
    "viņa ko jo kad būs savu nav jūs tās mēs pret tos arī ja tev jums tam pēc mums līdz man gan "
    "jūsu tur var mūsu tikai visu šī šo vēl ļoti jau gada viņi viņai kur",
    "hu": "a az és hogy nem egy meg is ha vagy de ez van el kell ki csak akkor még azt mint minden én "
    "te ő mi volt már ne ezt úgy s mert olyan be most sem lehet így itt fel más nincs új lesz "
    "több például amikor mit le amely sok azért majd voltak lett aki nagyon ami után mondta "
    "között meg erre",
    "tr": "bir ve bu için daha da olarak de ne çok veya ile gibi her kadar en var ya olan o ama sonra "
    "tüm diğer tarafından yok nasıl hangi ben değil önce sadece şey şimdi eğer başka karşı artık "
    "şekilde burada ancak ki kendi bize size bunu ilk bazı mı mi sen biz onun iyi bana böyle "
    "olduğu oldu dedi olduğunu",
    "id": "yang dan anda untuk di ini tidak dengan dari mereka akan pada kita saya kami dapat ke atau "
    "dalam itu telah lebih adalah orang jika aku sebuah bisa ada seperti semua harus para banyak "
    "memiliki bahwa lain oleh beberapa sebagai juga menjadi tetapi ketika hal saat karena tapi "
    "dia sangat hanya sudah tahun tak",
    "vi": "và của các người có là một đã ta được cho không trong tôi sẽ những đến thể với bạn ra để làm "
    "nó đó ở về này như khi con mà lại rằng đi vì từ họ vào trên mình cũng bị nào phải nhưng hãy "
    "cả theo rất anh nhiều chỉ việc năm gì thì nếu hơn sau ông nói còn",
    "ru": "в и на не с что для по к как или это из если может вы я а мы была он но чтобы о за от то эти "
    "его при так у также они которые их было быть только все до вам когда же ты она бы вас мне "
    "меня был были нет уже есть ещё еще этого этот тем чем мой ему будет был она где очень себя "
    "сказал год после вот который",
    "uk": "і на не з в та що до у для ви а як за його щоб я це він або й якщо від вони про є ми буде "
    "коли їх із але які може чи так вам бо ж ти хто то також того мене бути можна тому вона який "
    "її по був було більше цей всі лише має ще були мені вже дуже цього немає навіть де між щось "
    "після себе треба сказав",
    "be": "і з ў не на у што ён як для вы калі да гэта яго а але каб яна за ад якія па або яны іх я "
    "больш толькі ці пра было яе можа так мы аб які ж быў ўсё яму таго вам быць тое вас тым чым "
    "усё ім ёсць якая сябе была трэба мне яшчэ вельмі сказаў ужо мяне",
    "bg": "на да и се за е в от не с ще си че по са това но като може или трябва ако ни които ви а те "
    "всички към много го ми който най няма до тези има той когато какво беше само му тук ги аз "
    "още сега този което време така как тази повече при след съм бе бяха защо тя нещо беше във "
    "със",
    "sr": "да и у се је на не за су од што али или који то са ће као ли о би које ми ја нам како ако "
    "сам још више га из ти те може тако све бити он она они смо сте није нисам их им ме ми му ово "
    "тај код кад шта где после само већ него бих био била било",
    "kk": "және үшін бұл да бір де деп бар мен ол біз немесе туралы емес жоқ сіз керек болады болса "
    "арқылы өз басқа жеке болып осы қалай екен егер оның барлық деген оны көп бірақ мүмкін ең сол "
    "ма еді екі өзі",
    "ar": "في من على أن إلى التي لا ما عن قد الذي مع هذا هذه هو ذلك كان أو كل ثم لم إذا بعد هي كانت بين "
    "حتى و غير عند أي كما بعض هناك ولا قبل تم يكون لن وقد وفي وهو نحن أنا قال الى ليس منذ",
    "fa": "و در به از را که این است برای با آن ها می یک یا هم خود تا بر شده شود شد من ما شما او بود "
    "آنها کرد کند هر اما اگر باید چه نیست دارد داد چون همه دیگر پس ای کرده گفت نه هستند باشد نمی "
    "بی هیچ دو",
    "ur": "کے کی میں کا ہے اور سے کو پر یہ نے کہ ہیں وہ اس ایک نہیں تھا بھی ان ہو کر گیا تھی لیے جو تو",
    "mk": "на и да во се од е за го ја не што со ги како но или тоа ќе ми ти му по беше кои тој таа "
    "која кој дека до при сите сум само кога нив оваа овој ова еден една сака нема може уште",
}
# As in letters.py.
MORE_LETTERS: dict[str, str] = {
    "mk": ("а6и7о6е7т8н8р9с9вaдaкaлbпbмbзcјcуdбdгdшeцgчdжgхhњhфhќiљiѓkџoѕo"),
    "ur": ("ا6ک8ی6ے8ر8ن9م9س9ہ8وaلaتaپbبbھcگdدaٹfںbڑgچdقeعeجdخfشdفeئeحeآfزdطgصgضhظjغhڈiذjثkءjؤlژpۓo"),
}
