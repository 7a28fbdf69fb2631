### Usage files

usage-files-lead = What the networks sent, and what could not be read.
usage-files-none = No files received yet
usage-file = File
layout = Layout
taken-in = Taken in
taken-in-at = Taken in { $value }
records = Records
duplicates = Duplicates
set-aside = Set aside
rows-set-aside = Rows set aside
set-aside-none = No row was set aside
row = Row
reason = Reason
raw = Content
file-reading = Reading
file-done = Done
file-failed = Failed
file-waiting = Waiting

## Handing a file in
upload-title = Upload a file
upload-choose-layout = Choose a layout
upload-send = Upload
upload-hint = Plain or compressed (gzip, zstd), { $value } at most. A file that was taken in before is not counted twice.
upload-received = “{ $value }” was received. It appears in the list as soon as reading begins.
upload-no-file = Choose a file.
upload-empty = This file is empty. Choose another one.
upload-unknown-layout = Choose the layout of the file from the list.
upload-too-large = This file is too large: { $value } at most. Compress it, or upload it in parts.
refused-files = Refused files
dismiss = Dismiss

## Rows set aside, taken again
aside-filter = Reasons
aside-open = To do
aside-taken = Taken again
aside-all-done = All rows that were set aside have been taken again
actions = Actions
take-again = Take again
take-all-again = { $count ->
    [one] Take this row again
   *[other] Take all { $number } rows again
 }
correct = Correct
correct-row = Correct row { $value } of the file
row-number = row { $value }
row-text = Text of the row
take-corrected = Take the corrected row
taken-again-at = Taken { $value }
again-taken = { $count ->
    [one] { $number } row was taken.
   *[other] { $number } rows were taken.
 }
again-aside = { $count ->
    [one] { $number } row is still set aside.
   *[other] { $number } rows are still set aside.
 }
again-cut = { $count ->
    [one] { $number } row was not kept whole: complete it.
   *[other] { $number } rows were not kept whole: complete them.
 }
again-still-aside = Row { $row } is still set aside. Reason: “{ $reason }”.
again-nothing = This row was taken already.
again-blank = Enter the text of the row.
again-too-long = This text is too long for a row. Shorten it.
again-row-cut = This row was not kept whole: complete its text, then take the corrected row.
again-not-readable = This row cannot be taken by itself: the header of its file was not kept, or its layout is gone. Upload it with its header as a new file.
again-busy = Another import of this operator is running. Nothing was changed: try again in a moment.

## Reasons
aside-unreadable = Unreadable row
aside-wrong-column-count = Unexpected number of columns
aside-bad-number = Invalid number
aside-no-line = No line named
aside-bad-time = Invalid date or time
aside-bad-quantity = Invalid quantity
aside-unknown-kind = Unknown kind of usage
aside-unknown-direction = Unknown direction
aside-bad-visited = Invalid visited network or country
aside-unknown-access = Unknown kind of access
aside-not-answered = Unanswered call
aside-too-many-legs = Call with too many legs
aside-unknown-line = Number unknown to the operator
aside-from-the-future = Date in the future
aside-unknown-destination = Unknown destination
aside-unknown-network = Unknown visited network
aside-before-start = Before the line's start
aside-after-end = After the line's end
aside-not-allowed = Usage that the offer does not provide for
aside-not-in-catalogue = Offer or option not in the catalogue
aside-too-large = Excessive quantity
aside-other = Another reason
