use super::*;

const FIXTURE: &str = r#"{
  "data": [
    {
      "id": "acme/one", "canonical_slug": "acme/one-20250807", "hugging_face_id": "acme/One", "name": "Acme: One",
      "created": 1754524800, "description": "The first.", "context_length": 400000,
      "architecture": {
        "modality": "text+image+file->text", "input_modalities": ["file", "image", "text"],
        "output_modalities": ["text"], "tokenizer": "GPT", "instruct_type": null
      },
      "pricing": {
        "prompt": "0.00000125", "completion": "0.00001", "request": "0", "image": "0.0048", "web_search": "0.01",
        "internal_reasoning": "0.00001", "input_cache_read": "0.000000125",
        "input_cache_write": "0.00000008333333333333334", "audio": "0.000032", "discount": 0
      },
      "top_provider": { "context_length": 400000, "max_completion_tokens": 128000, "is_moderated": true },
      "per_request_limits": null,
      "supported_parameters": ["max_tokens", "reasoning", "structured_outputs", "tool_choice", "tools"],
      "default_parameters": { "temperature": 0.60, "top_p": null, "top_k": 20 },
      "knowledge_cutoff": "2024-09-30", "expiration_date": "2026-05-15"
    },
    {
      "id": "acme/one:free", "canonical_slug": "acme/one-20250807", "name": "Acme: One (free)", "created": 0,
      "context_length": 131072, "architecture": { "input_modalities": ["text"], "output_modalities": ["text"] },
      "pricing": { "prompt": "0", "completion": "0" },
      "top_provider": { "context_length": 65536, "max_completion_tokens": null, "is_moderated": false }
    },
    {
      "id": "acme/auto", "canonical_slug": "acme/auto", "name": "Any", "context_length": 2000000,
      "pricing": { "prompt": "-1", "completion": "-1" }
    }
  ],
  "links": { "next": null }
}"#;

fn fixture() -> Vec<ModelDraft> {
    read(FIXTURE.as_bytes()).expect("the fixture is sound").models
}

fn error(text: &str) -> String {
    read(text.as_bytes()).expect_err("unsound").to_string()
}

#[test]
fn facts_of_a_model_get_types() {
    let models = fixture();
    let model = &models[0];
    assert_eq!((model.supplier.as_str(), model.name.as_str()), ("openrouter", "acme/one"));
    assert_eq!(model.released_on.as_ref().map(PartialDate::as_str), Some("2025-08-07"));
    assert_eq!(model.retires_on.map(|day| day.to_string()).as_deref(), Some("2026-05-15"));
    assert_eq!((model.model_type, model.sub_type.as_deref()), (ModelType::Multimodal, Some("chat")));
    for (capability, support) in [
        ("vision", Some(Support::Supported)),
        ("file_attachment", Some(Support::Supported)),
        ("audio_input", Some(Support::Unsupported)),
        ("pdf_input", None),
        ("tool_calling", Some(Support::Supported)),
        ("parallel_tool_calls", None),
        ("prompt_caching", Some(Support::Supported)),
    ] {
        assert_eq!(model.support(capability), support, "{capability}");
    }
    for (name, value, is_default) in [
        ("context_window", "400000", false),
        ("max_output_tokens", "128000", false),
        ("temperature", "0.60", true),
        ("top_k", "20", true),
    ] {
        let found = model.parameter(name).expect(name);
        assert_eq!((found.value.as_str(), found.is_default), (value, is_default), "{name}");
    }
}

#[test]
fn prices_are_for_a_million_tokens_or_one_thing() {
    let shown: Vec<String> =
        fixture()[0].prices.iter().map(|price| format!("{} {}", price.component, price.amount)).collect();
    assert_eq!(
        shown,
        [
            "input 1.25",
            "output 10",
            "cache_read 0.125",
            "cache_write 0.08333333333333334",
            "reasoning 10",
            "input_audio 32",
            "input_image 0.0048",
            "request 0",
            "web_search 0.01",
        ]
    );
}

