"""Time expressions in Arabic, French, Spanish and Russian: words and value, seen from Wednesday 15 May 2024."""

import pytest
from documents import document, found

from onrecord.annotate.folding import fold
from onrecord.annotate.times import read
from onrecord.model import Language

FRENCH = [
    ("Le conseil s'est réuni le 3 mai 2024 sur le quai.", "3 mai 2024", "2024-05-03"),
    ("Le conseil s'est réuni du 3 au 5 mai 2024.", "3 au 5 mai 2024", "2024-05-03/2024-05-05"),
    ("Le conseil s'est réuni mercredi dernier.", "mercredi dernier", "2024-05-08"),
    ("Le conseil se réunira vendredi prochain.", "vendredi prochain", "2024-05-17"),
    ("Le quai fut fermé la semaine dernière.", "la semaine dernière", "2024-W19"),
    ("Le quai fut fermé l'année dernière.", "l'année dernière", "2023"),
    ("Le quai fut fermé le mois dernier.", "le mois dernier", "2024-04"),
    ("Le quai fut fermé il y a deux ans.", "il y a deux ans", "2022"),
    ("Le quai fut fermé il y a trois jours.", "il y a trois jours", "2024-05-12"),
    ("Le quai fut fermé il y a un mois.", "il y a un mois", "2024-04"),
    ("Le quai fut fermé il y a quelques années.", "il y a quelques années", "PAST_REF"),
    ("Le quai rouvrira dans trois jours.", "dans trois jours", "2024-05-18"),
    ("Il a plu au cours des deux dernières semaines.", "des deux dernières semaines", "P2W"),
    ("Il a plu ces derniers jours.", "ces derniers jours", "PAST_REF"),
    ("Il a plu pendant vingt et un jours.", "vingt et un jours", "P21D"),
    ("La ville était libre dans les années 1990.", "les années 1990", "199X"),
    ("La ville était libre dans les années quatre-vingt-dix.", "les années quatre-vingt-dix", "199X"),
    ("La ville était libre au XIXe siècle.", "XIXe siècle", "18XX"),
    ("La crue vint au printemps 2023.", "printemps 2023", "2023-21"),
    ("La crue vint l'été dernier.", "l'été dernier", "2023-22"),
    ("La crue vint en mars dernier.", "mars dernier", "2024-03"),
    ("La crue vint au mois de mars.", "mois de mars", "2024-03"),
    ("La crue vint en mars de l'année dernière.", "mars de l'année dernière", "2023-03"),
    ("La crue vint fin mars.", "fin mars", "2024-03"),
    ("Le prix monta au troisième trimestre 2023.", "troisième trimestre 2023", "2023-Q3"),
    ("Le conseil siège chaque lundi.", "chaque lundi", "XXXX-WXX-1"),
    ("Le conseil siège tous les lundis.", "tous les lundis", "XXXX-WXX-1"),
    ("Le conseil siège toutes les deux semaines.", "toutes les deux semaines", "P2W"),
    ("Ils partirent hier soir.", "hier soir", "2024-05-14TEV"),
    ("Ils partirent ce matin.", "ce matin", "2024-05-15TMO"),
    ("Ils partirent avant-hier.", "avant-hier", "2024-05-13"),
    ("Ils sont en grève depuis 2019.", "2019", "2019"),
    ("Ils en parlent aujourd'hui.", "aujourd'hui", "2024-05-15"),
]

