/** A case as a piece of work: who has it, what was written and attached, and that the audit chain says so too. */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ATTACHMENT_BYTES, attachmentKindOf } from '../../../../shared/domain/settlement/attachment.ts'
import { verifyChain } from '../../../../shared/store/audit/chain.ts'
import { counterOf } from '../../../support/endpoint.ts'
import {
  type Answer,
  partnerRow,
  type Role,
  type SettlementHub,
  settlementHub,
} from '../../../support/settlement-hub.ts'

const DAY = '2026-11-20'
const PDF = Buffer.from('%PDF-1.7 a letter of the partner')

/** A line that the hub does not know, and a payment that the file does not have. */
async function withCases() {
  const hub = await settlementHub()
  await counterOf(hub, 'indomaret').pay({ paymentId: 'T1' })
  hub.setClock('2026-11-21T06:30')
  await hub.settle('indomaret', DAY, [partnerRow('X1', `${DAY}T11:00`)])
  const ids = Object.fromEntries((await hub.cases('indomaret', DAY)).map(({ id, finding }) => [finding.class, id]))
  return { hub, extra: ids['missing-in-hub'] ?? '', missing: ids['missing-in-file'] ?? '' }
}

const owner = (hub: SettlementHub, id: string, action: string, who = 'operator', role: Role = 'operator') =>
  hub.call(role, 'POST', `/api/differences/${id}/owner`, { action }, who)
const assign = (hub: SettlementHub, id: string, to: string | null, role: Role = 'approver') =>
  hub.call(role, 'POST', `/api/differences/${id}/assignment`, { owner: to })
const codeOf = ({ status, body }: Answer) => `${status} ${body.code}`
const actions = (hub: SettlementHub) => hub.settlements.chain.map(({ actor, action }) => `${actor?.S} ${action?.S}`)

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items
}

describe('the owner of a case', () => {
  test('takes what nobody has, and gives it back', async () => {
    const { hub, extra } = await withCases()
    const taken = await owner(hub, extra, 'take')
    expect(taken).toMatchObject({ status: 200, body: { owner: 'local-operator', state: 'new' } })
    expect(await owner(hub, extra, 'take')).toEqual(taken)
    expect(codeOf(await owner(hub, extra, 'take', 'another'))).toBe('409 ALREADY_OWNED')
    expect(codeOf(await owner(hub, extra, 'release', 'another'))).toBe('409 NOT_OWNER')
    expect((await owner(hub, extra, 'release')).body).toMatchObject({
      owner: null,
      history: [
        { what: 'found', by: null },
        { what: 'taken', by: 'local-operator', note: 'local-operator' },
        { what: 'released', by: 'local-operator', note: 'nobody' },
      ],
    })
    expect(actions(hub)).toEqual(['local-operator taken', 'local-operator released'])
  })

  test('is named by an approver, whoever has the case', async () => {
    const { hub, extra } = await withCases()
    await owner(hub, extra, 'take')
    expect(codeOf(await assign(hub, extra, 'local-ani', 'operator'))).toBe('403 NOT_ALLOWED')
    expect((await assign(hub, extra, 'local-ani')).body.owner).toBe('local-ani')
    expect((await assign(hub, extra, 'local-ani')).body.owner).toBe('local-ani')
    expect((await assign(hub, extra, null)).body.owner).toBe(null)
    expect(actions(hub)).toEqual(['local-operator taken', 'local-approver assigned', 'local-approver assigned'])
  })

  test.each(['3578011203850001', '08123456789', 'x123456789', 'me'])('is never %s', async (subject) => {
    const { hub, extra } = await withCases()
    expect(codeOf(await assign(hub, extra, subject))).toBe('400 INVALID_INPUT')
    expect(hub.settlements.chain).toEqual([])
  })

  test('stays through proposals and runs, and is no right to decide', async () => {
    const { hub, extra } = await withCases()
    await owner(hub, extra, 'take', 'ani')
    await hub.decide(extra, 'accept')
    expect((await hub.call('viewer', 'GET', `/api/differences/${extra}`)).body).toMatchObject({
      owner: 'local-ani',
      state: 'resolved',
    })
    expect(codeOf(await owner(hub, extra, 'release', 'ani'))).toBe('409 ALREADY_DECIDED')
  })

  test('does not change while what was approved is being carried out', async () => {
    const { hub, extra } = await withCases()
    await hub.call('operator', 'POST', `/api/differences/${extra}/proposal`, { action: 'post', reason: 'as agreed' })
    await hub.call('approver', 'POST', `/api/differences/${extra}/approval`, { decision: 'approve' })
    expect(codeOf(await owner(hub, extra, 'take'))).toBe('409 CHANGED_MEANWHILE')
    await hub.drain()
    expect((await hub.call('viewer', 'GET', `/api/differences/${extra}`)).body.state).toBe('resolved')
  })

  test('of two who take it at the same moment one has it', async () => {
    const { hub, extra } = await withCases()
    const both = await Promise.all([owner(hub, extra, 'take', 'ani'), owner(hub, extra, 'take', 'budi')])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(hub.settlements.chain).toHaveLength(1)
  })

  test('is what the list is filtered by, with class, channel, status and age, page by page', async () => {
    const { hub, extra, missing } = await withCases()
    await owner(hub, extra, 'take', 'ani')
    const ids = async (query: string, who = 'viewer') => {
      const found: string[] = []
      for (let after: string | null = ''; after !== null; ) {
        const more: string = after === '' ? '' : `&after=${after}`
        const page: Answer = await hub.call('viewer', 'GET', `/api/differences?limit=1${query}${more}`, undefined, who)
        expect(page.status).toBe(200)
        found.push(...page.body.items.map(({ id }: { readonly id: string }) => id))
        after = page.body.next
      }
      return found
    }
    expect(await ids('&owner=local-ani')).toEqual([extra])
    expect(await ids('&owner=me', 'ani')).toEqual([extra])
    expect(await ids('&owner=me')).toEqual([])
    expect(await ids('&owner=none')).toEqual([missing])
    expect(await ids('&class=missing-in-file')).toEqual([missing])
    expect(await ids('&class=missing-in-file&owner=local-ani')).toEqual([])
    expect(await ids('&class=missing-in-hub&owner=local-ani&state=new&channel=indomaret&olderThanDays=0')).toEqual([])
    hub.setClock('2026-11-25T10:00')
    expect(
      await ids('&class=missing-in-hub&owner=local-ani&state=persisting&channel=indomaret&olderThanDays=3'),
    ).toEqual([extra])
    expect(codeOf(await hub.call('viewer', 'GET', '/api/differences?class=none'))).toBe('400 INVALID_INPUT')
  })
})

