//! `luguo-endpoint`: serve, and the few commands that set it up.

use clap::Parser as _;
use luguo_endpoint::{
    Account, Arguments, Authority, Command, Package, ServerConfig, Unit, add_account,
    add_authority, add_unit, packages_as_json, start,
};
use std::io::Write as _;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    match Arguments::parse().command {
        Command::Serve {
            data,
            listen,
            token_minutes,
        } => {
            let server = start(ServerConfig {
                data,
                listen,
                token_minutes,
            })
            .await?;
            say(&format!("listening on http://{}", server.address()))?;
            server.wait().await
        }
        Command::Unit(Unit::Add {
            data,
            name,
            city,
            direct_reporting,
        }) => add_unit(&data, &name, &city, direct_reporting),
        Command::Authority(Authority::Add { data, city }) => {
            say(&add_authority(&data, city.as_deref())?)
        }
        Command::Account(Account::Add {
            data,
            unit,
            account,
            password_file,
        }) => add_account(&data, &unit, &account, &password_file),
        Command::Package(Package::List { data, json: _ }) => {
            say(&packages_as_json(&data)?.to_string())
        }
    }
}

fn say(line: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout();
    writeln!(out, "{line}")?;
    Ok(out.flush()?)
}
