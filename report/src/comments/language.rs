//! The language of a comment: the page's, unless the letters or the little words say otherwise.

use serde::Serialize;

use super::stop_words;

/// A language whose little words are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Language {
    /// English
    #[serde(rename = "en")]
    English,
    /// French
    #[serde(rename = "fr")]
    French,
    /// German
    #[serde(rename = "de")]
    German,
    /// Spanish
    #[serde(rename = "es")]
    Spanish,
    /// Italian
    #[serde(rename = "it")]
    Italian,
    /// Dutch
    #[serde(rename = "nl")]
    Dutch,
    /// Portuguese of Brazil
    #[serde(rename = "pt-BR")]
    Portuguese,
    /// Polish
    #[serde(rename = "pl")]
    Polish,
    /// Swedish
    #[serde(rename = "sv")]
    Swedish,
    /// Chinese in traditional characters
    #[serde(rename = "zh-Hant")]
    TraditionalChinese,
    /// Chinese in simplified characters
    #[serde(rename = "zh-Hans")]
    SimplifiedChinese,
    /// Japanese
    #[serde(rename = "ja")]
    Japanese,
    /// Korean
    #[serde(rename = "ko")]
    Korean,
    /// Arabic
    #[serde(rename = "ar")]
    Arabic,
    /// Hebrew
    #[serde(rename = "he")]
    Hebrew,
    /// Turkish
    #[serde(rename = "tr")]
    Turkish,
}

/// The letters a comment is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    Latin,
    Han,
    Kana,
    Hangul,
    Arabic,
    Hebrew,
}

impl Language {
    /// Every language, in the order of this list.
    pub const ALL: [Self; 16] = [
        Self::English,
        Self::French,
        Self::German,
        Self::Spanish,
        Self::Italian,
        Self::Dutch,
        Self::Portuguese,
        Self::Polish,
        Self::Swedish,
        Self::TraditionalChinese,
        Self::SimplifiedChinese,
        Self::Japanese,
        Self::Korean,
        Self::Arabic,
        Self::Hebrew,
        Self::Turkish,
    ];

    /// The BCP 47 tag.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::French => "fr",
            Self::German => "de",
            Self::Spanish => "es",
            Self::Italian => "it",
            Self::Dutch => "nl",
            Self::Portuguese => "pt-BR",
            Self::Polish => "pl",
            Self::Swedish => "sv",
            Self::TraditionalChinese => "zh-Hant",
            Self::SimplifiedChinese => "zh-Hans",
            Self::Japanese => "ja",
            Self::Korean => "ko",
            Self::Arabic => "ar",
            Self::Hebrew => "he",
            Self::Turkish => "tr",
        }
    }

    /// The language of exactly this tag.
    #[must_use]
    pub fn exactly(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag() == tag)
    }

    /// The language of a page's tag such as `fr-CA` or `zh-TW`, if it is one of ours.
    #[must_use]
    pub fn of_tag(tag: &str) -> Option<Self> {
        let tag = tag.to_ascii_lowercase().replace('_', "-");
        match tag.split('-').next()? {
            "zh" if ["hant", "tw", "hk", "mo"]
                .iter()
                .any(|part| tag.contains(part)) =>
            {
                Some(Self::TraditionalChinese)
            }
            "zh" => Some(Self::SimplifiedChinese),
            "pt" => Some(Self::Portuguese),
            "iw" => Some(Self::Hebrew),
            primary => Self::exactly(primary),
        }
    }

    /// The language of a normalised comment: the page's, overruled by another script, or by the little
    /// words of another language.
    pub(super) fn of(text: &str, page: Option<Self>) -> Option<Self> {
        match (Script::of(text), page) {
            (None, page) => page,
            (Some(Script::Latin), page) => {
                stop_words::vote(text, page.filter(|page| page.is_latin()))
            }
            (Some(script), Some(page)) if page.is_written_in(script) => Some(page),
            (Some(script), _) => Some(script.language(text)),
        }
    }

    /// Are words of this language not set apart by spaces?
    pub(super) const fn is_unspaced(self) -> bool {
        matches!(
            self,
            Self::TraditionalChinese | Self::SimplifiedChinese | Self::Japanese
        )
    }

    pub(super) const fn is_chinese(self) -> bool {
        matches!(self, Self::TraditionalChinese | Self::SimplifiedChinese)
    }

    pub(super) fn is_latin(self) -> bool {
        self.is_written_in(Script::Latin)
    }

    fn is_written_in(self, script: Script) -> bool {
        match self {
            Self::TraditionalChinese | Self::SimplifiedChinese => script == Script::Han,
            Self::Japanese => matches!(script, Script::Kana | Script::Han),
            Self::Korean => script == Script::Hangul,
            Self::Arabic => script == Script::Arabic,
            Self::Hebrew => script == Script::Hebrew,
            _ => script == Script::Latin,
        }
    }
}