describe('comments', () => {
  const write = (hub: SettlementHub, id: string, text: string, who = 'operator', role: Role = 'operator') =>
    hub.call(role, 'POST', `/api/differences/${id}/comments`, { text }, who)

  test('are kept in order with author and time, once each, and in the chain', async () => {
    const { hub, extra } = await withCases()
    await write(hub, extra, 'the partner was asked')
    hub.setClock('2026-11-22T09:00')
    await write(hub, extra, 'no answer yet', 'ani')
    expect((await write(hub, extra, 'the partner was asked')).body.at).toBe('2026-11-20T23:30:00.000Z')
    await write(hub, extra, 'the partner was asked', 'ani')
    const { items } = (await hub.call('viewer', 'GET', `/api/differences/${extra}/comments`)).body
    expect(items).toHaveLength(3)
    expect(items[0]).toEqual({ by: 'local-operator', at: '2026-11-20T23:30:00.000Z', text: 'the partner was asked' })
    expect(actions(hub)).toEqual(['local-operator commented', 'local-ani commented', 'local-ani commented'])
    expect(hub.settlements.chain.every(({ subject }) => subject?.S === extra)).toBe(true)
    expect(await verifyChain(each(hub.settlements.chain), await hub.settlements.resolutions.head())).toMatchObject({
      outcome: 'whole',
    })
  })

  test('sent twice at the same moment are one', async () => {
    const { hub, extra } = await withCases()
    const both = await Promise.all([write(hub, extra, 'asked'), write(hub, extra, 'asked')])
    expect(both.map(({ status }) => status)).toEqual([200, 200])
    expect((await hub.call('viewer', 'GET', `/api/differences/${extra}/comments`)).body.items).toHaveLength(1)
    expect(hub.settlements.chain).toHaveLength(1)
  })

  test.each([
    ['with the NIK of a person', 'he is 3578011203850001'],
    ['with a phone number', 'call 081234567890'],
    ['of nothing', '  '],
    ['of several lines', 'one\ntwo'],
    ['longer than 1,000 characters', 'x'.repeat(1_001)],
  ])('%s are refused', async (_, text) => {
    const { hub, extra } = await withCases()
    expect(codeOf(await write(hub, extra, text))).toBe('400 INVALID_INPUT')
    expect(hub.settlements.chain).toEqual([])
  })

  test('are for operators, about a case that is there', async () => {
    const { hub, extra } = await withCases()
    expect(codeOf(await write(hub, extra, 'text', 'viewer', 'viewer'))).toBe('403 NOT_ALLOWED')
    expect(codeOf(await write(hub, 'indomaret-20261120-000000000000', 'text'))).toBe('404 UNKNOWN_DIFFERENCE')
  })
})

