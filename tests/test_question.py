import pytest

from assistant.question import understand


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Wie lautet die Telefonnummer des Lesebüros?", "phone"),
        ("An welche E-Mail-Adresse schicke ich den Antrag?", "email"),
        ("Wer sitzt im Beirat?", "members"),
        ("Wer bezahlt Ersatzteile?", "person"),
        ("In welche Entgeltgruppe kommt die Fahrerin?", "grade"),
        ("Wie viele Millionen Euro hat der Verein?", "amount"),
        ("Which clubs can apply for the grant?", "eligibility"),
        ("How can I reach the office?", "person"),
        ("Welche Kosten werden gefördert?", "list"),
        ("Wie hoch sind die Kosten?", "amount"),
        ("Wie viele Dörfer fährt der Lesebus an?", "count"),
        ("Wie lange dauert die Förderung?", "duration"),
        ("Nach wie vielen Jahren endet die Förderung?", "span"),
        ("Für welchen Zeitraum gilt der Bescheid?", "duration"),
        ("Wie früh muss der Verein Bescheid geben?", "duration"),
        ("Wie lang darf die Projektskizze sein?", "extent"),
        ("Wie viele Seiten darf der Antrag haben?", "extent"),
        ("ab wieviel mitarbeitern gilt das", "count"),
        ("Ab welcher Betriebsgröße gilt das?", "count"),
        ("Wie viel Kindergeld gibt es?", "amount"),
        ("Ab welchem Einkommen entfällt der Zuschuss?", "amount"),
        ("Wie groß ist das Jahresbudget des Vereins?", "amount"),
        ("What is the maximum grant in euros?", "amount"),
        ("Wie schnell muss der Kreis antworten?", "duration"),
        ("Wann begann das Programm?", "date"),
        ("An welchem Tag fährt der Lesebus?", "date"),
        ("Ab welchem Schuljahr wird gefördert?", "date"),
        ("On which days does the bus run?", "date"),
        ("Von wie vielen Dörfern kommt das Geld?", "count"),
        ("Wie hoch ist die Förderquote?", "share"),
        ("Wie viel kostet ein Bilderbuch?", "amount"),
        ("Welche Gebühr verlangt der Kreis?", "amount"),
        ("stundensatz lesepate?", "amount"),
        ("Was ist der Unterschied zwischen Modul 1 und Modul 2?", "comparison"),
        ("Was ist ein Lesebus?", "definition"),
        ("Warum gibt es das Programm?", "reason"),
        ("Wer ist zuständig?", "person"),
        ("Darf ein Verein mitmachen?", "yesno"),
        ("How many villages take part?", "count"),
        ("Who is responsible?", "person"),
        ("Wer leitet den Lesebus?", "role"),
        ("What is the maximum project duration?", "duration"),
        ("What is the minimum number of members?", "count"),
        ("Wie heißt die aktuelle Beauftragte für den Datenschutz?", "role"),
        ("Wer beruft die Direktorin der Bücherei?", "person"),
        ("Ab wann gilt ein Bescheid im Postfach als bekannt?", "date"),
        ("Wie lautet das Postfach der Bücherei?", "email"),
        ("Wie heißt die Bürgermeisterin?", "role"),
        ("Who heads the library?", "role"),
        ("Wer ist Ansprechpartner?", "person"),
        ("Bücher und Dörfer", "other"),
        ("Wie viele Mahnungen braucht die fristlose Kündigung?", "count"),
        ("Innerhalb welcher Frist wird gekündigt?", "end"),
        ("Fährt der Lesebus dauerhaft durch die Dörfer?", "other"),
        ("Von welcher Dauer ist die Fahrt?", "duration"),
        ("Darf der Verein den Vertrag im Internet schließen?", "yesno"),
        ("Wo steht der Fahrplan im Internet?", "website"),
        ("Wie viel Zeit haben Vereine für den Widerspruch?", "duration"),
        ("Wer trägt die Kosten der Reparatur?", "person"),
        ("Welche Kosten entstehen für ein Dorf?", "amount"),
        ("Wie lautet die IBAN für die Rückzahlung?", "account"),
        ("Auf welches Konto geht der Beitrag?", "account"),
        ("Was heißt Konto?", "definition"),
        ("Wann ist ein Beschluss ungültig?", "condition"),
        ("Wann darf der Bus halten?", "condition"),
        ("Wann ist der Antrag fällig?", "date"),
        ("Ab wann ist ein Dorf dabei?", "date"),
        ("Am wievielten Tag gilt der Brief als zugestellt?", "date"),
        ("Wann ist Bewerbungsschluss?", "end"),
        ("Um wie viel Uhr fährt der Lesebus?", "hours"),
        ("Wann hat das Lesebüro geöffnet?", "hours"),
        ("What are the opening hours of the library?", "hours"),
        ("Innerhalb wie vieler Stunden muss der Verein antworten?", "duration"),
        ("Um wie viel kann die Förderung länger laufen?", "duration"),
        ("Mit wie viel Jahren darf man den Lesebus fahren?", "duration"),
        ("Wie lange fährt der Lesebus noch?", "duration"),
        ("Wie viel Pause steht der Fahrerin zu?", "duration"),
        ("Wie oft kommt der Lesebus?", "frequency"),
        ("In welchem Abstand kommt der Lesebus?", "frequency"),
        ("How often does the bus come?", "frequency"),
        ("Wie groß darf der Lesebus sein?", "size"),
        ("Wie groß darf der Anteil der Dörfer sein?", "share"),
        ("Wie breit muss die Straße sein?", "size"),
        ("Wie schnell darf der Lesebus fahren?", "size"),
        ("Von wann bis wann läuft die Förderung?", "end"),
        ("Welche Telefonzeiten hat das Lesebüro?", "hours"),
        ("How tall may the bus be?", "size"),
        ("Wie hoch darf der Lesebus sein?", "height"),
        ("Wie hoch darf der Zuschuss sein?", "amount"),
        ("Welche Strafe droht bei falschen Angaben?", "penalty"),
        ("Aus wem besteht der Beirat?", "members"),
        ("Wie setzt sich der Beirat zusammen?", "members"),
        ("Aus welchen Teilen setzt sich der Lesebus zusammen?", "other"),
        ("Was bekommt ein Lesepate als Honorar?", "amount"),
        ("Was ist pro Dorf an Fördergeld drin?", "amount"),
        ("Was zahlt der Bund für einen Bus?", "amount"),
        ("Gesamtvolumen der Leseförderung?", "amount"),
        ("Mit welchem Zuschuss können wir rechnen?", "amount"),
        ("Welche Obergrenze gilt für Honorare?", "amount"),
        ("What is the hourly rate?", "amount"),
        ("Muss ich angeben, wie viel ich verdiene?", "yesno"),
        ("Darf der Sponsor entscheiden, welche Dörfer das Geld bekommen?", "yesno"),
        ("Gibt es Betreuung, solange die Mutter im Kurs sitzt?", "yesno"),
        ("When does the call close?", "end"),
        ("Whom can I call?", "phone"),
        ("Wer bezahlt das Telefonat?", "person"),
        ("Welche Pauschale gilt für Miete, Telefon und Büro?", "amount"),
        ("We want to link our library with another. What spending is accepted?", "amount"),
        ("Wie viele Jahre fährt der Lesebus?", "span"),
        ("welpen abgeben ab wieviel wochen", "span"),
        ("urlaubstage fahrerin pro jahr", "duration"),
        ("Gibt es für Lesepaten eine Altersgrenze?", "duration"),
        ("Was ist der letzte Tag, an dem der Rat das beschließen darf?", "end"),
        ("Welcher Steuersatz gilt für Bücher?", "amount"),
        ("Bis zu welcher Abfallmenge gilt das?", "size"),
        ("How large does the bus have to be?", "size"),
        ("Welche Geldstrafe droht dem Verein?", "penalty"),
        ("falsch geparkt, welche strafe", "penalty"),
        ("Wie viel Euro Tagegeld bekommt die Fahrerin?", "amount"),
        ("What flat rate is paid for a bus?", "amount"),
        ("Wie viele Minuten haben wir zum Lesen?", "span"),
        ("Wie viel Zeit lässt die Mahnung?", "duration"),
        ("Darf ich den Antrag per E-Mail schicken?", "yesno"),
        ("Müssen wir die Adresse der Fahrerin angeben?", "yesno"),
        ("Wird die Pauschale auf das Wohngeld angerechnet?", "yesno"),
        ("Können Sie mir die Adresse nennen?", "address"),
        ("Kann ich die Telefonnummer vom Büro bekommen?", "phone"),
        ("Gibt es eine Frist?", "end"),
        ("Müssen wir mit einem Bußgeld rechnen, und wie hoch ist es?", "amount"),
        ("Wir haben die Hausnummer 7. Wer räumt hier?", "person"),
        ("Ich habe am Telefon bestellt. Wie lange kann ich widerrufen?", "duration"),
        ("Der Bus ist teuer, die Summe steht fest. Muss der Rat dem Kauf zustimmen?", "yesno"),
        ("Wann muss die Hausnummer angebracht sein?", "date"),
        ("Wie hoch darf eine Hausnummer hängen?", "height"),
        ("An wen fallen die Anteile des Vereins?", "person"),
        ("Wer rechnet die Summe aus?", "person"),
        ("Wer bekommt wie viel?", "amount"),
        ("Welche Stelle meldet, wie viele Leute da arbeiten?", "person"),
        ("ab wieviel punkten bestanden", "count"),
        ("Bis wie viel Liter gilt das?", "size"),
        ("Ich suche die Telefonnummer vom Lesebus. Wissen Sie die?", "phone"),
    ],
    ids=lambda value: value if " " not in value else "",
)
def test_kind_follows_from_the_words(question, kind):
    assert understand(question).kind == kind


