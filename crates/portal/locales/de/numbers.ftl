inventory-numbers = Rufnummern
numbers-all = Alle
numbers-by-state = Rufnummern nach Status
numbers-found =
    { $count ->
        [one] { $number } Rufnummer
       *[other] { $number } Rufnummern
    }
numbers-more-than = Mehr als { $value } Rufnummern
numbers-empty = Noch keine Rufnummern.
numbers-none-found = Keine Rufnummer entspricht diesen Filtern.
numbers-begin = Beginnt mit …
numbers-end = Endet auf …
numbers-any = Alle
number-kind = Verwendung
number-kind-mobile = Mobilfunk
number-kind-data = Nur Daten
number-kind-m2m = Maschinen (M2M)
number-kind-fixed = Festnetz
number-free = Frei
number-given = Zugeteilt
number-reserved = Reserviert
number-in-use = In Betrieb
number-porting-in = Eingehende Portierung
number-porting-out = Ausgehende Portierung
number-resting = Ruht
number-gone = Nicht mehr bei uns
numbers-free = Freie
numbers-given = Zugeteilte
numbers-reserved = Reservierte
numbers-in-use = In Betrieb
numbers-porting-in = Eingehende Portierungen
numbers-porting-out = Ausgehende Portierungen
numbers-resting = Ruhende
numbers-gone = Nicht mehr bei uns
number-until = bis { $value }
number-since = seit { $value }
number-taken = Von einem Anschluss oder einer Bestellung belegt
number-ported = Wird gerade portiert
numbers-take-in = Rufnummern hinzufügen
numbers-intake-lead = Die ganze Reihe kommt in den Bestand oder gar nichts.
numbers-intake-hint = Höchstens 100.000 Rufnummern, von der ersten bis zur letzten. Für eine einzelne bleibt die letzte leer.
numbers-no-network = Wählen Sie das Netz, für das diese Rufnummern bestimmt sind.
numbers-no-kind = Dieses Netz hat keine Anschlüsse dieser Art: Wählen Sie eine andere Verwendung.
numbers-digits =
    { $count ->
        [one] Rufnummern dieser Art haben { $number } Ziffer.
       *[other] Rufnummern dieser Art haben { $number } Ziffern.
    }
numbers-known =
    { $count ->
        [one] { $number } Rufnummer ist bereits im Bestand: Nichts wurde hinzugefügt.
       *[other] { $number } Rufnummern sind bereits im Bestand: Nichts wurde hinzugefügt.
    }
numbers-give-title = Rufnummern zuteilen
numbers-release-title = Rufnummern freigeben
numbers-transfer-lead = Eine einzelne Rufnummer oder eine ganze Reihe. Nichts ändert sich, bevor Sie bestätigen.
numbers-first = Erste Rufnummer
numbers-last = Letzte Rufnummer
numbers-range-hint = In aufsteigender Reihenfolge. Für eine einzelne Rufnummer bleibt die letzte leer.
numbers-first-wrong = Die erste Nummer ist keine Rufnummer dieses Landes. Prüfen Sie sie.
numbers-last-wrong = Die letzte Nummer ist keine Rufnummer dieses Landes. Prüfen Sie sie.
numbers-descending = Die letzte Rufnummer steht vor der ersten: Geben Sie sie in aufsteigender Reihenfolge an.
numbers-too-many =
    { $count ->
        [one] Höchstens { $number } Rufnummer auf einmal.
       *[other] Höchstens { $number } Rufnummern auf einmal.
    }
numbers-would-give =
    { $count ->
        [one] { $number } Rufnummer wird zugeteilt
       *[other] { $number } Rufnummern werden zugeteilt
    }
numbers-would-release =
    { $count ->
        [one] { $number } Rufnummer wird freigegeben
       *[other] { $number } Rufnummern werden freigegeben
    }
numbers-unchanged =
    { $count ->
        [one] Bei { $number } Rufnummer ist es bereits so.
       *[other] Bei { $number } Rufnummern ist es bereits so.
    }
numbers-refused =
    { $count ->
        [one] { $number } Rufnummer verhindert das: Keine wird geändert.
       *[other] { $number } Rufnummern verhindern das: Keine wird geändert.
    }
numbers-given-done =
    { $count ->
        [one] { $number } Rufnummer wurde zugeteilt.
       *[other] { $number } Rufnummern wurden zugeteilt.
    }
numbers-released-done =
    { $count ->
        [one] { $number } Rufnummer wurde freigegeben.
       *[other] { $number } Rufnummern wurden freigegeben.
    }
numbers-taken-done =
    { $count ->
        [one] { $number } Rufnummer ist jetzt im Bestand.
       *[other] { $number } Rufnummern sind jetzt im Bestand.
    }
journal-numbers-taken-in = Hat Rufnummern in den Bestand aufgenommen
journal-numbers-given = Hat Rufnummern zugeteilt
journal-numbers-released = Hat Rufnummern freigegeben
