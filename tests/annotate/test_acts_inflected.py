"""Speech acts in Arabic, French, Spanish and Russian: what a sentence of a statement does, and what does nothing.

Each case is a sentence in the body of a statement with letterhead, date and signature, read by the whole `annotate`.
"""

import pytest
from annotated import document
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotate import annotate
from onrecord.annotate.conjugation import mood, reading
from onrecord.model import SpeechAct

FRAMES = {
    "fr": (
        "Syndicat des bateliers de Keld\n\nKeld, le lundi 4 mars 2024\n\nCommuniqué\n\n"
        "Les écluses du canal sont fermées depuis trois jours et le fleuve est calme.\n\n",
        "\n\nPour le Syndicat des bateliers de Keld,\nClaire Moreau, présidente\n",
    ),
    "es": (
        "Sindicato de Barqueros de Keld\n\nKeld, lunes 4 de marzo de 2024\n\nCOMUNICADO\n\n"
        "Las esclusas del canal están cerradas desde hace tres días y el río sigue en calma.\n\n",
        "\n\nElena Ríos\nPresidenta del Sindicato de Barqueros de Keld\n",
    ),
    "ru": (
        "Союз лодочников Кельда\n\nКельд, 4 марта 2024 года\n\nЗАЯВЛЕНИЕ\n\n"
        "Шлюзы канала закрыты уже три дня, а на реке спокойно.\n\n",
        "\n\nАнна Резник,\nпредседатель Союза лодочников Кельда\n",
    ),
    "ar": (
        "نقابة ملاحي كيلد\n\nكيلد، 4 آذار/مارس 2024\n\nبيان\n\nأهويسة القناة مغلقة منذ ثلاثة أيام والنهر هادئ.\n\n",
        "\n\nسليم الحداري\nرئيس نقابة ملاحي كيلد\n",
    ),
}


def own(tag: str, said: str) -> tuple[str, list[SpeechAct]]:
    """The text, and the acts in the statement's voice that stand in `said`."""
    before, after = FRAMES[tag]
    text = before + said + after
    found = annotate(document(text))
    return text, [it for it in found.acts if it.within == "st1" and it.cue.start >= len(before)]


def done(tag: str, said: str) -> list[tuple[str, str]]:
    text, acts = own(tag, said)
    return [(it.act, it.cue.of(text)) for it in acts]


