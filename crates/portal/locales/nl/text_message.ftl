### Sms'en, zonder tekens die telefoons niet kennen

text-address-asked = { $brand }: er is een nieuw e-mailadres gevraagd voor uw account ({ $at }). Was u dit niet? Annuleer het via onze e-mail of neem contact op: { $contact }
text-password-changed = { $brand }: uw wachtwoord is gewijzigd ({ $at }). Was u dit niet? Annuleer het via onze e-mail of neem contact op: { $contact }
text-identifier-changed = { $brand }: uw gebruikersnaam is gewijzigd ({ $at }). Was u dit niet? Annuleer het via onze e-mail of neem contact op: { $contact }
text-numbers-changed = { $brand }: uw contactnummers zijn gewijzigd ({ $at }). Was u dit niet? Neem contact op: { $contact }
text-numbers-changed-subject = Uw contactnummers zijn gewijzigd
text-second-factor-removed = { $brand }: op verzoek worden de codes en toegangssleutels van uw account verwijderd ({ $at }). Was u dit niet? Annuleer het via onze e-mail of neem contact op: { $contact }
text-esim-code = { $brand }: uw eSIM-bevestigingscode is { $code }. Voer hem in wanneer de telefoon erom vraagt. Na drie fouten is hij geblokkeerd.
text-esim-code-subject = Bevestigingscode van uw eSIM
