brand-link = Meine Marke
brands-title = Marken
brands-lead = Ihre eigene und die Ihrer Wiederverkäufer.
brand-of-operator = Ihre Marke
brand-of-reseller = Wiederverkäufer: { $value }
brand-title = Marke { $value }
brand-lead = Was Ihre Kunden sehen: das Portal, seine Farben, die E-Mails, die es verschickt.
brand-looks = Name und Logos
brand-name = Name
brand-name-hint = Steht im Titel jeder Seite und in den E-Mails.
brand-logo-light = Logo auf hellem Grund
brand-logo-dark = Logo auf dunklem Grund
brand-logo-now = Aktuelles Logo
brand-logo-hint = PNG oder SVG, höchstens { $value }, gezeigt in einem Rahmen von 120 × 60 Pixeln. Aus einem SVG werden nur Formen und Farben übernommen: Wandeln Sie Text in Pfade um. Ohne Logo für dunklen Grund steht dort das helle auf einer weißen Fläche.
brand-remove-logo = Dieses Logo entfernen
brand-choose-again = Es wurde nichts gespeichert: Wählen Sie diese Datei bitte noch einmal.
brand-colours = Farben
brand-colour = Hauptfarbe
brand-colour-hint = Schaltflächen und Links auf hellem Grund.
brand-colour-on-dark = Farbe auf dunklem Grund
brand-colour-on-dark-hint = Bleibt das Feld leer, wird sie aus der Hauptfarbe abgeleitet.
brand-pick-colour = { $value }: aus der Palette wählen
brand-readable = lesbar
brand-not-readable = zu schlecht lesbar: nötig ist { $value }
brand-ratio = { $value } zu 1
brand-take-colour = { $value } übernehmen
brand-contact = Kontakt
brand-telephone = Telefon
brand-telephone-hint = Am Fuß jeder Seite und in warnenden E-Mails.
brand-email = E-Mail
brand-email-hint = Hier kommen Antworten auf Ihre E-Mails an.
brand-postal-address = Postanschrift
brand-sender = Absender der E-Mails
brand-sender-name = Name des Absenders
brand-sender-name-hint = Leer: der Name der Marke.
brand-sender-address = Adresse des Absenders
brand-sender-address-hint = Leer: die Kontaktadresse. Ihre Domain muss den Versand erlauben (SPF, DKIM).
brand-languages = Sprachen
brand-language-offered = Angeboten
brand-language-first = Standard
brand-offer-language = { $value } anbieten
brand-begin-with-language = Standard: { $value }
brand-hosts = Adressen des Portals
brand-given-hosts = Vom Betreiber vergeben
brand-given-hosts-hint = Ein Hostname je Zeile. Der Wiederverkäufer kann sie nicht entfernen.
brand-own-hosts = Ihre eigenen Hostnamen
brand-own-hosts-hint = Einer je Zeile, zum Beispiel portal.beispiel.de. Jeder muss in Ihrem DNS auf dieses Portal zeigen.
brand-own-hosts-confirmed = Ein neuer Name funktioniert, sobald der Betreiber ihn bestätigt hat.
brand-host = Hostname
brand-hosts-waiting = Wartet auf Bestätigung durch den Betreiber
brand-hosts-asked = Zu bestätigende Hostnamen
brand-hosts-asked-lead = Der Wiederverkäufer möchte diese Adressen für sein Portal. Prüfen Sie, ob sie ihm gehören; vor Ihrer Bestätigung funktionieren sie nicht.
brand-hosts-to-confirm =
    { $count ->
        [one] { $number } Hostname zu bestätigen
       *[other] { $number } Hostnamen zu bestätigen
    }
