menu-sims = SIM-Karten
sims-all = Alle
sims-by-state = SIM-Karten nach Status
sims-found =
    { $count ->
        [one] { $number } SIM
       *[other] { $number } SIMs
    }
sims-of-batch = Lieferung { $value }
sims-none = Noch keine SIM-Karten.
sims-none-found = Keine SIM-Karte entspricht diesen Filtern.
sims-export = Als CSV exportieren
sims-give = Zuteilen
sims-release = Freigeben
sims-give-title = SIM-Karten zuteilen
sims-release-title = SIM-Karten freigeben
sims-given-done =
    { $count ->
        [one] { $number } SIM wurde zugeteilt.
       *[other] { $number } SIMs wurden zugeteilt.
    }
sims-released-done =
    { $count ->
        [one] { $number } SIM wurde freigegeben.
       *[other] { $number } SIMs wurden freigegeben.
    }
sims-taken-done =
    { $count ->
        [one] { $number } SIM ist jetzt im Bestand.
       *[other] { $number } SIMs sind jetzt im Bestand.
    }
sim-title = SIM { $value }
sim-iccid = SIM-Nummer
sim-kind = Art
sim-holder = Inhaber
sim-stock = Bestand
sim-line = Anschluss
sim-batch = Lieferung
sim-free = Frei
sim-given = Zugeteilt
sim-reserved = Reserviert
sim-in-use = In Betrieb
sim-ended = Außer Betrieb
sims-free = Freie
sims-given = Zugeteilte
sims-reserved = Reservierte
sims-in-use = In Betrieb
sims-ended = Außer Betrieb
sim-card-with-pin = Karte mit PIN
sim-card-without-pin = Karte ohne PIN
sim-esim = eSIM
sim-puk = PUK
sim-puk-lead = Mit der PUK entsperren Sie die Karte nach drei falschen PIN-Eingaben. Jede Anzeige wird protokolliert.
sim-puk-show = PUK anzeigen
sim-puk-tries = Nach zehn falschen PUK-Eingaben ist die Karte endgültig gesperrt.
sim-batches = SIM-Lieferungen
sim-batches-lead = Die Dateien der Hersteller: Eine Datei wird ganz übernommen oder gar nicht.
batch-upload = Herstellerdatei importieren
batch-file = Datei
batch-send = Importieren
batch-choose-network = Netz wählen
batch-hint = Eine CSV-Datei mit höchstens 10.000 Karten und den Spalten iccid, imsi, pin1, puk1, pin2, puk2. Die Codes werden sofort verschlüsselt.
batch-cards = Karten
batches-none = Noch keine Lieferungen.
batch-before = Diese Datei wurde bereits als { $value } übernommen: Nichts hat sich geändert.
batch-too-large = Die Datei ist größer als 2 MB. Verteilen Sie die Karten auf mehrere Dateien.
batch-not-text = Die Datei ist kein Text in UTF-8. Speichern Sie sie in diesem Format.
batch-no-network = Wählen Sie das Netz, für das die Karten hergestellt wurden.
batch-header = Die erste Zeile muss die Spalten iccid, imsi, pin1, puk1, pin2, puk2 nennen, in dieser Reihenfolge.
batch-empty = Die Datei enthält keine Karte. Wählen Sie eine andere.
batch-too-many =
    { $count ->
        [one] Eine Datei enthält höchstens { $number } Karte.
       *[other] Eine Datei enthält höchstens { $number } Karten.
    }
batch-rows-wrong =
    { $count ->
        [one] { $number } Zeile ist fehlerhaft: Nichts wurde importiert.
       *[other] { $number } Zeilen sind fehlerhaft: Nichts wurde importiert.
    }
batch-faults = Fehlerhafte Zeilen
batch-row = Zeile
batch-column = Spalte
batch-what = Grund
batch-known = { $value } ist bereits im Bestand
batch-more =
    { $count ->
        [one] und { $number } weitere
       *[other] und { $number } weitere
    }
transfer-lead = Eine einzelne SIM oder eine ganze Reihe. Nichts ändert sich, bevor Sie bestätigen.
transfer-range = Reihe
transfer-first = Erste SIM
transfer-last = Letzte SIM
transfer-to = Empfänger
transfer-customer = Kunde (Kundennummer oder genauer Name)
transfer-reseller = oder Wiederverkäufer
transfer-look = Prüfen
transfer-hint = In aufsteigender Reihenfolge, ohne die Prüfziffer gezählt. Für eine einzelne SIM bleibt die letzte leer.
transfer-confirm = Bestätigen
transfer-changed = Seit der Prüfung hat sich etwas geändert: Nichts wurde getan. Prüfen Sie noch einmal.
transfer-would-give =
    { $count ->
        [one] { $number } SIM wird zugeteilt
       *[other] { $number } SIMs werden zugeteilt
    }
transfer-would-release =
    { $count ->
        [one] { $number } SIM wird freigegeben
       *[other] { $number } SIMs werden freigegeben
    }
transfer-unchanged =
    { $count ->
        [one] Bei { $number } SIM ist es bereits so.
       *[other] Bei { $number } SIMs ist es bereits so.
    }
