//! Debian's packages, as root or through sudo.

use std::process::Command;

use anyhow::{Result, bail};

use crate::{child, house::on_path};

/// Installs packages; the package lists are brought up to date first.
pub(super) fn install(packages: &[&str]) -> Result<()> {
    if on_path("apt-get").is_none() {
        bail!(
            "there is no `apt-get` here to install {}",
            packages.join(", ")
        );
    }
    child::run(apt_get()?.arg("update"))?;
    child::run(
        apt_get()?
            .args(["install", "--yes", "--no-install-recommends"])
            .args(packages),
    )
}

fn apt_get() -> Result<Command> {
    let mut command = if child::read(Command::new("id").arg("-u"))? == "0" {
        Command::new("apt-get")
    } else {
        let mut sudo = Command::new("sudo");
        sudo.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        sudo
    };
    command
        .env("DEBIAN_FRONTEND", "noninteractive")
        .args(["--quiet=2", "--option=Dpkg::Use-Pty=0"]);
    Ok(command)
}
