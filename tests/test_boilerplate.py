"""What saved web pages carry around their text goes; what looks like it but is content stays."""

import pytest

from ingest.boilerplate import are_kept, without_boilerplate
from ingest.web_lines import is_link_label


def kept(page: str) -> list[str]:
    return [line for line in without_boilerplate(page.strip("\n").split("\n")) if line]


LABELS = """
Zum Inhalt springen
Direkt zum Inhalt
Direkt zur Hauptnavigation springen
Springe zum Inhalt
Zur Navigation springen
Skip to content
Skip to main content
Jump to navigation
Navigation überspringen
Hauptnavigation
Menü öffnen
Zurück zum Seitenanfang
Nach oben
Zum Seitenanfang
Back to top
Mehr erfahren
Mehr erfahren über das Programm
> Mehr erfahren
Mehr erfahren »
mehr
mehr lesen
Mehr Informationen
Weiterlesen
Weiterlesen …
Weitere Informationen
Lesen Sie mehr
Read more
Learn more
Find out more
Hier klicken
Hier geht's zur Anmeldung
Hier finden Sie alle Termine
Jetzt anmelden
Jetzt bewerben!
Alle Termine anzeigen
Alle Veranstaltungen
Zur Übersicht
Zurück zur Übersicht
Zur Dokumentation
Zur Landkarte
Zur Hessenkarte
Zum Download
Zum Newsletter
Zur Bekanntmachung
Zu den Veranstaltungen
Zur Website der Stadt
→ Zur Projektseite
PDF herunterladen
Download (PDF, 1,2 MB)
Flyer (PDF, 300 KB)
Seite drucken
Seite teilen
Auf Facebook teilen
Per E-Mail teilen
Teilen auf LinkedIn
Share on Twitter
Folgen Sie uns auf Instagram
Seite 2 von 7
3 / 12
Vorherige
Nächste Seite
Schließen
Alle Cookies akzeptieren
Nur notwendige Cookies
Auswahl speichern
Cookie-Einstellungen
Accept all
Suchbegriff eingeben
Passwort vergessen?
Newsletter abonnieren
Bild vergrößern
Video abspielen
Alle Rechte vorbehalten
"""

NO_LABELS = """
Mehr Bildung für alle
Mehrjährige Förderung
Weiterbildung in der Kommune
Weitere Schritte der Antragstellung
Zur Person
Zum Verfahren
Zum Inhalt der Förderung gehören Personalausgaben.
Zur Dokumentation des Projekts ist ein Bericht vorzulegen.
Hier wird gefördert
Jetzt läuft die zweite Phase.
Alle Kommunen in Hessen
Antragsverfahren
Kontakt
Datenschutz
Ansprechpartner für Kommunen
0561/12 34 56-78
beratung@beispiel.de
12345 Musterhausen
Download-Zahlen des Portals
Cookies sind kleine Textdateien.
Der Newsletter erscheint viermal im Jahr.
Modul 2
Nächste Schritte
Die Suche nach Partnern
Teilhabe und Teilen als Werte
31. März 2025
"""


@pytest.mark.parametrize("line", LABELS.strip().splitlines())
def test_the_words_of_a_link_or_button_are_recognised(line):
    assert is_link_label(line)


@pytest.mark.parametrize("line", NO_LABELS.strip().splitlines())
def test_headings_sentences_and_contacts_are_no_labels(line):
    assert not is_link_label(line)


TEXT = "Die Stadt richtet ein Bildungsbüro ein und stellt dafür zwei Personen ein."

