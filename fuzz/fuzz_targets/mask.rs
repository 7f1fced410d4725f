//! What anybody types: whatever it is, masking it twice is masking it once, and no mask makes it much
//! longer.
#![no_main]

use libfuzzer_sys::fuzz_target;
use survey::mask::mask;

fuzz_target!(|text: &str| {
    let once = mask(text);
    let masks = once.matches('[').count();
    assert!(
        once.chars().count() <= text.chars().count() + masks,
        "{once}"
    );
    assert_eq!(mask(&once), once, "masked twice");
});
