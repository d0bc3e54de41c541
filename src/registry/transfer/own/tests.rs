use super::*;
use crate::domain::{ServiceMode, Support};
use crate::registry::transfer::draft::Stamps;

const FIXTURE: &str = include_str!("../fixtures/modelry.jsonl");

fn fixture() -> Draft {
    read(FIXTURE.as_bytes()).expect("the fixture is sound")
}

fn written(draft: &Draft) -> String {
    let mut out = Vec::new();
    write(draft, &mut out).expect("written");
    String::from_utf8(out).expect("utf-8")
}

/// Reads a file of one record and answers why it can't be taken.
fn error(record: &str) -> String {
    let file = format!("{{\"format\":\"modelry\",\"version\":1}}\n{record}\n");
    read(file.as_bytes()).expect_err("unsound").to_string()
}

#[test]
fn what_was_read_is_written_back_to_the_byte() {
    assert_eq!(written(&fixture()), FIXTURE);
}

#[test]
fn what_was_written_is_read_back_as_it_was() {
    let draft = fixture();
    assert_eq!(read(written(&draft).as_bytes()).expect("sound"), draft);
}

#[test]
fn the_order_of_a_draft_and_of_a_file_does_not_matter() {
    let mut draft = fixture();
    draft.models.reverse();
    draft.suppliers.reverse();
    draft.categories.reverse();
    draft.models[1].prices.reverse();
    draft.models[1].parameters.reverse();
    draft.suppliers[1].extra.reverse();
    assert_eq!(written(&draft), FIXTURE);

    let shuffled: String = FIXTURE
        .lines()
        .take(1)
        .chain(FIXTURE.lines().skip(1).collect::<Vec<_>>().into_iter().rev())
        .flat_map(|line| [line, "\r\n\r\n"])
        .collect();
    assert_eq!(written(&read(shuffled.as_bytes()).expect("sound")), FIXTURE);
}

#[test]
fn what_is_not_said_is_the_default() {
    let draft = fixture();
    let model = &draft.models[1];
    assert_eq!((model.is_default, model.is_active), (Some(false), Some(true)));
    assert_eq!(model.lifecycle_stage, Some(LifecycleStage::Active));
    assert_eq!((model.stamps, model.extra.len()), (Stamps::default(), 0));
    let full = &draft.models[0];
    assert_eq!(full.capabilities[0].support, Support::Supported);
    assert_eq!((full.prices[1].service_mode, full.prices[1].min_context_tokens), (ServiceMode::Standard, 0));
}

#[test]
fn rows_of_a_model_have_its_stamps_unless_they_have_their_own() {
    let model = &fixture().models[0];
    assert_eq!(model.parameters[0].stamps, model.stamps);
    let own = model.parameters[3].stamps;
    assert_eq!(own.created_at, model.stamps.created_at);
    assert_ne!(own.updated_at, model.stamps.updated_at);
}

#[test]
fn defaults_may_be_spelled_out() {
    let spelled = "{\"format\":\"modelry\",\"version\":1}\n{\"kind\":\"model\",\"supplier\":\"b\",\"name\":\"m\",\"model_type\":\"language\",\
        \"is_active\":true,\"is_default\":false,\"lifecycle_stage\":\"active\",\"description\":null,\"aliases\":[],\"extra\":null,\
        \"parameters\":[{\"name\":\"p\",\"type\":\"int\",\"value\":1,\"is_default\":false,\"source\":null}],\
        \"categories\":[{\"path\":\"llm\"}]}\n";
    let terse = "{\"format\":\"modelry\",\"version\":1}\n{\"kind\":\"model\",\"supplier\":\"b\",\"name\":\"m\",\"model_type\":\"language\",\
        \"parameters\":[{\"name\":\"p\",\"type\":\"int\",\"value\":1}],\"categories\":[\"llm\"]}\n";
    assert_eq!(written(&read(spelled.as_bytes()).expect("sound")), terse);
}

