/**
 * The inventory of personal data against what is stored: a planted person's texts are found in no place and no field that it does not
 * name, every attribute of those items is either named or known as no personal data, and each retention is what the hub does.
 */
import { describe, expect, test } from 'vitest'
import { STAGES } from '../../../infra/stages.ts'
import { DATA_KEY_PURPOSES, DATA_KEY_RETENTIONS } from '../../../shared/domain/data-keys.ts'
import { DAY_MILLIS } from '../../../shared/domain/instant.ts'
import { kpjOf } from '../../../shared/domain/kpj.ts'
import { PERSONAL_DATA_INVENTORY, RETENTIONS } from '../../../shared/domain/personal-data.ts'
import type { Item } from '../../../shared/store/attributes/item.ts'
import { auditItem } from '../../../shared/store/audit/item.ts'
import { contactItem, erasedItem } from '../../../shared/store/contacts/item.ts'
import { dynamoSponsorContacts } from '../../../shared/store/contacts/sponsor-contacts.ts'
import { factItem } from '../../../shared/store/facts/item.ts'
import { viewItem } from '../../../shared/store/memberships/item.ts'
import { NOTICE_KEPT_MILLIS, noticeItem } from '../../../shared/store/notices/item.ts'
import { decisionItem, selfPaidItem } from '../../../shared/store/payment-decisions/item.ts'
import { traceItem } from '../../../shared/store/read-traces/item.ts'
import { TRACE_KEPT_MILLIS } from '../../../shared/store/read-traces/read-traces.ts'
import { TABLE_SHAPES, type Table } from '../../../shared/store/tables.ts'
import { pay, terms } from '../../support/facts.ts'
import { participantOf } from '../../support/ids.ts'
import { DECIDED, decisionOf, viewOf } from '../../support/stored.ts'

const KPJ = kpjOf('12345678901')
const PERSON = { nik: '3578011203850001', name: 'BUDI SANTOSO', phone: '+6281234567890', email: 'budi@example.id' }
const PARTICIPANT = participantOf('person-1')

const contact = contactItem({
  kpj: KPJ,
  ...PERSON,
  maskedNames: [{ from: DECIDED, name: 'BU*** SA***' }],
  preferences: { language: 'id', preferredChannel: 'sms', optedOut: true, wrongNumber: true },
})

/** What each place holds of the person, as it is written there. */
const STORED: Readonly<Record<string, readonly Item[]>> = {
  contacts: [contact, erasedItem(KPJ, DECIDED)],
  facts: [factItem(terms('2026-01')), factItem(pay('T1', '2026-11-20T10:00', ['2026-11']))],
  memberships: [viewItem(viewOf(KPJ, { version: 1 }))],
  'payment-decisions': [decisionItem(decisionOf('T1')), selfPaidItem(PARTICIPANT, KPJ)],
  notices: [
    noticeItem({
      kpj: KPJ,
      month: '2026-12',
      stage: 'due',
      state: 'sent',
      attempt: 'A1',
      reservedAt: DECIDED,
      changedAt: DECIDED,
      channel: 'sms',
      messageId: 'M1',
      code: 'C1',
    } as never),
  ],
  'read-traces': [
    traceItem({
      actor: 'person-1',
      actorName: 'Kenanga Contoh',
      issuer: 'https://sign-in.example',
      at: DECIDED,
      request: 'R1',
      number: 0,
      call: 'GET /api/memberships/{kpj}',
      account: KPJ,
      shown: 'in-full',
      reason: 'a call',
      sourceIp: '203.0.113.7',
      forwardedFor: '198.51.100.4',
      file: null,
    }),
  ],
  audit: [
    auditItem({
      at: DECIDED,
      actor: 'person-1',
      person: { issuer: 'https://sign-in.example', subject: 'person-1', name: 'Kenanga Contoh' },
      action: 'set-contact',
      subject: KPJ,
      detail: { fields: ['email', 'phone'] },
      sequence: 1,
      previous: '0',
      hash: '1',
    }),
  ],
}

/** What is said of nobody, or says nothing without the fields of the inventory beside it. */
const NOT_PERSONAL: Readonly<Record<string, RegExp>> = {
  contacts: /^(kpj|erasedAt)$/,
  facts: /^(fact|at|r|day|h|p|a|f|x|m|o|t|k|v|from)$/,
  memberships:
    /^(sector|funding|programs|paidThrough|credit|status|nextOn|nextTo|closesOn|noticeDue|activatedAfterMillis|factCount|asOf|version)$/,
  'payment-decisions': /^(s|at|h|e|d|t|r|n)$/,
  notices: /^(notice|state|attempt|reservedAt|changedAt|channel|messageId|code|expires)$/,
  'read-traces': /^(read|at|request|number|call|shown|reason|expires)$/,
  audit: /^(chain|sequence|at|action|subject|detail|previous|hash)$/,
}

