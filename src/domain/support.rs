//! What is known of a model's ability, and the fields that abilities belong to.

use super::text_enum::text_enum;

text_enum! {
    /// What is known of an ability. No association at all means that it is unknown.
    pub enum Support ("kind of support") {
        /// The model has the ability.
        Supported = "supported",
        /// The model is known not to have it.
        Unsupported = "unsupported",
    }
}

text_enum! {
    /// The field an ability belongs to.
    pub enum Domain ("domain") {
        /// Natural language processing.
        Nlp = "nlp",
        /// Computer vision.
        Cv = "cv",
        /// Speech, music and sound.
        Audio = "audio",
        /// Several of the above at once.
        Multimodal = "multimodal",
    }
}
