"""Recognise the lines of a contact: phone, e-mail, address, role and name."""

import re

_LABEL = (
    r"(?:Tel(?:efon|efax)?|Fon|Fax|Mobil(?:telefon)?|Handy|Phone|Zentrale|Durchwahl|Hotline|T|F|M)"
)
_NUMBER = r"(?:\+|\(?0)[\d\s()/.–-]{4,24}\d"
_PHONE = re.compile(
    rf"^(?:{_LABEL}\s*[.:]*\s*)?{_NUMBER}(?:\s*\([^)]{{1,40}}\))?$"
    rf"|^{_LABEL}\s*[.:]+\s*[\d+(][\d\s()/.–-]{{3,24}}$",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_WEB = re.compile(
    r"^(?:(?:Internet|Web(?:site)?|Homepage|URL)\s*:\s*)?(?:https?://|www\.)\S+$", re.IGNORECASE
)
_POSTAL = re.compile(
    r"^(?:D-)?\d{5}\s+[A-ZÄÖÜ][\w ./()-]+$"
    r"|^[A-ZÄÖÜ][\w .-]*(?:stra(?:ß|ss)e|str\.|weg|platz|allee|ring|gasse|ufer|damm|markt)\s*"
    r"\d{1,4}\s?[a-z]?(?:\s?[-–/]\s?\d+)?$"
    r"|^Postfach\s[\d ]+$"
)
_ROLE = re.compile(
    r"(?:leitung|leiter(?:in)?|mitarbeit\w*|referent\w*|referat\w*|koordinat\w*|sekretariat"
    r"|assistenz|assistent\w*|berat(?:ung|er\w*)|geschäftsführ\w*|geschäftsstelle|management"
    r"|öffentlichkeitsarbeit|ansprechpartner\w*|ansprechperson\w*|verwaltung|sachbearbeit\w*"
    r"|projektträger|servicestelle|hotline|sprecher\w*|presse|head|director|officer|manager"
    r"|coordinator|contact|assistant|team|zuständig\w*|vertretung)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"^(?:(?:Herr|Frau|Dr\.|Prof\.|Dipl\.-\w+\.?)\s+)*[A-ZÄÖÜ][\w.'-]+(?:\s+(?:von|zu|de|van))?"
    r"(?:\s+[A-ZÄÖÜ][\w.'-]*){1,3}$"
)
_HEADING = re.compile(
    r"(?:(?:Ihre?|Unsere?)\s)?(?:Kontakt\w*|Ansprech\w+(?:/-?innen)?|Ansprechpartner\W\w+|Anschrift|Adressen?"
    r"|Auskünfte|Auskunft|Postanschrift|Besucheranschrift|Impressum|Contacts?|Address)\b.{0,40}$",
    re.IGNORECASE,
)
_MAX_LINE = 100


def is_reachable(line: str) -> bool:
    """Whether a line is a phone number or carries an e-mail address, and is no sentence."""
    line = line.strip()
    if len(line) > _MAX_LINE:
        return False
    if _PHONE.match(line):
        return True
    mail = _MAIL.search(line)
    return mail is not None and len(line) - len(mail.group()) <= 45 and not line.endswith(".")


def is_contact(text: str) -> bool:
    """Whether a paragraph of short lines is (part of) a contact."""
    lines = text.split("\n")
    is_narrow = all(len(line) <= _MAX_LINE for line in lines)
    return is_narrow and any(is_reachable(line) or _POSTAL.match(line.strip()) for line in lines)


def is_contact_heading(line: str) -> bool:
    """Whether a line announces contacts: "Kontakt", "Ihre Ansprechpartnerinnen"."""
    return bool(_HEADING.match(line))


def is_contact_only(text: str) -> bool:
    """Whether the lines say how to reach someone, but not whom."""
    return all(is_detail(line) for line in text.split("\n"))


def is_detail(line: str) -> bool:
    """Whether a line is a phone, mail, web or postal address."""
    line = line.strip()
    return is_reachable(line) or bool(_WEB.match(line) or _POSTAL.match(line))


def is_role(line: str) -> bool:
    """Whether a short line names a role: "Wissenschaftliche Mitarbeit"."""
    return len(line) <= 80 and not is_detail(line) and bool(_ROLE.search(line))


def is_person(line: str) -> bool:
    """Whether a line looks like a person's name."""
    return len(line) <= 60 and bool(_PERSON.match(line)) and not is_role(line)
