"""The words that web pages put around their text, German and English: data for `boilerplate`.

All of them are compared with a whole line (case folded, arrows and trailing marks cut off), never
searched inside a sentence.
"""

import re


def _lines(words: str) -> frozenset[str]:
    return frozenset(line.strip().casefold() for line in words.split("|") if line.strip())


# Never the text of a document, wherever the line stands.
CHROME = _lines(
    """
    navigation und service|navigation|hauptnavigation|servicenavigation|metanavigation|hauptmenü
    |navigation überspringen|navigation öffnen|navigation schließen|menü|menü öffnen
    |menü schließen
    |menü anzeigen|menü ein-/ausblenden|servicemenü|untermenü|unternavigation|seitennavigation
    |bereichsnavigation|fußnavigation|hauptinhalt|inhaltsbereich|servicebereich|brotkrumen
    |brotkrümelnavigation|breadcrumb|breadcrumbs|pfadnavigation|sie befinden sich hier
    |sie sind hier
    |ihre position|hier befinden sie sich|aktuelle seite|you are here|main navigation
    |skip navigation
    |toggle navigation|open menu|close menu|main menu|menu|footer|header|sidebar|randspalte
    |suchbegriff|suchbegriff eingeben|suche starten|suche öffnen|suche schließen|suche absenden
    |volltextsuche|suchen nach|website durchsuchen|seite durchsuchen|search this site
    |enter search term
    |zurück|weiter|vorherige|vorheriges|vorheriger|nächste|nächstes|nächster|vorherige seite
    |nächste seite|zurück zur übersicht|zurück zur liste|zurück zur startseite|previous|next|back
    |schließen|öffnen|aufklappen|zuklappen|ausklappen|einklappen|alle aufklappen|alle zuklappen
    |mehr anzeigen|weniger anzeigen|alle anzeigen|inhalt ausklappen|close|show more|show less
    |view all
    |seite drucken|drucken|druckversion|seite empfehlen|seite teilen|seite weiterempfehlen
    |vorlesen
    |seite vorlesen|inhalt vorlesen|artikel teilen|artikel drucken|beitrag teilen
    |diese seite teilen
    |diesen artikel teilen|teilen|teilen auf|teilen über|per e-mail teilen|per mail teilen|merken
    |link kopieren|share|share this|share this page|print|print page|tweet|twittern|copy link
    |folgen sie uns|folgen sie uns auf|folge uns|social media|soziale medien|soziale netzwerke
    |unsere social-media-kanäle|follow us|follow us on|social networks
    |benutzername|passwort|passwort vergessen|kennwort|angemeldet bleiben|abmelden|anmelden
    |registrieren|login|log in|logout|log out|sign in|sign up|username|password|forgot password
    |remember me|abonnieren|newsletter abonnieren|newsletter bestellen|newsletter-anmeldung
    |zum newsletter anmelden|jetzt abonnieren|ihre e-mail-adresse|e-mail-adresse eingeben|absenden
    |senden|pflichtfeld|pflichtfelder|subscribe|submit|send|your email address
    |subscribe to newsletter
    |alle akzeptieren|alle cookies akzeptieren|akzeptieren|ablehnen|alle ablehnen
    |auswahl speichern
    |auswahl bestätigen|speichern
    |einstellungen speichern|einstellungen anpassen|nur notwendige cookies
    |nur notwendige|nur essenzielle cookies akzeptieren|auswahl akzeptieren|cookies zulassen
    |cookies ablehnen|cookies akzeptieren|cookies verwalten|cookie-einstellungen|ich stimme zu
    |einverstanden|verstanden|zustimmen|allen zustimmen|auswahl erlauben|alle zulassen|accept all
    |accept|decline|reject all|accept cookies|manage cookies|cookie settings|save settings|got it
    |necessary only|i agree|allow all|datenschutzeinstellungen|privatsphäre-einstellungen
    |bild vergrößern|bild: vergrößern|grafik vergrößern|vergrößern|großansicht|video abspielen
    |video starten|play|pause|abspielen|slider|diashow|bildergalerie|galerie|slideshow
    |externer link|link öffnet in neuem fenster|öffnet in neuem fenster|öffnet neues fenster
    |javascript ist deaktiviert|bitte aktivieren sie javascript|schriftgröße ändern
    |schrift vergrößern
    |schrift verkleinern|kontrast erhöhen|hoher kontrast|kontrast|nach oben|nach oben scrollen|top
    |zum seitenanfang|seitenanfang|an den seitenanfang|back to top|scroll to top|to top
    |alle rechte vorbehalten|all rights reserved|advertisement|anzeige
    |logo|zur startseite|wird geladen|loading|bitte warten|keine ergebnisse|chat starten
    """
)

