"""How often letters occur, by language: made by benchmarks/letter_tables.py, not by hand."""

from __future__ import annotations

# Letter, then -3 ln of its share among the language's letters as a digit to base 36.
LETTERS: dict[str, str] = {
    "en": "e6t7o8a8i8n8s8r8h9l9dauacbmbfbpcgcwcycbcvdkfxijjzlql",
    "ca": "e6a6s7r8n8t8i8l9o9u9cadamapbvdbdgdqdfeheégxgóhàhjhíiòièjyjçkzkúlwlklïmüpäuöv",
    "cs": "e7o8a8n9t9i9s9l9v9damakauaparaíbjbhbbccczcácycžcědřdédšeýfčfůgfigjťkúlňmďnwnxnóp",
    "da": "e5r7n8d8t8i8s9a9l9o9g9makbvbfbhcbcucpcåejeøeæeyfcgwjzlxlqnét",
    "de": "e5n7i8r8s8t8a9d9haualaobgbcbmbbbfcwckdzdpeveüfägöhjiyjßjxkqo",
    "es": "e6a7o7s8r8n8i8d9l9t9c9uapbmbbcgdveyeheqeffófáfjgígéhzhxjñkwkúkklüw",
    "et": "a6e7i7s8t8l8u8n9d9k9maoarbvbgchcjcpcäcõdüebföiwmfmcnynzoxtšužw",
    "fi": "a6i7n7t7e7s8l9ä9k9o9u9mahbjbvbrbpcyddeöggjbjflcpwpxqzr",
    "fr": "e6s7t8i8a8n8r8u8o8l9dacapambébvcfdbegeqehejgxgàhèhyhzhêjwkklônîoçoâoùpëqûqïrœrüu",
    "hr": "a7i7e7o7n9j9s9t9r9u9vadamakalbpbgczcbcšdhečećfcfžgđifjxowqysótñuäw",
    "hu": "e7a7t8l8n8s9k9z9iaoaéamaraáagadbycvchcbcjdöefeőepeueófcfífügúhűkwnxo",
    "id": "a5n7e7i8k9t9u9r9m9dasagalapabbhbocycjfcfwgfgvixmznqsüw",
    "it": "e6i7a7o7n8r8t8l8s9c9dauapbmbgcvdhdbdfdzeqgèhàiòjwkkkylùlxlìménjo",
    "lt": "i6a6s8e8t9r9u9n9k9o9malapbdbgbvbjcėcšdbdydųdžeąeįfūfčhfhęickhkzkwtáuxvüv",
    "lv": "a7i7s7u8e8t8n9ramavakaāadalbpbobjbēcīczcbcgdšdceņeūfļgķižkhlģlflčo",
    "nl": "e5n7a8i8t8d8r9o9lasagahbvbmbkcuczcjcwcbcpdcdfeylxmëpéqïsqs",
    "no": "e6r8n8t8s8d8a8o9i9l9g9makahbvbfcucådbdjdpeøeyfæicoérwrxszvóv",
    "pl": "a7i7e8o8n9z9w9r9s9tayacadapbkbmbjbublbbcłcgdędąeheóeżeśfćffhńjźlxnvnqs",
    "pt": "e6a6o7s7r8i8d9n9t9m9uacapblbvcgdbefeqeheãeçfágéhzhjhxhóiíiêjõkwkkkylúmàmâoôpüs",
    "ro": "i7e7a7u8r8t8n8l9c9o9saăadapamaîcşdvdfdbeţezegfhgțijișjâlxmwnkoypqv",
    "sk": "o7a7e7n9i9t9s9r9vamalakadapbubhbjbcczcbcácydídždčešeťeýeúeľféfôiďifigiňjälwmŕmóoxpĺtüu",
    "sl": "a7o7e7i7n8r9t9s9j9valapakadamabczcucgdčdcdhešežgfjwlyoxsqu",
    "sv": "e7a7r7t8n8s8i9l9d9o9magakbvbhbäcfcucpcåcccbdödjfyfxjwkznqoéq",
    "tr": "a7e7i7r8n8l8ı9k9damatasbybubobbbzcücşdgdcdvdheçeğepeöfffjkwlxmâsqt",
    "vi": (
        "n7h8c8i8t8g9aađbmbrbàbucoclcvcưcycscbdádpdôdkdêeờeóeếedeefạfơfìfúfấfảfủgộgớgứgãgềgốgâgậgầg"
        "xhợhệhểhữhựhọhởhịhíiẽiùiqiằiặiồiòiăiắjừjụjẻjổjửkỏkũkékỗlẳlflỉlễlwmèmỡmýmĩnẫnjnẩoẹozpõpỳqỷr"
        "ẵsỹtỵu"
    ),
    "be": "а5н8і9ы9р9еaсaкaлaтaяaоaвaдaцaпaмaуbзbўcбcьcгcчdшdэdхeйeжfюfёgфjиq",
    "bg": "а6е7о7и7т8н8р9с9в9дaкaлbпbмbзbяcъcбcгdуdчdжeщeйfхfшgцgфiюlьr",
    "kk": "а6е7і8ы8н8р9т9л9д9сaқaмaбbкbзbоbуcжcңcйcпcғcшdиeгeұeәeүeөeяhхiвjфjцlьlһmюoэpчu",
    "ru": "о7е7и8а8т8н8с9в9р9л9мaпaкaдaуbыbбcяcьcзcгcчdйeжeхeюfшfцgщhфhэhёjъp",
    "sr": "а6и7е7о7с9н9р9т9вaдaуaмaкaјbпbлbгcзcбdшdчeхeћeњfцfљfжfђiфkџt",
    "uk": "о7а8и8н8в8і9т9е9р9сaдaлaкaуaмaпbяbзbбcгcьcйdхdчeжeшeюeцfїfщfєfфjґp",
    "ar": "ا6ل7ي8م8و8ن9ر9ت9بaعaهbكbفbدbسbةcقcحcجdأdخeذeشeصeىeطfضfثgئgزgإgغhءhظiآjؤlـp",
    "fa": "ا6ی7ر7د8ن8ه8و9م9ت9ب9کaسbشbلbزcفdگdخeعeجeپeقfحfآfطgصgچhيhضiژiذjغjظjثjئlكlأoۀqءsؤtﺁu",
    "el": "α7ο8τ8ε8ν8ι8σaρaςaυaκaπaμbλbηbίbάcέcόcδcθdύdωdγdήdχeώeφfβfξgζiψjΐpϋqϊr",
    "he": "ו7י7ה8ל8ת8מ9ר9ש9א9ב9נaםaעbקbדbכbחbפbטcסcןdצdגdךeזeףiץl",
}

