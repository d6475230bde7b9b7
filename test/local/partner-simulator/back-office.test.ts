/** The demo's partners and their bank: they send what they booked, when it is due, in files that the hub's readers take. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startBackOffice } from '../../../local/partner-simulator/back-office.ts'
import { partnerCollections } from '../../../local/partner-simulator/collections.ts'
import { settlementChannelNamed, settlementChannels } from '../../../shared/channels/settlement-registry.ts'
import type { BusinessDate } from '../../../shared/domain/instant.ts'
import { COLLECTION_ACCOUNTS } from '../../../shared/domain/settlement/hub-accounts.ts'
import { readBankStatement } from '../../../shared/protocols/bank-statement/read-statement.ts'
import { readThrough } from '../../support/settlement-reading.ts'

const at = (text: string) => Date.parse(`${text}+07:00`)
const profiles = settlementChannels.map(({ profile }) => profile)
let dataDir: string
let delivered: { readonly name: string; readonly bytes: Buffer }[]
let now: number
const reply: string[] = []

const backOffice = () =>
  startBackOffice({
    dataDir,
    collections: partnerCollections(dataDir),
    profiles,
    files: {
      drop: async (name: string, body: Readable | Uint8Array) =>
        void delivered.push({ name, bytes: Buffer.from(body as Uint8Array) }),
    },
    now: () => now,
    say: (line) => void reply.push(line),
  })
const namesSince = (count: number) => delivered.slice(count).map(({ name }) => name)

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'hub-back-office-'))
  mkdirSync(path.join(dataDir, 'partners'))
  delivered = []
  const collections = partnerCollections(dataDir)
  for (const day of ['17', '18', '19', '20', '21', '22']) {
    for (const { name } of profiles) {
      for (let i = 0; i < 20; i++) {
        const time = at(`2026-11-${day}T10:00:00`) + i * 60_000
        const id = `${name}-${day}-${i}`
        const line = {
          id,
          customer: '26010000001',
          outlet: 'T1',
          amount: 16_800,
          adminFee: 2_500,
          status: 'S',
        } as const
        collections.record(name, { ...line, at: time })
        // Written twice, as after a repeat.
        if (i === 0) collections.record(name, { ...line, at: time })
        if (i === 1) collections.record(name, { ...line, at: time + 1, status: 'R' })
      }
    }
  }
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

const FILES_OF = (date: string) => [
  `BRIVA_${date}.txt`,
  `BNI_${date}.csv`,
  `ALFA_${date}.txt`,
  `IDM_${date}.csv`,
  `POS_${date}.csv`,
]

describe('the back offices', () => {
  test('deliver the last three days of the past at once, each day’s money on the next', async () => {
    now = at('2026-11-21T04:00:00')
    await backOffice().deliverPast()
    const days = ['20261118', '20261119', '20261120']
    expect(namesSince(0).sort()).toEqual(
      [...days.flatMap(FILES_OF), 'bank/BANK_20261119.xml', 'bank/BANK_20261120.xml', 'bank/BANK_20261121.xml'].sort(),
    )
    expect(reply.filter((line) => line.includes('not all'))).toEqual([])
    await backOffice().deliverPast()
    expect(delivered).toHaveLength(18)
  })

  test('then a file at half past six and the bank’s statement at half past eight, once each', async () => {
    now = at('2026-11-21T04:00:00')
    const one = backOffice()
    await one.catchUp()
    const steps: [string, string[]][] = [
      ['2026-11-22T06:29:59', []],
      ['2026-11-22T06:30:00', FILES_OF('20261121')],
      ['2026-11-22T08:29:59', []],
      ['2026-11-22T08:30:00', ['bank/BANK_20261122.xml']],
      ['2026-11-22T23:00:00', []],
      ['2026-11-23T09:00:00', [...FILES_OF('20261122'), 'bank/BANK_20261123.xml']],
    ]
    for (const [time, expected] of steps) {
      const before = delivered.length
      now = at(time)
      await one.catchUp()
      expect([time, namesSince(before).sort()]).toEqual([time, expected.sort()])
    }
  })

  test('send the same bytes again when nobody remembers that they sent them', async () => {
    now = at('2026-11-21T04:00:00')
    await backOffice().catchUp()
    const first = delivered
    delivered = []
    rmSync(path.join(dataDir, 'partners', 'delivered.json'))
    await backOffice().catchUp()
    expect(delivered.map(({ name, bytes }) => `${name} ${bytes}`)).toEqual(
      first.map(({ name, bytes }) => `${name} ${bytes}`),
    )
  })

  test('write what the hub’s own readers take whole, with few mistakes, and a credit for what each file says', async () => {
    now = at('2026-11-21T04:00:00')
    await backOffice().catchUp()
    const nets = new Map<string, number>()
    for (const { name, bytes } of delivered.filter(({ name }) => !name.startsWith('bank/'))) {
      const channel = settlementChannels.find(({ settlement }) => settlement.dateOf(name) !== undefined)
      const date = channel?.settlement.dateOf(name) as BusinessDate
      const { reading, lines, quarantined } = await readThrough(
        settlementChannelNamed(channel?.profile.name ?? ''),
        date,
        bytes,
      )
      if (reading.kind !== 'read') throw new Error(`${name} was refused: ${JSON.stringify(reading)}`)
      expect([name, quarantined]).toEqual([name, []])
      expect(reading.totals.lines).toBeGreaterThan(14)
      expect(lines.filter(({ status }) => status === 'reversed')).toHaveLength(1)
      nets.set(`${channel?.profile.name.toUpperCase()} ${date.replaceAll('-', '')}`, reading.totals.net)
    }
    const accounts = COLLECTION_ACCOUNTS[0]?.value ?? []
    const credits = delivered
      .filter(({ name }) => name.startsWith('bank/'))
      .flatMap(({ bytes }) => {
        const reading = readBankStatement(bytes, accounts)
        if (reading.kind !== 'read') throw new Error(`a statement was refused: ${JSON.stringify(reading)}`)
        return reading.credits
      })
    const named = credits.map(({ remittance, amount }) => [remittance.replace('SETTLEMENT ', ''), amount] as const)
    expect(new Map(named)).toEqual(nets)
  })
})
