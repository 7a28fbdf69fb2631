menu-orders = Bestellungen
orders-lead = Jede Bestellung von Anschlüssen und ihr Stand.
orders-none = Noch keine Bestellungen.
order = Bestellung
order-new = Anschlüsse bestellen
order-new-lead = Angeboten wird nur, was zusammenpasst. Den Preis sehen Sie vor dem Absenden.
order-lines = { $count ->
    [one] { $number } Anschluss
   *[other] { $number } Anschlüsse
 }
order-placed = Bestellt am
order-by = Von
order-monthly = Pro Monat
order-once = Einmalig
order-first-month = Erster Monat, anteilig
order-given-up = Aufgegeben
order-done = Geliefert
order-open = In Bearbeitung
order-partly = Teilweise geliefert
order-is-placed = Die Bestellung ist aufgegeben. Die Anschlüsse werden freigeschaltet, sobald das Netz bereit ist. Diese Seite zeigt den Stand.
order-late = Das war nicht mehr möglich: Der Anschluss hat sich inzwischen geändert. So ist der Stand jetzt.
order-line-ordered = Bestellt
order-line-activating = Wird aktiviert
order-line-stuck = Vom Netz abgelehnt
order-number-to-come = Nummer folgt
order-begins-at = Ab { $value }
order-more-lines = { $count ->
    [one] { $number } weiterer Anschluss wird hier nicht gezeigt.
   *[other] { $number } weitere Anschlüsse werden hier nicht gezeigt.
 }
order-again = Netz erneut anfragen
order-give-up = Aufgeben
order-give-up-lead = Der Anschluss wird nicht eröffnet. SIM und Nummer werden wieder frei.
order-give-up-yes = Ja, diesen Anschluss aufgeben
porting-requested = Portierung beim anderen Anbieter angefragt
porting-eligible = Portierung zugesagt
porting-dated = Nummer kommt am { $value }
porting-done = Nummer portiert am { $value }
porting-refused = Portierung abgelehnt: { $value }
porting-cancelled = Portierung storniert
porting-agree = Anderer Anbieter stimmt zu
porting-refuse = Anderer Anbieter lehnt ab
porting-refuse-yes = Ablehnung vermerken und Anschluss aufgeben
porting-reason = Angegebener Grund
column-actions = Aktionen
order-from-file = Aus Datei bestellen
order-what = Welche Anschlüsse?
order-a-month = { $value } pro Monat
order-paid-once = einmalig { $value }
order-free = ohne Aufpreis
order-capping = Über das Inklusivvolumen hinaus
order-capped = Gesperrt
order-uncapped = Nicht gesperrt
order-count = Anzahl Anschlüsse
order-options = Optionen
order-choose-again = Auswahl aktualisieren
order-go-on = Weiter
order-customer-hint = Name oder Kundennummer.
order-several-customers = Mehrere Kunden passen: Wählen Sie einen aus der Liste des Feldes.
order-count-hint = { $count ->
    [one] Höchstens { $number } Anschluss je Formular. Für mehr senden Sie eine Datei.
   *[other] Höchstens { $number } Anschlüsse je Formular. Für mehr senden Sie eine Datei.
 }
order-for-all = Für alle Anschlüsse
order-account = Rechnungskonto
order-line = Anschluss { $value }
order-sim = SIM
order-iccid = Nummer einer bestimmten Karte
order-iccid-hint = Ohne Kartennummer wird eine aus dem Bestand genommen.
order-number = Nummer zum Mitnehmen oder Wunschnummer
order-number-hint = Ohne Nummer bekommt der Anschluss eine neue. Um eine Nummer eines anderen Anbieters mitzunehmen, geben Sie sie mit dem Nachweis an.
order-number-network = Das Netz vergibt die Nummern dieser Anschlüsse.
order-donor-number = Kundennummer beim anderen Anbieter
order-day = Wunschtermin
order-day-hint = Ohne Termin wird der Anschluss so bald wie möglich eröffnet.
order-check = Prüfen und Preis sehen
order-place = Bestellen
order-place-good = { $count ->
    [one] Nur den einen richtigen Anschluss bestellen
   *[other] Nur die { $number } richtigen Anschlüsse bestellen
 }
order-total = Was die Bestellung kostet
order-total-note = Preise ohne Mehrwertsteuer. Bestellt wird erst, wenn Sie bestätigen.
order-file = CSV-Datei
order-file-lead = Jede Zeile ist ein Anschluss. Preis und Fehler sehen Sie vor der Bestellung.
order-file-hint = Höchstens 10.000 Zeilen, mit Kopfzeile. Bekannte Spalten, nur die ersten beiden sind nötig:
order-file-changed = Seit der Prüfung hat sich geändert, wie viele Zeilen bestellt werden können: Es wurde nichts bestellt. Unten steht, was jetzt möglich ist.
order-rows-wrong = { $count ->
    [one] { $number } Zeile zu korrigieren
   *[other] { $number } Zeilen zu korrigieren
 }
order-no-lines = Es gibt keinen Anschluss zu bestellen.
order-too-many = { $count ->
    [one] Höchstens { $number } Anschluss je Bestellung.
   *[other] Höchstens { $number } Anschlüsse je Bestellung.
 }
