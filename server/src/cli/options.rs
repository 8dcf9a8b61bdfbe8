//! What can be said on the command line, and the configuration that it makes.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
};

use clap::Args;
use ipnet::IpNet;

use crate::{
    config::{Access, Config, CountryDatabase, DataFolder, DatabaseUrl, Network, PublicUrl, SecretSource, parse_proxy},
    store::database::Database,
};

const DATA: &str = "./data";
/// Within the other, but a database of its own: a demo never mixes with a real installation.
const DEMO_DATA: &str = "./data/demo";
const DEMO_SITE: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 3001);

/// Where things are kept.
#[derive(Debug, Args)]
pub(super) struct StorageOptions {
    /// Folder for the database and the secret, made if missing [default: ./data, for demo ./data/demo].
    #[arg(long, env = "PULSE_DATA", value_name = "DIR")]
    data: Option<PathBuf>,
    /// Database, as postgres://USER:PASSWORD@HOST/NAME [default: an SQLite file in the data folder].
    #[arg(long, visible_alias = "database", env = "PULSE_DATABASE_URL", value_name = "URL", hide_env_values = true)]
    database_url: Option<String>,
}

impl StorageOptions {
    /// The folder and the database in it.
    pub(super) fn into_parts(self, access: Access) -> (DataFolder, DatabaseUrl) {
        let usual = if access == Access::Demo { DEMO_DATA } else { DATA };
        let data = DataFolder::at(self.data.unwrap_or_else(|| usual.into()));
        let database = self.database_url.unwrap_or_else(|| Database::embedded_url(data.path()));
        (data, DatabaseUrl(database))
    }
}

/// Everything that `serve` and `demo` take.
#[derive(Debug, Args)]
pub(super) struct ServerOptions {
    #[command(flatten)]
    storage: StorageOptions,
    /// Address of the dashboard and of collection.
    #[arg(long, env = "PULSE_LISTEN", value_name = "ADDR", default_value = "127.0.0.1:3000")]
    listen: SocketAddr,
    /// The origin that browsers use, and that sites load the tracker from [default: http:// and the address above].
    #[arg(long, env = "PULSE_PUBLIC_URL", value_name = "URL")]
    public_url: Option<PublicUrl>,
    /// Proxy whose X-Forwarded-For is believed, or a network of them; repeat it, or separate several by commas.
    #[arg(long = "trusted-proxy", env = "PULSE_TRUSTED_PROXIES", value_name = "IP", value_delimiter = ',',
          value_parser = parse_proxy)]
    trusted_proxies: Vec<IpNet>,
    /// MaxMind database that turns an address into a country [default: country.mmdb in the data folder, if there].
    #[arg(long, env = "PULSE_COUNTRY_DATABASE", value_name = "FILE")]
    country_database: Option<PathBuf>,
    /// Address of the demo site [default for demo: 127.0.0.1:3001, for serve: not served].
    #[arg(long, env = "PULSE_DEMO_LISTEN", value_name = "ADDR")]
    demo_listen: Option<SocketAddr>,
    /// Address of the figures for Prometheus, under /metrics [default: not served]. They name no site and no visitor.
    #[arg(long, env = "PULSE_METRICS_LISTEN", value_name = "ADDR")]
    metrics_listen: Option<SocketAddr>,
}

impl ServerOptions {
    pub(super) fn into_config(self, access: Access) -> Config {
        let (data, database) = self.storage.into_parts(access);
        let usual_demo_site = (access == Access::Demo).then_some(DEMO_SITE);
        Config {
            access,
            // No option: a command line can be read by every user of the machine.
            secret: SecretSource::new(std::env::var("PULSE_SECRET").ok(), data.path()),
            country: CountryDatabase::find(self.country_database, data.path()),
            network: Network {
                listen: self.listen,
                demo_listen: self.demo_listen.or(usual_demo_site),
                metrics_listen: self.metrics_listen,
                public_url: self.public_url,
                trusted_proxies: self.trusted_proxies,
            },
            data,
            database,
        }
    }
}
