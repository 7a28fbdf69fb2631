bank-files = Lastschriften und Bank
bank-files-lead = Dateien für die Bank, ihre Antworten und Überweisungen, die zuzuordnen sind.
collect-title = Einzuziehen
collect-until = Bis zum
debit-day-of = Tag der Abbuchung
collect-debits = Lastschriften
collect-nothing = Bis zu diesem Tag ist nichts einzuziehen.
collect-announced = Außerdem werden diese Rechnungen den Kunden angekündigt und am angekündigten Tag eingezogen: { $value }.
collect-announced-only = { $count ->
    [one] Nichts einzuziehen; { $number } Rechnung wurde angekündigt.
   *[other] Nichts einzuziehen; { $number } Rechnungen wurden angekündigt.
 }
collect-without-mandate = { $count ->
    [one] { $number } Rechnung kann nicht eingezogen werden: Das zugehörige Mandat ist nicht nutzbar.
   *[other] { $number } Rechnungen können nicht eingezogen werden: Die zugehörigen Mandate sind nicht nutzbar.
 }
collect-make = Datei erstellen
collect-wrong-day = Wählen Sie einen Tag zwischen heute und in 30 Tagen.
collect-files = Lastschriftdateien
collect-none = Noch keine Dateien.
collect-made = Erstellt
collection-title = Lastschriften { $value }
collection-fetch = Für die Bank herunterladen
debit-under-way = Bei der Bank
debit-settled = Eingegangen
debit-rejected = Abgelehnt
debit-returned = Zurückgegeben
bank-take = Datei von der Bank
bank-file = Datei
bank-send = Einlesen
bank-hint = pain.002, camt.053 oder camt.054, wie die Bank sie gesendet hat, höchstens 16 MB. Dieselbe Datei zweimal zählt einmal.
bank-waiting = Zu entscheiden
bank-nothing-waits = Nichts wartet auf eine Entscheidung.
bank-party = Auftraggeber
bank-why = Grund
bank-decide = Entscheidung
bank-number = Rechnungsnummer
bank-assign = Zuordnen
bank-what = Oder: Was ist es?
bank-say = Vermerken
bank-message = Nachricht
bank-taken = Dateien der Bank
bank-none-taken = Noch keine Dateien eingelesen.
bank-taken-at = Eingelesen
bank-items = Posten
bank-waits = Offen
bank-came-back = Zurück
bank-not-counted = Ohne Wirkung
bank-counted = Verbucht
bank-booked = Gebucht
bank-became = Ergebnis
bank-report = Statusbericht der Bank
bank-statements = Kontoauszug
bank-taken-before = Diese Datei wurde schon eingelesen: Nichts zählt doppelt. Das hat sie ergeben.
bank-file-empty = Diese Datei enthält nichts Neues.
bank-accepted = Von der Bank angenommen: { $value }
bank-credit = { $value } zugunsten des Rechnungskontos
bank-settled = { $count ->
    [one] { $number } Lastschrift eingegangen
   *[other] { $number } Lastschriften eingegangen
 }
bank-again = Wird am { $value } erneut eingereicht
bank-customer-pays = Der Kunde zahlt anders
bank-look = Zu prüfen
bank-says-nothing = Weder strukturierter Verwendungszweck noch Rechnungsnummer
bank-unknown-reference = Der Verwendungszweck { $value } gehört zu keiner Rechnung
bank-several-accounts = Nennt Rechnungen mehrerer Rechnungskonten
bank-noted-by-hand = Für dieses Rechnungskonto wurde schon eine Zahlung in dieser Höhe von Hand erfasst. Ist es dieselbe, nehmen Sie sie auf ihrer Seite zurück und ordnen Sie dann diese Überweisung zu.
bank-not-euros = In { $value }, und Rechnungen lauten auf Euro
bank-went-out = Geldausgang
bank-twice = Bereits verbucht
bank-unknown-debit = Keine Lastschrift hat diese Referenz: { $value }
bank-told-before = Bereits bekannt: { $value }
bank-other-amount = Der Betrag ist nicht der eingezogene: { $value }
bank-other-currency = In einer anderen Währung als Euro: { $value }
bank-busy = Jemand anderes ist gerade dabei: Versuchen Sie es gleich noch einmal.
bank-other-account = Dieser Auszug gehört zu einem anderen Konto ({ $value }) als dem, auf das Kunden zahlen.
bank-no-account = Der Betreiber hat dafür weder Konto noch Gläubiger-Identifikationsnummer.
bank-decided = Vermerkt.
bank-decided-before = Jemand hat es schon erledigt.
bank-no-invoice = Keine Rechnung hat die Nummer { $value }: Prüfen Sie sie.
bank-invoice-missing = Geben Sie eine Rechnungsnummer an.
bank-no-money = Das ist kein Geldeingang in Euro: Damit wird keine Rechnung bezahlt.
bank-say-what = Beschreiben Sie mit höchstens 200 Zeichen, was es ist.
bank-file-too-large = { $count ->
    [one] Die Datei ist zu groß: höchstens { $number } MB. Bitten Sie die Bank um kürzere Zeiträume.
   *[other] Die Datei ist zu groß: höchstens { $number } MB. Bitten Sie die Bank um kürzere Zeiträume.
 }
bank-file-encoding = Die Datei ist nicht in UTF-8 kodiert: Speichern Sie sie so, wie die Bank sie gesendet hat.
bank-file-cut = Die Datei bricht mittendrin ab: Laden Sie sie noch einmal herunter. Nichts wurde verbucht.
bank-file-no-xml = Das ist keine XML-Datei einer Bank.
bank-file-other = Diese Nachricht ({ $value }) ist kein pain.002, camt.053 oder camt.054 in einer hier lesbaren Version.
bank-file-missing = In der Datei fehlt ein Element: { $value }. Nichts wurde verbucht.
bank-file-value = Die Datei enthält einen unmöglichen Wert, { $value }. Nichts wurde verbucht.
reason-ac01 = falsche Kontonummer
reason-ac04 = Konto aufgelöst
reason-ac06 = Konto gesperrt
reason-ag01 = Lastschriften von diesem Konto nicht möglich
reason-ag02 = falscher Vorgang
reason-am04 = Konto nicht gedeckt
reason-am05 = doppelt eingezogen
reason-be05 = Gläubiger unbekannt
reason-ff05 = falsche Lastschriftart
reason-md01 = kein gültiges Mandat
reason-md06 = Erstattung vom Zahler verlangt
reason-md07 = Inhaber verstorben
reason-ms02 = vom Zahler abgelehnt
reason-ms03 = die Bank nennt keinen Grund
reason-rc01 = falscher BIC
reason-rr01 = vorgeschriebene Angaben fehlen
reason-other = Grund { $value }
collection-stop = Nicht einziehen
collection-stop-lead = Der Kunde zahlt sie anders. Eine Lastschrift, die der Bank schon vorliegt, wird noch ausgeführt.
collection-stop-yes = Ja, nicht einziehen
collection-stopped = Diese Rechnung wird nicht mehr eingezogen: Sie wird per Überweisung oder Karte bezahlt.
