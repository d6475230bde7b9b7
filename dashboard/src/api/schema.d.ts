/** Made from the console API’s OpenAPI document: `npm test -- test/dashboard -u` writes it anew. Not for hands. */
export interface paths {
    "/api/ageing/channel-charges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What resolutions charged to channels and is open, by channel and age since it was charged */
        get: operations["ageChannelCharges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ageing/receivables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What channels owe, by channel and age of the business day */
        get: operations["ageReceivables"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ageing/suspense": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Money in suspense by channel and age */
        get: operations["ageSuspense"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ageing/unidentified": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Money of the bank that nobody can place, by channel and age */
        get: operations["ageUnidentifiedReceipts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Agents in the order of their codes */
        get: operations["listAgents"];
        put?: never;
        /**
         * A new agent
         * @description The same again changes nothing.
         */
        post: operations["createAgent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/agents/{agent}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An agent */
        get: operations["readAgent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/agents/{agent}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Members registered, still active, contributions, commission and what of it goes back */
        get: operations["readAgentReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What one person proposed and another has to decide; differences have a list of their own */
        get: operations["listWaitingApprovals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit-chain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the audit chain is whole and signed, as its last verification found it */
        get: operations["readAuditChain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the audits of the ledger found: facts, places, views, bills, decisions */
        get: operations["listAudits"];
        put?: never;
        /** Audits a business day, everything, or the audit chain alone; it changes nothing */
        post: operations["requestAudit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bank-movements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The movements of the bank, each with the places of its parts
         * @description By booking day, 31 days at most.
         */
        get: operations["listBankMovements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bank-movements/{bookedOn}/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A movement of the bank with its places, and what people last proposed for it */
        get: operations["readBankMovement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bank-movements/{bookedOn}/{id}/approval": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approves or rejects where another person proposed to place it */
        post: operations["approvePlacement"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bank-movements/{bookedOn}/{id}/proposal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Says where a movement of the bank belongs
         * @description A channel day, a charge to a channel or a fee invoice that it pays, for no more than is open on it, or the bank’s own charges and interest.
         */
        post: operations["proposePlacement"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bank-movements/unidentified": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Movements that nobody can place yet, at any age, the oldest first */
        get: operations["listUnidentifiedReceipts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bank-statements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the bank sent, what of it waits and for what, and where each account’s chain ends
         * @description A statement that waits, for others or for a second person, is listed whatever its day.
         */
        get: operations["listBankStatements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bank-statements/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Takes in a bank statement, camt.053.001.08 or MT940
         * @description A movement is known by the bank’s reference: in another statement it counts once. It counts at once, and waits for a second person (`confirmStatement`): until then no day and no month is closed on it.
         */
        put: operations["putBankStatement"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bank-statements/{sha256}/confirmation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approves or rejects a bank statement that another person handed over
         * @description Until then nothing final is built on it. Rejected, it is withdrawn: nothing of it counts any more, and its bytes may come back.
         */
        post: operations["confirmStatement"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bank-statements/{sha256}/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A bank statement as it came, and what people proposed and decided about withdrawing it */
        get: operations["readStatementWithdrawal"];
        put?: never;
        /** Asks that a bank statement be withdrawn */
        post: operations["proposeStatementWithdrawal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bank-statements/{sha256}/withdrawal/approval": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approves or rejects what another person proposed
         * @description Once approved nothing of it counts: its movements leave their days, statements that follow it wait, and its bytes may come back.
         */
        post: operations["approveStatementWithdrawal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bills": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A code by which anybody may pay the next months of an open membership */
        post: operations["issueBill"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bills/{billCode}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A bill and its status now */
        get: operations["readBill"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bills/{billCode}/replacement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A corrected bill in the place of one that nobody has paid */
        post: operations["replaceBill"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/channel-charges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What resolutions charged to channels and they have not paid, the oldest first
         * @description A movement of the bank that two people placed on a charge pays it, in part or whole; a charge that is paid is left out.
         */
        get: operations["listChannelCharges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cohorts/{cohort}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A list and how far it is */
        get: operations["readCohort"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cohorts/{cohort}/bill": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bills a list: one code for all of it, or one for each village */
        post: operations["billCohort"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cohorts/{cohort}/bills": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The bills of a list, whether they are paid, and how far each payment is shared out */
        get: operations["listCohortBills"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cohorts/{cohort}/confirmation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Applies a corrected list whose change somebody has seen */
        post: operations["confirmCohort"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cohorts/{cohort}/refused": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The refused rows with the reason of each; as they were sent for whoever sent them
         * @description Line, code and reason alone for everybody else, and for a sender who asks for masked data.
         */
        get: operations["readRefusedRows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coverage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many memberships stood where on a day, against workers and target */
        get: operations["readCoverageFigures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coverage/targets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Workers and targets by region and year; a later row replaces an earlier one */
        post: operations["importTargets"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coverage/trend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who was covered at the end of each of the last twelve months, and now */
        get: operations["readCoverageTrend"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/difference-approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approves or rejects what others proposed on up to 100 differences
         * @description Each has its own outcome: what is refused for one changes nothing for the others.
         */
        post: operations["approveManyResolutions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/difference-proposals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Proposes the same action on up to 100 differences
         * @description Each has its own outcome: what is refused for one changes nothing for the others.
         */
        post: operations["proposeManyResolutions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/differences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What finance has to decide, the oldest day of each channel first */
        get: operations["listDifferences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/differences/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A difference with its evidence and its history */
        get: operations["readDifference"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/differences/{id}/approval": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approves or rejects what another person proposed
         * @description Above what two people may approve, an approval takes no effect yet: `waitsFor` is then `admin`, and an administrator who is neither of the two makes the same call.
         */
        post: operations["approveResolution"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/differences/{id}/assignment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives a case to a person, whoever has it */
        post: operations["assignCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/differences/{id}/attachments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The files that people attached to a case */
        get: operations["listCaseAttachments"];
        /** Attaches a file of up to 4 MB; it is never changed */
        put: operations["addCaseAttachment"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/differences/{id}/attachments/{sha256}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The bytes of an attachment, to be saved */
        get: operations["fetchCaseAttachment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/differences/{id}/comments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What people wrote about a case */
        get: operations["listCaseComments"];
        put?: never;
        /**
         * Adds a comment; it is never changed
         * @description The same text by the same person is the comment that stands.
         */
        post: operations["addCaseComment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/differences/{id}/lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The lines of a difference that stands for many of its kind */
        get: operations["listDifferenceLines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/differences/{id}/owner": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes a case that nobody has, or gives an own one back */
        post: operations["changeCaseOwner"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/differences/{id}/proposal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Says what shall be done about it, or about a part of its amount
         * @description After a part is resolved the rest stays open: it is written off, charged or accepted.
         */
        post: operations["proposeResolution"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/disclosures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Name, NIK, phone and e-mail of a member in full, for a reason that is kept for twelve months */
        post: operations["disclose"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Records that rows which the caller has read leave as a file, and names the file */
        post: operations["recordExport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/fee-invoices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What each channel should charge for a month by its contract, and what it took */
        get: operations["listFees"];
        put?: never;
        /**
         * Enters an invoice of a channel for its fees
         * @description The same invoice again changes nothing. What was entered stays: a wrong one is taken back by a credit note, with a number of its own and negative amounts.
         */
        post: operations["enterFeeInvoice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/fee-invoices/{channel}/{month}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The fees of a channel in a month: lines by price, days, invoices, tax rates with their source */
        get: operations["readFees"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/file-arrivals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * By which hour each channel’s file had to come, and when it did
         * @description 31 days at most.
         */
        get: operations["listFileArrivals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/functions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Invocations, errors, throttles and duration of each function in the last 24 hours; at most a minute old */
        get: operations["listFunctions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/journal/{date}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The balanced entries of a day; a day that is still open as far as it has come */
        get: operations["readJournal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/journal/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The journal of a closed month for the general ledger, one row per entry
         * @description An entry has the same number each time it is exported: a file that is loaded twice books once.
         */
        get: operations["exportJournal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/lapses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who lapses soon if nothing more is paid, and what would keep them
         * @description The months that keep a member are the fewest, oldest first, after which they do not lapse within the time. CSV: the same rows, the next page in the header `x-next`.
         */
        get: operations["listLapses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/memberships/{kpj}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where a membership stands now */
        get: operations["readMembership"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/memberships/{kpj}/closure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Asks that a membership ends; cover ends after the day `on`
         * @description Nothing changes until another person approves it: `pendingProposal` says what waits.
         */
        post: operations["closeMembership"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/memberships/{kpj}/closure/approval": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approves or rejects what another person proposed
         * @description The membership is closed from the approval on, or from the day `on` where that is still to come.
         */
        post: operations["approveClosure"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/memberships/{kpj}/contact-preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * How the member wants to be written to; what is left out stays as it was
         * @description A number that is somebody else’s is used again once another one is imported.
         */
        put: operations["putContactPreferences"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/memberships/{kpj}/coverage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Was it covered then, and on what evidence */
        get: operations["readCoverage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/memberships/{kpj}/coverage/answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Answers that were given for a benefit, newest first, at most 100 */
        get: operations["listCoverageAnswers"];
        put?: never;
        /** Answers for a benefit and keeps the answer in the audit chain */
        post: operations["keepCoverageAnswer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/memberships/{kpj}/erasure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether a member’s personal data is erased, and what people decided about it */
        get: operations["readErasure"];
        put?: never;
        /** Asks that a member’s name, NIK, phone, e-mail and preferences be erased; ledger and cover stay */
        post: operations["proposeErasure"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/memberships/{kpj}/erasure/approval": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approves or rejects what another person proposed
         * @description Approved, the data is gone at once and for good: no import brings it back.
         */
        post: operations["approveErasure"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/memberships/{kpj}/months": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Month by month: what pays it, its cover, its settlement, its notices
         * @description Up to 36 months; without bounds, from 18 months back to the last month that is paid.
         */
        get: operations["listCoverMonths"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/memberships/{kpj}/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Payments and reversals, newest first */
        get: operations["listPayments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/memberships/{kpj}/reopening": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Asks that a closure be taken back, from its approval on
         * @description Nothing changes until another person approves it: `pendingProposal` says what waits.
         */
        post: operations["reopenMembership"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/memberships/{kpj}/reopening/approval": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approves or rejects what another person proposed */
        post: operations["approveReopening"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/memberships/{kpj}/self-payment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The member pays alone from the first month that the sponsor has not paid */
        post: operations["startSelfPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/memberships/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Registers memberships, or changes their terms and contacts
         * @description The same file again changes nothing. Changed terms hold from the first month that is not yet paid.
         */
        post: operations["importMemberships"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The notices to a member, and what became of each; the newest month first */
        get: operations["listNotices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document; no token needed */
        get: operations["readOpenApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where memberships stand, what came in, what is open, and whether the hub keeps up */
        get: operations["readOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/participants/{nik}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All memberships of a person; none: an empty list */
        get: operations["readParticipant"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/participants/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** As readParticipant, with the NIK in the body: no address, history or log of any proxy holds it */
        post: operations["searchParticipant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/partner-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Keys of all partners by their dates, and how far each rotation is; never a key */
        get: operations["listPartnerKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/partners": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Calls, refusals and faults of each channel in the last 24 hours, and its last recorded payment */
        get: operations["listPartners"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/partners/{channel}/customer-locks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Locks a customer out of the channel’s inquiries and new payments for some hours */
        post: operations["lockCustomer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/partners/{channel}/customer-unlocks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets a customer in again before the lock ends */
        post: operations["unlockCustomer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/partners/{channel}/keys/{kind}/dates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Since when the key in force is used, and until when it may be */
        post: operations["recordKeyDates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/partners/{channel}/keys/{kind}/rotation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A step of a rotation, held to when the secret was written */
        post: operations["takeRotationStep"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/partners/{channel}/locks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is locked out of the channel’s endpoint, by whom or by which limit, and which keys are revoked */
        get: operations["listLocks"];
        put?: never;
        /** Locks a till or a store out of inquiries and new payments, until it is unlocked */
        post: operations["lockOutlet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/partners/{channel}/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The last payments and reversals of a channel’s business day, newest first */
        get: operations["listPartnerPayments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/partners/{channel}/payments/{paymentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was decided on a payment id, and whether it is recorded, folded, reversed and settled */
        get: operations["readPartnerPayment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/partners/{channel}/revoked-certificates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Refuses a client certificate’s key from now on, for ever */
        post: operations["revokeCertificate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/partners/{channel}/unlocks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes a lock away, whether a person or a limit put it */
        post: operations["unlock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/periods": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The months of the books, and which of them are closed */
        get: operations["listPeriods"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/periods/{month}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A month: its balances, and what is or was open in it */
        get: operations["readPeriod"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/periods/{month}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Asks that a month be closed; what is open is accepted by its code, and carried */
        post: operations["proposePeriodClose"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/periods/{month}/close/approval": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Closes the month that another person proposed to close, or rejects that
         * @description For ever: what becomes known later of its days is booked in the open month and names the day.
         */
        post: operations["approvePeriodClose"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/programs/{program}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A program, and what can be done with it now */
        get: operations["readProgram"];
        /** Another plan for a draft */
        put: operations["changeProgram"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/programs/{program}/abandonment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives up a program that was not billed */
        post: operations["abandonProgram"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/programs/{program}/bills": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The bills of a program, and how many of them are paid */
        get: operations["listProgramBills"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/programs/{program}/budget": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the people on the program’s lists cost, and where its budget is short */
        get: operations["readProgramBudget"];
        put?: never;
        /** The same for other people, months, money or rules; nothing is written */
        post: operations["tryProgramBudget"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/programs/{program}/cohorts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The lists of a program and how far each is, the latest first */
        get: operations["listCohorts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/programs/{program}/ending": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The sponsor stops: its members are told before their cover ends */
        post: operations["announceProgramEnd"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/programs/{program}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was done with a program, and by whom */
        get: operations["readProgramHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/programs/{program}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Each person on the lists, and until when covered; no names */
        get: operations["listProgramMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/programs/{program}/opening": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lists may come; the plan stands from now on */
        post: operations["openProgram"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/programs/{program}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is covered until when, what is unspent, and how villages and regencies compare */
        get: operations["readProgramReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/programs/{program}/report/print": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same as a page to be printed */
        get: operations["printProgramReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What waits in each queue; approximate */
        get: operations["listQueues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queues/{name}/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why messages were put aside, the first 50; nothing of what they hold */
        get: operations["listDeadLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queues/{name}/redrive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Puts dead letters back into their queue, at most 500 per call */
        post: operations["redriveQueue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/read-traces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whose data a person was shown, or who was shown an account; newest first, kept for twelve months */
        get: operations["listReadTraces"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/receivables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What channels owe by the open items of their days, at any age, the oldest first
         * @description From the latest statement of each day; a day has its first one the morning after it.
         */
        get: operations["listReceivables"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/receivables/{channel}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a channel owes on the evening of any day: opening, movements, closing, open items */
        get: operations["readReceivable"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/repair": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Folds again every account that had facts on the days named */
        post: operations["requestRepair"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rules/try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What other rules would change, on the facts as they are; nothing is written */
        post: operations["tryRules"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/schedules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the clock starts, and when each last ran to its end */
        get: operations["listSchedules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/searches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** By KPJ, NIK, bill code, payment id or hub reference; names are not searched */
        post: operations["search"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/settlements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every channel and business day: file, bank, verdict */
        get: operations["listSettlements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/settlements/{channel}/{date}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The statement of a day: from what we took to what the bank credited, every rupiah in one row */
        get: operations["readStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/settlements/{channel}/{date}/answer-file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the channel was answered to its file of the day, every version */
        get: operations["readAnswerFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/settlements/{channel}/{date}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Takes in the settlement file of a channel’s day
         * @description The same bytes again change nothing. Another good file beside an accepted one is proposed with what it changes.
         */
        put: operations["putSettlementFile"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/settlements/{channel}/{date}/lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a figure of the statement is made of */
        get: operations["listStatementLines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/settlements/{channel}/{date}/sign-off": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether a day is signed off, by whom, and what is open on it */
        get: operations["readSignOff"];
        put?: never;
        /**
         * Asks that a day be signed off as it is
         * @description With `bank` for the channel, a day of the bank. What is open is listed, and carried.
         */
        post: operations["proposeSignOff"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/settlements/{channel}/{date}/sign-off/approval": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Signs off, or rejects, what another person proposed */
        post: operations["approveSignOff"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/settlements/{channel}/{date}/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What people proposed and decided about withdrawing the file of a day */
        get: operations["readFileWithdrawal"];
        put?: never;
        /** Asks that the accepted settlement file of a day be withdrawn */
        post: operations["proposeFileWithdrawal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/settlements/{channel}/{date}/withdrawal/approval": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approves or rejects what another person proposed
         * @description Once approved the day has no file: it is reconciled anew, and the same bytes may come back later.
         */
        post: operations["approveFileWithdrawal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sponsors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sponsors in the order of their ids; people of a sponsor see theirs */
        get: operations["listSponsors"];
        put?: never;
        /** A new sponsor */
        post: operations["createSponsor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sponsors/{sponsor}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A sponsor, its contacts and its programs */
        get: operations["readSponsor"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sponsors/{sponsor}/cohorts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A list of people, CSV or workbook; read, judged and enrolled afterwards
         * @description The same list again changes nothing. One that corrects an earlier list waits for its confirmation.
         */
        post: operations["receiveCohort"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sponsors/{sponsor}/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Whom the hub writes to about the programs */
        put: operations["changeSponsorContacts"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sponsors/{sponsor}/neighbours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A person names people nearby for whom it pays; a list without a file
         * @description The same people again change nothing. Others in their place correct them, and wait for confirmation.
         */
        post: operations["receiveNeighbours"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sponsors/{sponsor}/programs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The programs of a sponsor */
        get: operations["listPrograms"];
        put?: never;
        /** A new program, a draft at first */
        post: operations["draftProgram"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/suspense": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Money in suspense, and money that waits for the payer of its bill, the oldest first
         * @description Put there by finance, or by the fold: what came for a closed membership, and what a member did not need of a bill.
         */
        get: operations["listSuspense"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/suspense/{id}/approval": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approves or rejects what another person proposed about money in suspense */
        post: operations["approveExit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/suspense/{id}/proposal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Proposes that money leaves suspense: to a membership, or back to its channel */
        post: operations["proposeExit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/trial-balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every account on the evening of any day, under its number in the general ledger */
        get: operations["readTrialBalance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the hub can serve; no token needed */
        get: operations["readHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Money that waits, by channel and by how long */
        Ageing: {
            /**
             * Format: date
             * @description Calendar date in Asia/Jakarta
             */
            asOf: string;
            channels: {
                ages: {
                    /** @description Signed, whole rupiah */
                    amountRupiah: number;
                    count: number;
                    /** @enum {string} */
                    label: "0-7" | "8-30" | "31-90" | "over-90";
                }[];
                channel: string | null;
                count: number;
                oldestDays: number;
                /** @description Signed, whole rupiah */
                totalRupiah: number;
            }[];
        };
        /** @description Somebody who registers workers and collects contributions */
        Agent: {
            /** @description How registrations name the agent */
            code: string;
            /**
             * Format: date-time
             * @description Since when it is known
             */
            createdAt: string;
            /** @enum {string} */
            kind: "person" | "office";
            /** @description Of an office; empty for a person */
            name: string;
            outlets: {
                /** @description The channel */
                channel: string;
                /** @description Its counter there */
                outlet: string;
            }[];
            /** @description Where it works */
            regionCode: string | null;
        };
        /** @description What an agent’s work came to */
        AgentReport: {
            /** @description For months with enough newcomers, whole rupiah */
            acquisitionRupiah: number;
            /**
             * Format: date-time
             * @description When it was computed
             */
            asOf: string;
            /** @description What of either goes back, whole rupiah */
            clawbackRupiah: number;
            /** @description The agent */
            code: string;
            /** @description On contributions, by the rates of the month in which they came, whole rupiah */
            commissionRupiah: number;
            /** @description What came of the members whom the agent registered, whole rupiah */
            contributionsRupiah: number;
            /** @description Commission and acquisition less what goes back; negative where more goes back, whole rupiah */
            dueRupiah: number;
            from: string | null;
            /** @description Everybody was looked at; false: an agent of more than 5,000 members, and every sum is of a part */
            isWhole: boolean;
            /** @description Members looked at, of whom some may be another’s */
            lookedAt: number;
            months: {
                /** @description For months with enough newcomers, whole rupiah */
                acquisitionRupiah: number;
                /** @description What of either goes back, whole rupiah */
                clawbackRupiah: number;
                /** @description Of the contributions, what came at the agent’s own outlets, whole rupiah */
                collectedRupiah: number;
                /** @description On contributions, by the rates of the month in which they came, whole rupiah */
                commissionRupiah: number;
                /** @description What came of the members whom the agent registered, whole rupiah */
                contributionsRupiah: number;
                /** @description Contribution month, such as 2026-11 */
                month: string;
                /** @description Members whose first contribution came, and of whom something stands */
                newcomers: number;
                registered: number;
                /** @description What of contributions was reversed, suspended or refunded, in the month in which it was, whole rupiah */
                takenBackRupiah: number;
            }[];
            /** @description Members registered in these months */
            registered: number;
            /** @description Of those, who still pay */
            stillActive: {
                /** @description Of those, that month is paid */
                active: number;
                /** @description So many months after the month of registration */
                months: number;
                /** @description Registered long enough ago */
                reached: number;
            }[];
            /** @description What of contributions was reversed, suspended or refunded, in the month in which it was, whole rupiah */
            takenBackRupiah: number;
            /** @description Last month */
            to: string;
        };
        /** @description A new agent */
        AgentRequest: {
            /** @description How registrations name the agent */
            code: string;
            /**
             * @description What it is
             * @enum {string}
             */
            kind: "person" | "office";
            /** @description Of an office; of a person none */
            name?: string;
            /** @description Counters of its own: a payment taken there carries the agent */
            outlets?: {
                /** @description The channel */
                channel: string;
                /** @description As the channel writes it in payments */
                outlet: string;
            }[];
            regionCode?: string | null;
        };
        /** @description A page of agents */
        Agents: {
            items: components["schemas"]["Agent"][];
            /** @description Give it as `after` for the next page; null on the last */
            next: string | null;
        };
        /** @description The answers that were given to a channel’s file of a day */
        AnswerFiles: {
            /** @description Ascending by version */
            answers: {
                /** @description Payments that may come in the next file */
                awaited: number;
                bytes: number;
                /** @description Lines and payments that agree */
                matched: number;
                /** @description Payments that are in no file */
                missing: number;
                /** @description Of an earlier version where this one says nothing new */
                name: string;
                /** @description Key in the files bucket */
                place: string;
                /** @description Lines that are not settled as they stand */
                refused: number;
                /** @description Of the bytes as they came, hexadecimal */
                sha256: string;
                /** @description Of the statement that it was written from */
                version: number;
                /**
                 * Format: date-time
                 * @description When
                 */
                writtenAt: string;
            }[];
            /** @description Payment channel */
            channel: string;
            /**
             * Format: date
             * @description Calendar date in Asia/Jakarta
             */
            date: string;
        };
        /** @description Whether the proposal is approved */
        ApprovalRequest: {
            /** @enum {string} */
            decision: "approve" | "reject";
            /** @description Without names and numbers of people: it is kept for 10 years */
            reason?: string;
        };
        /** @description Whose case it is from now on */
        AssignmentRequest: {
            owner: string | null;
        };
        /** @description The record of who decided what, as it was last verified */
        AuditChain: {
            /**
             * Format: date-time
             * @description When it was looked at
             */
            asOf: string;
            /** @description What is wrong; null where nothing is */
            broken: {
                /**
                 * @description ADR 0055 says what each means
                 * @enum {string}
                 */
                code: "ANCHOR_FORGED" | "ANCHOR_DIFFERS" | "CUT_OFF" | "NOT_ANCHORED" | "MISSING" | "OUT_OF_PLACE" | "UNLINKED" | "CHANGED" | "UNREADABLE" | "HEAD_DIFFERS";
                /** @description The first entry that is not as it was written */
                sequence: number;
            } | null;
            /** @description Entries of the chain now */
            entries: number;
            /** @description Hash of the last entry; null before the first */
            headHash: string | null;
            /**
             * @description Of the last verification of nine days
             * @enum {string}
             */
            verdict: "whole" | "broken" | "unverified";
            /** @description The last verification; null where none was in nine days */
            verified: {
                /** @description For so many entries an anchor vouches */
                anchoredEntries: number | null;
                /** @description Signed heads in the locked bucket; null where that is not known */
                anchors: number | null;
                /** @description Entries looked at; of a broken chain those up to the fault */
                entries: number;
                /**
                 * Format: date-time
                 * @description When it was through
                 */
                finishedAt: string;
                /**
                 * Format: date-time
                 * @description When it began
                 */
                startedAt: string;
            } | null;
        };
        /** @description What one part of an audit found; the latest that was through */
        AuditLine: {
            /** @description Of it in months, whole rupiah */
            allocatedRupiah: number;
            /** @description Of it on bills, whose members have it as shares, whole rupiah */
            billedRupiah: number;
            /** @description What they brought, by the index of the day, whole rupiah */
            collectedRupiah: number;
            /** @description Of it as credit, whole rupiah */
            creditRupiah: number;
            /**
             * Format: date
             * @description Business day, or the day on which an audit of everything began
             */
            day: string;
            differences: {
                count: number;
                /**
                 * @description What does not agree; docs/operations.md explains each
                 * @enum {string}
                 */
                difference: "sums-differ" | "index-differs" | "places-differ" | "view-differs" | "fact-without-decision" | "decision-without-fact" | "decision-without-evidence" | "not-authentic" | "price-differs" | "payer-differs" | "fact-without-resolution" | "share-without-payment" | "shares-differ" | "moves-nothing" | "exit-without-half" | "record-without-entry" | "unreadable-item" | "chain-broken";
            }[];
            /** @description Facts that brought money */
            facts: number;
            /**
             * Format: date-time
             * @description When this part was through
             */
            finishedAt: string;
            /** @description Accounts, bills or decisions looked at */
            looks: number;
            /** @description Of it reversed, whole rupiah */
            reversedRupiah: number;
            /** @description The first of them */
            samples: {
                /** @description Membership, bill or suspense; or the source whose sums differ */
                account: string;
                /**
                 * @description What does not agree; docs/operations.md explains each
                 * @enum {string}
                 */
                difference: "sums-differ" | "index-differs" | "places-differ" | "view-differs" | "fact-without-decision" | "decision-without-fact" | "decision-without-evidence" | "not-authentic" | "price-differs" | "payer-differs" | "fact-without-resolution" | "share-without-payment" | "shares-differ" | "moves-nothing" | "exit-without-half" | "record-without-entry" | "unreadable-item" | "chain-broken";
                /** @description Key of the fact, or of the decision; empty where the whole account is meant */
                fact: string;
            }[];
            /**
             * Format: date-time
             * @description When the audit began
             */
            startedAt: string;
            /** @description A source, `recorded`, a segment of `accounts` or `decisions`, or a bill or decision found wrong */
            subject: string;
            /** @description Of it in suspense, whole rupiah */
            suspenseRupiah: number;
            /**
             * @description Whether everything agreed
             * @enum {string}
             */
            verdict: "sound" | "differs";
        };
        /** @description The audit is queued */
        AuditQueued: {
            /** @description Parts that it begins with */
            queued: number;
        };
        /** @description What the audits of some days found */
        Audits: {
            /**
             * Format: date
             * @description Calendar date in Asia/Jakarta
             */
            from: string;
            items: components["schemas"]["AuditLine"][];
            /**
             * Format: date
             * @description Calendar date in Asia/Jakarta
             */
            to: string;
        };
        /** @description What paid for that file */
        BankCreditStep: {
            /** @description The part of the credit that belongs to this day, whole rupiah */
            amountRupiah: number;
            /**
             * Format: date
             * @description Calendar date in Asia/Jakarta
             */
            bookedOn: string;
            /** @description Payment channel */
            channel: string;
            /** @description The bank’s reference */
            creditId: string;
            statement: {
                /**
                 * Format: date
                 * @description Calendar date in Asia/Jakarta
                 */
                date: string;
                /**
                 * Format: date-time
                 * @description When this version was written
                 */
                recordedAt: string;
                version: number;
            };
            /** @constant */
            step: "bank-credit";
        };
        /** @description A movement of the bank and the places of its parts, which add up to it */
        BankMovement: {
            /** @description Since its booking */
            ageDays: number;
            /** @description Negative for what was returned or taken, whole rupiah */
            amountRupiah: number;
            /**
             * Format: date
             * @description Calendar date in Asia/Jakarta
             */
            bookedOn: string;
            /** @description Which entry of it */
            entry: number;
            /** @description The bank’s reference, or a digest where it gives none */
            id: string;
            /** @description The id as a path names it */
            key: string;
            placedBy: ("rules" | "resolution") | null;
            places: components["schemas"]["MovementPlace"][];
            /** @description Which statement */
            statement: string;
            /** @description What of it nobody has placed, whole rupiah */
            unidentifiedRupiah: number;
            /**
             * Format: date
             * @description Calendar date in Asia/Jakarta
             */
            valueOn: string;
            /** @description Of its placement, which a proposal names; 0: it has none */
            version: number;
        };
        /** @description A movement of the bank, and what people last proposed for it */
        BankMovementCase: {
            movement: components["schemas"]["BankMovement"];
            /** @description The last one */
            proposal: {
                /** @enum {string} */
                action: "place" | "move" | "return";
                decidedAt: string | null;
                decidedBy: string | null;
                /** @description The version of the placement that was looked at */
                onVersion: number;
                parts: {
                    /** @description With the sign of the movement, whole rupiah */
                    amountRupiah: number;
                    channel: string | null;
                    /** @description The business day that it pays */
                    date: string | null;
                    item: string | null;
                    /** @enum {string} */
                    to: "channel-day" | "channel-charge" | "fee-invoice" | "bank-charges" | "interest" | "opening-balance" | "unidentified" | "returned";
                }[];
                /**
                 * Format: date-time
                 * @description When
                 */
                proposedAt: string;
                /** @description The operator’s subject */
                proposedBy: string;
                /** @description As given */
                reason: string;
                remark: string | null;
                /** @enum {string} */
                state: "proposed" | "approved" | "rejected";
                /** @description Whom a proposal waits for: another person, or, above what two may approve, an administrator; null: for nobody */
                waitsFor: ("approver" | "admin") | null;
            } | null;
        };
        /** @description The newest booking day first */
        BankMovements: {
            items: components["schemas"]["BankMovement"][];
        };
        /** @description A bank statement as it came */
        BankStatementFile: {
            /** @description Sum of its movements, whole rupiah */
            amountRupiah: number;
            bytes: number;
            /** @enum {string} */
            format: "camt.053" | "mt940";
            gap: string | null;
            movements: number;
            /** @description As it came */
            name: string;
            /** @description Entries that the bank has not booked yet */
            pendingEntries: number;
            /**
             * Format: date-time
             * @description When it came
             */
            receivedAt: string;
            receivedBy: string | null;
            /** @description Of the bytes as they came, hexadecimal */
            sha256: string;
            /** @enum {string} */
            state: "chained" | "repeated" | "incomplete" | "withdrawn";
            /** @description Handed over by one person: it counts, and nothing final is built on it until another one confirms it; null: it waits for nobody */
            unconfirmed: {
                /** @description The operator’s subject */
                by: string;
                /** @description Whether somebody should have looked by now */
                isOverdue: boolean;
                /**
                 * Format: date-time
                 * @description When it was handed over
                 */
                since: string;
            } | null;
        };
        /** @description What the bank sent, and where each account’s chain ends */
        BankStatements: {
            accounts: {
                /** @description Ours, at the bank */
                account: string;
                /** @description The last statement in the chain; null: none was taken in */
                last: {
                    closedOn: string | null;
                    /** @description Hundredths of a rupiah */
                    closingSen: number;
                    /** @enum {string} */
                    format: "camt.053" | "mt940";
                    /** @description As the bank names it */
                    id: string;
                    number: number | null;
                    /** @description Hundredths of a rupiah */
                    openingSen: number;
                    /** @description From 1, without gaps */
                    sequence: number;
                } | null;
            }[];
            files: components["schemas"]["BankStatementFile"][];
        };
        /** @description A bill, prices frozen at issue, and its status now */
        Bill: {
            /** @description To be paid, whole rupiah */
            amountRupiah: number;
            billCode: string;
            /** @description Channels that can take a payment of this amount */
            channels: string[];
            /**
             * Format: date-time
             * @description When it was issued
             */
            issuedAt: string;
            /** @description null for more than one member */
            kpj: string | null;
            memberCount: number;
            months: string[];
            paidBy: {
                /** @description Payment channel */
                channel: string;
                /** @description The partner’s id of the payment */
                paymentId: string;
            } | null;
            /**
             * Format: date-time
             * @description The last instant at which it can be paid
             */
            payableUntil: string;
            /** @description The bill that took the place of this one */
            replacedBy: string | null;
            /** @description The bill whose place this one took */
            replaces: string | null;
            /** @description Members who have their share of the payment that stands; all of them, or 0, once it is shared out */
            sharesApplied: number;
            /** @description The sponsored list that it pays; null for any other bill */
            sponsored: {
                /** @description The list */
                cohort: string;
                /** @description Program of the sponsor */
                program: string;
                /** @description The one village that it pays; null for the whole list */
                regionCode: string | null;
            } | null;
            /**
             * @description replaced: another bill took its place; changed: one of its months was paid otherwise, or a member was closed
             * @enum {string}
             */
            status: "paid" | "replaced" | "expired" | "changed" | "open";
            /** @description As given: a date means the end of that day in Asia/Jakarta */
            validUntil: string;
        };
        /** @description A corrected bill of the same membership */
        BillReplacement: {
            /**
             * @description How many
             * @enum {number}
             */
            months: 1 | 2 | 3 | 6 | 12;
            /** @description A date (Asia/Jakarta) or an instant with offset; at most the day on which the last month of the bill can still be paid as arrears, two months after it */
            validUntil: string;
        };
        /** @description A bill of one membership */
        BillRequest: {
            /** @description Number of the membership, 11 digits */
            kpj: string;
            /**
             * @description How many
             * @enum {number}
             */
            months: 1 | 2 | 3 | 6 | 12;
            /** @description A date (Asia/Jakarta) or an instant with offset; at most the day on which the last month of the bill can still be paid as arrears, two months after it */
            validUntil: string;
        };
        /** @description The bill of that list, with which this membership was paid for */
        BillStep: {
            /** @description What it asks, whole rupiah */
            amountRupiah: number;
            /** @description 16 digits from 99 */
            billCode: string;
            /** @description The list */
            cohortId: string;
            /**
             * Format: date-time
             * @description When it was issued: its prices are those of then
             */
            issuedAt: string;
            /** @description People on it */
            memberCount: number;
            /** @description The sponsor’s program */
            programId: string;
            /** @description The village that it pays; null for the whole list */
            regionCode: string | null;
            /** @constant */
            step: "bill";
        };
        /** @description What if: whatever is given takes the place of what the program says */
        BudgetQuestion: {
            budget?: {
                /** @description The budget, whole rupiah */
                amountRupiah: number;
                /**
                 * @description Whether the amount is for each village or for all
                 * @enum {string}
                 */
                per: "village" | "total";
            };
            /** @description First contribution month */
            firstMonth?: string;
            /**
             * @description Whose money it is
             * @enum {string}
             */
            funding?: "apbn" | "apbd" | "village" | "csr" | "private";
            /** @description Basis of the contribution where a row says nothing else, per month, whole rupiah */
            incomeRupiah?: number;
            /** @description How many contribution months */
            months?: number;
            /**
             * @description What is paid for
             * @enum {string}
             */
            programs?: "JKK+JKM" | "JKK+JKM+JHT";
            /** @description Dated lists in place of the present ones, such as other dates of the discount */
            rules?: {
                aheadMonths?: {
                    from: string;
                    recordedAt?: string;
                    source: string;
                    value: number;
                }[];
                graceMonths?: {
                    from: string;
                    recordedAt?: string;
                    source: string;
                    value: number;
                }[];
                stages?: {
                    "active-again"?: {
                        from: string;
                        source: string;
                        value: {
                            fromDay: number;
                            on: boolean;
                            toDay: number;
                        };
                    }[];
                    "before-due"?: {
                        from: string;
                        source: string;
                        value: {
                            fromDay: number;
                            on: boolean;
                            toDay: number;
                        };
                    }[];
                    due?: {
                        from: string;
                        source: string;
                        value: {
                            fromDay: number;
                            on: boolean;
                            toDay: number;
                        };
                    }[];
                    grace?: {
                        from: string;
                        source: string;
                        value: {
                            fromDay: number;
                            on: boolean;
                            toDay: number;
                        };
                    }[];
                    lapsed?: {
                        from: string;
                        source: string;
                        value: {
                            fromDay: number;
                            on: boolean;
                            toDay: number;
                        };
                    }[];
                    "last-week"?: {
                        from: string;
                        source: string;
                        value: {
                            fromDay: number;
                            on: boolean;
                            toDay: number;
                        };
                    }[];
                    receipt?: {
                        from: string;
                        source: string;
                        value: {
                            fromDay: number;
                            on: boolean;
                            toDay: number;
                        };
                    }[];
                    "sponsor-stopping"?: {
                        from: string;
                        source: string;
                        value: {
                            fromDay: number;
                            on: boolean;
                            toDay: number;
                        };
                    }[];
                };
                tariff?: {
                    brackets?: {
                        from: string;
                        recordedAt?: string;
                        source: string;
                        value: {
                            fromRupiah: number;
                            nominalRupiah: number;
                        }[];
                    }[];
                    discountBasisPoints?: {
                        farming?: {
                            from: string;
                            recordedAt?: string;
                            source: string;
                            value: number;
                        }[];
                        fishery?: {
                            from: string;
                            recordedAt?: string;
                            source: string;
                            value: number;
                        }[];
                        other?: {
                            from: string;
                            recordedAt?: string;
                            source: string;
                            value: number;
                        }[];
                        services?: {
                            from: string;
                            recordedAt?: string;
                            source: string;
                            value: number;
                        }[];
                        trade?: {
                            from: string;
                            recordedAt?: string;
                            source: string;
                            value: number;
                        }[];
                        transport?: {
                            from: string;
                            recordedAt?: string;
                            source: string;
                            value: number;
                        }[];
                    };
                    discountedFunding?: {
                        from: string;
                        recordedAt?: string;
                        source: string;
                        value: ("self" | "apbn" | "apbd" | "village" | "csr" | "private")[];
                    }[];
                    jht?: {
                        from: string;
                        recordedAt?: string;
                        source: string;
                        value: {
                            basisPoints: number;
                            minimumRupiah: number;
                        };
                    }[];
                    jkkBasisPoints?: {
                        from: string;
                        recordedAt?: string;
                        source: string;
                        value: number;
                    }[];
                    jkmRupiah?: {
                        from: string;
                        recordedAt?: string;
                        source: string;
                        value: number;
                    }[];
                };
            };
            /**
             * @description Of people whose row says nothing else
             * @enum {string}
             */
            sector?: "transport" | "farming" | "fishery" | "trade" | "services" | "other";
            /** @description In place of the people on the program’s lists, in the order of priority */
            villages?: {
                /** @description How many */
                persons: number;
                /** @description Of a village */
                regionCode: string;
            }[];
        };
        /** @description What became of each difference, in the order in which they came */
        BulkAnswer: {
            /** @description How many took the step */
            accepted: number;
            items: {
                code: string | null;
                detail: string | null;
                /** @description Of the difference */
                id: string;
                /** @enum {string} */
                outcome: "accepted" | "refused";
                state: ("new" | "persisting" | "proposed" | "approved" | "resolved") | null;
                /** @description Whom a proposal waits for: another person, or, above what two may approve, an administrator; null: for nobody */
                waitsFor: ("approver" | "admin") | null;
            }[];
            /** @description As given */
            key: string;
            /** @description How many are as they were */
            refused: number;
        };
        /** @description Whether the proposals on many differences are approved */
        BulkApproval: {
            /** @enum {string} */
            decision: "approve" | "reject";
            /** @description Of 1 to 100 differences, each once */
            ids: string[];
            /** @description A name that you give to this call: repeated with it, the call is answered as the first time */
            key: string;
            /** @description Without names and numbers of people: it is kept for 10 years */
            reason?: string;
        };
        /** @description The same action on many differences, about all that is open of each */
        BulkProposal: {
            /**
             * @description Must fit the class of each difference
             * @enum {string}
             */
            action: "post" | "reverse" | "suspend" | "write-off" | "charge-channel" | "accept";
            /** @description Of 1 to 100 differences, each once */
            ids: string[];
            /** @description A name that you give to this call: repeated with it, the call is answered as the first time */
            key: string;
            /** @description Without names and numbers of people: it is kept for 10 years */
            reason: string;
        };
        /** @description A file that a person attached to a case */
        CaseAttachment: {
            /**
             * Format: date-time
             * @description When
             */
            at: string;
            /** @description Who attached it */
            by: string;
            bytes: number;
            /** @description As given */
            name: string;
            /** @description Of the bytes, hexadecimal; names it in its path */
            sha256: string;
            /** @enum {string} */
            type: "pdf" | "png" | "jpg" | "xlsx" | "csv" | "txt";
        };
        /** @description All of a case, the oldest first */
        CaseAttachments: {
            items: components["schemas"]["CaseAttachment"][];
        };
        /** @description What a person wrote about a case */
        CaseComment: {
            /**
             * Format: date-time
             * @description When
             */
            at: string;
            /** @description The author’s subject */
            by: string;
            /** @description As given */
            text: string;
        };
        /** @description All of a case, the oldest first */
        CaseComments: {
            items: components["schemas"]["CaseComment"][];
        };
        /** @description What the partner sent, with the digest of the request that is kept */
        ChannelCallStep: {
            /** @description Payment channel */
            channel: string;
            /** @description Keyed digest of the signed request, hexadecimal */
            evidenceDigest: string | null;
            /** @description Where it was paid */
            outlet: string;
            /**
             * Format: date-time
             * @description Signed by the partner
             */
            partnerAt: string;
            /** @description The partner’s id of the payment */
            paymentId: string;
            /** @constant */
            step: "channel-call";
        };
        /** @description What a resolution charged to a channel, as far as it is not paid */
        ChannelCharge: {
            ageDays: number;
            /** @description What is still open. Positive: the channel is asked for it; negative: we owe it, whole rupiah */
            amountRupiah: number;
            /** @description Payment channel */
            channel: string;
            /**
             * Format: date
             * @description Since then it ages; of a charge that was undone, the day of its last payment
             */
            chargedOn: string;
            /** @description 0: the charge was undone, and what was paid of it is open, whole rupiah */
            chargedRupiah: number;
            /**
             * Format: date
             * @description The business day of the difference
             */
            date: string;
            /** @description Of the difference on which it was charged */
            differenceId: string;
            /** @description Placed on it by two people, from movements of the bank; signed as the charge is, whole rupiah */
            paidRupiah: number;
        };
        /** @description One page, the oldest first */
        ChannelCharges: {
            items: components["schemas"]["ChannelCharge"][];
            /** @description Give it as `after` for the next page; null on the last */
            next: string | null;
        };
        /** @description How a membership ends, once another person approves it */
        ClosureRequest: {
            /**
             * Format: date
             * @description The last day of cover
             */
            on: string;
            /** @description Without names and numbers of people: it is kept for 10 years */
            reason: string;
        };
        /** @description A list of people, and how far it is */
        Cohort: {
            accepted: number;
            /** @description Who brought these people */
            agent: string | null;
            /** @description In the order of issue */
            billCodes: string[];
            /** @description What a corrected list changes; it waits to be confirmed */
            change: {
                joined: number;
                left: number;
                stayed: number;
            } | null;
            /** @description Id of the list */
            cohortId: string;
            confirmedBy: string | null;
            /** @description The correction of it that was confirmed */
            correctedBy: string | null;
            /** @description The list that this one corrects */
            corrects: string | null;
            /** @description Memberships by now */
            enrolled: number;
            /** @description One NIK under several names */
            flagged: number;
            /** @description Program that it belongs to */
            programId: string;
            /**
             * Format: date-time
             * @description When it came
             */
            receivedAt: string;
            /** @description Who sent it */
            receivedBy: string;
            refused: number;
            /** @description People on the list */
            rows: number;
            /**
             * @description withdrawn: nobody of it is billed any more
             * @enum {string}
             */
            state: "received" | "judged" | "enrolled" | "billed" | "paid" | "withdrawn";
            /** @description Why nothing of the list can be used: a stable code */
            unusable: string | null;
            /** @description What is being done with it; null: nothing */
            working: ("read" | "judge" | "enrol" | "bill") | null;
        };
        /** @description Bills of a list: one for all of it, or one for each village */
        CohortBillRequest: {
            /**
             * @description program when not given
             * @enum {string}
             */
            per?: "program" | "village";
            /**
             * @description What to do where the budget is short; the program’s own rule when not given
             * @enum {string}
             */
            priority?: "stop" | "list-order" | "fewer-months";
            /** @description A date (Asia/Jakarta) or an instant with offset; at most the day on which the last month of the bill can still be paid as arrears, two months after it */
            validUntil: string;
        };
        /** @description The bills of a list, the latest first */
        CohortBills: {
            items: components["schemas"]["Bill"][];
            /** @description Give it as `after` for the next page; null on the last */
            next: string | null;
        };
        /** @description The lists of a program, the latest first */
        Cohorts: {
            items: components["schemas"]["Cohort"][];
        };
        /** @description A remark on a case; it stays as it is */
        CommentRequest: {
            /** @description Without names and numbers of people: it is kept for 10 years */
            text: string;
        };
        /** @description The preferences as they are now */
        ContactPreferences: {
            /** @description Whether an e-mail address is known */
            hasEmail: boolean;
            /** @description Whether a phone number is known */
            hasPhone: boolean;
            /** @description Number of the membership */
            kpj: string;
            /** @enum {string} */
            language: "id" | "en";
            /** @description Whether the member wants no notices */
            optedOut: boolean;
            preferredChannel: ("sms" | "whatsapp" | "email") | null;
            /** @description Whether the phone number is somebody else’s */
            wrongNumber: boolean;
        };
        /** @description What is left out stays as it was */
        ContactPreferencesRequest: {
            /** @description Empty: none */
            email?: string;
            /** @enum {string} */
            language?: "id" | "en";
            /** @description Whether the member wants no notices */
            optedOut?: boolean;
            preferredChannel?: ("sms" | "whatsapp" | "email") | null;
            /** @description Whether the phone number is somebody else’s */
            wrongNumber?: boolean;
        };
        /** @description A check of counts */
        CountCheck: {
            /**
             * Format: date-time
             * @description When
             */
            checkedAt: string;
            /** @description By how many memberships or payments they were wrong, and were put right; 0: they agreed */
            difference: number;
        };
        /** @description How many memberships have each status */
        CountsByStatus: {
            active: number;
            closed: number;
            grace: number;
            lapsed: number;
            unpaid: number;
        };
        /** @description The answer and its evidence */
        Coverage: {
            /**
             * Format: date-time
             * @description When this was computed
             */
            asOf: string;
            /** @description Whether there was cover */
            covered: boolean;
            evidence: components["schemas"]["EvidenceStep"][];
            from: string | null;
            /** @description As asked; null: everything known now */
            knownAt: string | null;
            /** @description Number of the membership */
            kpj: string;
            /** @description Contribution month, such as 2026-11 */
            month: string;
            /** @description As asked: a date (Asia/Jakarta) or an instant */
            on: string;
            /** @description Covered for a part of the day asked only */
            partialDay: boolean;
            /** @description Covered, and no settlement file of the channel has named the payment yet; or, covered or not, a fact of the account was put past the hub */
            provisional: boolean;
            /** @description The rules that the answer was computed by */
            rulesVersion: string;
            to: string | null;
        };
        /** @description The figures of the night’s run, or of now */
        CoverageFigures: {
            /** @enum {string} */
            by: "province" | "regency" | "sector" | "funding";
            /**
             * Format: date-time
             * @description When the night’s run began; now without a date
             */
            countedAt: string;
            /**
             * Format: date
             * @description Calendar date in Asia/Jakarta
             */
            date: string;
            rows: components["schemas"]["CoverageRow"][];
            total: components["schemas"]["CoverageRow"];
        };
        /** @description The answer, and where it is kept */
        CoverageKept: {
            /**
             * Format: date-time
             * @description When this was computed
             */
            asOf: string;
            /** @description Whether there was cover */
            covered: boolean;
            evidence: components["schemas"]["EvidenceStep"][];
            from: string | null;
            kept: components["schemas"]["KeptAnswer"];
            /** @description As asked; null: everything known now */
            knownAt: string | null;
            /** @description Number of the membership */
            kpj: string;
            /** @description Contribution month, such as 2026-11 */
            month: string;
            /** @description As asked: a date (Asia/Jakarta) or an instant */
            on: string;
            /** @description Covered for a part of the day asked only */
            partialDay: boolean;
            /** @description Covered, and no settlement file of the channel has named the payment yet; or, covered or not, a fact of the account was put past the hub */
            provisional: boolean;
            /** @description The rules that the answer was computed by */
            rulesVersion: string;
            to: string | null;
        };
        /** @description What is asked for a benefit, and in which case */
        CoverageQuestion: {
            /**
             * Format: date-time
             * @description Answer with what had been recorded by then, at least 5 minutes ago
             */
            knownAt?: string;
            /** @description A date (Asia/Jakarta) or an instant with offset */
            on: string;
            /** @description Number of the benefit case */
            reference: string;
        };
        /** @description The figures of a group of memberships */
        CoverageRow: {
            byStatus: components["schemas"]["CountsByStatus"];
            /** @description Those whose current month is paid */
            covered: number;
            /** @description 30 days before; null where that day was not counted */
            coveredMonthBefore: number | null;
            /** @description 7 days before; null where that day was not counted */
            coveredWeekBefore: number | null;
            /** @description Code of province or regency, sector, or funding; `all` */
            key: string;
            /** @description null for a regency: the hub holds codes */
            name: string | null;
            /** @description Covered per informal worker, rounded down */
            ofInformalBasisPoints: number | null;
            /** @description Covered per worker: what the hub adds; wage earners are covered elsewhere */
            ofWorkersBasisPoints: number | null;
            /** @description Covered memberships that the target still needs */
            shortOfTarget: number | null;
            /** @description 10,000 is all informal workers */
            targetBasisPoints: number | null;
            /** @description Memberships, closed ones included */
            total: number;
            /** @description As imported for the year; null without a target */
            workersFormal: number | null;
            /** @description As imported for the year; null without a target */
            workersInformal: number | null;
        };
        /** @description Who was covered at the end of each month */
        CoverageTrend: {
            /** @enum {string} */
            by: "province" | "regency" | "sector" | "funding";
            /** @description On each of those days, all together */
            covered: number[];
            /** @description The days that were counted, the oldest first; a month without one has none */
            days: string[];
            groups: {
                /** @description On each of those days */
                covered: number[];
                /** @description Code of province or regency, sector, or funding */
                key: string;
                /** @description null for a regency: the hub holds codes */
                name: string | null;
            }[];
        };
        /** @description One contribution month of a membership */
        CoverMonth: {
            /**
             * @description part: it began after the first day, or ended before the last
             * @enum {string}
             */
            cover: "whole" | "part" | "ahead" | "none";
            /** @description When cover began; null: none */
            from: string | null;
            /** @description Contribution month, such as 2026-11 */
            month: string;
            notices: {
                /**
                 * Format: date-time
                 * @description Last change
                 */
                at: string;
                /** @enum {string} */
                stage: "receipt" | "before-due" | "due" | "grace" | "sponsor-stopping" | "last-week" | "lapsed" | "active-again";
                /** @enum {string} */
                state: "reserved" | "sent" | "failed" | "unknown" | "obsolete" | "unreachable";
            }[];
            /** @description What pays the month; null: nothing does */
            paidBy: {
                /** @description Payment channel, or who put it */
                channel: string;
                /**
                 * Format: date-time
                 * @description When the hub decided
                 */
                decidedAt: string;
                /** @description Key of the fact within the account */
                factKey: string;
                /** @description Of the fact */
                kind: string;
                /** @description The partner’s id, or the fact’s own */
                paymentId: string;
                /**
                 * @description settled: a line of the channel’s file names it. credited: the bank’s credit for that file is there, too. not-needed: no channel brought it
                 * @enum {string}
                 */
                settlement: "awaited" | "settled" | "credited" | "not-needed";
            } | null;
            /** @description What the month cost; null: not paid */
            priceRupiah: number | null;
            /** @description The first instant without it */
            to: string | null;
            /** @description A payment for it was taken back */
            wasReversed: boolean;
        };
        /** @description The months, oldest first */
        CoverMonths: {
            /**
             * Format: date-time
             * @description When this was computed
             */
            asOf: string;
            /** @description Contribution month, such as 2026-11 */
            from: string;
            items: components["schemas"]["CoverMonth"][];
            /** @description Number of the membership */
            kpj: string;
            /** @description Contribution month, such as 2026-11 */
            to: string;
        };
        /** @description It is recorded; endpoints go by it within 20 seconds */
        CustomerLocked: {
            /**
             * Format: date-time
             * @description When it was recorded
             */
            at: string;
            /** @description Payment channel */
            channel: string;
            /**
             * Format: date-time
             * @description When it ends
             */
            until: string;
        };
        /** @description A customer who is to be locked out of this channel for some hours, under KPJ and NIK alike */
        CustomerLockRequest: {
            /** @description A KPJ of 11 digits or a NIK of 16; it is kept as a keyed digest alone */
            customerId: string;
            /** @description For how long, 24 at most: a customer who cannot pay may lapse */
            hours: number;
            /** @description Without names and numbers of people: it is kept for 10 years */
            reason: string;
        };
        /** @description A customer who is to be let in again, under each number */
        CustomerUnlockRequest: {
            /** @description A KPJ of 11 digits or a NIK of 16; it is kept as a keyed digest alone */
            customerId: string;
            /** @description Without names and numbers of people: it is kept for 10 years */
            reason: string;
        };
        /** @description Why messages were put aside, the oldest first */
        DeadLetters: {
            items: {
                /** @description Stable code of whoever parked it; null: it failed too often */
                code: string | null;
                /** @description Id of the message in its dead-letter queue */
                messageId: string;
                /** @description What was expected; nothing of the message is in it */
                reason: string | null;
                /**
                 * Format: date-time
                 * @description When it was put there; of one that failed too often, when it was first sent
                 */
                sentAt: string;
            }[];
        };
        /** @description A difference with its evidence(), its history, and what may be decided about it */
        Difference: {
            account: string | null;
            actions: ("post" | "reverse" | "suspend" | "write-off" | "charge-channel" | "accept" | "match")[];
            breakDate: string | null;
            /** @description Payment channel */
            channel: string;
            /** @enum {string} */
            class: "missing-in-file" | "missing-in-hub" | "amount-difference" | "fee-difference" | "fee-invoice-difference" | "duplicate-in-file" | "duplicate-across-files" | "reversed-here-settled-there" | "settled-here-reversed-there" | "ambiguous" | "quarantined" | "bank-difference" | "late-reversal" | "corrected-file";
            /**
             * Format: date
             * @description Calendar date in Asia/Jakarta
             */
            date: string;
            daysOpen: number;
            evidence: components["schemas"]["DifferenceEvidence"];
            fileAmountRupiah: number | null;
            /**
             * Format: date-time
             * @description When a run first found it
             */
            firstSeenAt: string;
            history: {
                /**
                 * Format: date-time
                 * @description When
                 */
                at: string;
                by: string | null;
                /** @description Why */
                note: string;
                /** @description What happened */
                what: string;
            }[];
            hubAmountRupiah: number | null;
            /** @description Stable over reruns */
            id: string;
            lines: number[];
            /** @description What of it is neither written off nor charged; positive: the channel’s debt, whole rupiah */
            openRupiah: number;
            owner: string | null;
            /** @description What was resolved before the rest, in order */
            parts: {
                /** @enum {string} */
                action: "write-off" | "charge-channel";
                /** @description Signed as openRupiah, whole rupiah */
                amountRupiah: number;
                /** @description The approver’s subject */
                approvedBy: string;
                /**
                 * Format: date-time
                 * @description When it was carried out
                 */
                at: string;
                /** @description The operator’s subject */
                proposedBy: string;
            }[];
            /** @description The partner’s id; empty where the line has none */
            paymentId: string;
            proposal: {
                /** @enum {string} */
                action: "post" | "reverse" | "suspend" | "write-off" | "charge-channel" | "accept" | "match";
                amountRupiah: number | null;
                /**
                 * Format: date-time
                 * @description When
                 */
                at: string;
                /** @description The operator’s subject */
                by: string;
                paymentId: string | null;
                /** @description As given */
                reason: string;
            } | null;
            /** @description Why, in a word */
            reason: string;
            resolution: {
                /**
                 * Format: date-time
                 * @description When
                 */
                at: string;
                /** @enum {string} */
                how: "itself" | "resolution";
                /** @description In a word */
                note: string;
            } | null;
            /** @description What is in question, whole rupiah */
            stakeRupiah: number;
            /** @enum {string} */
            state: "new" | "persisting" | "proposed" | "approved" | "resolved";
            version: number;
            /** @description Whom a proposal waits for: another person, or, above what two may approve, an administrator; null: for nobody */
            waitsFor: ("approver" | "admin") | null;
        };
        /** @description Named facts for the person who decides; no name, no number of a person. What does not apply is left out */
        DifferenceEvidence: {
            /** @description KPJ or bill code */
            account?: string;
            /** @description How many there are, where not all of them are named */
            candidateCount?: number;
            candidateLines?: number[];
            candidates?: string[];
            /** @description Why a line was set aside */
            code?: string;
            /** @description Of a case that stands for many of its kind: how many; its lines are listed apart */
            count?: number;
            credits?: string[];
            /**
             * Format: date-time
             * @description When the hub decided on the payment
             */
            decidedAt?: string;
            /** @description What the hub decided: unknown, refused, reversed-first or accepted */
            decision?: string;
            /** @description By the channel’s contract, whole rupiah */
            expectedFeeRupiah?: number;
            /** @description Of a month’s fees: what is to our loss beyond what differences of single days hold */
            fees?: {
                /** @description Fee without VAT, whole rupiah */
                fee: number;
                /** @description In differences of single days, whole rupiah */
                inDayCasesRupiah: number;
                /** @description Contribution month, such as 2026-11 */
                month: string;
                /** @description VAT (PPN), whole rupiah */
                vat: number;
                /** @description Income tax withheld too little (PPh 23), whole rupiah */
                withholding: number;
            };
            /** @description The layout’s name of the field */
            field?: string;
            /**
             * Format: date-time
             * @description The file’s time of the payment
             */
            fileAt?: string;
            /** @description By its file, whole rupiah */
            fileFeeRupiah?: number;
            /** @description Of the file in which it was found */
            fileSha256: string | null;
            fileVersion?: number;
            /** @enum {string} */
            how?: "id" | "candidate" | "resolution";
            /**
             * Format: date
             * @description The business date of the payment, where it is another day’s
             */
            hubDate?: string;
            /** @description What an approved match names */
            lineIdentity?: string;
            linked?: string[];
            otherLines?: {
                /** @description Of that line, whole rupiah */
                amount: number;
                /**
                 * Format: date
                 * @description The day of that file
                 */
                file: string;
                line: number;
                /** @enum {string} */
                status: "settled" | "reversed";
            }[];
            /** @description Where it was paid */
            outlet?: string;
            /** @description Why, in a word */
            reason: string;
            /** @description Why the hub refused it */
            refusal?: string;
        };
        /** @description One page of the lines of a difference that stands for many */
        DifferenceLines: {
            items: components["schemas"]["StatementLine"][];
            next: string | null;
        };
        /** @description One page, the oldest day of each channel first */
        Differences: {
            items: components["schemas"]["ListedDifference"][];
            next: string | null;
        };
        /** @description Personal data in full; each text is empty where it was erased */
        Disclosure: {
            /**
             * Format: date-time
             * @description When it was shown
             */
            at: string;
            /** @description Empty when unknown */
            email: string;
            /** @description Number of the membership */
            kpj: string;
            /** @description As registered */
            name: string;
            /** @description The person’s number */
            nik: string;
            /** @description Empty when unknown */
            phone: string;
            /** @description As it stands in the trace */
            reason: string;
        };
        /** @description Whose personal data is to be seen, and why */
        DisclosureRequest: {
            /** @description Number of the membership, 11 digits */
            kpj: string;
            /** @description Without names and numbers of people: it is kept for 10 years */
            reason: string;
        };
        /** @description Whether a person’s data is erased, and what people decided about it */
        Erasure: {
            /** @description null: it is not */
            erasedAt: string | null;
            /** @description The last one */
            proposal: {
                decidedAt: string | null;
                decidedBy: string | null;
                /**
                 * Format: date-time
                 * @description When
                 */
                proposedAt: string;
                /** @description The operator’s subject */
                proposedBy: string;
                /** @description As given */
                reason: string;
                remark: string | null;
                /** @enum {string} */
                state: "proposed" | "approved" | "rejected";
            } | null;
        };
        /** @description Why a person’s data is to be erased */
        ErasureRequest: {
            /** @description Without names and numbers of people: it is kept for 10 years */
            reason: string;
        };
        /** @description One link of the chain */
        EvidenceStep: components["schemas"]["ListRowStep"] | components["schemas"]["BillStep"] | components["schemas"]["ChannelCallStep"] | components["schemas"]["PaymentDecisionStep"] | components["schemas"]["FactStep"] | components["schemas"]["SettlementLineStep"] | components["schemas"]["BankCreditStep"];
        /** @description Where money in suspense goes */
        ExitProposal: {
            /**
             * @description release: to a membership; refund: back to the channel, for whoever paid
             * @enum {string}
             */
            action: "release" | "refund";
            /** @description Number of the membership, 11 digits */
            kpj?: string;
            /** @description Without names and numbers of people: it is kept for 10 years */
            reason: string;
        };
        /** @description The file may be made: its name, and what is left for this person today */
        Export: {
            /**
             * Format: date-time
             * @description When the export was recorded
             */
            at: string;
            /** @description That this person may still make today */
            filesLeft: number;
            /** @description What the file is to be called */
            name: string;
            /** @description That this person may still take out today */
            rowsLeft: number;
        };
        /** @description A table of rows that the caller has read and wants to keep as a file */
        ExportRequest: {
            /**
             * @description Of the file
             * @enum {string}
             */
            format: "csv" | "xlsx";
            /** @description How many rows it has */
            rows: number;
            /** @description Its name; may hold a KPJ, never a NIK */
            table: string;
        };
        /** @description What stands in the ledger. Fields beyond the first ones depend on the kind of fact */
        FactStep: {
            /** @description KPJ or bill code */
            account: string;
            /** @description Contribution, whole rupiah */
            amountRupiah?: number;
            /** @description The bill whose share this is */
            billCode?: string;
            /**
             * Format: date-time
             * @description When the hub decided
             */
            decidedAt: string;
            /** @description Key of the fact within its account */
            factKey: string;
            /** @description The first month of these terms */
            from?: string;
            /** @enum {string} */
            funding?: "self" | "apbn" | "apbd" | "village" | "csr" | "private";
            /** @description Whether this fact pays the month */
            holdsMonth: boolean;
            /** @description The hub’s reference, printed on the receipt */
            hubReference?: string;
            /** @enum {string} */
            kind: "payment" | "posting" | "share" | "reversal" | "late-reversal" | "suspension" | "refund" | "credit-allocation" | "terms" | "closing" | "reopening";
            months?: {
                /** @description Contribution month, such as 2026-11 */
                month: string;
                /** @description Price of the month, frozen, whole rupiah */
                priceRupiah: number;
            }[];
            /** @description Key of the fact that this moves to suspense */
            moves?: string;
            /**
             * Format: date
             * @description The last day of cover
             */
            on?: string;
            /** @enum {string} */
            programs?: "JKK+JKM" | "JKK+JKM+JHT";
            /** @description As given */
            reason?: string;
            /**
             * Format: date-time
             * @description When the fact was put: what knownAt asks
             */
            recordedAt: string;
            /** @description Key of the fact that this takes back */
            reverses?: string;
            /** @enum {string} */
            sector?: "transport" | "farming" | "fishery" | "trade" | "services" | "other";
            /** @description Who put it */
            source: string;
            /** @constant */
            step: "fact";
        };
        /** @description An invoice of a channel for its fees */
        FeeInvoice: {
            /** @description Payment channel */
            channel: string;
            /**
             * Format: date
             * @description Of the invoice
             */
            date: string;
            /**
             * Format: date-time
             * @description When
             */
            enteredAt: string;
            /** @description The operator’s subject */
            enteredBy: string;
            /** @description Without VAT, whole rupiah */
            feeRupiah: number;
            /** @description The part of the fee that was kept from the money, whole rupiah */
            keptRupiah: number;
            /** @description The month whose payments it charges for */
            month: string;
            /** @description The channel’s own */
            number: string;
            /** @description What is still to be paid; negative: the channel owes it to us, whole rupiah */
            openRupiah: number;
            /** @description Placed on it by two people, from movements of the bank; signed as what we owe, whole rupiah */
            paidRupiah: number;
            /** @description What we owe by it: the fee that was not kept, and VAT, less what is withheld, whole rupiah */
            payableRupiah: number;
            /** @description VAT (PPN), whole rupiah */
            vatRupiah: number;
            /** @description Income tax withheld (PPh 23), whole rupiah */
            withholdingRupiah: number;
        };
        /** @description An invoice of a channel for its fees, as it came. Of a credit note every amount is negative or 0 */
        FeeInvoiceRequest: {
            /** @description Payment channel */
            channel: string;
            /**
             * Format: date
             * @description Of the invoice
             */
            date: string;
            /** @description Without VAT */
            feeRupiah: number;
            /** @description The part of the fee that the channel has kept from the money already, as the invoice says */
            keptRupiah: number;
            /** @description The month whose payments it charges for */
            month: string;
            /** @description The channel’s own */
            number: string;
            /** @description VAT (PPN) on it */
            vatRupiah: number;
            /** @description Income tax (PPh 23) that is withheld from it */
            withholdingRupiah: number;
        };
        /** @description The fees of a channel in a month, line by line */
        FeeMonth: {
            /** @description By invoices, beyond what they say was kept, whole rupiah */
            billedRupiah: number;
            /** @description The difference as a case; null: within the tolerance, or the month is not reviewed yet */
            case: {
                /** @description Of the difference */
                id: string;
                /** @enum {string} */
                state: "new" | "persisting" | "proposed" | "approved" | "resolved";
            } | null;
            /** @description Payment channel */
            channel: string;
            days: {
                /**
                 * Format: date
                 * @description Calendar date in Asia/Jakarta
                 */
                date: string;
                hasFile: boolean;
                /** @description In the day’s own fee differences, whole rupiah */
                inDayCasesRupiah: number;
                /** @description By the accepted file, whole rupiah */
                keptRupiah: number;
                /** @description That stand */
                payments: number;
                reversedPayments: number;
            }[];
            /** @description Days with payments and no accepted file: the month waits for them */
            daysWithoutFile: number;
            /** @description To our loss where positive. The fee: taken less due less what single days hold. VAT: of the invoices, above its rate. Withholding: of the invoices, below its rate */
            difference: {
                /** @description Difference: the fee without VAT, whole rupiah */
                feeRupiah: number;
                /** @description Difference: VAT (PPN), whole rupiah */
                vatRupiah: number;
                /** @description Difference: income tax withheld (PPh 23), whole rupiah */
                withholdingRupiah: number;
            };
            /** @description By the contract in force on each day, and by the tax rates of the month’s last day */
            due: {
                /** @description Due: the fee without VAT, whole rupiah */
                feeRupiah: number;
                /** @description Due: VAT (PPN), whole rupiah */
                vatRupiah: number;
                /** @description Due: income tax withheld (PPh 23), whole rupiah */
                withholdingRupiah: number;
            };
            /** @description Of the fee: what differences of single days hold already, whole rupiah */
            inDayCasesRupiah: number;
            invoiceCount: number;
            invoices: components["schemas"]["FeeInvoice"][];
            /** @description Kept from the money, by the accepted files, whole rupiah */
            keptRupiah: number;
            lines: {
                /** @description Payments times fee, whole rupiah */
                amountRupiah: number;
                feeRupiah: number | null;
                /**
                 * Format: date
                 * @description Calendar date in Asia/Jakarta
                 */
                from: string;
                payments: number;
                /**
                 * Format: date
                 * @description Calendar date in Asia/Jakarta
                 */
                to: string;
            }[];
            /** @description Contribution month, such as 2026-11 */
            month: string;
            /** @description That stand, by business day */
            payments: number;
            /** @description Taken back: they cost nothing */
            reversedPayments: number;
            /** @description Kept from the money and billed, a fee that was both counted once */
            taken: {
                /** @description Taken: the fee without VAT, whole rupiah */
                feeRupiah: number;
                /** @description Taken: VAT (PPN), whole rupiah */
                vatRupiah: number;
                /** @description Taken: income tax withheld (PPh 23), whole rupiah */
                withholdingRupiah: number;
            };
            /** @description What fee, VAT and withholding may each differ by before it is a case, whole rupiah */
            toleranceRupiah: number;
            vatRate: {
                /** @description … of this many */
                baseOf: number;
                /** @description The tax is on this many parts of the fee … */
                baseParts: number;
                /** @enum {string} */
                certainty: "enacted" | "assumed";
                percent: number;
                /** @description Where it is written */
                source: string;
            };
            withholdingRate: {
                /** @description … of this many */
                baseOf: number;
                /** @description The tax is on this many parts of the fee … */
                baseParts: number;
                /** @enum {string} */
                certainty: "enacted" | "assumed";
                percent: number;
                /** @description Where it is written */
                source: string;
            };
        };
        /** @description The fees of every channel in a month */
        Fees: {
            channels: {
                /** @description The difference as a case; null: within the tolerance, or the month is not reviewed yet */
                case: {
                    /** @description Of the difference */
                    id: string;
                    /** @enum {string} */
                    state: "new" | "persisting" | "proposed" | "approved" | "resolved";
                } | null;
                /** @description Payment channel */
                channel: string;
                /** @description To our loss where positive. The fee: taken less due less what single days hold. VAT: of the invoices, above its rate. Withholding: of the invoices, below its rate */
                difference: {
                    /** @description Difference: the fee without VAT, whole rupiah */
                    feeRupiah: number;
                    /** @description Difference: VAT (PPN), whole rupiah */
                    vatRupiah: number;
                    /** @description Difference: income tax withheld (PPh 23), whole rupiah */
                    withholdingRupiah: number;
                };
                /** @description By the contract in force on each day, and by the tax rates of the month’s last day */
                due: {
                    /** @description Due: the fee without VAT, whole rupiah */
                    feeRupiah: number;
                    /** @description Due: VAT (PPN), whole rupiah */
                    vatRupiah: number;
                    /** @description Due: income tax withheld (PPh 23), whole rupiah */
                    withholdingRupiah: number;
                };
                /** @description Of the fee: what differences of single days hold already, whole rupiah */
                inDayCasesRupiah: number;
                invoiceCount: number;
                /** @description Contribution month, such as 2026-11 */
                month: string;
                /** @description That stand, by business day */
                payments: number;
                /** @description Kept from the money and billed, a fee that was both counted once */
                taken: {
                    /** @description Taken: the fee without VAT, whole rupiah */
                    feeRupiah: number;
                    /** @description Taken: VAT (PPN), whole rupiah */
                    vatRupiah: number;
                    /** @description Taken: income tax withheld (PPh 23), whole rupiah */
                    withholdingRupiah: number;
                };
            }[];
            /** @description Contribution month, such as 2026-11 */
            month: string;
        };
        /** @description Settlement files by channel and day, the newest day first */
        FileArrivals: {
            items: {
                alarmedAt: string | null;
                arrivedAt: string | null;
                /** @description Payment channel */
                channel: string;
                /**
                 * Format: date
                 * @description Calendar date in Asia/Jakarta
                 */
                date: string;
                /**
                 * Format: date-time
                 * @description When it has to be here
                 */
                dueAt: string;
                /**
                 * Format: date-time
                 * @description From when on it is late
                 */
                lateAt: string;
                /**
                 * @description late: it has not come by its hour and the tolerance
                 * @enum {string}
                 */
                state: "none" | "awaited" | "due" | "late" | "in-time" | "came-late";
            }[];
        };
        /** @description What a corrected file changes against the accepted one; its first lines */
        FileChange: {
            added: number;
            /** @description The accepted version */
            against: number;
            /** @description New less old, whole rupiah */
            amountRupiah: number;
            /** @description Same payment id, other content */
            changed: number;
            /** @description New less old, whole rupiah */
            feeRupiah: number;
            lines: {
                isRupiah: number | null;
                /** @description Empty where the line has none */
                paymentId: string;
                wasRupiah: number | null;
            }[];
            /** @description New less old, whole rupiah */
            netRupiah: number;
            removed: number;
        };
        /** @description What became of the file */
        FileTaken: {
            /** @description Settled less reversed, whole rupiah */
            amountRupiah: number;
            bytes: number;
            change: components["schemas"]["FileChange"] | null;
            /** @description The channel’s fees, whole rupiah */
            feeRupiah: number;
            /** @description By the control totals; all money below is theirs */
            lines: number;
            /** @description What the bank must credit, whole rupiah */
            netRupiah: number;
            /** @enum {string} */
            outcome: "accepted" | "unchanged" | "proposed";
            quarantined: {
                /** @description What was wrong */
                code: string;
                /** @description The column, as the layout calls it; empty: the whole line */
                field: string;
                /** @description Physical line of the file */
                line: number;
            }[];
            /** @description Lines set aside */
            quarantinedLines: number;
            /** @description Of the bytes as they came, hexadecimal */
            sha256: string;
            /** @enum {string} */
            state: "accepted" | "held" | "proposed" | "superseded" | "rejected" | "withdrawn";
            /** @description Of the day’s file, from 1 */
            version: number;
        };
        /** @description A withdrawal of a settlement file, as two people take it */
        FileWithdrawal: {
            /** @description Payment channel */
            channel: string;
            /**
             * Format: date
             * @description Calendar date in Asia/Jakarta
             */
            date: string;
            decidedAt: string | null;
            decidedBy: string | null;
            /**
             * Format: date-time
             * @description When
             */
            proposedAt: string;
            /** @description The operator’s subject */
            proposedBy: string;
            /** @description As given */
            reason: string;
            remark: string | null;
            /** @description Of the bytes as they came, hexadecimal */
            sha256: string;
            /** @enum {string} */
            state: "proposed" | "approved" | "rejected";
            /** @description Of the day’s file */
            version: number;
        };
        /** @description Whether people proposed to withdraw the file of a day, and what was decided */
        FileWithdrawalStanding: {
            /** @description The last one */
            proposal: components["schemas"]["FileWithdrawal"] | null;
        };
        /** @description A payment that a channel asked the hub to take */
        FoundPayment: {
            /** @description KPJ or bill code; null: the customer was unknown */
            account: string | null;
            /** @description Payment channel */
            channel: string;
            /**
             * Format: date-time
             * @description When the hub decided
             */
            decidedAt: string;
            /** @description Printed on the receipt */
            hubReference: string;
            /** @enum {string} */
            outcome: "accepted" | "refused" | "reversed-first";
            /** @description The partner’s id */
            paymentId: string;
        };
        /** @description How each function did in the last 24 hours */
        Functions: {
            /**
             * Format: date-time
             * @description When it was asked
             */
            asOf: string;
            items: {
                /** @description Of those, how many ended in a crash or ran out of time */
                errors: number;
                /** @description Events that it was given */
                invocations: number;
                /** @description Function */
                name: string;
                /** @description 99 of 100 were through within so many milliseconds; null: there was none */
                p99Millis: number | null;
                /** @description Events that found no room */
                throttles: number;
            }[];
            /** @description The 24 hours that the figures are of; null: there are none to be had now, and the rest of the answer holds */
            measured: {
                /**
                 * Format: date-time
                 * @description Begin
                 */
                from: string;
                /**
                 * Format: date-time
                 * @description End
                 */
                to: string;
            } | null;
        };
        /** @description The hub can serve */
        Health: {
            /** @constant */
            status: "ok";
        };
        /** @description What became of each row */
        ImportResult: {
            /** @description Rows that registered or changed something */
            accepted: number;
            refused: {
                /** @enum {string} */
                code: "WRONG_COLUMN_COUNT" | "BAD_KPJ" | "BAD_NIK" | "BAD_NAME" | "BAD_REGION" | "BAD_SECTOR" | "BAD_FUNDING" | "BAD_PROGRAMS" | "BAD_INCOME" | "BAD_PHONE" | "BAD_DATE" | "DUPLICATE_IN_FILE" | "KPJ_BELONGS_TO_ANOTHER" | "MEMBERSHIP_CLOSED" | "NIK_ALREADY_SELF_PAID";
                /** @description Physical line of the file; the header is line 1 */
                line: number;
                /** @description What was expected; never what stood there */
                reason: string;
            }[];
            /** @description Rows that say what the hub knows already */
            unchanged: number;
        };
        /** @description Today against the same weekday a week ago, both up to the same minute */
        IntakeComparison: {
            channels: {
                /** @description Contributions taken, reversed ones included, whole rupiah */
                amountRupiah: number;
                /** @description Payment channel */
                channel: string;
                /** @description Payments */
                count: number;
                /** @description Payments of that day up to the same minute */
                weekBeforeCount: number;
                /** @description Contributions of that day up to the same minute, whole rupiah */
                weekBeforeRupiah: number;
            }[];
            /**
             * Format: date-time
             * @description The last whole quarter of an hour; what came later counts on neither side
             */
            until: string;
            /**
             * Format: date
             * @description The same weekday a week ago
             */
            weekBefore: string;
        };
        /** @description What came in during one hour */
        IntakeHour: {
            channels: {
                /** @description Contributions taken, reversed ones included, whole rupiah */
                amountRupiah: number;
                /** @description Payment channel */
                channel: string;
                /** @description Payments */
                count: number;
            }[];
            /**
             * Format: date-time
             * @description Its start
             */
            from: string;
        };
        /** @description The entries of a day. A closed day never changes; the balances are empty while the day before is open. */
        Journal: {
            accounts: number;
            balances: {
                /** @enum {string} */
                account: "receivable" | "bank" | "opening-balance" | "bank-charges" | "bank-interest" | "unidentified-receipts" | "returned" | "channel-fees" | "vat-in" | "withholding-payable" | "fees-payable" | "written-off" | "channel-charges" | "unallocated" | "bill-clearing" | "contribution" | "credit" | "suspense";
                /** @description Debit positive, after the day, whole rupiah */
                balanceRupiah: number;
                channel: string | null;
                program: ("JKK" | "JKM" | "JHT") | null;
            }[];
            /** @description Whether the day is closed */
            closed: boolean;
            closedAt: string | null;
            /** @description Sum of credits, whole rupiah */
            creditRupiah: number;
            /**
             * Format: date
             * @description Calendar date in Asia/Jakarta
             */
            date: string;
            /** @description Sum of debits, whole rupiah */
            debitRupiah: number;
            entries: {
                /** @enum {string} */
                account: "receivable" | "bank" | "opening-balance" | "bank-charges" | "bank-interest" | "unidentified-receipts" | "returned" | "channel-fees" | "vat-in" | "withholding-payable" | "fees-payable" | "written-off" | "channel-charges" | "unallocated" | "bill-clearing" | "contribution" | "credit" | "suspense";
                channel: string | null;
                count: number;
                /** @description Credit, whole rupiah */
                creditRupiah: number;
                /** @description Debit, whole rupiah */
                debitRupiah: number;
                /** @enum {string} */
                kind: "collected" | "allocated" | "reversed" | "settled" | "invoiced" | "banked" | "decided";
                program: ("JKK" | "JKM" | "JHT") | null;
            }[];
            /** @description Debits less credits: 0, whole rupiah */
            trialRupiah: number;
        };
        /** @description The entries of a closed month, one row each */
        JournalExport: {
            columns: string[];
            /** @description Of the entries as they were closed, hexadecimal */
            digest: string;
            /** @description Month of the books */
            month: string;
            /** @description By column */
            rows: {
                [key: string]: string | number;
            }[];
        };
        /** @description An answer as it lies in the audit chain */
        KeptAnswer: {
            /** @description Who gave it */
            actor: string;
            answer: {
                /**
                 * Format: date-time
                 * @description When this was computed
                 */
                asOf: string;
                /** @description Whether there was cover */
                covered: boolean;
                factKeys: string[];
                files: string[];
                from: string | null;
                /** @description As asked; null: everything known now */
                knownAt: string | null;
                /** @description Contribution month, such as 2026-11 */
                month: string;
                /** @description As asked: a date (Asia/Jakarta) or an instant */
                on: string;
                /** @description Covered for a part of the day asked only */
                partialDay: boolean;
                /** @description Covered, and no settlement file of the channel has named the payment yet; or, covered or not, a fact of the account was put past the hub */
                provisional: boolean;
                /** @description Number of the benefit case */
                reference: string;
                /** @description The rules that the answer was computed by */
                rulesVersion: string;
                to: string | null;
            };
            /**
             * Format: date-time
             * @description When it was given
             */
            at: string;
            /** @description Of the entry, SHA-256 in hex */
            hash: string;
            /** @description Place in the audit chain */
            sequence: number;
        };
        /** @description The answers */
        KeptAnswers: {
            items: components["schemas"]["KeptAnswer"][];
        };
        /** @description The dates of the key in force */
        KeyDatesRequest: {
            endsOn?: string | null;
            /**
             * Format: date
             * @description Since when it is used
             */
            since: string;
        };
        /** @description A membership that lapses if nothing more is paid, and what would keep it */
        Lapse: {
            /** @enum {string} */
            funding: "self" | "apbn" | "apbd" | "village" | "csr" | "private";
            /** @description What must be paid, in this order */
            keepMonths: string[];
            /** @description Price of the fewest months that keep from lapsing in this time, less credit, whole rupiah */
            keepRupiah: number;
            /** @description Number of the membership */
            kpj: string;
            /**
             * Format: date
             * @description The first day on which it is lapsed if nothing more is paid
             */
            lapsesOn: string;
            /** @description Where it was paid last; null: never */
            lastChannel: string | null;
            /** @description The notice that the member got last, and its fate; null: none */
            lastNotice: {
                /** @description Contribution month, such as 2026-11 */
                month: string;
                /** @enum {string} */
                stage: "receipt" | "before-due" | "due" | "grace" | "sponsor-stopping" | "last-week" | "lapsed" | "active-again";
                /** @enum {string} */
                state: "reserved" | "sent" | "failed" | "unknown" | "obsolete" | "unreachable";
            } | null;
            paidThrough: string | null;
            /** @description Name */
            province: string;
            /** @description Kemendagri code */
            regionCode: string;
            /** @enum {string} */
            sector: "transport" | "farming" | "fishery" | "trade" | "services" | "other";
            /** @enum {string} */
            status: "unpaid" | "active" | "grace" | "lapsed" | "closed";
        };
        /** @description One page, with totals on the first */
        Lapses: {
            /**
             * Format: date-time
             * @description When this was computed
             */
            asOf: string;
            days: number;
            items: components["schemas"]["Lapse"][];
            /** @description Give it as `after` for the next page; null on the last */
            next: string | null;
            /** @description With the first page only */
            totals: {
                /** @description With by=channel, up to 10,000 memberships */
                byChannel: {
                    count: number;
                    /** @description Price of the fewest months that keep from lapsing in this time, less credit, whole rupiah */
                    keepRupiah: number;
                    /** @description Of what */
                    key: string;
                }[] | null;
                byDay: {
                    count: number;
                    /** @description Price of the fewest months that keep from lapsing in this time, less credit, whole rupiah */
                    keepRupiah: number;
                    /** @description Of what */
                    key: string;
                }[];
                byFunding: {
                    count: number;
                    /** @description Price of the fewest months that keep from lapsing in this time, less credit, whole rupiah */
                    keepRupiah: number;
                    /** @description Of what */
                    key: string;
                }[];
                /** @description With by=notice, up to 10,000 memberships */
                byNotice: {
                    count: number;
                    /** @description Price of the fewest months that keep from lapsing in this time, less credit, whole rupiah */
                    keepRupiah: number;
                    /** @description Of what */
                    key: string;
                }[] | null;
                byProvince: {
                    count: number;
                    /** @description Price of the fewest months that keep from lapsing in this time, less credit, whole rupiah */
                    keepRupiah: number;
                    /** @description Of what */
                    key: string;
                }[];
                bySector: {
                    count: number;
                    /** @description Price of the fewest months that keep from lapsing in this time, less credit, whole rupiah */
                    keepRupiah: number;
                    /** @description Of what */
                    key: string;
                }[];
                /** @description false where the table is larger than one call reads */
                complete: boolean;
                count: number;
                /** @description Price of the fewest months that keep from lapsing in this time, less credit, whole rupiah */
                keepRupiah: number;
                viewsRead: number;
            } | null;
            /**
             * Format: date
             * @description The last day looked at
             */
            until: string;
        };
        /** @description A difference as lists show it */
        ListedDifference: {
            account: string | null;
            breakDate: string | null;
            /** @description Payment channel */
            channel: string;
            /** @enum {string} */
            class: "missing-in-file" | "missing-in-hub" | "amount-difference" | "fee-difference" | "fee-invoice-difference" | "duplicate-in-file" | "duplicate-across-files" | "reversed-here-settled-there" | "settled-here-reversed-there" | "ambiguous" | "quarantined" | "bank-difference" | "late-reversal" | "corrected-file";
            /**
             * Format: date
             * @description Calendar date in Asia/Jakarta
             */
            date: string;
            daysOpen: number;
            fileAmountRupiah: number | null;
            /**
             * Format: date-time
             * @description When a run first found it
             */
            firstSeenAt: string;
            hubAmountRupiah: number | null;
            /** @description Stable over reruns */
            id: string;
            lines: number[];
            /** @description What of it is neither written off nor charged; positive: the channel’s debt, whole rupiah */
            openRupiah: number;
            owner: string | null;
            /** @description The partner’s id; empty where the line has none */
            paymentId: string;
            /** @description Why, in a word */
            reason: string;
            /** @description What is in question, whole rupiah */
            stakeRupiah: number;
            /** @enum {string} */
            state: "new" | "persisting" | "proposed" | "approved" | "resolved";
            version: number;
            /** @description Whom a proposal waits for: another person, or, above what two may approve, an administrator; null: for nobody */
            waitsFor: ("approver" | "admin") | null;
        };
        /** @description The row of a sponsor’s list that made this membership */
        ListRowStep: {
            /** @description The list */
            cohortId: string;
            /** @description Of the list as it was sent; the header is line 1 */
            line: number | null;
            /** @description What the sponsor undertook to pay */
            programId: string;
            /**
             * Format: date-time
             * @description When it came
             */
            receivedAt: string;
            /** @description Who sent it */
            receivedBy: string;
            /** @description Of the list as it was received */
            sha256: string;
            /** @description Who pays */
            sponsorId: string;
            /** @constant */
            step: "list-row";
        };
        /** @description It is recorded; endpoints go by it within 20 seconds */
        LockDone: {
            /**
             * Format: date-time
             * @description When it was recorded
             */
            at: string;
            /** @description Payment channel */
            channel: string;
        };
        /** @description A till or a store that is to be locked out until somebody unlocks it */
        LockRequest: {
            /**
             * @description What is locked
             * @enum {string}
             */
            by: "till" | "store";
            /** @description Without names and numbers of people: it is kept for 10 years */
            reason: string;
            /** @description A till as `store/till`, a store as the partner names it */
            subject: string;
        };
        /** @description Who is locked out of a channel’s endpoint: what people did first */
        Locks: {
            /** @description Payment channel */
            channel: string;
            items: {
                /**
                 * Format: date-time
                 * @description Since when
                 */
                at: string;
                /**
                 * @description channel: a kind of message, for the rest of the day; key: a revoked certificate key
                 * @enum {string}
                 */
                by: "till" | "store" | "customer" | "channel" | "key";
                /** @description Whether it holds now: one that has ended is listed until the table drops it */
                inForce: boolean;
                /** @description Which limit was reached; null: a person locked */
                limit: string | null;
                /** @description Why, where a person locked */
                reason: string | null;
                /** @description Till as store/till, store, digest of a customer, kind of message, or SHA-256 of a key */
                subject: string;
                /** @description null: until somebody unlocks it; a key for ever. A customer’s ends by itself */
                until: string | null;
            }[];
            /** @description Give it as `after` for the next page; null on the last */
            next: string | null;
        };
        /** @description Where a membership stands */
        Membership: {
            /**
             * Format: date-time
             * @description When this was computed
             */
            asOf: string;
            closure: {
                /**
                 * Format: date-time
                 * @description When it was decided
                 */
                decidedAt: string;
                /**
                 * Format: date
                 * @description Calendar date in Asia/Jakarta
                 */
                on: string;
                /** @description As given */
                reason: string;
            } | null;
            /** @description What is left over and lowers the next quote, whole rupiah */
            creditRupiah: number;
            /** @enum {string} */
            funding: "self" | "apbn" | "apbd" | "village" | "csr" | "private";
            /** @description Monthly income as registered, whole rupiah */
            incomeRupiah: number;
            /** @description Number of the membership */
            kpj: string;
            /** @description Channels that an operator has locked this membership out of: it cannot be paid there until then */
            locks: {
                /**
                 * Format: date-time
                 * @description Since when
                 */
                at: string;
                /** @description Payment channel */
                channel: string;
                /** @description As given */
                reason: string;
                until: string | null;
            }[];
            /** @description Whether name, NIK and phone are masked: by the role, or because the call asked for it */
            masked: boolean;
            /** @description Masked unless the role may see it; empty when erased */
            name: string;
            /** @description The next change that time alone will bring */
            nextTransition: {
                /**
                 * Format: date
                 * @description Calendar date in Asia/Jakarta
                 */
                on: string;
                /** @enum {string} */
                to: "unpaid" | "active" | "grace" | "lapsed" | "closed";
            } | null;
            /** @description Masked unless the role may see it; empty when erased */
            nik: string;
            paidThrough: string | null;
            /** @description The first month that can be paid */
            payable: {
                /** @description Price less credit, whole rupiah */
                amountRupiah: number;
                /** @description Contribution month, such as 2026-11 */
                month: string;
            } | null;
            /** @description What one person asked for and another has to approve; nothing of it counts until then */
            pendingProposal: {
                /** @enum {string} */
                action: "close" | "reopen";
                /** @description The last day of cover; null for a reopening, which counts from its approval */
                on: string | null;
                /**
                 * Format: date-time
                 * @description When
                 */
                proposedAt: string;
                /** @description The administrator’s subject */
                proposedBy: string;
                /** @description As given */
                reason: string;
            } | null;
            /** @description Masked unless the role may see it; empty when unknown */
            phone: string;
            /** @enum {string} */
            programs: "JKK+JKM" | "JKK+JKM+JHT";
            /** @description Kemendagri code */
            regionCode: string;
            /**
             * Format: date
             * @description Calendar date in Asia/Jakarta
             */
            registeredOn: string;
            /** @enum {string} */
            sector: "transport" | "farming" | "fishery" | "trade" | "services" | "other";
            /**
             * @description Computed from the facts at the moment of reading
             * @enum {string}
             */
            status: "unpaid" | "active" | "grace" | "lapsed" | "closed";
            /** @description Of the stored view; 0 before the first fold */
            version: number;
            /** @description What the fold has written so far; it may lag */
            view: {
                /**
                 * Format: date-time
                 * @description When the fold wrote it
                 */
                asOf: string;
                paidThrough: string | null;
                /** @enum {string} */
                status: "unpaid" | "active" | "grace" | "lapsed" | "closed";
                version: number;
            } | null;
        };
        /** @description A part of a movement and where it is */
        MovementPlace: {
            /** @description With the sign of the bank account, whole rupiah */
            amountRupiah: number;
            channel: string | null;
            /** @description The business day that it pays */
            date: string | null;
            /** @description What it pays: the id of the difference that was charged, or the number of the fee invoice */
            item: string | null;
            /** @enum {string} */
            kind: "channel-day" | "channel-charge" | "fee-invoice" | "bank-charges" | "interest" | "opening-balance" | "unidentified" | "returned";
            /** @description Sets of days that would add up to it, the first two */
            ways: string[][];
            why: string | null;
        };
        /** @description People nearby for whom a person pays */
        NeighboursRequest: {
            /** @description Each is judged as a row of a list */
            people: {
                /** @description The program’s when not given */
                incomeRupiah?: number;
                /** @description Name */
                name: string;
                /** @description NIK */
                nik: string;
                /** @description Phone number */
                phone?: string;
                /** @description Where the person lives, such as 15.71.01.1001 */
                regionCode: string;
                /** @description The program’s when not given */
                sector?: string;
            }[];
        };
        /** @description The notices of two years, newest month first */
        Notices: {
            items: {
                /**
                 * Format: date-time
                 * @description Of the last change
                 */
                at: string;
                channel: ("sms" | "whatsapp" | "email") | null;
                code: string | null;
                /** @description The contribution month that it is about */
                month: string;
                /** @enum {string} */
                stage: "receipt" | "before-due" | "due" | "grace" | "sponsor-stopping" | "last-week" | "lapsed" | "active-again";
                /**
                 * @description unknown: it may have gone out, and is not sent again. unreachable: there was no way to the member
                 * @enum {string}
                 */
                state: "reserved" | "sent" | "failed" | "unknown" | "obsolete" | "unreachable";
            }[];
        };
        /** @description An open item of a channel’s day */
        OpenReceivable: {
            ageDays: number;
            /** @description Positive: the channel owes it to us, whole rupiah */
            amountRupiah: number;
            /** @description Payment channel */
            channel: string;
            /** @description Payments, lines or credits in it */
            count: number;
            /**
             * Format: date
             * @description The business day: since then it ages
             */
            date: string;
            /** @description Row of the statement, file-awaited or unexplained */
            label: string;
        };
        /** @description Counts; each part says of when */
        Overview: {
            /**
             * Format: date-time
             * @description When this was put together
             */
            asOf: string;
            /** @description When the nightly run last held the counts against what they count */
            checks: {
                /** @description Of the latest business day on which every channel was looked at; null: not yet */
                intake: components["schemas"]["CountCheck"] | null;
                /** @description null: not yet */
                memberships: components["schemas"]["CountCheck"] | null;
            };
            comparison: components["schemas"]["IntakeComparison"];
            /** @description Memberships that lapse within so many days if nothing more is paid */
            lapsing: {
                count: number;
                days: number;
            }[];
            /** @description 24 whole hours and the one under way, the oldest first */
            lastDay: components["schemas"]["IntakeHour"][];
            memberships: {
                byFunding: {
                    [key: string]: number;
                };
                byProvince: {
                    byStatus: components["schemas"]["CountsByStatus"];
                    /** @description Two digits */
                    code: string;
                    /** @description Province */
                    name: string;
                    total: number;
                }[];
                byStatus: components["schemas"]["CountsByStatus"];
                /** @description false: a large table that no night has counted yet, in part */
                complete: boolean;
                /**
                 * Format: date-time
                 * @description When the last change was counted; where nothing is counted yet, when they were counted one by one
                 */
                countedAt: string;
                /** @description Sum of all credits, whole rupiah */
                creditRupiah: number;
                total: number;
            };
            /** @description Differences that are not resolved */
            openDifferences: {
                /** @description false: there are more, and no more were counted */
                complete: boolean;
                count: number;
            };
            paymentsToday: {
                channels: {
                    /** @description Customer fees, whole rupiah */
                    adminFeeRupiah: number;
                    /** @description Contributions taken, reversed ones included, whole rupiah */
                    amountRupiah: number;
                    /** @description Payment channel */
                    channel: string;
                    /** @description Payments */
                    count: number;
                    reversedCount: number;
                    /** @description Contributions reversed, whole rupiah */
                    reversedRupiah: number;
                }[];
                /**
                 * Format: date
                 * @description Calendar date in Asia/Jakarta
                 */
                day: string;
            };
            /** @description What waits, approximately */
            queues: {
                /** @description Queues with dead letters */
                affected: string[];
                /** @description Messages that were put aside */
                deadLetters: number;
                /** @description Messages to be handled, or under way */
                waiting: number;
            };
            /** @description Covered memberships against the target, in the provinces that have one for this year; null where none has */
            target: {
                /** @description Covered memberships in them */
                covered: number;
                /** @description Covered per informal worker */
                ofInformalBasisPoints: number | null;
                /** @description Provinces with a target */
                provinces: number;
                /** @description Covered memberships that the target asks for */
                target: number;
            } | null;
            /** @description From a payment’s decision until the membership’s view counts it, over the last 24 hours; up to 9% too long */
            timeToActive: {
                /** @description Folds that counted a new payment */
                count: number;
                /** @description Half of them took no longer; null where there was none */
                p50Millis: number | null;
                /** @description 99 of a hundred took no longer */
                p99Millis: number | null;
            };
            /** @description What channels owe by the open items of their days, by age of the day */
            unreconciled: {
                ages: {
                    /** @description Of this age, whole rupiah */
                    amountRupiah: number;
                    count: number;
                    /** @enum {string} */
                    label: "0-7" | "8-30" | "31-90" | "over-90";
                }[];
                /** @description All of it, whole rupiah */
                amountRupiah: number;
                /** @description Age of the oldest open item */
                oldestDays: number;
            };
        };
        /** @description Who looks after the case */
        OwnerRequest: {
            /**
             * @description take: you do from now on; release: you do no longer
             * @enum {string}
             */
            action: "take" | "release";
        };
        /** @description All memberships of a person; none: an empty list */
        Participant: {
            memberships: components["schemas"]["Membership"][];
        };
        /** @description Whose memberships are wanted */
        ParticipantSearch: {
            /** @description The person’s number, 16 digits */
            nik: string;
        };
        /** @description A partner’s key by its dates */
        PartnerKey: {
            /** @description Payment channel */
            channel: string;
            /** @description The key in force; null: nobody has recorded its dates */
            inForce: {
                /** @description Days since then */
                ageDays: number;
                /** @description Days until the last one, negative when it is past; null without one */
                endsInDays: number | null;
                /** @description The last day; null: none was agreed */
                endsOn: string | null;
                /**
                 * Format: date
                 * @description Since when it is used
                 */
                since: string;
            } | null;
            /**
             * @description What requests are signed with, or what is presented to the gateway
             * @enum {string}
             */
            kind: "message-keys" | "client-certificate";
            /** @description null: none is under way */
            rotation: {
                /** @description Its last day; null: none is agreed */
                endsOn: string | null;
                /** @description Every function knows both keys: the partner may switch */
                mayFollow: boolean;
                /**
                 * Format: date
                 * @description From when the new key is meant
                 */
                since: string;
                steps: {
                    /** @description When it was done; null: not done, or not known any more */
                    at: string | null;
                    /** @enum {string} */
                    state: "done" | "now" | "later";
                    /**
                     * @description made, staged (both valid), switched by the partner, the old one retired
                     * @enum {string}
                     */
                    step: "made" | "staged" | "switched" | "retired";
                }[];
            } | null;
            /** @description When the channel’s secret was last written, whichever part of it; null: not to be had now */
            secretWrittenAt: string | null;
            /**
             * @description unknown: nobody has recorded its dates; ends-soon: within 45 days
             * @enum {string}
             */
            state: "unknown" | "in-force" | "ends-soon" | "ended";
        };
        /** @description Keys of all partners by their dates */
        PartnerKeys: {
            /**
             * Format: date-time
             * @description When it was looked at
             */
            asOf: string;
            items: components["schemas"]["PartnerKey"][];
        };
        /** @description What a channel sent under a payment id, and what became of it */
        PartnerPayment: {
            /** @description Payment channel */
            channel: string;
            decision: {
                /** @description KPJ or bill code; null where the customer is unknown */
                account: string | null;
                /** @description Contribution; null where nothing was accepted */
                amountRupiah: number | null;
                /**
                 * Format: date-time
                 * @description When the hub decided; the answer left right after
                 */
                decidedAt: string;
                /** @description Of the signed request that is kept, hexadecimal; null where none is */
                evidenceDigest: string | null;
                /** @description Our number of the payment, as it was answered */
                hubReference: string;
                /** @description Months that were quoted */
                months: string[];
                /**
                 * @description What was answered first, and is answered to every repeat
                 * @enum {string}
                 */
                outcome: "accepted" | "refused" | "reversed-first";
                /** @description Why it was refused; null where it was not */
                refusal: ("unknown-customer" | "expired" | "already-paid" | "wrong-amount") | null;
            };
            /** @description null: nothing is recorded, as after a refusal */
            fact: {
                /** @description Where it was paid */
                outlet: string;
                /**
                 * Format: date-time
                 * @description Signed by the partner
                 */
                partnerAt: string;
                /**
                 * Format: date-time
                 * @description When the fact was put
                 */
                recordedAt: string;
                /** @description From the decision to the fact */
                secondsToRecord: number;
            } | null;
            /** @description The partner’s id of the payment */
            paymentId: string;
            /** @description When its channel reversed it; null where it did not */
            reversedAt: string | null;
            /** @description The line of the channel’s file and the bank’s credit; empty while no file named it */
            settlement: components["schemas"]["EvidenceStep"][];
            /** @description The membership’s view; null for a bill, an unknown customer, or where it is not folded yet */
            view: {
                /** @description Whether it was folded after the fact was recorded */
                countsPayment: boolean;
                /**
                 * Format: date-time
                 * @description When it was written last
                 */
                foldedAt: string;
                paidThrough: string | null;
                /** @description Status that the view holds */
                status: string;
            } | null;
        };
        /** @description The last payments and reversals that the hub recorded of a channel */
        PartnerPayments: {
            /** @description Payment channel */
            channel: string;
            /**
             * Format: date
             * @description Business day
             */
            day: string;
            items: {
                /** @description KPJ or bill code */
                account: string;
                /** @description Customer fee, whole rupiah */
                adminFeeRupiah: number;
                /** @description Contribution, whole rupiah */
                amountRupiah: number;
                /**
                 * Format: date-time
                 * @description When the hub decided
                 */
                decidedAt: string;
                /** @description Our number of the payment; null on a reversal */
                hubReference: string | null;
                /** @enum {string} */
                kind: "payment" | "reversal" | "late-reversal";
                /** @description Where it was paid; empty where the channel names none */
                outlet: string;
                /** @description The partner’s id of the payment */
                paymentId: string;
            }[];
        };
        /** @description How each channel’s calls went in the last 24 hours */
        Partners: {
            /**
             * Format: date-time
             * @description When it was asked
             */
            asOf: string;
            items: {
                /** @description Payment channel */
                channel: string;
                /** @description null: there are none to be had now */
                figures: {
                    /** @description Payments taken, by first answers */
                    accepted: number;
                    /** @description Requests that reached the endpoint, repeats included */
                    calls: number;
                    /** @description Our faults, and answers that had to say that the outcome is unknown */
                    failed: number;
                    /** @description 99 of 100 were through within so many milliseconds; null: there was none */
                    p99Millis: number | null;
                    /** @description Payments refused, by first answers */
                    refused: number;
                    /** @description Requests that were refused before any work, by why */
                    turnedAway: {
                        count: number;
                        /** @enum {string} */
                        reason: "too-large" | "wrong-content-type" | "unknown-operation" | "malformed" | "unknown-partner" | "bad-token" | "bad-signature" | "bad-clock" | "not-readable";
                    }[];
                } | null;
                /** @description When its last payment or reversal was decided; null: none today or yesterday */
                lastPaymentAt: string | null;
            }[];
            /** @description The 24 hours that the figures are of; null: there are none to be had now, and the rest of the answer holds */
            measured: {
                /**
                 * Format: date-time
                 * @description Begin
                 */
                from: string;
                /**
                 * Format: date-time
                 * @description End
                 */
                to: string;
            } | null;
        };
        /** @description What the hub decided and answered to the partner */
        PaymentDecisionStep: {
            /** @description KPJ or bill code */
            account: string | null;
            /** @description Payment channel */
            channel: string;
            /**
             * Format: date-time
             * @description When the hub decided
             */
            decidedAt: string;
            /** @description accepted, refused or reversed-first */
            decision: string;
            /** @description The hub’s reference, printed on the receipt */
            hubReference: string;
            /** @description The partner’s id of the payment */
            paymentId: string;
            /** @constant */
            step: "payment-decision";
        };
        /** @description Money that came to a membership, or went back */
        PaymentItem: {
            /** @description What the customer paid the outlet on top, whole rupiah */
            adminFeeRupiah: number;
            /** @description Where its money is now; empty when reversed */
            allocatedMonths: string[];
            /** @description Contribution, whole rupiah */
            amountRupiah: number;
            /** @description Where it was paid by a bill */
            billCode: string | null;
            businessDate: string | null;
            /** @description Payment channel, or finance */
            channel: string;
            /** @description What it left as credit; negative where it drew credit, whole rupiah */
            creditRupiah: number;
            /**
             * Format: date-time
             * @description When the hub decided
             */
            decidedAt: string;
            /** @description Key of the fact within the account */
            factKey: string;
            /** @description Printed on the receipt */
            hubReference: string | null;
            /** @enum {string} */
            kind: "payment" | "reversal";
            /** @description What it was paid for, as its answer said; of a reversal, what it took back */
            months: string[];
            /** @description Where it was paid */
            outlet: string | null;
            partnerAt: string | null;
            /** @description The partner’s id of the payment; of a reversal, the payment it takes back */
            paymentId: string;
            /**
             * Format: date-time
             * @description When the fact was put
             */
            recordedAt: string;
            /** @description What a share did not need: it went back to its bill, whole rupiah */
            returnedToBillRupiah: number;
            /** @description Whether it was taken back */
            reversed: boolean;
            /** @description What found no month and is no credit, whole rupiah */
            suspenseRupiah: number;
        };
        /** @description One page of payments and reversals, newest first */
        Payments: {
            items: components["schemas"]["PaymentItem"][];
            /** @description Give it as `after` for the next page; null on the last */
            next: string | null;
        };
        /** @description A month: as it was closed, or as it would be kept if it were closed now */
        Period: {
            balances: {
                /** @enum {string} */
                account: "receivable" | "bank" | "opening-balance" | "bank-charges" | "bank-interest" | "unidentified-receipts" | "returned" | "channel-fees" | "vat-in" | "withholding-payable" | "fees-payable" | "written-off" | "channel-charges" | "unallocated" | "bill-clearing" | "contribution" | "credit" | "suspense";
                /** @description Debit positive, on its last evening, whole rupiah */
                balanceRupiah: number;
                channel: string | null;
                program: ("JKK" | "JKM" | "JHT") | null;
            }[];
            closed: {
                /**
                 * Format: date-time
                 * @description When
                 */
                at: string;
                /** @description The approver’s subject */
                closedBy: string;
                /** @description The operator’s subject */
                proposedBy: string;
                /** @description As given */
                reason: string;
            } | null;
            /** @description Of all its entries, hexadecimal */
            digest: string;
            entries: number;
            /**
             * Format: date
             * @description The last journal day that it takes in
             */
            journalThrough: string;
            /** @description Month of the books */
            month: string;
            /** @description BANK_NOT_STATEMENT: The bank account of the books is not the closing balance of the bank’s statement. BANK_STATEMENT_MISSING: The last statement of the bank does not reach the end of the month. STATEMENT_UNCONFIRMED: Bank statements that one person handed over and nobody has confirmed; no month closes on them. RECEIVABLE_NOT_EXPLAINED: The receivable of a channel is not the sum of its open items. DAYS_WITHOUT_STATEMENT: Days of a channel that were compared with no file. UNSIGNED_DAYS: Days that nobody has signed off. SIGNED_DAYS_CHANGED: Days that changed after they were signed off. UNIDENTIFIED_RECEIPTS: Movements of the bank that nobody has placed. SUSPENSE: Money in suspense. BILL_CLEARING_BELOW_ZERO: Members have more from bills of a channel than was paid for them. OPEN_DIFFERENCES: Differences that are not resolved. OPEN_RECEIVABLES: Days for which a channel still owes, or is owed */
            open: {
                /** @description Sum of them, signed, whole rupiah */
                amountRupiah: number;
                /** @enum {string} */
                code: "BANK_NOT_STATEMENT" | "BANK_STATEMENT_MISSING" | "STATEMENT_UNCONFIRMED" | "RECEIVABLE_NOT_EXPLAINED" | "DAYS_WITHOUT_STATEMENT" | "UNSIGNED_DAYS" | "SIGNED_DAYS_CHANGED" | "UNIDENTIFIED_RECEIPTS" | "SUSPENSE" | "BILL_CLEARING_BELOW_ZERO" | "OPEN_DIFFERENCES" | "OPEN_RECEIVABLES";
                count: number;
                /** @description The first 200 */
                items: {
                    /** @description Signed, whole rupiah */
                    amountRupiah: number;
                    channel: string | null;
                    date: string | null;
                    id: string | null;
                }[];
            }[];
            /** @description The last one */
            proposal: {
                accept: ("BANK_NOT_STATEMENT" | "BANK_STATEMENT_MISSING" | "STATEMENT_UNCONFIRMED" | "RECEIVABLE_NOT_EXPLAINED" | "DAYS_WITHOUT_STATEMENT" | "UNSIGNED_DAYS" | "SIGNED_DAYS_CHANGED" | "UNIDENTIFIED_RECEIPTS" | "SUSPENSE" | "BILL_CLEARING_BELOW_ZERO" | "OPEN_DIFFERENCES" | "OPEN_RECEIVABLES")[];
                decidedAt: string | null;
                decidedBy: string | null;
                /**
                 * Format: date
                 * @description The last journal day that was proposed
                 */
                journalThrough: string;
                /**
                 * Format: date-time
                 * @description When
                 */
                proposedAt: string;
                /** @description The operator’s subject */
                proposedBy: string;
                /** @description As given */
                reason: string;
                remark: string | null;
                /** @enum {string} */
                state: "proposed" | "approved" | "rejected";
            } | null;
            /** @description What channels owed for which of their days on its last evening: carried */
            receivables: {
                /** @description Positive: owed to us, whole rupiah */
                amountRupiah: number;
                /** @description Payment channel */
                channel: string;
                /** @description null: from before the books named days */
                date: string | null;
            }[];
            /** @enum {string} */
            state: "open" | "closed";
        };
        /** @description Why the month may be closed, and with what open */
        PeriodCloseRequest: {
            /** @description What may be open: BANK_NOT_STATEMENT: The bank account of the books is not the closing balance of the bank’s statement. BANK_STATEMENT_MISSING: The last statement of the bank does not reach the end of the month. STATEMENT_UNCONFIRMED: Bank statements that one person handed over and nobody has confirmed; no month closes on them. RECEIVABLE_NOT_EXPLAINED: The receivable of a channel is not the sum of its open items. DAYS_WITHOUT_STATEMENT: Days of a channel that were compared with no file. UNSIGNED_DAYS: Days that nobody has signed off. SIGNED_DAYS_CHANGED: Days that changed after they were signed off. UNIDENTIFIED_RECEIPTS: Movements of the bank that nobody has placed. SUSPENSE: Money in suspense. BILL_CLEARING_BELOW_ZERO: Members have more from bills of a channel than was paid for them. OPEN_DIFFERENCES: Differences that are not resolved. OPEN_RECEIVABLES: Days for which a channel still owes, or is owed */
            accept: ("BANK_NOT_STATEMENT" | "BANK_STATEMENT_MISSING" | "STATEMENT_UNCONFIRMED" | "RECEIVABLE_NOT_EXPLAINED" | "DAYS_WITHOUT_STATEMENT" | "UNSIGNED_DAYS" | "SIGNED_DAYS_CHANGED" | "UNIDENTIFIED_RECEIPTS" | "SUSPENSE" | "BILL_CLEARING_BELOW_ZERO" | "OPEN_DIFFERENCES" | "OPEN_RECEIVABLES")[];
            /** @description Without names and numbers of people: it is kept for 10 years */
            reason: string;
        };
        /** @description The months of the books, the newest first */
        Periods: {
            items: {
                closedAt: string | null;
                /** @description Month of the books */
                month: string;
                /** @enum {string} */
                state: "open" | "closed";
            }[];
            /** @description The last closed day of the journal */
            journalThrough: string | null;
        };
        /** @description A part of a movement and its place */
        PlacementPart: {
            /** @description Whole rupiah, with the sign of the movement; of a charge or an invoice, with the sign in which the bank account is paid for it */
            amountRupiah: number;
            /** @description Payment channel */
            channel: string;
            /**
             * Format: date
             * @description The business day that it pays
             */
            date: string;
            /** @constant */
            to: "channel-day";
        } | {
            /** @description Whole rupiah, with the sign of the movement; of a charge or an invoice, with the sign in which the bank account is paid for it */
            amountRupiah: number;
            /** @description Payment channel */
            channel: string;
            /** @description Of the difference on which the channel is charged */
            differenceId: string;
            /** @constant */
            to: "channel-charge";
        } | {
            /** @description Whole rupiah, with the sign of the movement; of a charge or an invoice, with the sign in which the bank account is paid for it */
            amountRupiah: number;
            /** @description Payment channel */
            channel: string;
            /** @description Of an invoice that was entered, as the channel prints it */
            number: string;
            /** @constant */
            to: "fee-invoice";
        } | {
            /** @description Whole rupiah, with the sign of the movement; of a charge or an invoice, with the sign in which the bank account is paid for it */
            amountRupiah: number;
            /** @enum {string} */
            to: "bank-charges" | "interest" | "returned";
        };
        /** @description Where a movement of the bank belongs; what no part names stays unidentified */
        PlacementProposal: {
            /**
             * @description place: it has no place yet; move: it has; return: it is sent back
             * @enum {string}
             */
            action: "place" | "move" | "return";
            /** @description The version of the placement that was looked at */
            onVersion: number;
            parts: components["schemas"]["PlacementPart"][];
            /** @description Without names and numbers of people: it is kept for 10 years */
            reason: string;
        };
        /** @description The step that was taken, and the movement as it is now */
        PlacementStep: {
            decidedAt: string | null;
            decidedBy: string | null;
            movement: components["schemas"]["BankMovement"];
            /**
             * Format: date-time
             * @description When
             */
            proposedAt: string;
            /** @description The operator’s subject */
            proposedBy: string;
            /** @description As given */
            reason: string;
            remark: string | null;
            /** @enum {string} */
            state: "proposed" | "approved" | "rejected";
            /** @description Whom a proposal waits for: another person, or, above what two may approve, an administrator; null: for nobody */
            waitsFor: ("approver" | "admin") | null;
        };
        /** @description The codes under which a list is being billed */
        PlannedBills: {
            bills: {
                /** @description 16 digits from 99; payable as soon as GET /api/bills knows it */
                billCode: string;
                /** @description Channels that can take a payment of that amount */
                channels: string[];
                /** @description What it will ask at most */
                expectedRupiah: number;
                /** @description The village that it pays; null for the whole list */
                regionCode: string | null;
            }[];
            /** @description Id of the list */
            cohortId: string;
            /** @description For whom the budget does not reach */
            leftOut: number;
            /** @description Who is billed; nobody in part */
            persons: number;
        };
        /** @description A problem (RFC 9457) */
        Problem: {
            /**
             * @description Stable; programs may rely on it
             * @enum {string}
             */
            code: "NOT_JSON" | "INVALID_INPUT" | "BAD_NIK" | "LAYOUT_CHANGED" | "KNOWN_AT_TOO_RECENT" | "NO_ROLE" | "NOT_ALLOWED" | "OWN_PROPOSAL" | "NOT_FOUND" | "UNKNOWN_MEMBERSHIP" | "UNKNOWN_BILL" | "UNKNOWN_SPONSOR" | "UNKNOWN_PROGRAM" | "UNKNOWN_COHORT" | "UNKNOWN_AGENT" | "UNKNOWN_CHANNEL" | "UNKNOWN_PAYMENT" | "UNKNOWN_QUEUE" | "UNKNOWN_DAY" | "UNKNOWN_STATEMENT" | "UNKNOWN_DIFFERENCE" | "UNKNOWN_ATTACHMENT" | "UNKNOWN_SUSPENSE" | "UNKNOWN_MOVEMENT" | "UNKNOWN_PERIOD" | "UNKNOWN_CHARGE" | "UNKNOWN_INVOICE" | "UNKNOWN_FEES" | "NO_STATISTICS" | "METHOD_NOT_ALLOWED" | "DAY_OPEN" | "PERIOD_OPEN" | "PERIOD_CLOSED" | "PERIOD_OUT_OF_ORDER" | "STATEMENT_UNCONFIRMED" | "PERIOD_NOT_CLEAN" | "ALREADY_CLOSED" | "NOT_CLOSED" | "MEMBERSHIP_CLOSED" | "NIK_ALREADY_SELF_PAID" | "FUNDING_CHANGES" | "NOTHING_DUE" | "BUDGET_SHORT" | "NO_CHANNEL" | "BILL_PAID" | "BILL_REPLACED" | "BILL_OF_MANY" | "TOO_FAR_AHEAD" | "ALREADY_PROPOSED" | "ALREADY_DECIDED" | "NOT_PROPOSED" | "ACTION_DOES_NOT_FIT" | "LINKED_DIFFERENCE" | "ANSWER_TOO_LARGE" | "ANSWER_FILE_TOO_LARGE" | "INVOICE_NUMBER_TAKEN" | "MORE_THAN_OPEN" | "ALREADY_OWNED" | "NOT_OWNER" | "KEY_REUSED" | "EXPORT_LIMIT" | "TOO_MANY" | "ID_TAKEN" | "STEP_DOES_NOT_FIT" | "SECRET_NOT_WRITTEN" | "CHANGED_MEANWHILE" | "TOO_LARGE" | "WRONG_CONTENT_TYPE" | "DEFECT" | "TRY_AGAIN";
            /** @description What was expected; never what was sent */
            detail: string;
            status: number;
            /** @description The same for every problem of this code */
            title: string;
            /** @description Always about:blank; the code names the problem */
            type: string;
        };
        /** @description A program, as it is now */
        Program: {
            budget: {
                /** @description The budget, whole rupiah */
                amountRupiah: number;
                /** @enum {string} */
                per: "village" | "total";
            };
            /**
             * Format: date-time
             * @description When it was drafted
             */
            createdAt: string;
            /** @description First contribution month */
            firstMonth: string;
            /** @enum {string} */
            funding: "apbn" | "apbd" | "village" | "csr" | "private";
            /** @description Id of the program */
            id: string;
            /** @description Basis of the contribution, per month, whole rupiah */
            incomeRupiah: number;
            /** @description Last contribution month */
            lastMonth: string;
            /** @description How many contribution months */
            months: number;
            /** @description What it is called */
            name: string;
            /** @description One person for all its months, by the rules as they are now, whole rupiah */
            personRupiah: number;
            /** @enum {string} */
            priority: "stop" | "list-order" | "fewer-months";
            /** @enum {string} */
            programs: "JKK+JKM" | "JKK+JKM+JHT";
            /** @enum {string} */
            sector: "transport" | "farming" | "fishery" | "trade" | "services" | "other";
            /** @description Id of the sponsor */
            sponsorId: string;
            /** @enum {string} */
            state: "draft" | "enrolling" | "billed" | "paid" | "running" | "ending" | "ended";
            /** @description What can be done with it now */
            steps: ("draft" | "change" | "open" | "bill" | "withdraw-bill" | "pay" | "take-back" | "start" | "announce-end" | "end" | "abandon")[];
            /** @description Rises by one with every step */
            version: number;
        };
        /** @description The bills of a program that count, page by page */
        ProgramBills: {
            /** @description Bills that were never paid and cannot be any more */
            expired: number;
            items: {
                /** @description What it asks, whole rupiah */
                amountRupiah: number;
                /** @description 16 digits from 99 */
                billCode: string;
                /** @description The list that it is for */
                cohortId: string;
                /** @description People on it */
                memberCount: number;
                /**
                 * Format: date-time
                 * @description The last moment at which it can be paid
                 */
                payableUntil: string;
                /** @description The village that it pays; null for the whole list */
                regionCode: string | null;
                /**
                 * @description taken-back: cannot be paid again
                 * @enum {string}
                 */
                status: "paid" | "open" | "expired" | "taken-back";
            }[];
            /** @description Give it as `after` for the next page; null on the last */
            next: string | null;
            /** @description Bills that can be paid */
            open: number;
            /** @description Of those that are open, whole rupiah */
            openRupiah: number;
            /** @description Bills whose payment stands */
            paid: number;
            /** @description Of those that are paid, whole rupiah */
            paidRupiah: number;
            /** @description Id of the program */
            programId: string;
            /** @enum {string} */
            state: "draft" | "enrolling" | "billed" | "paid" | "running" | "ending" | "ended";
            /** @description Bills whose payment was reversed or suspended, open ones among them */
            takenBack: number;
        };
        /** @description What a program costs, and where its budget is short */
        ProgramBudget: {
            /**
             * Format: date-time
             * @description When it was computed
             */
            asOf: string;
            /** @description Of all villages, whole rupiah */
            budgetRupiah: number;
            /** @description First contribution month */
            firstMonth: string;
            /** @enum {string} */
            funding: "apbn" | "apbd" | "village" | "csr" | "private";
            /** @description How many contribution months */
            months: number;
            /** @description All persons for all months, whole rupiah */
            needRupiah: number;
            /** @description Ways out where the budget is short; none where it is enough */
            options: {
                /** @description What it costs, whole rupiah */
                costRupiah: number;
                /** @enum {string} */
                kind: "fewer-months" | "list-order";
                /** @description Not covered */
                leftOut: number;
                /** @description For each person who is covered */
                months: number;
                /** @description Covered */
                persons: number;
                /** @description What stays of the budget, whole rupiah */
                unspentRupiah: number;
            }[];
            /** @description On its lists, or asked about */
            persons: number;
            /** @description Id of the program */
            programId: string;
            /** @description The rules that the prices follow from */
            rulesVersion: string;
            /** @description What is missing, over the villages where something is, whole rupiah */
            shortfallRupiah: number;
            villages: {
                /** @description null where one budget is for all */
                budgetRupiah: number | null;
                /** @description Persons whom the money pays for all months, in the order of the list */
                coveredInFull: number;
                /** @description Persons whom it does not */
                leftOut: number;
                /** @description All of its persons for all months, whole rupiah */
                needRupiah: number;
                /** @description Months that the money would pay, the last person’s in part: never covered */
                personMonths: number;
                persons: number;
                /** @description Of the village */
                regionCode: string;
                /** @description What is missing, whole rupiah */
                shortfallRupiah: number;
            }[];
            /** @description Villages whose budget does not pay all of their people */
            villagesShort: number;
        };
        /** @description What was done with a program, oldest first */
        ProgramHistory: {
            items: {
                /**
                 * Format: date-time
                 * @description When
                 */
                at: string;
                /** @description Who did it */
                by: string;
                from: ("draft" | "enrolling" | "billed" | "paid" | "running" | "ending" | "ended") | null;
                /** @description Why, or what it came from; empty where the step says it all */
                note: string;
                /** @description The version that it made */
                number: number;
                /** @enum {string} */
                step: "draft" | "change" | "open" | "bill" | "withdraw-bill" | "pay" | "take-back" | "start" | "announce-end" | "end" | "abandon";
                /** @enum {string} */
                to: "draft" | "enrolling" | "billed" | "paid" | "running" | "ending" | "ended";
            }[];
        };
        /** @description Up to 1,000 people in the order of the lists */
        ProgramMembers: {
            items: {
                /** @description Id of the list */
                cohort: string;
                /** @description null: not a member yet */
                kpj: string | null;
                /** @description Of the list */
                line: number;
                /** @description Last month paid */
                paidThrough: string | null;
                regionCode: string | null;
                /** @description null: not a member yet */
                status: ("unpaid" | "active" | "grace" | "lapsed" | "closed") | null;
            }[];
            /** @description Give it as `after` for the next page; null on the last */
            next: string | null;
        };
        /** @description The whole plan of a draft, in place of the one that was read */
        ProgramPlanRequest: {
            budget: {
                /** @description The budget, whole rupiah */
                amountRupiah: number;
                /**
                 * @description Whether the amount is for each village or for all
                 * @enum {string}
                 */
                per: "village" | "total";
            };
            /** @description First contribution month */
            firstMonth: string;
            /**
             * @description Whose money it is; the price follows from it
             * @enum {string}
             */
            funding: "apbn" | "apbd" | "village" | "csr" | "private";
            /** @description Basis of the contribution where a row says nothing else, per month, whole rupiah */
            incomeRupiah: number;
            /** @description How many contribution months */
            months: number;
            /** @description What it is called */
            name: string;
            /**
             * @description What is done where the budget is short
             * @enum {string}
             */
            priority: "stop" | "list-order" | "fewer-months";
            /**
             * @description What is paid for
             * @enum {string}
             */
            programs: "JKK+JKM" | "JKK+JKM+JHT";
            /**
             * @description Of people whose row says nothing else
             * @enum {string}
             */
            sector: "transport" | "farming" | "fishery" | "trade" | "services" | "other";
            /** @description As it was read */
            version: number;
        };
        /** @description Who is covered until when, and what the money came to */
        ProgramReport: {
            /**
             * Format: date-time
             * @description When it was computed
             */
            asOf: string;
            /** @description Of all villages, whole rupiah */
            budgetRupiah: number;
            /** @description Of those: covered now */
            covered: number;
            coveredUntil: {
                /** @description Last month paid; null: none */
                month: string | null;
                persons: number;
            }[];
            /** @description Of those: members */
            enrolled: number;
            /** @description First contribution month */
            firstMonth: string;
            /** @description Last contribution month */
            lastMonth: string;
            /** @description People on the lists who were not refused */
            listed: number;
            /** @description What it is called */
            name: string;
            /** @description Of bills that are paid, whole rupiah */
            paidRupiah: number;
            /** @description Id of the program */
            programId: string;
            regencies: {
                /** @description Of those: covered now */
                covered: number;
                /** @description Of those: members */
                enrolled: number;
                /** @description No target says how many workers there are: measured against the people listed */
                isListOnly: boolean;
                /** @description People on its lists who were not refused */
                listed: number;
                /** @description 1 for the highest share; equal shares, equal ranks */
                rank: number;
                /** @description Code of the region */
                region: string;
                /** @description Hundredths of a percent, rounded down */
                shareBasisPoints: number;
                /** @description What the covered are measured against */
                workers: number;
            }[];
            /** @enum {string} */
            state: "draft" | "enrolling" | "billed" | "paid" | "running" | "ending" | "ended";
            /** @description Budget less what is paid, whole rupiah */
            unspentRupiah: number;
            villages: {
                /** @description Of those: covered now */
                covered: number;
                /** @description Of those: members */
                enrolled: number;
                /** @description No target says how many workers there are: measured against the people listed */
                isListOnly: boolean;
                /** @description People on its lists who were not refused */
                listed: number;
                /** @description 1 for the highest share; equal shares, equal ranks */
                rank: number;
                /** @description Code of the region */
                region: string;
                /** @description Hundredths of a percent, rounded down */
                shareBasisPoints: number;
                /** @description What the covered are measured against */
                workers: number;
            }[];
        };
        /** @description A new program, a draft at first */
        ProgramRequest: {
            budget: {
                /** @description The budget, whole rupiah */
                amountRupiah: number;
                /**
                 * @description Whether the amount is for each village or for all
                 * @enum {string}
                 */
                per: "village" | "total";
            };
            /** @description Last part of its id; the next number where none is given */
            code?: string;
            /** @description First contribution month */
            firstMonth: string;
            /**
             * @description Whose money it is; the price follows from it
             * @enum {string}
             */
            funding: "apbn" | "apbd" | "village" | "csr" | "private";
            /** @description Basis of the contribution where a row says nothing else, per month, whole rupiah */
            incomeRupiah: number;
            /** @description How many contribution months */
            months: number;
            /** @description What it is called */
            name: string;
            /**
             * @description What is done where the budget is short
             * @enum {string}
             */
            priority: "stop" | "list-order" | "fewer-months";
            /**
             * @description What is paid for
             * @enum {string}
             */
            programs: "JKK+JKM" | "JKK+JKM+JHT";
            /**
             * @description Of people whose row says nothing else
             * @enum {string}
             */
            sector: "transport" | "farming" | "fishery" | "trade" | "services" | "other";
        };
        /** @description The programs of a sponsor, in the order of their ids */
        Programs: {
            items: components["schemas"]["Program"][];
        };
        /** @description Why, for the history */
        ProgramStepRequest: {
            /** @description Without names and numbers of people: it is kept for 10 years */
            reason?: string;
        };
        /** @description What shall be done about a difference */
        ProposalRequest: {
            /**
             * @description Must fit the class of the difference
             * @enum {string}
             */
            action: "post" | "reverse" | "suspend" | "write-off" | "charge-channel" | "accept" | "match";
            /** @description For write-off and charge-channel: this part of `openRupiah`, with its sign; all that is open if absent */
            amountRupiah?: number;
            /** @description For match: one of the candidates, or of a line of no known payment that payment */
            paymentId?: string;
            /** @description Without names and numbers of people: it is kept for 10 years */
            reason: string;
        };
        /** @description What waits in one queue */
        QueueDepth: {
            deadLetters: number;
            delayed: number;
            inFlight: number;
            /** @description Queue */
            name: string;
            visible: number;
        };
        /** @description The queues */
        Queues: components["schemas"]["QueueDepth"][];
        /** @description One account that one call showed to one person, or one file */
        ReadTrace: {
            /** @description The subject of the person’s token */
            actor: string;
            /** @description As the token said */
            actorName: string | null;
            /**
             * Format: date-time
             * @description When
             */
            at: string;
            /** @description The route */
            call: string;
            fileName: string | null;
            /** @description The addresses before it, as sent */
            forwardedFor: string | null;
            /** @description Who issued the token */
            issuer: string | null;
            /** @description null: nobody was found, or it is a file */
            kpj: string | null;
            /** @description null: none was given */
            reason: string | null;
            /** @description Of the file; null: not counted */
            rows: number | null;
            /**
             * @description in-full and masked: names, NIKs, phones; account: what belongs to a membership; file: rows that left
             * @enum {string}
             */
            shown: "in-full" | "masked" | "account" | "file";
            /** @description Whom the gateway saw */
            sourceIp: string;
        };
        /** @description One page of read traces, newest first */
        ReadTraces: {
            /**
             * Format: date
             * @description Calendar date in Asia/Jakarta
             */
            from: string;
            items: components["schemas"]["ReadTrace"][];
            /** @description Give it as `after` for the next page; null on the last */
            next: string | null;
            /**
             * Format: date
             * @description Calendar date in Asia/Jakarta
             */
            to: string;
        };
        /** @description One page, the oldest day first */
        Receivables: {
            items: components["schemas"]["OpenReceivable"][];
            /** @description Give it as `after` for the next page; null on the last */
            next: string | null;
        };
        /** @description What a channel owes on the evening of a day, item by item */
        ReceivableStatement: {
            /**
             * Format: date
             * @description Calendar date in Asia/Jakarta
             */
            asOf: string;
            /** @description Payment channel */
            channel: string;
            /** @description By the journal; positive is owed to us, whole rupiah */
            closingRupiah: number;
            /**
             * Format: date
             * @description First day of the movements: of the month
             */
            from: string;
            /** @description Whether the month of the day is closed: then this answer never changes */
            isFinal: boolean;
            movements: {
                count: number;
                /** @description Credit, whole rupiah */
                creditRupiah: number;
                /**
                 * Format: date
                 * @description Calendar date in Asia/Jakarta
                 */
                date: string;
                /** @description Debit, whole rupiah */
                debitRupiah: number;
                /** @enum {string} */
                kind: "collected" | "allocated" | "reversed" | "settled" | "invoiced" | "banked" | "decided";
                /** @description Of the entry, as it is exported */
                number: string;
                /** @description The day that later truth is about */
                refersTo: string | null;
            }[];
            /** @description On the evening before, whole rupiah */
            openingRupiah: number;
            /** @description By the statements of the days as they were known then */
            openItems: {
                /** @description Positive: owed to us, whole rupiah */
                amountRupiah: number;
                count: number;
                /** @description Business day; null: from before the books named days */
                date: string | null;
                /** @description As the statement names it; credited-later, not-in-statement, before-the-books */
                label: string;
            }[];
            /** @description Sum of the items, whole rupiah */
            openItemsRupiah: number;
            /** @description What the journal has and no item explains: 0, or something is wrong, whole rupiah */
            unexplainedRupiah: number;
        };
        /** @description How many messages were put back */
        Redriven: {
            /** @description Messages put back; ask again while dead letters remain */
            moved: number;
        };
        /** @description Takes a closure back; a reopening counts from its approval */
        ReopeningRequest: {
            /**
             * Format: date
             * @description Today, if given: it counts from its approval on
             */
            on?: string;
            /** @description Without names and numbers of people: it is kept for 10 years */
            reason?: string;
        };
        /** @description The repair is queued */
        Repair: {
            /** @description Days of channels that will be folded again */
            queued: number;
        };
        /** @description A client certificate’s key that is not the partner’s any more */
        RevocationRequest: {
            /** @description Of the SubjectPublicKeyInfo, as it stands in the channel’s pins */
            publicKeySha256: string;
            /** @description Without names and numbers of people: it is kept for 10 years */
            reason: string;
        };
        /** @description A step of a rotation that somebody took */
        RotationRequest: {
            endsOn?: string | null;
            /**
             * Format: date
             * @description Of the new key, with `begin`: from when it is meant
             */
            since?: string;
            /**
             * @description `begin` with the dates of the new key
             * @enum {string}
             */
            step: "begin" | "switched" | "finish" | "cancel";
        };
        /** @description What would change among these memberships */
        RuleTrial: {
            /**
             * Format: date-time
             * @description The instant at which both were computed
             */
            asOf: string;
            changed: number;
            changedIn: {
                credit: number;
                next: number;
                notices: number;
                paidThrough: number;
                status: number;
            };
            /** @description Memberships in this call */
            checked: number;
            /** @description Sum of credits, whole rupiah */
            credit: {
                now: number;
                tried: number;
            };
            /** @description Give it as `after` for the next page; null on the last */
            next: string | null;
            /** @description Sum of the prices of the first payable months, whole rupiah */
            nextPayments: {
                now: number;
                tried: number;
            };
            notices: {
                now: number;
                /** @enum {string} */
                stage: "receipt" | "before-due" | "due" | "grace" | "sponsor-stopping" | "last-week" | "lapsed" | "active-again";
                tried: number;
            }[];
            /** @description The first 50 */
            rows: {
                changed: ("status" | "paidThrough" | "credit" | "next" | "notices")[];
                /** @description Number of the membership */
                kpj: string;
                now: components["schemas"]["TriedStanding"];
                tried: components["schemas"]["TriedStanding"];
            }[];
            statuses: {
                count: number;
                /** @enum {string} */
                from: "unpaid" | "active" | "grace" | "lapsed" | "closed";
                /** @enum {string} */
                to: "unpaid" | "active" | "grace" | "lapsed" | "closed";
            }[];
        };
        /** @description Rules to try, and on which memberships */
        RuleTrialRequest: {
            /** @description The `next` of the call before */
            after?: string;
            /**
             * Format: date-time
             * @description Instead of now
             */
            asOf?: string;
            limit?: number;
            /** @description Dated lists in place of the present ones, such as other dates of the discount */
            rules: {
                aheadMonths?: {
                    from: string;
                    recordedAt?: string;
                    source: string;
                    value: number;
                }[];
                graceMonths?: {
                    from: string;
                    recordedAt?: string;
                    source: string;
                    value: number;
                }[];
                stages?: {
                    "active-again"?: {
                        from: string;
                        source: string;
                        value: {
                            fromDay: number;
                            on: boolean;
                            toDay: number;
                        };
                    }[];
                    "before-due"?: {
                        from: string;
                        source: string;
                        value: {
                            fromDay: number;
                            on: boolean;
                            toDay: number;
                        };
                    }[];
                    due?: {
                        from: string;
                        source: string;
                        value: {
                            fromDay: number;
                            on: boolean;
                            toDay: number;
                        };
                    }[];
                    grace?: {
                        from: string;
                        source: string;
                        value: {
                            fromDay: number;
                            on: boolean;
                            toDay: number;
                        };
                    }[];
                    lapsed?: {
                        from: string;
                        source: string;
                        value: {
                            fromDay: number;
                            on: boolean;
                            toDay: number;
                        };
                    }[];
                    "last-week"?: {
                        from: string;
                        source: string;
                        value: {
                            fromDay: number;
                            on: boolean;
                            toDay: number;
                        };
                    }[];
                    receipt?: {
                        from: string;
                        source: string;
                        value: {
                            fromDay: number;
                            on: boolean;
                            toDay: number;
                        };
                    }[];
                    "sponsor-stopping"?: {
                        from: string;
                        source: string;
                        value: {
                            fromDay: number;
                            on: boolean;
                            toDay: number;
                        };
                    }[];
                };
                tariff?: {
                    brackets?: {
                        from: string;
                        recordedAt?: string;
                        source: string;
                        value: {
                            fromRupiah: number;
                            nominalRupiah: number;
                        }[];
                    }[];
                    discountBasisPoints?: {
                        farming?: {
                            from: string;
                            recordedAt?: string;
                            source: string;
                            value: number;
                        }[];
                        fishery?: {
                            from: string;
                            recordedAt?: string;
                            source: string;
                            value: number;
                        }[];
                        other?: {
                            from: string;
                            recordedAt?: string;
                            source: string;
                            value: number;
                        }[];
                        services?: {
                            from: string;
                            recordedAt?: string;
                            source: string;
                            value: number;
                        }[];
                        trade?: {
                            from: string;
                            recordedAt?: string;
                            source: string;
                            value: number;
                        }[];
                        transport?: {
                            from: string;
                            recordedAt?: string;
                            source: string;
                            value: number;
                        }[];
                    };
                    discountedFunding?: {
                        from: string;
                        recordedAt?: string;
                        source: string;
                        value: ("self" | "apbn" | "apbd" | "village" | "csr" | "private")[];
                    }[];
                    jht?: {
                        from: string;
                        recordedAt?: string;
                        source: string;
                        value: {
                            basisPoints: number;
                            minimumRupiah: number;
                        };
                    }[];
                    jkkBasisPoints?: {
                        from: string;
                        recordedAt?: string;
                        source: string;
                        value: number;
                    }[];
                    jkmRupiah?: {
                        from: string;
                        recordedAt?: string;
                        source: string;
                        value: number;
                    }[];
                };
            };
        };
        /** @description What the clock starts, and when it last ran to its end */
        Schedules: {
            /**
             * Format: date-time
             * @description When it was looked at
             */
            asOf: string;
            items: components["schemas"]["SweepRun"][];
        };
        /** @description What somebody holds in their hand: a number or a reference */
        SearchRequest: {
            /**
             * Format: date
             * @description The day of a hub reference (Asia/Jakarta); today if absent
             */
            day?: string;
            /** @description KPJ, NIK, bill code, payment id of a channel, or hub reference */
            text: string;
        };
        /** @description All that the text may mean; empty lists: nothing is known by it */
        SearchResult: {
            bills: components["schemas"]["Bill"][];
            /** @description The day on which a hub reference was looked for; null: the text is none */
            day: string | null;
            memberships: components["schemas"]["Membership"][];
            payments: components["schemas"]["FoundPayment"][];
        };
        /** @description One business day of one channel */
        SettlementDay: {
            bankRupiah: number | null;
            /** @description Payment channel */
            channel: string;
            /**
             * Format: date
             * @description Calendar date in Asia/Jakarta
             */
            date: string;
            /** @enum {string} */
            file: "received" | "held" | "awaited" | "missing" | "none";
            fileRupiah: number | null;
            hubRupiah: number | null;
            openDifferences: number;
            /** @description What no row explains: 0, or the day is incomplete, whole rupiah */
            unexplainedRupiah: number;
            /**
             * @description The first that applies, in this order
             * @enum {string}
             */
            verdict: "incomplete" | "differences" | "reconciled-with-pending" | "reconciled";
            /** @description Of the statement; 0: no run has looked at the day yet */
            version: number;
        };
        /** @description A version of the day’s file */
        SettlementFile: {
            amountRupiah: number | null;
            bytes: number;
            change: components["schemas"]["FileChange"] | null;
            feeRupiah: number | null;
            lines: number | null;
            /** @description As it came */
            name: string;
            netRupiah: number | null;
            quarantined: {
                /** @description What was wrong */
                code: string;
                /** @description The column, as the layout calls it; empty: the whole line */
                field: string;
                /** @description Physical line of the file */
                line: number;
            }[];
            quarantinedLines: number;
            /**
             * Format: date-time
             * @description When it came
             */
            receivedAt: string;
            /** @description The operator; null: dropped by the partner */
            receivedBy: string | null;
            /** @description Why it is held */
            refusal: {
                /** @description The reader’s code */
                code: string;
                /** @description What was expected */
                detail: string;
                line: number | null;
            } | null;
            /** @description Of the bytes as they came, hexadecimal */
            sha256: string;
            /** @enum {string} */
            state: "accepted" | "held" | "proposed" | "superseded" | "rejected" | "withdrawn";
            version: number;
        };
        /** @description The line of the channel’s file that names the payment */
        SettlementLineStep: {
            /** @description Contribution, whole rupiah */
            amountRupiah: number;
            /**
             * Format: date-time
             * @description The file’s own time of the payment
             */
            at: string;
            /** @description Payment channel */
            channel: string;
            /** @description What the channel keeps, whole rupiah */
            feeRupiah: number;
            fileName: string | null;
            /** @description id, candidate or decision: by what the line was matched */
            how: string;
            line: number;
            /** @description The partner’s id of the payment */
            paymentId: string;
            /** @description Of the file as it was received */
            sha256: string | null;
            statement: {
                /**
                 * Format: date
                 * @description Calendar date in Asia/Jakarta
                 */
                date: string;
                /**
                 * Format: date-time
                 * @description When this version was written
                 */
                recordedAt: string;
                version: number;
            };
            /** @constant */
            step: "settlement-line";
        };
        /** @description The newest day first */
        SettlementMatrix: {
            items: components["schemas"]["SettlementDay"][];
        };
        /** @description A day, as it is now and as it was signed off */
        SignOff: {
            /** @description What is open, and carried */
            carried: {
                /** @description Positive: owed to us, whole rupiah */
                amountRupiah: number;
                count: number;
                /** @description As the statement names it */
                label: string;
            }[];
            /** @description Payment channel, or bank */
            channel: string;
            /**
             * Format: date
             * @description Calendar date in Asia/Jakarta
             */
            date: string;
            /** @description Cases that are open, and carried: the largest, at most 100 of them */
            differences: {
                /** @description What is open of it. Positive: owed to us, whole rupiah */
                amountRupiah: number;
                /** @enum {string} */
                class: "missing-in-file" | "missing-in-hub" | "amount-difference" | "fee-difference" | "fee-invoice-difference" | "duplicate-in-file" | "duplicate-across-files" | "reversed-here-settled-there" | "settled-here-reversed-there" | "ambiguous" | "quarantined" | "bank-difference" | "late-reversal" | "corrected-file";
                /** @description Of the difference */
                id: string;
            }[];
            /** @description Of the content, hexadecimal */
            digest: string;
            /** @description Whether it rests on a bank statement that waits for a second person: nobody can sign it until then */
            isUnconfirmed: boolean;
            /** @description All open cases of the day, also those that are not named */
            openDifferences: number;
            /** @description The last one */
            proposal: {
                decidedAt: string | null;
                decidedBy: string | null;
                /** @description Of the content, hexadecimal */
                digest: string;
                /**
                 * Format: date-time
                 * @description When
                 */
                proposedAt: string;
                /** @description The operator’s subject */
                proposedBy: string;
                /** @description As given */
                reason: string;
                remark: string | null;
                /** @enum {string} */
                state: "proposed" | "approved" | "rejected";
            } | null;
            signed: {
                /** @description What is open, and carried */
                carried: {
                    /** @description Positive: owed to us, whole rupiah */
                    amountRupiah: number;
                    count: number;
                    /** @description As the statement names it */
                    label: string;
                }[];
                /** @description Cases that are open, and carried: the largest, at most 100 of them */
                differences: {
                    /** @description What is open of it. Positive: owed to us, whole rupiah */
                    amountRupiah: number;
                    /** @enum {string} */
                    class: "missing-in-file" | "missing-in-hub" | "amount-difference" | "fee-difference" | "fee-invoice-difference" | "duplicate-in-file" | "duplicate-across-files" | "reversed-here-settled-there" | "settled-here-reversed-there" | "ambiguous" | "quarantined" | "bank-difference" | "late-reversal" | "corrected-file";
                    /** @description Of the difference */
                    id: string;
                }[];
                /** @description Of the content, hexadecimal */
                digest: string;
                /** @description All open cases of the day, also those that are not named */
                openDifferences: number;
                /** @description The operator’s subject */
                proposedBy: string;
                /**
                 * Format: date-time
                 * @description When
                 */
                signedAt: string;
                /** @description The approver’s subject */
                signedBy: string;
                /** @description Of the statement that was signed */
                version: number;
            } | null;
            /**
             * @description changed: it is no longer what was signed, and is to be signed again
             * @enum {string}
             */
            state: "unsigned" | "signed" | "changed";
            /** @description Of the statement now; 0 for the bank */
            version: number;
        };
        /** @description What is to be signed off, and why it may be */
        SignOffRequest: {
            /** @description The digest of the day as it was looked at */
            digest: string;
            /** @description Without names and numbers of people: it is kept for 10 years */
            reason: string;
        };
        /** @description A sponsor, its contacts and its programs */
        Sponsor: {
            contacts: {
                email: string | null;
                /** @enum {string} */
                language: "id" | "en";
                /** @description Masked for whoever may not see it */
                name: string;
            }[];
            /**
             * Format: date-time
             * @description When it was created
             */
            createdAt: string;
            /** @description Id of the sponsor */
            id: string;
            /** @enum {string} */
            kind: "province" | "regency" | "village" | "company" | "person";
            /** @description Empty for a person */
            name: string;
            programs: components["schemas"]["Program"][];
            /** @description Its members live there; null: anywhere */
            regionCode: string | null;
        };
        /** @description In place of those before */
        SponsorContactsRequest: {
            /** @description Whom the hub writes to; personal data, kept apart and erasable */
            contacts: {
                /** @description Where notices about programs go */
                email: string;
                /**
                 * @description In which they are written
                 * @enum {string}
                 */
                language: "id" | "en";
                /** @description Of the person or the office */
                name: string;
            }[];
        };
        /** @description A sponsor, as lists show it */
        SponsorItem: {
            /**
             * Format: date-time
             * @description When it was created
             */
            createdAt: string;
            /** @description Id of the sponsor */
            id: string;
            /** @enum {string} */
            kind: "province" | "regency" | "village" | "company" | "person";
            /** @description Empty for a person */
            name: string;
            /** @description Its members live there; null: anywhere */
            regionCode: string | null;
        };
        /** @description A new sponsor */
        SponsorRequest: {
            /** @description Whom the hub writes to; personal data, kept apart and erasable */
            contacts?: {
                /** @description Where notices about programs go */
                email: string;
                /**
                 * @description In which they are written
                 * @enum {string}
                 */
                language: "id" | "en";
                /** @description Of the person or the office */
                name: string;
            }[];
            /** @description How it is called in addresses; drawn where none is given */
            id?: string;
            /**
             * @description What it is
             * @enum {string}
             */
            kind: "province" | "regency" | "village" | "company" | "person";
            /** @description What it is called; of a person none, which is with the contacts */
            name?: string;
            regionCode?: string | null;
        };
        /** @description In the order of their ids */
        Sponsors: {
            items: components["schemas"]["SponsorItem"][];
            /** @description Give it as `after` for the next page; null on the last */
            next: string | null;
        };
        /** @description The statement of a day: every rupiah in one row */
        Statement: {
            /** @description Credits of the bank for this day, whole rupiah */
            bankRupiah: number;
            bridge: {
                /** @description Signed, so that rows add up, whole rupiah */
                amountRupiah: number;
                count: number;
                /** @enum {string} */
                label: "hub-payments" | "hub-reversed" | "pending" | "settled-in-other-file" | "missing-in-file" | "carried-in" | "missing-in-hub" | "amount-difference" | "duplicate-in-file" | "duplicate-across-files" | "reversed-here-settled-there" | "settled-here-reversed-there" | "ambiguous" | "reversed-earlier-line" | "quarantined" | "file-total" | "channel-fees" | "file-net" | "bank-credit" | "bank-awaited" | "bank-difference";
            }[];
            changes: {
                after: number | null;
                before: number | null;
                /** @enum {string} */
                label: "hub-payments" | "hub-reversed" | "pending" | "settled-in-other-file" | "missing-in-file" | "carried-in" | "missing-in-hub" | "amount-difference" | "duplicate-in-file" | "duplicate-across-files" | "reversed-here-settled-there" | "settled-here-reversed-there" | "ambiguous" | "reversed-earlier-line" | "quarantined" | "file-total" | "channel-fees" | "file-net" | "bank-credit" | "bank-awaited" | "bank-difference";
            }[];
            /** @description Payment channel */
            channel: string;
            /** @description The channel’s own fees by its file, whole rupiah */
            channelFeesRupiah: number;
            /** @description Charged to the channel by decision; negative where it is owed to the channel, whole rupiah */
            chargedRupiah: number;
            credits: {
                /** @description For this day, whole rupiah */
                amountRupiah: number;
                /**
                 * Format: date
                 * @description Calendar date in Asia/Jakarta
                 */
                bookedOn: string;
                /** @description The bank’s reference */
                id: string;
            }[];
            /**
             * Format: date
             * @description Calendar date in Asia/Jakarta
             */
            date: string;
            /** @description By class */
            differenceCounts: {
                [key: string]: number;
            };
            differences: components["schemas"]["ListedDifference"][];
            differencesTotal: number;
            feesMoved: {
                /** @description The part of what was charged that was a fee, whole rupiah */
                chargedRupiah: number;
                /** @description The part of what was given up that was a fee, whole rupiah */
                writtenOffRupiah: number;
            };
            file: {
                /** @description As it came */
                name: string;
                /** @description Of the bytes as they came, hexadecimal */
                sha256: string;
                version: number;
            } | null;
            fileRupiah: number | null;
            files: components["schemas"]["SettlementFile"][];
            /** @description Payments that we took, reversed ones too, whole rupiah */
            hubRupiah: number;
            /** @description What became of mailing final versions to finance */
            mails: {
                /**
                 * Format: date-time
                 * @description When
                 */
                at: string;
                code: string | null;
                /** @description How many were written to */
                recipients: number;
                /**
                 * @description waiting: certainly not sent, and tried again; unknown: perhaps sent
                 * @enum {string}
                 */
                state: "reserved" | "waiting" | "sent" | "refused" | "unknown";
                /** @description Of the statement */
                version: number;
            }[];
            notes?: {
                /** @description Matched lines that say it; their list is `label=note-…` of the lines */
                count: number;
                /** @enum {string} */
                kind: "admin-fee" | "outlet" | "time";
            }[];
            openDifferences: number;
            openItems: {
                /** @description Positive: the channel owes it; the sum is the receivable of the day, whole rupiah */
                amountRupiah: number;
                count: number;
                /** @description A label of the bridge, file-awaited or unexplained */
                label: string;
            }[];
            pendingCount: number;
            /**
             * Format: date-time
             * @description When this version was written
             */
            recordedAt: string;
            /** @description What no row explains: 0, or the day is incomplete, whole rupiah */
            unexplainedRupiah: number;
            /**
             * @description The first that applies, in this order
             * @enum {string}
             */
            verdict: "incomplete" | "differences" | "reconciled-with-pending" | "reconciled";
            /** @description Of the statement; 0: no run has looked at the day yet */
            version: number;
            /** @description Given up by decision; negative where it is our gain, whole rupiah */
            writtenOffRupiah: number;
        };
        /** @description A bank statement that one person handed over, and what another decided about it */
        StatementConfirmation: {
            decidedAt: string | null;
            decidedBy: string | null;
            /** @description As it came */
            name: string;
            /**
             * Format: date-time
             * @description When
             */
            proposedAt: string;
            /** @description The operator’s subject */
            proposedBy: string;
            /** @description As given */
            reason: string;
            remark: string | null;
            /** @description Of the bytes as they came, hexadecimal */
            sha256: string;
            /** @enum {string} */
            state: "proposed" | "approved" | "rejected";
        };
        /** @description A payment or a line behind a figure */
        StatementLine: {
            /** @description Of the line, or what it adds to the row, whole rupiah */
            amountRupiah: number;
            at: string | null;
            breakDate: string | null;
            feeRupiah: number | null;
            how: ("id" | "candidate" | "resolution") | null;
            line: number | null;
            otherDate: string | null;
            /** @description The partner’s id; empty where the line has none */
            paymentId: string;
            /** @enum {string} */
            row: "matched" | "hub-payments" | "hub-reversed" | "pending" | "settled-in-other-file" | "missing-in-file" | "carried-in" | "missing-in-hub" | "amount-difference" | "duplicate-in-file" | "duplicate-across-files" | "reversed-here-settled-there" | "settled-here-reversed-there" | "ambiguous" | "reversed-earlier-line" | "quarantined" | "file-total" | "channel-fees" | "file-net" | "bank-credit" | "bank-awaited" | "bank-difference";
            status: ("settled" | "reversed") | null;
        };
        /** @description One page of what a figure is made of */
        StatementLines: {
            items: components["schemas"]["StatementLine"][];
            /** @enum {string} */
            label: "hub-payments" | "hub-reversed" | "pending" | "settled-in-other-file" | "missing-in-file" | "carried-in" | "missing-in-hub" | "amount-difference" | "duplicate-in-file" | "duplicate-across-files" | "reversed-here-settled-there" | "settled-here-reversed-there" | "ambiguous" | "reversed-earlier-line" | "quarantined" | "file-total" | "channel-fees" | "file-net" | "bank-credit" | "bank-awaited" | "bank-difference" | "note-admin-fee" | "note-outlet" | "note-time";
            next: string | null;
        };
        /** @description What became of the bank statement */
        StatementTaken: {
            /** @description Movements that were not known before */
            added: number;
            credits: {
                /** @description Negative for what was returned or taken, whole rupiah */
                amountRupiah: number;
                /**
                 * Format: date
                 * @description Calendar date in Asia/Jakarta
                 */
                bookedOn: string;
                /** @description Which entry of it */
                entry: number;
                /** @description The bank’s reference, or a digest where it gives none */
                id: string;
                /** @description Which statement */
                statement: string;
                /**
                 * Format: date
                 * @description Calendar date in Asia/Jakarta
                 */
                valueOn: string;
            }[];
            /** @enum {string} */
            format: "camt.053" | "mt940";
            gap: string | null;
            /** @enum {string} */
            outcome: "accepted" | "unchanged" | "incomplete";
            /** @description Entries that the bank has not booked yet */
            pendingEntries: number;
            /** @description Of the bytes as they came, hexadecimal */
            sha256: string;
        };
        /** @description A withdrawal of a bank statement, as two people take it */
        StatementWithdrawal: {
            decidedAt: string | null;
            decidedBy: string | null;
            /** @description As it came */
            name: string;
            /**
             * Format: date-time
             * @description When
             */
            proposedAt: string;
            /** @description The operator’s subject */
            proposedBy: string;
            /** @description As given */
            reason: string;
            remark: string | null;
            /** @description Of the bytes as they came, hexadecimal */
            sha256: string;
            /** @enum {string} */
            state: "proposed" | "approved" | "rejected";
        };
        /** @description Why the statement is to be withdrawn */
        StatementWithdrawalRequest: {
            /** @description Without names and numbers of people: it is kept for 10 years */
            reason: string;
        };
        /** @description A bank statement, and whether people proposed to withdraw it */
        StatementWithdrawalStanding: {
            file: components["schemas"]["BankStatementFile"];
            /** @description The last one */
            proposal: components["schemas"]["StatementWithdrawal"] | null;
        };
        /** @description One page, the oldest business day first */
        Suspense: {
            items: components["schemas"]["SuspenseItem"][];
            /** @description Give it as `after` for the next page; null on the last */
            next: string | null;
        };
        /** @description Money that is in suspense, or waits for the payer of its bill */
        SuspenseItem: {
            /** @description KPJ, bill code, or an account of its own where no payer is known */
            account: string;
            actions: ("release" | "refund")[];
            /** @description Since then */
            ageDays: number;
            /** @description What waits, whole rupiah */
            amountRupiah: number;
            /** @description Payment channel that collected it */
            channel: string;
            differenceId: string | null;
            /** @description The payment, share or posting */
            factKey: string;
            /** @description As a path names it */
            id: string;
            /** @description The partner’s id of the payment */
            paymentId: string;
            proposal: components["schemas"]["SuspenseStep"] | null;
            /**
             * Format: date
             * @description The business day of the money
             */
            since: string;
            /** @enum {string} */
            why: "unknown-payer" | "suspended" | "closed-membership" | "bill-return";
        };
        /** @description What people propose and approve about money in suspense */
        SuspenseStep: {
            /** @enum {string} */
            action: "release" | "refund";
            /** @description The amount that was looked at, whole rupiah */
            amountRupiah: number;
            decidedAt: string | null;
            decidedBy: string | null;
            /** @description Of the money */
            id: string;
            kpj: string | null;
            /**
             * Format: date-time
             * @description When
             */
            proposedAt: string;
            /** @description The operator’s subject */
            proposedBy: string;
            /** @description As given */
            reason: string;
            remark: string | null;
            /** @enum {string} */
            state: "proposed" | "approved" | "rejected";
            /** @description Whom a proposal waits for: another person, or, above what two may approve, an administrator; null: for nobody */
            waitsFor: ("approver" | "admin") | null;
        };
        /** @description The latest complete run of a schedule */
        SweepRun: {
            finishedAt: string | null;
            /** @description Its turn has passed without a run */
            isLate: boolean;
            /** @description Memberships that it met, or accounts that it audited */
            looks: number;
            /**
             * @description What the clock started
             * @enum {string}
             */
            schedule: "nightly" | "weekly" | "notices" | "audit-nightly" | "audit-weekly";
            /** @description null: none in the last eight days */
            startedAt: string | null;
            /** @description Whose members it was for; null for all */
            zone: string | null;
        };
        /** @description What became of the rows */
        TargetsResult: {
            accepted: number;
            refused: {
                /** @enum {string} */
                code: "WRONG_COLUMN_COUNT" | "BAD_REGION" | "BAD_WORKERS" | "BAD_PERCENT" | "BAD_YEAR" | "DUPLICATE_IN_FILE";
                /** @description Physical line of the file */
                line: number;
                /** @description What was expected */
                reason: string;
            }[];
        };
        /** @description Every account on the evening of a day */
        TrialBalance: {
            /**
             * Format: date
             * @description Calendar date in Asia/Jakarta
             */
            asOf: string;
            /** @description Sum, whole rupiah */
            creditRupiah: number;
            /** @description Sum, whole rupiah */
            debitRupiah: number;
            /** @description Debits less credits: 0, whole rupiah */
            differenceRupiah: number;
            /** @description Whether the month of the day is closed: then this answer never changes */
            isFinal: boolean;
            lines: {
                /** @enum {string} */
                account: "receivable" | "bank" | "opening-balance" | "bank-charges" | "bank-interest" | "unidentified-receipts" | "returned" | "channel-fees" | "vat-in" | "withholding-payable" | "fees-payable" | "written-off" | "channel-charges" | "unallocated" | "bill-clearing" | "contribution" | "credit" | "suspense";
                channel: string | null;
                /** @description Credit balance, whole rupiah */
                creditRupiah: number;
                /** @description Debit balance, whole rupiah */
                debitRupiah: number;
                /** @description Number in the general ledger */
                glAccount: string;
                /** @description Name in the general ledger */
                glName: string;
                program: ("JKK" | "JKM" | "JHT") | null;
            }[];
        };
        /** @description Where a membership stands under one set of rules */
        TriedStanding: {
            /** @description Credit, whole rupiah */
            creditRupiah: number;
            /** @description Price of the first payable month, less credit, whole rupiah */
            nextRupiah: number;
            notices: string[];
            paidThrough: string | null;
            /** @enum {string} */
            status: "unpaid" | "active" | "grace" | "lapsed" | "closed";
        };
        /** @description One page, the oldest first */
        UnidentifiedReceipts: {
            items: components["schemas"]["BankMovement"][];
            /** @description Give it as `after` for the next page; null on the last */
            next: string | null;
        };
        /** @description A lock that is to be taken away, whoever put it */
        UnlockRequest: {
            /**
             * @description What is unlocked
             * @enum {string}
             */
            by: "till" | "store" | "customer" | "channel";
            /** @description Without names and numbers of people: it is kept for 10 years */
            reason: string;
            /** @description As the list shows it */
            subject: string;
        };
        /** @description The file cannot be used; its bytes are kept all the same. WRONG_CHANNEL, WRONG_DAY, DAY_NOT_OVER, DAY_OUT_OF_RANGE, LAYOUT_CHANGED, TRUNCATED, DATA_AFTER_TRAILER, WRONG_ENCODING, TOTALS_DO_NOT_FOOT, TOO_LARGE, EMPTY, UNKNOWN_NAME, WRONG_SENDER, NOT_ENCRYPTED, BROKEN_ENVELOPE, UNKNOWN_KEY, NOT_SIGNED, UNKNOWN_SIGNER, WRONG_SIGNATURE, XML_NOT_PLAIN, UNKNOWN_FORMAT, WRONG_ACCOUNT, WRONG_CURRENCY, BAD_ENTRY, BALANCE_DOES_NOT_FOOT, CREDIT_CHANGED */
        UnusableFile: {
            /**
             * @description Stable; programs may rely on it
             * @enum {string}
             */
            code: "WRONG_CHANNEL" | "WRONG_DAY" | "DAY_NOT_OVER" | "DAY_OUT_OF_RANGE" | "LAYOUT_CHANGED" | "TRUNCATED" | "DATA_AFTER_TRAILER" | "WRONG_ENCODING" | "TOTALS_DO_NOT_FOOT" | "TOO_LARGE" | "EMPTY" | "UNKNOWN_NAME" | "WRONG_SENDER" | "NOT_ENCRYPTED" | "BROKEN_ENVELOPE" | "UNKNOWN_KEY" | "NOT_SIGNED" | "UNKNOWN_SIGNER" | "WRONG_SIGNATURE" | "XML_NOT_PLAIN" | "UNKNOWN_FORMAT" | "WRONG_ACCOUNT" | "WRONG_CURRENCY" | "BAD_ENTRY" | "BALANCE_DOES_NOT_FOOT" | "CREDIT_CHANGED";
            /** @description What was expected; never what was sent */
            detail: string;
            /** @description Line of the file or entry of the statement */
            line: number | null;
            /** @description Of the bytes as they came, hexadecimal */
            sha256: string;
            status: number;
            /** @description The same for every problem of this code */
            title: string;
            /** @description Always about:blank; the code names the problem */
            type: string;
            /** @description Of the day’s file, where it was held */
            version: number | null;
        };
        /** @description A proposal that nobody has decided yet */
        WaitingApproval: {
            amountRupiah: number | null;
            channel: string | null;
            /** @description The day that it is about: of business, of booking, or the last one of cover */
            date: string | null;
            /** @description Whether somebody should have decided by now: of a bank statement that one person handed over */
            isOverdue: boolean;
            item: string | null;
            /** @enum {string} */
            kind: "placement" | "suspense-exit" | "file-withdrawal" | "statement-withdrawal" | "statement-confirmation" | "sign-off" | "period-close" | "erasure" | "closing" | "reopening";
            /** @description Of the books */
            month: string | null;
            /**
             * Format: date-time
             * @description When
             */
            proposedAt: string;
            /** @description The operator’s subject */
            proposedBy: string;
            /** @description As given */
            reason: string;
            /**
             * @description An approver, or, above what two people may approve, an administrator
             * @enum {string}
             */
            waitsFor: "approver" | "admin";
        };
        /** @description One page */
        WaitingApprovals: {
            items: components["schemas"]["WaitingApproval"][];
            /** @description Give it as `after` for the next page; null on the last */
            next: string | null;
        };
        /** @description Which version of the day’s file is to be withdrawn, and why */
        WithdrawalRequest: {
            /** @description Without names and numbers of people: it is kept for 10 years */
            reason: string;
            /** @description The accepted one, as the statement names it */
            version: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    ageChannelCharges: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Money that waits, by channel and by how long */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ageing"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ageReceivables: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Money that waits, by channel and by how long */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ageing"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ageSuspense: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Money that waits, by channel and by how long */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ageing"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ageUnidentifiedReceipts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Money that waits, by channel and by how long */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ageing"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAgents: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: string;
                /** @description How many at most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of agents */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agents"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createAgent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AgentRequest"];
            };
        };
        responses: {
            /** @description Somebody who registers workers and collects contributions */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
            /** @description NOT_JSON: The body is not JSON. INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_ALLOWED: Your role does not allow this. NO_ROLE: The token carries no role of this console */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ID_TAKEN: Another one has this id. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readAgent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Code of an agent */
                agent: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Somebody who registers workers and collects contributions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_AGENT: There is no such agent */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readAgentReport: {
        parameters: {
            query?: {
                /** @description json if absent */
                format?: "json" | "csv";
                /** @description First month; the first of all when not given */
                from?: string;
                /** @description Last month; the current one when not given */
                to?: string;
            };
            header?: never;
            path: {
                /** @description Code of an agent */
                agent: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What an agent’s work came to */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentReport"];
                    "text/csv; charset=utf-8": string;
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_AGENT: There is no such agent */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY: There are too many of them already. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWaitingApprovals: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: string;
                /** @description Items per page, 50 if absent */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WaitingApprovals"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readAuditChain: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The record of who decided what, as it was last verified */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditChain"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAudits: {
        parameters: {
            query?: {
                /** @description Six days before `to` if absent */
                from?: string;
                /** @description Today (Asia/Jakarta) if absent; at most 31 days */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the audits of some days found */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Audits"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    requestAudit: {
        parameters: {
            query?: {
                /** @description One business day (Asia/Jakarta) of all sources; everything there is if absent */
                day?: string;
                /** @description chain: the audit chain alone; without it the ledger, and the chain beside it */
                subject?: "chain";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The audit is queued */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditQueued"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listBankMovements: {
        parameters: {
            query?: {
                /** @description Only movements with a part of this channel */
                channel?: string;
                /** @description Six days before `to` if absent */
                from?: string;
                /** @description Only movements with a part in such a place */
                state?: "channel-day" | "channel-charge" | "fee-invoice" | "bank-charges" | "interest" | "opening-balance" | "unidentified" | "returned";
                /** @description Today if absent */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest booking day first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BankMovements"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readBankMovement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The day on which the bank booked it */
                bookedOn: string;
                /** @description The `key` of the movement */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A movement of the bank, and what people last proposed for it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BankMovementCase"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_MOVEMENT: There is no such movement of the bank */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approvePlacement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The day on which the bank booked it */
                bookedOn: string;
                /** @description The `key` of the movement */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApprovalRequest"];
            };
        };
        responses: {
            /** @description The step that was taken, and the movement as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlacementStep"];
                };
            };
            /** @description NOT_JSON: The body is not JSON. INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_ALLOWED: Your role does not allow this. OWN_PROPOSAL: Nobody approves an own proposal. NO_ROLE: The token carries no role of this console */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_MOVEMENT: There is no such movement of the bank. UNKNOWN_DAY: There is no such day. UNKNOWN_CHARGE: There is no such charge. UNKNOWN_INVOICE: There is no such invoice */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description MORE_THAN_OPEN: That is more than is open. ALREADY_PROPOSED: A proposal waits for approval. NOT_PROPOSED: Nothing is proposed. ALREADY_DECIDED: It is decided already. ACTION_DOES_NOT_FIT: That action does not fit here. CHANGED_MEANWHILE: Somebody else changed this at the same moment. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    proposePlacement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The day on which the bank booked it */
                bookedOn: string;
                /** @description The `key` of the movement */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlacementProposal"];
            };
        };
        responses: {
            /** @description The step that was taken, and the movement as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlacementStep"];
                };
            };
            /** @description NOT_JSON: The body is not JSON. INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_ALLOWED: Your role does not allow this. OWN_PROPOSAL: Nobody approves an own proposal. NO_ROLE: The token carries no role of this console */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_MOVEMENT: There is no such movement of the bank. UNKNOWN_DAY: There is no such day. UNKNOWN_CHARGE: There is no such charge. UNKNOWN_INVOICE: There is no such invoice */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description MORE_THAN_OPEN: That is more than is open. ALREADY_PROPOSED: A proposal waits for approval. NOT_PROPOSED: Nothing is proposed. ALREADY_DECIDED: It is decided already. ACTION_DOES_NOT_FIT: That action does not fit here. CHANGED_MEANWHILE: Somebody else changed this at the same moment. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listUnidentifiedReceipts: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: string;
                /** @description Only of this class of age, as the ageing names it */
                age?: "0-7" | "8-30" | "31-90" | "over-90";
                /** @description Only of this channel; none: of no channel */
                channel?: string;
                /** @description Items per page, 50 if absent */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, the oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnidentifiedReceipts"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listBankStatements: {
        parameters: {
            query?: {
                /** @description Six days before `to` if absent */
                from?: string;
                /** @description Today if absent */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the bank sent, and where each account’s chain ends */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BankStatements"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putBankStatement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description What to call it, such as its file name */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
                "application/xml": string;
                "text/csv": string;
                "text/plain": string;
                "text/xml": string;
            };
        };
        responses: {
            /** @description What became of the bank statement */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatementTaken"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_ALLOWED: Your role does not allow this. NO_ROLE: The token carries no role of this console */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description WRONG_CONTENT_TYPE: The content type is not the expected one */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The file cannot be used; its bytes are kept all the same. WRONG_CHANNEL, WRONG_DAY, DAY_NOT_OVER, DAY_OUT_OF_RANGE, LAYOUT_CHANGED, TRUNCATED, DATA_AFTER_TRAILER, WRONG_ENCODING, TOTALS_DO_NOT_FOOT, TOO_LARGE, EMPTY, UNKNOWN_NAME, WRONG_SENDER, NOT_ENCRYPTED, BROKEN_ENVELOPE, UNKNOWN_KEY, NOT_SIGNED, UNKNOWN_SIGNER, WRONG_SIGNATURE, XML_NOT_PLAIN, UNKNOWN_FORMAT, WRONG_ACCOUNT, WRONG_CURRENCY, BAD_ENTRY, BALANCE_DOES_NOT_FOOT, CREDIT_CHANGED */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["UnusableFile"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirmStatement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Digest of its bytes, as the list names it */
                sha256: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApprovalRequest"];
            };
        };
        responses: {
            /** @description A bank statement that one person handed over, and what another decided about it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatementConfirmation"];
                };
            };
            /** @description NOT_JSON: The body is not JSON. INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_ALLOWED: Your role does not allow this. OWN_PROPOSAL: Nobody approves an own proposal. NO_ROLE: The token carries no role of this console */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_STATEMENT: There is no such statement */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ALREADY_PROPOSED: A proposal waits for approval. NOT_PROPOSED: Nothing is proposed. ALREADY_DECIDED: It is decided already. ACTION_DOES_NOT_FIT: That action does not fit here. CHANGED_MEANWHILE: Somebody else changed this at the same moment. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readStatementWithdrawal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Digest of its bytes, as the list names it */
                sha256: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A bank statement, and whether people proposed to withdraw it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatementWithdrawalStanding"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_STATEMENT: There is no such statement */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    proposeStatementWithdrawal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Digest of its bytes, as the list names it */
                sha256: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StatementWithdrawalRequest"];
            };
        };
        responses: {
            /** @description A withdrawal of a bank statement, as two people take it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatementWithdrawal"];
                };
            };
            /** @description NOT_JSON: The body is not JSON. INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_ALLOWED: Your role does not allow this. OWN_PROPOSAL: Nobody approves an own proposal. NO_ROLE: The token carries no role of this console */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_STATEMENT: There is no such statement */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ALREADY_PROPOSED: A proposal waits for approval. NOT_PROPOSED: Nothing is proposed. ALREADY_DECIDED: It is decided already. ACTION_DOES_NOT_FIT: That action does not fit here. CHANGED_MEANWHILE: Somebody else changed this at the same moment. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approveStatementWithdrawal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Digest of its bytes, as the list names it */
                sha256: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApprovalRequest"];
            };
        };
        responses: {
            /** @description A withdrawal of a bank statement, as two people take it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatementWithdrawal"];
                };
            };
            /** @description NOT_JSON: The body is not JSON. INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_ALLOWED: Your role does not allow this. OWN_PROPOSAL: Nobody approves an own proposal. NO_ROLE: The token carries no role of this console */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_STATEMENT: There is no such statement */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ALREADY_PROPOSED: A proposal waits for approval. NOT_PROPOSED: Nothing is proposed. ALREADY_DECIDED: It is decided already. ACTION_DOES_NOT_FIT: That action does not fit here. CHANGED_MEANWHILE: Somebody else changed this at the same moment. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    issueBill: {
        parameters: {
            query?: never;
            header?: {
                /** @description Without names and numbers of people: it is kept for 10 years */
                "x-reason"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BillRequest"];
            };
        };
        responses: {
            /** @description A bill, prices frozen at issue, and its status now */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Bill"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid. NOT_JSON: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_MEMBERSHIP: There is no such membership */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description MEMBERSHIP_CLOSED: The membership is closed. NOTHING_DUE: Those months cost nothing. TOO_FAR_AHEAD: That is more than 12 months ahead. FUNDING_CHANGES: The funding changes within those months. NO_CHANNEL: No channel takes that amount. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readBill: {
        parameters: {
            query?: never;
            header?: {
                /** @description Without names and numbers of people: it is kept for 10 years */
                "x-reason"?: string;
            };
            path: {
                /** @description 16 digits from 99 */
                billCode: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A bill, prices frozen at issue, and its status now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Bill"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_BILL: There is no such bill */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replaceBill: {
        parameters: {
            query?: never;
            header?: {
                /** @description Without names and numbers of people: it is kept for 10 years */
                "x-reason"?: string;
            };
            path: {
                /** @description 16 digits from 99 */
                billCode: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BillReplacement"];
            };
        };
        responses: {
            /** @description A bill, prices frozen at issue, and its status now */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Bill"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid. NOT_JSON: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_BILL: There is no such bill. UNKNOWN_MEMBERSHIP: There is no such membership */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BILL_OF_MANY: The bill is for a list of members. BILL_PAID: The bill is paid. BILL_REPLACED: Another bill took the place of this one. MEMBERSHIP_CLOSED: The membership is closed. NOTHING_DUE: Those months cost nothing. TOO_FAR_AHEAD: That is more than 12 months ahead. FUNDING_CHANGES: The funding changes within those months. NO_CHANNEL: No channel takes that amount. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listChannelCharges: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: string;
                /** @description Only of this class of age, as the ageing names it */
                age?: "0-7" | "8-30" | "31-90" | "over-90";
                /** @description Only of this channel; none: of no channel */
                channel?: string;
                /** @description Items per page, 50 if absent */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, the oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelCharges"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readCohort: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a cohort */
                cohort: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A list of people, and how far it is */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cohort"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_COHORT: There is no such cohort */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    billCohort: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a cohort */
                cohort: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CohortBillRequest"];
            };
        };
        responses: {
            /** @description The codes under which a list is being billed */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlannedBills"];
                };
            };
            /** @description NOT_JSON: The body is not JSON. INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_COHORT: There is no such cohort */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description STEP_DOES_NOT_FIT: The program is not in a state in which this can be done. BILL_PAID: The bill is paid. BUDGET_SHORT: The budget does not cover everybody. NOTHING_DUE: Those months cost nothing. NO_CHANNEL: No channel takes that amount. TOO_FAR_AHEAD: That is more than 12 months ahead. CHANGED_MEANWHILE: Somebody else changed this at the same moment. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCohortBills: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: string;
            };
            header?: never;
            path: {
                /** @description Id of a cohort */
                cohort: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bills of a list, the latest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CohortBills"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_COHORT: There is no such cohort */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirmCohort: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a cohort */
                cohort: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A list of people, and how far it is */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cohort"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_COHORT: There is no such cohort */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description STEP_DOES_NOT_FIT: The program is not in a state in which this can be done. CHANGED_MEANWHILE: Somebody else changed this at the same moment. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readRefusedRows: {
        parameters: {
            query?: {
                /** @description In which reasons are given; that of the list when not given */
                language?: "id" | "en";
                /** @description Part of the list, from 1; 20,000 rows each */
                part?: number;
            };
            header?: {
                /** @description masked: show less than the role may see */
                "x-personal-data"?: "masked" | "full";
                /** @description Without names and numbers of people: it is kept for 10 years */
                "x-reason"?: string;
            };
            path: {
                /** @description Id of a cohort */
                cohort: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv; charset=utf-8": string;
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_COHORT: There is no such cohort */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description EXPORT_LIMIT: That is more than one person may export in a day. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readCoverageFigures: {
        parameters: {
            query?: {
                /** @description province if absent */
                by?: "province" | "regency" | "sector" | "funding";
                /** @description As its night counted it; as of now if absent */
                date?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The figures of the night’s run, or of now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CoverageFigures"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_STATISTICS: Nothing was counted on that day */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    importTargets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "text/csv": string;
            };
        };
        responses: {
            /** @description What became of the rows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TargetsResult"];
                };
            };
            /** @description LAYOUT_CHANGED: The file does not have the expected layout */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description WRONG_CONTENT_TYPE: The content type is not the expected one */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readCoverageTrend: {
        parameters: {
            query?: {
                /** @description province if absent */
                by?: "province" | "regency" | "sector" | "funding";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who was covered at the end of each month */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CoverageTrend"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approveManyResolutions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkApproval"];
            };
        };
        responses: {
            /** @description What became of each difference, in the order in which they came */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkAnswer"];
                };
            };
            /** @description NOT_JSON: The body is not JSON. INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_ALLOWED: Your role does not allow this. NO_ROLE: The token carries no role of this console */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description KEY_REUSED: That key stands for another call. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    proposeManyResolutions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkProposal"];
            };
        };
        responses: {
            /** @description What became of each difference, in the order in which they came */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkAnswer"];
                };
            };
            /** @description NOT_JSON: The body is not JSON. INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_ALLOWED: Your role does not allow this. NO_ROLE: The token carries no role of this console */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description KEY_REUSED: That key stands for another call. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDifferences: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: string;
                /** @description All channels if absent */
                channel?: string;
                /** @description All classes if absent */
                class?: "missing-in-file" | "missing-in-hub" | "amount-difference" | "fee-difference" | "fee-invoice-difference" | "duplicate-in-file" | "duplicate-across-files" | "reversed-here-settled-there" | "settled-here-reversed-there" | "ambiguous" | "quarantined" | "bank-difference" | "late-reversal" | "corrected-file";
                /** @description Items per page, 50 if absent */
                limit?: number;
                /** @description First seen more days ago than this */
                olderThanDays?: number;
                /** @description Only cases of this person; me: the caller’s; none: nobody’s */
                owner?: string;
                /** @description All that are not resolved if absent */
                state?: "new" | "persisting" | "proposed" | "approved" | "resolved";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, the oldest day of each channel first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Differences"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readDifference: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description As a statement names it */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A difference with its evidence(), its history, and what may be decided about it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Difference"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_DIFFERENCE: There is no such difference */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approveResolution: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description As a statement names it */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApprovalRequest"];
            };
        };
        responses: {
            /** @description A difference with its evidence(), its history, and what may be decided about it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Difference"];
                };
            };
            /** @description NOT_JSON: The body is not JSON. INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_ALLOWED: Your role does not allow this. OWN_PROPOSAL: Nobody approves an own proposal. NO_ROLE: The token carries no role of this console */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_DIFFERENCE: There is no such difference */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ALREADY_DECIDED: It is decided already. NOT_PROPOSED: Nothing is proposed. LINKED_DIFFERENCE: What is perhaps the other side of this difference is being resolved. CHANGED_MEANWHILE: Somebody else changed this at the same moment. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assignCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description As a statement names it */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AssignmentRequest"];
            };
        };
        responses: {
            /** @description A difference with its evidence(), its history, and what may be decided about it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Difference"];
                };
            };
            /** @description NOT_JSON: The body is not JSON. INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_ALLOWED: Your role does not allow this. NO_ROLE: The token carries no role of this console */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_DIFFERENCE: There is no such difference */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ALREADY_DECIDED: It is decided already. ALREADY_OWNED: Somebody else has the case. NOT_OWNER: The case is not yours. CHANGED_MEANWHILE: Somebody else changed this at the same moment. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCaseAttachments: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description As a statement names it */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of a case, the oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseAttachments"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_DIFFERENCE: There is no such difference */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addCaseAttachment: {
        parameters: {
            query: {
                /** @description What to call it; its ending says what it is: pdf, png, jpg, xlsx, csv, txt */
                name: string;
            };
            header?: never;
            path: {
                /** @description As a statement names it */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description A file that a person attached to a case */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseAttachment"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_ALLOWED: Your role does not allow this. NO_ROLE: The token carries no role of this console */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_DIFFERENCE: There is no such difference */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY: There are too many of them already. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description WRONG_CONTENT_TYPE: The content type is not the expected one */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    fetchCaseAttachment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description As a statement names it */
                id: string;
                /** @description Digest of the bytes, as the list of the case names it */
                sha256: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bytes as they were attached */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_DIFFERENCE: There is no such difference. UNKNOWN_ATTACHMENT: There is no such attachment */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description EXPORT_LIMIT: That is more than one person may export in a day. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCaseComments: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description As a statement names it */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of a case, the oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseComments"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_DIFFERENCE: There is no such difference */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addCaseComment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description As a statement names it */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CommentRequest"];
            };
        };
        responses: {
            /** @description What a person wrote about a case */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseComment"];
                };
            };
            /** @description NOT_JSON: The body is not JSON. INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_ALLOWED: Your role does not allow this. NO_ROLE: The token carries no role of this console */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_DIFFERENCE: There is no such difference */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY: There are too many of them already. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDifferenceLines: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                page?: number;
            };
            header?: never;
            path: {
                /** @description As a statement names it */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of the lines of a difference that stands for many */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DifferenceLines"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_DIFFERENCE: There is no such difference */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeCaseOwner: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description As a statement names it */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OwnerRequest"];
            };
        };
        responses: {
            /** @description A difference with its evidence(), its history, and what may be decided about it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Difference"];
                };
            };
            /** @description NOT_JSON: The body is not JSON. INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_ALLOWED: Your role does not allow this. NO_ROLE: The token carries no role of this console */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_DIFFERENCE: There is no such difference */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ALREADY_DECIDED: It is decided already. ALREADY_OWNED: Somebody else has the case. NOT_OWNER: The case is not yours. CHANGED_MEANWHILE: Somebody else changed this at the same moment. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    proposeResolution: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description As a statement names it */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProposalRequest"];
            };
        };
        responses: {
            /** @description A difference with its evidence(), its history, and what may be decided about it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Difference"];
                };
            };
            /** @description NOT_JSON: The body is not JSON. INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_ALLOWED: Your role does not allow this. NO_ROLE: The token carries no role of this console */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_DIFFERENCE: There is no such difference */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ALREADY_DECIDED: It is decided already. ALREADY_PROPOSED: A proposal waits for approval. ACTION_DOES_NOT_FIT: That action does not fit here. LINKED_DIFFERENCE: What is perhaps the other side of this difference is being resolved. CHANGED_MEANWHILE: Somebody else changed this at the same moment. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    disclose: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DisclosureRequest"];
            };
        };
        responses: {
            /** @description Personal data in full; each text is empty where it was erased */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Disclosure"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid. NOT_JSON: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_MEMBERSHIP: There is no such membership */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    recordExport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExportRequest"];
            };
        };
        responses: {
            /** @description The file may be made: its name, and what is left for this person today */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Export"];
                };
            };
            /** @description NOT_JSON: The body is not JSON. INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_ALLOWED: Your role does not allow this. NO_ROLE: The token carries no role of this console */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description EXPORT_LIMIT: That is more than one person may export in a day. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listFees: {
        parameters: {
            query: {
                /** @description The month whose payments are charged for */
                month: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The fees of every channel in a month */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Fees"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    enterFeeInvoice: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FeeInvoiceRequest"];
            };
        };
        responses: {
            /** @description An invoice of a channel for its fees */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FeeInvoice"];
                };
            };
            /** @description NOT_JSON: The body is not JSON. INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_ALLOWED: Your role does not allow this. NO_ROLE: The token carries no role of this console */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INVOICE_NUMBER_TAKEN: Another invoice has this number. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readFees: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Payment channel */
                channel: string;
                /** @description Such as 2026-11 */
                month: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The fees of a channel in a month, line by line */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FeeMonth"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_FEES: There are no such fees */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listFileArrivals: {
        parameters: {
            query?: {
                /** @description Six days before `to` if absent */
                from?: string;
                /** @description Yesterday if absent */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Settlement files by channel and day, the newest day first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileArrivals"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listFunctions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How each function did in the last 24 hours */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Functions"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readJournal: {
        parameters: {
            query?: {
                /** @description json if absent */
                format?: "json" | "csv";
            };
            header?: never;
            path: {
                /** @description Calendar date in Asia/Jakarta, such as 2026-11-20 */
                date: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The entries of a day. A closed day never changes; the balances are empty while the day before is open. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Journal"];
                    "text/csv; charset=utf-8": string;
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_DAY: There is no such day */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DAY_OPEN: The day is not closed yet. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportJournal: {
        parameters: {
            query: {
                /** @description json if absent */
                format?: "json" | "csv" | "xlsx";
                /** @description Month of the books, such as 2026-11 */
                month: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The entries of a closed month, one row each */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JournalExport"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                    "text/csv; charset=utf-8": string;
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PERIOD_OPEN: The month is not closed yet. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listLapses: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: string;
                /** @description channel: totals by the channel used last, too; notice: by the fate of the last notice */
                by?: "channel" | "notice";
                /** @description 30 if absent */
                days?: number;
                /** @description json if absent */
                format?: "json" | "csv";
                /** @description Items per page: 100 if absent, 2,000 for CSV */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, with totals on the first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Lapses"];
                    "text/csv; charset=utf-8": string;
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description EXPORT_LIMIT: That is more than one person may export in a day. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readMembership: {
        parameters: {
            query?: never;
            header?: {
                /** @description masked: show less than the role may see */
                "x-personal-data"?: "masked" | "full";
                /** @description Without names and numbers of people: it is kept for 10 years */
                "x-reason"?: string;
            };
            path: {
                /** @description Number of the membership, 11 digits */
                kpj: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Where a membership stands */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Membership"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_MEMBERSHIP: There is no such membership */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    closeMembership: {
        parameters: {
            query?: never;
            header?: {
                /** @description masked: show less than the role may see */
                "x-personal-data"?: "masked" | "full";
                /** @description Without names and numbers of people: it is kept for 10 years */
                "x-reason"?: string;
            };
            path: {
                /** @description Number of the membership, 11 digits */
                kpj: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClosureRequest"];
            };
        };
        responses: {
            /** @description Where a membership stands */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Membership"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid. NOT_JSON: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_ALLOWED: Your role does not allow this. OWN_PROPOSAL: Nobody approves an own proposal. NO_ROLE: The token carries no role of this console */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_MEMBERSHIP: There is no such membership */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ALREADY_CLOSED: The membership is closed already. ALREADY_PROPOSED: A proposal waits for approval. NOT_PROPOSED: Nothing is proposed. ALREADY_DECIDED: It is decided already. CHANGED_MEANWHILE: Somebody else changed this at the same moment. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approveClosure: {
        parameters: {
            query?: never;
            header?: {
                /** @description masked: show less than the role may see */
                "x-personal-data"?: "masked" | "full";
                /** @description Without names and numbers of people: it is kept for 10 years */
                "x-reason"?: string;
            };
            path: {
                /** @description Number of the membership, 11 digits */
                kpj: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApprovalRequest"];
            };
        };
        responses: {
            /** @description Where a membership stands */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Membership"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid. NOT_JSON: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_ALLOWED: Your role does not allow this. OWN_PROPOSAL: Nobody approves an own proposal. NO_ROLE: The token carries no role of this console */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_MEMBERSHIP: There is no such membership */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ALREADY_CLOSED: The membership is closed already. ALREADY_PROPOSED: A proposal waits for approval. NOT_PROPOSED: Nothing is proposed. ALREADY_DECIDED: It is decided already. CHANGED_MEANWHILE: Somebody else changed this at the same moment. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putContactPreferences: {
        parameters: {
            query?: never;
            header?: {
                /** @description Without names and numbers of people: it is kept for 10 years */
                "x-reason"?: string;
            };
            path: {
                /** @description Number of the membership, 11 digits */
                kpj: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactPreferencesRequest"];
            };
        };
        responses: {
            /** @description The preferences as they are now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactPreferences"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid. NOT_JSON: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_MEMBERSHIP: There is no such membership */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readCoverage: {
        parameters: {
            query: {
                /** @description Answer with what had been recorded by then, at least 5 minutes ago */
                knownAt?: string;
                /** @description A date (Asia/Jakarta) or an instant with offset */
                on: string;
            };
            header?: {
                /** @description Without names and numbers of people: it is kept for 10 years */
                "x-reason"?: string;
            };
            path: {
                /** @description Number of the membership, 11 digits */
                kpj: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer and its evidence */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Coverage"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid. KNOWN_AT_TOO_RECENT: That instant is too recent */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_MEMBERSHIP: There is no such membership */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCoverageAnswers: {
        parameters: {
            query?: never;
            header?: {
                /** @description Without names and numbers of people: it is kept for 10 years */
                "x-reason"?: string;
            };
            path: {
                /** @description Number of the membership, 11 digits */
                kpj: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeptAnswers"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_MEMBERSHIP: There is no such membership */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    keepCoverageAnswer: {
        parameters: {
            query?: never;
            header?: {
                /** @description Without names and numbers of people: it is kept for 10 years */
                "x-reason"?: string;
            };
            path: {
                /** @description Number of the membership, 11 digits */
                kpj: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CoverageQuestion"];
            };
        };
        responses: {
            /** @description The answer, and where it is kept */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CoverageKept"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid. NOT_JSON: The body is not JSON. KNOWN_AT_TOO_RECENT: That instant is too recent */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_ALLOWED: Your role does not allow this. NO_ROLE: The token carries no role of this console */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_MEMBERSHIP: There is no such membership */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readErasure: {
        parameters: {
            query?: never;
            header?: {
                /** @description Without names and numbers of people: it is kept for 10 years */
                "x-reason"?: string;
            };
            path: {
                /** @description Number of the membership, 11 digits */
                kpj: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether a person’s data is erased, and what people decided about it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erasure"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_MEMBERSHIP: There is no such membership */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    proposeErasure: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the membership, 11 digits */
                kpj: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ErasureRequest"];
            };
        };
        responses: {
            /** @description Whether a person’s data is erased, and what people decided about it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erasure"];
                };
            };
            /** @description NOT_JSON: The body is not JSON. INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_ALLOWED: Your role does not allow this. OWN_PROPOSAL: Nobody approves an own proposal. NO_ROLE: The token carries no role of this console */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_MEMBERSHIP: There is no such membership */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ALREADY_PROPOSED: A proposal waits for approval. NOT_PROPOSED: Nothing is proposed. ALREADY_DECIDED: It is decided already. CHANGED_MEANWHILE: Somebody else changed this at the same moment. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approveErasure: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the membership, 11 digits */
                kpj: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApprovalRequest"];
            };
        };
        responses: {
            /** @description Whether a person’s data is erased, and what people decided about it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erasure"];
                };
            };
            /** @description NOT_JSON: The body is not JSON. INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_ALLOWED: Your role does not allow this. OWN_PROPOSAL: Nobody approves an own proposal. NO_ROLE: The token carries no role of this console */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_MEMBERSHIP: There is no such membership */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ALREADY_PROPOSED: A proposal waits for approval. NOT_PROPOSED: Nothing is proposed. ALREADY_DECIDED: It is decided already. CHANGED_MEANWHILE: Somebody else changed this at the same moment. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCoverMonths: {
        parameters: {
            query?: {
                /** @description The first month */
                from?: string;
                /** @description The last month */
                to?: string;
            };
            header?: {
                /** @description Without names and numbers of people: it is kept for 10 years */
                "x-reason"?: string;
            };
            path: {
                /** @description Number of the membership, 11 digits */
                kpj: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The months, oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CoverMonths"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_MEMBERSHIP: There is no such membership */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPayments: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: string;
                /** @description Items per page, 50 if absent */
                limit?: number;
            };
            header?: {
                /** @description Without names and numbers of people: it is kept for 10 years */
                "x-reason"?: string;
            };
            path: {
                /** @description Number of the membership, 11 digits */
                kpj: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of payments and reversals, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payments"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_MEMBERSHIP: There is no such membership */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reopenMembership: {
        parameters: {
            query?: never;
            header?: {
                /** @description masked: show less than the role may see */
                "x-personal-data"?: "masked" | "full";
                /** @description Without names and numbers of people: it is kept for 10 years */
                "x-reason"?: string;
            };
            path: {
                /** @description Number of the membership, 11 digits */
                kpj: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReopeningRequest"];
            };
        };
        responses: {
            /** @description Where a membership stands */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Membership"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid. NOT_JSON: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_ALLOWED: Your role does not allow this. OWN_PROPOSAL: Nobody approves an own proposal. NO_ROLE: The token carries no role of this console */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_MEMBERSHIP: There is no such membership */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_CLOSED: The membership is not closed. NIK_ALREADY_SELF_PAID: The participant pays for another membership. ALREADY_PROPOSED: A proposal waits for approval. NOT_PROPOSED: Nothing is proposed. ALREADY_DECIDED: It is decided already. CHANGED_MEANWHILE: Somebody else changed this at the same moment. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approveReopening: {
        parameters: {
            query?: never;
            header?: {
                /** @description masked: show less than the role may see */
                "x-personal-data"?: "masked" | "full";
                /** @description Without names and numbers of people: it is kept for 10 years */
                "x-reason"?: string;
            };
            path: {
                /** @description Number of the membership, 11 digits */
                kpj: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApprovalRequest"];
            };
        };
        responses: {
            /** @description Where a membership stands */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Membership"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid. NOT_JSON: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_ALLOWED: Your role does not allow this. OWN_PROPOSAL: Nobody approves an own proposal. NO_ROLE: The token carries no role of this console */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_MEMBERSHIP: There is no such membership */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_CLOSED: The membership is not closed. NIK_ALREADY_SELF_PAID: The participant pays for another membership. ALREADY_PROPOSED: A proposal waits for approval. NOT_PROPOSED: Nothing is proposed. ALREADY_DECIDED: It is decided already. CHANGED_MEANWHILE: Somebody else changed this at the same moment. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startSelfPayment: {
        parameters: {
            query?: never;
            header?: {
                /** @description masked: show less than the role may see */
                "x-personal-data"?: "masked" | "full";
                /** @description Without names and numbers of people: it is kept for 10 years */
                "x-reason"?: string;
            };
            path: {
                /** @description Number of the membership, 11 digits */
                kpj: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Where a membership stands */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Membership"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_MEMBERSHIP: There is no such membership */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description MEMBERSHIP_CLOSED: The membership is closed. NIK_ALREADY_SELF_PAID: The participant pays for another membership. CHANGED_MEANWHILE: Somebody else changed this at the same moment. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    importMemberships: {
        parameters: {
            query?: {
                /** @description Code of the agent who registered everybody of the file */
                agent?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "text/csv": string;
            };
        };
        responses: {
            /** @description What became of each row */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportResult"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid. LAYOUT_CHANGED: The file does not have the expected layout */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_AGENT: There is no such agent */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description WRONG_CONTENT_TYPE: The content type is not the expected one */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listNotices: {
        parameters: {
            query: {
                /** @description Number of the membership, 11 digits */
                kpj: string;
            };
            header?: {
                /** @description Without names and numbers of people: it is kept for 10 years */
                "x-reason"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The notices of two years, newest month first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notices"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_MEMBERSHIP: There is no such membership */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readOpenApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readOverview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Counts; each part says of when */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Overview"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readParticipant: {
        parameters: {
            query?: never;
            header?: {
                /** @description masked: show less than the role may see */
                "x-personal-data"?: "masked" | "full";
                /** @description Without names and numbers of people: it is kept for 10 years */
                "x-reason"?: string;
            };
            path: {
                /** @description The person’s number, 16 digits */
                nik: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All memberships of a person; none: an empty list */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Participant"];
                };
            };
            /** @description BAD_NIK: That is not a NIK. INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    searchParticipant: {
        parameters: {
            query?: never;
            header?: {
                /** @description masked: show less than the role may see */
                "x-personal-data"?: "masked" | "full";
                /** @description Without names and numbers of people: it is kept for 10 years */
                "x-reason"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ParticipantSearch"];
            };
        };
        responses: {
            /** @description All memberships of a person; none: an empty list */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Participant"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid. NOT_JSON: The body is not JSON. BAD_NIK: That is not a NIK */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPartnerKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Keys of all partners by their dates */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PartnerKeys"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPartners: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How each channel’s calls went in the last 24 hours */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Partners"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    lockCustomer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Payment channel */
                channel: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerLockRequest"];
            };
        };
        responses: {
            /** @description It is recorded; endpoints go by it within 20 seconds */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerLocked"];
                };
            };
            /** @description NOT_JSON: The body is not JSON. INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_CHANNEL: There is no such channel */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unlockCustomer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Payment channel */
                channel: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerUnlockRequest"];
            };
        };
        responses: {
            /** @description It is recorded; endpoints go by it within 20 seconds */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LockDone"];
                };
            };
            /** @description NOT_JSON: The body is not JSON. INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_CHANNEL: There is no such channel */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    recordKeyDates: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Payment channel */
                channel: string;
                /** @description Which of its keys */
                kind: "message-keys" | "client-certificate";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeyDatesRequest"];
            };
        };
        responses: {
            /** @description A partner’s key by its dates */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PartnerKey"];
                };
            };
            /** @description NOT_JSON: The body is not JSON. INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_CHANNEL: There is no such channel. NOT_FOUND: There is nothing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ACTION_DOES_NOT_FIT: That action does not fit here. CHANGED_MEANWHILE: Somebody else changed this at the same moment. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    takeRotationStep: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Payment channel */
                channel: string;
                /** @description Which of its keys */
                kind: "message-keys" | "client-certificate";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RotationRequest"];
            };
        };
        responses: {
            /** @description A partner’s key by its dates */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PartnerKey"];
                };
            };
            /** @description NOT_JSON: The body is not JSON. INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_CHANNEL: There is no such channel. NOT_FOUND: There is nothing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ACTION_DOES_NOT_FIT: That action does not fit here. SECRET_NOT_WRITTEN: The secret does not show that step yet. CHANGED_MEANWHILE: Somebody else changed this at the same moment. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listLocks: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: string;
                /** @description Items per page, 100 if absent */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description Payment channel */
                channel: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who is locked out of a channel’s endpoint: what people did first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Locks"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_CHANNEL: There is no such channel */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    lockOutlet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Payment channel */
                channel: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LockRequest"];
            };
        };
        responses: {
            /** @description It is recorded; endpoints go by it within 20 seconds */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LockDone"];
                };
            };
            /** @description NOT_JSON: The body is not JSON. INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_CHANNEL: There is no such channel */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPartnerPayments: {
        parameters: {
            query?: {
                /** @description Business day; today if absent */
                day?: string;
                /** @description Items: 50 if absent */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description Payment channel */
                channel: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The last payments and reversals that the hub recorded of a channel */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PartnerPayments"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_CHANNEL: There is no such channel */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readPartnerPayment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Payment channel */
                channel: string;
                /** @description As the channel sent it */
                paymentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What a channel sent under a payment id, and what became of it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PartnerPayment"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_CHANNEL: There is no such channel. UNKNOWN_PAYMENT: There is no such payment */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeCertificate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Payment channel */
                channel: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RevocationRequest"];
            };
        };
        responses: {
            /** @description It is recorded; endpoints go by it within 20 seconds */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LockDone"];
                };
            };
            /** @description NOT_JSON: The body is not JSON. INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_CHANNEL: There is no such channel */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unlock: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Payment channel */
                channel: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UnlockRequest"];
            };
        };
        responses: {
            /** @description It is recorded; endpoints go by it within 20 seconds */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LockDone"];
                };
            };
            /** @description NOT_JSON: The body is not JSON. INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_CHANNEL: There is no such channel */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPeriods: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The months of the books, the newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Periods"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readPeriod: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Month of the books, such as 2026-11 */
                month: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A month: as it was closed, or as it would be kept if it were closed now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Period"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_PERIOD: The books have no such month */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    proposePeriodClose: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Month of the books, such as 2026-11 */
                month: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PeriodCloseRequest"];
            };
        };
        responses: {
            /** @description A month: as it was closed, or as it would be kept if it were closed now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Period"];
                };
            };
            /** @description NOT_JSON: The body is not JSON. INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description OWN_PROPOSAL: Nobody approves an own proposal. NOT_ALLOWED: Your role does not allow this. NO_ROLE: The token carries no role of this console */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_PERIOD: The books have no such month */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DAY_OPEN: The day is not closed yet. PERIOD_CLOSED: The month is closed. PERIOD_OUT_OF_ORDER: An earlier month is open. PERIOD_NOT_CLEAN: Something of the month is open. STATEMENT_UNCONFIRMED: A bank statement that one person handed over waits for a second one. ALREADY_PROPOSED: A proposal waits for approval. NOT_PROPOSED: Nothing is proposed. ALREADY_DECIDED: It is decided already. CHANGED_MEANWHILE: Somebody else changed this at the same moment. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approvePeriodClose: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Month of the books, such as 2026-11 */
                month: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApprovalRequest"];
            };
        };
        responses: {
            /** @description A month: as it was closed, or as it would be kept if it were closed now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Period"];
                };
            };
            /** @description NOT_JSON: The body is not JSON. INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description OWN_PROPOSAL: Nobody approves an own proposal. NOT_ALLOWED: Your role does not allow this. NO_ROLE: The token carries no role of this console */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_PERIOD: The books have no such month */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DAY_OPEN: The day is not closed yet. PERIOD_CLOSED: The month is closed. PERIOD_OUT_OF_ORDER: An earlier month is open. PERIOD_NOT_CLEAN: Something of the month is open. STATEMENT_UNCONFIRMED: A bank statement that one person handed over waits for a second one. ALREADY_PROPOSED: A proposal waits for approval. NOT_PROPOSED: Nothing is proposed. ALREADY_DECIDED: It is decided already. CHANGED_MEANWHILE: Somebody else changed this at the same moment. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readProgram: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a program */
                program: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A program, as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Program"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_PROGRAM: There is no such program */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeProgram: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a program */
                program: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProgramPlanRequest"];
            };
        };
        responses: {
            /** @description A program, as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Program"];
                };
            };
            /** @description NOT_JSON: The body is not JSON. INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_ALLOWED: Your role does not allow this. NO_ROLE: The token carries no role of this console */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_PROGRAM: There is no such program */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description STEP_DOES_NOT_FIT: The program is not in a state in which this can be done. CHANGED_MEANWHILE: Somebody else changed this at the same moment. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    abandonProgram: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a program */
                program: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ProgramStepRequest"];
            };
        };
        responses: {
            /** @description A program, as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Program"];
                };
            };
            /** @description NOT_JSON: The body is not JSON. INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_ALLOWED: Your role does not allow this. NO_ROLE: The token carries no role of this console */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_PROGRAM: There is no such program */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description STEP_DOES_NOT_FIT: The program is not in a state in which this can be done. CHANGED_MEANWHILE: Somebody else changed this at the same moment. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listProgramBills: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: string;
            };
            header?: never;
            path: {
                /** @description Id of a program */
                program: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bills of a program that count, page by page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProgramBills"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_PROGRAM: There is no such program */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readProgramBudget: {
        parameters: {
            query?: {
                /** @description json if absent */
                format?: "json" | "csv";
            };
            header?: never;
            path: {
                /** @description Id of a program */
                program: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What a program costs, and where its budget is short */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProgramBudget"];
                    "text/csv; charset=utf-8": string;
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_PROGRAM: There is no such program */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tryProgramBudget: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a program */
                program: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["BudgetQuestion"];
            };
        };
        responses: {
            /** @description What a program costs, and where its budget is short */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProgramBudget"];
                };
            };
            /** @description NOT_JSON: The body is not JSON. INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_PROGRAM: There is no such program */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCohorts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a program */
                program: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The lists of a program, the latest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cohorts"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_PROGRAM: There is no such program */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    announceProgramEnd: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a program */
                program: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ProgramStepRequest"];
            };
        };
        responses: {
            /** @description A program, as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Program"];
                };
            };
            /** @description NOT_JSON: The body is not JSON. INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_ALLOWED: Your role does not allow this. NO_ROLE: The token carries no role of this console */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_PROGRAM: There is no such program */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description STEP_DOES_NOT_FIT: The program is not in a state in which this can be done. CHANGED_MEANWHILE: Somebody else changed this at the same moment. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readProgramHistory: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a program */
                program: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was done with a program, oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProgramHistory"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_PROGRAM: There is no such program */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listProgramMembers: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: string;
            };
            header?: never;
            path: {
                /** @description Id of a program */
                program: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Up to 1,000 people in the order of the lists */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProgramMembers"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_PROGRAM: There is no such program */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    openProgram: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a program */
                program: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ProgramStepRequest"];
            };
        };
        responses: {
            /** @description A program, as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Program"];
                };
            };
            /** @description NOT_JSON: The body is not JSON. INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_ALLOWED: Your role does not allow this. NO_ROLE: The token carries no role of this console */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_PROGRAM: There is no such program */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description STEP_DOES_NOT_FIT: The program is not in a state in which this can be done. CHANGED_MEANWHILE: Somebody else changed this at the same moment. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readProgramReport: {
        parameters: {
            query?: {
                /** @description json if absent */
                format?: "json" | "csv" | "xlsx";
            };
            header?: never;
            path: {
                /** @description Id of a program */
                program: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who is covered until when, and what the money came to */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProgramReport"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                    "text/csv; charset=utf-8": string;
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_PROGRAM: There is no such program */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    printProgramReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a program */
                program: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An HTML file that needs nothing else */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_PROGRAM: There is no such program */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listQueues: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The queues */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Queues"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDeadLetters: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description As `GET /api/queues` names it */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Why messages were put aside, the oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetters"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_QUEUE: There is no such queue */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    redriveQueue: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description As `GET /api/queues` names it */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How many messages were put back */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Redriven"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_QUEUE: There is no such queue */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listReadTraces: {
        parameters: {
            query?: {
                /** @description The subject of a person’s token: whose data did this person see */
                actor?: string;
                /** @description The `next` of the page before */
                after?: string;
                /** @description First day (Asia/Jakarta); seven days back if absent */
                from?: string;
                /** @description Number of the membership, 11 digits */
                kpj?: string;
                /** @description Items per page, 100 if absent */
                limit?: number;
                /** @description Last day; today if absent */
                to?: string;
            };
            header?: {
                /** @description Without names and numbers of people: it is kept for 10 years */
                "x-reason"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of read traces, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadTraces"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listReceivables: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: string;
                /** @description Only of this class of age, as the ageing names it */
                age?: "0-7" | "8-30" | "31-90" | "over-90";
                /** @description Only of this channel; none: of no channel */
                channel?: string;
                /** @description Items per page, 50 if absent */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, the oldest day first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Receivables"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readReceivable: {
        parameters: {
            query?: {
                /** @description On the evening of this day; the last closed day of the journal if absent */
                asOf?: string;
            };
            header?: never;
            path: {
                /** @description Payment channel */
                channel: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What a channel owes on the evening of a day, item by item */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReceivableStatement"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND: There is nothing here. UNKNOWN_DAY: There is no such day */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DAY_OPEN: The day is not closed yet. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    requestRepair: {
        parameters: {
            query?: {
                /** @description One channel, or finance or settlement; all of them if absent */
                channel?: string;
                /** @description One day (Asia/Jakarta); today and the two before if absent */
                day?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The repair is queued */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Repair"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tryRules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RuleTrialRequest"];
            };
        };
        responses: {
            /** @description What would change among these memberships */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuleTrial"];
                };
            };
            /** @description NOT_JSON: The body is not JSON. INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSchedules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the clock starts, and when it last ran to its end */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Schedules"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    search: {
        parameters: {
            query?: never;
            header?: {
                /** @description masked: show less than the role may see */
                "x-personal-data"?: "masked" | "full";
                /** @description Without names and numbers of people: it is kept for 10 years */
                "x-reason"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SearchRequest"];
            };
        };
        responses: {
            /** @description All that the text may mean; empty lists: nothing is known by it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchResult"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid. NOT_JSON: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSettlements: {
        parameters: {
            query?: {
                /** @description Six days before `to` if absent */
                from?: string;
                /** @description Today if absent */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest day first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettlementMatrix"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readStatement: {
        parameters: {
            query?: {
                /** @description The latest if absent */
                version?: number;
            };
            header?: never;
            path: {
                /** @description Payment channel */
                channel: string;
                /** @description Business day (Asia/Jakarta), such as 2026-11-20 */
                date: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The statement of a day: every rupiah in one row */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Statement"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_STATEMENT: There is no such statement */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readAnswerFile: {
        parameters: {
            query?: {
                /** @description csv: the file itself */
                format?: "json" | "csv";
                /** @description The latest if absent */
                version?: number;
            };
            header?: never;
            path: {
                /** @description Payment channel */
                channel: string;
                /** @description Business day (Asia/Jakarta), such as 2026-11-20 */
                date: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answers that were given to a channel’s file of a day */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnswerFiles"];
                    "text/csv; charset=utf-8": string;
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_STATEMENT: There is no such statement */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description EXPORT_LIMIT: That is more than one person may export in a day. ANSWER_FILE_TOO_LARGE: The file is too large to be handed out here. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putSettlementFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Payment channel */
                channel: string;
                /** @description Business day (Asia/Jakarta), such as 2026-11-20 */
                date: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
                "application/xml": string;
                "text/csv": string;
                "text/plain": string;
                "text/xml": string;
            };
        };
        responses: {
            /** @description What became of the file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileTaken"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND: There is nothing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description WRONG_CONTENT_TYPE: The content type is not the expected one */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The file cannot be used; its bytes are kept all the same. WRONG_CHANNEL, WRONG_DAY, DAY_NOT_OVER, DAY_OUT_OF_RANGE, LAYOUT_CHANGED, TRUNCATED, DATA_AFTER_TRAILER, WRONG_ENCODING, TOTALS_DO_NOT_FOOT, TOO_LARGE, EMPTY, UNKNOWN_NAME, WRONG_SENDER, NOT_ENCRYPTED, BROKEN_ENVELOPE, UNKNOWN_KEY, NOT_SIGNED, UNKNOWN_SIGNER, WRONG_SIGNATURE, XML_NOT_PLAIN, UNKNOWN_FORMAT, WRONG_ACCOUNT, WRONG_CURRENCY, BAD_ENTRY, BALANCE_DOES_NOT_FOOT, CREDIT_CHANGED */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["UnusableFile"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listStatementLines: {
        parameters: {
            query: {
                /** @description The row of the bridge, or a note */
                label: "hub-payments" | "hub-reversed" | "pending" | "settled-in-other-file" | "missing-in-file" | "carried-in" | "missing-in-hub" | "amount-difference" | "duplicate-in-file" | "duplicate-across-files" | "reversed-here-settled-there" | "settled-here-reversed-there" | "ambiguous" | "reversed-earlier-line" | "quarantined" | "file-total" | "channel-fees" | "file-net" | "bank-credit" | "bank-awaited" | "bank-difference" | "note-admin-fee" | "note-outlet" | "note-time";
                /** @description The `next` of the page before */
                page?: number;
                /** @description The latest if absent */
                version?: number;
            };
            header?: never;
            path: {
                /** @description Payment channel */
                channel: string;
                /** @description Business day (Asia/Jakarta), such as 2026-11-20 */
                date: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of what a figure is made of */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatementLines"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_STATEMENT: There is no such statement */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readSignOff: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Payment channel, or bank */
                channel: string;
                /** @description Business day (Asia/Jakarta), such as 2026-11-20 */
                date: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A day, as it is now and as it was signed off */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignOff"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_STATEMENT: There is no such statement */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    proposeSignOff: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Payment channel, or bank */
                channel: string;
                /** @description Business day (Asia/Jakarta), such as 2026-11-20 */
                date: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignOffRequest"];
            };
        };
        responses: {
            /** @description A day, as it is now and as it was signed off */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignOff"];
                };
            };
            /** @description NOT_JSON: The body is not JSON. INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description OWN_PROPOSAL: Nobody approves an own proposal. NOT_ALLOWED: Your role does not allow this. NO_ROLE: The token carries no role of this console */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_STATEMENT: There is no such statement */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ALREADY_PROPOSED: A proposal waits for approval. NOT_PROPOSED: Nothing is proposed. ALREADY_DECIDED: It is decided already. STATEMENT_UNCONFIRMED: A bank statement that one person handed over waits for a second one. CHANGED_MEANWHILE: Somebody else changed this at the same moment. ACTION_DOES_NOT_FIT: That action does not fit here. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approveSignOff: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Payment channel, or bank */
                channel: string;
                /** @description Business day (Asia/Jakarta), such as 2026-11-20 */
                date: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApprovalRequest"];
            };
        };
        responses: {
            /** @description A day, as it is now and as it was signed off */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignOff"];
                };
            };
            /** @description NOT_JSON: The body is not JSON. INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description OWN_PROPOSAL: Nobody approves an own proposal. NOT_ALLOWED: Your role does not allow this. NO_ROLE: The token carries no role of this console */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_STATEMENT: There is no such statement */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ALREADY_PROPOSED: A proposal waits for approval. NOT_PROPOSED: Nothing is proposed. ALREADY_DECIDED: It is decided already. STATEMENT_UNCONFIRMED: A bank statement that one person handed over waits for a second one. CHANGED_MEANWHILE: Somebody else changed this at the same moment. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readFileWithdrawal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Payment channel */
                channel: string;
                /** @description Business day (Asia/Jakarta), such as 2026-11-20 */
                date: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether people proposed to withdraw the file of a day, and what was decided */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileWithdrawalStanding"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_STATEMENT: There is no such statement */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    proposeFileWithdrawal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Payment channel */
                channel: string;
                /** @description Business day (Asia/Jakarta), such as 2026-11-20 */
                date: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WithdrawalRequest"];
            };
        };
        responses: {
            /** @description A withdrawal of a settlement file, as two people take it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileWithdrawal"];
                };
            };
            /** @description NOT_JSON: The body is not JSON. INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_ALLOWED: Your role does not allow this. OWN_PROPOSAL: Nobody approves an own proposal. NO_ROLE: The token carries no role of this console */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_STATEMENT: There is no such statement */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ALREADY_PROPOSED: A proposal waits for approval. ALREADY_DECIDED: It is decided already. NOT_PROPOSED: Nothing is proposed. CHANGED_MEANWHILE: Somebody else changed this at the same moment. ACTION_DOES_NOT_FIT: That action does not fit here. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approveFileWithdrawal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Payment channel */
                channel: string;
                /** @description Business day (Asia/Jakarta), such as 2026-11-20 */
                date: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApprovalRequest"];
            };
        };
        responses: {
            /** @description A withdrawal of a settlement file, as two people take it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileWithdrawal"];
                };
            };
            /** @description NOT_JSON: The body is not JSON. INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_ALLOWED: Your role does not allow this. OWN_PROPOSAL: Nobody approves an own proposal. NO_ROLE: The token carries no role of this console */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_STATEMENT: There is no such statement */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ALREADY_PROPOSED: A proposal waits for approval. ALREADY_DECIDED: It is decided already. NOT_PROPOSED: Nothing is proposed. CHANGED_MEANWHILE: Somebody else changed this at the same moment. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSponsors: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: string;
                /** @description At most so many */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In the order of their ids */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sponsors"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createSponsor: {
        parameters: {
            query?: never;
            header?: {
                /** @description masked: show less than the role may see */
                "x-personal-data"?: "masked" | "full";
                /** @description Without names and numbers of people: it is kept for 10 years */
                "x-reason"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SponsorRequest"];
            };
        };
        responses: {
            /** @description A sponsor, its contacts and its programs */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sponsor"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid. NOT_JSON: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_ALLOWED: Your role does not allow this. NO_ROLE: The token carries no role of this console */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ID_TAKEN: Another one has this id. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readSponsor: {
        parameters: {
            query?: never;
            header?: {
                /** @description masked: show less than the role may see */
                "x-personal-data"?: "masked" | "full";
                /** @description Without names and numbers of people: it is kept for 10 years */
                "x-reason"?: string;
            };
            path: {
                /** @description Id of a sponsor */
                sponsor: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A sponsor, its contacts and its programs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sponsor"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_SPONSOR: There is no such sponsor */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    receiveCohort: {
        parameters: {
            query: {
                /** @description Code of the agent who brought these people */
                agent?: string;
                /** @description In which reasons are given; id when not given */
                language?: "id" | "en";
                /** @description The program whose list it is */
                program: string;
            };
            header?: never;
            path: {
                /** @description Id of a sponsor */
                sponsor: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                "text/csv": string;
            };
        };
        responses: {
            /** @description A list of people, and how far it is */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cohort"];
                };
            };
            /** @description A list of people, and how far it is */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cohort"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_SPONSOR: There is no such sponsor. UNKNOWN_PROGRAM: There is no such program. UNKNOWN_AGENT: There is no such agent */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description STEP_DOES_NOT_FIT: The program is not in a state in which this can be done. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description WRONG_CONTENT_TYPE: The content type is not the expected one */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeSponsorContacts: {
        parameters: {
            query?: never;
            header?: {
                /** @description masked: show less than the role may see */
                "x-personal-data"?: "masked" | "full";
                /** @description Without names and numbers of people: it is kept for 10 years */
                "x-reason"?: string;
            };
            path: {
                /** @description Id of a sponsor */
                sponsor: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SponsorContactsRequest"];
            };
        };
        responses: {
            /** @description A sponsor, its contacts and its programs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sponsor"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid. NOT_JSON: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_SPONSOR: There is no such sponsor */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    receiveNeighbours: {
        parameters: {
            query: {
                /** @description Code of the agent who brought these people */
                agent?: string;
                /** @description In which reasons are given; id when not given */
                language?: "id" | "en";
                /** @description The program whose list it is */
                program: string;
            };
            header?: never;
            path: {
                /** @description Id of a sponsor */
                sponsor: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NeighboursRequest"];
            };
        };
        responses: {
            /** @description A list of people, and how far it is */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cohort"];
                };
            };
            /** @description A list of people, and how far it is */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cohort"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid. NOT_JSON: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_SPONSOR: There is no such sponsor. UNKNOWN_PROGRAM: There is no such program. UNKNOWN_AGENT: There is no such agent */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description STEP_DOES_NOT_FIT: The program is not in a state in which this can be done. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPrograms: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a sponsor */
                sponsor: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The programs of a sponsor, in the order of their ids */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Programs"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_SPONSOR: There is no such sponsor */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    draftProgram: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a sponsor */
                sponsor: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProgramRequest"];
            };
        };
        responses: {
            /** @description A program, as it is now */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Program"];
                };
            };
            /** @description NOT_JSON: The body is not JSON. INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_ALLOWED: Your role does not allow this. NO_ROLE: The token carries no role of this console */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_SPONSOR: There is no such sponsor */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ID_TAKEN: Another one has this id. CHANGED_MEANWHILE: Somebody else changed this at the same moment. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSuspense: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                after?: string;
                /** @description Only of this class of age, as the ageing names it */
                age?: "0-7" | "8-30" | "31-90" | "over-90";
                /** @description Only of this channel; none: of no channel */
                channel?: string;
                /** @description Items per page, 50 if absent */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, the oldest business day first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Suspense"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approveExit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The `id` of the money */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApprovalRequest"];
            };
        };
        responses: {
            /** @description What people propose and approve about money in suspense */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuspenseStep"];
                };
            };
            /** @description NOT_JSON: The body is not JSON. INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_ALLOWED: Your role does not allow this. OWN_PROPOSAL: Nobody approves an own proposal. NO_ROLE: The token carries no role of this console */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_SUSPENSE: There is no such money in suspense. UNKNOWN_MEMBERSHIP: There is no such membership */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description MEMBERSHIP_CLOSED: The membership is closed. ALREADY_PROPOSED: A proposal waits for approval. NOT_PROPOSED: Nothing is proposed. ALREADY_DECIDED: It is decided already. ACTION_DOES_NOT_FIT: That action does not fit here. CHANGED_MEANWHILE: Somebody else changed this at the same moment. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    proposeExit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The `id` of the money */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExitProposal"];
            };
        };
        responses: {
            /** @description What people propose and approve about money in suspense */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuspenseStep"];
                };
            };
            /** @description NOT_JSON: The body is not JSON. INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_ALLOWED: Your role does not allow this. OWN_PROPOSAL: Nobody approves an own proposal. NO_ROLE: The token carries no role of this console */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_SUSPENSE: There is no such money in suspense. UNKNOWN_MEMBERSHIP: There is no such membership */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description MEMBERSHIP_CLOSED: The membership is closed. ALREADY_PROPOSED: A proposal waits for approval. NOT_PROPOSED: Nothing is proposed. ALREADY_DECIDED: It is decided already. ACTION_DOES_NOT_FIT: That action does not fit here. CHANGED_MEANWHILE: Somebody else changed this at the same moment. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readTrialBalance: {
        parameters: {
            query?: {
                /** @description On the evening of this day; the last closed day of the journal if absent */
                asOf?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every account on the evening of a day */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrialBalance"];
                };
            };
            /** @description INVALID_INPUT: The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NO_ROLE: The token carries no role of this console. NOT_ALLOWED: Your role does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNKNOWN_DAY: There is no such day */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DAY_OPEN: The day is not closed yet. ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The hub can serve */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description ANSWER_TOO_LARGE: The answer is too large */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DEFECT: The hub failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TRY_AGAIN: The hub cannot answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
