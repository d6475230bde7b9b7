import { describe, expect, test } from 'vitest'
import { importFile } from '../../../functions/import-file/import-file.ts'
import { settlementChannels } from '../../../shared/channels/settlement-registry.ts'
import type { Instant } from '../../../shared/domain/instant.ts'
import { readImport } from '../../../shared/messages/import.ts'
import { allowed } from '../../../shared/runtime/log.ts'
import { memoryFiles } from '../../support/memory-files.ts'
import { memorySettlements } from '../../support/memory-settlements.ts'
import { memorySponsors } from '../../support/memory-sponsors.ts'
import { camt053, settlementFiles } from '../../support/settlement-files.ts'

function hub() {
  const files = memoryFiles()
  const settlements = memorySettlements()
  const counted: string[] = []
  const logged: { readonly level: string; readonly fields: Record<string, unknown> }[] = []
  const note = (level: string) => (_message: string, fields: object | undefined) =>
    void logged.push({ level, fields: allowed({ ...fields }) })
  const ports = {
    files,
    settlements,
    sponsors: memorySponsors(),
    channels: settlementChannels,
    fileKeys: async (): Promise<never> => {
      throw new Error('expected no channel here to encrypt its files')
    },
    now: () => Date.UTC(2026, 10, 21, 0) as Instant,
    log: { info: note('info'), error: note('error') },
    metrics: {
      count: (name: string, dimensions?: { readonly outcome?: string }) =>
        void counted.push([name, dimensions?.outcome].filter(Boolean).join(' ')),
    },
  }
  const drop = async (name: string, content: string) => {
    files.drop(name, content)
    await importFile(ports, { name, version: null })
  }
  return { drop, counted, logged, files, settlements }
}

const good = (settlementFiles.pos as (typeof settlementFiles)[string])('2026-11-20', [
  {
    id: 'POS-1',
    customer: '3578011203850001',
    outlet: '60000',
    at: Date.UTC(2026, 10, 20, 5),
    amount: 16_800,
    adminFee: 2_500,
    fee: 1_500,
    status: 'S',
  },
])
const statement = camt053([{ account: '0018877665501', statementId: 'S', date: '2026-11-20', opening: 0, rows: [] }])

describe('a dropped file', () => {
  test('of a channel is taken in and told with its channel, day and version, never with a line of it', async () => {
    const { drop, counted, logged } = hub()
    await drop('POS_20261120.csv', good)
    await drop('POS_20261120.csv', good)
    expect(counted).toEqual(['FilesTaken accepted', 'FilesTaken unchanged'])
    expect(logged[0]).toEqual({
      level: 'info',
      fields: { outcome: 'accepted', channel: 'pos', day: '2026-11-20', version: 1, count: 1, refused: 0 },
    })
    expect(JSON.stringify(logged)).not.toContain('3578011203850001')
  })

  test('that cannot be used is counted for finance’s alarm, with its code and line', async () => {
    const { drop, counted, logged } = hub()
    await drop('POS_20261120.csv', good.replace('#TOTAL;1', '#TOTAL;2'))
    await drop('holiday.jpg', 'x')
    await drop('bank/b.sta', ':20:X\n')
    expect(counted).toEqual([
      'FilesTaken held',
      'FilesRefused',
      'FilesTaken refused',
      'FilesRefused',
      'FilesTaken refused',
      'FilesRefused',
    ])
    expect(logged.map(({ level, fields }) => [level, fields.code, fields.line])).toEqual([
      ['error', 'TOTALS_DO_NOT_FOOT', 3],
      ['error', 'UNKNOWN_NAME', undefined],
      ['error', 'WRONG_ACCOUNT', undefined],
    ])
    expect(logged[0]?.fields).toMatchObject({ channel: 'pos', day: '2026-11-20', version: 1 })
  })

  test('under bank/ is a bank statement, whatever it is called', async () => {
    const { drop, counted, logged } = hub()
    await drop('bank/POS_20261120.csv', statement)
    await drop('bank/20261121.xml', statement)
    expect(logged).toEqual([
      { level: 'info', fields: { outcome: 'accepted', count: 0, accepted: 0 } },
      { level: 'info', fields: { outcome: 'unchanged', count: 0, accepted: 0 } },
    ])
    expect(counted).toEqual(['FilesTaken accepted', 'FilesTaken unchanged'])
  })
})

describe('a message of the queue', () => {
  const eventOf = (key: string, versionId?: string) =>
    JSON.stringify({ Records: [{ eventName: 'ObjectCreated:Put', s3: { object: { key, size: 1, versionId } } }] })

  test('names the dropped object, decoded, and its version', () => {
    expect(readImport(eventOf('drop/bank/Mutasi+21%2F11+%28a%29.xml', 'v1'))).toEqual({
      kind: 'message',
      message: [{ name: 'bank/Mutasi 21/11 (a).xml', version: 'v1' }],
    })
    expect(readImport(eventOf('drop/IDM_20261120.csv'))).toEqual({
      kind: 'message',
      message: [{ name: 'IDM_20261120.csv', version: null }],
    })
  })

  test('may be S3’s own test, which names nothing', () => {
    const body = JSON.stringify({ Service: 'Amazon S3', Event: 's3:TestEvent', Time: 'x', Bucket: 'y', RequestId: 'z' })
    expect(readImport(body)).toEqual({ kind: 'message', message: [] })
  })

  test.each([
    ['not JSON', '{'],
    ['another shape', '{"hello":1}'],
    ['another folder', eventOf('kept/0123')],
  ])('of %s is refused', (_, body) => {
    expect(readImport(body).kind).toBe('refused')
  })
})
