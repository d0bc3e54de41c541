//! The grammar of LiteLLM's names for prices: what is bought, then from how much context on and in which mode.
//!
//! `input_cost_per_token_above_200k_tokens_priority` is `input_cost_per_token`, from 200,000 tokens, priority. The
//! endings may come in any order and are each optional.

use crate::domain::{PriceComponent, ServiceMode};

use super::super::prices::Slot;

/// Beginnings of names, and what they are the price of. The first of a component is its usual spelling. All are for
/// one single token, character, pixel, image, ...; a name fits the longest beginning it has.
const BASES: &[(&str, PriceComponent)] = &[
    ("input_cost_per_token", PriceComponent::Input),
    ("output_cost_per_token", PriceComponent::Output),
    ("cache_read_input_token_cost", PriceComponent::CacheRead),
    ("input_cost_per_token_cache_hit", PriceComponent::CacheRead),
    ("cache_creation_input_token_cost", PriceComponent::CacheWrite),
    ("cache_creation_input_token_cost_above_1hr", PriceComponent::CacheWrite1h),
    ("output_cost_per_reasoning_token", PriceComponent::Reasoning),
    ("citation_cost_per_token", PriceComponent::Citation),
    ("input_cost_per_audio_token", PriceComponent::InputAudio),
    ("output_cost_per_audio_token", PriceComponent::OutputAudio),
    ("cache_read_input_audio_token_cost", PriceComponent::CacheReadAudio),
    ("cache_creation_input_audio_token_cost", PriceComponent::CacheWriteAudio),
    ("input_cost_per_image_token", PriceComponent::InputImageTokens),
    ("output_cost_per_image_token", PriceComponent::OutputImageTokens),
    ("cache_read_input_image_token_cost", PriceComponent::CacheReadImageTokens),
    ("input_cost_per_character", PriceComponent::InputCharacter),
    ("output_cost_per_character", PriceComponent::OutputCharacter),
    ("input_cost_per_pixel", PriceComponent::InputPixel),
    ("output_cost_per_pixel", PriceComponent::OutputPixel),
    ("input_cost_per_image", PriceComponent::InputImage),
    ("output_cost_per_image", PriceComponent::OutputImage),
    ("input_cost_per_second", PriceComponent::InputSecond),
    ("output_cost_per_second", PriceComponent::OutputSecond),
    ("input_cost_per_audio_per_second", PriceComponent::InputAudioSecond),
    ("output_cost_per_audio_per_second", PriceComponent::OutputAudioSecond),
    ("input_cost_per_video_per_second", PriceComponent::InputVideoSecond),
    ("output_cost_per_video_per_second", PriceComponent::OutputVideoSecond),
    ("input_cost_per_request", PriceComponent::Request),
    ("input_cost_per_query", PriceComponent::Query),
    ("ocr_cost_per_page", PriceComponent::Page),
    ("annotation_cost_per_page", PriceComponent::AnnotationPage),
    ("code_interpreter_cost_per_session", PriceComponent::Session),
];

/// Endings that name a mode of service.
const MODES: &[(&str, ServiceMode)] = &[
    ("_batches", ServiceMode::Batch),
    ("_priority", ServiceMode::Priority),
    ("_flex", ServiceMode::Flex),
    ("_balanced", ServiceMode::Balanced),
    ("_ultrafast", ServiceMode::Ultrafast),
];

/// The slot that a field's name stands for; `None` if it isn't a price that has a slot.
pub fn parse(name: &str) -> Option<Slot> {
    let fits = |(base, component): &(&str, PriceComponent)| {
        let (service_mode, min_context_tokens) = endings(name.strip_prefix(base)?)?;
        Some((base.len(), Slot { component: *component, service_mode, min_context_tokens }))
    };
    BASES.iter().filter_map(fits).max_by_key(|(length, _)| *length).map(|(_, slot)| slot)
}

