use super::*;
use crate::registry::transfer::compare::{differences, filed};
use crate::registry::transfer::draft::PriceDraft;

const FIXTURE: &str = include_str!("../fixtures/litellm.json");

fn fixture() -> Draft {
    read(FIXTURE.as_bytes()).expect("the fixture is sound")
}

fn model(supplier: &str, name: &str) -> ModelDraft {
    let is_it = |model: &ModelDraft| model.supplier == supplier && model.name == name;
    fixture().models.into_iter().find(is_it).expect("in the fixture")
}

fn prices(model: &ModelDraft) -> Vec<String> {
    let show = |price: &PriceDraft| {
        format!("{} {} {} {}", price.component, price.service_mode, price.min_context_tokens, price.amount)
    };
    model.prices.iter().map(show).collect()
}

fn error(text: &str) -> String {
    read(text.as_bytes()).expect_err("unsound").to_string()
}

#[test]
fn keys_lose_their_supplier_unless_the_name_is_taken() {
    let draft = fixture();
    let names: Vec<String> = draft.models.iter().map(|model| format!("{} {}", model.supplier, model.name)).collect();
    assert_eq!(
        names[..6],
        ["acme acme-1", "acme acme/acme-1", "acme see", "dash flash", "dash hit", "exa search"].map(str::to_owned)
    );
    let suppliers: Vec<&str> = draft.suppliers.iter().map(|supplier| supplier.name.as_str()).collect();
    assert_eq!(suppliers, ["acme", "dash", "exa", "brush"]);
}

#[test]
fn a_field_that_names_a_slot_is_a_row() {
    let rows = prices(&model("acme", "acme-1"));
    for row in [
        "input standard 0 1.25",
        "input standard 200000 2.5",
        "input batch 0 0.625",
        "input priority 272000 5",
        "input flex 272000 1",
        "cache_write_1h standard 200000 5",
        "web_search_low standard 0 0.03",
        "session standard 0 0.03",
    ] {
        assert!(rows.iter().any(|found| found == row), "{row} in {rows:#?}");
    }
    assert_eq!(
        prices(&model("brush", "1024-x-1024/paint")),
        ["input_pixel standard 0 0.019", "output_pixel standard 0 0", "output_image standard 0 0.04"]
    );
}

#[test]
fn tiers_are_rows_too() {
    assert_eq!(
        prices(&model("dash", "flash")),
        [
            "cache_read standard 0 0.01",
            "input standard 0 0.05",
            "output standard 0 0.4",
            "input standard 256000 0.25",
            "output standard 256000 2",
        ]
    );
}

