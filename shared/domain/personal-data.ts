/**
 * The inventory of personal data: which place holds what of whom, why, how long, and how it ends. The record of processing that the
 * law asks for (UU 27/2022, article 31), as data that a test holds to what is stored.
 *
 * A field is named as it lies in the place. `pseudonym`: it stands for a person and names nobody without the hub's keys or tables.
 * Whatever a place holds and this list does not name is no personal data, or a defect of this list.
 */
export type Retention = {
  /** `event`: until something happens, which `until` names; a number: so many days. */
  readonly days: number | null
  readonly until: string
  readonly source: string
}

export type PersonalField = {
  readonly place: string
  readonly fields: readonly string[]
  readonly kind: 'identity' | 'contact' | 'pseudonym' | 'operator'
  readonly purpose: string
  readonly retention: RetentionName
  /** What ends it at its time. */
  readonly endedBy: End
  /** What ends it before its time, at a person's request. */
  readonly erasedBy: 'erasure' | 'nothing'
}

/**
 * `data-key`: the key of its day is destroyed (data-keys.ts), and the bucket drops the object. `bucket`: that alone. `table`: it expires.
 * `log-group`: the log group drops it. `people`: two people, or whoever replaces it. `reason`: nothing does, and `retention` says why.
 */
export type End = 'data-key' | 'bucket' | 'table' | 'log-group' | 'people' | 'reason'

export type RetentionName = keyof typeof RETENTIONS

/** Dated by when each was decided; a change is a new line beside it, never a changed one. */
export const RETENTIONS = {
  'while-needed': {
    days: null,
    until: 'two people erase it, or the programme ends',
    source: 'UU 27/2022 article 16 (2): as long as the purpose lasts',
  },
  'ten-years': { days: 3_653, until: 'the key of its day is destroyed', source: 'UU 8/1997 article 11: ten years' },
  'ninety-days': {
    days: 90,
    until: 'the bucket drops it',
    source: 'our choice: whoever dropped a file asks within weeks',
  },
  'two-years': {
    days: 730,
    until: 'the table drops it',
    source: 'our choice: a complaint about a notice comes sooner',
  },
  'twelve-months': { days: 366, until: 'the table drops it', source: 'our choice: of the read traces' },
  'some-days': { days: 3, until: 'the table drops it', source: 'our choice: counters of a day' },
  'half-a-year': { days: 180, until: 'the log group drops it', source: 'our choice: of the logs' },
  'as-the-ledger': {
    days: null,
    until: 'the ledger itself is given up',
    source: 'UU 8/1997 article 11, and cover of years ago must be provable',
  },
} as const satisfies Readonly<Record<string, Retention>>

export const PERSONAL_DATA_INVENTORY: readonly PersonalField[] = [
  {
    place: 'contacts',
    fields: ['nik', 'name', 'maskedNames'],
    kind: 'identity',
    purpose: 'to print a receipt, to tell two members apart, to answer the member',
    retention: 'while-needed',
    endedBy: 'people',
    erasedBy: 'erasure',
  },
  {
    place: 'contacts',
    fields: ['phone', 'email', 'language', 'preferredChannel', 'optedOut', 'wrongNumber'],
    kind: 'contact',
    purpose: 'to write to the member about cover',
    retention: 'while-needed',
    endedBy: 'people',
    erasedBy: 'erasure',
  },
  {
    place: 'contacts',
    fields: ['people'],
    kind: 'contact',
    purpose: 'to write to a sponsor about its program',
    retention: 'while-needed',
    endedBy: 'people',
    erasedBy: 'nothing',
  },
  {
    place: 'facts',
    fields: ['account', 'n', 's', 'g', 'd'],
    kind: 'pseudonym',
    purpose:
      'payments, terms with income and region, and that two memberships are of one person: what cover follows from',
    retention: 'as-the-ledger',
    endedBy: 'reason',
    erasedBy: 'nothing',
  },
  {
    place: 'memberships',
    fields: ['kpj', 'participant', 'income', 'regionCode', 'registeredOn', 'termsByMonth'],
    kind: 'pseudonym',
    purpose: 'to say whether somebody is covered, and to find the memberships of a person by NIK',
    retention: 'as-the-ledger',
    endedBy: 'reason',
    erasedBy: 'nothing',
  },
  {
    place: 'payment-decisions',
    fields: ['decision', 'c', 'f', 'k', 'kpj'],
    kind: 'pseudonym',
    purpose: 'to pay by NIK, and to compare a repeat with its first',
    retention: 'as-the-ledger',
    endedBy: 'reason',
    erasedBy: 'nothing',
  },
  {
    place: 'endpoint-limits',
    fields: ['entry', 'lockedWith'],
    kind: 'pseudonym',
    purpose: 'to lock out who tries numbers; a customer is a keyed digest',
    retention: 'some-days',
    endedBy: 'table',
    erasedBy: 'nothing',
  },
  {
    place: 'notices',
    fields: ['kpj'],
    kind: 'pseudonym',
    purpose: 'to write once, and to answer a complaint',
    retention: 'two-years',
    endedBy: 'table',
    erasedBy: 'nothing',
  },
  {
    place: 'logs',
    fields: ['account', 'actor'],
    kind: 'pseudonym',
    purpose: 'to say what became of a payment',
    retention: 'half-a-year',
    endedBy: 'log-group',
    erasedBy: 'nothing',
  },
  {
    place: 'read-traces',
    fields: ['account'],
    kind: 'pseudonym',
    purpose: 'to say who saw whose data',
    retention: 'twelve-months',
    endedBy: 'table',
    erasedBy: 'nothing',
  },
  {
    place: 'read-traces',
    fields: ['actor', 'actorName', 'issuer', 'sourceIp', 'forwardedFor'],
    kind: 'operator',
    purpose: 'to say who saw whose data',
    retention: 'twelve-months',
    endedBy: 'table',
    erasedBy: 'nothing',
  },
  {
    place: 'audit',
    fields: ['actor', 'person'],
    kind: 'operator',
    purpose: 'to say who decided what about money; who takes an entry out breaks the chain that proves all others',
    retention: 'as-the-ledger',
    endedBy: 'reason',
    erasedBy: 'nothing',
  },
  {
    place: 'evidence',
    fields: ['data'],
    kind: 'identity',
    purpose: 'to prove what a partner signed; holds the customer number as it was typed',
    retention: 'ten-years',
    endedBy: 'data-key',
    erasedBy: 'nothing',
  },
  {
    place: 'files/kept',
    fields: ['the bytes'],
    kind: 'identity',
    purpose: 'to prove what a partner or a sponsor sent; lists hold names and NIKs, settlement files customer numbers',
    retention: 'ten-years',
    endedBy: 'data-key',
    erasedBy: 'nothing',
  },
  {
    place: 'files/lists',
    fields: ['the rows'],
    kind: 'identity',
    purpose: 'to enrol the people of a list, to show the sponsor what became of each, and what a bill was issued on',
    retention: 'ten-years',
    endedBy: 'data-key',
    erasedBy: 'nothing',
  },
  {
    place: 'files/attachments',
    fields: ['the bytes'],
    kind: 'identity',
    purpose: 'to prove what a difference was decided on; whatever people attach',
    retention: 'ten-years',
    endedBy: 'data-key',
    erasedBy: 'nothing',
  },
  {
    place: 'files/drop',
    fields: ['the bytes'],
    kind: 'identity',
    purpose: 'to take in what partners and sponsors send; plain until it ends, the kept copy is sealed',
    retention: 'ninety-days',
    endedBy: 'bucket',
    erasedBy: 'nothing',
  },
]