DOES = [
    ("fr", "Nous exigeons du ministère la réouverture des écluses.", [("demand", "exigeons")]),
    ("fr", "Nous ne reconnaissons pas cette taxe.", [("refuse", "ne reconnaissons pas")]),
    ("fr", "Nous ne paierons pas cette taxe.", [("refuse", "ne paierons pas")]),
    ("fr", "Le syndicat condamne la fermeture des écluses.", [("condemn", "condamne")]),
    ("fr", "Nous vous demandons de rester calmes.", [("request", "demandons")]),
    ("fr", "Le syndicat a décidé de suspendre le travail.", [("decide", "a décidé")]),
    ("fr", "Nous avons décidé de suspendre le travail.", [("decide", "avons décidé")]),
    ("fr", "Nous exprimons notre vive inquiétude.", [("concern", "exprimons notre vive inquiétude")]),
    ("fr", "Nous présentons nos condoléances aux familles.", [("condole", "présentons nos condoléances")]),
    ("fr", "Nous prenons également note de sa lettre.", [("note", "prenons également note")]),
    ("fr", "Nous sommes profondément préoccupés par la crue.", [("concern", "préoccupés")]),
    ("fr", "Nous sommes prêts à négocier.", [("offer", "prêts")]),
    ("fr", "Si le ministère ne répond pas, nous bloquerons le canal.", [("threaten", "bloquerons")]),
    ("fr", "Faute d'accord, nous cesserons le travail.", [("threaten", "cesserons")]),
    ("fr", "Les deux parties doivent quitter la rive.", [("demand", "doivent")]),
    ("fr", "Il faut que le ministère publie les comptes.", [("demand", "Il faut que")]),
    ("fr", "Aucun batelier ne sera sanctionné.", [("promise", "ne sera sanctionné")]),
    ("fr", "Nous tenons à remercier les dockers de Marn.", [("praise", "remercier")]),
    ("fr", "Nous continuerons à aider les familles.", [("promise", "continuerons")]),
    ("fr", "Les riverains sont priés de rester chez eux.", [("request", "sont priés")]),
    ("fr", "Nous n'excluons pas une nouvelle grève.", [("note", "n'excluons pas")]),
    (
        "fr",
        "Nous nous félicitons de l'accord et remercions la Commission.",
        [("praise", "nous félicitons"), ("praise", "remercions")],
    ),
    ("fr", "Nous nous opposons à la taxe.", [("refuse", "nous opposons")]),
    ("fr", "Le syndicat s'engage à publier ses comptes.", [("promise", "s'engage")]),
    ("fr", "Je ne signerai pas cet accord.", [("refuse", "ne signerai pas")]),
    ("fr", "Libérez les pêcheurs !", [("demand", "Libérez")]),
    ("fr", "Toute attaque contre nos bateaux recevra une réponse.", [("threaten", "recevra")]),
    ("es", "Exigimos la reapertura de las esclusas.", [("demand", "Exigimos")]),
    ("es", "No reconocemos esa tasa.", [("refuse", "No reconocemos")]),
    ("es", "No pagaremos esa tasa.", [("refuse", "No pagaremos")]),
    ("es", "El Sindicato condena el cierre de las esclusas.", [("condemn", "condena")]),
    ("es", "Pedimos a los vecinos que mantengan la calma.", [("request", "Pedimos")]),
    ("es", "El Sindicato ha acordado suspender el trabajo.", [("decide", "ha acordado")]),
    ("es", "Hemos decidido suspender el trabajo.", [("decide", "Hemos decidido")]),
    ("es", "Expresamos nuestra honda preocupación.", [("concern", "Expresamos nuestra honda preocupación")]),
    ("es", "Enviamos nuestras condolencias a las familias.", [("condole", "Enviamos nuestras condolencias")]),
    ("es", "Damos la bienvenida a los nuevos socios.", [("praise", "Damos la bienvenida")]),
    ("es", "Tomamos debida nota de su carta.", [("note", "Tomamos debida nota")]),
    ("es", "Estamos muy preocupados por el nivel del agua.", [("concern", "preocupados")]),
    ("es", "Si el Ministerio no responde, cerraremos el canal.", [("threaten", "cerraremos")]),
    ("es", "Las dos partes deben abandonar la orilla.", [("demand", "deben")]),
    ("es", "Ningún barquero será multado.", [("promise", "será multado")]),
    ("es", "Queremos agradecer a los estibadores de Marn.", [("praise", "agradecer")]),
    ("es", "Nos comprometemos a publicar las cuentas.", [("promise", "Nos comprometemos")]),
    ("es", "El Sindicato se compromete a publicar sus cuentas.", [("promise", "se compromete")]),
    ("es", "No descartamos una nueva huelga.", [("note", "No descartamos")]),
    (
        "es",
        "Rechazamos la tasa, exigimos la reapertura y llamamos al Consejo a actuar.",
        [("refuse", "Rechazamos"), ("demand", "exigimos"), ("urge", "llamamos")],
    ),
    ("es", "Nos negamos a pagar.", [("refuse", "Nos negamos")]),
    ("es", "Negamos haber cortado el canal.", [("deny", "Negamos")]),
    ("es", "Cualquier ataque a nuestros barcos tendrá respuesta.", [("threaten", "tendrá")]),
    ("es", "Primero. Condena el cierre.\n\nSegundo. Pide calma.", [("condemn", "Condena"), ("request", "Pide")]),
    ("es", "Mientras no haya respuesta, no volveremos al trabajo.", [("refuse", "no volveremos")]),
    ("ru", "Мы требуем открыть шлюзы.", [("demand", "требуем")]),
    ("ru", "Мы не признаём этот налог.", [("refuse", "не признаём")]),
    ("ru", "Мы не будем платить этот налог.", [("refuse", "не будем платить")]),
    ("ru", "Мы заплатим за сломанные сети.", [("promise", "заплатим")]),
    ("ru", "Не допустим закрытия канала.", [("refuse", "Не допустим")]),
    ("ru", "Просим жителей сохранять спокойствие.", [("request", "Просим")]),
    ("ru", "Мы призываем стороны прекратить огонь.", [("urge", "призываем")]),
    ("ru", "Союз решил приостановить работу.", [("decide", "решил")]),
    ("ru", "Мы решили приостановить работу.", [("decide", "решили")]),
    ("ru", "Выражаем глубокую обеспокоенность.", [("concern", "Выражаем глубокую обеспокоенность")]),
    ("ru", "Приносим соболезнования семьям погибших.", [("condole", "Приносим соболезнования")]),
    ("ru", "Мы глубоко обеспокоены закрытием шлюзов.", [("concern", "обеспокоены")]),
    ("ru", "Мы готовы к переговорам.", [("offer", "готовы")]),
    ("ru", "Если министерство не ответит, мы перекроем канал.", [("threaten", "перекроем")]),
    ("ru", "Обе стороны должны покинуть берег.", [("demand", "должны")]),
    ("ru", "Мы хотим поблагодарить докеров Марна.", [("praise", "поблагодарить")]),
    ("ru", "Союз обязуется опубликовать отчёт.", [("promise", "обязуется")]),
    ("ru", "Мы не исключаем новой забастовки.", [("note", "не исключаем")]),
    (
        "ru",
        "Мы отвергаем налог, требуем открыть шлюзы и призываем совет вмешаться.",
        [("refuse", "отвергаем"), ("demand", "требуем"), ("urge", "призываем")],
    ),
    ("ru", "Освободите рыбаков!", [("demand", "Освободите")]),
    ("ru", "Ни один лодочник не пострадает.", [("promise", "не пострадает")]),
    ("ru", "Любое нападение на наши лодки получит ответ.", [("threaten", "получит")]),
    ("ru", "Союз не будет платить налог.", [("refuse", "не будет платить")]),
    ("ru", "Ссылаясь на соглашение, мы требуем ответа.", [("recall", "Ссылаясь"), ("demand", "требуем")]),
    ("ru", "Я не подпишу это соглашение.", [("refuse", "не подпишу")]),
    ("ar", "نطالب الوزارة بفتح الأهوسة.", [("demand", "نطالب")]),
    ("ar", "لا نعترف بهذه الضريبة.", [("refuse", "لا نعترف")]),
    ("ar", "لن ندفع هذه الضريبة.", [("refuse", "لن ندفع")]),
    ("ar", "سنبقى على ضفاف النهر.", [("promise", "سنبقى")]),
    ("ar", "وسوف نواصل مساعدة العائلات.", [("promise", "وسوف نواصل")]),
    ("ar", "تدين النقابة إغلاق الأهوسة.", [("condemn", "تدين")]),
    ("ar", "إن النقابة تدين إغلاق الأهوسة.", [("condemn", "تدين")]),
    ("ar", "ندعو السكان إلى التزام الهدوء.", [("urge", "ندعو")]),
    ("ar", "قررت النقابة تعليق العمل.", [("decide", "قررت")]),
    ("ar", "قررنا تعليق العمل.", [("decide", "قررنا")]),
    ("ar", "نعرب عن قلقنا البالغ إزاء مستوى المياه.", [("concern", "نعرب عن قلقنا البالغ")]),
    ("ar", "نحن قلقون من إغلاق الأهوسة.", [("concern", "قلقون")]),
    ("ar", "إذا لم ترد الوزارة فسوف نغلق القناة.", [("threaten", "فسوف نغلق")]),
    ("ar", "على الوزارة أن تنشر الحسابات.", [("demand", "على")]),
    ("ar", "يجب أن تفتح الأهوسة.", [("demand", "يجب أن")]),
    ("ar", "نود أن نشكر عمال ميناء مارن.", [("praise", "نشكر")]),
    ("ar", "تتعهد النقابة بنشر حساباتها.", [("promise", "تتعهد")]),
    ("ar", "لا نستبعد إضرابا جديدا.", [("note", "لا نستبعد")]),
    (
        "ar",
        "نرفض الضريبة ونطالب بفتح الأهوسة وندعو المجلس إلى التدخل.",
        [("refuse", "نرفض"), ("demand", "ونطالب"), ("urge", "وندعو")],
    ),
    ("ar", "لن تدفع أي عائلة ثمن الإضراب.", [("promise", "لن تدفع")]),
    ("ar", "أفرجوا عن الصيادين.", [("demand", "أفرجوا")]),
    ("ar", "ولن تقبل النقابة بأي ضريبة.", [("refuse", "ولن تقبل")]),
    ("ar", "يا أهلنا، ندعوكم إلى الصبر.", [("urge", "ندعوكم")]),
    ("ar", "نحمّل الوزارة كامل المسؤولية.", [("accuse", "نحمّل")]),
    ("ar", "ترفض النقابة أي ضريبة وتؤكد حقها في النهر.", [("refuse", "ترفض"), ("affirm", "وتؤكد")]),
]


