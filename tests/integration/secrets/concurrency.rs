//! Sealing while the master key changes, within one process.

use modelry::domain::ChangeChannel;
use modelry::registry::clock::Clock;
use modelry::registry::supplier_key::{NewKey, SupplierKeyChanges, create};
use modelry::registry::{Change, Editor, Reference, master_key, supplier};
use modelry::secrets::Secret;
use modelry::store::Author;

use crate::support::{TestDatabase, on_both_databases};

fn editor(database: &TestDatabase) -> Editor {
    let author = Author::new("tester", ChangeChannel::Cli, "test", Clock::system().now());
    Editor::new(database.store().clone(), author)
}

on_both_databases! {
    /// What is sealed with a key that is going out of use at this moment is sealed anew, so that none is left under it.
    async fn nothing_new_comes_under_an_old_master_key(database: TestDatabase) {
        let changes = supplier::SupplierChanges { name: Change::Set("acme".to_owned()), ..Default::default() };
        let acme = supplier::create(&editor(&database), changes).await.expect("a supplier").id;
        let writers = (0..4).map(|writer| {
            // Each has a keyring of its own, as another process would.
            let (editor, keyring) = (editor(&database), database.keyring());
            async move {
                for number in 0..10 {
                    let label = Change::Set(format!("key {writer}-{number}"));
                    let changes = SupplierKeyChanges { label, ..Default::default() };
                    let secret = Secret::new(format!("sk-{writer}-{number}-0123456789"));
                    let new = NewKey { supplier: Reference::Id(acme), secret, changes };
                    create(&editor, &keyring, new).await.expect("entered");
                }
            }
        });
        let (rotator, keyring) = (editor(&database), database.keyring());
        let rotating = async {
            for _ in 0..4 {
                master_key::rotate(&rotator, &keyring, 3, |_| {}).await.expect("rotated");
            }
        };
        futures_util::future::join(futures_util::future::join_all(writers), rotating).await;

        let verified = master_key::verify(database.store(), &database.keyring()).await.expect("opened");
        assert_eq!((verified.opened, verified.closed), (40, Vec::new()));
        let status = master_key::status(database.store(), &keyring).await.expect("told");
        assert_eq!(status.iter().map(|key| (key.in_use, key.live)).collect::<Vec<_>>(), [(true, 40)]);
    }
}