# Entries of menus and footers that may also head real text: only in runs, rows or at the end.
MENU = _lines(
    """
    startseite|home|homepage|start|über uns|wir über uns|das sind wir|aktuelles|aktuell|news
    |neuigkeiten|nachrichten|meldungen|blog|termine|veranstaltungen|kalender
    |veranstaltungskalender|presse
    |pressemitteilungen|presseportal|newsletter|kontakt|kontaktformular|ansprechpartner|anfahrt
    |impressum|datenschutz|datenschutzerklärung|datenschutzhinweise|datenschutzhinweis
    |barrierefreiheit
    |erklärung zur barrierefreiheit|barriere melden|leichte sprache|gebärdensprache
    |deutsche gebärdensprache
    |sitemap|inhaltsverzeichnis|übersicht|suche|suchen|service|services|mediathek|download
    |downloads
    |publikationen|veröffentlichungen|materialien|infothek|themen|projekte|programme|angebote
    |förderung|förderprogramme|beratung|netzwerk|partner|team|organisation|das ministerium
    |faq|häufige fragen|hilfe|glossar|links|karriere|jobs|stellenangebote|ausschreibungen|intranet
    |mitgliederbereich|mein konto|deutsch|english|englisch|français|de|en|fr|de / en|agb
    |nutzungsbedingungen|nutzungshinweise|cookies|rechtliches|rechtliche hinweise|bildnachweise
    |mitmachen|archiv|bibliothek|praxis|forschung|politik|gesellschaft|bildung|wissen
    |about|about us|contact|imprint|privacy|privacy policy|legal notice|legal|accessibility|search
    |events|press|help|terms|terms of use|topics|publications|careers|easy language|sign language
    |facebook|twitter|x|instagram|linkedin|youtube|xing|whatsapp|mastodon|bluesky|tiktok|threads
    |flickr|telegram|signal|rss|rss-feed|podcast|e-mail|email|mail
    """
)

# May stand alone above the title, without a menu around it.
ABOVE_TITLE = _lines("startseite|home|homepage|start|suche|suchen|search|deutsch|english|de|en")

# What links point to, after "Zur …", "Zum …": with these words the line is a link, not a heading.
LINK_TARGET = re.compile(
    r"(?:web-?site|webseite|homepage|internetseite|internetauftritt|seite|startseite"
    r"|dokumentation"
    r"|karte|übersicht|broschüre|publikation\w*|download\w*|video\w*|aufzeichnung|anmeldung\w*"
    r"|bekanntmachung\w*|förderrichtlini?n?e|richtlinie|portal|mediathek|veranstaltung\w*"
    r"|newsletter"
    r"|artikel|beitrag|interview|pressemitteilung\w*|meldung|studie|bericht|plattform"
    r"|datenbank|suche"
    r"|flyer|faqs?|kontaktformular|formular\w*|programmseite|projektseite|projekte?s?|bestellung"
    r"|bestellformular|checkliste|handreichung\w*|leitfaden|präsentation|webinar\w*"
    r"|podcast\w*|shop"
    r"|themenseite|online-\w+|stellenausschreibung|veranstaltungskalender|terminen?|team|archiv)$",
    re.IGNORECASE,
)

