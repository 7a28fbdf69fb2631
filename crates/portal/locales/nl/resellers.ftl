menu-resellers = Wederverkopers
resellers-lead = Wie uw aanbod doorverkoopt, en aan welk bedrijf u de lijnen van zijn klanten factureert.
resellers-none = U hebt geen wederverkopers.
resellers-without =
    { $count ->
        [one] Eén wederverkoper heeft lijnen in dienst maar geen bedrijf: zijn lijnen worden aan niemand gefactureerd.
       *[other] { $number } wederverkopers hebben lijnen in dienst maar geen bedrijf: hun lijnen worden aan niemand gefactureerd.
    }
reseller = Wederverkoper
reseller-open = Facturatie van de wederverkoper
reseller-host = Adres van de site
reseller-customers = Klanten
reseller-lines = Lijnen in dienst
reseller-company = Gefactureerd bedrijf
reseller-no-company = Nog op te geven
reseller-last-invoice = Laatste factuur
reseller-not-billed = Er is geen bedrijf opgegeven: de lijnen van de klanten van deze wederverkoper worden aan niemand gefactureerd.
reseller-company-note = Het krijgt elke maand één factuur voor alle lijnen van de klanten van de wederverkoper.
reseller-kept = De gegevens zijn opgeslagen en gelden vanaf de volgende factuur.
reseller-legal-name = Bedrijfsnaam
reseller-legal-id = Ondernemingsnummer
reseller-legal-id-hint = In Frankrijk het SIREN-nummer (9 cijfers) of SIRET-nummer (14 cijfers), in België het ondernemingsnummer (10 cijfers).
reseller-vat-number = Btw-nummer
reseller-country = Land
reseller-email = E-mail voor facturen
reseller-email-hint = Laat leeg om de medewerkers van de wederverkoper te verwittigen die facturen zien.
reseller-language = Taal van de facturen
reseller-no-name = Vul de bedrijfsnaam in, in hoogstens 70 tekens.
reseller-no-country = “{ $value }” staat niet in de lijst: kies een land uit de lijst.
reseller-siren-missing = Vul het SIREN- of SIRET-nummer van het bedrijf in.
reseller-siren-digits = “{ $value }” is geen SIREN-nummer (9 cijfers) en geen SIRET-nummer (14 cijfers).
reseller-siren-check = “{ $value }” bevat een fout: een cijfer klopt niet, of twee cijfers zijn verwisseld. Controleer het SIREN-nummer.
reseller-enterprise-missing = Vul het ondernemingsnummer van het bedrijf in.
reseller-enterprise-digits = “{ $value }” is geen Belgisch ondernemingsnummer: het heeft 10 cijfers en begint met 0 of 1.
reseller-enterprise-check = “{ $value }” bevat een fout: een cijfer klopt niet, of twee cijfers zijn verwisseld. Controleer het ondernemingsnummer.
reseller-legal-id-missing = Vul het nummer van het bedrijf in het register van zijn land in, in hoogstens 30 tekens.
reseller-vat-country = “{ $value }” begint niet met de code van een land van de Europese Unie, zoals FR of BE.
reseller-vat-wrong = “{ $value }” is geen geldig btw-nummer: controleer de cijfers.
reseller-vat-other = “{ $value }” is niet het btw-nummer van dit bedrijf: het past niet bij het ondernemingsnummer of het land.
reseller-vat-missing = Vul het btw-nummer in: zonder dat nummer kan aan een bedrijf uit dit land ({ $value }) niet met verlegde btw gefactureerd worden.
reseller-no-language = “{ $value }” is geen taal van uw facturen: kies er een uit de lijst.
invoice-received-from = Ontvangen van { $value }
invoice-issued-by-you = Uitgereikt
invoice-lines-file = Per lijn (CSV)
invoice-summed =
    { $count ->
        [one] Deze factuur gaat over één lijn. Wat die kost, staat in het CSV-bestand.
       *[other] Deze factuur telt { $number } lijnen op. Wat elk daarvan kost, staat in het CSV-bestand.
    }
invoice-lines-reference = Klantnummer
invoice-lines-number = Lijn
invoice-lines-user = Gebruiker
invoice-lines-offer = Abonnement
invoice-lines-item = Omschrijving
invoice-lines-amount = Bedrag excl. btw
bills-without-company =
    { $count ->
        [one] Geen bedrijf opgegeven: { $number } lijn wordt aan niemand gefactureerd.
       *[other] Geen bedrijf opgegeven: { $number } lijnen worden aan niemand gefactureerd.
    }
bills-without-company-title = Niet-gefactureerde wederverkopers
journal-reseller-company = Bedrijf van een wederverkoper
