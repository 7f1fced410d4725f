//! What a page gets from a real collector: the surveys of a site with five live ones.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, ChildStderr, Command, Stdio},
};

use anyhow::{Context, Result, bail, ensure};

use crate::{child, house::House};

/// Five live surveys such as a shop has, and the site they belong to.
const SETTINGS: &str = "xtask/budget/hark.toml";

/// The bytes of `GET /v1/sites/demo/surveys`, gzip, which every browser takes, headers not counted.
pub(super) fn surveys(house: &House) -> Result<u64> {
    let data = house.target().join("budget");
    let mut hark = Command::new(house.collector());
    hark.current_dir(&house.root)
        .args([
            "serve",
            "--config",
            SETTINGS,
            "--listen",
            "127.0.0.1:0",
            "--data",
        ])
        .arg(data)
        .stderr(Stdio::piped());
    let mut running = hark.spawn().with_context(|| child::unstartable(&hark))?;
    let mut talk = talk_of(&mut running)?;
    let measured = address(&mut talk).and_then(|address| body_bytes(&address));
    running.kill()?;
    running.wait()?;
    measured
}

fn talk_of(running: &mut Child) -> Result<BufReader<ChildStderr>> {
    let stderr = running.stderr.take();
    Ok(BufReader::new(
        stderr.context("the collector has no stderr")?,
    ))
}

/// Where it listens, as it says itself.
fn address(talk: impl BufRead) -> Result<String> {
    let mut said = String::new();
    for line in talk.lines() {
        let line = line?;
        if let Some((_, rest)) = line.split_once("http://") {
            let end = rest.find(|c: char| !(c.is_ascii_digit() || ".:".contains(c)));
            return Ok(rest[..end.unwrap_or(rest.len())].to_owned());
        }
        said = format!("{said}\n  {line}");
    }
    bail!("the collector ended before it listened; it said:{said}")
}

/// Asked as HTTP/1.0, so that the body is what follows the head, to the end.
fn body_bytes(address: &str) -> Result<u64> {
    let mut connection = TcpStream::connect(address)?;
    let request = format!(
        "GET /v1/sites/demo/surveys?locale=en HTTP/1.0\r\nHost: {address}\r\nAccept-Encoding: gzip\r\n\r\n"
    );
    connection.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    connection.read_to_end(&mut answer)?;
    let length = body_length(&answer)?;
    Ok(u64::try_from(length)?)
}

fn body_length(answer: &[u8]) -> Result<usize> {
    let end = answer
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .context("the collector's answer has no end of its head")?;
    let head = String::from_utf8_lossy(&answer[..end]).to_lowercase();
    ensure!(
        head.contains(" 200 ") && head.contains("content-encoding: gzip"),
        "the collector sends no surveys, or not as gzip:\n{head}"
    );
    Ok(answer.len() - end - 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_body_is_counted() {
        let answer = b"HTTP/1.0 200 OK\r\nContent-Encoding: gzip\r\n\r\nabc";
        assert_eq!(body_length(answer).unwrap(), 3);
    }

    #[test]
    fn an_uncompressed_answer_is_not_measured() {
        let answer = b"HTTP/1.0 200 OK\r\n\r\nabc";
        assert!(body_length(answer).is_err());
    }
}
