/** The stream of the audit chain becomes anchors: signed, put before the batch is let go, and never for what is no entry. */
import { generateKeyPairSync, sign } from 'node:crypto'
import type { DynamoDBRecord } from 'aws-lambda'
import { describe, expect, test } from 'vitest'
import { anchorAudit } from '../../../functions/anchor-audit/anchor-audit.ts'
import { readChainRecord } from '../../../functions/anchor-audit/read-record.ts'
import { type AuditAnchor, anchorKey, isSigned } from '../../../shared/store/audit/anchors.ts'
import type { AuditEntry } from '../../../shared/store/audit/audit.ts'
import { chained } from '../../../shared/store/audit/chain.ts'
import { auditItem } from '../../../shared/store/audit/item.ts'
import { MORNING } from '../../support/settled.ts'

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const KEY = anchorKey(publicKey.export({ type: 'spki', format: 'der' }))

function entries(count: number): readonly AuditEntry[] {
  const chain: AuditEntry[] = []
  for (let n = 1; n <= count; n++) {
    const record = { at: MORNING, actor: 'operator-1', action: 'proposed', subject: 'x', detail: { n } } as const
    chain.push(chained(chain.at(-1), record))
  }
  return chain
}

const appended = (entry: AuditEntry) =>
  ({ eventName: 'INSERT', dynamodb: { NewImage: auditItem(entry) } }) as unknown as DynamoDBRecord

function anchoring(broken: 'sign' | 'put' | 'nothing' = 'nothing') {
  const put: AuditAnchor[] = []
  const ports = {
    signer: {
      sign: async (bytes: Uint8Array) => {
        if (broken === 'sign') throw new Error('the key is away')
        return sign('sha256', bytes, privateKey)
      },
    },
    anchors: {
      put: async (anchor: AuditAnchor) => {
        if (broken === 'put') throw new Error('the bucket is away')
        put.push(anchor)
      },
    },
    now: () => MORNING,
  }
  return { put, run: (records: readonly DynamoDBRecord[]) => anchorAudit(ports, records.map(readChainRecord)) }
}

describe('a batch of entries', () => {
  test('is vouched for by one anchor of its last head, that only the key can have made', async () => {
    const { put, run } = anchoring()
    const chain = entries(4)
    const last = chain[3] as AuditEntry
    // A batch may come again, and records of it out of order after a resharding.
    expect(await run([chain[3], chain[1], chain[2]].map((entry) => appended(entry as AuditEntry)))).toMatchObject({
      head: { sequence: 4, hash: last.hash },
      touched: 0,
      unreadable: 0,
    })
    expect(put).toMatchObject([{ sequence: 4, hash: last.hash }])
    expect(isSigned(put[0] as AuditAnchor, KEY)).toBe(true)
    expect(isSigned({ ...(put[0] as AuditAnchor), sequence: 5 }, KEY)).toBe(false)
  })

  test.each(['sign', 'put'] as const)('comes back when it cannot be anchored (%s)', async (broken) => {
    await expect(anchoring(broken).run(entries(1).map(appended))).rejects.toThrow('away')
  })

  test('in which an entry was changed, removed or is none says so, and anchors the others', async () => {
    const { put, run } = anchoring()
    const [first] = entries(1)
    const image = { NewImage: auditItem(first as AuditEntry) }
    const records = [
      { eventName: 'MODIFY', dynamodb: image },
      { eventName: 'REMOVE', dynamodb: {} },
      { eventName: 'INSERT', dynamodb: { NewImage: { chain: { S: 'another' }, sequence: { N: '9' } } } },
      appended(first as AuditEntry),
    ] as unknown as readonly DynamoDBRecord[]
    expect(await run(records)).toMatchObject({ head: { sequence: 1 }, touched: 2, unreadable: 1 })
    expect(put).toHaveLength(1)
    expect(await run(records.slice(0, 2))).toEqual({ head: null, touched: 2, unreadable: 0 })
    expect(put).toHaveLength(1)
  })
})
