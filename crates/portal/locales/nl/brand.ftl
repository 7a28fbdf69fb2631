brand-link = Mijn merk
brands-title = Merken
brands-lead = Het uwe en die van uw wederverkopers.
brand-of-operator = Uw merk
brand-of-reseller = Wederverkoper: { $value }
brand-title = Merk { $value }
brand-lead = Wat uw klanten zien: het portaal, de kleuren en de e-mails die het verstuurt.
brand-looks = Naam en logo's
brand-name = Naam
brand-name-hint = Staat in de titel van elke pagina en in de e-mails.
brand-logo-light = Logo op lichte achtergrond
brand-logo-dark = Logo op donkere achtergrond
brand-logo-now = Huidig logo
brand-logo-hint = PNG of SVG, hoogstens { $value }, getoond in een kader van 120 × 60 pixels. Uit een SVG worden alleen vormen en kleuren overgenomen: zet tekst om in contouren. Zonder logo voor de donkere achtergrond staat het lichte daar op een wit vlak.
brand-remove-logo = Dit logo verwijderen
brand-choose-again = Er is niets opgeslagen: kies dit bestand opnieuw.
brand-colours = Kleuren
brand-colour = Hoofdkleur
brand-colour-hint = Knoppen en links op lichte achtergrond.
brand-colour-on-dark = Kleur op donkere achtergrond
brand-colour-on-dark-hint = Laat u het leeg, dan wordt ze van de hoofdkleur afgeleid.
brand-pick-colour = { $value }: uit het palet kiezen
brand-readable = leesbaar
brand-not-readable = te slecht leesbaar: { $value } is nodig
brand-ratio = { $value } op 1
brand-take-colour = { $value } overnemen
brand-contact = Contact
brand-telephone = Telefoon
brand-telephone-hint = Onder aan elke pagina en in waarschuwende e-mails.
brand-email = E-mail
brand-email-hint = Antwoorden op uw e-mails komen hier aan.
brand-postal-address = Postadres
brand-sender = Afzender van de e-mails
brand-sender-name = Naam van de afzender
brand-sender-name-hint = Leeg: de naam van het merk.
brand-sender-address = Adres van de afzender
brand-sender-address-hint = Leeg: het e-mailadres voor contact. Uw domein moet het verzenden toestaan (SPF, DKIM).
brand-languages = Talen
brand-language-offered = Aangeboden
brand-language-first = Standaard
brand-offer-language = { $value } aanbieden
brand-begin-with-language = Standaard: { $value }
brand-hosts = Adressen van het portaal
brand-given-hosts = Door de operator gegeven
brand-given-hosts-hint = Eén hostnaam per regel. De wederverkoper kan ze niet verwijderen.
brand-own-hosts = Uw eigen hostnamen
brand-own-hosts-hint = Eén per regel, bijvoorbeeld portaal.voorbeeld.be. Elke naam moet in uw DNS naar dit portaal wijzen.
brand-own-hosts-confirmed = Een nieuwe naam werkt zodra de operator hem heeft bevestigd.
brand-host = Hostnaam
brand-hosts-waiting = Wacht op bevestiging door de operator
brand-hosts-asked = Te bevestigen hostnamen
brand-hosts-asked-lead = De wederverkoper vraagt deze adressen aan voor zijn portaal. Ga na of ze van hem zijn; ze werken pas na uw bevestiging.
brand-hosts-to-confirm =
    { $count ->
        [one] { $number } hostnaam te bevestigen
       *[other] { $number } hostnamen te bevestigen
    }
brand-host-confirm = Bevestigen
brand-host-refuse = Weigeren
brand-host-confirmed = De hostnaam is bevestigd: het portaal is er vanaf nu bereikbaar.
brand-host-refused = De hostnaam is geweigerd.
brand-save = Opslaan
brand-done = Het merk is opgeslagen. Uw klanten zien het vanaf nu zo.
brand-stale = Iemand anders heeft dit merk intussen gewijzigd. Wat u hebt ingevuld staat hieronder; als u het opslaat, vervangt het de andere wijzigingen.
brand-stale-reload = De opgeslagen versie bekijken
brand-refused =
    { $count ->
        [one] Er is niets opgeslagen: één punt moet worden verbeterd.
       *[other] Er is niets opgeslagen: { $number } punten moeten worden verbeterd.
    }
brand-empty = Vul dit veld in.
brand-too-long =
    { $count ->
        [one] Hoogstens { $number } teken, zonder aanhalingstekens of punthaken.
       *[other] Hoogstens { $number } tekens, zonder aanhalingstekens of punthaken.
    }
brand-no-colour = Schrijf de kleur als #0b6e4f.
brand-unreadable = Het contrast met wit is maar { $ratio }; { $needed } is nodig. De dichtstbijzijnde leesbare kleur is { $nearest }.
brand-unreadable-on-dark = Het contrast met de donkere achtergrond is maar { $ratio }; { $needed } is nodig. De dichtstbijzijnde leesbare kleur is { $nearest }.
brand-no-telephone = Dit is geen telefoonnummer. Schrijf bijvoorbeeld 02 555 00 00.
brand-no-address = Dit is geen e-mailadres. Schrijf bijvoorbeeld info@voorbeeld.be.
brand-no-host = “{ $value }” is geen hostnaam. Schrijf hem zonder protocol, poort of pad: portaal.voorbeeld.be.
brand-host-taken = “{ $value }” is van een ander merk. Kies een andere naam.
brand-sender-taken = Het domein “{ $value }” is van een ander merk. Gebruik een adres van uw eigen domein.
brand-host-in-use = U bent nu op “{ $value }”: kom via een ander adres om dit te verwijderen.
brand-too-many-hosts =
    { $count ->
        [one] Hoogstens { $number } hostnaam.
       *[other] Hoogstens { $number } hostnamen.
    }
brand-no-hosts = Zonder hostnaam vindt niemand het merk. Geef er minstens één op.
brand-no-language = Bied ten minste één taal aan.
logo-too-large = Dit bestand is te groot: hoogstens { $value }.
logo-too-much = Deze afbeelding is te groot: hoogstens { $value } pixels per zijde voor een PNG, een eenvoudige tekening voor een SVG.
logo-neither = Dit bestand is geen PNG en geen SVG. Kies een logo in een van die formaten.
logo-broken = Dit bestand is beschadigd of onvolledig. Exporteer uw logo opnieuw.
logo-empty = Er zou niets te zien zijn: de afbeelding is doorzichtig, of de SVG bevat alleen tekst of afbeeldingen. Zet tekst om in contouren.
brand-preview = Voorbeeld
brand-preview-lead = Er wordt niets opgeslagen voordat u op “Opslaan” klikt.
brand-preview-page = Getoonde pagina
brand-preview-sign-in = Aanmelden
brand-preview-table = Tabel
brand-preview-mail = E-mail
brand-preview-button = Vernieuwen
legal-pages = Juridische pagina's
legal-lead = Voor iedereen zichtbaar onder aan elke pagina. Een lege pagina wordt niet getoond.
legal-notice = Juridische informatie
legal-terms = Algemene voorwaarden
legal-privacy = Privacy
legal-hint = Gewone tekst. Een regel die met “#” begint is een titel, met “-” een punt van een lijst; een lege regel scheidt alinea's.
legal-done = De juridische pagina's zijn opgeslagen.
legal-too-long = Er is niets opgeslagen: hoogstens { $value } tekens per pagina en taal.
