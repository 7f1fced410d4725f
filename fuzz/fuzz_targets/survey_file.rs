//! A survey file that anybody may have written: it is a survey, or a list of faults, each of which can
//! be printed.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match survey::file::parse("id", text) {
        Ok(survey) => assert_eq!(survey.id, "id"),
        Err(faults) => {
            assert!(!faults.is_empty(), "refused for no reason");
            for fault in faults {
                assert!(!format!("{fault:?}").is_empty());
            }
        }
    }
});
