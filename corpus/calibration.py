"""How near a question comes to a corpus that says nothing about it: the background of its cosines.

Cosines of one model differ from corpus to corpus: the more sentences there are, the nearer the
nearest one is by chance. Everyday questions no funding document answers measure that.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from corpus.embedder import Embedder, Vectors

_EVERYDAY = [
    "Wie wird das Wetter am Wochenende?",
    "Welches Rezept eignet sich für einen Apfelkuchen?",
    "Wer hat die Fußballmeisterschaft gewonnen?",
    "Wie repariere ich einen tropfenden Wasserhahn?",
    "Wann fährt der nächste Zug an die Küste?",
    "Wie viele Planeten hat unser Sonnensystem?",
    "Welche Katze passt in eine kleine Wohnung?",
    "Wie lange muss ein Ei kochen?",
    "Was kostet eine Kinokarte am Dienstag?",
    "Wie lerne ich schnell Gitarre spielen?",
    "Welches Auto verbraucht am wenigsten Benzin?",
    "Wie tief ist der Bodensee?",
    "Wo kaufe ich günstige Wanderschuhe?",
    "Welche Tabletten helfen gegen Kopfschmerzen?",
    "Wann beginnt die Skisaison in den Alpen?",
    "Wie installiere ich einen neuen Drucker?",
    "Welcher Film läuft heute Abend im Fernsehen?",
    "Was bedeutet mein Sternzeichen?",
    "Wie pflanze ich Tomaten auf dem Balkon?",
    "Welche Sprache spricht man in Brasilien?",
]


def peaks(units: NDArray[np.float16], everyday: Vectors) -> tuple[float, ...]:
    """Return the cosine of each everyday question to the nearest of these units."""
    if not len(units):
        return ()
    return tuple(np.max(units.astype(np.float32) @ everyday.T, axis=0).tolist())


def background(found: Iterable[tuple[float, ...]]) -> float:
    """Return the mean cosine of an everyday question to the nearest unit of all; 0 without."""
    known = [each for each in found if each]
    return float(np.mean(np.max(known, axis=0))) if known else 0.0


def embed_everyday(embedder: Embedder) -> Vectors:
    """Embed the everyday questions."""
    return embedder.encode_query(_EVERYDAY)
