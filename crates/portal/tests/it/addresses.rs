//! There is one list of addresses, and what it does not have is for everybody to see.

use std::{fs, path::Path};

/// PLT-01, PLT-02: whatever asks nobody who comes is a picture, a style sheet or the sign that the program is well; and the two addresses
/// that machines ask, at no brand's host, with a secret of their own (`a_profile_server_shows_its_secret`, `a_network_calls_back`).
#[test]
fn only_assets_are_routed_beside_the_list_of_addresses() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut routed = Vec::new();
    let mut folders = vec![folder.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of sources") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("a source");
                let name = path.file_name().expect("a name").to_string_lossy().into_owned();
                for call in
                    [".route(", ".route_service(", ".nest(", ".nest_service(", ".merge(", ".fallback_service(", "Router::new("]
                {
                    routed.extend(text.match_indices(call).map(|(place, _)| {
                        let what = text[place..].lines().next().unwrap_or_default().trim_end();
                        format!("{name}: {what}")
                    }));
                }
            }
        }
    }
    routed.sort();
    let expected = [
        r#"addresses.rs: .route(path, answering.route_layer(asked));"#,
        r#"addresses.rs: Router::new(), list: Vec::new() }"#,
        r#"server.rs: .route("/assets/{hash}/{name}", get(asset))"#,
        r#"server.rs: .route("/brand/{hash}/{file}", get(brand_file))"#,
        r#"server.rs: .route("/healthz", get(healthy))"#,
        r#"server.rs: .route(network_callback::PATH, network_callback::route())"#,
        r#"server.rs: .route(payments::callback::OF_OPERATOR, payments::callback::of_operator())"#,
        r#"server.rs: .route(payments::callback::OF_RESELLER, payments::callback::of_reseller())"#,
        r#"server.rs: .route(profile_progress::PATH, profile_progress::route())"#,
    ];
    assert_eq!(routed, expected, "an address belongs into crates/portal/src/addresses.rs, with what it asks of who comes");
}