order-no-token = Das Formular ist unvollständig. Öffnen Sie die Seite neu.
order-no-account = Der Kunde hat dieses Rechnungskonto nicht. Wählen Sie ein anderes.
order-lines-wrong = Nichts ist bestellt: Korrigieren Sie zuerst, was markiert ist.
order-people-wrong = Die Angaben zum Nutzer stimmen nicht: Prüfen Sie die Spalte oder das Feld „{ $value }“. Geben Sie eine neue Person an oder den Anschluss, den sie schon nutzt, nicht beides.
order-user-of = Gleicher Nutzer wie Anschluss
order-user-more = Mehr zum Nutzer
order-user-hint = Nutzt die Person schon einen Anschluss, geben Sie nur dessen Nummer an; ihre Angaben werden übernommen.
order-sim-unknown = Für diesen Kunden gibt es keine SIM mit dieser Nummer. Prüfen Sie sie.
order-no-sim-left = Von dieser Art ist keine SIM mehr im Bestand. Wählen Sie eine andere Art.
order-number-not-ours = Diese Nummer steht hier nicht zur Wahl. Nehmen Sie eine aus der Liste oder geben Sie den Nachweis an.
order-no-number-left = Es gibt keine freien Nummern mehr. Der Anbieter muss welche hinzufügen.
order-header = Die erste Zeile muss die Spalten nennen, darunter „network“ und „offer“. Zu korrigieren: { $value }
order-row = Die Zeile hat nicht so viele Spalten wie der Kopf.
order-value = „{ $value }“ gilt hier nicht.
order-value-missing = Geben Sie die Nummer an, zu der dieser Nachweis gehört.
order-rio-wrong = Dieser RIO gehört nicht zu der Nummer. Wählen Sie 3179 von dem Anschluss aus.
order-twice = Steht schon in Zeile { $value }.
order-network-unknown = Dieses Netz gibt es nicht. Wählen Sie eines aus der Liste.
order-offer-unknown = Dieses Angebot gibt es nicht. Wählen Sie eines aus der Liste.
order-offer-elsewhere = Das Angebot wird auf diesem Netz nicht verkauft.
order-capping-missing = Wählen Sie, ob der Anschluss gesperrt wird.
order-no-capping = Dieses Angebot lässt keine Wahl der Sperre.
order-option-wrong = Eine der Optionen passt nicht zum Angebot oder zu den anderen Optionen.
order-cutoff-or-option = Eine Option ersetzt diese Grenze schon: Nehmen Sie eines von beiden weg.
order-cutoff-wrong = Diese Grenze oder diesen Wert hat das Angebot nicht.
order-cutoff-missing = Wählen Sie für jede verlangte Grenze einen Wert.
order-no-esim = Dieses Netz hat keine eSIM.
order-sim-twice = Dieselbe SIM steht zweimal in der Bestellung.
order-sim-ended = Diese SIM wurde benutzt und ist verbraucht.
order-sim-in-use = Diese SIM gehört zu einem anderen Anschluss.
order-sim-reserved = Eine andere Bestellung hat diese SIM reserviert.
order-sim-not-theirs = Diese SIM ist einem anderen Kunden zugeteilt.
order-sim-other-network = Diese SIM ist von einem anderen Netz.
order-sim-other-kind = Diese SIM ist nicht von der verlangten Art.
order-no-picking = Auf diesem Netz kann keine Nummer gewählt werden. Zum Mitnehmen geben Sie den Nachweis an.
order-other-digits = Die Nummer hat nicht so viele Ziffern wie solche Anschlüsse.
order-number-twice = Dieselbe Nummer steht zweimal in der Bestellung.
order-no-porting = Das Netz vergibt diese Nummern selbst: Es kann keine mitgenommen werden.
order-porting-early = Eine Nummer kann frühestens am { $value } kommen. Wählen Sie einen anderen Tag.
order-porting-holiday = Am Wochenende und an Feiertagen wird keine Nummer portiert. Wählen Sie einen Werktag.
order-day-passed = Dieser Tag ist vorbei oder nicht wählbar. Geben Sie einen anderen an.
order-never-open = Dieses Netz nimmt keine neuen Anschlüsse an.
order-number-taken = Die Nummer ist vergeben.
order-number-ported = Die Nummer wird schon portiert.
order-number-rests = Die Nummer ruht nach dem Ende ihres Anschlusses und ist noch nicht frei.
order-number-gone = Die Nummer ist nicht mehr bei uns. Zum Zurückholen geben Sie den Nachweis an.
order-promise = Spätestens in Betrieb
order-promise-ported = Mit Portierung, in Betrieb am
order-promised-by = zugesagt bis spätestens { $value }
order-promised-on = mit der Rufnummer zugesagt für { $value }
order-closes =
    { $count ->
        [one] Mit einer Obergrenze von 0 hat { $number } Anschluss in dieser Zone keine Daten.
       *[other] Mit einer Obergrenze von 0 haben { $number } Anschlüsse in dieser Zone keine Daten.
    }
order-closes-meant = Das ist gewollt: keine Daten in dieser Zone
order-promise-word = Inbetriebnahme
order-closes-unmeant = Bestellt wird erst, wenn das Kästchen unter dem Preis angekreuzt ist.
