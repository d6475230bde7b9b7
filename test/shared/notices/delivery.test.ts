/** What a failed call to a provider means, without a provider: can it have gone out, and whose fault was it? */
import { describe, expect, test } from 'vitest'
import { deliver, type ProviderError } from '../../../shared/notices/delivery.ts'
import { Defect } from '../../../shared/runtime/faults.ts'

const WORDS = {
  provider: 'the pigeon post',
  later: ['PigeonsAreTiredException'],
  refused: ({ Reason }: ProviderError) => Reason,
}
const failing = (error: ProviderError) => deliver(() => Promise.reject(error), WORDS)

describe('a call', () => {
  test('that was answered is sent, with the provider’s id where it gives one', async () => {
    expect(await deliver(async () => 'm-1', WORDS)).toEqual({ outcome: 'sent', messageId: 'm-1' })
    expect(await deliver(async () => undefined, WORDS)).toEqual({ outcome: 'sent', messageId: '' })
  })

  test.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])(
    'that found nobody (%s) may be made again',
    async (code) => {
      expect(await failing({ name: 'Error', code })).toEqual({ outcome: 'later', code: 'NOT_CONNECTED' })
    },
  )

  test('that never connected may be made again; one that connected and heard nothing may not', async () => {
    const message = '@smithy/node-http-handler - the request socket did not establish a connection with the server'
    expect(await failing({ name: 'TimeoutError', message })).toEqual({ outcome: 'later', code: 'NOT_CONNECTED' })
    const silent = '@smithy/node-http-handler - the request socket timed out after 5000 ms of inactivity'
    expect(await failing({ name: 'TimeoutError', message: silent })).toEqual({
      outcome: 'unknown',
      code: 'TimeoutError',
    })
    expect(await failing({ name: 'TimeoutError' })).toEqual({ outcome: 'unknown', code: 'TimeoutError' })
    expect(await failing({ name: 'OtherError', message })).toEqual({ outcome: 'unknown', code: 'OtherError' })
  })

  test('that the provider puts off, in its own words, may be made again', async () => {
    expect(await failing({ name: 'PigeonsAreTiredException', $fault: 'client' })).toEqual({
      outcome: 'later',
      code: 'PigeonsAreTiredException',
    })
  })

  test('that was about this member is refused, whatever status it has', async () => {
    const refused = { name: 'ConflictException', $fault: 'client', Reason: 'NO_SUCH_ROOF' } as const
    expect(await failing({ ...refused, $metadata: { httpStatusCode: 409 } })).toEqual({
      outcome: 'refused',
      code: 'NO_SUCH_ROOF',
    })
  })

  test.each<[string, ProviderError]>([
    ['a mistake of ours before anything was sent', { name: 'TypeError' }],
    ['another one', { name: 'RangeError' }],
    ['no credentials', { name: 'CredentialsProviderError' }],
    ['what the provider calls the client’s fault', { name: 'Odd', $fault: 'client' }],
    ['the first status of refusals', { name: 'Odd', $metadata: { httpStatusCode: 400 } }],
    ['the last status of refusals', { name: 'Odd', $metadata: { httpStatusCode: 499 } }],
  ])('that failed by %s is a defect: the same would happen to everybody', async (_, error) => {
    const failed = failing(error)
    await expect(failed).rejects.toBeInstanceOf(Defect)
    await expect(failed).rejects.toMatchObject({ code: 'PROVIDER_REFUSED', cause: error })
    await expect(failed).rejects.toThrow(`the pigeon post to take a message, got ${error.name}`)
  })

  test.each<[string, ProviderError, string]>([
    ['the first status of faults', { name: 'Odd', $metadata: { httpStatusCode: 500 } }, 'Odd'],
    ['a status below all refusals', { name: 'Odd', $metadata: { httpStatusCode: 399 } }, 'Odd'],
    ['what the provider calls its own fault', { name: 'Odd', $fault: 'server' }, 'Odd'],
    ['nothing that is known', {}, 'Error'],
    ['a name that is a sentence', { name: 'no pigeon for +62 812' }, 'OTHER'],
    ['a name that begins with a digit', { name: '3578011203850001' }, 'OTHER'],
    ['a name of several lines', { name: 'Odd\nBUDI' }, 'OTHER'],
    ['a name without end', { name: 'a'.repeat(65) }, 'OTHER'],
    ['a long name', { name: 'a'.repeat(64) }, 'a'.repeat(64)],
  ])('that failed by %s may have gone out, and says so in a word that logs may hold', async (_, error, code) => {
    expect(await failing(error)).toEqual({ outcome: 'unknown', code })
  })
})
