### A line's own access

menu-line-access = Access
line-access-title = Line access
line-access-lead = Give a line its own access: whoever uses it sees that line only, and nobody else sees what it uses.
line-access-own = Own access
line-access-holder = Holder of the access
line-access-since = On its own since
line-access-give = Give this line access
line-access-give-lead = They receive an e-mail, choose a password and sign in with the number of the line. You still see the line and what it costs, but no longer what it is used for.
line-access-join = Join with the account
line-access-join-lead = The password of this access is asked for, so its holder agrees. The access and its sessions are then gone.
line-access-password = Password of the line's access
line-access-wrong-password = This is not the password of that access. Nothing was changed: ask its holder for it and try again.
line-access-done-split = The invitation is on its way. Nothing changes until it is accepted.
line-access-done-joined = The line no longer has access of its own.
line-is-private = This line has its own access
line-is-private-lead = Its holder alone sees what it uses. You see what it costs.
