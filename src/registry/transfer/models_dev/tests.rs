use serde_json::Value;

use super::*;
use crate::registry::transfer::compare::{differences, filed};

const FIXTURE: &str = include_str!("../fixtures/models-dev.json");

fn fixture() -> Draft {
    read(FIXTURE.as_bytes()).expect("the fixture is sound")
}

fn model(name: &str) -> ModelDraft {
    fixture().models.into_iter().find(|model| model.name == name).expect("in the fixture")
}

fn prices(model: &ModelDraft) -> Vec<String> {
    let show = |price: &crate::registry::transfer::draft::PriceDraft| {
        format!("{} {} {} {}", price.component, price.service_mode, price.min_context_tokens, price.amount)
    };
    model.prices.iter().map(show).collect()
}

fn error(text: &str) -> String {
    read(text.as_bytes()).expect_err("unsound").to_string()
}

#[test]
fn a_supplier_keeps_its_addresses_and_protocol() {
    let draft = fixture();
    let supplier = &draft.suppliers[0];
    assert_eq!(supplier.display_name.as_deref(), Some("Acme AI"));
    assert_eq!(supplier.base_url.as_deref(), Some("https://api.acme.example/v1"));
    assert_eq!(supplier.api_docs.as_deref(), Some("https://docs.acme.example/models"));
    assert_eq!((supplier.adapter.as_deref(), supplier.api_key_required), (Some("openai"), Some(true)));
    assert_eq!(supplier.extra["env"].as_str(), r#"["ACME_API_KEY"]"#);
}

#[test]
fn facts_of_a_model_get_types() {
    let model = model("acme-1");
    assert_eq!((model.model_type, model.sub_type.as_deref()), (ModelType::Multimodal, Some("chat")));
    assert_eq!(model.lifecycle_stage, Some(LifecycleStage::Active));
    assert_eq!(model.knowledge_cutoff.as_ref().map(PartialDate::as_str), Some("2025-03"));
    let value = |name: &str| model.parameter(name).map(|parameter| parameter.value.as_str());
    assert_eq!(value("context_window"), Some("400000"));
    assert_eq!(value("max_output_tokens"), Some("128000"));
    assert_eq!(value("reasoning_effort"), Some(r#""high""#));
    assert_eq!(value("thinking_budget"), Some("32000"));
    assert_eq!(value("input_modalities"), Some(r#"["text","image","pdf"]"#));
    for (capability, support) in [
        ("vision", Some(Support::Supported)),
        ("pdf_input", Some(Support::Supported)),
        ("video_input", Some(Support::Unsupported)),
        ("temperature", Some(Support::Unsupported)),
        ("prompt_caching", Some(Support::Supported)),
        ("web_search", None),
    ] {
        assert_eq!(model.support(capability), support, "{capability}");
    }
    let paths: Vec<&str> = model.categories.iter().map(|link| link.category_path.as_str()).collect();
    assert_eq!(paths, ["llm/chat", "llm/reasoning", "multimodal/chat"]);
}

#[test]
fn tiers_and_modes_are_rows() {
    assert_eq!(
        prices(&model("acme-1")),
        [
            "input standard 0 1.25",
            "output standard 0 10",
            "reasoning standard 0 12.5",
            "cache_read standard 0 0.049999999999999996",
            "cache_write standard 0 1.5625",
            "input_audio standard 0 4.44",
            "output_audio standard 0 8.89",
            "input standard 128000 2.5",
            "output standard 128000 15",
            "input standard 272000 5",
            "output standard 272000 20",
            "input fast 0 2.5",
            "output fast 0 20",
        ]
    );
    let old = ["input standard 0 0", "output standard 0 0", "input standard 200000 4", "output standard 200000 18"];
    assert_eq!(prices(&model("acme-1-old")), old);
}

#[test]
fn what_has_no_home_is_kept_and_counted() {
    let counts: Vec<(String, usize)> = fixture().homeless.into_iter().collect();
    let expected = [
        "supplier.env",
        "cost.citation",
        "cost.tiers.image",
        "experimental.modes.fast.provider",
        "experimental.modes.turbo",
        "provider.npm",
        "provider.body",
        "status",
        "cost.context_over_200k.image",
        "id",
        "limit.context",
        "limit.output",
        "benchmarks",
        "release_date",
    ];
    let mut names: Vec<&str> = counts.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    let mut sorted = expected;
    sorted.sort_unstable();
    assert_eq!(names, sorted);
    assert_eq!(model("acme-1-old").extra["benchmarks"].as_str(), r#"[{"name":"MMLU","score":0.870}]"#);
}

#[test]
fn what_was_read_is_written_back() {
    let mut out = Vec::new();
    write(&filed(fixture(), SOURCE), &mut out).expect("written");
    assert_eq!(differences(&String::from_utf8_lossy(&out), FIXTURE), Vec::<String>::new());
}

#[test]
fn a_price_changed_here_goes_out_where_the_source_spells_it() {
    let mut draft = filed(fixture(), SOURCE);
    let old = draft.models.iter_mut().find(|model| model.name == "acme-1-old").expect("in the fixture");
    old.prices[2].amount = "3.5".parse().expect("an amount");
    let mut out = Vec::new();
    write(&draft, &mut out).expect("written");
    assert!(String::from_utf8_lossy(&out).contains(r#""context_over_200k":{"input":3.5,"#));
}

#[test]
fn a_model_from_elsewhere_is_said_as_far_as_the_words_go() {
    let mut draft = fixture();
    draft.suppliers[0].extra.clear();
    draft.models.truncate(1);
    draft.models[0].extra.clear();
    let mut out = Vec::new();
    write(&draft, &mut out).expect("written");
    let written: Value = serde_json::from_slice(&out).expect("json");
    assert_eq!(written["acme"]["npm"], "@ai-sdk/openai-compatible");
    assert_eq!(written["acme"]["models"]["acme-1"]["cost"]["tiers"][1]["tier"]["size"], 272_000);
}

#[test]
fn an_empty_draft_is_an_empty_object() {
    let mut out = Vec::new();
    write(&Draft::default(), &mut out).expect("written");
    assert_eq!(String::from_utf8_lossy(&out), "{\n}\n");
}

#[test]
fn a_file_of_another_format_is_told_from_a_broken_one() {
    assert_eq!(
        error(r#"{"data": [{"id": "a/b"}]}"#),
        "this is no models-dev file: its entry `data` has no `models`, as a supplier would"
    );
    assert_eq!(error("[]"), "this is no models-dev file: it is not an object of suppliers");
    assert_eq!(error("{}"), "this is no models-dev file: it holds no suppliers");
    assert_eq!(error(r#"{"a": {"models": {"#), "line 1, column 18: EOF while parsing an object");
}

#[test]
fn what_can_not_be_taken_is_told_by_its_path() {
    let with = |model: &str| error(&format!(r#"{{"openai": {{"models": {{"gpt-4o": {model}}}}}}}"#));
    assert_eq!(with(r#"{"cost": {"input": -1}}"#), "openai.models.gpt-4o.cost.input: an amount can't be negative");
    assert_eq!(
        with(r#"{"cost": {"tiers": [{"tier": {"size": 5}, "input": "-2"}]}}"#),
        "openai.models.gpt-4o.cost.tiers[0].input: an amount can't be negative"
    );
    assert_eq!(
        error(r#"{"openai": {"models": {"a": {}, "a": {}}}}"#),
        "openai.models.a: stands here twice; keep one of the two"
    );
    assert!(error(r#"{"Open AI": {"models": {}}}"#).starts_with("Open AI: must be 1 to 100 bytes"));
}

#[test]
fn known_fields_of_unknown_shape_are_left_alone() {
    let draft = read(
        br#"{"a": {"models": {"m": {"status": "preview", "modalities": "text", "reasoning": "a lot", "limit": {"context": 8192.0},
        "reasoning_options": [{"type": "effort", "values": [null, "high", "max"]}, {"type": "mood"}]}}}}"#,
    )
    .expect("taken");
    let model = &draft.models[0];
    assert_eq!(model.lifecycle_stage, None);
    assert_eq!(model.parameter("context_window").map(|found| found.value.as_str()), Some("8192"));
    let effort = model.parameter("reasoning_effort").expect("typed");
    assert_eq!(effort.allowed_values.as_ref().map(crate::domain::JsonText::as_str), Some(r#"["high","max"]"#));
    let mut names: Vec<&str> = draft.homeless.keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["modalities", "reasoning", "reasoning_options", "status"]);
}

#[test]
fn values_that_can_not_be_understood_stay_and_are_counted() {
    let draft = read(
        br#"{"a": {"models": {
            "m": {"name": "nul\u0000", "cost": {"input": "1.5", "output": "free", "reasoning": false, "cache_read": 1e300,
                "context_over_200k": 5}, "limit": {"context": "8192", "input": -1, "output": 1e300},
                "experimental": {"modes": {"fast": {"cost": [1]}}}},
            "n": {"cost": 5, "limit": "none"}, "o": {"limit": {"context": 0.5, "output": 0}}}}}"#,
    )
    .expect("taken");
    let [m, n, _] = &draft.models[..] else { panic!("three models") };
    assert_eq!(prices(m), ["input standard 0 1.5"]);
    assert_eq!(m.parameter("context_window").map(|found| found.value.as_str()), Some("8192"));
    assert_eq!(m.display_name, None);
    assert_eq!(
        m.extra["cost"].as_str(),
        r#"{"output":"free","reasoning":false,"cache_read":1e300,"context_over_200k":5}"#
    );
    assert_eq!((n.extra["cost"].as_str(), n.extra["limit"].as_str()), ("5", r#""none""#));
    let mut names: Vec<&str> = draft.homeless.keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "cost",
            "cost.cache_read",
            "cost.context_over_200k",
            "cost.output",
            "cost.reasoning",
            "experimental.modes.fast.cost",
            "limit",
            "limit.context",
            "limit.input",
            "limit.output",
            "name",
        ]
    );
}

#[test]
fn tiers_in_any_order_are_rows_and_go_out_in_theirs() {
    let draft = read(
        br#"{"a": {"models": {"m": {"cost": {"input": 1, "tiers": [
            {"tier": {"type": "context", "size": 9}, "input": 3, "x": true},
            {"tier": {"type": "context", "size": 5}, "input": 2}]}}}}}"#,
    )
    .expect("taken");
    assert_eq!(prices(&draft.models[0]), ["input standard 0 1", "input standard 5 2", "input standard 9 3"]);
    assert_eq!(draft.models[0].extra["cost"].as_str(), r#"{"tiers":[{},{"x":true}]}"#);
    assert_eq!(draft.homeless.keys().collect::<Vec<_>>(), ["cost.tiers.x"]);
}

#[test]
fn of_tiers_that_are_not_all_understood_the_others_are_rows() {
    let text = r#"{"a": {"models": {"m": {"cost": {"tiers": [
            {"tier": {"type": "requests", "size": 5}, "input": 9}, {"tier": {"type": "context", "size": 7, "per": "day"}, "input": 8},
            {"tier": {"type": "context", "size": 5}, "input": 2}, {"tier": {"type": "context", "size": 5}, "input": 4}]}}}}}"#;
    let draft = read(text.as_bytes()).expect("taken");
    assert_eq!(prices(&draft.models[0]), ["input standard 5 2"]);
    assert_eq!(draft.homeless.keys().collect::<Vec<_>>(), ["cost.tiers"]);
    let mut changed = filed(draft, SOURCE);
    changed.models[0].prices[0].amount = "3".parse().expect("an amount");
    let mut out = Vec::new();
    write(&changed, &mut out).expect("written");
    let out: Value = serde_json::from_slice(&out).expect("json");
    let tiers = &out["a"]["models"]["m"]["cost"]["tiers"];
    let inputs = |index: usize| tiers[index]["input"].as_f64();
    assert_eq!((0..5).map(inputs).collect::<Vec<_>>(), [Some(9.0), Some(8.0), Some(3.0), Some(4.0), None]);
}

#[test]
fn thinking_between_calls_is_shown_by_any_object() {
    for (given, written) in [("{}", "{}"), (r#"{"mode": "auto"}"#, r#"{"mode":"auto"}"#), ("true", "true")] {
        let text = format!(r#"{{"a": {{"models": {{"m": {{"interleaved": {given}}}}}}}}}"#);
        let draft = read(text.as_bytes()).expect("taken");
        assert_eq!(draft.models[0].support("interleaved_reasoning"), Some(Support::Supported), "{given}");
        let mut out = Vec::new();
        write(&filed(draft, SOURCE), &mut out).expect("written");
        assert!(String::from_utf8_lossy(&out).contains(&format!(r#""interleaved":{written}"#)), "{given}");
    }
}

#[test]
fn a_budget_whose_bounds_are_the_wrong_way_round_is_left() {
    let text = r#"{"a": {"models": {"m": {"reasoning_options": [{"type": "budget_tokens", "min": 9, "max": 5}]}}}}"#;
    let draft = read(text.as_bytes()).expect("taken");
    assert!(draft.models[0].parameter("thinking_budget").is_none());
    assert_eq!(draft.homeless.keys().collect::<Vec<_>>(), ["reasoning_options"]);
}

#[test]
fn entries_that_are_no_suppliers_or_models_are_counted_and_passed_over() {
    let draft = read(
        br#"{"$schema": "https://x.example", "_meta": {"v": 1}, "none": null, "b": {"models": null}, "c": {"models": [1]},
            "a": {"models": {"m": {}, "n": null, "o": 5}}, "empty": {"models": {}}}"#,
    )
    .expect("taken");
    let names: Vec<&str> = draft.suppliers.iter().map(|supplier| supplier.name.as_str()).collect();
    assert_eq!((names, draft.models.len()), (vec!["a", "empty"], 1));
    assert_eq!(draft.suppliers[0].extra["models"].as_str(), r#"{"o":5}"#);
    let mut names: Vec<&str> = draft.homeless.keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(
        names,
        ["file.$schema", "file._meta", "file.b", "file.c", "file.none", "supplier.models.n", "supplier.models.o"]
    );
    assert!(error(r#"{"a": {"models": {}}, "_meta": {"v": 1, "v": 2}}"#).starts_with("_meta.v: stands here twice"));
    assert_eq!(
        error(r#"{"a": null}"#),
        "this is no models-dev file: its entry `a` has no `models`, as a supplier would"
    );
}

#[test]
fn every_capability_and_category_is_one_that_the_starter_catalogue_defines() {
    let defined = |name: &str| taxonomy::CAPABILITIES.contains(&name);
    let tables = FLAGS.iter().chain(facts::INPUTS).chain(facts::OUTPUTS);
    assert!(tables.map(|(_, capability)| *capability).all(defined));
    for model in fixture().models {
        assert!(model.capabilities.iter().all(|link| defined(&link.name)));
        assert!(model.categories.iter().all(|link| taxonomy::CATEGORIES.contains(&link.category_path.as_str())));
    }
}
