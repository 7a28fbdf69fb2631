menu-sims = Simkaarten
sims-all = Alle
sims-by-state = Simkaarten per status
sims-found =
    { $count ->
        [one] { $number } simkaart
       *[other] { $number } simkaarten
    }
sims-of-batch = partij { $value }
sims-none = Nog geen simkaarten.
sims-none-found = Geen simkaart voldoet aan deze filters.
sims-export = Exporteren als csv
sims-give = Toewijzen
sims-release = Vrijgeven
sims-give-title = Simkaarten toewijzen
sims-release-title = Simkaarten vrijgeven
sims-given-done =
    { $count ->
        [one] { $number } simkaart is toegewezen.
       *[other] { $number } simkaarten zijn toegewezen.
    }
sims-released-done =
    { $count ->
        [one] { $number } simkaart is vrijgegeven.
       *[other] { $number } simkaarten zijn vrijgegeven.
    }
sims-taken-done =
    { $count ->
        [one] { $number } simkaart is opgenomen in de voorraad.
       *[other] { $number } simkaarten zijn opgenomen in de voorraad.
    }
sim-title = Simkaart { $value }
sim-iccid = Simkaartnummer
sim-kind = Soort
sim-holder = Houder
sim-stock = Voorraad
sim-line = Lijn
sim-batch = Partij
sim-free = Vrij
sim-given = Toegewezen
sim-reserved = Gereserveerd
sim-in-use = In gebruik
sim-ended = Buiten gebruik
sims-free = Vrije
sims-given = Toegewezen
sims-reserved = Gereserveerde
sims-in-use = In gebruik
sims-ended = Buiten gebruik
sim-card-with-pin = Kaart met pincode
sim-card-without-pin = Kaart zonder pincode
sim-esim = eSIM
sim-puk = Pukcode
sim-puk-lead = Met de pukcode deblokkeert u de kaart na drie verkeerde pincodes. Elke raadpleging komt in het logboek.
sim-puk-show = Pukcode tonen
sim-puk-tries = Na tien verkeerde pukcodes is de kaart definitief geblokkeerd.
sim-batches = Partijen simkaarten
sim-batches-lead = De bestanden van de fabrikanten: een bestand wordt in zijn geheel opgenomen, of helemaal niet.
batch-upload = Bestand van een fabrikant importeren
batch-file = Bestand
batch-send = Importeren
batch-choose-network = Kies een netwerk
batch-hint = Een csv-bestand met hoogstens 10.000 kaarten en de kolommen iccid, imsi, pin1, puk1, pin2, puk2. De codes worden bij ontvangst versleuteld.
batch-cards = Kaarten
batches-none = Nog geen partijen.
batch-before = Dit bestand is al opgenomen als { $value }: er is niets veranderd.
batch-too-large = Het bestand is groter dan 2 MB. Verdeel de kaarten over meer bestanden.
batch-not-text = Het bestand is geen tekst in UTF-8. Sla het in dat formaat op.
batch-no-network = Kies het netwerk waarvoor de kaarten zijn gemaakt.
batch-header = De eerste regel moet de kolommen iccid, imsi, pin1, puk1, pin2, puk2 noemen, in deze volgorde.
batch-empty = Het bestand bevat geen kaarten. Kies een ander.
batch-too-many =
    { $count ->
        [one] Een bestand bevat hoogstens { $number } kaart.
       *[other] Een bestand bevat hoogstens { $number } kaarten.
    }
batch-rows-wrong =
    { $count ->
        [one] { $number } regel is fout: er is niets geïmporteerd.
       *[other] { $number } regels zijn fout: er is niets geïmporteerd.
    }
batch-faults = Foute regels
batch-row = Regel
batch-column = Kolom
batch-what = Reden
batch-known = { $value } is al in voorraad
batch-more =
    { $count ->
        [one] en nog { $number } andere
       *[other] en nog { $number } andere
    }
transfer-lead = Eén simkaart of een hele reeks. Er verandert niets voordat u bevestigt.
transfer-range = Reeks
transfer-first = Eerste simkaart
transfer-last = Laatste simkaart
transfer-to = Ontvanger
transfer-customer = Klant (klantnummer of volledige naam)
transfer-reseller = of wederverkoper
transfer-look = Controleren
transfer-hint = In oplopende volgorde, het controlecijfer niet meegerekend. Laat de laatste leeg voor één simkaart.
transfer-confirm = Bevestigen
transfer-changed = De situatie is sinds de controle veranderd: er is niets gedaan. Controleer opnieuw.
transfer-would-give =
    { $count ->
        [one] { $number } simkaart toe te wijzen
       *[other] { $number } simkaarten toe te wijzen
    }
transfer-would-release =
    { $count ->
        [one] { $number } simkaart vrij te geven
       *[other] { $number } simkaarten vrij te geven
    }
