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
sign-in-over = Le code n'est pas arrivé à temps, ou trop de codes étaient faux. Reconnectez-vous.
sign-in-passkey-unknown = Cette clé d'accès ne permet pas de se connecter ici. Utilisez votre mot de passe.
sign-in-with-passkey = Se connecter avec une clé d'accès
passkey-not-shown = Aucune clé d'accès n'a été présentée. Réessayez, ou utilisez votre mot de passe.
code-title = Votre code à usage unique
code-lead = Bonjour { $value }. Ouvrez votre application d'authentification et saisissez le code affiché.
code = Code à six chiffres
code-button = Continuer
code-no-app = Je n'ai pas mon téléphone
recovery-code = Code de secours
recovery-hint = L'un des dix codes que vous avez notés en activant les codes à usage unique. Il ne sert qu'une fois.
recovery-button = Utiliser ce code de secours
