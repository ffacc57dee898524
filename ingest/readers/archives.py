"""Office documents are ZIP archives: which kind one is, and whether it is safe to unpack."""

import zipfile
import zlib
from io import BytesIO

from ingest.readers.errors import damaged, encrypted, too_large, unsupported

_MAX_UNPACKED = 200_000_000
_MAX_RATIO = 100
_SMALL = 2_000_000  # bytes; below them no ratio is suspicious, small tables pack well
_MAX_MEMBERS = 5_000
_PIECE = 65_536  # bytes
_ENCRYPTED = 1  # bit of a member's flags
_MAX_DECLARATION = 1_000_000

DOCX, XLSX, PPTX = "wordprocessingml", "spreadsheetml", "presentationml"
ODT = "opendocument.text"
_OFFICE_TYPES = {
    DOCX: b"wordprocessingml.document.main+xml",
    XLSX: b"spreadsheetml.sheet.main+xml",
    PPTX: b"presentationml.presentation.main+xml",
}
_WITH_MACROS = b"macroEnabled"
_ODF = "application/vnd.oasis."


def kind_of_archive(content: bytes, name: str) -> str:
    """Return what an archive holds, one of the constants above; refuse bombs and all else."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _check_size(archive, len(content), name)
            members = set(archive.namelist())
            if "[Content_Types].xml" in members:
                return _office_kind(_start(archive, "[Content_Types].xml"), name)
            if "mimetype" in members:
                return _open_document_kind(archive, name)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, EOFError) as error:
        raise damaged(name, "das ZIP-Archiv ist nicht lesbar") from error
    raise unsupported(name, "ZIP-Archiv", hint="Das Archiv entpacken und die Dateien einlesen.")


def member(content: bytes, part: str) -> bytes:
    """Return one file of an archive that was checked."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read(part)


def _check_size(archive: zipfile.ZipFile, packed: int, name: str) -> None:
    """Refuse what declares too much, then unpack all of it once to see that it declares the truth.

    Parsers unpack a part in one go and find out only then; piece by piece `zipfile` stops at the
    declared size, and the checksum tells.
    """
    members = archive.infolist()
    unpacked = sum(one.file_size for one in members)
    if len(members) > _MAX_MEMBERS or unpacked > _MAX_UNPACKED:
        raise too_large(name, "ausgepackt mehr als 200 MB oder 5.000 Teile")
    if unpacked > max(_SMALL, _MAX_RATIO * packed):
        raise too_large(name, "auffällig stark gepackt")
    for one in members:
        if one.flag_bits & _ENCRYPTED:
            raise encrypted(name)
        with archive.open(one) as part:
            while part.read(_PIECE):
                pass


def _start(archive: zipfile.ZipFile, part: str) -> bytes:
    return archive.open(part).read(_MAX_DECLARATION)


def _office_kind(types: bytes, name: str) -> str:
    for kind, mark in _OFFICE_TYPES.items():
        if mark in types:
            return kind
    if _WITH_MACROS in types:
        hint = "Im Ursprungsprogramm ohne Makros speichern, als DOCX, XLSX oder PPTX."
        raise unsupported(name, "Office-Dokument mit Makros", hint=hint)
    raise unsupported(name, "unbekanntes Office-Dokument")


def _open_document_kind(archive: zipfile.ZipFile, name: str) -> str:
    declared = _start(archive, "mimetype").decode("ascii", "replace").strip()
    if not declared.startswith(_ODF):
        raise unsupported(name, "ZIP-Archiv", hint="Das Archiv entpacken und die Dateien einlesen.")
    if "META-INF/manifest.xml" in archive.namelist() and b"encryption-data" in _start(
        archive, "META-INF/manifest.xml"
    ):
        raise encrypted(name)
    kind = declared.removeprefix(_ODF)
    if kind == ODT:
        return kind
    others = {"opendocument.spreadsheet": "XLSX", "opendocument.presentation": "PPTX oder PDF"}
    target = others.get(kind, "PDF")
    raise unsupported(name, "OpenDocument, aber kein Text", hint=f"Als {target} speichern.")
