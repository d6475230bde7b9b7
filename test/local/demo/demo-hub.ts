/** A hub in memory for the demo's tests: the console's use cases, fresh partners' keys, and endpoints that share one store. */
import { randomBytes, randomUUID } from 'node:crypto'
import { enrolCohort } from '../../../functions/enrol-cohort/enrol-cohort.ts'
import { followProgram } from '../../../functions/enrol-cohort/follow-program.ts'
import { type ConsoleCalls, importFile } from '../../../local/demo/console-calls.ts'
import type { DemoTerminal } from '../../../local/demo/load.ts'
import type { SandboxPartner } from '../../../local/demo/partners.ts'
import { type PastStores, pastEndpoint } from '../../../local/demo/past-payments.ts'
import type { Sandbox } from '../../../shared/channel-port/partner.ts'
import { channels } from '../../../shared/channels/registry.ts'
import type { Instant } from '../../../shared/domain/instant.ts'
import { PROGRAM_NOTICE_RULES } from '../../../shared/domain/sponsors/program-notice.ts'
import { type DigestKeys, prepareDigestKeys } from '../../../shared/runtime/digests.ts'
import { participantHash } from '../../../shared/store/participant-hash.ts'
import { consoleOn } from '../../functions/serve-console/console.ts'
import { serveChecked } from '../../support/checked-console.ts'

export function digestKeys(): DigestKeys {
  return prepareDigestKeys(JSON.stringify({ current: 1, keys: { 1: randomBytes(32).toString('base64') } }))
}

export async function freshTerminals(
  store: PastStores,
  keys: DigestKeys,
  now: () => Instant,
): Promise<ReadonlyMap<string, DemoTerminal>> {
  const terminals = channels.map(async (channel) => {
    const { profile } = channel
    const { sandbox } = (await import(`../../../shared/channels/${profile.name}/sandbox.ts`)) as { sandbox: Sandbox }
    const { hub, partner } = await sandbox.makeKeys()
    const baseUrl = `http://127.0.0.1:1/channels/${profile.name}`
    const file = { channel: profile.name, protocol: profile.protocol, baseUrl, ...partner }
    const secret = JSON.stringify({ current: hub, next: null })
    const past = pastEndpoint({ channel, file, sandbox } satisfies SandboxPartner, secret, keys, store)
    return [profile.name, { profile, past, today: sandbox.partner(file, past.sendAt(now()), now) }] as const
  })
  return new Map(await Promise.all(terminals))
}

export function consoleInMemory(keys: DigestKeys, now: string) {
  const inMemory = consoleOn({ now })
  const ports = { ...inMemory.ports, participantOf: (nik: string) => participantHash(keys, nik) }
  const { segments: _reading, ...reachable } = ports
  const worker = { ...reachable, segments: inMemory.segments, programNotices: PROGRAM_NOTICE_RULES }
  const ask = async (method: 'GET' | 'POST', path: string, body: string) => {
    const isFile = path.endsWith('import') || path.includes('/cohorts?')
    const headers = { 'content-type': isFile ? 'text/csv' : 'application/json' }
    const role = path.endsWith('closure') ? 'admin' : path.endsWith('approval') ? 'approver' : 'operator'
    const claims = { sub: `demo-${role}`, 'cognito:groups': `[${role}]` }
    const from = { sourceIp: '203.0.113.7', requestId: randomUUID() }
    const [rawPath = '', rawQuery = ''] = path.split('?')
    const request = { method, rawPath, rawQuery, headers, body: Buffer.from(body), claims, ...from }
    const reply = await serveChecked(ports, request)
    if (reply.status >= 300) throw new Error(`expected 2xx from ${path}, got ${reply.status}: ${reply.body}`)
    return JSON.parse(reply.body)
  }
  const post = (path: string, body: string) => ask('POST', path, body)
  /** What queues `enrolment` and `reconcile` would have brought about. */
  const workOff = async () => {
    for (const { id } of await inMemory.ports.sponsors.sponsors(null, 10)) {
      for (const program of await inMemory.ports.sponsors.programsOf(id)) {
        for (const cohort of await inMemory.ports.sponsors.cohortsOf(program.id))
          while ((await enrolCohort(worker, cohort.id)).outcome !== 'idle');
        await inMemory.fold()
        await followProgram(worker, program.id, undefined)
      }
    }
  }
  const console: ConsoleCalls = {
    importRows: (rows) => post('/api/memberships/import', importFile(rows)),
    post: (path, body) => post(path, JSON.stringify(body)),
    get: (path) => ask('GET', path, ''),
    handOver: post,
    closeMembership: async (kpj, closing) => {
      await post(`/api/memberships/${kpj}/closure`, JSON.stringify(closing))
      return post(`/api/memberships/${kpj}/closure/approval`, JSON.stringify({ decision: 'approve' }))
    },
    issueBill: async (bill) => (await post('/api/bills', JSON.stringify(bill))).billCode,
  }
  const { sponsors } = inMemory.ports
  return { console, sponsors, store: inMemory.store, fold: inMemory.fold, workOff, now: inMemory.ports.now }
}
