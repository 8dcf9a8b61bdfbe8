//! The command line.

mod announce;
mod backup;
mod database;
mod erase;
mod listeners;
mod migrate;
mod options;
mod seed;
mod serve;
mod site;

use clap::{Parser, Subcommand};

use crate::{config::Access, telemetry::LogLevel};
use backup::BackupOptions;
use erase::EraseOptions;
use options::{ServerOptions, StorageOptions};
use seed::SeedOptions;
use site::SiteOptions;

const EXAMPLES: &str = "\
Examples:
  pulse demo
      Look around: a demo site to click through and its dashboard, on this machine only, without sign-in.
  pulse serve --data /var/lib/pulse --public-url https://pulse.example
      Record your sites. The first start prints a link with which you make your account.
  pulse serve --listen 0.0.0.0:3000 --trusted-proxy 10.0.0.2 --public-url https://pulse.example
      Behind a proxy, which says in X-Forwarded-For where visitors come from.
  pulse site --data /var/lib/pulse set 1 --name shop.example --hosts shop.example --time-zone Europe/Berlin
      Name the site, say which pages may send, and in which time zone it is shown.

Each option can also be set in the environment; `pulse help serve` names the variables. PULSE_SECRET holds the secret
of the installation as 64 hex digits, instead of the file in the data folder.";

/// Records what happens in each visit to a web site and shows it as sessions.
#[derive(Debug, Parser)]
#[command(name = "pulse", version, after_help = EXAMPLES, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
    /// How much to say on stderr: off, error, warn, info, debug or trace.
    #[arg(long, global = true, env = "PULSE_LOG", value_name = "LEVEL", default_value = "info")]
    log: LogLevel,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Collect and show: the dashboard asks who you are.
    Serve(ServerOptions),
    /// The same with a demo site and without sign-in, on this machine only.
    Demo(ServerOptions),
    /// Bring the database up to date and stop. `serve` does so by itself.
    Migrate(StorageOptions),
    /// The sites that are recorded, and their settings. A server that runs takes them up within seconds.
    Site(SiteOptions),
    /// Copy the embedded database into a file, while a server runs. Keys of open sessions and salts are left out.
    Backup(BackupOptions),
    /// Erase sessions with everything that is stored of them. There is no way back.
    Erase(EraseOptions),
    /// Fill an empty database with made-up sessions, to look around or to measure.
    Seed(SeedOptions),
}

impl Cli {
    /// How much to log.
    pub fn log(&self) -> LogLevel {
        self.log
    }

    /// Does what was asked, to the end.
    ///
    /// # Errors
    /// Each is a sentence for whoever typed the command.
    pub async fn run(self) -> anyhow::Result<()> {
        match self.command {
            Command::Serve(options) => serve::serve(options.into_config(Access::Accounts)).await,
            Command::Demo(options) => serve::serve(options.into_config(Access::Demo)).await,
            Command::Migrate(options) => migrate::migrate(options).await,
            Command::Site(options) => site::site(options).await,
            Command::Backup(options) => backup::backup(options).await,
            Command::Erase(options) => erase::erase(options).await,
            Command::Seed(options) => seed::seed(options).await,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }
}