# Link labels by their shape.
LINK_LABEL = re.compile(
    r"(?:"
    r"mehr|mehr\s(?:erfahren|zur?|zum|zu\sden|über|aus|lesen|dazu|infos?|informationen|zum\sthema|darüber|hierzu"
    r"|anzeigen|details)\b.*"
    r"|weiter(?:lesen|e\s(?:infos?|informationen|details|meldungen|artikel|beiträge"
    r"|termine|links))?\b.{0,30}"
    r"|(?:alle|sämtliche)\s\w+(?:\s\w+)?\s(?:anzeigen|ansehen|im\süberblick)"
    r"|alle\s(?:meldungen|termine|veranstaltungen|beiträge|artikel|news|projekte|publikationen)"
    r"|(?:zurück|back)\s(?:zum?r?|to)\b.*"
    r"|(?:direkt\s)?(?:zum|zur|zu)\s(?:\w+\s){0,2}?(?:inhalt|hauptinhalt|navigation"
    r"|hauptnavigation|suche|hauptmenü"
    r"|menü|seitenanfang|fußzeile|footer|servicenavigation|unternavigation"
    r"|kontaktbereich)(?:\s\w+){0,2}"
    r"|(?:navigation|inhalt|menü|suche)\s(?:überspringen|einblenden|ausblenden|anzeigen)"
    r"|skip\sto\b.*|jump\sto\b.*|(?:go|back)\sto\b.*"
    r"|springe\s(?:direkt\s)?z.*"
    r"|(?:hier|jetzt|gleich|direkt)\s(?:klicken|lesen|ansehen|anmelden|bewerben"
    r"|informieren|herunterladen"
    r"|registrieren|downloaden|bestellen|entdecken|mitmachen|anfragen|teilnehmen|buchen"
    r"|spenden|abonnieren)"
    r"|hier\s(?:geht\s?[’'e]*s|gelangen\ssie|kommen\ssie|finden\ssie|erfahren\ssie)\b[^.!?]*"
    r"|(?:pdf|dokument|datei|broschüre|flyer|publikation)\s(?:herunterladen|downloaden"
    r"|öffnen|ansehen|bestellen)(?:\s\(.{0,30}\))?"
    r"|(?:download|herunterladen)(?:\s*[(:,].{0,60}|\s(?:als|der|des|the|pdf)\b.{0,40})?"
    r"|details(?:\s\w+)?|info(?:s)?"
    r"|lesen\ssie\s(?:mehr|hier|weiter)\b.*"
    r"|(?:read|learn|find\sout|see|view)\s(?:more|all|details)\b.*|more(?:\sinformation)?"
    r"|click\shere"
    r"|(?:auf|bei|über|via|per)\s(?:facebook|twitter|x|instagram|linkedin|xing|whatsapp"
    r"|e-?mail|mastodon|bluesky"
    r"|telegram|threema)\s(?:teilen|empfehlen|senden|folgen|versenden)"
    r"|(?:share|follow)\s(?:us\s)?(?:on|via|by)\s\w+|(?:teilen|share)\s(?:auf|on|über|via"
    r"|per)\s[\w-]+"
    r"|folgen\ssie\suns\b.{0,40}"
    r"|seite\s\d+\s(?:von|/|of)\s\d+|page\s\d+\sof\s\d+|\d+\s?(?:/|von|of)\s?\d+"
    r"|(?:\w[\w ]*,?\s)?\(?(?:pdf|docx?|xlsx?"
    r"|zip)[\w -]*[,:]\s?(?:ca\.\s)?[\d.,]+\s?[kmg]b\b.{0,40}\)?"
    r")",
    re.IGNORECASE,
)

CREDIT_START = re.compile(
    r"(?:©|\(c\)\s|copyright\b|(?:foto|fotos|bild|bilder|grafik|illustration|abbildung"
    r"|photo|image|picture"
    r"|bildnachweise?|bildquelle|bildrechte|fotonachweis|fotocredit"
    r"|image credit|photo credit|credit)"
    r"s?\s*(?:©|:))",
    re.IGNORECASE,
)