fn endings(mut rest: &str) -> Option<(ServiceMode, i64)> {
    let (mut service_mode, mut tokens) = (None, None);
    while !rest.is_empty() {
        let mode = MODES.iter().find_map(|(ending, mode)| Some((*mode, rest.strip_prefix(ending)?)));
        match (mode, above(rest)) {
            (Some((mode, after)), _) if service_mode.is_none() => (service_mode, rest) = (Some(mode), after),
            (_, Some((size, after))) if tokens.is_none() => (tokens, rest) = (Some(size), after),
            _ => return None,
        }
    }
    Some((service_mode.unwrap_or(ServiceMode::Standard), tokens.unwrap_or(0)))
}

/// `_above_200k_tokens` or `_above_131072_tokens`, and what follows.
fn above(rest: &str) -> Option<(i64, &str)> {
    let (size, after) = rest.strip_prefix("_above_")?.split_once("_tokens")?;
    let (digits, factor) = size.strip_suffix('k').map_or((size, 1), |digits| (digits, 1000));
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse::<i64>().ok()?.checked_mul(factor).filter(|tokens| *tokens > 0).map(|tokens| (tokens, after))
}

/// The usual name of a slot; `None` if the format has no words for it.
pub fn spell(slot: Slot) -> Option<String> {
    let (base, _) = BASES.iter().find(|(_, component)| *component == slot.component)?;
    let tier = match slot.min_context_tokens {
        0 => String::new(),
        tokens if tokens % 1000 == 0 => format!("_above_{}k_tokens", tokens / 1000),
        tokens => format!("_above_{tokens}_tokens"),
    };
    let mode = match slot.service_mode {
        ServiceMode::Standard => "",
        mode => MODES.iter().find(|(_, known)| *known == mode).map(|(ending, _)| *ending)?,
    };
    Some(format!("{base}{tier}{mode}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(name: &str) -> Option<String> {
        parse(name).map(|slot| format!("{} {} {}", slot.component, slot.service_mode, slot.min_context_tokens))
    }

    #[test]
    fn names_are_read_by_their_grammar() {
        for (name, slot) in [
            ("input_cost_per_token", "input standard 0"),
            ("input_cost_per_token_above_200k_tokens", "input standard 200000"),
            ("output_cost_per_token_above_272k_tokens_priority", "output priority 272000"),
            ("output_cost_per_token_flex_above_131072_tokens", "output flex 131072"),
            ("cache_creation_input_token_cost_above_1hr", "cache_write_1h standard 0"),
            ("cache_creation_input_token_cost_above_1hr_above_200k_tokens", "cache_write_1h standard 200000"),
            ("input_cost_per_token_cache_hit", "cache_read standard 0"),
            ("input_cost_per_image_token_batches", "input_image_tokens batch 0"),
            ("input_cost_per_video_per_second_above_128k_tokens", "input_video_second standard 128000"),
            ("ocr_cost_per_page_batches", "page batch 0"),
        ] {
            assert_eq!(told(name).as_deref(), Some(slot), "{name}");
        }
    }

    #[test]
    fn names_that_say_more_than_a_slot_are_not_read() {
        for name in [
            "input_cost_per_token_batch_requests",
            "input_cost_per_video_per_second_above_8s_interval",
            "output_cost_per_image_above_1024_and_1024_pixels",
            "output_cost_per_image_1K",
            "input_cost_per_token_flex_priority",
            "input_cost_per_token_above_0k_tokens",
            "input_cost_per_token_above_99999999999999999999k_tokens",
            "input_dbu_cost_per_token",
            "mode",
        ] {
            assert_eq!(told(name), None, "{name}");
        }
    }

    #[test]
    fn every_slot_that_has_a_name_has_one_name() {
        for (_, component) in BASES {
            for service_mode in ServiceMode::ALL {
                for min_context_tokens in [0, 200_000, 131_072] {
                    let slot = Slot { component: *component, service_mode: *service_mode, min_context_tokens };
                    assert_eq!(spell(slot).map(|name| parse(&name)), spell(slot).map(|_| Some(slot)));
                }
            }
        }
    }
}
