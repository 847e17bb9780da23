//! The classified edition's first act: taking the network away from itself, then trying to reach
//! it, and refusing to run where that succeeds.
//!
//! On Linux a seccomp filter makes it impossible for this process and for every process that it
//! starts, the web view's among them. Other systems have no such switch: there the program has
//! nothing that connects, which is less, and nothing here says otherwise.

#[cfg(target_os = "linux")]
mod filter;
#[cfg(target_os = "linux")]
mod self_test;

#[cfg(feature = "classified")]
pub(crate) use enforced::{enforce, tell};

/// Exit code of a refusal to start: the machine's configuration is at fault (`EX_CONFIG`).
#[cfg(feature = "classified")]
pub(crate) const REFUSED: u8 = 78;

/// Why the classified edition does not start.
#[cfg(feature = "classified")]
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refusal {
    /// The kernel does not take the filter.
    #[cfg(target_os = "linux")]
    #[error("{0}")]
    NoFilter(#[from] filter::Fault),
    /// What must be impossible succeeded.
    #[cfg(target_os = "linux")]
    #[error(
        "断网自检没有通过：{0}。请联系系统管理员，内核须支持 seccomp 过滤，启动本程序的环境不得带入网络连接"
    )]
    Reachable(String),
}

#[cfg(all(feature = "classified", target_os = "linux"))]
mod enforced {
    use super::{Refusal, filter, self_test};
    use crate::switches::{Filter, Switches};

    /// Installs the filter and tries it. Called before any thread, toolkit or web view exists.
    ///
    /// # Errors
    /// [`Refusal`] where the network could be reached.
    pub(crate) fn enforce(switches: &Switches) -> Result<(), Refusal> {
        match switches.filter {
            Filter::Installed => filter::install()?,
            #[cfg(debug_assertions)]
            Filter::Forgotten => {}
            #[cfg(debug_assertions)]
            Filter::Off => return Ok(()),
        }
        let open: Vec<_> = self_test::trials()
            .into_iter()
            .filter(|trial| !trial.held)
            .map(|trial| trial.what)
            .collect();
        if open.is_empty() {
            Ok(())
        } else {
            Err(Refusal::Reachable(open.join("、")))
        }
    }

    /// What the self-test tried, one line each: for a person who asked with `--self-test`.
    pub(crate) fn tell() -> String {
        self_test::trials()
            .iter()
            .map(|trial| {
                let verdict = if trial.held { "通过" } else { "没有通过" };
                format!("{verdict}　{}\n", trial.name)
            })
            .collect()
    }
}

#[cfg(all(feature = "classified", not(target_os = "linux")))]
mod enforced {
    use super::Refusal;
    use crate::switches::Switches;

    /// Nothing to install: this system has no switch that would take the network away.
    ///
    /// # Errors
    /// Never here.
    pub(crate) fn enforce(_: &Switches) -> Result<(), Refusal> {
        Ok(())
    }

    /// What a person is told who asks for the self-test here.
    pub(crate) fn tell() -> String {
        "本系统没有可以让程序断开网络的开关。本程序自身不连接网络；是否联网须由本机的网络设置和防火墙保证。\n".to_owned()
    }
}