@pytest.mark.parametrize(("tag", "said", "acts"), DOES, ids=[case[1] for case in DOES])
def test_what_a_sentence_does(tag: str, said: str, acts: list[tuple[str, str]]) -> None:
    assert done(tag, said) == acts


NOTHING = [
    # What will be, and binds nobody.
    ("fr", "Le bac reprendra lundi matin."),
    ("fr", "Nous verrons bien ce que dira le Conseil."),
    ("fr", "Le Conseil se réunira mardi et décidera."),
    ("es", "El transbordador volverá el lunes."),
    ("es", "Ya veremos qué dice el Consejo."),
    ("es", "El Consejo se reunirá el martes y decidirá."),
    ("ru", "Паром отправится в понедельник."),
    ("ru", "Пароход будет ходить по пятницам."),
    ("ru", "Совет соберётся во вторник и решит."),
    ("ar", "ستعود العبارة يوم الاثنين."),
    ("ar", "سيجتمع المجلس يوم الثلاثاء ويقرر."),
    # Relative and other dependent clauses.
    ("fr", "La taxe que nous refusons frappe les pauvres."),
    ("es", "La tasa que rechazamos golpea a los pobres."),
    ("ru", "Налог, который мы отвергаем, бьёт по бедным."),
    ("ar", "الضريبة التي نرفضها تضر بالفقراء."),
    ("ar", "الأطراف التي تدعو إلى الحوار قليلة."),
    # Another's acts.
    ("fr", "Le ministère condamne la grève."),
    ("fr", "Il nous demande de partir."),
    ("es", "El Ministerio condena la huelga."),
    ("ru", "Министерство осуждает забастовку."),
    ("ru", "Министр решил закрыть канал."),
    ("ru", "Он осудит это завтра."),
    ("ar", "تدين الوزارة الإضراب."),
    ("ar", "أكدت الوزارة أن المياه نظيفة."),
    # Nouns that look like verbs.
    ("fr", "La demande de passage coûte douze couronnes."),
    ("fr", "L'appel du 3 mars a été entendu."),
    ("es", "La condena del juez fue leve."),
    ("es", "El apoyo de los vecinos fue grande."),
    ("es", "Hubo acuerdo y rechazo."),
    ("ru", "Требование закона известно всем."),
    ("ru", "Просьба жителей была услышана."),
    ("ru", "Последним ушёл паром."),
    ("ar", "إدانة القاضي كانت خفيفة."),
    ("ar", "في سنة 2023 كانت القناة مفتوحة."),
    ("ar", "سيادة القانون أساس السلام."),
    ("ar", "على ضفة النهر مدرسة."),
    # Questions, and what is only thought of.
    ("fr", "Si nous condamnons la grève, qui nous défendra ?"),
    ("es", "¿Por qué exigimos tan poco?"),
    ("ru", "Почему мы требуем так мало?"),
    ("ar", "لماذا نطالب بالقليل؟"),
    # Plain narration in the first person.
    ("fr", "Nous avons reçu une lettre du ministère."),
    ("es", "Hemos recibido una carta del Ministerio."),
    ("es", "Queremos que el Ministerio responda."),
    ("ru", "Мы получили письмо от министерства."),
    ("ar", "تلقينا رسالة من الوزارة."),
]