SPANISH = [
    ("El consejo se reunió el 3 de mayo de 2024 en el muelle.", "3 de mayo de 2024", "2024-05-03"),
    ("El consejo se reunió del 3 al 5 de mayo de 2024.", "3 al 5 de mayo de 2024", "2024-05-03/2024-05-05"),
    ("El consejo se reunió el pasado martes.", "el pasado martes", "2024-05-14"),
    ("El consejo se reunió el martes pasado.", "martes pasado", "2024-05-14"),
    ("El consejo se reunirá el lunes que viene.", "lunes que viene", "2024-05-20"),
    ("El muelle se cerró hace tres días.", "hace tres días", "2024-05-12"),
    ("El muelle se cerró hace un año.", "hace un año", "2023"),
    ("El muelle se cerró hace años.", "hace años", "PAST_REF"),
    ("El muelle está cerrado desde hace dos meses.", "dos meses", "P2M"),
    ("El muelle se cerró la semana pasada.", "la semana pasada", "2024-W19"),
    ("El muelle se cerró el mes pasado.", "el mes pasado", "2024-04"),
    ("El muelle se cerró el año pasado.", "el año pasado", "2023"),
    ("El muelle se abrirá dentro de dos semanas.", "dentro de dos semanas", "2024-W22"),
    ("Llovió durante las últimas dos semanas.", "las últimas dos semanas", "P2W"),
    ("Llovió en los dos últimos años.", "los dos últimos años", "P2Y"),
    ("Llovió en los últimos días.", "los últimos días", "PAST_REF"),
    ("Llovió treinta y cinco días.", "treinta y cinco días", "P35D"),
    ("La ciudad fue libre en los años 90.", "los años 90", "199X"),
    ("La ciudad fue libre en la década de 1990.", "la década de 1990", "199X"),
    ("La ciudad fue libre en el siglo XIX.", "el siglo XIX", "18XX"),
    ("La crecida llegó en la primavera de 2023.", "la primavera de 2023", "2023-21"),
    ("La crecida llegó el verano pasado.", "el verano pasado", "2023-22"),
    ("La crecida llegó el pasado mes de marzo.", "el pasado mes de marzo", "2024-03"),
    ("La crecida llegó en marzo del año pasado.", "marzo del año pasado", "2023-03"),
    ("La crecida llegó a finales de marzo.", "finales de marzo", "2024-03"),
    ("El precio subió en el tercer trimestre de 2023.", "el tercer trimestre de 2023", "2023-Q3"),
    ("El consejo se reúne todos los lunes.", "todos los lunes", "XXXX-WXX-1"),
    ("El consejo se reúne los lunes.", "los lunes", "XXXX-WXX-1"),
    ("El consejo se reúne cada dos semanas.", "cada dos semanas", "P2W"),
    ("Partieron ayer por la tarde.", "ayer por la tarde", "2024-05-14TAF"),
    ("Partieron el lunes por la noche.", "lunes por la noche", "2024-05-13TNI"),
    ("Partieron anoche.", "anoche", "2024-05-14TNI"),
    ("Partieron anteayer.", "anteayer", "2024-05-13"),
]

RUSSIAN = [
    ("Совет собрался 3 мая 2024 года на причале.", "3 мая 2024", "2024-05-03"),
    ("Совет заседал с 3 по 5 мая 2024 года.", "3 по 5 мая 2024", "2024-05-03/2024-05-05"),
    ("Совет собрался в прошлую среду.", "прошлую среду", "2024-05-08"),
    ("Совет соберётся в следующую пятницу.", "следующую пятницу", "2024-05-17"),
    ("Причал закрыли на прошлой неделе.", "прошлой неделе", "2024-W19"),
    ("Причал закрыли в прошлом году.", "прошлом году", "2023"),
    ("Причал закрыли в прошлом месяце.", "прошлом месяце", "2024-04"),
    ("Причал закрыли два года назад.", "два года назад", "2022"),
    ("Причал закрыли три дня назад.", "три дня назад", "2024-05-12"),
    ("Причал закрыли неделю назад.", "неделю назад", "2024-W19"),
    ("Причал закрыли несколько лет назад.", "несколько лет назад", "PAST_REF"),
    ("Причал откроют через три дня.", "через три дня", "2024-05-18"),
    ("Причал откроют через неделю.", "через неделю", "2024-W21"),
    ("Дождь шёл за последние две недели.", "последние две недели", "P2W"),
    ("Дождь шёл последние дни.", "последние дни", "PAST_REF"),
    ("Дождь шёл двадцать пять дней.", "двадцать пять дней", "P25D"),
    ("Город был свободен в 1990-х годах.", "1990-х годах", "199X"),
    ("Город был свободен в девяностые годы.", "девяностые годы", "199X"),
    ("Город был свободен в XIX веке.", "XIX веке", "18XX"),
    ("Паводок пришёл весной 2023 года.", "весной 2023", "2023-21"),
    ("Паводок пришёл прошлым летом.", "прошлым летом", "2023-22"),
    ("Паводок пришёл в марте прошлого года.", "марте прошлого года", "2023-03"),
    ("Паводок пришёл в конце марта.", "конце марта", "2024-03"),
    ("Цена выросла в третьем квартале 2023 года.", "третьем квартале 2023", "2023-Q3"),
    ("Совет собирается каждый понедельник.", "каждый понедельник", "XXXX-WXX-1"),
    ("Совет собирается по понедельникам.", "по понедельникам", "XXXX-WXX-1"),
    ("Совет собирается каждые две недели.", "каждые две недели", "P2W"),
    ("Они уехали вчера вечером.", "вчера вечером", "2024-05-14TEV"),
    ("Они уехали утром в понедельник.", "утром в понедельник", "2024-05-13TMO"),
    ("Они уехали позавчера.", "позавчера", "2024-05-13"),
    ("Они встретились 3-го мая 2024 года.", "3-го мая 2024", "2024-05-03"),
]

