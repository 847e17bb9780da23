//! The command line. `unit add`, `authority add`, `account add` and `package list` are two words each.

use clap::{Parser, Subcommand};
use std::{net::SocketAddr, path::PathBuf};

/// 征集接收端（参考实现）。
#[derive(Debug, Parser)]
#[command(name = "luguo-endpoint", version)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 启动服务
    Serve {
        /// 数据文件夹
        #[arg(long)]
        data: PathBuf,
        /// 监听地址
        #[arg(long, default_value = "127.0.0.1:0")]
        listen: SocketAddr,
        /// 登录有效时间（分钟）
        #[arg(long, default_value_t = 480)]
        token_minutes: u32,
    },
    /// 单位
    #[command(subcommand)]
    Unit(Unit),
    /// 主管部门
    #[command(subcommand)]
    Authority(Authority),
    /// 账号
    #[command(subcommand)]
    Account(Account),
    /// 成果包
    #[command(subcommand)]
    Package(Package),
}

/// Units.
#[derive(Debug, Subcommand)]
pub enum Unit {
    /// 登记单位
    Add {
        /// 数据文件夹
        #[arg(long)]
        data: PathBuf,
        /// 单位名称
        #[arg(long)]
        name: String,
        /// 市科技局代码
        #[arg(long, default_value = "")]
        city: String,
        /// 直报单位
        #[arg(long)]
        direct_reporting: bool,
    },
}

/// Authorities.
#[derive(Debug, Subcommand)]
pub enum Authority {
    /// 登记主管部门，打印它的名称
    Add {
        /// 数据文件夹
        #[arg(long)]
        data: PathBuf,
        /// 市科技局代码，如 370200；不给就是省科技厅
        #[arg(long)]
        city: Option<String>,
    },
}

/// Accounts.
#[derive(Debug, Subcommand)]
pub enum Account {
    /// 开设账号
    Add {
        /// 数据文件夹
        #[arg(long)]
        data: PathBuf,
        /// 单位名称
        #[arg(long)]
        unit: String,
        /// 账号
        #[arg(long)]
        account: String,
        /// 存有密码的文件
        #[arg(long)]
        password_file: PathBuf,
    },
}

/// Packages.
#[derive(Debug, Subcommand)]
pub enum Package {
    /// 列出成果包（JSON）
    List {
        /// 数据文件夹
        #[arg(long)]
        data: PathBuf,
        /// 以 JSON 输出（目前总是如此）
        #[arg(long)]
        json: bool,
    },
}