@pytest.mark.parametrize(("tag", "said"), NOTHING, ids=[case[1] for case in NOTHING])
def test_what_does_nothing(tag: str, said: str) -> None:
    assert done(tag, said) == []


FLAGS = [
    ("fr", "Nous saluerions un tel accord.", "hypothetical", False, False),
    ("es", "Agradeceríamos una respuesta.", "hypothetical", False, False),
    ("ru", "Мы приветствовали бы такое соглашение.", "hypothetical", False, False),
    ("fr", "Le syndicat a décidé de suspendre le travail.", "past", False, False),
    ("es", "El Sindicato ha acordado suspender el trabajo.", "past", False, False),
    ("ru", "Мы решили приостановить работу.", "past", False, False),
    ("ar", "قررنا تعليق العمل.", "past", False, False),
    ("fr", "Aucun batelier ne sera sanctionné.", "performed", True, False),
    ("es", "No descartamos una nueva huelga.", "performed", True, False),
    ("ru", "Не допустим закрытия канала.", "performed", True, False),
    ("ar", "لن ندفع هذه الضريبة.", "performed", True, False),
    ("fr", "Faute d'accord, nous cesserons le travail.", "performed", False, True),
    ("es", "A falta de acuerdo, pararemos el 20 de marzo.", "performed", False, True),
    ("ru", "В случае отказа мы остановим работу 20 марта.", "performed", False, True),
    ("ar", "وإذا استمر الإغلاق سنقاطع السوق.", "performed", False, True),
]


