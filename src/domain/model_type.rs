//! What a model works on.

use super::text_enum::text_enum;

text_enum! {
    /// What a model works on.
    pub enum ModelType ("model type") {
        /// Text in, text (or an embedding, a rank, a verdict on text) out.
        Language = "language",
        /// Images out, or images judged.
        Vision = "vision",
        /// Several kinds in, text among the kinds out.
        Multimodal = "multimodal",
        /// Speech, music or sound, in or out.
        Audio = "audio",
        /// Video out.
        Video = "video",
        /// Anything else.
        Other = "other",
    }
}
