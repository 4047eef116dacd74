"""Words of tables in German, French and Spanish, as Microsoft Project and Excel have them: a closed list.

Headings by what their column holds, constraints, units, the letters of links, months, yes and no. Umlauts may be
written ae, oe, ue, and accents left out.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "id": (
        "vorgangsnr", "vorgangs nr", "vorgangsnummer", "nummer", "lfd nr", "kennung",
        "n°", "nº", "numéro", "identifiant", "número", "identificador",
    ),
    "guid": ("einmalige nr", "n° unique", "id único", "identificador único"),
    "name": (
        "vorgangsname", "vorgang", "aktivität", "bezeichnung", "beschreibung", "arbeitspaket",
        "nom de la tâche", "nom de tâche", "nom tâche", "tâche", "nom", "activité",
        "nombre de tarea", "nombre de la tarea", "tarea", "nombre", "actividad",
    ),
    "duration": ("dauer", "geplante dauer", "durée", "durée prévue", "duración", "duración prevista"),
    "start": (
        "anfang", "beginn", "starttermin", "startdatum", "anfangstermin", "geplanter anfang", "frühester anfang",
        "début", "date de début", "début au plus tôt",
        "comienzo", "inicio", "fecha de comienzo", "fecha de inicio", "comienzo anticipado",
    ),
    "finish": (
        "ende", "fertig stellen", "endtermin", "enddatum", "geplantes ende", "frühestes ende",
        "fin", "date de fin", "fin au plus tôt", "fecha de fin", "fecha de finalización", "fin anticipado",
    ),
    "late_start": ("spätester anfang", "début au plus tard", "límite de comienzo"),
    "late_finish": ("spätestes ende", "fin au plus tard", "límite de finalización"),
    "total_float": (
        "gesamte pufferzeit", "gesamtpuffer", "pufferzeit", "marge totale", "margen de demora total", "holgura total",
    ),
    "predecessors": ("vorgänger", "prédécesseurs", "prédécesseur", "predecesoras", "predecesores", "predecesora"),
    "successors": ("nachfolger", "successeurs", "successeur", "sucesoras", "sucesores", "sucesora"),
    "low": (
        "optimistische dauer", "optimistisch", "minimale dauer", "durée optimiste", "optimiste", "durée minimale",
        "duración optimista", "optimista", "duración mínima",
    ),
    "mode": (
        "wahrscheinlichste dauer", "wahrscheinliche dauer", "wahrscheinlich", "am wahrscheinlichsten",
        "durée la plus probable", "durée probable", "duración más probable", "duración probable", "más probable",
    ),
    "high": (
        "pessimistische dauer", "pessimistisch", "maximale dauer", "durée pessimiste", "pessimiste", "durée maximale",
        "duración pesimista", "pesimista", "duración máxima",
    ),
    "cost": (
        "kosten", "feste kosten", "gesamtkosten", "coût", "coûts", "coût fixe", "coût total",
        "costo", "costos", "coste", "costo fijo", "costo total",
    ),
    "actual_cost": ("aktuelle kosten", "ist kosten", "istkosten", "coût réel", "costo real", "coste real"),
    "calendar": (
        "vorgangskalender", "kalender", "calendrier de la tâche", "calendrier", "calendario de tareas", "calendario",
    ),
    "resources": (
        "ressourcennamen", "ressourcen", "ressource", "noms ressources", "noms des ressources", "ressources",
        "nombres de los recursos", "nombres de recursos", "recursos",
    ),
    "wbs": ("psp code", "psp", "gliederungsnummer", "numéro hiérarchique", "edt", "número de esquema"),
    "milestone": ("meilenstein", "jalon", "hito"),
    "summary": ("sammelvorgang", "récapitulative", "tâche récapitulative", "resumen", "tarea de resumen"),
    "level": ("gliederungsebene", "ebene", "niveau hiérarchique", "niveau", "nivel de esquema", "nivel"),
    "constraint": (
        "einschränkungsart", "type contrainte", "type de contrainte", "tipo de restricción", "tipo de delimitación",
    ),
    "constraint_date": (
        "einschränkungstermin", "date contrainte", "date de contrainte", "fecha de restricción",
        "fecha de delimitación",
    ),
    "deadline": ("stichtag", "échéance", "fecha límite"),
    "started": ("aktueller anfang", "ist anfang", "tatsächlicher anfang", "début réel", "comienzo real"),
    "finished": ("aktuelles ende", "ist ende", "tatsächliches ende", "fin réelle", "fin real"),
    "remaining": ("verbleibende dauer", "restdauer", "durée restante", "duración restante"),
    "active": ("aktiv", "actif", "active", "activo", "activa"),
}  # fmt: skip
CONSTRAINTS: Mapping[str, tuple[str, ...]] = {
    "as soon as possible": ("so früh wie möglich", "dès que possible", "lo antes posible"),
    "as late as possible": ("so spät wie möglich", "le plus tard possible", "lo más tarde posible"),
    "must start on": ("muss anfangen am", "doit commencer le", "debe comenzar el"),
    "must finish on": ("muss enden am", "doit finir le", "debe finalizar el"),
    "start no earlier than": ("anfang nicht früher als", "début au plus tôt le", "no comenzar antes del"),
    "start no later than": ("anfang nicht später als", "début au plus tard le", "no comenzar después del"),
    "finish no earlier than": ("ende nicht früher als", "fin au plus tôt le", "no finalizar antes del"),
    "finish no later than": ("ende nicht später als", "fin au plus tard le", "no finalizar después del"),
}
UNITS: Mapping[str, tuple[str, ...]] = {
    "min": ("min", "minute", "minuten", "mn", "minutes", "minuto", "minutos"),
    "h": ("h", "std", "stunde", "stunden", "heure", "heures", "hora", "horas"),
    "d": ("t", "tag", "tage", "tagen", "j", "jr", "jrs", "jour", "jours", "día", "días"),
    "w": ("w", "woche", "wochen", "sm", "sem", "semaine", "semaines", "semana", "semanas"),
    "mo": ("monat", "monate", "mois", "mes", "meses"),
    "y": ("jahr", "jahre", "an", "ans", "année", "années", "año", "años"),
}
LINKS: Mapping[str, tuple[str, ...]] = {
    "FS": ("EA", "FD", "FC"),
    "SS": ("AA", "DD", "CC"),
    "FF": ("EE",),
    "SF": ("AE", "DF", "CF"),
}
"""German Ende and Anfang, French fin and début, Spanish fin and comienzo; FF is that of both in the last two."""
MONTHS: Mapping[str, int] = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "jän", "ene"), ("feb", "fév", "fev"), ("mar", "mär", "mae", "mrz"), ("apr", "avr", "abr"),
            ("may", "mai"), ("jun", "juin"), ("jul", "juil"), ("aug", "aoû", "aou", "ago"), ("sep",), ("oct", "okt"),
            ("nov",), ("dec", "dez", "déc", "dic"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
"""The beginnings of the names of months, English ones too."""
YES = ("yes", "true", "1", "y", "x", "ja", "oui", "si", "sí")
NO = ("no", "false", "0", "n", "nein", "non")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def spellings(word: str) -> set[str]:
    """Return a word as it is, with umlauts in two letters, and without accents."""
    plain = "".join(sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.combining(sign))
    return {word, word.translate(_UMLAUTS), plain}


def by_spelling(words: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return the meaning of every spelling of words that stand by their meaning."""
    return {spelling: meaning for meaning, found in words.items() for word in found for spelling in spellings(word)}