@pytest.mark.parametrize(("tag", "said", "modality", "negated", "conditional"), FLAGS, ids=[case[1] for case in FLAGS])
def test_tense_negation_and_condition(tag: str, said: str, modality: str, negated: bool, conditional: bool) -> None:
    (act,) = own(tag, said)[1]
    assert (act.modality, act.negated, act.conditional) == (modality, negated, conditional)


ASKED = [
    ("fr", "Nous demandons au Conseil du bassin de rouvrir les écluses.", "Conseil du bassin"),
    ("fr", "Nous appelons le ministère à ne pas fermer le bac.", "le ministère"),
    ("fr", "Nous vous demandons de rester calmes.", "vous"),
    ("fr", "Les riverains sont priés de rester chez eux.", "Les riverains"),
    ("fr", "Nous présentons nos condoléances aux familles des disparus.", "familles des disparus"),
    ("es", "Pedimos a los vecinos que mantengan la calma.", "los vecinos"),
    ("es", "Llamamos a todas las partes, y a la Guardia, a no llevar armas.", "todas las partes, y a la Guardia"),
    ("es", "Exigimos la reapertura y llamamos al Consejo a actuar.", None),
    ("ru", "Мы призываем стороны прекратить огонь.", "стороны"),
    ("ru", "Мы требуем открыть шлюзы.", None),
    ("ar", "ندعو السكان إلى التزام الهدوء.", "السكان"),
    ("ar", "نطلب من المجلس أن يفتح الأهوسة.", "المجلس"),
    ("ar", "على الوزارة أن تنشر الحسابات.", "الوزارة"),
]


@pytest.mark.parametrize(("tag", "said", "asked"), ASKED, ids=[case[1] for case in ASKED])
def test_who_is_asked(tag: str, said: str, asked: str | None) -> None:
    text, acts = own(tag, said)
    assert next((slot.spans[0].of(text) for slot in acts[0].slots if slot.role == "addressee"), None) == asked


RESOLUTIONS = [
    (
        "Assemblée des bateliers de Keld\n\nRésolution 3/2024\n\nL'Assemblée des bateliers,\n\n"
        "Rappelant sa résolution 1/2023 et soulignant l'importance du canal,\n\n"
        "Se déclarant vivement préoccupée par la crue,\n\n"
        "1. Prie le ministère de publier les relevés du fleuve, en tenant compte des crues;\n\n"
        "2. Prend note du rapport de la Commission et l'invite à poursuivre ses travaux;\n\n"
        "3. Décide de rester saisie de la question.\n",
        ["recall", "affirm", "concern", "request", "note", "invite", "decide"],
    ),
    (
        "Asamblea de Barqueros de Keld\n\nRESOLUCIÓN 3/2024\n\nLa Asamblea de Barqueros,\n\n"
        "Recordando su resolución 1/2023 y poniendo de relieve la importancia del canal,\n\n"
        "Profundamente preocupada por la riada,\n\n"
        "1. Insta al Ministerio a publicar las mediciones, teniendo presente la riada;\n\n"
        "2. Toma nota del informe, y pide a la Comisión que lo complete;\n\n"
        "3. Decide seguir ocupándose de la cuestión.\n",
        ["recall", "affirm", "concern", "urge", "note", "request", "decide"],
    ),
    (
        "مجلس حوض النهر\n\nالقرار 3 (2024)\n\nإن مجلس حوض النهر،\n\n"
        "إذ يشير إلى قراره 1 (2023)، وإذ يعرب عن قلقه البالغ إزاء الفيضان،\n\n"
        "1 - يطلب إلى الوزارة أن تنشر القياسات، ويحث السكان على التعاون؛\n\n"
        "2 - يرحب بتقرير اللجنة؛\n\n"
        "3 - يقرر أن يبقي المسألة قيد نظره.\n",
        ["recall", "concern", "request", "urge", "praise", "decide"],
    ),
    (
        "Совет бассейна реки\n\nРезолюция 3 (2024)\n\nСовет бассейна реки,\n\n"
        "ссылаясь на свою резолюцию 1 (2023) и выражая глубокую обеспокоенность наводнением,\n\n"
        "1. призывает министерство опубликовать замеры и просит комиссию продолжить работу;\n\n"
        "2. принимает к сведению доклад комиссии;\n\n"
        "3. постановляет продолжать заниматься этим вопросом.\n",
        ["recall", "concern", "urge", "request", "note", "decide"],
    ),
]


