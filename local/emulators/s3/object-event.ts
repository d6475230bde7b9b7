/** S3's event notification of a new object, as AWS writes it, for every queue whose filter the key passes. */
import type { BucketPlan } from '../../cloud-assembly/buckets.ts'
import { REGION } from '../../cloud-assembly/template.ts'
import type { ObjectCreatedEvent, StoredObject } from './object-store.ts'

export type QueueNotification = { readonly url: string; readonly body: string }

/** `urlOf` gives a queue's address by its ARN. */
export function notificationsFrom(buckets: readonly BucketPlan[], urlOf: (queueArn: string) => string) {
  const byName = new Map(buckets.map((bucket) => [bucket.name, bucket]))
  return (made: ObjectCreatedEvent, object: StoredObject): readonly QueueNotification[] =>
    (byName.get(object.bucket)?.notifications ?? [])
      .filter(({ events }) => events.some((event) => covers(event, made)))
      .filter(({ prefix, suffix }) => object.key.startsWith(prefix) && object.key.endsWith(suffix))
      .map(({ queueArn }) => ({ url: urlOf(queueArn), body: JSON.stringify({ Records: [recordOf(made, object)] }) }))
}

function covers(event: string, made: ObjectCreatedEvent): boolean {
  return event === `s3:${made}` || (event.endsWith(':*') && `s3:${made}`.startsWith(event.slice(0, -1)))
}

function recordOf(made: ObjectCreatedEvent, { bucket, key, size, etag, version, modified }: StoredObject) {
  return {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: REGION,
    eventTime: new Date(modified).toISOString(),
    eventName: made,
    userIdentity: { principalId: 'AWS:local' },
    requestParameters: { sourceIPAddress: '127.0.0.1' },
    responseElements: { 'x-amz-request-id': version.slice(0, 16).toUpperCase(), 'x-amz-id-2': version },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId: 'local',
      bucket: { name: bucket, ownerIdentity: { principalId: 'local' }, arn: `arn:aws:s3:::${bucket}` },
      object: { key: asInEvent(key), size, eTag: etag, versionId: version, sequencer: orderOf(modified) },
    },
  }
}

/** Percent-encoded as in a form: slashes stay, a blank is a plus. */
function asInEvent(key: string): string {
  return key
    .split('/')
    .map((part) => encodeURIComponent(part).replaceAll('%20', '+'))
    .join('/')
}

/** Grows with time, in hexadecimal, as S3's does. */
function orderOf(modified: number): string {
  return Math.trunc(modified).toString(16).padStart(16, '0').toUpperCase()
}
