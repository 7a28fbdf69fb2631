### Verbruiksbestanden

usage-files-lead = Wat de netwerken hebben doorgegeven, en wat niet kon worden gelezen.
usage-files-none = Nog geen bestanden ontvangen
usage-file = Bestand
layout = Indeling
taken-in = Ontvangen
taken-in-at = Ontvangen { $value }
records = Records
duplicates = Dubbels
set-aside = Apart gezet
rows-set-aside = Apart gezette rijen
set-aside-none = Geen rijen apart gezet
row = Rij
reason = Reden
raw = Inhoud
file-reading = Wordt gelezen
file-done = Verwerkt
file-failed = Mislukt
file-waiting = Wacht

## Een bestand aanleveren
upload-title = Een bestand aanleveren
upload-choose-layout = Kies een indeling
upload-send = Aanleveren
upload-hint = Gewoon of gecomprimeerd (gzip, zstd), hoogstens { $value }. Een bestand dat al verwerkt is, telt niet twee keer.
upload-received = “{ $value }” is ontvangen. Het verschijnt in de lijst zodra het lezen begint.
upload-no-file = Kies een bestand.
upload-empty = Dit bestand is leeg. Kies een ander.
upload-unknown-layout = Kies de indeling van het bestand uit de lijst.
upload-too-large = Dit bestand is te groot: hoogstens { $value }. Comprimeer het of lever het in delen aan.
refused-files = Geweigerde bestanden
dismiss = Niet meer tonen

## Apart gezette rijen opnieuw verwerken
aside-filter = Redenen
aside-open = Nog te doen
aside-taken = Alsnog verwerkt
aside-all-done = Alle apart gezette rijen zijn alsnog verwerkt
actions = Acties
take-again = Opnieuw verwerken
take-all-again = { $count ->
    [one] Deze rij opnieuw verwerken
   *[other] Alle { $number } rijen opnieuw verwerken
 }
correct = Verbeteren
correct-row = Rij { $value } van het bestand verbeteren
row-number = rij { $value }
row-text = Tekst van de rij
take-corrected = Verbeterde rij verwerken
taken-again-at = Verwerkt { $value }
again-taken = { $count ->
    [one] { $number } rij is alsnog verwerkt.
   *[other] { $number } rijen zijn alsnog verwerkt.
 }
again-aside = { $count ->
    [one] { $number } rij blijft apart staan.
   *[other] { $number } rijen blijven apart staan.
 }
again-cut = { $count ->
    [one] { $number } rij is niet volledig bewaard: vul ze aan.
   *[other] { $number } rijen zijn niet volledig bewaard: vul ze aan.
 }
again-still-aside = Rij { $row } blijft apart staan. Reden: “{ $reason }”.
again-nothing = Deze rij is al verwerkt.
again-blank = Vul de tekst van de rij in.
again-too-long = Deze tekst is te lang voor een rij. Maak hem korter.
again-row-cut = Deze rij is niet volledig bewaard: vul haar tekst aan en verwerk de verbeterde rij.
again-not-readable = Deze rij kan niet alleen worden verwerkt: de kopregel van haar bestand is niet bewaard of haar indeling bestaat niet meer. Lever ze met haar kopregel in een nieuw bestand aan.
again-busy = Er loopt al een import voor deze operator. Er is niets gewijzigd: probeer het zo meteen opnieuw.

## Redenen
aside-unreadable = Onleesbare rij
aside-wrong-column-count = Onverwacht aantal kolommen
aside-bad-number = Ongeldig nummer
aside-no-line = Geen lijn vermeld
aside-bad-time = Ongeldige datum of tijd
aside-bad-quantity = Ongeldige hoeveelheid
aside-unknown-kind = Onbekend soort verbruik
aside-unknown-direction = Onbekende richting
aside-bad-visited = Ongeldig bezocht netwerk of land
aside-unknown-access = Onbekend soort toegang
aside-not-answered = Onbeantwoorde oproep
aside-too-many-legs = Oproep met te veel delen
aside-unknown-line = Nummer onbekend bij de operator
aside-from-the-future = Datum in de toekomst
aside-unknown-destination = Onbekende bestemming
aside-unknown-network = Onbekend bezocht netwerk
aside-before-start = Vóór de ingebruikname
aside-after-end = Na de opzegging
aside-not-allowed = Verbruik waarin het abonnement niet voorziet
aside-not-in-catalogue = Abonnement of optie niet in de catalogus
aside-too-large = Buitensporige hoeveelheid
aside-other = Andere reden
