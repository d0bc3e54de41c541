//! What was sealed opens in its place only, and not after any change.

use super::*;

fn place(row: &str, owner: i64) -> Place {
    Place { table: "supplier_keys", row: row.to_owned(), owner }
}

fn binding() -> Binding {
    Binding::new("modelry", &place("a", 1))
}

fn secret() -> Secret {
    Secret::new("sk-a-secret-text".to_owned())
}

#[test]
fn what_was_sealed_opens_in_its_place() {
    let key = random().expect("a key");
    let sealed = seal(&secret(), &key, &binding()).expect("sealed");
    assert_eq!(sealed.len(), 1 + NONCE + secret().expose().len() + TAG);
    assert_eq!(open(&sealed, &key, &binding()).expect("opened").expose(), secret().expose());
    assert_ne!(sealed, seal(&secret(), &key, &binding()).expect("sealed"), "no two are alike");
}

#[test]
fn it_opens_in_no_other_place_and_with_no_other_key() {
    let (key, master) = (random().expect("a key"), random().expect("a key"));
    let sealed = seal(&secret(), &key, &binding()).expect("sealed");
    let wrapped = wrap(&key, &master, "local:1", &binding()).expect("wrapped");
    for (registry, place) in [
        ("other", place("a", 1)),
        ("modelry", place("b", 1)),
        ("modelry", place("a", 2)),
        ("modelry", Place { table: "others", ..place("a", 1) }),
        // The same letters, cut otherwise.
        ("modelrysupplier_", Place { table: "keys", ..place("a", 1) }),
    ] {
        let other = Binding::new(registry, &place);
        assert_eq!(open(&sealed, &key, &other).err(), Some(SecretsError::Closed), "{place:?}");
        assert_eq!(unwrap(&wrapped, &master, "local:1", &other).err(), Some(SecretsError::Closed), "{place:?}");
    }
    assert_eq!(open(&sealed, &master, &binding()).err(), Some(SecretsError::Closed));
    assert_eq!(unwrap(&wrapped, &key, "local:1", &binding()).err(), Some(SecretsError::Closed));
    assert_eq!(unwrap(&wrapped, &master, "local:2", &binding()).err(), Some(SecretsError::Closed));
    assert_eq!(open(&wrapped, &master, &binding()).err(), Some(SecretsError::Closed), "a data key is no secret");
    assert!(unwrap(&wrapped, &master, "local:1", &binding()).is_ok());
}

#[test]
fn every_bit_and_every_byte_counts() {
    let key = random().expect("a key");
    let sealed = seal(&secret(), &key, &binding()).expect("sealed");
    for bit in 0..sealed.len() * 8 {
        let mut flipped = sealed.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let error = open(&flipped, &key, &binding()).err().expect("it was changed");
        assert!(!error.to_string().contains("sk-a"), "{error}");
    }
    for length in 0..sealed.len() {
        assert!(open(&sealed[..length], &key, &binding()).is_err(), "cut to {length} bytes");
    }
    assert!(open(&[&sealed[..], b"x"].concat(), &key, &binding()).is_err(), "with something behind it");
}

#[test]
fn whatever_is_no_sealed_form_is_refused() {
    let key = random().expect("a key");
    assert!(open(&[], &key, &binding()).is_err());
    for length in 1..200 {
        let noise: Vec<u8> = std::iter::once(VERSION).chain(random::<256>().expect("noise").iter().copied()).collect();
        assert!(open(&noise[..length], &key, &binding()).is_err(), "{length} bytes of noise");
    }
}

#[test]
fn texts_of_any_length_come_back() {
    let key = random().expect("a key");
    for length in (0..100).chain([1_000, 10_000]) {
        let text = "ä".repeat(length);
        let sealed = seal(&Secret::new(text.clone()), &key, &binding()).expect("sealed");
        assert_eq!(open(&sealed, &key, &binding()).expect("opened").expose(), text);
    }
}
