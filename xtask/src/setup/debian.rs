//! Debian's packages that only measurements, fault tests and guides need.

use std::path::Path;

use anyhow::Result;

use super::apt;
use crate::{
    house::{House, on_path},
    step::Step,
};

/// Packages, and by which programs or files one sees that they are there.
pub(crate) struct Debian {
    name: &'static str,
    packages: &'static [&'static str],
    programs: &'static [&'static str],
}

impl Debian {
    /// The client and the rivals of `cargo xtask bench collector`.
    pub(crate) fn bench() -> Self {
        Self {
            name: "wrk, nginx, libeatmydata",
            packages: &["wrk", "nginx-light", "eatmydata"],
            programs: &["wrk", "nginx", "eatmydata"],
        }
    }

    /// What the recipes of the guides are typed in.
    pub(crate) fn guides() -> Self {
        Self {
            name: "jq, zstd",
            packages: &["jq", "zstd"],
            programs: &["jq", "zstd"],
        }
    }

    /// What compiles libFuzzer.
    pub(crate) fn fuzz() -> Self {
        Self {
            name: "a C++ compiler",
            packages: &["g++"],
            programs: &["c++"],
        }
    }

    /// Chinese, Japanese and Korean in 2 MB: without it their wording is measured, and photographed, as boxes.
    pub(crate) fn fonts() -> Self {
        Self {
            name: "a font for Chinese, Japanese, Korean",
            packages: &["fonts-wqy-microhei"],
            programs: &["/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"],
        }
    }

    /// The second browser; what drives it is not Debian's.
    pub(crate) fn firefox() -> Self {
        Self {
            name: "Firefox",
            packages: &["firefox-esr"],
            programs: &["firefox-esr"],
        }
    }

    /// Safari's engine, what drives it, and a screen for it: it has no mode without one.
    pub(crate) fn webkit() -> Self {
        Self {
            name: "WebKit and its driver",
            packages: &["webkit2gtk-driver", "xvfb"],
            programs: &["WebKitWebDriver", "Xvfb"],
        }
    }

    /// What `deploy/` is tried with.
    pub(crate) fn deploy() -> Self {
        Self {
            name: "nginx, Caddy, curl, systemd, authorities and time zones",
            packages: &[
                "nginx-light",
                "caddy",
                "curl",
                "systemd",
                "ca-certificates",
                "tzdata",
            ],
            programs: &[
                "nginx",
                "caddy",
                "curl",
                "systemd-analyze",
                "/etc/ssl/certs/ca-certificates.crt",
                "/usr/share/zoneinfo/Europe/Paris",
            ],
        }
    }

    /// What the fault tests start the collector through, and FUSE for whoever is not root.
    pub(crate) fn faults() -> Self {
        Self {
            name: "strace, libfaketime, FUSE, slowhttptest",
            packages: &[
                "strace",
                "faketime",
                "fuse3",
                "util-linux",
                "slowhttptest",
                "rsync",
            ],
            programs: &[
                "strace",
                "faketime",
                "fusermount3",
                "prlimit",
                "slowhttptest",
                "rsync",
            ],
        }
    }
}

impl Step for Debian {
    fn name(&self) -> String {
        self.name.into()
    }

    fn usually(&self) -> &'static str {
        "installing from Debian, usually 20 s"
    }

    fn found(&self, _: &House) -> Result<Option<String>> {
        let is_there =
            |name: &&str| on_path(name).is_some() || Path::new("/usr/sbin").join(name).is_file();
        Ok(self.programs.iter().all(is_there).then(|| "Debian".into()))
    }

    fn make(&self, _: &House) -> Result<()> {
        apt::install(self.packages)
    }

    fn remedy(&self) -> &'static str {
        "install these Debian packages, or what they hold, then run this again"
    }
}
