### La connexion

sign-in = Se connecter
sign-in-to = Votre espace { $value }
identifier = Identifiant
identifier-hint = Numéro de téléphone, adresse e-mail ou référence client
password = Mot de passe
sign-in-wrong = Identifiant ou mot de passe incorrect. Vérifiez votre saisie, puis réessayez.
sign-in-too-many = { $count ->
    [one] Trop de tentatives. Réessayez dans { $number } minute.
   *[other] Trop de tentatives. Réessayez dans { $number } minutes.
 }
demo-title = Démonstration
demo-lead = Connectez-vous d'un clic avec l'un de ces profils.