transfer-unchanged =
    { $count ->
        [one] Voor { $number } simkaart is dit al zo.
       *[other] Voor { $number } simkaarten is dit al zo.
    }
transfer-refused =
    { $count ->
        [one] Met { $number } simkaart kan dit niet: er verandert niets.
       *[other] Met { $number } simkaarten kan dit niet: er verandert niets.
    }
transfer-unknown = Onbekend
transfer-not-theirs = Al toegewezen aan een klant
transfer-other-stock = In de voorraad van een andere wederverkoper
transfer-first-wrong = Het eerste nummer is geen simkaartnummer: 19 of 20 cijfers, met een juist controlecijfer.
transfer-last-wrong = Het laatste nummer is geen simkaartnummer: 19 of 20 cijfers, met een juist controlecijfer.
transfer-descending = De laatste simkaart komt vóór de eerste: geef ze in oplopende volgorde.
transfer-lengths = De twee nummers zijn niet even lang. Controleer ze.
transfer-too-many =
    { $count ->
        [one] Hoogstens { $number } simkaart tegelijk.
       *[other] Hoogstens { $number } simkaarten tegelijk.
    }
transfer-no-customer = Geen klant heeft dit klantnummer of deze naam. Controleer uw invoer.
transfer-several-customers = Meerdere klanten heten zo: geef het klantnummer.
transfer-no-reseller = Deze wederverkoper bestaat niet. Kies er een uit de lijst.
journal-sims-taken-in = Heeft een partij simkaarten geïmporteerd
journal-sim-given = Heeft een simkaart toegewezen
journal-sim-released = Heeft een simkaart vrijgegeven
journal-puk-shown = Heeft een pukcode bekeken
journal-sim = Simkaart nr. { $value }
journal-sim-batch = Partij simkaarten nr. { $value }
sim-on-its-way = Onderweg
sims-on-their-way = Onderweg
deliveries = Leveringen van kaarten
deliveries-lead = Blanco simkaarten, per tien geleverd binnen twee werkdagen.
deliveries-none = Nog geen leveringen.
deliveries-to-send =
    { $count ->
        [one] { $number } levering te verzenden
       *[other] { $number } leveringen te verzenden
    }
delivery = Levering
delivery-title = Levering nr. { $value }
delivery-asked = Besteld
delivery-promised = Verwachte aankomst
delivery-ordered = Besteld
delivery-sent = Verzonden
delivery-arrived = Aangekomen
delivery-cancelled = Geannuleerd
delivery-order = Blanco kaarten bestellen
delivery-order-now = Bestellen
delivery-there-on = Als u nu bestelt, komen ze aan op { $value }.
delivery-what = Kaarten en adres
delivery-cards = Aantal kaarten (per tien)
delivery-recipient = Geadresseerde
delivery-street = Straat en huisnummer
delivery-postcode = Postcode
delivery-city = Plaats
delivery-address = Leveringsadres
delivery-by-packs =
    { $count ->
        [one] Kaarten worden per { $number } besteld.
       *[other] Kaarten worden per { $number } besteld.
    }
delivery-how-many =
    { $count ->
        [one] Bestel tussen 10 en { $number } kaarten.
       *[other] Bestel tussen 10 en { $number } kaarten.
    }
delivery-no-network = Kies het netwerk van de kaarten.
delivery-no-kind = Kies de soort kaart.
delivery-no-address = Vul alle regels van het adres in, met hoogstens 100 tekens per regel.
delivery-send = Het pakket verzenden
delivery-send-now = Verzenden
delivery-send-note = Vrije kaarten uit de voorraad van dit netwerk en deze soort, zoveel als er besteld zijn. Zodra ze in het pakket zitten, kan niemand anders ze gebruiken.
delivery-range-wrong = Deze simkaartnummers vormen geen reeks in oplopende volgorde. Controleer ze.
delivery-count-wrong =
    { $count ->
        [one] De reeks telt { $number } kaart: dat is niet het bestelde aantal.
       *[other] De reeks telt { $number } kaarten: dat is niet het bestelde aantal.
    }
delivery-cards-wrong =
    { $count ->
        [one] { $number } kaart kan niet mee: ze is niet vrij, of niet van dit netwerk of deze soort.
       *[other] { $number } kaarten kunnen niet mee: ze zijn niet vrij, of niet van dit netwerk of deze soort.
    }
delivery-receive = De kaarten zijn aangekomen
delivery-receive-note = Zodra u de aankomst bevestigt, staan de kaarten in uw lijst en kunt u ze gebruiken.
delivery-cancel = De bestelling annuleren
journal-blank-sims-asked = Heeft blanco kaarten besteld
journal-blank-sims-sent = Heeft blanco kaarten verzonden
journal-blank-sims-arrived = Heeft de aankomst van de kaarten bevestigd
journal-blank-sims-cancelled = Heeft een bestelling van kaarten geannuleerd
