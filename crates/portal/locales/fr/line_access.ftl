### L'accès propre à une ligne

menu-line-access = Accès
line-access-title = Accès par ligne
line-access-lead = Donnez à une ligne son propre accès : la personne qui l'utilise ne voit qu'elle, et elle seule voit sa consommation.
line-access-own = Accès séparé
line-access-holder = Titulaire de l'accès
line-access-since = Séparé depuis
line-access-give = Donner un accès à cette ligne
line-access-give-lead = La personne reçoit un e-mail, choisit son mot de passe et se connecte avec le numéro de la ligne. Vous verrez encore la ligne et son coût, mais plus le détail de ses usages.
line-access-join = Réunir avec le compte
line-access-join-lead = Saisissez le mot de passe de cet accès : nous saurons ainsi que son titulaire est d'accord. L'accès et ses sessions seront supprimés.
line-access-password = Mot de passe de l'accès de la ligne
line-access-wrong-password = Ce n'est pas le mot de passe de cet accès. Rien n'a été modifié : demandez-le à son titulaire, puis réessayez.
line-access-done-split = L'invitation est envoyée. Rien ne change tant qu'elle n'est pas acceptée.
line-access-done-joined = La ligne n'a plus d'accès séparé.
line-is-private = Cette ligne a son propre accès
line-is-private-lead = Seul son titulaire voit ce qu'elle consomme. Vous en voyez le coût.