transfer-refused =
    { $count ->
        [one] { $number } SIM verhindert das: Keine wird geändert.
       *[other] { $number } SIMs verhindern das: Keine wird geändert.
    }
transfer-unknown = Unbekannt
transfer-not-theirs = Bereits einem Kunden zugeteilt
transfer-other-stock = Im Bestand eines anderen Wiederverkäufers
transfer-first-wrong = Die erste Nummer ist keine SIM-Nummer: 19 oder 20 Ziffern, mit richtiger Prüfziffer.
transfer-last-wrong = Die letzte Nummer ist keine SIM-Nummer: 19 oder 20 Ziffern, mit richtiger Prüfziffer.
transfer-descending = Die letzte SIM steht vor der ersten: Geben Sie sie in aufsteigender Reihenfolge an.
transfer-lengths = Die beiden Nummern sind nicht gleich lang. Prüfen Sie sie.
transfer-too-many =
    { $count ->
        [one] Höchstens { $number } SIM auf einmal.
       *[other] Höchstens { $number } SIMs auf einmal.
    }
transfer-no-customer = Kein Kunde hat diese Kundennummer oder diesen Namen. Prüfen Sie Ihre Eingabe.
transfer-several-customers = Mehrere Kunden heißen so: Geben Sie die Kundennummer an.
transfer-no-reseller = Diesen Wiederverkäufer gibt es nicht. Wählen Sie einen aus der Liste.
journal-sims-taken-in = Hat eine SIM-Lieferung importiert
journal-sim-given = Hat eine SIM zugeteilt
journal-sim-released = Hat eine SIM freigegeben
journal-puk-shown = Hat eine PUK angesehen
journal-sim = SIM Nr. { $value }
journal-sim-batch = SIM-Lieferung Nr. { $value }
sim-on-its-way = Unterwegs
sims-on-their-way = Unterwegs
deliveries = Kartensendungen
deliveries-lead = Unbeschriebene SIM-Karten, in Zehnerpackungen, innerhalb von zwei Werktagen geliefert.
deliveries-none = Noch keine Sendungen.
deliveries-to-send =
    { $count ->
        [one] { $number } Sendung zu versenden
       *[other] { $number } Sendungen zu versenden
    }
delivery = Sendung
delivery-title = Sendung Nr. { $value }
delivery-asked = Bestellt
delivery-promised = Voraussichtliche Ankunft
delivery-ordered = Bestellt
delivery-sent = Versandt
delivery-arrived = Angekommen
delivery-cancelled = Storniert
delivery-order = Unbeschriebene Karten bestellen
delivery-order-now = Bestellen
delivery-there-on = Wenn Sie jetzt bestellen, kommen sie am { $value } an.
delivery-what = Karten und Adresse
delivery-cards = Anzahl der Karten (in Zehnern)
delivery-recipient = Empfänger
delivery-street = Straße und Hausnummer
delivery-postcode = Postleitzahl
delivery-city = Ort
delivery-address = Lieferadresse
delivery-by-packs =
    { $count ->
        [one] Karten werden in Packungen zu { $number } bestellt.
       *[other] Karten werden in Packungen zu { $number } bestellt.
    }
delivery-how-many =
    { $count ->
        [one] Bestellen Sie zwischen 10 und { $number } Karten.
       *[other] Bestellen Sie zwischen 10 und { $number } Karten.
    }
delivery-no-network = Wählen Sie das Netz der Karten.
delivery-no-kind = Wählen Sie die Art der Karte.
delivery-no-address = Füllen Sie alle Zeilen der Adresse aus, mit höchstens 100 Zeichen je Zeile.
delivery-send = Paket versenden
delivery-send-now = Versenden
delivery-send-note = Freie Karten aus dem Bestand dieses Netzes und dieser Art, so viele wie bestellt. Sobald sie im Paket sind, kann niemand sonst sie verwenden.
delivery-range-wrong = Diese SIM-Nummern bilden keine aufsteigende Reihe. Prüfen Sie sie.
delivery-count-wrong =
    { $count ->
        [one] Die Reihe hat { $number } Karte: Bestellt war eine andere Anzahl.
       *[other] Die Reihe hat { $number } Karten: Bestellt war eine andere Anzahl.
    }
delivery-cards-wrong =
    { $count ->
        [one] { $number } Karte kann nicht versandt werden: Sie ist nicht frei oder nicht von diesem Netz oder dieser Art.
       *[other] { $number } Karten können nicht versandt werden: Sie sind nicht frei oder nicht von diesem Netz oder dieser Art.
    }
delivery-receive = Die Karten sind angekommen
delivery-receive-note = Sobald Sie die Ankunft bestätigen, stehen die Karten in Ihrer Liste und können verwendet werden.
delivery-cancel = Bestellung stornieren
journal-blank-sims-asked = Hat unbeschriebene Karten bestellt
journal-blank-sims-sent = Hat unbeschriebene Karten versandt
journal-blank-sims-arrived = Hat die Ankunft der Karten bestätigt
journal-blank-sims-cancelled = Hat eine Kartenbestellung storniert
