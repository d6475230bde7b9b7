/** The published contract says what the endpoint does: paths, fields, codes and statuses. */
import { expect, test } from 'vitest'
import { type HubOperation, hubBodies } from '../../../../shared/protocols/hub-h2h/fields.ts'
import contract from '../../../../shared/protocols/hub-h2h/openapi.json' with { type: 'json' }
import { HUB_PROBLEMS, HUB_WORDS } from '../../../../shared/protocols/hub-h2h/response-codes.ts'
import { ACCEPTED, answerTo, BODIES, goodCall, read, withBody } from './call.ts'

type Schema = {
  readonly required: readonly string[]
  readonly additionalProperties?: boolean
  readonly properties: Readonly<Record<string, { readonly enum?: readonly unknown[]; readonly pattern?: string }>>
}
const schemas = contract.components.schemas as unknown as Readonly<Record<string, Schema>>
const OPERATIONS = Object.keys(hubBodies()) as HubOperation[]

test('it is OpenAPI 3.1 and has exactly the endpoint’s operations', () => {
  expect(contract.openapi).toBe('3.1.0')
  expect(Object.keys(contract.paths)).toEqual(OPERATIONS.map((operation) => `/v1/${operation}`))
})

test.each(OPERATIONS)(
  'the %s request lists the fields that the endpoint reads, all mandatory, no other',
  (operation) => {
    const schema = schemas[`${operation[0]?.toUpperCase()}${operation.slice(1)}Request`] as Schema
    expect(Object.keys(schema.properties)).toEqual(Object.keys(hubBodies()[operation].shape))
    expect(schema.required).toEqual(Object.keys(schema.properties))
    expect(schema.additionalProperties).toBe(false)
  },
)

test('its patterns and lists of values are the endpoint’s', async () => {
  const { properties } = schemas.InquiryRequest as Schema
  for (const transactionId of ['a', 'A-z_0.9', 'a'.repeat(64), 'a'.repeat(65), 'a b', '']) {
    const reading = await read(withBody(goodCall('inquiry'), { ...BODIES.inquiry, transactionId }))
    expect(reading.kind === 'message').toBe(new RegExp(properties.transactionId?.pattern ?? '').test(transactionId))
  }
  for (const months of [0, 1, 2, 3, 4, 5, 6, 7, 12, 13]) {
    const reading = await read(withBody(goodCall('inquiry'), { ...BODIES.inquiry, months }))
    expect(reading.kind === 'message').toBe(properties.months?.enum?.includes(months))
  }
})

test('every code that the endpoint can answer is published, and no other', () => {
  const published = Object.values(schemas).flatMap(({ properties }) => properties.responseCode?.enum ?? [])
  expect(new Set(published)).toEqual(new Set(Object.values(HUB_WORDS).map(({ code }) => code)))
  expect(schemas.Problem?.properties.code?.enum).toEqual(Object.values(HUB_PROBLEMS).map(({ code }) => code))
})

test('a reply has the published keys in the published order', async () => {
  const reply = JSON.parse((await answerTo('payment', ACCEPTED)).body)
  expect(Object.keys(reply)).toEqual(Object.keys(schemas.PaymentReply?.properties ?? {}))
})

test('every reference in it leads somewhere', () => {
  const references = [...JSON.stringify(contract).matchAll(/"\$ref":"#\/([^"]+)"/g)].map((match) => match[1] ?? '')
  const lost = references.filter(
    (path) =>
      path.split('/').reduce((at: unknown, key) => (at as Record<string, unknown>)?.[key], contract) === undefined,
  )
  expect(references.length).toBeGreaterThan(20)
  expect(lost).toEqual([])
})
