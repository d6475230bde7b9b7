/** An answer that a benefit was settled on: what is kept of it, and that it stays when the facts move on. */
import { expect, test } from 'vitest'
import { verifyChain } from '../../../../shared/store/audit/chain.ts'
import { reverse } from '../../../support/facts.ts'
import { consoleOn, KPJ, NIK, row } from '../console.ts'

const PATH = `/api/memberships/${KPJ}/coverage/answers`
const CASE = { on: '2026-11-21', reference: 'JKM/2026/118' }

async function paid() {
  const hub = consoleOn({ now: '2026-11-20T09:00' })
  await hub.importRows(row())
  const payment = await hub.pay('P1', '2026-11-20T10:00', ['2026-11'])
  hub.setClock('2026-11-25T10:00')
  return { hub, payment }
}

test('an answer is given and kept with the facts that it rests on', async () => {
  const { hub } = await paid()
  const { status, body } = await hub.call('operator', 'POST', PATH, CASE)
  expect(status).toBe(201)
  expect(body).toMatchObject({ kpj: KPJ, covered: true, kept: { sequence: 2, actor: 'operator-1' } })
  expect(body.kept.answer).toMatchObject({ covered: true, reference: 'JKM/2026/118', rulesVersion: body.rulesVersion })
  expect(body.kept.answer.factKeys).toContain('payment#bni#P1')
})

test('it stays what it was when the payment is reversed later, and both answers are shown, newest first', async () => {
  const { hub, payment } = await paid()
  const first = (await hub.call('operator', 'POST', PATH, CASE)).body
  hub.setClock('2026-11-26T10:00')
  await hub.store.facts.put(reverse(payment, '2026-11-26T09:00', 'finance'))
  await hub.call('operator', 'POST', PATH, { ...CASE, reference: 'JKM/2026/119' })
  const { items } = (await hub.call('viewer', 'GET', PATH)).body
  expect(items.map(({ answer }: { answer: { covered: boolean } }) => answer.covered)).toEqual([false, true])
  expect(items[1]).toEqual(first.kept)
})

test('the chain holds the answers and no name and no NIK', async () => {
  const { hub } = await paid()
  await hub.call('operator', 'POST', PATH, CASE)
  await hub.call('operator', 'POST', PATH, CASE)
  const { chain, resolutions } = hub.settlements
  // The import of the member, and the two answers.
  expect(chain.map(({ action }) => action?.S)).toEqual(['imported', 'answered', 'answered'])
  const items = (async function* () {
    yield* chain
  })()
  expect(await verifyChain(items, await resolutions.head())).toMatchObject({ outcome: 'whole', entries: 3 })
  expect(JSON.stringify(chain)).not.toMatch(new RegExp(`${NIK}|BUDI`))
})

test.each([
  ['without a case number', { on: '2026-11-21' }, 400, 'INVALID_INPUT'],
  ['with a person’s number as the case', { on: '2026-11-21', reference: NIK }, 400, 'INVALID_INPUT'],
  [
    'known at an instant that is still settling',
    { ...CASE, knownAt: '2026-11-25T09:59:00+07:00' },
    400,
    'KNOWN_AT_TOO_RECENT',
  ],
])('%s nothing is kept', async (_, body, status, code) => {
  const { hub } = await paid()
  const answer = await hub.call('operator', 'POST', PATH, body)
  expect([answer.status, answer.body.code]).toEqual([status, code])
  expect((await hub.call('viewer', 'GET', PATH)).body.items).toEqual([])
})

test('of a membership that nobody knows nothing is answered', async () => {
  const { hub } = await paid()
  const answer = await hub.call('operator', 'POST', '/api/memberships/99999999999/coverage/answers', CASE)
  expect([answer.status, answer.body.code]).toEqual([404, 'UNKNOWN_MEMBERSHIP'])
})
