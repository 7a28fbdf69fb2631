work-orders = Requests to networks
work-orders-lead = What networks have to do, what they answered, and what waits for somebody.
work-stuck = To look at
work-open = On their way
work-over = Over
work-none = Nothing here.
work-what = Request
work-since = Since
work-activate = Bring into service
work-modify = Change services
work-suspend = Suspend
work-reactivate = Reactivate
work-swap = Swap the SIM
work-end = End
work-waiting = The network opens on { $value }
work-ready = About to be sent
work-pause = Asked again on { $value }
work-sent = { $count ->
    [one] Sent once, no answer yet
   *[other] Sent { $number } times, no answer yet
 }
work-accepted = Accepted by the network
work-withdrawing = Being taken back
work-done = Done
work-refused = Refused: { $value }
work-unanswered = Not answered
work-cancelled = Taken back
work-retry = Send again
work-cancel = Take back
work-cancel-lead = The network is asked to forget the request. If it has done it already, the line changes nevertheless.
work-cancel-yes = Yes, take the request back
work-late = That was no longer possible: the request has changed meanwhile.
