//! The `pulse` command.

use std::{
    io::{Write, stderr},
    process::ExitCode,
    time::Duration,
};

use clap::Parser;
use server::{cli::Cli, telemetry};

/// Collection makes and drops many small values on several threads; the system's allocator costs a tenth of it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    telemetry::start(cli.log());
    match run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            let _ = writeln!(stderr(), "pulse: {cause:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let result = runtime.block_on(cli.run());
    // A password that is being hashed is not waited for.
    runtime.shutdown_timeout(Duration::from_millis(500));
    result
}