COOKIE_HEADING = re.compile(
    r"(?:hinweise?\s(?:zu(?:r|m|\sden)?|über|auf)\s.{0,40}cookies?\b.{0,30}"
    r"|(?:unsere?\s)?cookies?(?:[\s-](?:hinweise?|einstellungen|banner|richtlinien?"
    r"|consent|erklärung|auswahl|verwaltung"
    r"|zustimmung|einwilligung|nutzung|verwendung|notice|settings|preferences|policy"
    r"|information\w*))?"
    r"|(?:verwendung|nutzung|einsatz)\svon\scookies"
    r"|(?:wir|diese\s\w+|unsere\s\w+)\s(?:verwende[nt]|nutz(?:en|t)|setz(?:en|t)"
    r"|benutz(?:en|t))\s.{0,30}cookies?\b.{0,40}"
    r"|(?:ihre\s)?(?:datenschutz|privatsphäre)[\s-]?(?:einstellungen|präferenzen)"
    r"|(?:wir\s(?:respektieren|schützen|achten)\s)?ihre\sprivatsphäre.{0,40}"
    r"|einwilligung\sverwalten|zustimmung\sverwalten"
    r"|this\s(?:web)?site\suses\scookies|we\suse\scookies|(?:use|about"
    r"|your)\s(?:of\s)?cookies|we\svalue\syour\sprivacy"
    r"|privacy\s(?:settings|preferences)|manage\s(?:cookie\s)?consent)",
    re.IGNORECASE,
)
COOKIE_OPENING = re.compile(
    r"(?=[^.]{0,220}\b(?:verwende|nutz|setz|benutz|speicher|stimm|akzeptier|use|store|accept))"
    r"(?:(?:um|für|mit|auf|durch|to)\s[^.]{0,90}?)?"
    r"\b(?:wir|diese[rsm]?\s\w+|unsere[rsm]?\s\w+|this\s\w+|we|our\s\w+|die\sweitere\s\w+)\b"
    r"[^.]{0,90}\bcookies?\b",
    re.IGNORECASE,
)
CONSENT_HEADING = re.compile(
    r".*(?:cookie|notwendig|essenziell|erforderlich|funktional|statistik|marketing|analyse"
    r"|externe\s(?:medien|inhalte|dienste)"
    r"|komfort|präferenz|einstellung|auswahl|anbieter|einwilligung|zustimmung"
    r"|speicherdauer|laufzeit"
    r"|necessary|essential|preferences|statistics|functional|analytics|consent).*",
    re.IGNORECASE,
)
CONSENT_TEXT = re.compile(
    r"cookie|einwillig|zustimm|tracking|browser|anonym|akzeptier|ablehn|matomo|piwik"
    r"|google analytics|etracker"
    r"|widerruf|personenbezogen|weitergabe|an dritte|speicherdauer|ip-adresse"
    r"|besucherinnen und besucher unsere"
    r"|nutzungs(?:daten|informationen|verhalten)|datenschutzerklärung|consent"
    r"|third part|visitors|your device|opt-?out",
    re.IGNORECASE,
)

NEWSLETTER_PROMPT = re.compile(
    r"(?:abonnieren|melden|jetzt|bleiben|verpassen|tragen|sie\smöchten|möchten|immer"
    r"|nichts|mit\sunserem|unser\snewsletter"
    r"|newsletter|sign\sup|subscribe|stay|get|join)\b.{0,160}\b(?:newsletter|laufenden|infobrief|mailing)\b",
    re.IGNORECASE | re.DOTALL,
)

# A heading whose links have been removed says nothing any more.
LINK_SECTION = re.compile(
    r"(?:weitere[ns]?|mehr|zusätzliche|further|more|related)\s(?:informationen|infos"
    r"|auskünfte|links|angebote|themen|inhalte"
    r"|artikel|beiträge|meldungen|materialien|seiten|zum\sthema|information|content"
    r"|articles)(?:\s.{0,60})?"
    r"|(?:links|downloads?|download-?bereich|siehe\sauch|zum\sthema|mehr\szum\sthema"
    r"|verwandte\s\w+|das\skönnte\ssie\s.{0,30}"
    r"|externe\slinks|interne\slinks|weiterführende\s\w+|service|quicklinks"
    r"|schnellzugriff|see\salso|related)",
    re.IGNORECASE,
)

# What stands below these leads away from the page.
RELATED = re.compile(
    r"das könnte sie (?:auch|ebenfalls) interessieren|auch interessant"
    r"|(?:ähnliche|verwandte|weitere) (?:artikel|beiträge|meldungen|seiten|inhalte|themen"
    r"|nachrichten)"
    r"|aktuelle (?:meldungen|termine|nachrichten|veranstaltungen)"
    r"|related (?:content|articles|pages|topics|links)|latest news"
    r"|you (?:may|might) also (?:like|be interested in)",
    re.IGNORECASE,
)

INLINE_NOISE = re.compile(
    r"\s*(?:[(\[](?:öffnet\s(?:in\s)?(?:ein(?:em|en)?\s)?neue[ms]\s\w+|externer\slink"
    r"|link\sist\sextern|extern|opens\sin\s"
    r"(?:a\s)?new\s\w+|external\slink|mehr|weiter(?:lesen)?|more|nach\soben|bearbeiten|edit)[)\]]|\.{3}\s?mehr$|…\s?mehr$)",
    re.IGNORECASE,
)
