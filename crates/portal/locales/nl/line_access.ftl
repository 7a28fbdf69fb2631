### De eigen toegang van een lijn

menu-line-access = Toegang
line-access-title = Toegang per lijn
line-access-lead = Geef een lijn een eigen toegang: wie ze gebruikt, ziet alleen die lijn, en ziet als enige het verbruik ervan.
line-access-own = Eigen toegang
line-access-holder = Houder van de toegang
line-access-since = Gescheiden sinds
line-access-give = Deze lijn toegang geven
line-access-give-lead = De persoon krijgt een e-mail, kiest een wachtwoord en meldt zich aan met het nummer van de lijn. U ziet de lijn en haar kosten nog, maar niet langer waarvoor ze gebruikt wordt.
line-access-join = Weer samenvoegen
line-access-join-lead = Het wachtwoord van deze toegang is nodig: zo weten we dat de houder akkoord gaat. De toegang en de sessies verdwijnen.
line-access-password = Wachtwoord van de toegang van de lijn
line-access-wrong-password = Dit is niet het wachtwoord van deze toegang. Er is niets gewijzigd: vraag het aan de houder en probeer het opnieuw.
line-access-done-split = De uitnodiging is verstuurd. Er verandert niets zolang ze niet aanvaard is.
line-access-done-joined = De lijn heeft geen eigen toegang meer.
line-is-private = Deze lijn heeft een eigen toegang
line-is-private-lead = Alleen de houder ervan ziet het verbruik. U ziet wat ze kost.