describe('attachments', () => {
  const attach = (hub: SettlementHub, id: string, name: string, bytes: Uint8Array) =>
    hub.call('operator', 'PUT', `/api/differences/${id}/attachments?name=${name}`, bytes)

  test('are kept byte for byte, listed, and leave as a file to be saved', async () => {
    const { hub, extra } = await withCases()
    const attached = await attach(hub, extra, 'letter.pdf', PDF)
    const sha256 = createHash('sha256').update(PDF).digest('hex')
    expect(attached).toMatchObject({
      status: 200,
      body: { name: 'letter.pdf', type: 'pdf', bytes: PDF.byteLength, sha256, by: 'local-operator' },
    })
    expect(await attach(hub, extra, 'again.pdf', PDF)).toEqual(attached)
    expect((await hub.call('viewer', 'GET', `/api/differences/${extra}/attachments`)).body.items).toEqual([
      attached.body,
    ])
    const fetched = await hub.call('operator', 'GET', `/api/differences/${extra}/attachments/${sha256}`)
    expect(Buffer.from(fetched.body.body, 'base64')).toEqual(PDF)
    expect(fetched.body.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment; filename="letter.pdf"',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    expect(hub.attachments.keys()).toEqual([`${extra}/${sha256}`])
    expect(actions(hub)).toEqual(['local-operator attached'])
    expect(hub.settlements.chain[0]?.detail?.S).toContain(sha256)
  })

  test.each([
    ['no ending', 'letter', PDF],
    ['an ending of no kind', 'letter.html', Buffer.from('<script>')],
    ['another kind than it says', 'letter.pdf', Buffer.from('<html>')],
    ['text with control characters', 'list.csv', Buffer.from([0x61, 0])],
    ['text that is no UTF-8', 'list.txt', Buffer.from([0xff, 0xfe, 0x41])],
    ['a path', '..%2Fletter.pdf', PDF],
    ['a quote in its name', 'a%22b.pdf', PDF],
    ['the number of a person in its name', '3578011203850001.pdf', PDF],
    ['nothing in it', 'list.csv', Buffer.alloc(0)],
  ])('with %s are refused', async (_, name, bytes) => {
    const { hub, extra } = await withCases()
    expect(codeOf(await attach(hub, extra, name, bytes))).toBe('400 INVALID_INPUT')
    expect([hub.attachments.keys(), hub.settlements.chain]).toEqual([[], []])
  })

  test('of more than 4 MB are refused, of exactly 4 MB they are kept', async () => {
    const { hub, extra } = await withCases()
    const of = (bytes: number) => Buffer.concat([PDF, Buffer.alloc(bytes - PDF.byteLength)])
    expect(codeOf(await attach(hub, extra, 'a.pdf', of(ATTACHMENT_BYTES + 1)))).toBe('413 TOO_LARGE')
    expect((await attach(hub, extra, 'a.pdf', of(ATTACHMENT_BYTES))).status).toBe(200)
  })

  test('are of one case, and for those who work on it', async () => {
    const { hub, extra, missing } = await withCases()
    const { sha256 } = (await attach(hub, extra, 'letter.pdf', PDF)).body
    const from = (id: string, role: Role = 'operator') =>
      hub.call(role, 'GET', `/api/differences/${id}/attachments/${sha256}`)
    expect(codeOf(await from(missing))).toBe('404 UNKNOWN_ATTACHMENT')
    expect(codeOf(await from(extra, 'viewer'))).toBe('403 NOT_ALLOWED')
    expect(codeOf(await hub.call('operator', 'GET', `/api/differences/${extra}/attachments/nonsense`))).toBe(
      '404 UNKNOWN_ATTACHMENT',
    )
  })

  test('of any bytes are of the kind that their name says, or of none', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 64 }),
        fc.constantFrom('pdf', 'png', 'jpg', 'jpeg', 'xlsx'),
        (bytes, kind) => {
          const beginnings: Readonly<Record<string, readonly number[]>> = {
            pdf: [0x25, 0x50, 0x44, 0x46, 0x2d],
            png: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
            jpg: [0xff, 0xd8, 0xff],
            jpeg: [0xff, 0xd8, 0xff],
            xlsx: [0x50, 0x4b, 0x03, 0x04],
          }
          const beginning = beginnings[kind] ?? []
          const isOne = beginning.every((byte, i) => bytes[i] === byte)
          expect(attachmentKindOf(`a.${kind}`, bytes) !== undefined).toBe(isOne)
          expect(attachmentKindOf(`a.${kind}`, Uint8Array.from([...beginning, ...bytes]))).toBeDefined()
        },
      ),
    )
  })
})
