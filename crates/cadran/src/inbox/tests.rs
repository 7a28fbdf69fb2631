//! A watched folder and what becomes of its files.

use super::*;
use operations::{NewCustomer, NewLine, NewOperator, provision};
use store::Store;
use vocabulary::{Clock, Timestamp};

async fn house(url: &str) -> House {
    let house = House::new(Store::open(url).await.unwrap(), &crate::house::shipped_catalogs(), Clock::system()).unwrap();
    let line = NewLine::in_service("+33639980011", ("mobile", "orange", "unlimited-5"), Timestamp::EPOCH);
    let customers = vec![NewCustomer::household("C1", "Test", vec![line])];
    let new = NewOperator { slug: "grandlarge".into(), name: "Test".into(), customers, ..NewOperator::default() };
    provision(&house, &new).await.unwrap();
    house
}

/// RAT-08: files of the watched folder are taken in once they no longer grow; what cannot be read is moved aside with its reason.
#[tokio::test(flavor = "multi_thread")]
async fn files_of_the_watched_folder_are_taken_in() {
    for database in testkit::databases() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("grandlarge/mobile");
        fs::create_dir_all(&place).unwrap();
        let good = "record_id,type,direction,msisdn,other_party,start_time,duration_s,volume_bytes,visited_network,access\n\
                    a1,sms,made,33639980011,0639981234,2026-11-02 10:00:00,,,,mobile\n";
        fs::write(place.join("good.csv"), good).unwrap();
        fs::write(place.join("bad.csv"), "a,b\n1,2\n").unwrap();
        fs::write(place.join(".half-written.csv"), "record").unwrap();
        let arguments = crate::house::HouseArguments::at("");
        let house = house(database.url()).await;
        let mut inbox = Inbox::new(house.clone(), folder.path().into(), arguments.layouts().unwrap());
        assert_eq!(inbox.look().await.unwrap(), 0, "what was never seen before may still grow");
        assert_eq!(inbox.look().await.unwrap(), 2);
        assert_eq!(inbox.look().await.unwrap(), 0);
        assert!(place.join("done/good.csv").exists() && place.join(".half-written.csv").exists());
        assert!(fs::read_to_string(place.join("refused/bad.why.txt")).unwrap().contains("layout `mobile`"));
        let operator = house.store.operator_by_slug("grandlarge").await.unwrap().unwrap();
        assert_eq!(house.store.operator_sums(operator).await.unwrap().records, 1);
    }
}
