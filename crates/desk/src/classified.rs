//! The commands of classified vaults, answered: each converts, calls one use case, converts back.

use crate::{classification, desk::Desk, keys, sealed};
use luguo_ipc::*;

impl ClassifiedCommands for Desk {
    fn classification_show(
        &self,
        request: DeclarationRequest,
    ) -> Result<ClassificationView, Failure> {
        classification::show(self, request.id)
    }
    fn classification_propose(
        &self,
        request: ClassificationProposeRequest,
    ) -> Result<ClassificationView, Failure> {
        classification::propose(self, &request)
    }
    fn classification_decide(
        &self,
        request: ClassificationDecideRequest,
    ) -> Result<ClassificationView, Failure> {
        classification::decide(self, &request)
    }
    fn knowledge_show(&self, request: DeclarationRequest) -> Result<KnowledgeView, Failure> {
        classification::show_knowledge(self, request.id)
    }
    fn knowledge_add(&self, request: KnowledgeAddRequest) -> Result<KnowledgeView, Failure> {
        classification::add_knower(self, &request)
    }
    fn machine_show(&self, _: Nothing) -> Result<MachineView, Failure> {
        classification::show_machine(self)
    }
    fn machine_record(&self, request: MachineRecordRequest) -> Result<MachineView, Failure> {
        classification::record_machine(self, &request)
    }
    fn key_list(&self, _: Nothing) -> Result<KeyCaseView, Failure> {
        keys::list(self)
    }
    fn key_make(&self, request: KeyMakeRequest) -> Result<KeyCaseView, Failure> {
        keys::make(self, &request)
    }
    fn escrow_make(&self, request: EscrowMakeRequest) -> Result<KeyCaseView, Failure> {
        keys::escrow(self, request)
    }
    fn key_retire(&self, request: CardVoidRequest) -> Result<KeyCaseView, Failure> {
        keys::retire(self, &request)
    }
    fn card_write(&self, request: CardWriteRequest) -> Result<FileWrittenView, Failure> {
        keys::write(self, &request)
    }
    fn card_read(&self, request: CardReadRequest) -> Result<CardOfferView, Failure> {
        keys::read(self, &request)
    }
    fn card_take(&self, request: CardTakeRequest) -> Result<KeyCaseView, Failure> {
        keys::take(self, &request)
    }
    fn card_void(&self, request: CardVoidRequest) -> Result<KeyCaseView, Failure> {
        keys::void(self, &request)
    }
    fn seal_plan(&self, request: SealPlanRequest) -> Result<SealPlanView, Failure> {
        sealed::plan(self, &request)
    }
    fn medium_show(&self, request: MediumRequest) -> Result<MediumView, Failure> {
        sealed::show_medium(self, &request)
    }
    fn seal_begin(&self, request: SealRequest) -> Result<JobView, Failure> {
        sealed::begin_seal(self, request)
    }
    fn sealed_inspect(&self, request: SealedFileRequest) -> Result<SealedView, Failure> {
        sealed::inspect(self, &request)
    }
    fn sealed_verify(&self, request: SealedFileRequest) -> Result<JobView, Failure> {
        sealed::verify(self, &request)
    }
    fn sealed_open(&self, request: SealedOpenRequest) -> Result<JobView, Failure> {
        sealed::open(self, request)
    }
    fn sealed_contents(&self, request: SealedFileRequest) -> Result<SealedContentsView, Failure> {
        sealed::contents(self, &request)
    }
    fn sealed_extract(&self, request: SealedExtractRequest) -> Result<FileWrittenView, Failure> {
        sealed::extract(self, &request)
    }
    fn sealed_register(&self, _: Nothing) -> Result<SealedRegisterView, Failure> {
        sealed::show_register(self)
    }
    fn sealed_step(&self, request: SealedStepRequest) -> Result<SealedRegisterView, Failure> {
        sealed::step(self, &request)
    }
    fn receipt_write(&self, request: SealedReceiptRequest) -> Result<FileWrittenView, Failure> {
        sealed::write_receipt(self, &request)
    }
    fn receipt_take(&self, request: ReceiptTakeRequest) -> Result<SealedRegisterView, Failure> {
        sealed::take_receipt(self, &request)
    }
    fn secrecy_paper(&self, request: SecrecyPaperRequest) -> Result<FileWrittenView, Failure> {
        sealed::write_paper(self, &request)
    }
}
