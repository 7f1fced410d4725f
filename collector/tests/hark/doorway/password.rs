//! The password itself: set by a command, kept as a hash, tried a few times.

use super::*;

#[test]
fn nobody_tries_often() {
    let shop = locked();
    let busy = ("x-forwarded-for", "198.51.100.7");
    let open = shop.signs_in();
    for attempt in 0..10 {
        assert_eq!(
            shop.tries("a wrong password", &[busy]).status,
            403,
            "{attempt}"
        );
    }
    for password in ["a wrong password", PASSWORD] {
        let answer = shop.tries(password, &[busy]);
        assert_eq!(answer.status, 429, "{password}");
        let wait: u64 = answer.header("retry-after").parse().expect("seconds");
        assert!((1..=61).contains(&wait), "{wait}");
        assert!(answer.text().contains("too many attempts"), "{answer:?}");
    }
    let other = ("x-forwarded-for", "198.51.100.8");
    assert_eq!(shop.tries(PASSWORD, &[other]).status, 303);
    assert!(shop.is_open(&open), "who is in stays in");
    let (_, talk, _) = shop.closes();
    let said = talk.join("\n");
    assert!(said.contains("a sign-in with a wrong password"), "{said}");
    assert!(
        !said.contains("198.51.100") && !said.contains("a wrong password,"),
        "{said}"
    );
}

#[test]
fn a_password_file_that_cannot_be_understood_lets_nobody_in() {
    let shop = Shop::new();
    assert_eq!(shop.gets(HOME, &[HTML]).status, 200);
    shop.folder
        .write("data/access/password", "seven green bottles\n");
    assert_eq!(shop.gets(HOME, &[HTML]).status, 303);
    assert_eq!(shop.tries("seven green bottles", &[]).status, 403);
    until("it to be said", || {
        shop.has_said("cannot be read or understood")
    });
}

#[test]
fn the_password_is_set_by_a_command_and_kept_as_a_hash() {
    let folder = Folder::new();
    let rows = [
        ("", "the password is empty"),
        (
            "short\n",
            "the password has 5 characters, and 12 are the least",
        ),
        ("abababababababab\n", "guessed at once"),
    ];
    for (typed, expected) in rows {
        let (code, out, talk) = folder.runs_hearing(&["password"], typed);
        assert_eq!((code, &out[..]), (Some(1), ""), "{talk}");
        assert!(talk.contains(expected) && talk.contains("hint:"), "{talk}");
    }
    assert!(!folder.path("data/access/password").exists());
    let (code, out, talk) = folder.runs_hearing(&["password"], &format!("{PASSWORD}\r\n"));
    assert_eq!((code, &out[..]), (Some(0), ""));
    assert!(
        talk.contains("the password is set, in `data/access/password`"),
        "{talk}"
    );
    let path = folder.path("data/access/password");
    let kept = fs::read_to_string(&path).expect("kept");
    assert!(
        kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
        "{kept}"
    );
    let mode = |path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
    assert_eq!(
        (mode(path), mode(folder.path("data/access"))),
        (0o600, 0o700)
    );
    let names = fs::read_dir(folder.path("data/access")).expect("a folder");
    let mut names: Vec<_> = names
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    names.sort();
    assert_eq!(names, ["lock", "password"]);
    for removed in ["the password is removed", "there was no password"] {
        let (code, _, talk) = folder.runs(&["password", "--remove"]);
        assert_eq!(code, Some(0));
        assert!(talk.contains(removed), "{talk}");
    }
}

/// On a terminal of its own, as `script` gives one.
#[test]
fn on_a_terminal_the_password_is_asked_twice_and_not_shown() {
    let folder = Folder::new();
    let hark = env!("CARGO_BIN_EXE_hark");
    let types = |answers: [&str; 2]| {
        let mut script = std::process::Command::new("script");
        let script = script
            .args(["--quiet", "--return", "--echo", "never", "--command"])
            .arg(format!("{hark} password"))
            .arg("/dev/null")
            .current_dir(folder.path(""))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut script = script.spawn().expect("script of util-linux");
        let mut input = script.stdin.take().expect("its input");
        let mut output = BufReader::new(script.stdout.take().expect("its output"));
        let mut shown = String::new();
        for answer in answers {
            let mut question = Vec::new();
            output.read_until(b':', &mut question).expect("a question");
            shown += &String::from_utf8_lossy(&question);
            writeln!(input, "{answer}").expect("typed");
        }
        drop(input);
        output.read_to_string(&mut shown).expect("text");
        (script.wait().expect("an end").code(), shown)
    };
    let (code, shown) = types([PASSWORD, "seven green battles"]);
    assert_eq!(code, Some(1), "{shown}");
    assert!(shown.contains("the two passwords differ"), "{shown}");
    let (code, shown) = types([PASSWORD, PASSWORD]);
    assert_eq!(code, Some(0), "{shown}");
    assert!(!shown.contains(PASSWORD), "{shown}");
    assert!(folder.path("data/access/password").exists());
}
