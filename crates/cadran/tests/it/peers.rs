//! Host networks and profile servers as `cadran serve` is told of them: mistakes are named before anything is served.

use crate::{cadran, catalogs};
use catalog::CatalogFiles;
use operations::{House, NewBrand, NewCustomer, NewLine, NewOperator, Scope, provision, seal::Seal};
use std::{fs, path::Path};
use store::Store;
use vocabulary::{Clock, LineId, OperatorId, Timestamp};

pub(crate) const CALLBACK_SECRET: &str = "another secret of more than twenty-four bytes";
/// Where the keys of the house stand, in its folder.
pub(crate) const KEYS: &str = "keys";

/// An operator with a line in service, in a database in a folder.
pub(crate) async fn house(folder: &Path) -> (House, OperatorId, LineId) {
    let store = Store::open(&database(folder)).await.unwrap();
    let key = Seal::fresh_line(Some("k1")).unwrap();
    fs::write(folder.join(KEYS), key.as_str()).unwrap();
    let house = House::new(store, &CatalogFiles::read(&catalogs()).unwrap(), Clock::system()).unwrap();
    let house = house.with_seal(Seal::read(key.as_str()).unwrap());
    let since = Timestamp::EPOCH.plus_seconds(1_700_000_000);
    let iccid = Some("8933263212200169065".to_owned());
    let line = NewLine { iccid, ..NewLine::in_service("+33639980011", ("mobile", "orange", "unlimited-5"), since) };
    let brand = NewBrand {
        host: "grandlarge.example".to_owned(),
        reseller: None,
        name: "Grand Large".to_owned(),
        colour: "#0f766e".to_owned(),
        contact: String::new(),
    };
    let new = NewOperator {
        slug: "grandlarge".to_owned(),
        name: "Grand Large".to_owned(),
        customers: vec![NewCustomer::household("V100001", "Famille Test", vec![line])],
        brands: vec![brand],
        ..NewOperator::default()
    };
    let operator = provision(&house, &new).await.unwrap();
    let line = house.store.scoped(Scope::operator(operator)).line_choices().await.unwrap()[0].id;
    (house, operator, line)
}

pub(crate) fn database(folder: &Path) -> String {
    format!("sqlite:{}", folder.join("cadran.db").display())
}