ARABIC = [
    ("اجتمع مجلس مدن النهر في ٣ أيار ٢٠٢٤ على الرصيف", "٣ أيار ٢٠٢٤", "2024-05-03"),
    ("اجتمع مجلس مدن النهر في 3 ماي 2024 على الرصيف", "3 ماي 2024", "2024-05-03"),
    ("اجتمع مجلس مدن النهر في الثالث من أيار 2024 على الرصيف", "الثالث من أيار 2024", "2024-05-03"),
    ("اجتمع المجلس يوم الأربعاء الماضي على الرصيف", "يوم الأربعاء الماضي", "2024-05-08"),
    ("سيجتمع المجلس يوم الجمعة المقبل على الرصيف", "يوم الجمعة المقبل", "2024-05-17"),
    ("أغلق الرصيف الأسبوع الماضي كما قال المجلس", "الأسبوع الماضي", "2024-W19"),
    ("أغلق الرصيف في العام الماضي كما قال المجلس", "العام الماضي", "2023"),
    ("أغلق الرصيف الشهر الماضي كما قال المجلس", "الشهر الماضي", "2024-04"),
    ("أغلق الرصيف منذ ثلاثة أيام كما قال المجلس", "منذ ثلاثة أيام", "2024-05-12"),
    ("أغلق الرصيف قبل عامين كما قال المجلس", "قبل عامين", "2022"),
    ("أغلق الرصيف قبل أسبوع كما قال المجلس", "قبل أسبوع", "2024-W19"),
    ("أغلق الرصيف منذ سنوات كما قال المجلس", "منذ سنوات", "PAST_REF"),
    ("سيفتح الرصيف بعد ثلاثة أيام كما قال المجلس", "بعد ثلاثة أيام", "2024-05-18"),
    ("هطل المطر خلال العامين الماضيين على المدينة", "العامين الماضيين", "P2Y"),
    ("هطل المطر خلال السنوات الخمس الأخيرة على المدينة", "السنوات الخمس الأخيرة", "P5Y"),
    ("هطل المطر خلال الأيام القليلة الماضية على المدينة", "الأيام القليلة الماضية", "PAST_REF"),
    ("هطل المطر في الأيام الماضية على المدينة", "الأيام الماضية", "PAST_REF"),
    ("هطل المطر لمدة خمسة وعشرين يوما على المدينة", "خمسة وعشرين يوما", "P25D"),
    ("هطل المطر لمدة يومين على المدينة", "يومين", "P2D"),
    ("كانت المدينة حرة في التسعينيات كما قال المجلس", "التسعينيات", "199X"),
    ("كانت المدينة حرة في القرن التاسع عشر كما قال المجلس", "القرن التاسع عشر", "18XX"),
    ("جاء الفيضان في ربيع عام 2023 كما قال المجلس", "ربيع عام 2023", "2023-21"),
    ("جاء الفيضان في الصيف الماضي كما قال المجلس", "الصيف الماضي", "2023-22"),
    ("جاء الفيضان في آذار من العام الماضي كما قال المجلس", "آذار من العام الماضي", "2023-03"),
    ("جاء الفيضان في شهر آذار/مارس الماضي كما قال المجلس", "شهر آذار/مارس الماضي", "2024-03"),
    ("جاء الفيضان في أواخر آذار كما قال المجلس", "أواخر آذار", "2024-03"),
    ("ارتفع السعر في الربع الثالث من عام 2023 كما قال المجلس", "الربع الثالث من عام 2023", "2023-Q3"),
    ("يجتمع المجلس كل يوم اثنين على الرصيف", "كل يوم اثنين", "XXXX-WXX-1"),
    ("يجتمع المجلس كل شهرين على الرصيف", "كل شهرين", "P2M"),
    ("رحلوا مساء أمس عن المدينة كما قال المجلس", "مساء أمس", "2024-05-14TEV"),
    ("رحلوا صباح يوم الأحد عن المدينة كما قال المجلس", "صباح يوم الأحد", "2024-05-12TMO"),
    ("رحلوا أول أمس عن المدينة كما قال المجلس", "أول أمس", "2024-05-13"),
]

