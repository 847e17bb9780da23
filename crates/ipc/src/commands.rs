//! The list of commands.

use crate::{
    failure::{Failure, FailureCode},
    views::*,
};
use serde::{Serialize, de::DeserializeOwned};

commands! {
    /// What both editions can do.
    trait CoreCommands; dispatch dispatch_core; list core_list; visit visit_core;

    /// Tells edition, open vault, person and what the window needs at its start.
    app_status: Nothing => AppStatusView;
    /// Lists the form's 22 fields with label, hint, clause and options.
    form_catalogue: Nothing => Vec<FormFieldView>;
    /// Lists the help for every place of the form, entries of groups included.
    form_help: Nothing => Vec<FieldHelpView>;

    /// Makes a vault with its first person and unit, and opens it.
    vault_create: VaultCreateRequest => AppStatusView;
    /// Opens a vault with a person's passphrase.
    vault_unlock: VaultUnlockRequest => AppStatusView;
    /// Opens a vault with the code of its recovery sheet and a new passphrase.
    vault_recover: VaultRecoverRequest => AppStatusView;
    /// Closes the vault.
    vault_lock: Nothing => AppStatusView;
    /// Reads all of the vault and tells whether everything is whole.
    vault_check: Nothing => VaultCheckView;
    /// Begins a backup; ask `job_status` how far it is.
    backup_make: BackupMakeRequest => JobView;
    /// Begins bringing a backup back; ask `job_status` how far it is.
    backup_restore: BackupRestoreRequest => JobView;
    /// Opens a damaged vault for reading alone and tells what is readable.
    rescue_show: VaultUnlockRequest => RescueView;
    /// Writes what is readable of the damaged vault into a folder.
    rescue_write: FolderRequest => RescueWrittenView;
    /// Changes one's own passphrase.
    passphrase_change: PassphraseChangeRequest => AppStatusView;
    /// Changes the rules for passphrases, idle lock and backups.
    policy_save: PolicyRequest => AppStatusView;
    /// Writes a new recovery sheet as a PDF; the one before is void.
    recovery_write: PlaceRequest => FileWrittenView;

    /// Lists the people of the vault.
    account_list: Nothing => Vec<AccountView>;
    /// Adds a person with a first passphrase.
    account_add: AccountAddRequest => AccountView;
    /// Gives a person other roles.
    account_roles: AccountRolesRequest => Vec<AccountView>;
    /// Keeps a person from opening the vault.
    account_disable: AccountRequest => Vec<AccountView>;
    /// Gives a person a passphrase to be changed at once; an administrator and a security officer.
    account_reset: AccountResetRequest => Vec<AccountView>;
    /// Changes what the vault knows of its own unit.
    unit_save: UnitProfile => UnitProfile;

    /// Lists the declarations that the person may see, newest change first.
    declaration_list: Nothing => Vec<DeclarationRowView>;
    /// Begins a declaration with the answer to 是否涉密.
    declaration_create: DeclarationCreateRequest => DeclarationView;
    /// Takes a declaration in from a JSON file.
    declaration_import: DeclarationImportRequest => DeclarationView;
    /// Begins a declaration with parts of an earlier one.
    declaration_copy: DeclarationCopyRequest => DeclarationView;
    /// Writes a form as a JSON file, for another vault or for keeping.
    declaration_export: DeclarationExportRequest => FileWrittenView;
    /// Shows two declarations field by field.
    declaration_compare: DeclarationPairRequest => CompareView;
    /// Makes one declaration of two; evidence comes along, the other is no longer listed.
    declaration_merge: DeclarationPairRequest => DeclarationView;
    /// Shows one declaration with its findings, evidence, claims and history.
    declaration_show: DeclarationRequest => DeclarationView;
    /// Stores the typing; never refused for its content.
    declaration_save: DeclarationSaveRequest => DeclarationSavedView;
    /// Hands it to the unit's reviewer as an immutable revision.
    declaration_submit: DeclarationRequest => DeclarationView;
    /// Takes it back before the reviewer decided.
    declaration_withdraw: DeclarationRequest => DeclarationView;

    /// Puts one's own draft into the recycle bin.
    declaration_discard: DeclarationRequest => BinView;
    /// Shows what lies in one's own recycle bin.
    bin_show: Nothing => BinView;
    /// Takes something back from the recycle bin.
    bin_restore: BinRequest => BinView;
    /// Removes something from the recycle bin for good.
    bin_purge: BinRequest => BinView;
    /// Shows what changed between two states of a declaration.
    revision_compare: RevisionCompareRequest => RevisionCompareView;
    /// Finds declarations by words, numbers, people, pinyin and filters.
    search: SearchRequest => SearchView;

    /// Tells what is due: the 10th, what came back, what waits, windows that close.
    today_show: Nothing => TodayView;

    /// Looks into the address book.
    address_list: AddressQuery => AddressBookView;
    /// Writes a unit into the address book.
    address_save_unit: AddressUnitRequest => AddressBookView;
    /// Writes a person into the address book.
    address_save_person: AddressPersonRequest => AddressBookView;
    /// Shows one entry with everything, to fill a form with or to change.
    address_show: AddressRequest => AddressEntryView;
    /// Erases an entry; a person whom a submitted revision names stays.
    address_remove: AddressRequest => AddressBookView;
    /// Writes what the vault knows of a person as a JSON file.
    address_export: AddressExportRequest => FileWrittenView;

    /// Opens the system's file dialog; the answer names files by token, never by path.
    file_pick: FilePickRequest => Vec<PickedFileView>;
    /// Takes bytes from the clipboard as a file.
    file_put: FilePutRequest => PickedFileView;
    /// Opens the system's save dialog.
    place_pick: PlacePickRequest => Option<PickedFileView>;

    /// Opens the system's folder dialog.
    folder_pick: FolderPickRequest => Option<PickedFileView>;

    /// Lists files whose import was interrupted by closing the program.
    evidence_pending: Nothing => PendingImportsView;
    /// Goes on with the interrupted import.
    evidence_resume: Nothing => JobView;
    /// Forgets the interrupted import; the files stay where they are.
    evidence_forget: Nothing => PendingImportsView;
    /// Begins the import of files as evidence; ask `job_status` how far it is.
    evidence_add: EvidenceAddRequest => JobView;
    /// Changes title and claims of a piece of evidence.
    evidence_edit: EvidenceEditRequest => DeclarationView;
    /// Puts the pieces of evidence into an order.
    evidence_order: EvidenceOrderRequest => DeclarationView;
    /// Begins putting another file into the place of a piece; the earlier one is kept.
    evidence_replace: EvidenceReplaceRequest => JobView;
    /// Lists what a piece of evidence can be.
    evidence_kinds: Nothing => Vec<OptionView>;
    /// Takes a piece of evidence off a draft.
    evidence_remove: EvidenceRequest => DeclarationView;
    /// Writes a piece of evidence to a place that the person picked.
    evidence_extract: EvidenceExtractRequest => FileWrittenView;
    /// Writes all evidence into a new folder, under names that a person can read.
    evidence_extract_all: EvidenceExtractAllRequest => EvidenceExtractedView;

    /// Lists scanners that answer now.
    scan_devices: Nothing => ScannersView;
    /// Begins to scan; each page is in the vault as soon as it is there.
    scan_begin: ScanBeginRequest => JobView;
    /// Shows the pages that wait to become one PDF, and what came into the watched folder.
    scan_show: DeclarationRequest => ScanTrayView;
    /// Takes pictures in as pages.
    scan_put: ScanPutRequest => ScanTrayView;
    /// Gives the picture of a page.
    scan_picture: ScanPictureRequest => ScanPictureView;
    /// Turns and crops a page.
    scan_edit: ScanEditRequest => ScanTrayView;
    /// Puts the pages into an order.
    scan_order: ScanOrderRequest => ScanTrayView;
    /// Removes a page.
    scan_remove: ScanPageRequest => ScanTrayView;
    /// Makes one PDF of the pages and begins its import as evidence.
    scan_finish: ScanFinishRequest => JobView;
    /// Removes all pages: they are evidence now, or nobody wants them.
    scan_clear: DeclarationRequest => ScanTrayView;
    /// Watches a folder for what an office scanner writes.
    scan_watch: ScanWatchRequest => ScanTrayView;

    /// Opens the content of a piece of evidence for showing it; the host serves its bytes.
    content_open: ContentOpenRequest => ContentView;
    /// Closes it.
    content_close: ContentRequest => Nothing;
    /// Reads the sheets of an opened workbook.
    content_workbook: ContentRequest => WorkbookView;
    /// Lists an opened archive.
    content_archive: ContentRequest => ArchiveView;
    /// Remembers where the person is in a content.
    content_place: ContentPlaceRequest => Nothing;

    /// Shows marks and ticks on a declaration.
    reading_show: DeclarationRequest => ReadingView;
    /// Makes or changes one's own mark.
    mark_save: MarkSaveRequest => ReadingView;
    /// Removes one's own mark.
    mark_remove: MarkRequest => ReadingView;
    /// Says what one did about a mark of the last return.
    mark_answer: MarkAnswerRequest => ReadingView;
    /// Looks for words in one's own marks on all declarations.
    mark_find: MarkFindRequest => Vec<MarkHitView>;
    /// Says what one found about a claim.
    tick_set: TickRequest => ReadingView;

    /// Writes the empty fill-in template for teams that collect offline.
    template_write: TemplateWriteRequest => FileWrittenView;
    /// Reads a filled template and tells every cell at fault; stores nothing.
    template_read: TemplateReadRequest => TemplateView;
    /// Takes the chosen sheets of a filled template in.
    template_import: TemplateImportRequest => TemplateImportedView;

    /// Shows one page of what would be printed.
    document_page: DocumentPageRequest => DocumentPageView;
    /// Writes a document as a PDF.
    document_write: DocumentWriteRequest => FileWrittenView;

    /// Shows annex 2 of a month and annex 3.
    annex_show: AnnexRequest => AnnexView;
    /// Keeps the officers of annex 3.
    liaison_save: LiaisonSaveRequest => AnnexView;
    /// Writes annex 2 or 3 as a PDF or a workbook.
    annex_write: AnnexWriteRequest => FileWrittenView;

    /// Tells how far a job is.
    job_status: JobRequest => JobView;
    /// Lets a job stand still.
    job_pause: JobRequest => JobView;
    /// Lets it go on.
    job_resume: JobRequest => JobView;
    /// Stops a job; what was not finished leaves no trace.
    job_cancel: JobRequest => JobView;

    /// Approves the submitted revision; never by its preparer.
    review_approve: ReviewApproveRequest => DeclarationView;
    /// Returns the submitted revision with a reason.
    review_return: ReviewReturnRequest => DeclarationView;

    /// Rules on a received revision; handed in as soon as the endpoint can be reached, or sealed.
    ruling_make: RulingRequest => DeclarationView;
    /// Writes an approved revision as a package file.
    package_export: PackageExportRequest => FileWrittenView;
    /// Verifies a package file and names each damaged, missing or extra file.
    package_verify: PackageVerifyRequest => PackageReportView;

    /// Lists packages that came from outside, and those that were refused.
    received_list: Nothing => ReceivedListView;
    /// Begins to verify package files and take them in.
    received_take: ReceivedTakeRequest => JobView;
    /// Lets go of a package, or of the note of a refused one.
    received_let_go: ReceivedGoRequest => ReceivedListView;

    /// Verifies the audit chain from its first record.
    audit_verify: Nothing => AuditReportView;
    /// Shows the newest records of the audit chain.
    audit_list: AuditListRequest => Vec<AuditRecordView>;
    /// Writes every record as JSON Lines.
    audit_export: AuditExportRequest => FileWrittenView;
}