#[test]
fn a_price_of_images_is_for_tokens_unless_it_is_an_older_one_for_a_whole_image() {
    let shown = |pricing: &str| {
        let text = format!(r#"{{"data": [{{"id": "a", "pricing": {pricing}}}]}}"#);
        let draft = read(text.as_bytes()).expect("taken");
        assert!(draft.homeless.is_empty(), "{:?}", draft.homeless);
        let show = |price: &super::super::draft::PriceDraft| format!("{} {}", price.component, price.amount);
        draft.models[0].prices.iter().map(show).collect::<Vec<_>>()
    };
    assert_eq!(shown(r#"{"image": "0.00000125"}"#), ["input_image_tokens 1.25"]);
    assert_eq!(
        shown(r#"{"image": "0", "image_output": "0.00003"}"#),
        ["input_image_tokens 0", "output_image_tokens 30"]
    );
    assert_eq!(shown(r#"{"image": "0.0001", "image_output": "0.04"}"#), ["input_image 0.0001", "output_image 0.04"]);
    assert_eq!(shown(r#"{"image": "0.00000125", "image_token": "1.25e-6"}"#), ["input_image_tokens 1.25"]);
}

#[test]
fn a_slug_is_an_alias_of_the_plain_variant() {
    let models = fixture();
    assert_eq!(models[0].aliases[0].alias, "acme/one-20250807");
    assert!(models[1].aliases.is_empty() && models[2].aliases.is_empty());
    assert_eq!(models[1].extra["canonical_slug"].as_str(), "\"acme/one-20250807\"");
}

#[test]
fn what_has_no_home_is_kept_and_counted() {
    let draft = read(FIXTURE.as_bytes()).expect("the fixture is sound");
    let counts: Vec<(String, usize)> = draft.homeless.into_iter().collect();
    let expected = [
        ("file.links", 1),
        ("architecture.tokenizer", 1),
        ("top_provider.is_moderated", 2),
        ("pricing.discount", 1),
        ("hugging_face_id", 1),
        ("top_provider.context_length", 1),
        ("canonical_slug", 1),
        ("pricing.prompt", 1),
        ("pricing.completion", 1),
    ];
    for (name, times) in expected {
        assert!(counts.contains(&(name.to_owned(), times)), "{name} in {counts:?}");
    }
    assert_eq!(counts.len(), expected.len());
    assert_eq!(draft.models[2].extra["pricing"].as_str(), r#"{"prompt":"-1","completion":"-1"}"#);
}

#[test]
fn what_can_not_be_taken_is_told_by_its_path() {
    let with = |model: &str| error(&format!(r#"{{"data": [{{"id": "a/b", "pricing": {{}}}}, {model}]}}"#));
    assert_eq!(with(r#"{"id": "a/b"}"#), "data[1].id: \"a/b\" stands here twice");
    assert!(with(r#"{"id": " x"}"#).starts_with("data[1].id: must be"));
    assert_eq!(with(r#"{"id": "x", "a": 1, "a": 2}"#), "data[1].a: stands here twice; keep one of the two");
}

#[test]
fn members_of_the_list_that_are_no_models_are_counted_and_passed_over() {
    let draft =
        read(br#"{"data": [null, {"id": "a/b", "pricing": {}}, {"name": "x"}, {"id": 5}, "y"]}"#).expect("taken");
    assert_eq!(draft.models.len(), 1);
    assert_eq!(draft.homeless.into_iter().collect::<Vec<_>>(), [("file.data".to_owned(), 4)]);
    let none = r#"{"data": [{"name": "x", "pricing": {}}]}"#;
    assert_eq!(error(none), "this is no openrouter file: none of the models in `data` has `pricing`");
}

#[test]
fn values_that_can_not_be_understood_stay_and_are_counted() {
    let draft = read(
        br#"{"data": [
            {"id": "a", "context_length": "8k", "pricing": {"prompt": -1, "completion": "-1.0", "request": "-1000000",
                "web_search": "free", "image_token": false, "audio": "3e-6", "input_cache_read": 0.000001}},
            {"id": "b", "pricing": "free", "top_provider": [], "context_length": "8192"}]}"#,
    )
    .expect("taken");
    let shown: Vec<String> =
        draft.models[0].prices.iter().map(|price| format!("{} {}", price.component, price.amount)).collect();
    assert_eq!(shown, ["cache_read 1", "input_audio 3"]);
    assert_eq!(
        draft.models[0].extra["pricing"].as_str(),
        r#"{"prompt":-1,"completion":"-1.0","request":"-1000000","web_search":"free","image_token":false}"#
    );
    assert_eq!(draft.models[1].extra["pricing"].as_str(), r#""free""#);
    assert_eq!(facts::value(&draft.models[1], "context_window").map(crate::domain::JsonText::as_str), Some("8192"));
    let mut names: Vec<&str> = draft.homeless.keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "context_length",
            "pricing",
            "pricing.completion",
            "pricing.image_token",
            "pricing.prompt",
            "pricing.request",
            "pricing.web_search",
            "top_provider",
        ]
    );
}

#[test]
fn a_file_of_another_format_is_told() {
    let plain = r#"{"object": "list", "data": [{"id": "gpt-4o", "object": "model", "owned_by": "openai"}]}"#;
    assert_eq!(error(plain), "this is no openrouter file: none of the models in `data` has `pricing`");
    assert_eq!(error(r#"{"openai": {}}"#), "this is no openrouter file: it has no list of models, `data`");
}

#[test]
fn every_capability_and_category_is_one_that_the_starter_catalogue_defines() {
    let defined = |name: &str| taxonomy::CAPABILITIES.contains(&name);
    let tables = ABILITIES.iter().chain(facts::INPUTS).chain(facts::OUTPUTS);
    assert!(tables.map(|(_, capability)| *capability).all(defined));
    for model in fixture() {
        assert!(model.capabilities.iter().all(|link| defined(&link.name)));
        assert!(model.categories.iter().all(|link| taxonomy::CATEGORIES.contains(&link.category_path.as_str())));
    }
}
