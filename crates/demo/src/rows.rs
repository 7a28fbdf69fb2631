//! How a usage is written in each layout.

use crate::{dice::Dice, model::DemoLine, usage::Usage};
use jiff::civil::Date;
use std::io::{self, Write};
use vocabulary::{Direction, UsageKind};

/// The header of the mobile layout.
pub(crate) const MOBILE_HEADER: &str =
    "record_id,type,direction,msisdn,other_party,start_time,duration_s,volume_bytes,visited_network,access\n";

/// A local time of a day, `08:04:10`.
struct Hours(u32);

impl std::fmt::Display for Hours {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}:{:02}:{:02}", self.0 / 3_600, self.0 / 60 % 60, self.0 % 60)
    }
}

/// Digits without plus, as networks write them.
fn digits(number: &str) -> &str {
    number.trim_start_matches('+')
}

/// What a record says of how much: seconds of a call, bytes of data, nothing of a message.
const fn seconds_and_bytes(usage: &Usage) -> (Option<u64>, Option<u64>) {
    match usage.kind {
        UsageKind::Voice => (Some(usage.quantity), None),
        UsageKind::Data => (None, Some(usage.quantity)),
        UsageKind::Sms | UsageKind::Mms => (None, None),
    }
}

/// A row of the mobile layout.
pub(crate) fn mobile(out: &mut dyn Write, date: &str, usage: &Usage, number: &str) -> io::Result<()> {
    let (seconds, bytes) = seconds_and_bytes(usage);
    let (kind, direction, number) = (usage.kind.as_str(), usage.direction.as_str(), digits(number));
    write!(out, "{:012x},{kind},{direction},{number},{},{date} {},", usage.reference, usage.other, Hours(usage.second))?;
    if let Some(seconds) = seconds {
        write!(out, "{seconds}")?;
    }
    out.write_all(b",")?;
    if let Some(bytes) = bytes {
        write!(out, "{bytes}")?;
    }
    writeln!(out, ",{},mobile", usage.visited.unwrap_or_default())
}

/// A row of JSON lines. `offset_s` is how far local time is ahead of UTC.
pub(crate) fn json(out: &mut dyn Write, (date, offset_s): (&str, i32), usage: &Usage, number: &str) -> io::Result<()> {
    let (seconds, bytes) = seconds_and_bytes(usage);
    let (kind, direction, number) = (usage.kind.as_str(), usage.direction.as_str(), digits(number));
    write!(out, r#"{{"record_id":"{:012x}","type":"{kind}","direction":"{direction}","msisdn":"{number}""#, usage.reference)?;
    if !usage.other.is_empty() {
        write!(out, r#","other_party":"{}""#, usage.other)?;
    }
    write!(out, r#","start_time":"{date}T{}{:+03}:{:02}""#, Hours(usage.second), offset_s / 3_600, offset_s.abs() / 60 % 60)?;
    if let Some(seconds) = seconds {
        write!(out, r#","duration_s":{seconds}"#)?;
    }
    if let Some(bytes) = bytes {
        write!(out, r#","volume_bytes":{bytes}"#)?;
    }
    if let Some(visited) = usage.visited {
        write!(out, r#","visited_network":"{visited}""#)?;
    }
    out.write_all(b"}\n")
}

/// A call as the switch writes it: one row, or one for each telephone that rang. Answers how many.
pub(crate) fn asterisk(out: &mut dyn Write, date: Date, usage: &Usage, line: &DemoLine, dice: &mut Dice) -> io::Result<u64> {
    let own = format!("0{}", &digits(&line.number)[2..]);
    let account = line.identities.first();
    let rang_s = u32::try_from(2 + dice.below(22)).unwrap_or(2);
    let is_answered = usage.quantity > 0;
    let call = Call { date, usage, rang_s, own: &own, linked: unique_id(date, usage) };
    if usage.direction == Direction::Made {
        // The telephone on the computer is named by its account.
        let source = account.filter(|_| dice.happens(300)).map_or(own.as_str(), String::as_str);
        call.row(out, (source, &usage.other), ("outgoing", "PJSIP/trunk"), is_answered)?;
        return Ok(1);
    }
    let parties = (usage.other.as_str(), own.as_str());
    let mut rows = 1;
    if account.is_some() || dice.happens(180) {
        // Two telephones ring; the second is not the one that is picked up.
        call.row(out, parties, ("incoming", "PJSIP/second"), false)?;
        rows = 2;
    }
    call.row(out, parties, ("incoming", "PJSIP/home"), is_answered)?;
    Ok(rows)
}

fn unique_id(date: Date, usage: &Usage) -> String {
    let days = date.since(jiff::civil::date(1970, 1, 1)).map_or(0, |span| span.get_days());
    format!("{}.{}", i64::from(days) * 86_400 + i64::from(usage.second), usage.reference % 1_000_000)
}

struct Call<'a> {
    date: Date,
    usage: &'a Usage,
    rang_s: u32,
    own: &'a str,
    linked: String,
}

impl Call<'_> {
    /// `account,src,dst,context,clid,channel,dstchannel,app,data,start,answer,end,duration,billsec,disposition,flags,uniqueid,peer,linkedid,sequence`
    fn row(
        &self,
        out: &mut dyn Write,
        (src, dst): (&str, &str),
        (context, peer): (&str, &str),
        is_answered: bool,
    ) -> io::Result<()> {
        let date = self.date;
        let start = self.usage.second;
        let talked_s = if is_answered { u32::try_from(self.usage.quantity).unwrap_or(u32::MAX) } else { 0 };
        let answer = start + self.rang_s;
        let end = answer + talked_s;
        write!(out, r#""","{src}","{dst}","{context}","""{src}"" <{src}>","PJSIP/{}","{peer}","Dial","{peer}","#, self.own)?;
        write!(out, r#""{date} {}","#, Hours(start))?;
        if is_answered {
            write!(out, r#""{}","#, Moment(date, answer))?
        } else {
            out.write_all(b"\"\",")?
        };
        let disposition = if is_answered { "ANSWERED" } else { "NO ANSWER" };
        let duration = end - start;
        write!(out, r#""{}",{duration},{talked_s},"{disposition}","DOCUMENTATION","#, Moment(date, end))?;
        let sequence = 1 + u8::from(is_answered);
        writeln!(out, r#""{}","","{}",{sequence}"#, self.linked, self.linked)
    }
}

/// A moment of a day or of the one after, `2026-11-03 00:04:10`.
struct Moment(Date, u32);

impl std::fmt::Display for Moment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let date = if self.1 >= 86_400 { self.0.tomorrow().unwrap_or(self.0) } else { self.0 };
        write!(f, "{date} {}", Hours(self.1 % 86_400))
    }
}
