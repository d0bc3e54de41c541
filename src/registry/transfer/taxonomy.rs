//! What a model is for, told from what catalogues say of it: its sub-type, its type, its categories.
//!
//! Shared by all third-party formats, so that the same model comes out alike whatever the source.

use crate::domain::ModelType;

use super::draft::CategoryLinkDraft;

/// Every capability that the tables of the third-party readers link models to. The starter catalogue defines each.
pub const CAPABILITIES: &[&str] = &[
    "assistant_prefill",
    "audio_input",
    "audio_output",
    "computer_use",
    "file_attachment",
    "image_generation",
    "interleaved_reasoning",
    "multimodal_embeddings",
    "native_streaming",
    "open_weights",
    "parallel_tool_calls",
    "pdf_input",
    "prompt_caching",
    "reasoning",
    "reasoning_toggle",
    "service_tier",
    "structured_output",
    "system_messages",
    "temperature",
    "tool_calling",
    "tool_choice",
    "url_context",
    "video_generation",
    "video_input",
    "vision",
    "web_search",
];

/// Every category that a third-party reader can put a model into. The starter catalogue defines each.
pub const CATEGORIES: &[&str] = &[
    "audio/speech",
    "audio/transcription",
    "embedding/rerank",
    "embedding/text",
    "llm/chat",
    "llm/completion",
    "llm/moderation",
    "llm/reasoning",
    "multimodal/chat",
    "multimodal/realtime",
    "video/generation",
    "vision/image-editing",
    "vision/image-generation",
    "vision/ocr",
];

/// Sub-type, its type, and its category. Sub-types of type language become multimodal where more than text is at work.
const SUB_TYPES: &[(&str, ModelType, Option<&str>)] = &[
    ("chat", ModelType::Language, Some("llm/chat")),
    ("completion", ModelType::Language, Some("llm/completion")),
    ("embedding", ModelType::Language, Some("embedding/text")),
    ("rerank", ModelType::Language, Some("embedding/rerank")),
    ("moderation", ModelType::Language, Some("llm/moderation")),
    ("image_generation", ModelType::Vision, Some("vision/image-generation")),
    ("image_edit", ModelType::Vision, Some("vision/image-editing")),
    ("ocr", ModelType::Vision, Some("vision/ocr")),
    ("transcription", ModelType::Audio, Some("audio/transcription")),
    ("speech", ModelType::Audio, Some("audio/speech")),
    ("video_generation", ModelType::Video, Some("video/generation")),
    ("realtime", ModelType::Multimodal, Some("multimodal/realtime")),
];

/// Words of ids and families that tell what a model with text among its outputs is for. The first that fits counts.
const WORDS: &[(&[&str], &str)] = &[
    (&["embed", "embedding", "embeddings"], "embedding"),
    (&["rerank", "reranker"], "rerank"),
    (&["moderation"], "moderation"),
    (&["whisper", "transcribe", "transcription"], "transcription"),
    (&["ocr"], "ocr"),
    (&["realtime"], "realtime"),
];

/// The kinds of content besides text that make a language model a multimodal one.
const MEDIA: &[&str] = &["image", "audio", "video"];

/// Whether a list of modalities has images, audio or video in it.
pub fn has_media(modalities: &[String]) -> bool {
    modalities.iter().any(|modality| MEDIA.contains(&modality.as_str()))
}

/// The sub-type of a model whose source names none: by what it gives and takes, then by plain words of its `names`.
///
/// Lists may be empty where the source has none. Chat, where nothing says otherwise.
pub fn sub_type(inputs: &[String], outputs: &[String], names: &[&str]) -> &'static str {
    let gives = |modality: &str| outputs.iter().any(|output| output == modality);
    let silent = !outputs.is_empty() && !gives("text");
    match () {
        () if silent && (gives("embeddings") || gives("embedding")) => "embedding",
        () if silent && gives("rerank") => "rerank",
        () if silent && gives("video") => "video_generation",
        () if silent && gives("image") => "image_generation",
        () if silent && gives("audio") => "speech",
        () if inputs == ["audio"] => "transcription",
        () => named_sub_type(names).unwrap_or("chat"),
    }
}

fn named_sub_type(names: &[&str]) -> Option<&'static str> {
    let words: Vec<String> = names
        .iter()
        .flat_map(|name| name.split(|character: char| !character.is_ascii_alphanumeric()))
        .map(str::to_ascii_lowercase)
        .collect();
    let fits = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
    WORDS.iter().find(|(known, _)| fits(known)).map(|(_, sub_type)| *sub_type)
}

