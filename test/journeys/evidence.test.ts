/**
 * The evidence stream takes nothing any more. Partners pay on, their signed requests lie in the locked bucket one by one, and
 * each is found by the digest that its decision holds. When the stream is back, requests go there again.
 */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openEvidence, prepareEvidenceKeys } from '../../shared/store/evidence/evidence.ts'
import { type HubOnTrial, hubOnTrial } from '../support/hub.ts'
import { person, register } from '../support/people.ts'
import { terminalOf } from '../support/terminals.ts'

let hub: HubOnTrial

beforeAll(async () => {
  hub = await hubOnTrial({ clock: '2026-11-20T10:00:00+07:00' })
}, 180_000)
afterEach(() => fault({ kind: 'none' }))
afterAll(() => hub?.stop())

async function fault(body: object): Promise<void> {
  const reply = await fetch(`${hub.url}/__local/fault`, { method: 'POST', body: JSON.stringify(body) })
  expect(reply.status).toBe(200)
}

/** Every file below a folder of the hub's data. */
const filesBelow = (folder: string) =>
  readdirSync(path.join(hub.dataDir, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))

const streamed = () => filesBelow('evidence').flatMap((file) => readFileSync(file, 'utf8').trimEnd().split('\n')).length

/** The objects of the evidence bucket that hold one sealed request. */
function directly() {
  const keys = prepareEvidenceKeys(readFileSync(path.join(hub.dataDir, 'secrets', 'evidence.json'), 'utf8'))
  return filesBelow('files').flatMap((file) => {
    const text = readFileSync(file, 'latin1')
    return text.startsWith('{"v":2,"k":"2026-11-20","iv":') ? [openEvidence(text, keys)] : []
  })
}

test.each(['throttle', 'error'])('the stream answers every call with "%s"', async (kind) => {
  const terminal = terminalOf(hub, 'bni')
  const payers = [person(), person(), person()]
  for (const payer of payers) await register(hub, payer)
  await hub.untilQuiet()
  const before = directly().length
  await fault({ kind, target: 'hub-evidence', rate: 1, seed: 1 })
  for (const [i, { nik }] of payers.entries()) {
    const call = { id: `${kind}-${i}`, customer: nik, amount: 8_400 }
    expect((await terminal.pay(call)).code).toBe(terminal.codes.ok)
  }
  const kept = directly().slice(before)
  expect(kept.map(({ channel }) => channel)).toEqual(['bni', 'bni', 'bni'])
})

test('the stream is back: after its rest, requests go there again', async () => {
  const payer = person()
  await register(hub, payer)
  await hub.untilQuiet()
  await new Promise((resolve) => setTimeout(resolve, 10_500))
  const [lines, objects] = [streamed(), directly().length]
  const terminal = terminalOf(hub, 'bni')
  const paid = await terminal.pay({ id: 'back', customer: payer.nik, amount: 8_400 })
  expect(paid.code).toBe(terminal.codes.ok)
  expect([streamed(), directly().length]).toEqual([lines + 1, objects])
}, 60_000)
