//! Each mistake of a catalogue by itself, with its file, line, field and reason; and all of them in one pass.

use crate::catalogs;
use catalog::{Catalog, CatalogFiles, Fault};
use std::{collections::BTreeMap, fs, path::Path};

/// A mistake: what is written in place of what, and where it is to be named. `at` is a text on the line that is named.
struct Mistake {
    file: &'static str,
    good: &'static str,
    bad: &'static str,
    named_in: &'static str,
    at: &'static str,
    field: &'static str,
    reason: &'static str,
}

const V: &str = "grandlarge/2026-01-01/";

/// A mistake that is named on the line on which it was made.
const fn here(
    file: &'static str,
    (good, bad): (&'static str, &'static str),
    field: &'static str,
    reason: &'static str,
) -> Mistake {
    Mistake { file, good, bad, named_in: file, at: bad, field, reason }
}

/// A mistake that is named elsewhere, in the same file or another.
const fn there(
    file: &'static str,
    (good, bad): (&'static str, &'static str),
    (named_in, at): (&'static str, &'static str),
    field: &'static str,
    reason: &'static str,
) -> Mistake {
    Mistake { file, good, bad, named_in, at, field, reason }
}

fn mistakes() -> Vec<Mistake> {
    vec![
        here(
            "networks.toml",
            ("topic = \"voicemail-visual\"", "topic = \"voicemail-visuel\""),
            "topic",
            "`voicemail-visuel` is not one of apn-internet, apn-mms,",
        ),
        here(
            "networks.toml",
            ("topic = \"voicemail-config\"", "topic = \"apn-mms\" "),
            "topic",
            "`apn-mms` stands in this sheet already",
        ),
        here(
            "networks.toml",
            ("en = \"last 4 digits of the number, to be changed at the first call\"", "nl = \"laatste 4 cijfers\""),
            "value",
            "has no text in `en`, a language of the operator",
        ),
        here("zones.csv", ("JP,world", "JP,mars"), "zone", "`mars` is not one of home, zone-1"),
        here(
            "grandlarge/operator.toml",
            ("numbering = \"fr\"", "second_factor = [\"auditor\", \"root\"]\nnumbering = \"fr\""),
            "second_factor",
            "`root` is not a role: it is one of subscriber, member,",
        ),
        here("coverage.csv", ("home-data,,data,made,home,,", "home-data,,data,made,hoome,,"), "from", "`hoome` is not one of"),
        there(
            "world/prefixes.csv",
            ("\n4169,CH,mobile", "\n4168,CH,mobile"),
            ("world/prefixes.csv", "4168,CH,mobile\n417,"),
            "prefix",
            "`4168` stands on line 520 already",
        ),
        there(
            "world/numbering-fr.csv",
            ("\n33,short,", "\n32,short,"),
            (
                "world/numbering-fr.csv",
                "\n32,short,short-paid,Numéro court majoré,Kort betaalnummer,Kostenpflichtige Kurznummer,Premium short number\n34",
            ),
            "prefix",
            "`32` stands on line 64 already",
        ),
        here(
            "tiers.toml",
            ("{ above = \"5 GB\", amount = \"0.0022\" }", "{ above = \"1 GB\", amount = \"0.0022\" }"),
            "above",
            "goes backwards",
        ),
        here(
            "tiers.toml",
            ("{ above = \"0 B\", amount = \"0.0036\" }", "{ above = \"1 B\", amount = \"0.0036\" }"),
            "above",
            "is not 0, from which the first tier holds",
        ),
        there(
            "options.toml",
            ("offers = [\"unlimited-0\", \"unlimited-1\", \"unlimited-5\",", "offers = [\"travel-20\"] # [\"unlimited-5\","),
            ("options.toml", "id = \"5g\""),
            "families",
            "option `5g` is allowed by no offer",
        ),
        there(
            "offers.toml",
            ("family = \"metered-data\"", "family = \"metered\""),
            ("families.toml", "id = \"metered-data\""),
            "id",
            "family `metered-data` has no offer",
        ),
        there(
            "grandlarge/operator.toml",
            ("currency = \"EUR\"\n", ""),
            ("grandlarge/operator.toml", "name ="),
            "currency",
            "is missing",
        ),
        here("grandlarge/operator.toml", ("email = 0", "email = 721"), "email", "is not a whole number from 0 to 720"),
        there(
            "grandlarge/operator.toml",
            ("[hold_hours]", "[hold_hours]\nsms = 1"),
            ("grandlarge/operator.toml", "sms = 1"),
            "sms",
            "is unknown here; known are email",
        ),
        here(
            "cutoffs.toml",
            ("default = \"10 GB\"\nzero", "default = \"15 GB\"\nzero"),
            "default",
            "`15 GB` is not one of the values",
        ),
        here("cutoffs.toml", ("values = [\"0 B\"]", "values = [\"1 B\", \"0 B\"]"), "values", "does not go up"),
        there(
            "families.toml",
            ("within = \"data\"", "within = \"voice\""),
            ("families.toml", "within = \"voice\""),
            "within",
            "`voice` is no allowance that stands before it",
        ),
        here(
            "families.toml",
            ("blocks = [\"international\",", "blocks = [\"everywhere\","),
            "blocks",
            "`everywhere` is not one of home-data",
        ),
        there(
            "options.toml",
            ("opens = [\"risky-destinations\"]", "opens = [\"premium-numbers\"]"),
            ("options.toml", "id = \"risky-destinations-on\""),
            "opens",
            "opens `premium-numbers`, which none of its families blocks",
        ),
        there(
            "options.toml",
            ("blocks = [\"voice-international\"]", "lifts_cap = [\"voice\"]\nneeds_line = \"tv\""),
            ("options.toml", "id = \"block-voice-international\""),
            "needs_line",
            "needs a line of service `tv`, of which there is no family",
        ),
        there(
            "families.toml",
            ("kinds = [\"data\"]\nfrom = [\"home\"]", "kinds = [\"voice\"]\nfrom = [\"home\"]"),
            ("families.toml", "uncapped = \"slow\""),
            "uncapped",
            "is `slow` for voice, which cannot go on slowly",
        ),
        here(
            "networks.toml",
            ("data = \"pick\"", "data = \"guess\""),
            "number_choice",
            "`guess` is not one of pool, network, pick",
        ),
        here(
            "prices.csv",
            (
                "sms-national-orange,standard|metered,orange,sms,made,home,home,,,0.0300,1,,,,,",
                "sms-national-orange,standard|metered,orange,sms,made,home,home,,,,1,,,,,metered-data-orange",
            ),
            "tiers",
            "counts data, which this row does not price",
        ),
        here(
            "prices.csv",
            (
                "voice-machine,standard|metered,,voice,made|forwarded,home,home,machine",
                "voice-machine,standard|metered,,voice,made|forwarded,home,home,robot",
            ),
            "classes",
            "robot",
        ),
        here(
            "prices.csv",
            (
                "mms-to-abroad,standard|metered,,mms,made,home,,,,0.2500",
                "mms-to-abroad,standard|metered,,mms,made,home,,,,0.25 EUR",
            ),
            "amount",
            "0.25 EUR",
        ),
        here("alerts.toml", ("capped = [100]", "capped = [100, 80]"), "capped", "does not go up"),
        there(
            "recharges.toml",
            (
                "id = \"m2m-500mb\"\nname = { fr = \"Recharge 500 Mo\", en = \"500 MB recharge\" }\nfamilies = [\"m2m\"]",
                "id = \"m2m-500mb\"\nname = { fr = \"Recharge 500 Mo\", en = \"500 MB recharge\" }\nfamilies = [\"travel\"]",
            ),
            ("recharges.toml", "id = \"m2m-500mb\""),
            "families",
            "recharge `m2m-500mb` is allowed by no offer",
        ),
    ]
}

