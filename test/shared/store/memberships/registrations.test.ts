import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BusinessDate, instant } from '../../../../shared/domain/instant.ts'
import { kpjOf } from '../../../../shared/domain/kpj.ts'
import { rupiah } from '../../../../shared/domain/money.ts'
import { month } from '../../../../shared/domain/month.ts'
import type { Funding } from '../../../../shared/domain/tariff.ts'
import { dynamoContacts } from '../../../../shared/store/contacts/dynamodb.ts'
import { type ClosableDynamoClient, createDynamoClient } from '../../../../shared/store/dynamo/client.ts'
import { dynamoFacts } from '../../../../shared/store/facts/dynamodb.ts'
import {
  dynamoRegistrations,
  NEWCOMERS_AT_ONCE,
  type NewMembership,
} from '../../../../shared/store/memberships/registrations.ts'
import { dynamoPaymentDecisions } from '../../../../shared/store/payment-decisions/dynamodb.ts'
import type { Tables } from '../../../../shared/store/tables.ts'
import { createTables, startDatabase, type TestDatabase } from '../../../support/dynoxide.ts'
import { participantOf } from '../../../support/ids.ts'

const NOW = instant(1_795_143_600_000)
let database: TestDatabase
let client: ClosableDynamoClient
let tables: Tables
let next = 20_000_000_000

beforeAll(async () => {
  Object.assign(process.env, { AWS_REGION: 'ap-southeast-3', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' })
  database = await startDatabase()
  tables = await createTables(database.endpoint)
  client = createDynamoClient({ endpoint: database.endpoint })
})

afterAll(async () => {
  client.destroy()
  await database.stop()
})

function newcomer(funding: Funding = 'self'): NewMembership {
  const kpj = kpjOf(String(next++))
  return {
    fact: {
      kind: 'terms',
      account: kpj,
      source: 'import',
      id: ['0001'],
      decidedAt: NOW,
      recordedAt: NOW,
      from: month('2026-01'),
      terms: { sector: 'farming', funding, programs: 'JKK+JKM', income: rupiah(1_000_000) },
      regionCode: '35.78.01.1001',
      registeredOn: '2026-01-05' as BusinessDate,
      participant: participantOf(`person-${kpj}`),
    },
    contact: {
      kpj,
      nik: '3578011203850001',
      name: 'BUDI SANTOSO',
      phone: '',
      email: '',
      maskedNames: [{ from: NOW, name: 'BU*** SA***' }],
    },
  }
}

describe('new memberships in one transaction', () => {
  test('lie where the stores of each table look for them', async () => {
    const newcomers = Array.from({ length: NEWCOMERS_AT_ONCE }, (_, i) => newcomer(i % 2 === 0 ? 'self' : 'village'))
    expect(await dynamoRegistrations(client, tables).putAll(newcomers)).toBe('put')
    for (const { fact, contact } of newcomers) {
      expect(await dynamoFacts(client, tables).ofAccount(fact.account)).toEqual([fact])
      expect(await dynamoContacts(client, tables).get(contact.kpj)).toEqual(contact)
      const payer = fact.terms.funding === 'self' ? fact.account : undefined
      expect(await dynamoPaymentDecisions(client, tables).selfPaidMembership(fact.participant)).toBe(payer)
    }
  })

  test.each([
    [
      'a membership is registered',
      async ({ fact }: NewMembership) => void (await dynamoFacts(client, tables).put(fact)),
    ],
    ['a contact is known', ({ contact }: NewMembership) => dynamoContacts(client, tables).put(contact)],
    [
      'a NIK pays for another membership',
      async ({ fact }: NewMembership) =>
        void (await dynamoPaymentDecisions(client, tables).takeSelfPaid(fact.participant, kpjOf('12345678901'))),
    ],
  ])('are not put at all where %s already', async (_, before) => {
    const [known, other] = [newcomer(), newcomer()]
    await before(known)
    expect(await dynamoRegistrations(client, tables).putAll([other, known])).toBe('not-put')
    expect(await dynamoFacts(client, tables).ofAccount(other.fact.account)).toEqual([])
    expect(await dynamoContacts(client, tables).get(other.contact.kpj)).toBeUndefined()
    expect(await dynamoPaymentDecisions(client, tables).selfPaidMembership(other.fact.participant)).toBeUndefined()
  })

  test('of nobody are nothing to do', async () => {
    expect(await dynamoRegistrations(client, tables).putAll([])).toBe('put')
  })
})