/// The type of a sub-type's models, by whether images, audio or video are at work beside text.
pub fn model_type(sub_type: Option<&str>, media: bool) -> ModelType {
    let known = sub_type.map_or(Some(ModelType::Language), |name| row(name).map(|(_, model_type, _)| *model_type));
    match known {
        Some(ModelType::Language) if media => ModelType::Multimodal,
        Some(model_type) => model_type,
        None => ModelType::Other,
    }
}

/// The categories of a model. Models of other sub-types than the table's (search, for one) are in none.
pub fn categories(sub_type: Option<&str>, model_type: ModelType, reasoning: bool) -> Vec<CategoryLinkDraft> {
    let own = sub_type.and_then(row).and_then(|(_, _, category)| *category);
    let multimodal = own == Some("llm/chat") && model_type == ModelType::Multimodal;
    let reasons = reasoning && matches!(own, Some("llm/chat" | "llm/completion"));
    let paths = [own, reasons.then_some("llm/reasoning"), multimodal.then_some("multimodal/chat")];
    let link = |path: &str| CategoryLinkDraft { category_path: path.to_owned(), ..CategoryLinkDraft::default() };
    paths.into_iter().flatten().map(link).collect()
}

fn row(sub_type: &str) -> Option<&'static (&'static str, ModelType, Option<&'static str>)> {
    SUB_TYPES.iter().find(|(name, _, _)| *name == sub_type)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    fn guess(inputs: &str, outputs: &str, name: &str) -> &'static str {
        sub_type(&list(inputs), &list(outputs), &[name])
    }

    #[test]
    fn what_a_model_gives_tells_what_it_is_for() {
        assert_eq!(guess("text", "text", "gpt-4o"), "chat");
        assert_eq!(guess("text image", "video", "sora-2"), "video_generation");
        assert_eq!(guess("text", "image", "embedding-art"), "image_generation");
        assert_eq!(guess("text image", "text image", "nano-banana"), "chat");
        assert_eq!(guess("text", "audio", "melotts"), "speech");
        assert_eq!(guess("text image", "embeddings", "m"), "embedding");
        assert_eq!(guess("audio", "embedding", "m"), "embedding");
        assert_eq!(guess("text", "rerank", "m"), "rerank");
        assert_eq!(guess("audio", "text", "nova-3"), "transcription");
    }

    #[test]
    fn plain_words_tell_the_rest() {
        assert_eq!(guess("text", "text", "Qwen/Qwen3-Embedding-8B"), "embedding");
        assert_eq!(guess("text", "text", "bge-reranker-v2"), "rerank");
        assert_eq!(guess("text audio", "text audio", "gpt-realtime-mini"), "realtime");
        assert_eq!(guess("image", "text", "mistral-ocr-latest"), "ocr");
        assert_eq!(guess("text", "text", "embedded-llm"), "chat");
        assert_eq!(sub_type(&[], &[], &[]), "chat");
    }

    #[test]
    fn types_and_categories_follow_from_the_sub_type() {
        assert_eq!(model_type(Some("chat"), false), ModelType::Language);
        assert_eq!(model_type(Some("chat"), true), ModelType::Multimodal);
        assert_eq!(model_type(Some("ocr"), true), ModelType::Vision);
        assert_eq!(model_type(Some("search"), false), ModelType::Other);
        assert_eq!(model_type(None, false), ModelType::Language);

        let paths = |sub_type, model_type, reasoning| {
            let links = categories(Some(sub_type), model_type, reasoning);
            links.into_iter().map(|link| link.category_path).collect::<Vec<_>>()
        };
        assert_eq!(paths("chat", ModelType::Multimodal, true), ["llm/chat", "llm/reasoning", "multimodal/chat"]);
        assert_eq!(paths("embedding", ModelType::Language, true), ["embedding/text"]);
        assert!(paths("search", ModelType::Other, false).is_empty());
    }

    #[test]
    fn the_list_of_categories_is_complete_and_sorted() {
        assert!(SUB_TYPES.iter().filter_map(|(_, _, category)| *category).all(|path| CATEGORIES.contains(&path)));
        assert!(CATEGORIES.is_sorted() && CAPABILITIES.is_sorted());
    }
}
