//! How many inputs are tried: enough to notice in `make test`, as many as wanted with `MODELRY_TEST_EFFORT`, a factor.

use std::fmt::Debug;

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

/// The factor; 1 unless the variable says otherwise.
pub fn effort() -> u32 {
    let given = std::env::var_os("MODELRY_TEST_EFFORT");
    given.map_or(1, |text| text.to_string_lossy().parse().expect("MODELRY_TEST_EFFORT is a whole number"))
}

/// Tries so many inputs, times the effort. What fails is made as small as possible first, and told.
pub fn for_all<S: Strategy>(cases: u32, inputs: &S, test: impl Fn(S::Value) -> Result<(), TestCaseError>)
where
    S::Value: Debug,
{
    let config = Config { cases: cases * effort(), failure_persistence: None, ..Config::default() };
    if let Err(failure) = TestRunner::new(config).run(inputs, test) {
        panic!("{failure}");
    }
}

/// As [`for_all`], for what has to be waited for.
pub fn for_all_async<S: Strategy, F: Future<Output = ()>>(cases: u32, inputs: &S, test: impl Fn(S::Value) -> F)
where
    S::Value: Debug,
{
    let runtime = tokio::runtime::Handle::current();
    tokio::task::block_in_place(|| {
        for_all(cases, inputs, |input| {
            runtime.block_on(test(input));
            Ok(())
        });
    });
}
