//! The command list, answered: each converts, calls one use case, converts back.

use crate::{
    addresses, annexes, app, audit, backup, bin, care, content, declaration, desk::Desk, document,
    evidence, failure, package, people, reading, received, recovery, rescue, review, ruling, scan,
    search, template, today, vault,
};
use luguo_ipc::*;

impl CoreCommands for Desk {
    fn app_status(&self, _: Nothing) -> Result<AppStatusView, Failure> {
        app::status(self)
    }
    fn form_catalogue(&self, _: Nothing) -> Result<Vec<FormFieldView>, Failure> {
        Ok(app::catalogue())
    }
    fn form_help(&self, _: Nothing) -> Result<Vec<FieldHelpView>, Failure> {
        Ok(app::help())
    }
    fn vault_create(&self, request: VaultCreateRequest) -> Result<AppStatusView, Failure> {
        vault::create(self, request)
    }
    fn vault_unlock(&self, request: VaultUnlockRequest) -> Result<AppStatusView, Failure> {
        vault::unlock(self, request)
    }
    fn vault_recover(&self, request: VaultRecoverRequest) -> Result<AppStatusView, Failure> {
        recovery::open(self, request)
    }
    fn vault_check(&self, _: Nothing) -> Result<VaultCheckView, Failure> {
        backup::check(self)
    }
    fn backup_make(&self, request: BackupMakeRequest) -> Result<JobView, Failure> {
        backup::make(self, &request)
    }
    fn backup_restore(&self, request: BackupRestoreRequest) -> Result<JobView, Failure> {
        backup::restore(self, request)
    }
    fn rescue_show(&self, request: VaultUnlockRequest) -> Result<RescueView, Failure> {
        rescue::show(self, request)
    }
    fn rescue_write(&self, request: FolderRequest) -> Result<RescueWrittenView, Failure> {
        rescue::write(self, &request)
    }
    fn passphrase_change(
        &self,
        request: PassphraseChangeRequest,
    ) -> Result<AppStatusView, Failure> {
        care::change_passphrase(self, request)
    }
    fn policy_save(&self, request: PolicyRequest) -> Result<AppStatusView, Failure> {
        care::save_policy(self, &request)
    }
    fn recovery_write(&self, request: PlaceRequest) -> Result<FileWrittenView, Failure> {
        recovery::write(self, &request)
    }
    fn vault_lock(&self, _: Nothing) -> Result<AppStatusView, Failure> {
        self.put(None);
        app::status(self)
    }
    fn account_list(&self, _: Nothing) -> Result<Vec<AccountView>, Failure> {
        people::list(self)
    }
    fn account_add(&self, request: AccountAddRequest) -> Result<AccountView, Failure> {
        people::add(self, request)
    }
    fn account_roles(&self, request: AccountRolesRequest) -> Result<Vec<AccountView>, Failure> {
        people::roles(self, &request)
    }
    fn account_disable(&self, request: AccountRequest) -> Result<Vec<AccountView>, Failure> {
        people::disable(self, &request)
    }
    fn account_reset(&self, request: AccountResetRequest) -> Result<Vec<AccountView>, Failure> {
        people::reset(self, request)
    }
    fn audit_list(&self, request: AuditListRequest) -> Result<Vec<AuditRecordView>, Failure> {
        audit::list(self, &request)
    }
    fn audit_export(&self, request: AuditExportRequest) -> Result<FileWrittenView, Failure> {
        audit::export(self, &request)
    }
    fn annex_show(&self, request: AnnexRequest) -> Result<AnnexView, Failure> {
        annexes::show(self, &request.month)
    }
    fn liaison_save(&self, request: LiaisonSaveRequest) -> Result<AnnexView, Failure> {
        annexes::save(self, &request)
    }
    fn annex_write(&self, request: AnnexWriteRequest) -> Result<FileWrittenView, Failure> {
        annexes::write(self, &request)
    }
    fn unit_save(&self, request: UnitProfile) -> Result<UnitProfile, Failure> {
        let vault = self.vault()?;
        vault
            .save_unit(&app::unit_of(request), self.now())
            .map_err(failure::store)?;
        vault.unit().map(app::unit_view).map_err(failure::store)
    }
    fn declaration_list(&self, _: Nothing) -> Result<Vec<DeclarationRowView>, Failure> {
        declaration::list(self)
    }
    fn declaration_create(
        &self,
        request: DeclarationCreateRequest,
    ) -> Result<DeclarationView, Failure> {
        declaration::create(self, &request)
    }
    fn declaration_import(
        &self,
        request: DeclarationImportRequest,
    ) -> Result<DeclarationView, Failure> {
        declaration::import(self, &request)
    }
    fn declaration_copy(
        &self,
        request: DeclarationCopyRequest,
    ) -> Result<DeclarationView, Failure> {
        declaration::copy(self, &request)
    }
    fn declaration_export(
        &self,
        request: DeclarationExportRequest,
    ) -> Result<FileWrittenView, Failure> {
        declaration::export(self, &request)
    }
    fn declaration_compare(&self, request: DeclarationPairRequest) -> Result<CompareView, Failure> {
        declaration::compare(self, &request)
    }
    fn declaration_merge(
        &self,
        request: DeclarationPairRequest,
    ) -> Result<DeclarationView, Failure> {
        declaration::merge_into(self, &request)
    }
    fn declaration_discard(&self, request: DeclarationRequest) -> Result<BinView, Failure> {
        bin::discard(self, request.id)
    }
    fn bin_show(&self, _: Nothing) -> Result<BinView, Failure> {
        bin::show(self)
    }
    fn bin_restore(&self, request: BinRequest) -> Result<BinView, Failure> {
        bin::restore(self, &request)
    }
    fn bin_purge(&self, request: BinRequest) -> Result<BinView, Failure> {
        bin::purge(self, &request)
    }
    fn revision_compare(
        &self,
        request: RevisionCompareRequest,
    ) -> Result<RevisionCompareView, Failure> {
        declaration::changes(self, &request)
    }
    fn search(&self, request: SearchRequest) -> Result<SearchView, Failure> {
        search::search(self, &request)
    }
    fn today_show(&self, _: Nothing) -> Result<TodayView, Failure> {
        today::show(self)
    }
    fn address_list(&self, request: AddressQuery) -> Result<AddressBookView, Failure> {
        addresses::list(self, &request)
    }
    fn address_save_unit(&self, request: AddressUnitRequest) -> Result<AddressBookView, Failure> {
        addresses::save_unit(self, &request)
    }
    fn address_save_person(
        &self,
        request: AddressPersonRequest,
    ) -> Result<AddressBookView, Failure> {
        addresses::save_person(self, &request)
    }
    fn address_show(&self, request: AddressRequest) -> Result<AddressEntryView, Failure> {
        addresses::show(self, &request)
    }
    fn address_export(&self, request: AddressExportRequest) -> Result<FileWrittenView, Failure> {
        addresses::export(self, &request)
    }
    fn address_remove(&self, request: AddressRequest) -> Result<AddressBookView, Failure> {
        addresses::remove(self, &request)
    }
    fn declaration_show(&self, request: DeclarationRequest) -> Result<DeclarationView, Failure> {
        declaration::show(self, request.id)
    }
    fn declaration_save(
        &self,
        request: DeclarationSaveRequest,
    ) -> Result<DeclarationSavedView, Failure> {
        declaration::save(self, &request)
    }
    fn declaration_submit(&self, request: DeclarationRequest) -> Result<DeclarationView, Failure> {
        declaration::submit(self, request.id)
    }
    fn declaration_withdraw(
        &self,
        request: DeclarationRequest,
    ) -> Result<DeclarationView, Failure> {
        declaration::withdraw(self, request.id)
    }
    fn file_pick(&self, request: FilePickRequest) -> Result<Vec<PickedFileView>, Failure> {
        Ok(evidence::pick(self, &request))
    }
    fn file_put(&self, request: FilePutRequest) -> Result<PickedFileView, Failure> {
        evidence::put(self, &request)
    }
    fn place_pick(&self, request: PlacePickRequest) -> Result<Option<PickedFileView>, Failure> {
        Ok(evidence::place(self, &request))
    }
    fn folder_pick(&self, request: FolderPickRequest) -> Result<Option<PickedFileView>, Failure> {
        Ok(evidence::folder(self, &request))
    }
    fn evidence_pending(&self, _: Nothing) -> Result<PendingImportsView, Failure> {
        evidence::pending(self)
    }
    fn evidence_resume(&self, _: Nothing) -> Result<JobView, Failure> {
        evidence::resume(self)
    }
    fn evidence_forget(&self, _: Nothing) -> Result<PendingImportsView, Failure> {
        evidence::forget(self)
    }
    fn evidence_add(&self, request: EvidenceAddRequest) -> Result<JobView, Failure> {
        evidence::add(self, request)
    }
    fn evidence_edit(&self, request: EvidenceEditRequest) -> Result<DeclarationView, Failure> {
        evidence::edit(self, &request)
    }
    fn evidence_order(&self, request: EvidenceOrderRequest) -> Result<DeclarationView, Failure> {
        evidence::order(self, &request)
    }
    fn evidence_replace(&self, request: EvidenceReplaceRequest) -> Result<JobView, Failure> {
        evidence::replace(self, request)
    }
    fn evidence_kinds(&self, _: Nothing) -> Result<Vec<OptionView>, Failure> {
        Ok(evidence::kinds())
    }
    fn evidence_remove(&self, request: EvidenceRequest) -> Result<DeclarationView, Failure> {
        evidence::remove(self, &request)
    }
    fn evidence_extract(
        &self,
        request: EvidenceExtractRequest,
    ) -> Result<FileWrittenView, Failure> {
        evidence::extract(self, &request)
    }
    fn evidence_extract_all(
        &self,
        request: EvidenceExtractAllRequest,
    ) -> Result<EvidenceExtractedView, Failure> {
        evidence::extract_all(self, &request)
    }
    fn scan_devices(&self, _: Nothing) -> Result<ScannersView, Failure> {
        scan::devices(self)
    }
    fn scan_begin(&self, request: ScanBeginRequest) -> Result<JobView, Failure> {
        scan::begin(self, request)
    }
    fn scan_show(&self, request: DeclarationRequest) -> Result<ScanTrayView, Failure> {
        scan::show(self, request.id)
    }
    fn scan_put(&self, request: ScanPutRequest) -> Result<ScanTrayView, Failure> {
        scan::put(self, &request)
    }
    fn scan_picture(&self, request: ScanPictureRequest) -> Result<ScanPictureView, Failure> {
        scan::picture(self, &request)
    }
    fn scan_edit(&self, request: ScanEditRequest) -> Result<ScanTrayView, Failure> {
        scan::edit(self, &request)
    }
    fn scan_order(&self, request: ScanOrderRequest) -> Result<ScanTrayView, Failure> {
        scan::order(self, &request)
    }
    fn scan_remove(&self, request: ScanPageRequest) -> Result<ScanTrayView, Failure> {
        scan::remove(self, &request)
    }
    fn scan_finish(&self, request: ScanFinishRequest) -> Result<JobView, Failure> {
        scan::finish(self, &request)
    }
    fn scan_clear(&self, request: DeclarationRequest) -> Result<ScanTrayView, Failure> {
        scan::clear(self, request.id)
    }
    fn scan_watch(&self, request: ScanWatchRequest) -> Result<ScanTrayView, Failure> {
        scan::watch(self, &request)
    }
    fn received_list(&self, _: Nothing) -> Result<ReceivedListView, Failure> {
        received::list(self)
    }
    fn received_take(&self, request: ReceivedTakeRequest) -> Result<JobView, Failure> {
        received::take(self, &request)
    }
    fn received_let_go(&self, request: ReceivedGoRequest) -> Result<ReceivedListView, Failure> {
        received::let_go(self, &request)
    }
    fn content_open(&self, request: ContentOpenRequest) -> Result<ContentView, Failure> {
        content::open(self, &request)
    }
    fn content_close(&self, request: ContentRequest) -> Result<Nothing, Failure> {
        Ok(content::close(self, &request))
    }
    fn content_workbook(&self, request: ContentRequest) -> Result<WorkbookView, Failure> {
        content::workbook(self, &request)
    }
    fn content_archive(&self, request: ContentRequest) -> Result<ArchiveView, Failure> {
        content::archive(self, &request)
    }
    fn content_place(&self, request: ContentPlaceRequest) -> Result<Nothing, Failure> {
        content::place(self, &request)
    }
    fn reading_show(&self, request: DeclarationRequest) -> Result<ReadingView, Failure> {
        reading::show(self, request.id)
    }
    fn mark_save(&self, request: MarkSaveRequest) -> Result<ReadingView, Failure> {
        reading::save(self, &request)
    }
    fn mark_remove(&self, request: MarkRequest) -> Result<ReadingView, Failure> {
        reading::remove(self, &request)
    }
    fn mark_answer(&self, request: MarkAnswerRequest) -> Result<ReadingView, Failure> {
        reading::answer(self, &request)
    }
    fn mark_find(&self, request: MarkFindRequest) -> Result<Vec<MarkHitView>, Failure> {
        reading::find(self, &request)
    }
    fn tick_set(&self, request: TickRequest) -> Result<ReadingView, Failure> {
        reading::tick(self, &request)
    }
    fn template_write(&self, request: TemplateWriteRequest) -> Result<FileWrittenView, Failure> {
        template::write(self, &request)
    }
    fn template_read(&self, request: TemplateReadRequest) -> Result<TemplateView, Failure> {
        template::read(self, &request)
    }
    fn template_import(
        &self,
        request: TemplateImportRequest,
    ) -> Result<TemplateImportedView, Failure> {
        template::import(self, &request)
    }
    fn document_page(&self, request: DocumentPageRequest) -> Result<DocumentPageView, Failure> {
        document::page(self, &request)
    }
    fn document_write(&self, request: DocumentWriteRequest) -> Result<FileWrittenView, Failure> {
        document::write(self, &request)
    }
    fn job_status(&self, request: JobRequest) -> Result<JobView, Failure> {
        Ok(self.jobs.get(&request.id)?.view())
    }
    fn job_pause(&self, request: JobRequest) -> Result<JobView, Failure> {
        let job = self.jobs.get(&request.id)?;
        job.pause();
        Ok(job.view())
    }
    fn job_resume(&self, request: JobRequest) -> Result<JobView, Failure> {
        let job = self.jobs.get(&request.id)?;
        job.resume();
        Ok(job.view())
    }
    fn job_cancel(&self, request: JobRequest) -> Result<JobView, Failure> {
        let job = self.jobs.get(&request.id)?;
        job.cancel();
        Ok(job.view())
    }
    fn review_approve(&self, request: ReviewApproveRequest) -> Result<DeclarationView, Failure> {
        review::approve(self, &request)
    }
    fn review_return(&self, request: ReviewReturnRequest) -> Result<DeclarationView, Failure> {
        review::send_back(self, &request)
    }
    fn ruling_make(&self, request: RulingRequest) -> Result<DeclarationView, Failure> {
        ruling::make(self, &request)
    }
    fn package_export(&self, request: PackageExportRequest) -> Result<FileWrittenView, Failure> {
        package::export(self, &request)
    }
    fn package_verify(&self, request: PackageVerifyRequest) -> Result<PackageReportView, Failure> {
        package::verify(self, &request)
    }
    fn audit_verify(&self, _: Nothing) -> Result<AuditReportView, Failure> {
        audit::verify(self)
    }
}