impl Script {
    /// The script of most letters; any kana makes a text Japanese, since Chinese has none.
    pub(super) fn of(text: &str) -> Option<Self> {
        let mut counts = [0_usize; 6];
        for script in text.chars().filter_map(Self::of_letter) {
            counts[script as usize] += 1;
        }
        if counts[Self::Kana as usize] > 0
            && counts[Self::Latin as usize] < 2 * counts[Self::Kana as usize]
        {
            return Some(Self::Kana);
        }
        // A character of Han says as much as two Latin letters or more.
        counts[Self::Han as usize] *= 2;
        let scripts = [
            Self::Latin,
            Self::Han,
            Self::Hangul,
            Self::Arabic,
            Self::Hebrew,
        ];
        let most = scripts
            .into_iter()
            .max_by_key(|script| counts[*script as usize])?;
        (counts[most as usize] > 0).then_some(most)
    }

    pub(super) fn of_letter(letter: char) -> Option<Self> {
        match letter {
            'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => {
                Some(Self::Latin)
            }
            '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' => Some(Self::Kana),
            '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{20000}'..='\u{323af}'
            | '々' => Some(Self::Han),
            '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7af}' => {
                Some(Self::Hangul)
            }
            '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{fb50}'..='\u{fdff}' => {
                Some(Self::Arabic)
            }
            '\u{590}'..='\u{5ff}' => Some(Self::Hebrew),
            _ => None,
        }
    }

    fn language(self, text: &str) -> Language {
        match self {
            Self::Latin => Language::English,
            Self::Kana => Language::Japanese,
            Self::Hangul => Language::Korean,
            Self::Arabic => Language::Arabic,
            Self::Hebrew => Language::Hebrew,
            Self::Han if is_simplified(text) => Language::SimplifiedChinese,
            Self::Han => Language::TraditionalChinese,
        }
    }
}

/// Does this letter take two columns of a terminal?
pub(crate) fn wide(letter: char) -> bool {
    matches!(
        Script::of_letter(letter),
        Some(Script::Han | Script::Kana | Script::Hangul)
    ) || matches!(letter, '\u{3000}'..='\u{303f}' | '\u{ff01}'..='\u{ff60}')
}

/// Characters of one script only, the most frequent of shop talk: 们/們, 这/這 and so on, pairwise.
const SIMPLIFIED: &str =
    "们这个来时说为会没还过对开发东买卖钱货价运费单机网页错误务态后边听语难简单账户实样只动电话";
const TRADITIONAL: &str =
    "們這個來時說為會沒還過對開發東買賣錢貨價運費單機網頁錯誤務態後邊聽語難簡單賬戶實樣隻動電話";

fn is_simplified(text: &str) -> bool {
    let occurrences = |of: &str, other: &str| {
        text.chars()
            .filter(|character| of.contains(*character) && !other.contains(*character))
            .count()
    };
    occurrences(SIMPLIFIED, TRADITIONAL) > occurrences(TRADITIONAL, SIMPLIFIED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_decides_unless_letters_or_little_words_speak_against_it() {
        let rows = [
            ("der versand war langsam", "de", Some("de")),
            ("ok", "fr", Some("fr")),
            ("運費太貴", "en", Some("zh-Hant")),
            ("运费太贵，没有货", "en", Some("zh-Hans")),
            ("運費太貴", "zh-Hans", Some("zh-Hans")),
            ("送料が高い", "zh-Hant", Some("ja")),
            ("배송이 늦어요", "en", Some("ko")),
            ("التوصيل بطيء", "fr", Some("ar")),
            ("המשלוח איטי", "en", Some("he")),
            ("i do not like that you have no paypal", "de", Some("en")),
            (
                "je ne trouve pas le bouton pour payer avec ma carte",
                "nl",
                Some("fr"),
            ),
            ("123", "sv", Some("sv")),
            ("cena", "xx", None),
        ];
        for (text, page, expected) in rows {
            let language = Language::of(text, Language::of_tag(page));
            assert_eq!(language.map(Language::tag), expected, "{text}");
        }
    }

    #[test]
    fn tags_of_pages_lead_to_the_nearest_language() {
        let rows = [
            ("fr-CA", Some("fr")),
            ("zh-TW", Some("zh-Hant")),
            ("zh", Some("zh-Hans")),
            ("zh-Hant-HK", Some("zh-Hant")),
            ("pt-PT", Some("pt-BR")),
            ("DE_at", Some("de")),
            ("fi", None),
            ("", None),
        ];
        for (tag, expected) in rows {
            assert_eq!(Language::of_tag(tag).map(Language::tag), expected, "{tag}");
        }
    }
}