# Of Russian, Ukrainian, Belarusian, Bulgarian and Serbian together; the last is the edge of a word.
PAIR_ALPHABET = "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґўђјљњћџ "
# A row for each first letter, a digit (as above, of the conditional share) for each second letter.
PAIRS: tuple[str, ...] = (
    "ib9dacdagc9898ic998ijdddcgzzzsedmokgugoinknz4",
    "9lfnl7rm7zf7ha5t8dn7ugnpocd7kpmcnbzwyzzrnuzza",
    "5mhmg7kg7zeahc6icagcsjlifng9hpudmazzzzzzlzzz5",
    "7pjmaczv9zi9jb2x8nj9squinzkzoeuztezzzzzzuozz9",
    "5jckf6ed7zd9h86fadg8ukfjjqgcckoeidmzzzzttmzz8",
    "jccb9eecjbb986he798mjffdegyzzuiilvmpvomnnmjz4",
    "7fkl83hw5zcfh7dwhijawzoizzneijqpiezzzzqlrnzz9",
    "4c8ea9kiazeba88daiiaxlmklykcfuodndrzzzztzzzz7",
    "geafcahacba999ffc88khadcehtzztfavzrpzzqimomz3",
    "nhikblnnrrdae99mm98uppdicwrzzzvmztqrzzzzzzzz1",
    "5qfwtagk7zkaod4t9ea9vrepnhgzxouzxbzzzzzznppz6",
    "6lnji6fi5yehlc7oqfkajopjpwke6sa8gbmvvzzzzzzz8",
    "6ljoo6tu7zgdfa6eggn8ovomsqhaimrdlbzwzzzzjtzz4",
    "5qmhe6ri5zenv96vmecbgnfjimo9dnialbmmzzszzzzz9",
    "k9798cbcebb99ahc888jjhidfhzzznfgougkwjngnrnz5",
    "7ypus8ztazhbsf3i3kf9rtjmkwhfiopgodxxzzzzozzzf",
    "4jdge6di6tejdc5ijcc8lgikfoiaghhcmdzzwztuvruza",
    "9j9pg8pt9z89db98fd4bkheijzfdbpj8henzzzzuzzzz9",
    "6m9oj6ss7zdilc5i9bhblpjitqib7jlelepqzzzzuuzz6",
    "gcab8c9djfabacmab78phdhacdszzoafuunfyloinrjz4",
    "4qxnp6zz5zmcjj5z8gd8dprzqznfknzkhazvzzzzzzzza",
    "8qcrrdzrazpdfb5oahcbqmtwpzlzumzzwdzzzzzzzyvz2",
    "5qgpr5zo5yiqqhdliphctybzvzka7fdah7kzzzzzzzzza",
    "5pgww4ou5zbgm8bugz6avtmjfzpbegqjfezyzzzoywzzb",
    "7oezr4zz5za9ib9jhk8atpiemzocahpzhczzzzzzmliz8",
    "7zmzz3zz5zzzzc4zkzibzzzzzzvzbzzlcgzzzzzzzzzzd",
    "yd9c89b9pf988bfa497yleedn9lyyyhahyyyyyyyyyyyg",
    "zeahe8lep8d88az9ebaup8eebmzszzkcsizzzgzzzzzz3",
    "ziikiez9ir9pd6bqv9dxgtflbnzzzzbdkjzwzzzzzzzz2",
    "gcfhfqjioc88e9ofbc1zehfgfzzzznpmzlzzzgzzzzzzd",
    "nadh8nhgrkjhkfvpgd6vvmd7l8szzvfuzzzfzzzzzzzz2",
    "tfbdcbhbnh8caaujed7zsdfejczzzzeizusizhzzzzzz2",
    "rjddcpfcxcda74xi9a6xofrxeqxxxxiqxxxxxgxxxxxx4",
    "he8f8qfbyab9b8ijc9atmccddjzzzxfcsidfohzzzzzz3",
    "tjbqepfixcj78bxlkddxl5pjjlxxxxlkxt9ntxxxxxxx2",
    "nxcbaxxhxxch7cxhac6tglfmbxxxtxaxxn9trxxxxxxx2",
    "4nfnc5nndnnanj6nanjannnnnnnnnnnnn4nnfnnnnnnn9",
    "pg9fbjdawwb9f7wfh6cwrneecwwwwpmfwkwwwwwwwwww2",
    "5rrrr3rr8rrrrr7rrhr5rrrrrrrrrrrrrrrrrrrrrrrrd",
    "6ihoj3tn6xinhd9ksbb7xsimqxxxxxxxxxxxxxxoxpvx7",
    "4tttl4tt6tettbfttct4ttdmhttttttttttttttttttta",
    "5tttt2tt4tttttcttgt9ttlrttttttttttttttttttttc",
    "8uquu2uu4ujujceuunu6uuuuuuuuuuuuuuuuuuuuujuu9",
    "6aggg3gg5ggggg8gggg9ggggggggggggggggggggggggg",
    "ca7b9cea8g9da897b79bfefcgfvzzeldmdjkrjyiqlmxz",
)

