voicemail = Voicemail
voicemail-lead = Beluister uw berichten hier of via uw telefoon.
voicemail-new = Nieuwe berichten
voicemail-kept = Bewaarde berichten
voicemail-room = { $count } van { $most } plaatsen bezet
voicemail-home = Vanaf uw telefoon
voicemail-abroad = Vanuit het buitenland of een andere telefoon
voicemail-full = De voicemail is vol: bellers kunnen geen bericht meer inspreken. Verwijder berichten om plaats te maken.
voicemail-messages = Berichten
voicemail-keeps = { $count ->
    [one] Gewist na { $number } dag
   *[other] Gewist na { $number } dagen
 }
voicemail-none = U hebt geen berichten.
voicemail-hidden = Verborgen nummer
voicemail-is-new = Nieuw
voicemail-until = gewist op
voicemail-keep = Bewaren
voicemail-delete = Verwijderen
voicemail-download = Downloaden
voicemail-delete-all = Alle berichten verwijderen
voicemail-delete-all-asked = { $count ->
    [one] Het bericht en de opname worden voorgoed gewist.
   *[other] De { $number } berichten en hun opnames worden voorgoed gewist, ook de berichten die u nog niet hebt beluisterd.
 }
voicemail-back = Terug naar de voicemail
voicemail-done-kept = Het bericht is bewaard.
voicemail-done-deleted = Het bericht is verwijderd.
voicemail-done-emptied = Alle berichten zijn verwijderd.
voicemail-done-greeting = Uw begroeting is opgeslagen.
voicemail-done-greeting-removed = Uw begroeting is verwijderd: bellers horen de standaardtekst.
voicemail-done-code = Uw nieuwe code is opgeslagen.
voicemail-done-mail = Nieuwe berichten worden u per e-mail gestuurd.
voicemail-done-mail-off = Berichten worden niet meer per e-mail gestuurd.
voicemail-mail-lead = U krijgt elk nieuw bericht met de opname, het nummer van de beller, de datum en de duur. Het blijft ook in de voicemail staan.
voicemail-mail-send = Nieuwe berichten per e-mail sturen
voicemail-mail-address = E-mailadres
voicemail-mail-wrong = Geef een volledig e-mailadres op, zoals voornaam@voorbeeld.be.
voicemail-mail-wait = Het adres is vandaag te vaak gewijzigd. Probeer het morgen opnieuw.
voicemail-greeting = Begroeting
voicemail-greeting-since = Uw begroeting, sinds
voicemail-greeting-none = Bellers horen de standaardtekst.
voicemail-greeting-remove = Terug naar de standaardtekst
voicemail-greeting-file = Opname
voicemail-greeting-hint = Een WAV- of Opus-bestand (.ogg) van hoogstens { $size } en { $seconds } seconden.
voicemail-greeting-save = Deze begroeting gebruiken
voicemail-sound-empty = Kies een bestand: dit is leeg, of er is er geen gekozen.
voicemail-sound-too-large = Dit bestand is groter dan { $value }.
voicemail-sound-unknown = Dit bestand is geen WAV- of Opus-bestand.
voicemail-sound-unplayable = Deze opname kan hier niet worden afgespeeld. Sla ze op als WAV (8 of 16 bits) of Opus.
voicemail-sound-damaged = Dit bestand is onvolledig of beschadigd.
voicemail-sound-too-short = Deze opname is te kort.
voicemail-sound-too-long = { $count ->
    [one] Deze opname duurt langer dan { $number } seconde.
   *[other] Deze opname duurt langer dan { $number } seconden.
 }
voicemail-code = Geheime code
voicemail-code-set = ingesteld
voicemail-code-none = niet ingesteld
voicemail-code-lead = De code wordt gevraagd wanneer u de voicemail vanaf een andere telefoon belt. Zonder code antwoordt ze alleen uw eigen lijn.
voicemail-code-new = Nieuwe code
voicemail-code-again = Dezelfde code, nog eens
voicemail-code-digits = Van { $least } tot { $most } cijfers.
voicemail-code-save = Code opslaan
voicemail-code-easy = Deze code is te makkelijk te raden: vermijd dezelfde of opeenvolgende cijfers.
voicemail-code-own-number = Deze code is het einde van uw nummer: dat kent iedereen.
voicemail-code-not-alike = De twee codes zijn niet gelijk.
voicemail-keys = De toetsen van de telefoon
voicemail-keys-lead = Bel { $value } en volg de stem.
voicemail-key-messages = Berichten
voicemail-key-hear = beluisteren of opnieuw beluisteren
voicemail-key-next = volgend bericht
voicemail-key-keep = bewaren
voicemail-key-delete = verwijderen
voicemail-key-settings = Instellingen
voicemail-key-greeting = begroeting opnemen
voicemail-key-code = code wijzigen
voicemail-key-back = Terug, of de voicemail verlaten
journal-voicemail-messages-deleted = Heeft voicemailberichten verwijderd
journal-voicemail-greeting-set = Heeft de begroeting gewijzigd
journal-voicemail-greeting-removed = Heeft de begroeting verwijderd
journal-voicemail-code-set = Heeft de code van de voicemail gewijzigd
journal-voicemail-code-refused = Code van de voicemail te vaak geweigerd
journal-voicemail-messages-expired = Verlopen voicemailberichten gewist
journal-voicemail-emptied = Voicemail van een beëindigde lijn gewist
journal-tries = Pogingen
mailbox-file = Bijlage
mail-voicemail-message-subject = { $value }: nieuw voicemailbericht
mail-voicemail-message = Iemand heeft een bericht ingesproken op uw voicemail van { $value }. U vindt de opname in de bijlage.
mail-voicemail-caller = Van
mail-voicemail-length = Duur
mail-voicemail-mail-subject = { $value }: uw voicemailberichten per e-mail
mail-voicemail-mail = Berichten op de voicemail van deze lijn bij { $value } gaan voortaan met hun opname naar het adres hieronder.
mail-voicemail-mail-off = Berichten op de voicemail van deze lijn bij { $value } worden niet meer naar dit adres gestuurd.