#[test]
fn the_last_tier_may_have_no_end() {
    let text = r#"{"m": {"litellm_provider": "p", "tiered_pricing": [
        {"input_cost_per_token": 1e-6, "range": [0, 32000]}, {"input_cost_per_token": 2e-6, "range": [32000, null]}]}}"#;
    let draft = read(text.as_bytes()).expect("taken");
    assert_eq!(prices(&draft.models[0]), ["input standard 0 1", "input standard 32000 2"]);
    assert!(draft.homeless.is_empty());
    let mut out = Vec::new();
    write(&filed(draft, SOURCE), &mut out).expect("written");
    let out = String::from_utf8_lossy(&out);
    assert!(out.contains(r#"{"range":[32000,null],"input_cost_per_token":0.000002}"#), "{out}");
}

#[test]
fn figures_and_lists_are_parameters() {
    let model = model("acme", "acme-1");
    for (name, parameter_type, value) in [
        ("max_input_tokens", ParameterType::Int, "272000"),
        ("max_output_tokens", ParameterType::Int, "128000"),
        ("max_audio_length_hours", ParameterType::Float, "8.4"),
        ("tpm", ParameterType::Int, "250000"),
        ("input_modalities", ParameterType::Json, r#"["text","image"]"#),
        ("supported_endpoints", ParameterType::Json, r#"["/v1/responses"]"#),
    ] {
        let found = model.parameter(name).expect(name);
        assert_eq!((found.parameter_type, found.value.as_str()), (parameter_type, value), "{name}");
    }
    assert_eq!(model.deprecated_on.map(|day| day.to_string()).as_deref(), Some("2026-10-01"));
}

#[test]
fn absent_is_not_false() {
    let flagged = model("acme", "acme-1");
    assert_eq!(flagged.support("vision"), Some(Support::Supported));
    assert_eq!(flagged.support("audio_input"), Some(Support::Unsupported));
    assert_eq!(flagged.support("video_input"), None);
    let listed = model("acme", "acme/acme-1");
    assert_eq!(listed.support("vision"), Some(Support::Supported));
    assert_eq!(listed.support("video_input"), None);
    assert_eq!(listed.model_type, ModelType::Multimodal);
}

#[test]
fn a_flag_that_no_table_has_names_its_capability() {
    let text = r#"{"m": {"litellm_provider": "p", "supports_swimming": true, "supports_flight": false, "supports_none": null,
        "supports_tool_calling": true, "supports_vision": true, "supports_maybe": "so", "supports_Big": true}}"#;
    let draft = read(text.as_bytes()).expect("taken");
    let model = &draft.models[0];
    for (capability, support) in [
        ("swimming", Some(Support::Supported)),
        ("flight", Some(Support::Unsupported)),
        ("tool_calling", Some(Support::Supported)),
        ("none", None),
        ("maybe", None),
    ] {
        assert_eq!(model.support(capability), support, "{capability}");
    }
    assert_eq!(draft.homeless.keys().collect::<Vec<_>>(), ["supports_maybe", "supports_Big"]);

    let mut draft = filed(draft, SOURCE);
    let flight = draft.models[0].capabilities.iter_mut().find(|link| link.name == "flight").expect("linked");
    flight.support = Support::Supported;
    draft.models[0].link("walking", Support::Supported);
    let mut out = Vec::new();
    write(&draft, &mut out).expect("written");
    let out: serde_json::Value = serde_json::from_slice(&out).expect("json");
    let flags = serde_json::json!({"litellm_provider": "p", "supports_swimming": true, "supports_flight": true,
        "supports_tool_calling": true, "supports_vision": true, "supports_maybe": "so", "supports_Big": true});
    assert_eq!(out["m"], flags);
}

#[test]
fn modes_tell_what_a_model_is_for() {
    for (supplier, name, model_type, sub_type, category) in [
        ("acme", "acme-1", ModelType::Multimodal, "chat", "llm/chat"),
        ("acme", "see", ModelType::Multimodal, "embedding", "embedding/text"),
        ("brush", "1024-x-1024/paint", ModelType::Vision, "image_generation", "vision/image-generation"),
        ("brush", "film", ModelType::Video, "video_generation", "video/generation"),
        ("brush", "say", ModelType::Audio, "speech", "audio/speech"),
        ("brush", "hear", ModelType::Audio, "transcription", "audio/transcription"),
        ("brush", "ocr", ModelType::Vision, "ocr", "vision/ocr"),
        ("brush", "rank", ModelType::Language, "rerank", "embedding/rerank"),
    ] {
        let model = model(supplier, name);
        assert_eq!((model.model_type, model.sub_type.as_deref()), (model_type, Some(sub_type)), "{name}");
        assert_eq!(model.categories[0].category_path, category);
    }
    assert_eq!(model("exa", "search").model_type, ModelType::Other);
    assert_eq!(model("brush", "brush-up-to-4b").sub_type, None);
}

#[test]
fn what_has_no_home_is_kept_and_counted() {
    let mut names: Vec<String> = fixture().homeless.into_keys().collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "file.fallback_generalizations",
            "file.sample_spec",
            "input_cost_per_video_per_second_above_8s_interval",
            "max_input_tokens",
            "metadata",
            "off_peak_pricing",
            "output_cost_per_image_1K",
            "regional_processing_uplift_multiplier_eu",
            "source",
            "tiered_pricing",
            "tiered_pricing.note",
        ]
    );
}

#[test]
fn what_was_read_is_written_back() {
    let mut out = Vec::new();
    write(&filed(fixture(), SOURCE), &mut out).expect("written");
    assert_eq!(
        differences(&String::from_utf8_lossy(&out), FIXTURE),
        [".fallback_generalizations: only right", ".sample_spec: only right"]
    );
}

