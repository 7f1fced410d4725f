//! The door of the dashboard: who is let in, how, and for how long. Row by row, over HTTP.

mod alone;
mod others;
mod password;
mod sessions;

use crate::client::{self, Answer};
use crate::shop::{Folder, SETTINGS, Shop};
use crate::wait::until;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;

pub(crate) const PASSWORD: &str = "seven green bottles";
const HOME: &str = "/dashboard";
const SIGN_IN: &str = "/dashboard/sign-in";
const SIGN_OUT: &str = "/dashboard/sign-out";
const HTML: (&str, &str) = ("accept", "text/html,application/xhtml+xml,*/*;q=0.8");
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

type Headers<'h> = &'h [(&'h str, &'h str)];
/// What ends the session of a cookie.
type Ending<'e> = &'e dyn Fn(&str);

impl Folder {
    /// Runs `hark` with these arguments and this on standard input: exit code, output, talk.
    pub(crate) fn runs_hearing(
        &self,
        arguments: &[&str],
        input: &str,
    ) -> (Option<i32>, String, String) {
        let mut hark = self.hark(arguments);
        let hark = hark.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut hark = hark.stderr(Stdio::piped()).spawn().expect("hark starts");
        let mut heard = hark.stdin.take().expect("its input");
        // It may have ended before it heard all of that.
        let _ = heard.write_all(input.as_bytes());
        drop(heard);
        let output = hark.wait_with_output().expect("an end");
        let text = |bytes| String::from_utf8(bytes).expect("text");
        (
            output.status.code(),
            text(output.stdout),
            text(output.stderr),
        )
    }

    /// Sets the password.
    pub(crate) fn locks(&self, password: &str) {
        let (code, _, talk) = self.runs_hearing(&["password"], &format!("{password}\n"));
        assert_eq!(code, Some(0), "{talk}");
    }
}

impl Shop {
    fn posts(&self, path: &str, headers: &[(&str, &str)], form: &str) -> Answer {
        let headers = [&[FORM, HTML], headers].concat();
        client::request(self.address, "POST", path, &headers, form.as_bytes())
    }

    fn tries(&self, password: &str, headers: &[(&str, &str)]) -> Answer {
        let form = format!("password={}", password.replace(' ', "+"));
        self.posts(SIGN_IN, headers, &form)
    }

    /// Signs in; gives the cookie.
    pub(crate) fn signs_in(&self) -> String {
        let answer = self.tries(PASSWORD, &[]);
        assert_eq!(answer.status, 303, "{answer:?}");
        cookie(&answer)
    }

    /// Asks for a page of the dashboard as a browser does, with this cookie.
    pub(crate) fn shows(&self, path: &str, cookie: &str) -> Answer {
        self.gets(path, &[HTML, ("cookie", cookie)])
    }

    fn is_open(&self, cookie: &str) -> bool {
        self.shows(HOME, cookie).status != 303
    }
}

/// The cookie that is set, as it is sent back.
fn cookie(answer: &Answer) -> String {
    let set = answer.header("set-cookie");
    set.split(';').next().expect("a cookie").to_owned()
}

/// The value of the hidden field `token`, of which a page has one.
fn token(page: &Answer) -> String {
    let text = page.text();
    let (_, rest) = text.split_once("name=\"token\" value=\"").expect("a token");
    rest.split('"').next().expect("its end").to_owned()
}

fn locked() -> Shop {
    let folder = Folder::new();
    folder.locks(PASSWORD);
    folder.opens(&[])
}
