/** An accepted file read again: whole for a run, one line for a resolution; what no longer reads as it did is a defect. */
import { describe, expect, test } from 'vitest'
import { channelOf, lineOfFile, readFile } from '../../../functions/reconcile-settlement/read-file.ts'
import { settlementChannels } from '../../../shared/channels/settlement-registry.ts'
import type { SettledLine } from '../../../shared/domain/settlement/line.ts'
import type { Resolution } from '../../../shared/store/settlements/records.ts'
import { date } from '../../support/facts.ts'
import { memoryFiles } from '../../support/memory-files.ts'
import { settlementFiles } from '../../support/settlement-files.ts'
import { partnerRow } from '../../support/settlement-hub.ts'
import { sha256 } from '../../support/settlement-world.ts'

const DAY = date('2026-11-20')
const rows = [partnerRow('T1', '2026-11-20T10:00'), partnerRow('T2', '2026-11-20T10:01', { amount: 16_800 })]
const FILE = settlementFiles.pos?.(DAY, rows) ?? ''

async function kept(text: string) {
  const files = memoryFiles()
  const digest = sha256(text)
  await files.keep(digest, Buffer.from(text))
  return { ports: { files, channels: settlementChannels }, digest }
}

function resolution(digest: string | null, lines: readonly number[]): Resolution {
  return { channel: 'pos', date: DAY, finding: { sha256: digest, lines } } as unknown as Resolution
}

describe('the whole file', () => {
  test('hands over its lines and says what it comes to', async () => {
    const { ports, digest } = await kept(FILE)
    const lines: SettledLine[] = []
    const read = await readFile(ports, 'pos', DAY, digest, (line) => lines.push(line))
    expect(lines.map(({ paymentId, amount }) => [paymentId, amount])).toEqual([
      ['T1', 8_400],
      ['T2', 16_800],
    ])
    expect(read).toEqual({ totals: { lines: 2, amount: 25_200, fee: 3_000, net: 22_200 }, quarantined: [] })
  })

  test('names the lines that are set aside', async () => {
    const { ports, digest } = await kept(
      settlementFiles.pos?.(DAY, [...rows, partnerRow('T3', '2026-11-20T10:02', { amount: 0 })]) ?? '',
    )
    const { quarantined } = await readFile(ports, 'pos', DAY, digest, () => {})
    expect(quarantined).toMatchObject([{ code: 'ZERO_AMOUNT' }])
  })

  test('that does not read any more is a defect that says why, and is read as its own channel and day', async () => {
    const { ports, digest } = await kept(FILE)
    const unreadable = { name: 'Defect', code: 'ACCEPTED_FILE_UNREADABLE' }
    await expect(readFile(ports, 'pos', date('2026-11-21'), digest, () => {})).rejects.toMatchObject(unreadable)
    const broken = await kept('nothing of a file')
    const given = readFile(broken.ports, 'pos', DAY, broken.digest, () => {})
    await expect(given).rejects.toMatchObject({ ...unreadable, message: expect.stringContaining('LAYOUT_CHANGED') })
  })
})

describe('the line of a resolution', () => {
  test('is the first that its finding names', async () => {
    const { ports, digest } = await kept(FILE)
    const lines: SettledLine[] = []
    await readFile(ports, 'pos', DAY, digest, (line) => lines.push(line))
    for (const line of lines) expect(await lineOfFile(ports, resolution(digest, [line.line, 99]))).toEqual(line)
  })

  test.each([
    ['a line that the file does not have', true, [99]],
    ['no line', true, []],
    ['no file', false, [2]],
  ])('is a defect where it names %s', async (_, hasFile, lines) => {
    const { ports, digest } = await kept(FILE)
    const given = lineOfFile(ports, resolution(hasFile ? digest : null, lines))
    await expect(given).rejects.toMatchObject({ name: 'Defect', code: 'LINE_MISSING' })
  })
})

test('a channel is found by its own name; an unknown one is a defect', () => {
  for (const channel of settlementChannels)
    expect(channelOf({ channels: settlementChannels }, channel.profile.name)).toBe(channel)
  expect(() => channelOf({ channels: settlementChannels }, 'nobody')).toThrow(
    expect.objectContaining({ code: 'UNKNOWN_CHANNEL' }),
  )
})
