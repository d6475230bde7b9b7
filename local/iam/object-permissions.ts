/**
 * What a call to S3 needs permission for: the action on each object or bucket that it touches, and the use of the bucket's key.
 *
 * As AWS documents it: reading an encrypted object needs kms:Decrypt, writing kms:GenerateDataKey, a part of an upload both;
 * a copy reads one object and writes another. A call that is not listed is refused.
 */
import type { BucketPlan } from '../cloud-assembly/buckets.ts'
import { REGION } from '../cloud-assembly/template.ts'
import type { Permission } from './policy.ts'

export type ObjectRequest = {
  readonly method: string
  /** Path and query, by path style: `/<bucket>/<key>`. */
  readonly url: string
  readonly copySource: string | undefined
}

export type ObjectPermissions = {
  /** Null: the call is unknown here and refused. */
  readonly permissions: readonly Permission[] | null
  readonly touched: readonly string[]
  /** Without it S3 says "forbidden" of an object that is not there. */
  readonly listPermission: Permission
}

type Part = { readonly action: string; readonly bucket: string; readonly key: string; readonly uses: readonly string[] }

const READING = ['kms:Decrypt']
const WRITING = ['kms:GenerateDataKey']

export function objectPermissionsFrom(buckets: readonly BucketPlan[]): (request: ObjectRequest) => ObjectPermissions {
  const byName = new Map(buckets.map((bucket) => [bucket.name, bucket]))
  const arnOf = (name: string) => byName.get(name)?.arn ?? `arn:aws:s3:::${name}`

  const permissionsOf = ({ action, bucket, key, uses }: Part): readonly Permission[] => {
    const keyArn = byName.get(bucket)?.keyArn ?? null
    const via = `s3.${REGION}.amazonaws.com`
    return [
      { action, resource: key === '' ? arnOf(bucket) : `${arnOf(bucket)}/${key}` },
      ...(keyArn === null ? [] : uses.map((use) => ({ action: use, resource: keyArn, via }))),
    ]
  }

  return (request) => {
    const { bucket, key, query } = placeOf(request.url)
    const parts = partsOf(request, bucket, key, query)
    return {
      permissions: parts?.flatMap(permissionsOf) ?? null,
      touched: [bucket],
      listPermission: { action: 's3:ListBucket', resource: arnOf(bucket) },
    }
  }
}

function partsOf({ method, copySource }: ObjectRequest, bucket: string, key: string, query: URLSearchParams) {
  const isPart = query.has('uploadId')
  const on = (action: string, uses: readonly string[]): Part => ({ action, bucket, key, uses })
  if (key === '' && method === 'GET' && query.has('versions')) return [on('s3:ListBucketVersions', [])]
  if (key === '') return method === 'GET' || method === 'HEAD' ? [on('s3:ListBucket', [])] : null
  switch (method) {
    case 'GET':
      if (query.has('versionId')) return [on('s3:GetObjectVersion', READING)]
      return query.has('attributes') || query.has('tagging') || isPart ? null : [on('s3:GetObject', READING)]
    case 'HEAD':
      return [on(query.has('versionId') ? 's3:GetObjectVersion' : 's3:GetObject', READING)]
    case 'PUT': {
      if (isPart) return copySource === undefined ? [on('s3:PutObject', [...READING, ...WRITING])] : null
      const put = on('s3:PutObject', WRITING)
      return copySource === undefined ? [put] : [readOf(copySource), put]
    }
    case 'POST':
      return query.has('uploads') || isPart ? [on('s3:PutObject', [...READING, ...WRITING])] : null
    case 'DELETE':
      return isPart ? [on('s3:AbortMultipartUpload', [])] : null
    default:
      return null
  }
}

function readOf(copySource: string): Part {
  const { bucket, key, query } = placeOf(`/${copySource.replace(/^\//, '')}`)
  return { action: query.has('versionId') ? 's3:GetObjectVersion' : 's3:GetObject', bucket, key, uses: READING }
}

function placeOf(url: string) {
  const { pathname, searchParams } = new URL(url, 'http://s3')
  const [bucket = '', ...rest] = pathname.slice(1).split('/').map(decodeURIComponent)
  return { bucket, key: rest.join('/'), query: searchParams }
}
