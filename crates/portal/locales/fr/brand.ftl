brand-link = Ma marque
brands-title = Marques
brands-lead = La vôtre et celles de vos revendeurs.
brand-of-operator = Votre marque
brand-of-reseller = Revendeur : { $value }
brand-title = Marque { $value }
brand-lead = Ce que voient vos clients : le portail, ses couleurs, les e-mails qu'il envoie.
brand-looks = Nom et logos
brand-name = Nom
brand-name-hint = Affiché dans le titre de chaque page et dans les e-mails.
brand-logo-light = Logo sur fond clair
brand-logo-dark = Logo sur fond sombre
brand-logo-now = Logo actuel
brand-logo-hint = PNG ou SVG, { $value } au plus, affiché dans un cadre de 120 × 60 pixels. D'un SVG, seules les formes et les couleurs sont reprises : convertissez les textes en tracés. Sans logo pour le fond sombre, celui du fond clair y est posé sur une plaque blanche.
brand-remove-logo = Retirer ce logo
brand-choose-again = Rien n'a été enregistré : choisissez de nouveau ce fichier.
brand-colours = Couleurs
brand-colour = Couleur principale
brand-colour-hint = Boutons et liens sur fond clair.
brand-colour-on-dark = Couleur sur fond sombre
brand-colour-on-dark-hint = Vide, elle est tirée de la couleur principale.
brand-pick-colour = { $value } : choisir dans la palette
brand-readable = lisible
brand-not-readable = trop peu lisible : il faut { $value }
brand-ratio = { $value } pour 1
brand-take-colour = Prendre { $value }
brand-contact = Contact
brand-telephone = Téléphone
brand-telephone-hint = Au pied de chaque page et dans les e-mails d'alerte.
brand-email = E-mail
brand-email-hint = Les réponses à vos e-mails y arrivent.
brand-postal-address = Adresse postale
brand-sender = Expéditeur des e-mails
brand-sender-name = Nom de l'expéditeur
brand-sender-name-hint = Vide : le nom de la marque.
brand-sender-address = Adresse de l'expéditeur
brand-sender-address-hint = Vide : l'e-mail de contact. Votre domaine doit autoriser l'envoi (SPF, DKIM).
brand-languages = Langues
brand-language-offered = Proposée
brand-language-first = Par défaut
brand-offer-language = Proposer : { $value }
brand-begin-with-language = Par défaut : { $value }
brand-hosts = Adresses du portail
brand-given-hosts = Données par l'opérateur
brand-given-hosts-hint = Un nom d'hôte par ligne. Le revendeur ne peut pas les retirer.
brand-own-hosts = Vos propres noms d'hôte
brand-own-hosts-hint = Un par ligne, par exemple espace.exemple.fr. Chacun doit pointer vers ce portail dans votre DNS.
brand-own-hosts-confirmed = Un nouveau nom fonctionne dès que l'opérateur l'a confirmé.
brand-host = Nom d'hôte
brand-hosts-waiting = En attente de confirmation par l'opérateur
brand-hosts-asked = Noms d'hôte à confirmer
brand-hosts-asked-lead = Le revendeur demande ces adresses pour son portail. Vérifiez qu'elles lui appartiennent ; elles ne fonctionnent pas avant votre confirmation.
brand-hosts-to-confirm =
    { $count ->
        [one] { $number } nom d'hôte à confirmer
       *[other] { $number } noms d'hôte à confirmer
    }
brand-host-confirm = Confirmer
brand-host-refuse = Refuser
brand-host-confirmed = Le nom d'hôte est confirmé : le portail y répond dès maintenant.
brand-host-refused = Le nom d'hôte est refusé.
brand-save = Enregistrer
brand-done = La marque est enregistrée. Vos clients la voient ainsi dès maintenant.
brand-stale = Quelqu'un d'autre a modifié cette marque entre-temps. Vos saisies sont ci-dessous ; les enregistrer remplacera les siennes.
brand-stale-reload = Voir la version enregistrée
brand-refused =
    { $count ->
        [one] Rien n'a été enregistré : un point est à corriger.
       *[other] Rien n'a été enregistré : { $number } points sont à corriger.
    }
brand-empty = Remplissez ce champ.
brand-too-long =
    { $count ->
        [one] { $number } caractère au plus, sans guillemets ni chevrons.
       *[other] { $number } caractères au plus, sans guillemets ni chevrons.
    }
brand-no-colour = Écrivez la couleur comme #0b6e4f.
brand-unreadable = Le contraste avec le blanc n'est que de { $ratio } ; il faut { $needed }. La couleur lisible la plus proche est { $nearest }.
brand-unreadable-on-dark = Le contraste avec le fond sombre n'est que de { $ratio } ; il faut { $needed }. La couleur lisible la plus proche est { $nearest }.
brand-no-telephone = Ce n'est pas un numéro de téléphone. Écrivez par exemple 01 99 00 00 00.
brand-no-address = Ce n'est pas une adresse e-mail. Écrivez par exemple bonjour@exemple.fr.
brand-no-host = « { $value } » n'est pas un nom d'hôte. Écrivez-le sans protocole, ni port, ni chemin : espace.exemple.fr.
brand-host-taken = « { $value } » appartient à une autre marque. Choisissez un autre nom.
brand-sender-taken = Le domaine « { $value } » est celui d'une autre marque. Utilisez une adresse de votre domaine.
brand-host-in-use = Vous êtes sur « { $value } » : passez par une autre adresse pour retirer celle-ci.
brand-too-many-hosts =
    { $count ->
        [one] { $number } nom d'hôte au plus.
       *[other] { $number } noms d'hôte au plus.
    }
brand-no-hosts = Sans nom d'hôte, personne ne trouve la marque. Indiquez-en au moins un.
brand-no-language = Proposez au moins une langue.
logo-too-large = Ce fichier est trop lourd : { $value } au plus.
logo-too-much = Cette image est trop grande : { $value } pixels de côté au plus pour un PNG, un dessin simple pour un SVG.
logo-neither = Ce fichier n'est ni un PNG ni un SVG. Choisissez un logo dans l'un de ces formats.
logo-broken = Ce fichier est abîmé ou incomplet. Exportez votre logo de nouveau.
logo-empty = On ne verrait rien : l'image est transparente, ou le SVG ne contient que du texte ou des images. Convertissez les textes en tracés.
brand-preview = Aperçu
brand-preview-lead = Rien n'est enregistré avant votre clic sur « Enregistrer ».
brand-preview-page = Page montrée
brand-preview-sign-in = Connexion
brand-preview-table = Tableau
brand-preview-mail = E-mail
brand-preview-button = Actualiser
legal-pages = Pages légales
legal-lead = Visibles de tous au pied de chaque page. Une page vide n'est pas affichée.
legal-notice = Mentions légales
legal-terms = Conditions générales
legal-privacy = Données personnelles
legal-hint = Texte simple. Une ligne qui commence par « # » est un titre, par « - » un point d'une liste ; une ligne vide sépare les paragraphes.
legal-done = Les pages légales sont enregistrées.
legal-too-long = Rien n'a été enregistré : { $value } caractères au plus par page et par langue.
