/** What a call to S3 needs permission for: the objects it touches and the key behind them; anything else is refused. */
import { describe, expect, test } from 'vitest'
import { objectPermissionsFrom } from '../../../local/iam/object-permissions.ts'

const KEY = 'arn:aws:kms:ap-southeast-3:000000000000:key/files'
const files = { name: 'files', arn: 'arn:aws:s3:::files', keyArn: KEY, notifications: [] }
const open = { name: 'open', arn: 'arn:aws:s3:::open', keyArn: null, notifications: [] }
const needs = objectPermissionsFrom([files, open])
const permissionsOf = (method: string, url: string, copySource?: string) =>
  needs({ method, url, copySource }).permissions?.map(({ action, resource }) => `${action} ${resource}`) ?? null

describe('a call to S3 needs', () => {
  test.each([
    [
      'GET',
      '/files/drop/IDM_20261120.csv',
      ['s3:GetObject arn:aws:s3:::files/drop/IDM_20261120.csv', `kms:Decrypt ${KEY}`],
    ],
    ['GET', '/files/drop/a%20b?x-id=GetObject', ['s3:GetObject arn:aws:s3:::files/drop/a b', `kms:Decrypt ${KEY}`]],
    ['GET', '/files/a?versionId=1', ['s3:GetObjectVersion arn:aws:s3:::files/a', `kms:Decrypt ${KEY}`]],
    ['HEAD', '/files/kept/1', ['s3:GetObject arn:aws:s3:::files/kept/1', `kms:Decrypt ${KEY}`]],
    ['GET', '/files/?list-type=2&prefix=drop%2F', ['s3:ListBucket arn:aws:s3:::files']],
    ['PUT', '/files/kept/1', ['s3:PutObject arn:aws:s3:::files/kept/1', `kms:GenerateDataKey ${KEY}`]],
    ['PUT', '/open/kept/1', ['s3:PutObject arn:aws:s3:::open/kept/1']],
    [
      'PUT',
      '/files/a?uploadId=u&partNumber=1',
      ['s3:PutObject arn:aws:s3:::files/a', `kms:Decrypt ${KEY}`, `kms:GenerateDataKey ${KEY}`],
    ],
    [
      'POST',
      '/files/a?uploads=',
      ['s3:PutObject arn:aws:s3:::files/a', `kms:Decrypt ${KEY}`, `kms:GenerateDataKey ${KEY}`],
    ],
    ['DELETE', '/files/a?uploadId=u', ['s3:AbortMultipartUpload arn:aws:s3:::files/a']],
    ['DELETE', '/files/a', null],
    ['PUT', '/files/', null],
    ['POST', '/files/?delete=', null],
    ['GET', '/files/a?tagging=', null],
    ['OPTIONS', '/files/a', null],
  ])('for %s %s: %j', (method, url, expected) => {
    expect(permissionsOf(method, url)).toEqual(expected)
  })

  test('for a copy: to read the one and write the other', () => {
    expect(permissionsOf('PUT', '/files/kept/1', '/files/drop/a%20b')).toEqual([
      's3:GetObject arn:aws:s3:::files/drop/a b',
      `kms:Decrypt ${KEY}`,
      's3:PutObject arn:aws:s3:::files/kept/1',
      `kms:GenerateDataKey ${KEY}`,
    ])
  })
})