fn read(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{prefix}{}", path.file_name().unwrap().to_string_lossy());
        if path.is_dir() {
            read(&path, &format!("{name}/"), files);
        } else if name.ends_with(".toml") || name.ends_with(".csv") {
            files.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
}

fn full(file: &str) -> String {
    if file.contains('/') { file.to_owned() } else { format!("{V}{file}") }
}

fn spoil(files: &mut BTreeMap<String, String>, mistake: &Mistake) {
    let text = files.get_mut(&full(mistake.file)).unwrap();
    assert!(text.contains(mistake.good), "`{}` is not in {}", mistake.good, mistake.file);
    *text = text.replacen(mistake.good, mistake.bad, 1);
}

fn faults(files: &BTreeMap<String, String>) -> Vec<Fault> {
    Catalog::load(&CatalogFiles::new(files.clone()), "grandlarge").err().map(|faults| faults.0).unwrap_or_default()
}

/// Is the mistake among the faults, on its line and of its field?
fn is_named(files: &BTreeMap<String, String>, faults: &[Fault], mistake: &Mistake) -> bool {
    let file = full(mistake.named_in);
    let text = &files[&file];
    let at = text.find(mistake.at).unwrap_or_else(|| panic!("`{}` is not in {file}", mistake.at));
    // A text that begins with the end of a line is on the next one.
    let at = at + usize::from(mistake.at.starts_with('\n'));
    let line = text[..at].matches('\n').count() + 1;
    faults.iter().any(|fault| {
        fault.file == file && fault.line == line && fault.field == mistake.field && fault.reason.contains(mistake.reason)
    })
}

/// RAT-02, RAT-03, MOB-06, MOB-41, MOB-53, TEL-11: every mistake is named with file, line, field and reason, alone and among all others.
#[test]
fn each_mistake_is_named_with_its_line_and_reason() {
    let mut shipped = BTreeMap::new();
    read(&catalogs(), "", &mut shipped);
    assert_eq!(faults(&shipped), []);
    for mistake in mistakes() {
        let mut files = shipped.clone();
        spoil(&mut files, &mistake);
        let found = faults(&files);
        assert!(is_named(&files, &found, &mistake), "{} for {} in:\n{found:#?}", mistake.reason, mistake.bad);
    }
}

/// RAT-02: one pass names mistakes of every file, however many there are.
#[test]
fn all_mistakes_are_named_in_one_pass() {
    let mut files = BTreeMap::new();
    read(&catalogs(), "", &mut files);
    // What refers to a family that lost its offers is not said while its offers cannot be read.
    let all: Vec<_> = mistakes().into_iter().filter(|mistake| !matches!(mistake.field, "opens" | "id")).collect();
    all.iter().for_each(|mistake| spoil(&mut files, mistake));
    let found = faults(&files);
    let missing: Vec<_> = all.iter().filter(|mistake| !is_named(&files, &found, mistake)).map(|mistake| mistake.reason).collect();
    assert!(missing.is_empty(), "{missing:?} in:\n{found:#?}");
}
