//! Quantities as people read and catalogues write them: `5 GB`, `2 h`, `100`.

use vocabulary::UsageKind;

const DATA: [(i64, &str); 5] = [(1_000_000_000_000, "TB"), (1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB"), (1, "B")];
const VOICE: [(i64, &str); 3] = [(3_600, "h"), (60, "min"), (1, "s")];

/// Base units in the largest unit that holds them whole.
pub(crate) fn quantity_text(units: i64, kind: UsageKind) -> String {
    let scales: &[(i64, &str)] = match kind {
        UsageKind::Data => &DATA,
        UsageKind::Voice => &VOICE,
        UsageKind::Sms | UsageKind::Mms => return units.to_string(),
    };
    let smallest = scales[scales.len() - 1];
    let (size, unit) = scales.iter().copied().find(|(size, _)| units != 0 && units % size == 0).unwrap_or(smallest);
    format!("{} {unit}", units / size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantity_is_written_in_its_largest_whole_unit() {
        for (units, kind, text) in [
            (5_000_000_000, UsageKind::Data, "5 GB"),
            (1_500_000_000, UsageKind::Data, "1500 MB"),
            (0, UsageKind::Data, "0 B"),
            (7_200, UsageKind::Voice, "2 h"),
            (90, UsageKind::Voice, "90 s"),
            (100, UsageKind::Sms, "100"),
        ] {
            assert_eq!(quantity_text(units, kind), text);
        }
    }
}
