//! The command line.

mod classified;

pub use classified::{
    ClassificationArguments, ClassifiedCommand, HandoverCommand, ItemArguments, KeyCommand,
    SealedCommand,
};

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
    /// 涉密：密钥与证书
    #[command(subcommand)]
    Key(KeyCommand),
    /// 涉密：定密、知悉范围、涉密计算机
    #[command(subcommand)]
    Classified(ClassifiedCommand),
    /// 涉密：密封包
    #[command(subcommand)]
    Sealed(SealedCommand),
    /// 涉密：移交登记
    #[command(subcommand)]
    Handover(HandoverCommand),
    /// 操作记录
    #[command(subcommand)]
    Audit(AuditCommand),
    /// 回收站
    #[command(subcommand)]
    Bin(BinCommand),
    /// 查找成果：名称、内容、单位、人员、编号、佐证材料，可用拼音
    Search {
        /// 要找的字
        text: String,
    },
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
    /// 检查保管库是否完好
    Check,
    /// 备份到一个文件夹里
    Backup {
        /// 文件夹
        folder: PathBuf,
    },
    /// 从备份恢复到一个新文件；--vault 给出新文件
    Restore {
        /// 备份文件夹
        folder: PathBuf,
        /// 替换已有的保管库；原来的改名保留
        #[arg(long)]
        replace: bool,
    },
    /// 只读打开损坏的保管库，把能读的内容写到文件夹里
    Rescue {
        /// 写到哪个文件夹里
        #[arg(short, long)]
        output: PathBuf,
    },
    /// 打印恢复单（PDF），上一张随即作废
    RecoverySheet {
        /// 写到哪里
        #[arg(short, long)]
        output: PathBuf,
    },
    /// 凭恢复单给系统管理员设新密码
    Recover {
        /// 存有恢复码的文件
        #[arg(long)]
        code_file: PathBuf,
    },
}

/// People.
#[derive(Debug, Subcommand)]
pub enum AccountCommand {
    /// 添加人员
    Add {
        /// 姓名
        name: String,
        /// preparer 填报人、unit-reviewer 单位审核人、system-administrator 系统管理员、
        /// security-officer 安全保密员、auditor 安全审计员；涉密保管库还有
        /// classification-officer 定密责任人、results-officer 涉密成果专管员；可给多个
        #[arg(long, required = true)]
        role: Vec<String>,
        /// 存有新人员密码的文件；不给时从标准输入读
        #[arg(long)]
        new_passphrase_file: Option<PathBuf>,
        /// 密码是别人替他设的，第一次打开时必须更换
        #[arg(long)]
        temporary: bool,
    },
    /// 列表
    List,
    /// 调整角色
    Roles {
        /// 姓名
        name: String,
        /// 角色，可给多个
        #[arg(long, required = true)]
        role: Vec<String>,
    },
    /// 停用
    Disable {
        /// 姓名
        name: String,
    },
    /// 更换自己的密码
    Passphrase {
        /// 存有新密码的文件
        #[arg(long)]
        new_passphrase_file: PathBuf,
    },
    /// 系统管理员和安全保密员一起给别人重设密码
    Reset {
        /// 姓名
        name: String,
        /// 存有新密码的文件
        #[arg(long)]
        new_passphrase_file: PathBuf,
        /// 安全保密员的姓名
        #[arg(long)]
        officer: String,
        /// 存有安全保密员密码的文件
        #[arg(long)]
        officer_passphrase_file: PathBuf,
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
    /// 放入回收站
    Discard(Id),
    /// 比较两次送审；不给 --to 时与现在填的内容比较
    Diff {
        /// 成果
        #[command(flatten)]
        id: Id,
        /// 第几次送审
        #[arg(long)]
        from: u32,
        /// 第几次送审
        #[arg(long)]
        to: Option<u32>,
    },
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
    /// 放入回收站
    Remove {
        /// 成果编号
        id: String,
        /// 材料编号
        evidence: String,
    },
    /// 用扫描仪扫成一个 PDF 加入；不写 --scanner 时列出扫描仪
    Scan {
        /// 成果编号
        id: String,
        /// 扫描仪
        #[arg(long)]
        scanner: Option<String>,
        /// 从自动进纸器扫
        #[arg(long)]
        feeder: bool,
        /// 清晰度
        #[arg(long, default_value_t = 200)]
        resolution: u16,
        /// 材料名称
        #[arg(long, default_value = "扫描件")]
        title: String,
        /// 证明什么
        #[arg(long)]
        claim: Vec<String>,
    },
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
        /// 需要修改什么；不写时按批注和核对结果起草
        #[arg(long)]
        reason: Option<String>,
    },
    /// 主管部门对收到的成果提出审核意见
    Rule {
        /// 成果编号
        id: String,
        /// recommend 推荐、hold 暂留、return 退回修改、veto 一票否决
        #[arg(long)]
        kind: String,
        /// 一票否决的依据：green_threshold、administrative_penalty、rights_dispute
        #[arg(long)]
        ground: Option<String>,
        /// 理由；退回不写时按批注和核对结果起草
        #[arg(long)]
        reason: Option<String>,
    },
    /// 看批注和核对结果
    Show(Id),
    /// 写批注
    Mark(MarkArguments),
    /// 删去自己的批注
    Unmark {
        /// 成果编号
        id: String,
        /// 批注编号
        mark: String,
    },
    /// 在自己的批注里找
    Find {
        /// 找什么
        words: String,
    },
    /// 核对一项：proved、not_proved、unclear；不写是取消
    Tick {
        /// 成果编号
        id: String,
        /// 哪一项
        claim: String,
        /// 结果
        verdict: Option<String>,
    },
    /// 填报人答复退回的批注
    Answer {
        /// 成果编号
        id: String,
        /// 批注编号
        mark: String,
        /// 怎么改的
        #[arg(long)]
        words: String,
    },
}

/// A mark: at a field, a claim, or a page of a piece of evidence.
#[derive(Debug, Args)]
pub struct MarkArguments {
    /// 成果编号
    pub id: String,
    /// 写什么
    #[arg(long)]
    pub words: String,
    /// 栏目，例如 name、rights[0].number
    #[arg(long)]
    pub field: Option<String>,
    /// 哪一项要证明的内容
    #[arg(long, conflicts_with = "field")]
    pub claim: Option<String>,
    /// 材料编号
    #[arg(long, conflicts_with_all = ["field", "claim"])]
    pub evidence: Option<String>,
    /// 材料的第几页
    #[arg(long, default_value_t = 1)]
    pub page: u32,
    /// 只给自己看
    #[arg(long)]
    pub private: bool,
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
    /// 核验并收下别的单位交来的成果包
    Receive {
        /// 文件
        files: Vec<PathBuf>,
        /// 涉密保管库：确认普通成果包收进去以后不能再取出来
        #[arg(long)]
        into_classified: bool,
    },
    /// 收到的成果包，和没有收下的
    Received,
    /// 移除收到的成果包
    LetGo {
        /// 成果包编号
        package: String,
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

/// The recycle bin.
#[derive(Debug, Subcommand)]
pub enum BinCommand {
    /// 列表
    List,
    /// 取回
    Restore {
        /// 成果编号
        id: String,
        /// 材料编号；不给时取回整项成果
        evidence: Option<String>,
    },
    /// 彻底删除
    Purge {
        /// 成果编号
        id: String,
        /// 材料编号；不给时删除整项成果
        evidence: Option<String>,
    },
}