# Most frequent first.
COMMON: dict[str, str] = {
    "zh": (
        "的们在我他人你是一和了不以这用为有要中可个到上所来大能就地耶使会子那如时行将里说下法发也出您华多对件从因冇些都作之于者得必被自列亚并前去利其过或生与么方着面色安成果后更它但本事同应"
        "而开神定王样没给动当进现此比无新文全看儿道回日通见年已知主物加数程位器国手分把家入性名然间好提击力最意西信起向经特还打死又约何正常接目及心战基设建选受单拉路需重己只理包示话保天网很"
        "点告灵该长撒病实口城工关切相种置明任版斯支项外式量制部头类十内命罗领例布系许什指祭存非公由门住想民各问代请息小体候求众机合标活做次持备表高变立交让离带区度取象且身拿卫序处杀攻巴服解"
        "认供显士先除精平叫听助直按造至第别恶户二哈传情管快尔强等魔百计币护学确像格世女克每军感水希未兽雅敌再德月复放照移务司两据边完远光献原毒罪码金队查改找源试统言图字若少具义议圣玛报择山"
        "犹结化便始模记帮伯甚套施呢值密题尼稣四流火期站容称状近首摩随线连個哪组场老块万则"
    ),
    "zh-hant": (
        "的們我他你人在是了不一有和上這以為要說來主子到就所用可個那耶地中使能大因時也對如去必將行天會自都得您下與從於王作出給些亞過前法之列多裡華應樣者看色兒見而或事全神方同沒著生此後安面利"
        "並開但路發撒起回其麼被無己好知死道祭民定當雅向位約加手把心又家日名然成受已城話現戰阿果還她進服十基網意更聽及由巴經求何比西切動器拉各內長像它間女保若擊分特身門爾單提住叫眾族只本穌入"
        "領先體力許資裏年常任式頭設實密士物外打罪聖做取信達理讓正選百明國立建惡離耳拿靈什交攻新告命請處支直哈供羅最接便想且親金二山公猶重再候獻該件殺願案嗎瑪卻指數務很軍三工存通問帶司高程父"
        "種權需相希水未點原走活性照遠德記站關放平除呢等別萬示獸非至兩精合護火斯論邊次厄伯證口米量愛殿僕敵四專往管弟冷造克救小守石羊摩瑟息每強隱料第吃誰私隊依世群傳凡沙兄派義文助戶勒連情納聲"
        "代甚業孫答海備今部即包太言解埃害例肋居滅完永機隨容統難找訊半收衛光碼幣布啊怎少帳"
    ),
    "ja": (
        "のにたしをはーいるてですなまとがれこンらさあかストっうりリイもルそよッわきくジクんアプラだシドめフバけテつロちえュおィョせデ彼者ビパ人コ定レエムウグサ行タブメば用言みやェどケ見ろセ"
        "問び正べ主発題能キカオダ版使安マ一修ユモ出ァ上合可子ザニネ開前実要数じ場新時的間意分チ地大ず作ベソ全性撃神自動ナ中日ポ不生へ方事下以攻手更報ヤ対ょ最げむ取入王必知理力名ミ私ャ加関ペ"
        "成変ご表ワ告利同書任ほ多物設後化所法民ハ戦示来立部語他追明ォ女持族何目今会年通信受思現ツ国我特機悪提在起向認ひ引達長文弱有限勧家情内十死ぎぐね供ズ祭無共含回心連選命二直切確参証保得"
        "集解様強存権効付常ピ決ヨ脆複ボ与送聞呼期続高欠値画ぶ処ぞ月業身ゲゆ近代公記指初当込移重体次軍陥度殺先術非ガ本除外適応議再別助細道求置読気注単管予配守始許計際金敵終ざふ食ホ残恐完話例"
        "良父号択接世投検町式小状葉弟組個ぼ住感進従点字ゃ戻列支制調説去旧果結拒考約像録由"
    ),
    "ko": (
        "이하에을다가는니의로지라를그나서리고들아사여기자게은어으한도시와있내수인것스과대보되일우요너주할희호제며모습거오해말면정만전성신소세러르람드저용마위무더네께부비장합든려치상함음바적"
        "트었구야유없입였터같히데때엘안중동예프느원행님문물손두또왕당않명단경선파방운공생노버까크미백진분루간땅개계영속못매작심화른실알름받워불키조살식래능죽관돌므각누록설발레메종군된열집포"
        "온브추날냐결연했언겠력십법금목체재곧새산족업건약형디반임후릴앞직타악번처배강셨늘남복린았통본코많양길취향피줄회변난역씀던삼죄확암달울움표편광갈격감따곳먹점올택막베권망귀활창즉령천병"
        "얻애론년환항져됩절외증런근케접머필찾색떠패찌답좋참윗잡민큰램현질평될국젝판블차최및태랑준투친눈청쪽침굽커출컴교싸놈락험믿션토둘별등술석혜떤녀검렘왔축존켜겨웹쳐멸책견걸렇티듣례채엇클"
        "볼옵힘칠밀림얼규깨퓨육허떻송독째특끌읍럼곱승끝범잠순졌압닛초료벨혹플빠잘페붙월율"
    ),
}
