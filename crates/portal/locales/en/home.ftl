### The first page

greeting = Hello { $value }
data-until = Data as of { $value }
data-none = No usage received yet
your-lines = Your lines
lines-in-all = { $count ->
    [one] { $number } line
   *[other] { $number } lines
 }
states-in-progress = In progress
states-active = Active
states-suspended = Suspended
states-ending = Ending
states-ended = Ended
data-over-month = Data, { $value }
same-days-before = { $value } on the same days last month
out-of-bundle-by-day = Out of bundle by day
attention-title = Needs attention
attention-count = { $count ->
    [one] { $number } line
   *[other] { $number } lines
 }
attention-none = Nothing to report this month
all-out-of-bundle = All lines with out-of-bundle usage
concern-allowance = { $value } of data
concern-out-of-bundle = { $value } out of bundle
lines-by-offer = Lines by offer
column-day = Day
calls-made = Calls made