@pytest.mark.parametrize(("text", "acts"), RESOLUTIONS, ids=["fr", "es", "ar", "ru"])
def test_a_resolution_does_what_each_paragraph_says(text: str, acts: list[str]) -> None:
    found = annotate(document(text))
    assert found.statements[0].genre == "resolution"
    assert [it.act for it in found.acts] == acts


QUOTED = [
    ("fr", "Claire Moreau a déclaré : « Nous exigeons des excuses. »", "demand", "exigeons"),
    ("es", "Elena Ríos dijo: “No nos iremos”.", "refuse", "No nos iremos"),
    ("ru", "Анна Резник сказала: «Мы требуем извинений».", "demand", "требуем"),
    ("ar", "وقال سليم الحداري: «نطالب باعتذار».", "demand", "نطالب"),
]


@pytest.mark.parametrize(("tag", "said", "act", "cue"), QUOTED, ids=[case[1] for case in QUOTED])
def test_acts_inside_a_quotation_belong_to_who_is_quoted(tag: str, said: str, act: str, cue: str) -> None:
    before, after = FRAMES[tag]
    text = before + said + after
    found = annotate(document(text))
    outer, inner = sorted((it for it in found.acts if it.cue.start > len(before)), key=lambda it: it.rule != "cue")
    assert (inner.act, inner.cue.of(text), inner.parent) == (act, cue, outer.id)
    assert inner.by == outer.by is not None


INDIRECT = [
    ("fr", "Le ministre Tomas Okell a dit qu'il ne paierait pas la taxe.", [("refuse", "ne paierait pas")]),
    ("fr", "Le ministre Tomas Okell a dit que le bac reprendrait lundi.", []),
    ("es", "El ministro Tomas Okell dijo que no pagaría la tasa.", [("refuse", "no pagaría")]),
    ("es", "El ministro Tomas Okell dijo que el barco volvería el lunes.", []),
    ("ru", "Министр Томас Окелл сказал, что не заплатит налог.", [("refuse", "не заплатит")]),
    ("ru", "Министр Томас Окелл сказал, что паром вернётся в понедельник.", []),
    ("ar", "قال الوزير توماس أوكيل إنه لن يدفع الضريبة.", [("refuse", "لن يدفع")]),
    ("ar", "قال الوزير توماس أوكيل إن العبارة ستعود يوم الاثنين.", []),
]


@pytest.mark.parametrize(("tag", "said", "acts"), INDIRECT, ids=[case[1] for case in INDIRECT])
def test_acts_in_reported_words_are_those_of_who_is_reported(tag: str, said: str, acts: list[tuple[str, str]]) -> None:
    before, after = FRAMES[tag]
    text = before + said + after
    inside = [it for it in annotate(document(text)).acts if it.cue.start >= len(before) and it.rule != "cue"]
    assert [(it.act, it.cue.of(text)) for it in inside] == acts
    assert all(it.within and it.within.startswith("a") for it in inside)