@pytest.mark.parametrize(
    "spelling",
    [
        "Wie hoch ist die Förderquote?",
        "WIE HOCH IST DIE FÖRDERQUOTE",
        "wie hoch ist die foerderquote",
    ],
    ids=["usual", "capitals", "typed plainly"],
)
def test_kind_and_focus_do_not_depend_on_spelling(spelling):
    question = understand(spelling)

    assert question.kind == "share"
    assert question.focus.lower().replace("ö", "oe") == "foerderquote"
    assert question.text == spelling


@pytest.mark.parametrize(
    ("question", "is_english"),
    [
        ("What is the deadline for applications?", True),
        ("Who can apply for funding?", True),
        ("Was ist die Frist für Anträge?", False),
        ("Deadline?", False),
        ("wieviele tage frei gibts wenn mein Kind krank is?", False),
        ("Was ist das Team of the Year?", False),
    ],
)
def test_language(question, is_english):
    assert understand(question).is_english is is_english


def test_only_questions_for_a_fact_demand_evidence():
    assert understand("Wie hoch ist die Förderquote?").evidence == "share"
    assert understand("Warum gibt es das Programm?").evidence is None


@pytest.mark.parametrize(
    ("question", "evidence"),
    [
        ("Welche Unterlagen braucht der Verein?", "papers"),
        ("Welches Formular ist für den Lesebus auszufüllen?", "form"),
        ("Welche Bücher braucht der Verein?", None),
        ("Wie lange liegen die Unterlagen aus?", "duration"),
    ],
)
def test_who_asks_for_papers_demands_the_name_of_one(question, evidence):
    assert understand(question).evidence == evidence


def test_strange_input_is_just_another_question():
    for text in ("?", "§", "🙂", "a", "2031", "ß" * 2000):
        assert understand(text).text == text


@pytest.mark.parametrize(
    ("question", "focus"),
    [
        ("wieviele stunden die woche fährt Rita Beispiel?", "stunden"),
        ("Wie viele kleine Dörfer besucht der Lesebus?", "Dörfer"),
        ("Wie viele Tage Bildungsurlaub habe ich?", "Bildungsurlaub"),
        ("How many drivers does the library in Hesse employ?", "drivers"),
        ("Wie lange dauert die Fahrt nach Hessen?", "Fahrt"),
        ("Ab wie vielen Tagen Urlaub fährt niemand?", "Urlaub"),
        ("ab wieviel dörfern habe ich anspruch auf den Lesebus", "dörfern"),
        ("Wie hoch darf die Hecke am Lesebüro sein?", "Hecke"),
        ("Wie viel Prozent Eigenanteil braucht der Verein?", "Eigenanteil"),
    ],
)
def test_what_is_counted_follows_at_once(question, focus):
    assert understand(question).focus == focus