brand-host-confirm = Bestätigen
brand-host-refuse = Ablehnen
brand-host-confirmed = Der Hostname ist bestätigt: Das Portal ist dort ab sofort erreichbar.
brand-host-refused = Der Hostname ist abgelehnt.
brand-save = Speichern
brand-done = Die Marke ist gespeichert. Ihre Kunden sehen sie ab sofort so.
brand-stale = Jemand anders hat diese Marke inzwischen geändert. Ihre Eingaben stehen unten; wenn Sie sie speichern, ersetzen sie die anderen.
brand-stale-reload = Gespeicherte Fassung ansehen
brand-refused =
    { $count ->
        [one] Es wurde nichts gespeichert: Ein Punkt ist zu korrigieren.
       *[other] Es wurde nichts gespeichert: { $number } Punkte sind zu korrigieren.
    }
brand-empty = Füllen Sie dieses Feld aus.
brand-too-long =
    { $count ->
        [one] Höchstens { $number } Zeichen, ohne Anführungszeichen und spitze Klammern.
       *[other] Höchstens { $number } Zeichen, ohne Anführungszeichen und spitze Klammern.
    }
brand-no-colour = Schreiben Sie die Farbe wie #0b6e4f.
brand-unreadable = Der Kontrast zu Weiß beträgt nur { $ratio }; nötig ist { $needed }. Die nächste lesbare Farbe ist { $nearest }.
brand-unreadable-on-dark = Der Kontrast zum dunklen Grund beträgt nur { $ratio }; nötig ist { $needed }. Die nächste lesbare Farbe ist { $nearest }.
brand-no-telephone = Das ist keine Telefonnummer. Schreiben Sie zum Beispiel 030 990 00 00.
brand-no-address = Das ist keine E-Mail-Adresse. Schreiben Sie zum Beispiel info@beispiel.de.
brand-no-host = „{ $value }“ ist kein Hostname. Schreiben Sie ihn ohne Protokoll, Port und Pfad: portal.beispiel.de.
brand-host-taken = „{ $value }“ gehört zu einer anderen Marke. Wählen Sie einen anderen Namen.
brand-sender-taken = Die Domain „{ $value }“ gehört zu einer anderen Marke. Verwenden Sie eine Adresse Ihrer eigenen Domain.
brand-host-in-use = Sie sind gerade auf „{ $value }“: Kommen Sie über eine andere Adresse, um diese zu entfernen.
brand-too-many-hosts =
    { $count ->
        [one] Höchstens { $number } Hostname.
       *[other] Höchstens { $number } Hostnamen.
    }
brand-no-hosts = Ohne Hostnamen findet niemand die Marke. Geben Sie mindestens einen an.
brand-no-language = Bieten Sie mindestens eine Sprache an.
logo-too-large = Diese Datei ist zu groß: höchstens { $value }.
logo-too-much = Dieses Bild ist zu groß: höchstens { $value } Pixel Seitenlänge bei PNG, eine einfache Zeichnung bei SVG.
logo-neither = Diese Datei ist weder PNG noch SVG. Wählen Sie ein Logo in einem dieser Formate.
logo-broken = Diese Datei ist beschädigt oder unvollständig. Exportieren Sie Ihr Logo noch einmal.
logo-empty = Man würde nichts sehen: Das Bild ist durchsichtig, oder das SVG enthält nur Text oder Bilder. Wandeln Sie Text in Pfade um.
brand-preview = Vorschau
brand-preview-lead = Gespeichert wird erst, wenn Sie auf „Speichern“ klicken.
brand-preview-page = Gezeigte Seite
brand-preview-sign-in = Anmeldung
brand-preview-table = Tabelle
brand-preview-mail = E-Mail
brand-preview-button = Aktualisieren
legal-pages = Rechtliche Seiten
legal-lead = Für alle am Fuß jeder Seite zu sehen. Eine leere Seite wird nicht gezeigt.
legal-notice = Impressum
legal-terms = AGB
legal-privacy = Datenschutz
legal-hint = Einfacher Text. Eine Zeile, die mit „#“ beginnt, ist eine Überschrift, eine mit „-“ ein Punkt einer Liste; eine leere Zeile trennt Absätze.
legal-done = Die rechtlichen Seiten sind gespeichert.
legal-too-long = Es wurde nichts gespeichert: höchstens { $value } Zeichen je Seite und Sprache.
