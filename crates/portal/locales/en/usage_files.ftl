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