commands! {
    /// What only the open edition can do.
    trait NetworkCommands; dispatch dispatch_network; list network_list; visit visit_network;

    /// Shows the sync centre: sign-in, connection, each package's step and why it waits.
    sync_status: Nothing => SyncStatusView;
    /// Signs in at the endpoint; pins its certificate at the first time.
    sync_login: SyncLoginRequest => SyncStatusView;
    /// Forgets the sign-in; touches no local work.
    sync_logout: Nothing => SyncStatusView;
    /// Asks the outbox to try now.
    sync_now: Nothing => SyncStatusView;
    /// Reminds the person on the desktop of what is due, in numbers; quiet when nothing is.
    today_remind: Nothing => RemindedView;
    /// Asks the endpoint for achievements that may be the same one; sends digests alone.
    declaration_elsewhere: DeclarationRequest => CheckView;
    /// Shows a verified receipt.
    receipt_show: PackageRequest => ReceiptView;
}

commands! {
    /// What only a classified vault knows. The open edition refuses each of them.
    trait ClassifiedCommands; dispatch dispatch_classified; list classified_list; visit visit_classified;

    /// Shows the mark of a declaration, what is proposed and what was decided.
    classification_show: DeclarationRequest => ClassificationView;
    /// Proposes a mark, its change or its end; the handler does.
    classification_propose: ClassificationProposeRequest => ClassificationView;
    /// Decides on a proposal; the 定密责任人 does, never the one who proposed.
    classification_decide: ClassificationDecideRequest => ClassificationView;
    /// Lists who knew of a declaration, and since when.
    knowledge_show: DeclarationRequest => KnowledgeView;
    /// Adds a person who was told outside this program.
    knowledge_add: KnowledgeAddRequest => KnowledgeView;
    /// Shows the record of the classified machine.
    machine_show: Nothing => MachineView;
    /// Records the classified machine, once; the security officer does.
    machine_record: MachineRecordRequest => MachineView;

    /// Shows the vault's keys and the cards of others.
    key_list: Nothing => KeyCaseView;
    /// Makes a key with its card; asks for a second holder's card.
    key_make: KeyMakeRequest => KeyCaseView;
    /// Makes a second holder's key into a file under a password and takes its card in.
    escrow_make: EscrowMakeRequest => KeyCaseView;
    /// A key seals no more from now on; it still opens what came for it.
    key_retire: CardVoidRequest => KeyCaseView;
    /// Writes a card as a file for others.
    card_write: CardWriteRequest => FileWrittenView;
    /// Looks at the card in a file; stores nothing.
    card_read: CardReadRequest => CardOfferView;
    /// Takes a card in after its fingerprint was compared.
    card_take: CardTakeRequest => KeyCaseView;
    /// A card is void from now on.
    card_void: CardVoidRequest => KeyCaseView;

    /// Shows what would be sealed and what stands against it.
    seal_plan: SealPlanRequest => SealPlanView;
    /// Tells what medium a place is on.
    medium_show: MediumRequest => MediumView;
    /// Begins to seal onto a medium; ask `job_status` how far it is.
    seal_begin: SealRequest => JobView;
    /// Looks at a sealed package without any key.
    sealed_inspect: SealedFileRequest => SealedView;
    /// Begins to compare every byte of a package with its signed index, without any key.
    sealed_verify: SealedFileRequest => JobView;
    /// Begins to open a package and to take its contents in.
    sealed_open: SealedOpenRequest => JobView;
    /// Lists the contents of a package by their true names; on record.
    sealed_contents: SealedFileRequest => SealedContentsView;
    /// Opens one content of a package, without the others, and writes it to a place; on record.
    sealed_extract: SealedExtractRequest => FileWrittenView;

    /// Shows the register of sealed packages.
    sealed_register: Nothing => SealedRegisterView;
    /// Records a step of a package.
    sealed_step: SealedStepRequest => SealedRegisterView;
    /// Writes the signed receipt of a package that came in.
    receipt_write: SealedReceiptRequest => FileWrittenView;
    /// Takes the receipt of a package that went out.
    receipt_take: ReceiptTakeRequest => SealedRegisterView;
    /// Writes a paper of the classified edition as a PDF.
    secrecy_paper: SecrecyPaperRequest => FileWrittenView;
}

/// Reads a request, naming the field at fault.
pub(crate) fn read<T: DeserializeOwned>(request: serde_json::Value) -> Result<T, Failure> {
    serde_path_to_error::deserialize(request).map_err(|fault| {
        Failure::new(
            FailureCode::Invalid,
            format!("填写的内容在“{}”处无法识别，请检查后再试。", fault.path()),
        )
        .with_detail(fault.inner())
    })
}

/// Writes an answer.
pub(crate) fn write<T: Serialize>(answer: &T) -> Result<serde_json::Value, Failure> {
    serde_json::to_value(answer).map_err(|fault| {
        Failure::new(FailureCode::Defect, "程序内部出错，已保存的内容不受影响。").with_detail(fault)
    })
}