const fieldsOf = (place: string) =>
  PERSONAL_DATA_INVENTORY.filter((entry) => entry.place === place).flatMap(({ fields }) => fields)

describe('the inventory of personal data', () => {
  test.each(Object.entries(STORED))('knows every attribute of %s', (place, items) => {
    const known = fieldsOf(place)
    const other = NOT_PERSONAL[place] ?? /^$/
    const unknown = items
      .flatMap((item) => Object.keys(item))
      .filter((name) => !known.includes(name) && !other.test(name))
    expect(unknown).toEqual([])
  })

  test('names every place in which the person can be read: contacts alone', () => {
    for (const [place, items] of Object.entries(STORED)) {
      for (const item of items) {
        for (const [name, value] of Object.entries(item)) {
          const holds = Object.values(PERSON).some((text) => JSON.stringify(value).includes(text))
          if (holds) expect([place, name, fieldsOf(place)]).toEqual(['contacts', name, expect.arrayContaining([name])])
        }
      }
    }
    const shown = Object.keys(contact).filter((name) => JSON.stringify(contact[name]).includes('BU'))
    expect(shown).toEqual(['name', 'maskedNames'])
  })

  test('says of all that it names of a contact that an erasure takes it, and an erasure leaves nothing of it', () => {
    const erasable = PERSONAL_DATA_INVENTORY.filter(({ erasedBy }) => erasedBy === 'erasure').flatMap(
      ({ fields }) => fields,
    )
    expect(Object.keys(contact).filter((name) => name !== 'kpj' && !erasable.includes(name))).toEqual([])
    expect(Object.keys(erasedItem(KPJ, DECIDED))).toEqual(['kpj', 'erasedAt'])
  })

  test('names the people of a sponsor', async () => {
    const sent: Item[] = []
    const client = { send: async ({ input }: { input: { Item: Item } }) => void sent.push(input.Item) }
    const people = [{ name: 'Ann', email: 'ann@example.id', language: 'en' }] as const
    await dynamoSponsorContacts(client as never, { contacts: 'contacts' }).put('jambi' as never, people)
    expect(Object.keys(sent[0] ?? {}).sort()).toEqual(['kpj', 'people'])
    expect(fieldsOf('contacts')).toContain('people')
  })

  test('says what ends each place, and that is so', () => {
    for (const { place, retention, endedBy } of PERSONAL_DATA_INVENTORY) {
      const days: number | null = RETENTIONS[retention].days
      switch (endedBy) {
        case 'table':
          expect([place, TABLE_SHAPES[place as Table].expiry]).toEqual([place, 'expires'])
          break
        case 'data-key': {
          const purpose = DATA_KEY_PURPOSES.find((each) => place === each || place === `files/${each}`)
          expect([place, purpose && DATA_KEY_RETENTIONS[purpose].at(-1)?.retention]).toEqual([place, retention])
          break
        }
        case 'bucket':
        case 'log-group':
          expect([place, days]).toEqual([place, expect.any(Number)])
          break
        // Nothing ends by itself what has no number of days, and everything else does.
        case 'people':
        case 'reason':
          expect([place, days]).toEqual([place, null])
          break
        default:
          endedBy satisfies never
      }
    }
    const sealed = PERSONAL_DATA_INVENTORY.filter(({ endedBy }) => endedBy === 'data-key').map(({ place }) => place)
    expect(sealed.map((place) => place.replace('files/', '')).sort()).toEqual([...DATA_KEY_PURPOSES].sort())
  })

  test('promises no retention that the hub does not keep', () => {
    expect(RETENTIONS['two-years'].days * DAY_MILLIS).toBe(NOTICE_KEPT_MILLIS)
    expect(RETENTIONS['twelve-months'].days * DAY_MILLIS).toBe(TRACE_KEPT_MILLIS)
    expect(RETENTIONS['half-a-year'].days).toBe(STAGES.production.logRetentionDays)
    expect(RETENTIONS['ten-years'].days).toBe(STAGES.production.evidenceLock.days)
    const used = new Set<string>(PERSONAL_DATA_INVENTORY.map(({ retention }) => retention))
    expect([...used].sort()).toEqual(Object.keys(RETENTIONS).sort())
  })
})