ROWS = [
    *(("fr", *row) for row in FRENCH),
    *(("es", *row) for row in SPANISH),
    *(("ru", *row) for row in RUSSIAN),
    *(("ar", *row) for row in ARABIC),
]

NOTHING = [
    ("fr", "Le conseil a été élu et il a passé sept heures sur le quai.", ["sept heures"]),
    ("fr", "Il a été reçu par le secrétaire général de la ville.", []),
    ("es", "El consejo hace obras y la segunda parte es de la ciudad.", []),
    ("ru", "Совет города заявил, что до сих пор никто не вернулся.", []),
    ("ar", "قال الأمين العام لمجلس مدن النهر إن باب المدينة مفتوح", []),
    ("ar", "مارس المجلس حقه في إدارة الرصيف كما قال الأمين", []),
]


def times(tag: str, text: str) -> list[tuple[str, str | None]]:
    return [(text[it.start : it.end], it.value) for it in found(text, language=tag, published="2024-05-15").times]


@pytest.mark.parametrize(("tag", "text", "words", "value"), ROWS, ids=lambda it: str(it)[:30])
def test_one_expression(tag: str, text: str, words: str, value: str) -> None:
    assert times(tag, text) == [(words, value)]


@pytest.mark.parametrize(("tag", "text", "expected"), NOTHING, ids=lambda it: str(it)[:30])
def test_words_that_only_look_like_time(tag: str, text: str, expected: list[str]) -> None:
    assert [words for words, _ in times(tag, text)] == expected


FLOODS = {
    "ar": ["منذ ", "آذار/", "١٢ رمضان / ", "و" * 20 + " ", "الأيام الماضية "],
    "fr": ["il y a ", "mars dernier ", "deux dernières ", "vingt et "],
    "es": ["hace ", "de la mañana ", "treinta y ", "marzo del año "],
    "ru": ["через ", "двадцать ", "1990-х ", "утром в "],
    "en": ["Ramadan 1445 / ", "12/9/1445 AH ", "AH ", "12 Ramadan (", "1445 "],
}


@pytest.mark.parametrize(("tag", "unit"), [(tag, unit) for tag, units in FLOODS.items() for unit in units])
def test_a_flood_of_triggers_ends(tag: str, unit: str) -> None:
    text = unit * (400_000 // len(unit))
    expressions, _ = read(document(text), fold(text), (Language(tag, 0, len(text)),))
    assert len(expressions) <= len(text) // 2