PAGES = {
    "breadcrumb on its line": f"Sie befinden sich hier: Startseite > Büro\n\nBüro\n\n{TEXT}",
    "breadcrumb below": f"Sie sind hier:\n\nStartseite › Themen › Büro\n\nBüro\n\n{TEXT}",
    "breadcrumb in lines": f"Sie befinden sich hier:\nStartseite\nThemen\n\nBüro\n\n{TEXT}",
    "breadcrumb, blank lines": f"Sie befinden sich hier:\n\nStartseite\n\nThemen\n\nBüro\n\n{TEXT}",
    "breadcrumb without words": f"Startseite / Themen / Büro\n\nBüro\n\n{TEXT}",
    "english breadcrumb": f"You are here: Home » Topics » Office\n\nBüro\n\n{TEXT}",
    "menu above": f"Startseite\nÜber uns\nThemen\nTermine\nKontakt\n\nBüro\n\n{TEXT}",
    "menu above, blank lines": f"Startseite\n\nAktuelles\n\nPresse\n\nKontakt\n\nBüro\n\n{TEXT}",
    "menu with other entries": f"Startseite\nAktuelles\nBei uns\nKontakt\nPresse\n\nBüro\n\n{TEXT}",
    "menu row": f"Startseite | Themen | Termine | Kontakt\n\nBüro\n\n{TEXT}",
    "english menu": f"Home\nAbout us\nTopics\nContact\n\nBüro\n\n{TEXT}",
    "single start page": f"Startseite\n\nBüro\n\n{TEXT}",
    "languages": f"DE | EN\n\nBüro\n\n{TEXT}",
    "service navigation": f"Leichte Sprache\nGebärdensprache\nKontakt\nSuche\n\nBüro\n\n{TEXT}",
    "footer row": f"Büro\n\n{TEXT}\n\nImpressum · Datenschutz · Kontakt",
    "footer lines": f"Büro\n\n{TEXT}\n\nImpressum\nDatenschutz\nBarrierefreiheit",
    "footer, two lines": f"Büro\n\n{TEXT}\n\nImpressum\n\nDatenschutzerklärung",
    "english footer": f"Büro\n\n{TEXT}\n\nImprint | Privacy policy | Contact",
    "copyright": f"Büro\n\n{TEXT}\n\n© 2024 Stadt Musterhausen",
    "copyright in words": f"Büro\n\n{TEXT}\n\nCopyright 2023 Musterstadt. Alle Rechte vorbehalten.",
    "credit": f"Büro\n\n© Bild: Stadtarchiv, Blick auf das Rathaus\n\n{TEXT}",
    "credit with caption above": f"Büro\n\nRathaus\n© Foto: E. Muster\n\n{TEXT}",
    "caption with credit": f"Büro\n\nDas Team bei der Arbeit © Stadt / E. Muster\n\n{TEXT}",
    "photo line": f"Büro\n\nFoto: Erika Muster\n\n{TEXT}",
    "picture source": f"Büro\n\nBildnachweis: Agentur Muster\n\n{TEXT}",
    "share": f"Büro\n\n{TEXT}\n\nSeite teilen\nFacebook\nX\nLinkedIn\nE-Mail",
    "social list": f"Büro\n\n{TEXT}\n\nFolgen Sie uns:\n\nInstagram\n\nYouTube\n\nLinkedIn",
    "english share": f"Büro\n\n{TEXT}\n\nShare this page\nFacebook\nTwitter\nEmail",
    "login": f"Anmelden\nBenutzername\nPasswort\nPasswort vergessen?\n\nBüro\n\n{TEXT}",
    "search": f"Suche\nSuchbegriff eingeben\nSuche starten\n\nBüro\n\n{TEXT}",
    "newsletter prompt": f"Büro\n\n{TEXT}\n\nBleiben Sie auf dem Laufenden und bestellen Sie "
    "unseren Newsletter!\n\nNewsletter abonnieren",
    "english newsletter": f"Büro\n\n{TEXT}\n\nSign up for our newsletter\nSubscribe",
    "link list": f"Büro\n\n{TEXT}\n\nWeitere Informationen\n\nZur Richtlinie\nErlass - Ministerium",
    "link below colon": f"Büro\n\n{TEXT}\n\nWeitere Auskünfte:\n\n→ Zur Seite des Landes",
    "teaser link": f"Büro\n\n{TEXT}\n\nZur Dokumentation",
    "pager": f"Büro\n\n{TEXT}\n\nVorherige\n1 / 4\nNächste",
    "to the top": f"Büro\n\n{TEXT}\n\nZurück zum Seitenanfang",
    "slider": f"Büro\n\nBild vergrößern\n\n{TEXT}\n\nPause",
    "cookie banner above": "Wir verwenden Cookies\n\nUm unsere Website zu verbessern, setzen wir "
    f"Cookies ein.\n\nAlle akzeptieren\nAblehnen\n\nBüro\n\n{TEXT}",
    "cookie banner without heading": "Diese Website verwendet Cookies, um Ihnen den besten Service "
    f"zu bieten.\n\nEinverstanden\n\nBüro\n\n{TEXT}",
    "cookie notice below": f"Büro\n\n{TEXT}\n\nHinweis zu Cookies\n\nSie können entscheiden, was "
    "erlaubt ist.\n\nStatistik-Cookies zählen Besuche.\n\nDie Daten werden anonym erfasst.",
    "cookie settings": f"Büro\n\n{TEXT}\n\nPrivatsphäre-Einstellungen\n\nHier wählen Sie aus.\n\n"
    "Notwendig\n\nDiese Cookies sind nötig.\n\nMarketing\n\nDiese Cookies zeigen Werbung.\n\n"
    "Auswahl speichern",
    "cookie choices in lines": f"Büro\n\n{TEXT}\n\nCookie-Einstellungen\n\nWir nutzen Cookies.\n\n"
    "Essenziell\nStatistiken\nExterne Medien\n\nAlle akzeptieren\nSpeichern\n\nEssenzielle Cookies "
    "sind nötig.",
    "related pages": f"Büro\n\n{TEXT}\n\nDas könnte Sie auch interessieren\n\nFachtag im Herbst\n"
    "12.03.2025 | Kassel\nMehr erfahren\n\nNeuer Bericht\nPDF herunterladen (1,4 MB)",
    "networks in a row": f"Büro\n\n{TEXT}\n\nDiese Seite teilen\nFacebook Twitter LinkedIn",
    "english cookies": f"Büro\n\n{TEXT}\n\nWe use cookies\n\nThis website stores cookies on your "
    "device.\n\nAccept all\nReject all",
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_only_title_and_text_are_left(page):
    assert kept(page) == ["Büro", TEXT]


def test_text_after_a_cookie_notice_stays():
    page = (
        "Cookie-Hinweis\n\nWir möchten Besuche zählen.\n\nDas Cookie bleibt 13 Monate gespeichert."
        f"\n\nZiele der Förderung\n\n{TEXT}\n\nNoch ein Absatz über die Ziele."
    )
    assert kept(page) == ["Ziele der Förderung", TEXT, "Noch ein Absatz über die Ziele."]


CONTENT = {
    "address": "Kontakt\n\nStadt Musterhausen\nBildungsbüro\nRathausplatz 1\n12345 Musterhausen",
    "contact": "Kontakt\n\nErika Muster\nTelefon: 0561 12345-67\nE-Mail: e.muster@beispiel.de",
    "phones": "Leitung\n\n0561/12 34 56-78\n\nVerwaltung\n\n0561/12 34 56-79",
    "data protection in a guideline": "7. Datenschutz\n\nDie Kommune beachtet die Vorgaben zum "
    "Datenschutz, wenn sie Bildungsdaten erhebt.",
    "cookies as a topic": f"{TEXT}\n\nDas Portal der Kommune soll ohne Cookies auskommen.",
    "newsletter as a service": "Die Agentur informiert vierteljährlich mit einem Newsletter.",
    "themes": "Die Themen sind:\n\n• Inklusion\n• Kulturelle Bildung\n• Integration",
    "short list": "Modul 1\n\nModul 2\n\nModul 3",
    "phrase as heading": f"Zum Verfahren\n\n{TEXT}",
    "funding heading": f"Förderung\n\n{TEXT}",
    "slash": f"Demokratiebildung / Politische Bildung\n\n{TEXT}",
    "dash": f"Bildung stärken - gemeinsam planen\n\n{TEXT}",
    "arrow list": "Aufgaben des Büros:\n\n→ Beratung der Schulen\n→ Pflege der Daten",
    "sentence with more": "Mehr erfahren die Kommunen auf der Tagung im Herbst.",
    "further steps": f"Weitere Informationen\n\n{TEXT}",
    "publisher": f"{TEXT}\n\nHerausgeber: Stadt Musterhausen",
    "copyright sentence": "Die Materialien stehen unter freier Lizenz (© Stadt) bereit.",
}


@pytest.mark.parametrize("page", CONTENT.values(), ids=CONTENT)
def test_content_stays(page):
    assert kept(page) == [line for line in page.split("\n") if line]


def test_what_follows_related_pages_stays():
    page = (
        "Auch interessant\n\nFachtag im Herbst\n\nNeuer Bericht\n\nGefördert durch\n\n"
        "Land Hessen\n\nVerwandte Themen\n\nNoch ein Titel\n\nKontakt\n\nErika Muster\n\n"
        "0561/12 34 56"
    )
    assert kept(page) == [
        "Gefördert durch",
        "Land Hessen",
        "Kontakt",
        "Erika Muster",
        "0561/12 34 56",
    ]


def test_marks_of_links_inside_a_line_go():
    lines = ["Die Richtlinie (öffnet in neuem Fenster) gilt.", "Die Stadt plant neu. [mehr]"]
    assert without_boilerplate(lines) == ["Die Richtlinie gilt.", "Die Stadt plant neu."]


def test_paragraphs_of_a_page_with_markup_are_judged_alike():
    assert are_kept(["Mehr erfahren", TEXT, "© Foto: Stadt", "Büro"]) == [False, True, False, True]
