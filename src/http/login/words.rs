//! What the pages to sign in say, in the language that a browser asks for.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;

use crate::http::accept::{ranges, wanted_most};

/// The texts in one language, as HTML.
pub struct Words {
    /// The language's tag.
    pub tag: &'static str,
    pub title: &'static str,
    pub link: &'static str,
    pub sign_in: &'static str,
    pub signed_in: &'static str,
    pub sign_out: &'static str,
    /// How one signs in.
    pub how: &'static str,
    /// What is said to who is too late.
    pub no_longer: &'static str,
    pub foreign_sign_in: &'static str,
    pub foreign_sign_out: &'static str,
    pub unreachable: &'static str,
}

static ENGLISH: Words = Words {
    tag: "en",
    title: "sign in",
    link: "This link signs this browser in, once.",
    sign_in: "Sign in",
    signed_in: "This browser is signed in.",
    sign_out: "Sign out",
    how: "To sign in, open a link that <code>modelry token link</code> makes.",
    no_longer: "This link is not good, or no longer: each is good once, for an hour. \
                <code>modelry token link</code> makes another.",
    foreign_sign_in: "Pages of other servers can't sign you in here.",
    foreign_sign_out: "Pages of other servers can't sign you out here.",
    unreachable: "The database can't be reached at the moment; try again.",
};

static CHINESE: Words = Words {
    tag: "zh-CN",
    title: "登录",
    link: "此链接可让本浏览器登录，只能使用一次。",
    sign_in: "登录",
    signed_in: "本浏览器已登录。",
    sign_out: "退出登录",
    how: "要登录，请打开由 <code>modelry token link</code> 生成的链接。",
    no_longer: "此链接无效或已失效：每个链接只能使用一次，一小时内有效。\
                请用 <code>modelry token link</code> 重新生成。",
    foreign_sign_in: "其他服务器的页面不能让您在这里登录。",
    foreign_sign_out: "其他服务器的页面不能让您在这里退出登录。",
    unreachable: "暂时无法连接数据库，请重试。",
};

/// The texts in the language that is wanted most, of those that there are; in English without one.
pub fn wanted(headers: &HeaderMap) -> &'static Words {
    wanted_most(ranges(headers, &ACCEPT_LANGUAGE).filter_map(offer)).unwrap_or(&ENGLISH)
}

/// What a range of languages is answered in, and how much it is wanted.
fn offer(range: &str) -> Option<(&'static Words, f32)> {
    let (tag, quality) = range.split_once(';').unwrap_or((range, "q=1"));
    let language = tag.split('-').next()?.trim().to_ascii_lowercase();
    let words = match language.as_str() {
        "en" => &ENGLISH,
        "zh" => &CHINESE,
        _ => return None,
    };
    let (_, quality) = quality.split_once('=')?;
    Some((words, quality.trim().parse().ok()?))
}
