inventory-numbers = Nummers
numbers-all = Alle
numbers-by-state = Nummers per status
numbers-found =
    { $count ->
        [one] { $number } nummer
       *[other] { $number } nummers
    }
numbers-more-than = Meer dan { $value } nummers
numbers-empty = Nog geen nummers.
numbers-none-found = Geen nummer voldoet aan deze filters.
numbers-begin = Begint met…
numbers-end = Eindigt op…
numbers-any = Alle
number-kind = Gebruik
number-kind-mobile = Mobiel
number-kind-data = Alleen data
number-kind-m2m = Machines (M2M)
number-kind-fixed = Vast
number-free = Vrij
number-given = Toegewezen
number-reserved = Gereserveerd
number-in-use = In gebruik
number-porting-in = Inkomende overdracht
number-porting-out = Uitgaande overdracht
number-resting = In rust
number-gone = Niet meer van ons
numbers-free = Vrije
numbers-given = Toegewezen
numbers-reserved = Gereserveerde
numbers-in-use = In gebruik
numbers-porting-in = Inkomende overdracht
numbers-porting-out = Uitgaande overdracht
numbers-resting = In rust
numbers-gone = Niet meer van ons
number-until = tot { $value }
number-since = sinds { $value }
number-taken = In gebruik door een lijn of een bestelling
number-ported = Wordt overgedragen
numbers-take-in = Nummers toevoegen
numbers-intake-lead = De hele reeks komt in de voorraad, of niets.
numbers-intake-hint = Hoogstens 100.000 nummers, van het eerste tot het laatste. Laat het laatste leeg voor één nummer.
numbers-no-network = Kies het netwerk waarvoor deze nummers bestemd zijn.
numbers-no-kind = Dit netwerk heeft geen lijnen van deze soort: kies een ander gebruik.
numbers-digits =
    { $count ->
        [one] Nummers van deze soort hebben { $number } cijfer.
       *[other] Nummers van deze soort hebben { $number } cijfers.
    }
numbers-known =
    { $count ->
        [one] { $number } nummer staat al in de voorraad: er is niets toegevoegd.
       *[other] { $number } nummers staan al in de voorraad: er is niets toegevoegd.
    }
numbers-give-title = Nummers toewijzen
numbers-release-title = Nummers vrijgeven
numbers-transfer-lead = Eén nummer of een hele reeks. Er verandert niets voordat u bevestigt.
numbers-first = Eerste nummer
numbers-last = Laatste nummer
numbers-range-hint = In oplopende volgorde. Laat het laatste leeg voor één nummer.
numbers-first-wrong = Het eerste nummer is geen nummer van dit land. Controleer het.
numbers-last-wrong = Het laatste nummer is geen nummer van dit land. Controleer het.
numbers-descending = Het laatste nummer komt vóór het eerste: geef ze in oplopende volgorde.
numbers-too-many =
    { $count ->
        [one] Hoogstens { $number } nummer tegelijk.
       *[other] Hoogstens { $number } nummers tegelijk.
    }
numbers-would-give =
    { $count ->
        [one] { $number } nummer toe te wijzen
       *[other] { $number } nummers toe te wijzen
    }
numbers-would-release =
    { $count ->
        [one] { $number } nummer vrij te geven
       *[other] { $number } nummers vrij te geven
    }
numbers-unchanged =
    { $count ->
        [one] Voor { $number } nummer is dit al zo.
       *[other] Voor { $number } nummers is dit al zo.
    }
numbers-refused =
    { $count ->
        [one] Met { $number } nummer kan dit niet: er verandert niets.
       *[other] Met { $number } nummers kan dit niet: er verandert niets.
    }
numbers-given-done =
    { $count ->
        [one] { $number } nummer is toegewezen.
       *[other] { $number } nummers zijn toegewezen.
    }
numbers-released-done =
    { $count ->
        [one] { $number } nummer is vrijgegeven.
       *[other] { $number } nummers zijn vrijgegeven.
    }
numbers-taken-done =
    { $count ->
        [one] { $number } nummer is opgenomen in de voorraad.
       *[other] { $number } nummers zijn opgenomen in de voorraad.
    }
journal-numbers-taken-in = Heeft nummers aan de voorraad toegevoegd
journal-numbers-given = Heeft nummers toegewezen
journal-numbers-released = Heeft nummers vrijgegeven
