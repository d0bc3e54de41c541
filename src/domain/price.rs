//! What a price is for, in which unit, and under which mode of service.

use super::text_enum::text_enum;

text_enum! {
    /// What a price is for. Each component is priced in one unit.
    pub enum PriceComponent ("price component") {
        /// Text tokens sent.
        Input = "input",
        /// Text tokens received.
        Output = "output",
        /// Tokens read from the prompt cache.
        CacheRead = "cache_read",
        /// Tokens written to the prompt cache, with the shortest lifetime offered.
        CacheWrite = "cache_write",
        /// Tokens written to the prompt cache to be kept for an hour.
        CacheWrite1h = "cache_write_1h",
        /// Reasoning tokens, where they are billed apart from the output.
        Reasoning = "reasoning",
        /// Tokens cited by the answer.
        Citation = "citation",
        /// Audio tokens sent.
        InputAudio = "input_audio",
        /// Audio tokens received.
        OutputAudio = "output_audio",
        /// Audio tokens read from the prompt cache.
        CacheReadAudio = "cache_read_audio",
        /// Audio tokens written to the prompt cache.
        CacheWriteAudio = "cache_write_audio",
        /// Image tokens sent.
        InputImageTokens = "input_image_tokens",
        /// Image tokens received.
        OutputImageTokens = "output_image_tokens",
        /// Image tokens read from the prompt cache.
        CacheReadImageTokens = "cache_read_image_tokens",
        /// Characters sent.
        InputCharacter = "input_character",
        /// Characters received.
        OutputCharacter = "output_character",
        /// Pixels sent.
        InputPixel = "input_pixel",
        /// Pixels received.
        OutputPixel = "output_pixel",
        /// Images sent.
        InputImage = "input_image",
        /// Images received.
        OutputImage = "output_image",
        /// Seconds sent, or seconds of work on the input.
        InputSecond = "input_second",
        /// Seconds received, or seconds of work on the output.
        OutputSecond = "output_second",
        /// Seconds of audio sent.
        InputAudioSecond = "input_audio_second",
        /// Seconds of audio received.
        OutputAudioSecond = "output_audio_second",
        /// Seconds of video sent.
        InputVideoSecond = "input_video_second",
        /// Seconds of video received.
        OutputVideoSecond = "output_video_second",
        /// Requests made.
        Request = "request",
        /// Queries made, by rerankers and search engines.
        Query = "query",
        /// Web searches made while answering.
        WebSearch = "web_search",
        /// Web searches with a small context.
        WebSearchLow = "web_search_low",
        /// Web searches with a medium context.
        WebSearchMedium = "web_search_medium",
        /// Web searches with a large context.
        WebSearchHigh = "web_search_high",
        /// Pages read.
        Page = "page",
        /// Pages annotated.
        AnnotationPage = "annotation_page",
        /// Sessions of a hosted tool.
        Session = "session",
    }
}

text_enum! {
    /// The quantity that an amount buys.
    pub enum PriceUnit ("price unit") {
        /// A million tokens.
        MillionTokens = "1M tokens",
        /// A million characters.
        MillionCharacters = "1M characters",
        /// A million pixels.
        MillionPixels = "1M pixels",
        /// One image.
        Image = "image",
        /// One second.
        Second = "second",
        /// One request.
        Request = "request",
        /// One query.
        Query = "query",
        /// One page.
        Page = "page",
        /// One session.
        Session = "session",
    }
}

text_enum! {
    /// The mode of service that a price holds for.
    pub enum ServiceMode ("service mode") {
        /// The usual service.
        Standard = "standard",
        /// Asynchronous, cheaper, answered within hours.
        Batch = "batch",
        /// Served before others.
        Priority = "priority",
        /// Cheaper and slower, or refused at busy times.
        Flex = "flex",
        /// Faster output at a premium.
        Fast = "fast",
        /// Between standard and the fastest.
        Balanced = "balanced",
        /// The fastest output offered.
        Ultrafast = "ultrafast",
    }
}

impl PriceComponent {
    /// The unit that amounts of this component are for.
    pub const fn unit(self) -> PriceUnit {
        match self {
            Self::Input
            | Self::Output
            | Self::CacheRead
            | Self::CacheWrite
            | Self::CacheWrite1h
            | Self::Reasoning
            | Self::Citation
            | Self::InputAudio
            | Self::OutputAudio
            | Self::CacheReadAudio
            | Self::CacheWriteAudio
            | Self::InputImageTokens
            | Self::OutputImageTokens
            | Self::CacheReadImageTokens => PriceUnit::MillionTokens,
            Self::InputCharacter | Self::OutputCharacter => PriceUnit::MillionCharacters,
            Self::InputPixel | Self::OutputPixel => PriceUnit::MillionPixels,
            Self::InputImage | Self::OutputImage => PriceUnit::Image,
            Self::InputSecond
            | Self::OutputSecond
            | Self::InputAudioSecond
            | Self::OutputAudioSecond
            | Self::InputVideoSecond
            | Self::OutputVideoSecond => PriceUnit::Second,
            Self::Request | Self::WebSearch | Self::WebSearchLow | Self::WebSearchMedium | Self::WebSearchHigh => {
                PriceUnit::Request
            }
            Self::Query => PriceUnit::Query,
            Self::Page | Self::AnnotationPage => PriceUnit::Page,
            Self::Session => PriceUnit::Session,
        }
    }
}

impl PriceUnit {
    /// How many single things the unit holds, as a power of ten: 6 for a million tokens, 0 for one image.
    pub const fn exponent(self) -> i32 {
        match self {
            Self::MillionTokens | Self::MillionCharacters | Self::MillionPixels => 6,
            Self::Image | Self::Second | Self::Request | Self::Query | Self::Page | Self::Session => 0,
        }
    }
}