CUES = [
    ("fr", "Le ministre affirme que l'écluse est sûre.", "performed"),
    ("fr", "Le ministre affirmait que l'écluse était sûre.", "reported"),
    ("fr", "Le ministre a affirmé que l'écluse est sûre.", "reported"),
    ("es", "El ministro dice que la esclusa es segura.", "performed"),
    ("es", "El ministro decía que la esclusa era segura.", "reported"),
    ("es", "El ministro dijo que la esclusa es segura.", "reported"),
    ("ru", "Министр утверждает, что шлюз безопасен.", "performed"),
    ("ru", "Министр сказал, что шлюз безопасен.", "reported"),
    ("ar", "يقول الوزير إن القناة آمنة.", "performed"),
    ("ar", "وأضاف الوزير أن القناة آمنة.", "reported"),
    ("ar", "تعهد الوزير بفتح القناة.", "reported"),
]


@pytest.mark.parametrize(("tag", "said", "modality"), CUES, ids=[case[1] for case in CUES])
def test_a_cue_says_by_its_form_whether_it_is_told_as_past(tag: str, said: str, modality: str) -> None:
    before, after = FRAMES[tag]
    (cue,) = (it for it in annotate(document(before + said + after)).acts if it.rule == "cue")
    assert cue.modality == modality


WORDS = sorted({word for case in DOES for word in case[1].split()})


@given(st.sampled_from(sorted(FRAMES)), st.lists(st.sampled_from([*WORDS, ",", "«", "»", "\n\n", "؛", "1.", ":"])))
@settings(max_examples=60, deadline=None)
def test_any_soup_of_words_is_read(tag: str, soup: list[str]) -> None:
    text, acts = own(tag, " ".join(soup))
    for act in acts:
        assert act.start <= act.cue.start < act.cue.end <= act.end <= len(text)
        assert all(act.start <= span.start < span.end <= act.end for slot in act.slots for span in slot.spans)


@pytest.mark.parametrize("tag", sorted(FRAMES))
@pytest.mark.parametrize("word", ["que", "nous", "no", "мы", "не", "إذا", "لن", "و", "si", "et", ",", "a"])
def test_a_sentence_of_one_word_said_without_end_is_read(tag: str, word: str) -> None:
    assert isinstance(own(tag, " ".join([word] * 30_000) + ".")[1], list)


FORMS = [
    ("fr", "condamnons", {"ours"}),
    ("fr", "condamne", {"third"}),
    ("fr", "condamnant", {"part"}),
    ("fr", "condamnait", set()),
    ("fr", "condamnions", set()),
    ("fr", "engageant", {"part"}),
    ("es", "condenamos", {"ours"}),
    ("es", "condene", set()),
    ("es", "acuerdo", set()),
    ("es", "propuso", {"past"}),
    ("ru", "осуждаем", {"ours"}),
    ("ru", "осудит", set()),
    ("ru", "осудил", {"past"}),
    ("ar", "ندين", {"ours"}),
    ("ar", "وندين", {"ours"}),
    ("ar", "يدين", {"third"}),
    ("ar", "أدانت", {"past"}),
    ("ar", "نحذّر", {"ours"}),
    ("ar", "مجددا", set()),
]


@pytest.mark.parametrize(("tag", "word", "forms"), FORMS, ids=[case[1] for case in FORMS])
def test_a_form_tells_who_speaks(tag: str, word: str, forms: set[str]) -> None:
    read = reading(tag, word)
    assert ({verb.form for _, verb in read.verbs} if read is not None else set()) == forms


FUTURES = [
    ("fr", "paierons", "ours"),
    ("fr", "déplorons", ""),
    ("fr", "retirons", ""),
    ("es", "pagaremos", "ours"),
    ("es", "queremos", ""),
    ("es", "reiteremos", ""),
    ("ru", "заплатим", "ours"),
    ("ru", "призываем", ""),
    ("ru", "просим", ""),
    ("ru", "последним", ""),
    ("ar", "سنبقى", "ours"),
    ("ar", "ستدفع", "third"),
    ("ar", "سنوات", ""),
    ("ar", "سيادة", ""),
]


@pytest.mark.parametrize(("tag", "word", "says"), FUTURES, ids=[case[1] for case in FUTURES])
def test_a_form_tells_whether_it_is_a_future(tag: str, word: str, says: str) -> None:
    assert mood(tag, word) == says
