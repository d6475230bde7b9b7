/** The texts about participants, their data and what leaves as a file, in English. Indonesian: people-id.ts. */
export const enPeople = {
  search: {
    field: 'KPJ, NIK, bill code, payment id or hub reference',
    hint: 'As it stands on the card, the receipt or the channel’s message. Names are not searched.',
    day: 'Day of a hub reference (empty: today)',
    memberships: 'Memberships',
    bills: 'Bills',
    payments: 'Payments',
    none: 'Nothing is known by this. Look at each digit, or ask for another number.',
    noneOnDay: (day: string) =>
      `No payment of ${day} has this hub reference. It is looked for on one day: try the day on the receipt.`,
    outcomes: { accepted: 'Accepted', refused: 'Refused', 'reversed-first': 'Reversed before it came' } as Readonly<
      Record<string, string>
    >,
    member: 'For',
    nobody: 'an unknown customer',
  },
  personal: {
    title: 'Personal data',
    masked: 'Masked for everybody until somebody says why they need it.',
    mayNot: 'Your role sees it masked.',
    show: 'Show in full',
    hide: 'Hide again',
    ask: 'Why do you need to see it?',
    askLead: 'Your name, this membership, the time and the reason are kept for twelve months.',
    choose: 'Reason',
    reasons: {
      call: 'The member calls and identifies themselves',
      claim: 'A benefit case',
      correction: 'The member asks for a correction',
      complaint: 'A complaint',
      other: 'Another reason',
    } as Readonly<Record<string, string>>,
    other: 'In your words',
    otherHint: 'Without the number of a person or a phone.',
    confirm: 'Show and record',
    shown: (reason: string, when: string) =>
      `Shown ${when}: ${reason}. It is hidden again when you leave, and after five minutes.`,
    email: 'E-mail',
  },
  months: {
    lead: 'Cover, payment, settlement and notices of each month. Choose a month for its evidence.',
    cover: { whole: 'Covered', part: 'Partly covered', ahead: 'Paid ahead', none: 'Not covered' } as Readonly<
      Record<string, string>
    >,
    settlement: {
      awaited: 'Settlement awaited',
      settled: 'In the channel’s file',
      credited: 'Money at the bank',
      'not-needed': 'Needs no settlement',
    } as Readonly<Record<string, string>>,
    noticeCount: (n: string) => `${n} notices`,
    reversed: 'A payment was reversed',
    payer: 'Paid by',
    price: 'Price',
    stretch: 'Cover',
    noticesOf: 'Notices',
    noNotice: 'none',
    answer: 'Answer with its evidence',
    earlier: 'Earlier months',
    later: 'Later months',
    none: 'No month yet',
    chosen: 'Month chosen',
  },
  answer: {
    issued: 'Issued by',
    heading: 'Statement of cover',
    footer:
      'Computed from the ledger’s facts by the rules named above. The same question as known at the same moment has the same answer.',
    signature: 'Name and signature',
  },
  map: {
    title: 'Map',
    table: 'Table',
    measure: 'Colour by',
    measures: {
      covered: 'Share covered',
      target: 'Against the target',
      month: 'Change in 30 days',
    } as Readonly<Record<string, string>>,
    noData: 'no figures',
    together: 'drawn together: the map is older than the split of Papua',
    credit: 'Map: svg-maps.com, CC BY 4.0; colours and labels are ours.',
    failed: 'The map could not be loaded. The table below has the same figures.',
    of: (covered: string, total: string) => `${covered} of ${total} memberships`,
    low: 'low',
    high: 'high',
    legend: 'Legend',
  },
  exports: {
    csv: 'CSV',
    xlsx: 'Excel',
    as: 'Download the rows as',
    done: (name: string) => `${name} is recorded and saved.`,
    limit: 'The limit of exports for today is reached.',
    tooMany: (n: string) => `A file takes at most ${n} rows. Filter the table first.`,
  },
  reads: {
    nav: 'Reads of personal data',
    title: 'Reads of personal data',
    lead: 'Who was shown whose data, when, from where and why. Kept for twelve months; nobody can delete a line.',
    by: 'Question',
    byActor: 'Whose data did this person see?',
    byAccount: 'Who saw this account?',
    actor: 'Subject of the person',
    actorHint: 'Empty: your own. It stands in each line, and a click on it asks for that person.',
    account: 'KPJ',
    ask: 'Show',
    none: 'No read in these days',
    when: 'When',
    who: 'Who',
    call: 'Call',
    shown: 'Shown',
    shownWords: { 'in-full': 'In full', masked: 'Masked', account: 'Account', file: 'File' } as Readonly<
      Record<string, string>
    >,
    reason: 'Reason',
    noReason: 'none given',
    from: 'From where',
    rows: 'Rows',
    accounts: 'Accounts',
    inFull: 'In full',
    withoutReason: 'Without a reason',
    files: 'Files',
    newest: 'of the lines loaded',
  },
  lapses: {
    groups: 'Where they are',
    group: 'Group',
    by: { province: 'Province', sector: 'Sector', funding: 'Funding', channel: 'Last channel' } as Readonly<
      Record<string, string>
    >,
    share: 'Share',
    none: 'never paid',
  },
}

export type PeopleTexts = typeof enPeople