#[test]
fn facts_changed_here_go_out_where_the_source_spells_them() {
    let mut draft = filed(fixture(), SOURCE);
    draft.models.retain(|model| model.name == "hit" || model.name == "see");
    draft.models[0].capabilities.iter_mut().for_each(|link| link.support = Support::Unsupported);
    draft.models[1].prices[0].amount = "0.5".parse().expect("an amount");
    let mut out = Vec::new();
    write(&draft, &mut out).expect("written");
    let out = String::from_utf8_lossy(&out);
    assert!(out.contains(r#""supports_image_input":false"#) && !out.contains("supports_vision"), "{out}");
    assert!(out.contains(r#""input_cost_per_token_cache_hit":0.0000005"#), "{out}");
}

#[test]
fn models_from_elsewhere_get_keys_of_their_own() {
    let mut draft = Draft::default();
    for (supplier, name) in [("a", "x"), ("a", "a/x")] {
        let mut model = ModelDraft::new(String::new(), supplier.to_owned(), name.to_owned(), ModelType::Language);
        model.set(facts::CONTEXT_WINDOW, ParameterType::Int, &8192).expect("set");
        model.sub_type = Some("chat".to_owned());
        draft.models.push(model);
    }
    let mut out = Vec::new();
    write(&draft, &mut out).expect("written");
    let record = r#"{"litellm_provider":"a","max_input_tokens":8192,"mode":"chat"}"#;
    assert_eq!(String::from_utf8_lossy(&out), format!("{{\n\"a/x\": {record},\n\"a/a/x\": {record}\n}}\n"));
}

#[test]
fn the_first_of_two_amounts_for_one_slot_counts() {
    let text = r#"{"m": {"litellm_provider": "p", "input_cost_per_token_cache_hit": 2e-6, "cache_read_input_token_cost": 1e-6}}"#;
    let draft = read(text.as_bytes()).expect("taken");
    assert_eq!(prices(&draft.models[0]), ["cache_read standard 0 1"]);
    assert_eq!(draft.models[0].extra["input_cost_per_token_cache_hit"].as_str(), "2e-6");
    assert_eq!(draft.homeless.keys().collect::<Vec<_>>(), ["input_cost_per_token_cache_hit"]);
}

#[test]
fn a_price_too_fine_to_be_kept_is_left_rather_than_rounded() {
    let text = r#"{"m": {"litellm_provider": "p", "input_cost_per_second": 1.6666666666666667e-05}}"#;
    let draft = read(text.as_bytes()).expect("taken");
    assert!(draft.models[0].prices.is_empty());
    assert_eq!(draft.models[0].extra["input_cost_per_second"].as_str(), "1.6666666666666667e-05");
    assert_eq!(draft.homeless["input_cost_per_second"], 1);
}

#[test]
fn values_that_can_not_be_understood_stay_and_are_counted() {
    let text = r#"{"m": {"litellm_provider": "p", "input_cost_per_token": "1e-6", "output_cost_per_token": "free",
        "input_cost_per_token_flex": {}, "max_tokens": "8k", "max_input_tokens": "8192", "max_output_tokens": 0,
        "search_context_cost_per_query": {"search_context_size_low": [1], "search_context_size_high": 1e12}},
        "n": {"litellm_provider": "p", "search_context_cost_per_query": 0.01}}"#;
    let draft = read(text.as_bytes()).expect("taken");
    assert_eq!(prices(&draft.models[0]), ["input standard 0 1"]);
    assert_eq!(draft.models[0].extra["output_cost_per_token"].as_str(), r#""free""#);
    assert_eq!(facts::value(&draft.models[0], "max_input_tokens").map(crate::domain::JsonText::as_str), Some("8192"));
    let mut names: Vec<&str> = draft.homeless.keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "max_output_tokens",
            "max_tokens",
            "output_cost_per_token",
            "search_context_cost_per_query",
            "search_context_cost_per_query.search_context_size_high",
            "search_context_cost_per_query.search_context_size_low",
        ]
    );
}

#[test]
fn entries_without_a_supplier_are_counted_and_passed_over() {
    let text = r#"{"m": {"litellm_provider": "p"}, "n": {"mode": "chat"}, "o": null, "p": {"litellm_provider": 5}}"#;
    let draft = read(text.as_bytes()).expect("taken");
    assert_eq!(draft.models.len(), 1);
    assert_eq!(draft.homeless.keys().collect::<Vec<_>>(), ["file.n", "file.o", "file.p"]);
    assert!(error(r#"{"m": {"litellm_provider": "p"}, "n": {"a": 1, "a": 2}}"#).starts_with("n.a: stands here twice"));
}

#[test]
fn a_file_of_another_format_or_a_broken_one_is_told() {
    let wrong = "this is no litellm file: none of its entries has a `litellm_provider`, as a model would";
    assert_eq!(error(r#"{"openai": {"id": "openai", "models": {}}}"#), wrong);
    assert_eq!(error(r#"{"data": []}"#), wrong);
    let with = |fields: &str| error(&format!(r#"{{"m": {{"litellm_provider": "p", {fields}}}}}"#));
    assert_eq!(with(r#""input_cost_per_token": -1e-6"#), "m.input_cost_per_token: an amount can't be negative");
    assert_eq!(error(r#"{"n": {"mode": "chat"}, "o": {"max_tokens": 5}}"#), wrong);
    assert!(error(r#"{"m": {"litellm_provider": "Open AI"}}"#).starts_with("m.litellm_provider: must be 1 to 100"));
}

#[test]
fn every_capability_and_category_is_one_that_the_starter_catalogue_defines() {
    let defined = |name: &str| taxonomy::CAPABILITIES.contains(&name);
    let tables = FLAGS.iter().chain(SECOND_FLAGS).chain(facts::INPUTS).chain(facts::OUTPUTS);
    assert!(tables.map(|(_, capability)| *capability).all(defined));
    for model in fixture().models {
        let others = model.capabilities.iter().filter(|link| !defined(&link.name)).map(|link| link.name.as_str());
        assert!(others.into_iter().all(|name| name == "xhigh_reasoning_effort"));
        assert!(model.categories.iter().all(|link| taxonomy::CATEGORIES.contains(&link.category_path.as_str())));
    }
}
