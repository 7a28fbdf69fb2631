### Wat andere abonnementen hadden gekost

comparison-lead = Wat de lijnen de voorbije drie maanden met elk mogelijk abonnement hadden gekost.
comparison-all-lines = Alle lijnen
comparison-customer-hint = Vul het klantnummer of de exacte naam van een klant in, of laat leeg om alle lijnen te berekenen.
comparison-begin = Berekening starten
comparison-again = Opnieuw berekenen
comparison-stop = Stoppen
comparison-waiting = De berekening begint zo
comparison-running = Berekening bezig
comparison-progress = { $count ->
    [one] { $done } van { $number } lijn ({ $share })
   *[other] { $done } van { $number } lijnen ({ $share })
 }
comparison-of = Klant: { $value }.
comparison-leave = U mag deze pagina verlaten: de berekening loopt door en het resultaat blijft een uur beschikbaar.
comparison-stopped = De berekening is gestopt.
comparison-failed = De berekening is mislukt. Start ze opnieuw; blijft het probleem bestaan, geef dan referentie { $value } door aan de helpdesk.
comparison-unknown-customer = Geen enkele klant heeft deze naam of dit klantnummer.
comparison-several-customers = Meerdere klanten hebben deze naam: vul het klantnummer in.
comparison-busy = Er lopen te veel berekeningen. Probeer het over enkele minuten opnieuw.
comparison-at = Berekend { $value }
comparison-verdict = { $count ->
    [one] { $number } lijn had met een ander abonnement { $saving } per maand minder gekost
   *[other] { $number } lijnen hadden met een ander abonnement samen { $saving } per maand minder gekost
 }
comparison-all-well = Elke lijn heeft al het goedkoopste abonnement voor haar verbruik
comparison-now = Kosten met de huidige abonnementen
comparison-then = Kosten met de beste abonnementen
comparison-saving = Besparing
comparison-lines = Vergeleken lijnen
comparison-well = Al op het beste abonnement
comparison-passed-over = { $count ->
    [one] { $number } lijn is niet vergeleken: haar abonnement staat niet meer in de catalogus.
   *[other] { $number } lijnen zijn niet vergeleken: hun abonnement staat niet meer in de catalogus.
 }
comparison-savings = Lijnen die beter van abonnement veranderen
comparison-largest = De { $value } grootste besparingen
comparison-cheapest = Beste abonnement
comparison-cost = Kosten
comparison-would-cost = Had gekost

## Wijziging van de catalogus
draft-title = Een prijswijziging simuleren
draft-lead = Wat een wijziging van de catalogus de voorbije drie maanden had opgebracht of gekost. Er wordt niets gewijzigd.
draft-change = Gewijzigde catalogus
draft-files = Gewijzigde bestanden
draft-hint = Kies alleen de bestanden die u hebt gewijzigd, samen hoogstens { $value }; de andere blijven die van de geldende catalogus.
draft-file-names = Mogelijke namen:
draft-begin = Controleren en berekenen
draft-no-file = Kies minstens één bestand.
draft-too-many-files = Dit zijn meer bestanden dan een catalogus er telt. Kies alleen de bestanden die u hebt gewijzigd.
draft-too-large = Deze bestanden zijn te groot: samen hoogstens { $value }.
draft-faults = { $count ->
    [one] { $number } fout te verbeteren
   *[other] { $number } fouten te verbeteren
 }
draft-faults-caption = Fouten, met hun bestand, regel en veld
draft-not-begun = De berekening is niet gestart.
draft-more-faults = { $count ->
    [one] En nog { $number } fout
   *[other] En nog { $number } fouten
 }
draft-fault-line = Regel
draft-fault-field = Veld
draft-would-earn = Deze wijziging had { $value } per maand opgebracht
draft-would-cost = Deze wijziging had { $value } per maand gekost
draft-changes-nothing = Deze wijziging had in totaal niets veranderd
draft-in-force = Geldende catalogus
draft-drafted = Gewijzigde catalogus
draft-by-offer = Verschil per abonnement
draft-serves-less = Een deel van het verbruik zou geblokkeerd, vertraagd of geweigerd worden
