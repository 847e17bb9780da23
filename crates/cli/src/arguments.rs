//! The command line.

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// 鲁果命令行：与窗口程序同样的功能。
#[derive(Debug, Parser)]
#[command(name = "luguoctl", version)]
pub struct Arguments {
    /// 保管库文件
    #[arg(long, env = "LUGUO_VAULT", global = true)]
    pub vault: Option<PathBuf>,
    /// 姓名
    #[arg(long, env = "LUGUO_USER", global = true)]
    pub user: Option<String>,
    /// 存有密码的文件（第一行）
    #[arg(long, env = "LUGUO_PASSPHRASE_FILE", global = true)]
    pub passphrase_file: Option<PathBuf>,
    /// 以 JSON 输出
    #[arg(long, global = true)]
    pub json: bool,
    /// 做什么
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 保管库
    #[command(subcommand)]
    Vault(VaultCommand),
    /// 人员
    #[command(subcommand)]
    Account(AccountCommand),
    /// 征集表
    #[command(subcommand)]
    Declaration(DeclarationCommand),
    /// 佐证材料
    #[command(subcommand)]
    Evidence(EvidenceCommand),
    /// 单位审核
    #[command(subcommand)]
    Review(ReviewCommand),
    /// 成果包
    #[command(subcommand)]
    Package(PackageCommand),
    /// 传输
    #[cfg(feature = "network")]
    #[command(subcommand)]
    Sync(SyncCommand),
    /// 操作记录
    #[command(subcommand)]
    Audit(AuditCommand),
}

/// Vaults.
#[derive(Debug, Subcommand)]
pub enum VaultCommand {
    /// 建立保管库
    Create {
        /// 保管库文件
        path: PathBuf,
        /// 单位名称
        #[arg(long)]
        unit: String,
        /// 市科技局代码（GB/T 2260）
        #[arg(long, default_value = "")]
        city: String,
        /// 直报单位
        #[arg(long)]
        direct_reporting: bool,
    },
}

/// People.
#[derive(Debug, Subcommand)]
pub enum AccountCommand {
    /// 添加人员
    Add {
        /// 姓名
        name: String,
        /// preparer（填报人）或 unit-reviewer（单位审核人）
        #[arg(long)]
        role: String,
        /// 存有新人员密码的文件；不给时从标准输入读
        #[arg(long)]
        new_passphrase_file: Option<PathBuf>,
    },
}

/// Forms.
#[derive(Debug, Subcommand)]
pub enum DeclarationCommand {
    /// 导入 JSON 文件
    Import {
        /// 文件
        file: PathBuf,
    },
    /// 列表
    List,
    /// 查看
    Show(Id),
    /// 按规则检查
    Check(Id),
    /// 为核实性问题写理由
    Answer {
        /// 成果
        #[command(flatten)]
        id: Id,
        /// 规则代码
        #[arg(long)]
        code: String,
        /// 字段
        #[arg(long)]
        path: String,
        /// 理由
        #[arg(long)]
        reason: String,
    },
    /// 到省级平台查重（只送出名称和编号的摘要）
    #[cfg(feature = "network")]
    Elsewhere(Id),
    /// 送单位审核
    Submit(Id),
}

/// Names a declaration.
#[derive(Debug, Args)]
pub struct Id {
    /// 成果编号
    pub id: String,
}

/// Evidence.
#[derive(Debug, Subcommand)]
pub enum EvidenceCommand {
    /// 加入
    Add {
        /// 成果编号
        id: String,
        /// 文件
        file: PathBuf,
        /// 证明什么：right:N、project:N、category、publicity、ownership、commitment、summary、prize
        #[arg(long)]
        claim: Vec<String>,
    },
    /// 列表
    List(Id),
    /// 取出
    Extract {
        /// 成果编号
        id: String,
        /// 材料编号
        evidence: String,
        /// 写到哪里
        #[arg(short, long)]
        output: PathBuf,
    },
}

/// The unit's review.
#[derive(Debug, Subcommand)]
pub enum ReviewCommand {
    /// 审核通过
    Approve(Id),
    /// 退回修改
    Return {
        /// 成果编号
        id: String,
        /// 需要修改什么
        #[arg(long)]
        reason: String,
    },
}

/// Packages.
#[derive(Debug, Subcommand)]
pub enum PackageCommand {
    /// 导出
    Export {
        /// 成果编号
        id: String,
        /// 写到哪里
        #[arg(short, long)]
        output: PathBuf,
    },
    /// 核验
    Verify {
        /// 文件
        file: PathBuf,
    },
}

/// The outbox.
#[cfg(feature = "network")]
#[derive(Debug, Subcommand)]
pub enum SyncCommand {
    /// 登录接收端
    Login {
        /// 接收端地址
        #[arg(long)]
        endpoint: String,
        /// 账号
        #[arg(long)]
        account: String,
        /// 存有密码的文件
        #[arg(long)]
        password_file: PathBuf,
    },
    /// 送出所有可送的成果包
    Run,
    /// 传输情况
    Status,
}

/// The audit chain.
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// 核验操作记录
    Verify,
    /// 导出全部操作记录（JSON Lines）
    Export {
        /// 写到哪里
        #[arg(short, long)]
        output: PathBuf,
    },
}