#[test]
fn the_first_line_names_format_and_version() {
    let message = |file: &str| read(file.as_bytes()).expect_err("unsound").to_string();
    let wrong = "this is no modelry file: its first line must be {\"format\":\"modelry\",\"version\":1}";
    assert_eq!(message(""), wrong);
    assert_eq!(message("{\n  \"openai\": {}\n}"), wrong);
    assert_eq!(message("{\"data\": []}"), wrong);
    assert_eq!(
        message("{\"format\":\"modelry\",\"version\":2}"),
        "this is no modelry file: it is of version 2, and this program reads version 1"
    );
}

#[test]
fn a_file_that_is_cut_off_is_refused_with_its_line() {
    let cut = &FIXTURE[..FIXTURE.trim_end().len() - 1];
    let message = read(cut.as_bytes()).expect_err("cut").to_string();
    assert!(message.starts_with("line 9, column ") && message.contains("EOF"), "{message}");
}

#[test]
fn what_is_not_as_the_format_says_is_told_by_its_path() {
    let model = |fields: &str| {
        error(&format!("{{\"kind\":\"model\",\"supplier\":\"b\",\"name\":\"m\",\"model_type\":\"language\",{fields}}}"))
    };
    for (message, start) in [
        (
            model("\"parameters\":[{\"name\":\"p\",\"type\":\"int\",\"valeu\":1}]"),
            "line 2.parameters[0].valeu: is no field here; the fields are name, type, value, is_default",
        ),
        (model("\"prices\":[{\"component\":\"input\"}]"), "line 2.prices[0].currency: is missing"),
        (
            model("\"prices\":[{\"component\":\"input\",\"currency\":\"USD\",\"amount\":1}]"),
            "line 2.prices[0].amount: must be a text",
        ),
        (
            model("\"prices\":[{\"component\":\"input\",\"currency\":\"USD\",\"amount\":\"-1\"}]"),
            "line 2.prices[0].amount: an amount can't be negative",
        ),
        (
            model("\"parameters\":[{\"name\":\"p\",\"type\":\"int\",\"value\":\"1\"}]"),
            "line 2.parameters[0].value: \"1\" is not of type int",
        ),
        (
            model("\"parameters\":[{\"name\":\"p\",\"type\":\"int\",\"value\":5,\"maximum\":4}]"),
            "line 2.parameters[0].value: 5 is above the maximum 4",
        ),
        (model("\"aliases\":[\"x\",\"x\"]"), "line 2.aliases[1]: \"x\" stands in the list already"),
        (
            model(concat!(
                "\"prices\":[{\"component\":\"input\",\"currency\":\"USD\",\"amount\":\"1\"},",
                "{\"component\":\"input\",\"currency\":\"USD\",\"amount\":\"2\",\"valid_from\":\"2026-01-01\"}]"
            )),
            "line 2.prices[1]: holds on days on which line 2.prices[0] does",
        ),
        (model("\"prices\":[\"free\"]"), "line 2.prices[0]: must be an object"),
        (model("\"released_on\":\"June\""), "line 2.released_on: \"June\" is not a date"),
        (model("\"deprecated_on\":\"2026\""), "line 2.deprecated_on: must be a day"),
        (model("\"created_at\":\"now\""), "line 2.created_at: must be a moment"),
        (model("\"extra\":{\"litellm\":[]}"), "line 2.extra.litellm: must be an object"),
        (model("\"name\":\"n\""), "line 2.name: stands here twice"),
        (error("{\"kind\":\"price\"}"), "line 2.kind: \"price\" is no kind of record"),
        (error("{\"name\":\"x\"}"), "line 2.kind: must be capability, category, supplier or model"),
        (error("{\"kind\":\"supplier\",\"name\":\"Open AI\"}"), "line 2.name: must be 1 to 100 bytes"),
        (error("{\"kind\":\"supplier\",\"name\":\"a\",\"website\":\"x\"}"), "line 2.website: must be an address"),
        (
            error("{\"kind\":\"supplier\",\"name\":\"a\"}\n{\"kind\":\"supplier\",\"name\":\"a\"}"),
            "line 3: the supplier \"a\"",
        ),
    ] {
        assert!(message.starts_with(start), "{message}");
    }
}