/// PLT-12, MOB-52, BIL-07, PLT-16: everything that is wrong in the file of peers is named in one pass, by its place and field, and no secret is repeated.
#[tokio::test(flavor = "multi_thread")]
async fn wrong_peers_are_named_in_one_pass() {
    let folder = tempfile::tempdir().unwrap();
    drop(house(folder.path()).await);
    let path = |name: &str| folder.path().join(name);
    fs::write(path("short"), "short\n").unwrap();
    fs::write(path("empty"), "\n").unwrap();
    fs::write(path("long"), CALLBACK_SECRET).unwrap();
    let text = r#"
        [[host-network]]
        operator = "grandlarge"
        network = "orange"
        url = "http://gateway.example.org"
        secret = "this one stands in the open"
        secret_file = "nowhere"
        connect_within = "1 h"
        certificate = "client.pem"
        colour = "red"

        [[host-network]]
        operator = "nobody"
        network = "orange"
        adapter = "pigeon"

        [[host-network]]
        operator = "grandlarge"
        network = "orange"
        adapter = "http"
        url = 12
        secret_env = "CADRAN_TEST_NO_SUCH_VARIABLE"
        callback_secret_file = "short"

        [[host-network]]
        operator = "grandlarge"
        network = "nowhere"
        url = "https://gateway.example.org"
        callback_secret_file = "empty"

        [[host-network]]
        operator = "grandlarge"
        network = "bouygues"
        url = "https://gateway.example.org"
        secret_file = "long"
        callback_secret_file = "short"

        [[host-network]]
        operator = "grandlarge"
        network = "bouygues"
        url = "https://gateway.example.org"
        secret_file = "long"
        callback_secret_file = "long"
        ca = "long"

        [[profile-server]]
        operator = "grandlarge"
        url = "https://smdp.example.org"
        address = "not a name"
        iccid = "roman"
        enabled_point = -4

        [[profile-server]]
        operator = "grandlarge"
        url = "http://smdp.example.org"
        address = "rsp.example.org"
        requester = "2.999.1"
        callback_secret_file = "short"

        [[payment-provider]]
        operator = "grandlarge"
        kind = "purse"
        pages = "http://pay.example.org/here"

        [[payment-provider]]
        operator = "grandlarge"
        url = "http://pay.example.org"
        secret_file = "long"
        callback_secret_file = "empty"

        [[payment-provider]]
        operator = "grandlarge"
        url = "http://pay.example.org"
        secret_file = "long"
        callback_secret_file = "long"

        [profile-servers]
        "#;
    let file = path("peers.toml");
    fs::write(&file, text).unwrap();
    let arguments = ["serve", "--database", &database(folder.path()), "--listen", "127.0.0.1:0"];
    let output = cadran(&[&arguments[..], &["--peers", file.to_str().unwrap()]].concat(), "");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && output.stdout.is_empty(), "{said}");
    let network = "[[host-network]]";
    for fault in [
        &format!("{network} 1 (grandlarge, orange): url: the address of the gateway cannot be used"),
        &format!("{network} 1 (grandlarge, orange): secret: a secret does not stand in this file"),
        &format!("{network} 1 (grandlarge, orange): secret_file: `"),
        &format!("{network} 1 (grandlarge, orange): connect_within: `1 h` is not from `1 s` to `10 s`"),
        &format!("{network} 1 (grandlarge, orange): certificate: `"),
        &format!("{network} 1 (grandlarge, orange): key: is missing: a certificate needs its key"),
        &format!("{network} 1 (grandlarge, orange): colour: is not known"),
        &format!("{network} 2 (nobody, orange): operator: `nobody` is not in this database"),
        &format!("{network} 2 (nobody, orange): adapter: `pigeon` is none of http, simulated"),
        &format!("{network} 3 (grandlarge, orange): network: `orange` of grandlarge stands here twice"),
        &format!("{network} 3 (grandlarge, orange): url: is no text in quotes"),
        &format!("{network} 3 (grandlarge, orange): secret_env: variable `CADRAN_TEST_NO_SUCH_VARIABLE` is not set"),
        &format!("{network} 4 (grandlarge, nowhere): network: `nowhere` is none of the catalogue of grandlarge"),
        &format!("{network} 4 (grandlarge, nowhere): callback_secret_file: is empty"),
        &format!("{network} 4 (grandlarge, nowhere): secret_file: is missing, and so is `secret_env`"),
        &format!("{network} 5 (grandlarge, bouygues): callback_secret_file: the secret of a network's call-backs is shorter"),
        &format!("{network} 1 (grandlarge, orange): poll_every: is missing, and so is `callback_secret_file`"),
        &format!("{network} 6 (grandlarge, bouygues): callback_secret_file: is the secret of our calls"),
        &format!("{network} 6 (grandlarge, bouygues): url: encryption towards the gateway cannot be set up: `"),
        "[[profile-server]] 1 (grandlarge): requester: is missing",
        "[[profile-server]] 2 (grandlarge): operator: `grandlarge` has a profile server already",
        "[[profile-server]] 2 (grandlarge): url: the address of the SM-DP+ cannot be used: `http://smdp.example.org`",
        "[[profile-server]] 1 (grandlarge): address: ",
        "[[profile-server]] 1 (grandlarge): iccid: `roman` is none of digits, padded",
        "[[profile-server]] 1 (grandlarge): enabled_point: is no whole number of 0 or more",
        "[[payment-provider]] 1 (grandlarge): kind: `purse` is none of stripe",
        "[[payment-provider]] 1 (grandlarge): pages: `http://pay.example.org/here` is no origin such as `https://checkout.stripe.com`",
        "[[payment-provider]] 1 (grandlarge): callback_secret_file: is missing",
        "[[payment-provider]] 2 (grandlarge): operator: `grandlarge` has a payment provider already",
        "[[payment-provider]] 2 (grandlarge): callback_secret_file: is empty",
        "[[payment-provider]] 3 (grandlarge): url: the address of the payment provider cannot be used",
        "`profile-servers` is none of [[host-network]], [[profile-server]] and [[payment-provider]]",
    ] {
        assert!(said.contains(fault), "{fault}\n\n{said}");
    }
    assert_eq!(said.matches("): secret_file:").count(), 3, "what is wrong is said once: {said}");
    assert!(!said.contains("stands in the open") && !said.contains("Listening"), "{said}");
    fs::write(&file, "[[host-network").unwrap();
    let output = cadran(&[&arguments[..], &["--peers", file.to_str().unwrap()]].concat(), "");
    assert!(String::from_utf8(output.stderr).unwrap().contains("cannot be read as TOML"));
}
